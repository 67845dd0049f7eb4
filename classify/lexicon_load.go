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
// traces, such as a file name. All mistakes are reported together, as
// [LexiconError] values, and the lexicon is then nil.
func ReadLexicon(r io.Reader, name string) (*Lexicon, error) {
	return Limits{}.ReadLexicon(r, name)
}

// ReadLexicon is [ReadLexicon] with other limits.
func (l Limits) ReadLexicon(r io.Reader, name string) (*Lexicon, error) {
	l = l.orDefault()
	data, err := io.ReadAll(io.LimitReader(r, int64(l.Bytes)+1))
	if err != nil {
		return nil, fmt.Errorf("read lexicon %s: %w", name, err)
	}
	if len(data) > l.Bytes {
		return nil, &LexiconError{File: name, Msg: fmt.Sprintf("longer than %d bytes, the limit", l.Bytes)}
	}
	return decodeLexicon(data, name, l)
}

// LoadLexicons reads all lexicons of fsys whose path matches one of the
// patterns of [fs.Glob], in the order of the patterns and then of the names.
// A pattern that matches nothing is an error. If any file is bad, the error
// reports the mistakes of all of them and no lexicon is returned.
func LoadLexicons(fsys fs.FS, patterns ...string) ([]*Lexicon, error) {
	return Limits{}.LoadLexicons(fsys, patterns...)
}

// LoadLexicons is [LoadLexicons] with other limits, which hold for each file.
func (l Limits) LoadLexicons(fsys fs.FS, patterns ...string) ([]*Lexicon, error) {
	var list []*Lexicon
	var errs []error
	for _, p := range patterns {
		names, err := fs.Glob(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("load lexicons %q: %w", p, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("load lexicons %q: %w", p, fs.ErrNotExist)
		}
		for _, name := range names {
			lex, err := l.load(fsys, name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			list = append(list, lex)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return list, nil
}

func (l Limits) load(fsys fs.FS, name string) (*Lexicon, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	defer f.Close()
	return l.ReadLexicon(f, name)
}
