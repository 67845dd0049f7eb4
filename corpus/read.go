package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/demarche/demarche/classify"
)

// MaxLine is the length in bytes of the longest line that [Read] accepts. A
// longer one is reported and skipped without being held in memory.
const MaxLine = 4 << 20

// builtin are the labels that every corpus may use.
var builtin = []classify.Label{
	classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality,
}

// An Option changes what [Read] accepts.
type Option func(*parser)

// WithLabels allows labels besides the four built-in ones, such as those that a
// lexicon defines.
func WithLabels(labels ...classify.Label) Option {
	return func(p *parser) {
		for _, l := range labels {
			if !slices.Contains(p.labels, l) {
				p.labels = append(p.labels, l)
			}
		}
	}
}

// WithDocument gives the text that start and end point into. Every sentence
// that has offsets must then stand exactly there.
func WithDocument(text string) Option {
	return func(p *parser) { p.document, p.hasDocument = text, true }
}

// Read reads an annotated corpus: JSON Lines, one sentence a line, blank lines
// skipped. name stands for the file in error messages.
//
// Each line is an object with the keys id, text and acts, and optionally
// mentioned, start and end; acts holds objects with the keys label, source and
// target, and optionally cue. Other keys of the sentence go to [Sentence.Extra]; but one that looks
// like a misspelling of a key that the object lacks ("mentionned", "txt") is
// an error, and so is any other key in an act.
//
// The errors are: malformed JSON, invalid UTF-8 or a line longer than
// [MaxLine]; a key that is missing, given twice or has a value of the wrong
// type; an id used twice; an unknown label; a source, target or cue that is not
// copied exactly from the text; and offsets that do not fit the text or the
// document. All of them are returned together as *[Error] values, up to 100 in
// a file, and then no sentence is returned. An error of r itself is wrapped.
func Read(r io.Reader, name string, opts ...Option) ([]Sentence, error) {
	p := newParser(name, opts)
	var sentences []Sentence
	p.lines(r, func(data []byte) {
		if s, ok := p.sentence(data); ok {
			sentences = append(sentences, s)
		}
	})
	if err := p.err(); err != nil {
		return nil, err
	}
	return sentences, nil
}

func newParser(name string, opts []Option) *parser {
	p := &parser{file: name, labels: slices.Clone(builtin)}
	for _, opt := range opts {
		opt(p)
	}
	return p
}

// lines calls read with each line of r that is not blank, and notes what keeps
// it from reading one.
func (p *parser) lines(r io.Reader, read func(data []byte)) {
	br := bufio.NewReaderSize(r, 64<<10)
	for p.line = 1; !p.full(); p.line++ {
		data, whole, err := readLine(br)
		if err != nil && !errors.Is(err, io.EOF) {
			p.errs = append(p.errs, fmt.Errorf("corpus: reading %s, line %d: %w", p.file, p.line, err))
			return
		}
		if p.line == 1 {
			data = bytes.TrimPrefix(data, []byte("\uFEFF")) // the mark some editors put before UTF-8
		}
		switch {
		case !whole:
			p.errorf(MaxLine, "the line is longer than %d bytes", MaxLine)
		case len(bytes.TrimSpace(data)) > 0:
			read(data)
		}
		if err != nil {
			return
		}
	}
}

// ReadFile reads the annotated corpus in the named file; see [Read].
func ReadFile(path string, opts ...Option) ([]Sentence, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	return Read(f, path, opts...)
}

// ReadFS reads the annotated corpus in the named file of fsys; see [Read].
func ReadFS(fsys fs.FS, name string, opts ...Option) ([]Sentence, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	return Read(f, name, opts...)
}

// readLine returns the next line without its newline. Of a line longer than
// MaxLine it drops the rest and reports that it is not whole. The error is
// io.EOF with the last line.
func readLine(br *bufio.Reader) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := br.ReadSlice('\n')
		if whole {
			line = append(line, part...)
		}
		if len(bytes.TrimRight(line, "\r\n")) > MaxLine {
			line, whole = nil, false
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), whole, err
		}
	}
}
