package classify

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// position is a place in a lexicon file; the zero position is a place in a Go
// program.
type position struct {
	file         string
	line, column int
	entry        string // id of the entry, where there is no line to find it by
}

func (p position) String() string {
	if p.line == 0 {
		if p.file == "" {
			return "lexicon"
		}
		return p.file
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column)
}

// A LexiconError is one mistake in a lexicon. An error returned by this
// package for a bad lexicon wraps one LexiconError for each mistake; use
// [errors.As] or [LexiconErrors] to get at them.
type LexiconError struct {
	File         string // or the name of a lexicon built in Go
	Line, Column int    // counted from 1, the column in bytes; zero if unknown
	Msg          string // what is wrong and what was expected

	// lacks is the key, of the mapping that begins there or of any, that would
	// give what is missing.
	lacks string
}

// Error returns "file:line:column: message".
func (e *LexiconError) Error() string {
	p := position{file: e.File, line: e.Line, column: e.Column}
	return p.String() + ": " + e.Msg
}

// LexiconErrors lists the mistakes that an error of this package is made of.
func LexiconErrors(err error) []*LexiconError {
	var list []*LexiconError
	var walk func(error)
	walk = func(err error) {
		if e, ok := err.(*LexiconError); ok {
			list = append(list, e)
			return
		}
		switch u := err.(type) {
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				walk(e)
			}
		case interface{ Unwrap() error }:
			walk(u.Unwrap())
		}
	}
	walk(err)
	return list
}

// mistakes collects the errors of a lexicon.
type mistakes struct{ list []*LexiconError }

// maxMistakes bounds how many mistakes are reported together.
const maxMistakes = 100

func (m *mistakes) addf(at position, format string, args ...any) {
	m.lackf("", at, format, args...)
}

// lackf adds a mistake that something is missing, which the key would give.
func (m *mistakes) lackf(key string, at position, format string, args ...any) {
	if m.full() {
		return
	}
	msg := fmt.Sprintf(format, args...)
	if quoted := strconv.Quote(at.entry); at.line == 0 && at.entry != "" && !strings.Contains(msg, quoted) {
		msg = "entry " + quoted + ": " + msg
	}
	m.list = append(m.list, &LexiconError{File: at.file, Line: at.line, Column: at.column, Msg: msg, lacks: key})
}

// full reports whether there are more mistakes than are reported.
func (m *mistakes) full() bool { return len(m.list) > maxMistakes }

// clip shortens text that is quoted in a message.
func clip(s string) string {
	const longest = 100
	if len(s) <= longest {
		return s
	}
	return s[:runeStart(s, longest)] + "…"
}

// placeOr is the place of item i of a list, if it is known.
func placeOr(places []position, i int, otherwise position) position {
	if i < len(places) {
		return places[i]
	}
	return otherwise
}

func (m *mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	slices.SortStableFunc(m.list, func(a, b *LexiconError) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	list := m.list
	if len(list) > maxMistakes {
		list = append(list[:maxMistakes:maxMistakes], &LexiconError{File: list[maxMistakes].File, Msg: fmt.Sprintf("more than %d mistakes", maxMistakes)})
	}
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errors.Join(errs...)
}
