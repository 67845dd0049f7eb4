package classify

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/segment"
)

// Document splits a text into paragraphs and sentences and classifies each
// sentence, in order. Offsets are relative to the text. Speakers of quotations
// and of transcripts are carried from one sentence to the next.
//
// Paragraphs are separated by blank lines, or by line breaks where the lines
// are not wrapped to a width. The sequence can be ranged over more than once.
func (c *Classifier) Document(text string) iter.Seq[Result] {
	return func(yield func(Result) bool) { c.read(text, yield) }
}

// AppendDocument is like [Classifier.Document] and appends the results to dst.
// A caller who hands in the same slice again, cut to length 0, saves the memory
// for it: what is allocated then is for the sentences with acts, mentions or
// speakers alone.
func (c *Classifier) AppendDocument(dst []Result, text string) []Result {
	c.read(text, func(r Result) bool {
		dst = append(dst, r)
		return true
	})
	return dst
}

func (c *Classifier) read(text string, yield func(Result) bool) {
	d := c.document()
	defer c.release(d)
	for from := 0; from < len(text); {
		p, ok := c.limits.paragraphAt(text, from)
		if !ok {
			break
		}
		if !d.paragraph(text[p.Start:p.End], p.cut, p.Start, yield) {
			return
		}
		from = p.End
	}
	d.finish(yield)
}

// Reader classifies the sentences of a stream of text like
// [Classifier.Document], in memory that does not grow with the stream. Offsets
// are relative to the start of the stream.
//
// When r fails, the sentences read so far come first and then the error, which
// wraps that of r. When ctx is cancelled the sequence ends with ctx's error
// before the next paragraph; a Read that is under way is waited for. An error
// is always the last pair, with a zero Result. The sequence can be ranged over
// once.
func (c *Classifier) Reader(ctx context.Context, r io.Reader) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		d := c.document()
		defer c.release(d)
		s := stream{r: r, limits: c.limits}
		result := func(res Result) bool { return yield(res, nil) }
		for {
			if err := context.Cause(ctx); err != nil {
				yield(Result{}, fmt.Errorf("classify: %w", err))
				return
			}
			text, cut, base, ok := s.next(ctx)
			if !ok {
				if d.finish(result) && s.err != nil {
					yield(Result{}, fmt.Errorf("classify: read: %w", s.err))
				}
				return
			}
			if !d.paragraph(text, cut, base, result) {
				return
			}
		}
	}
}

// A paragraph is a piece of text that is read at a time.
type paragraph struct {
	segment.Range
	cut bool // it goes on in the next one
}

// lookAhead is how many bytes after the longest paragraph are looked at to find
// its end.
const lookAhead = 1 << 10

// paragraphAt returns the first paragraph of the text at or after from, cut to
// the limit, and false if there is only white space.
func (l *TextLimits) paragraphAt(text string, from int) (paragraph, bool) {
	for {
		for from < len(text) && isSpace(text[from]) {
			from++
		}
		// What stands before counts for nothing: a stream has forgotten it.
		window := text[from:]
		if end := l.Paragraph + lookAhead; end < len(window) {
			window = window[:runeStart(window, end)]
		}
		r, ok := segment.NextParagraph(window, 0)
		switch whole := from+len(window) == len(text); {
		case !ok && whole:
			return paragraph{}, false
		case !ok:
			from += len(window)
			continue
		case r.Start > 0 && !whole: // other white space took up a part of the window
			from += r.Start
			continue
		}
		r.Start, r.End = from+r.Start, from+r.End
		p := paragraph{Range: r, cut: r.End-r.Start > l.Paragraph}
		if p.cut {
			p.End = cutPoint(text, r.Start, r.Start+l.Paragraph)
		}
		return p, true
	}
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// cutPoint returns where to cut text before limit: behind the last white space
// after start, or at a rune boundary.
func cutPoint(text string, start, limit int) int {
	if i := strings.LastIndexAny(text[start:limit], " \t\n"); i > 0 {
		return start + i
	}
	if i := runeStart(text, limit); i > start {
		return i
	}
	return limit
}

// runeStart returns where the character that holds the byte at i begins; i if
// it is no valid one.
func runeStart(text string, i int) int {
	for j := i; j > i-utf8.UTFMax && j >= 0; j-- {
		if utf8.RuneStart(text[j]) {
			return j
		}
	}
	return i
}
