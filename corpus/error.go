package corpus

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// maxErrors is how many errors of one file are reported.
const maxErrors = 100

// tooMany is what is said instead of the next one.
const tooMany = "too many errors: the rest of the file was not checked"

// An Error is one thing wrong with an annotated corpus. [Read] joins all those
// of a file (see [errors.Join]), in the order of the file; use [errors.As] to
// get the first.
type Error struct {
	File   string // the name given to Read; empty where there was none
	Line   int    // counted from 1
	Column int    // in bytes, counted from 1
	Msg    string // what is wrong and what was expected
}

// Error returns "file:line:column: message", the form that editors jump to;
// without the file if it has no name.
func (e *Error) Error() string {
	if e.File == "" {
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// errorf notes an error at a byte offset of the current line. Long strings from
// the file are cut.
func (p *parser) errorf(at int, format string, args ...any) {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = clip(s, 80)
		}
	}
	e := &Error{File: p.file, Line: p.line, Column: at + 1, Msg: fmt.Sprintf(format, args...)}
	if p.locate != nil {
		line, column := p.locate(at)
		e.Line, e.Column = line, column+1
	}
	if p.in != "" {
		e.Msg = fmt.Sprintf("sentence %q: %s", clip(p.in, 80), e.Msg)
	}
	switch len(p.errs) {
	case maxErrors:
		e.Msg = tooMany
	case maxErrors + 1:
		return
	}
	p.errs = append(p.errs, e)
}

// full reports whether no more errors will be noted.
func (p *parser) full() bool { return len(p.errs) > maxErrors }

// err joins the errors noted so far; nil if there are none.
func (p *parser) err() error { return errors.Join(p.errs...) }

// clip cuts s to about n bytes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
