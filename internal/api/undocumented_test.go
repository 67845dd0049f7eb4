package api_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/internal/api"
)

// Every exported name of the public packages has a comment.
func TestDocumented(t *testing.T) {
	dirs := publicPackages(t)
	assert.Subset(t, dirs, []string{"classify", "classify/highlight", "corpus"})
	for _, dir := range dirs {
		missing, err := api.Undocumented(filepath.Join(root, filepath.FromSlash(dir)))
		require.NoError(t, err)
		assert.Empty(t, missing, dir)
	}
}

func TestUndocumented(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.go"), []byte(`package a

// A is said.
const A = 1

// These are a group. C is the third.
const (
	B = iota
	C
	D // is said
	e
)

var V, w int

// S has a field X.
type S struct {
	X int
	// Y and Z are said.
	Y, Z int
	P int
	h int
}

type Bare interface {
	M()
}

type hidden struct{ Q int }

// Public is said.
func Public() {}
func Silent() {}
func private() {}
func (s *S) Do() {}
func (hidden) Do() {}
`), 0o600))
	missing, err := api.Undocumented(dir)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"a.go:8: B", "a.go:14: V", "a.go:21: P", "a.go:25: Bare", "a.go:26: M",
		"a.go:33: Silent", "a.go:35: Do", dir + ": package a",
	}, missing)

	_, err = api.Undocumented(filepath.Join(dir, "none"))
	assert.Error(t, err)
}
