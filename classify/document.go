package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/segment"
)

// limits of the document reader, in bytes. A paragraph or sentence beyond its
// limit is cut at white space, or between two characters where there is none,
// and its results are marked [Result.Cut].
const (
	maxParagraph = 256 << 10
	maxSentence  = 8 << 10
	// lookAhead is how much text after a paragraph decides where it ends.
	lookAhead = 64 << 10
)

// Document splits a text into paragraphs and sentences and classifies each
// sentence, in order. Offsets are relative to the text. Speakers of quotations
// and of transcripts are carried from one sentence to the next.
//
// Paragraphs are separated by blank lines, or by line breaks where the lines
// are not wrapped to a width. The sequence can be ranged over more than once.
func (c *Classifier) Document(text string) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		d := c.document()
		defer c.release(d)
		for from := 0; from < len(text); {
			p, ok := paragraphAt(text, from)
			if !ok {
				break
			}
			if !d.paragraph(text, p, 0, yield) {
				return
			}
			from = p.End
		}
		d.finish(yield)
	}
}

// Reader classifies the sentences of a stream of text like
// [Classifier.Document], in memory that does not grow with the stream. Offsets
// are relative to the start of the stream.
//
// When r fails, the sentences read so far come first and then the error, which
// wraps that of r. When ctx is cancelled the sequence ends with ctx's error
// before the next paragraph. An error is always the last pair, with a zero
// Result. The sequence can be ranged over once.
func (c *Classifier) Reader(ctx context.Context, r io.Reader) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		d := c.document()
		defer c.release(d)
		s := stream{r: r}
		result := func(res Result) bool { return yield(res, nil) }
		for {
			if err := context.Cause(ctx); err != nil {
				yield(Result{}, fmt.Errorf("classify: %w", err))
				return
			}
			text, base, ok := s.next(ctx)
			if !ok {
				if d.finish(result) && s.err != nil {
					yield(Result{}, fmt.Errorf("classify: read: %w", s.err))
				}
				return
			}
			p := segment.Range{Start: 0, End: len(text)}
			if !d.paragraph(text, p, base, result) {
				return
			}
		}
	}
}

// paragraphAt returns the first paragraph of the text at or after from, cut to
// the limit.
func paragraphAt(text string, from int) (segment.Range, bool) {
	// white space may be longer than the window: begin the window behind it
	for from < len(text) && isSpace(text[from]) {
		from++
	}
	window := text[:min(len(text), from+maxParagraph+lookAhead)]
	p, ok := segment.NextParagraph(window, from)
	if !ok {
		return p, false
	}
	if p.End-p.Start > maxParagraph {
		p.End = cutPoint(text, p.Start, p.Start+maxParagraph)
	}
	return p, true
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// cutPoint returns where to cut text before limit: behind the last white space
// after start, or at a rune boundary.
func cutPoint(text string, start, limit int) int {
	if i := strings.LastIndexAny(text[start:limit], " \t\n"); i > 0 {
		return start + i
	}
	for i := limit; i > limit-utf8.UTFMax && i > start; i-- {
		if utf8.RuneStart(text[i]) {
			return i
		}
	}
	return limit
}

// A stream hands out the paragraphs of a reader one by one.
type stream struct {
	r    io.Reader
	buf  []byte
	base int // offset of buf in the stream
	done bool
	err  error
}

// readSize is how much is asked of the reader at a time, in bytes.
const readSize = 32 << 10

// next returns the next paragraph and its offset in the stream.
func (s *stream) next(ctx context.Context) (text string, base int, ok bool) {
	for {
		s.dropSpace()
		if p, ok := s.complete(); ok {
			text := string(s.buf[p.Start:p.End])
			base := s.base + p.Start
			s.discard(p.End)
			return text, base, true
		}
		if s.done {
			return "", 0, false
		}
		s.fill()
		if context.Cause(ctx) != nil {
			return "", 0, s.cancel(ctx)
		}
	}
}

func (s *stream) cancel(ctx context.Context) bool {
	s.err = context.Cause(ctx)
	return false
}

// dropSpace forgets white space at the start of the buffer.
func (s *stream) dropSpace() {
	n := 0
	for n < len(s.buf) && isSpace(s.buf[n]) {
		n++
	}
	s.discard(n)
}

func (s *stream) discard(n int) {
	s.base += n
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
}

// complete returns the first paragraph of the buffer if what is still to come
// cannot change where it ends.
func (s *stream) complete() (segment.Range, bool) {
	if len(s.buf) == 0 {
		return segment.Range{}, false
	}
	full := len(s.buf) >= maxParagraph+lookAhead
	if !full && !s.done && !blankLine(s.buf) {
		return segment.Range{}, false
	}
	text := string(s.buf[:min(len(s.buf), maxParagraph+lookAhead)])
	p, ok := paragraphAt(text, 0)
	if !ok {
		s.discard(len(text))
		return p, false
	}
	if full || s.done || p.End < len(text) && blankLine(s.buf[p.End:]) && startsBlank(s.buf[p.End:]) {
		return p, true
	}
	return p, false
}

// blankLine reports whether the text has an empty line with something after
// it.
func blankLine(text []byte) bool {
	newline := false
	for i, c := range text {
		switch {
		case c == '\n':
			if newline && i+1 < len(text) {
				return true
			}
			newline = true
		case !isSpace(c):
			newline = false
		}
	}
	return false
}

// startsBlank reports whether the text begins with an empty line.
func startsBlank(text []byte) bool {
	lines := 0
	for _, c := range text {
		if !isSpace(c) {
			return lines > 1
		}
		if c == '\n' {
			lines++
		}
	}
	return false
}

func (s *stream) fill() {
	n := len(s.buf)
	if cap(s.buf)-n < readSize {
		grown := make([]byte, n, max(2*cap(s.buf), n+readSize))
		copy(grown, s.buf)
		s.buf = grown
	}
	for empty := 0; ; empty++ {
		k, err := s.r.Read(s.buf[n : n+readSize])
		s.buf = s.buf[:n+k]
		if err != nil {
			s.done = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return
		}
		if k > 0 {
			return
		}
		if empty == 100 {
			s.done, s.err = true, io.ErrNoProgress
			return
		}
	}
}
