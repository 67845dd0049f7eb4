package api_test

import (
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/internal/api"
)

var update = flag.Bool("update", false, "write testdata/api.txt anew")

// root is the module's folder.
const root = "../.."

// publicPackages returns the folders of the packages that others can import,
// relative to the root: all but those of internal, the examples and nested
// modules.
func publicPackages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	fsys := os.DirFS(root)
	require.NoError(t, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || name == "." {
			return err
		}
		base := path.Base(name)
		nested, _ := fs.Glob(fsys, path.Join(name, "go.mod"))
		if strings.HasPrefix(base, ".") || base == "testdata" || name == "internal" || name == "examples" || len(nested) > 0 {
			return fs.SkipDir
		}
		if files, _ := fs.Glob(fsys, path.Join(name, "*.go")); len(files) > 0 {
			dirs = append(dirs, name)
		}
		return nil
	}))
	return dirs
}

// The public API is what testdata/api.txt says. A change of it is a decision:
//
//	go test ./internal/api -run TestAPI -update
func TestAPI(t *testing.T) {
	var lines []string
	for _, dir := range publicPackages(t) {
		list, err := api.List(filepath.Join(root, filepath.FromSlash(dir)), dir)
		require.NoError(t, err)
		lines = append(lines, list...)
	}
	got := strings.Join(lines, "\n") + "\n"
	const golden = "testdata/api.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got, "the public API has changed: if it should, run go test ./internal/api -run TestAPI -update")
	for _, line := range []string{
		"pkg classify, func Default() *Classifier",
		"pkg classify, method (*Classifier) Document(text string) iter.Seq[Result]",
		"pkg classify, type Span struct, Start int `json:\"start\"`",
		"pkg corpus, func ReadFile(path string, opts ...Option) ([]Sentence, error)",
	} {
		assert.Contains(t, lines, line)
	}
}

func TestList(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.go"), []byte(`package a

import "io"

// A says a.
const A, b Kind = 1, 2

const (
	C Kind = iota
	D
	e
)

var V, w int
var F = func() {}

type Kind uint8
type Alias = io.Reader
type hidden struct{ X int }

type S[T any] struct {
	io.Reader
	hidden
	X, y int `+"`json:\"x\"`"+`
	Z    func(a int) error
}

type I interface {
	M(x int) error
	io.Writer
	m()
}

func Public(a, b int, more ...string) (n int, err error) { return 0, nil }
func private()                                           {}
func (s *S[T]) Do()                                      {}
func (s *S[T]) do()                                      {}
func (hidden) Do()                                       {}
`), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a_test.go"), []byte("package a\n\nfunc TestOnly() {}\n"), 0o600))
	got, err := api.List(dir, "a")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"pkg a, const A Kind = 1",
		"pkg a, const C Kind = iota",
		"pkg a, const D Kind",
		"pkg a, func Public(a, b int, more ...string) (n int, err error)",
		"pkg a, method (*S[T]) Do()",
		"pkg a, type Alias = io.Reader",
		"pkg a, type I interface",
		"pkg a, type I interface, M(x int) error",
		"pkg a, type I interface, embedded io.Writer",
		"pkg a, type Kind uint8",
		"pkg a, type S[T any] struct",
		"pkg a, type S[T any] struct, X int `json:\"x\"`",
		"pkg a, type S[T any] struct, Z func(a int) error",
		"pkg a, type S[T any] struct, embedded io.Reader",
		"pkg a, var F",
		"pkg a, var V int",
	}, got)
	_, err = api.List(filepath.Join(dir, "none"), "none")
	assert.Error(t, err)
}
