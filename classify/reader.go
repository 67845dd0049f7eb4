package classify

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode"
)

// A stream hands out the paragraphs of a reader one by one. They are the same
// as those of the whole text, however the reader cuts it: a paragraph is handed
// out when nothing that is still to come can change where it ends.
type stream struct {
	r      io.Reader
	limits TextLimits
	chunk  []byte // to read into
	text   string // what is read and not yet handed out, from at on
	at     int
	base   int  // offset of text in the stream
	blank  bool // the text has a blank line behind some other line
	line   lineState
	done   bool // nothing is to come
	err    error
}

// lineState is what stands before the next byte of a stream.
type lineState uint8

const (
	outside  lineState = iota // only white space so far
	inLine                    // a line with something in it
	lineDone                  // its end
)

// readSize is how much is asked of the reader at a time, in bytes.
const readSize = 32 << 10

// next returns the next paragraph, alone, whether it is cut, and its offset in
// the stream.
func (s *stream) next(ctx context.Context) (text string, cut bool, base int, ok bool) {
	for {
		p, ok := s.limits.paragraphAt(s.text, s.at)
		if ok && s.decided(p) {
			s.at = p.End
			return strings.Clone(s.text[p.Start:p.End]), p.cut, s.base + p.Start, true
		}
		if s.done {
			return "", false, 0, false
		}
		if ok {
			s.at = p.Start
		} else {
			s.at = len(s.text)
		}
		if !s.fill(ctx) {
			return "", false, 0, false
		}
	}
}

// decided reports whether nothing that comes behind the text can change where
// the paragraph, its first one, ends.
func (s *stream) decided(p paragraph) bool {
	if s.done || len(s.text)-p.Start >= s.limits.Paragraph+lookAhead {
		return true
	}
	if p.cut {
		return false
	}
	// A blank line ends it whatever comes. Otherwise the next line decides.
	rest := s.text[p.End:]
	next := strings.TrimLeftFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
	})
	if strings.Count(rest[:len(rest)-len(next)], "\n") > 1 {
		return true
	}
	return len(next) >= lookAhead || strings.IndexByte(next, '\n') >= 0
}

// fill reads on: up to a blank line or until there is half as much again, so
// that reading in small pieces does not mean looking at the same text over and
// over. It returns false if the context is cancelled.
func (s *stream) fill(ctx context.Context) bool {
	s.base += s.at
	var text strings.Builder
	text.WriteString(s.text[s.at:])
	old := text.Len()
	if s.chunk == nil {
		s.chunk = make([]byte, readSize)
	}
	s.blank = false
	for empty := 0; !s.done && !s.blank && (text.Len() == old || text.Len()-old < old/2); {
		n, err := s.r.Read(s.chunk)
		if n < 0 || n > len(s.chunk) {
			n, err = 0, errors.New("impossible count from Read")
		}
		text.Write(s.chunk[:n])
		s.observe(s.chunk[:n])
		switch empty++; {
		case err != nil:
			s.done = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
		case n > 0:
			empty = 0
		case empty > 100:
			s.done, s.err = true, io.ErrNoProgress
		}
		if err := context.Cause(ctx); err != nil {
			s.done, s.err = true, err
			return false
		}
	}
	s.text, s.at = text.String(), 0
	return true
}

// observe looks for blank lines.
func (s *stream) observe(chunk []byte) {
	for _, c := range chunk {
		switch {
		case c == '\n' && s.line == lineDone:
			s.blank = true
			s.line = outside
		case c == '\n' && s.line == inLine:
			s.line = lineDone
		case !isSpace(c):
			s.line = inLine
		}
	}
}
