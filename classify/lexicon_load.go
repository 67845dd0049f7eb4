package classify

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Limits bound what reading a lexicon may cost, so that a file from anywhere
// can be tried: a hostile one ends in an error, soon and in little memory. A
// field that is zero stands for the default. [ReadLexicon] and [LoadLexicons]
// use the defaults.
type Limits struct {
	Bytes  int // of a file; default 8 MiB, ten times the built-in lexicons together
	Values int // keys, words and lists in a file; default 500,000
	Depth  int // of nesting; default 16, and the format itself needs 4
}

// the defaults of Limits.
const (
	defaultBytes  = 8 << 20
	defaultValues = 500_000
	defaultDepth  = 16
)

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes:  firstOf(l.Bytes, defaultBytes),
		Values: firstOf(l.Values, defaultValues),
		Depth:  firstOf(l.Depth, defaultDepth),
	}
}

// ReadLexicon reads a lexicon in YAML. name stands for it in errors and
// traces, such as a file name. All mistakes of YAML, keys and values are reported
// together, as [LexiconError] values, and the lexicon is then nil. Patterns and
// ids are checked by [Lexicon.Validate] and [New].
func ReadLexicon(r io.Reader, name string) (*Lexicon, error) {
	return Limits{}.ReadLexicon(r, name)
}

// ReadLexicon is [ReadLexicon] with other limits.
func (l Limits) ReadLexicon(r io.Reader, name string) (*Lexicon, error) {
	return readYAML(l, r, name, "lexicon", decodeLexicon)
}

// LoadLexicons reads all lexicons of fsys whose path matches one of the
// patterns of [fs.Glob], in the order of the patterns and then of the names.
// A pattern that matches nothing is an error. If any file is bad, the error
// reports the mistakes of all of them, as for [ReadLexicon], and no lexicon is
// returned.
func LoadLexicons(fsys fs.FS, patterns ...string) ([]*Lexicon, error) {
	return Limits{}.LoadLexicons(fsys, patterns...)
}

// LoadLexicons is [LoadLexicons] with other limits, which hold for each file.
func (l Limits) LoadLexicons(fsys fs.FS, patterns ...string) ([]*Lexicon, error) {
	return loadYAML(fsys, patterns, "lexicon", l.ReadLexicon)
}

// readYAML reads a file within the limits and decodes it. what it is stands in
// messages.
func readYAML[T any](l Limits, r io.Reader, name, what string, decode func([]byte, string, Limits) (*T, error)) (*T, error) {
	l = l.orDefault()
	data, err := io.ReadAll(io.LimitReader(r, int64(l.Bytes)+1))
	if err != nil {
		return nil, fmt.Errorf("read %s %s: %w", what, name, err)
	}
	if len(data) > l.Bytes {
		return nil, &LexiconError{File: name, Msg: fmt.Sprintf("longer than %d bytes, the limit", l.Bytes)}
	}
	return decode(data, name, l)
}

// loadYAML reads the files that match the patterns.
func loadYAML[T any](fsys fs.FS, patterns []string, what string, read func(io.Reader, string) (*T, error)) ([]*T, error) {
	var list []*T
	var errs []error
	for _, p := range patterns {
		names, err := fs.Glob(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("load %ss %q: %w", what, p, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("load %ss %q: %w", what, p, fs.ErrNotExist)
		}
		for _, name := range names {
			v, err := loadFile(fsys, name, what, read)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			list = append(list, v)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return list, nil
}

func loadFile[T any](fsys fs.FS, name, what string, read func(io.Reader, string) (*T, error)) (*T, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", what, err)
	}
	defer f.Close()
	return read(f, name)
}
