package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/demarche/demarche/classify"
)

// An Annotation is one act that the annotators found in a sentence.
type Annotation struct {
	Label classify.Label `json:"label"`
	// Source is who performs the act and Target whose conduct, claim or danger
	// it is about, each copied exactly from the text; either is empty where
	// the sentence does not say.
	Source string `json:"source"`
	Target string `json:"target"`
}

// A Sentence is one annotated sentence of a corpus.
type Sentence struct {
	// ID names the sentence and is unique in its file.
	ID string
	// Start and End are the byte offsets of the sentence in its document:
	// document[Start:End] == Text. Both are 0 where none are given.
	Start, End int
	Text       string
	// Acts are the acts performed in the sentence. A label may occur more than
	// once: two actors can condemn in one sentence.
	Acts []Annotation
	// Mentioned are the labels of acts that are named but not performed.
	Mentioned []classify.Label
	// Extra holds the other keys of the JSON object, such as "genre", as
	// compact JSON; they are written back as they were read.
	Extra map[string]json.RawMessage
}

// Located reports whether the sentence has offsets into a document.
func (s Sentence) Located() bool { return s.End > 0 }

// Has reports whether the sentence performs an act with the given label.
func (s Sentence) Has(l classify.Label) bool {
	return slices.ContainsFunc(s.Acts, func(a Annotation) bool { return a.Label == l })
}

// Mentions reports whether the sentence names an act with the given label that
// nobody performs.
func (s Sentence) Mentions(l classify.Label) bool { return slices.Contains(s.Mentioned, l) }

// Genre returns the string under the key "genre" of Extra, or "" if there is
// none.
func (s Sentence) Genre() string {
	var genre string
	if json.Unmarshal(s.Extra["genre"], &genre) != nil {
		return ""
	}
	return genre
}

// MarshalJSON writes the sentence as one object with the keys id, start and end
// (absent unless [Sentence.Located]), text, acts and mentioned (never null),
// then those of Extra in alphabetical order. A key of Extra that is one of
// these, or a value that is not JSON, is an error.
func (s Sentence) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	key := func(name string) {
		sep := byte(',')
		if b.Len() == 0 {
			sep = '{'
		}
		b.WriteByte(sep)
		b.Write(encode(name))
		b.WriteByte(':')
	}
	key("id")
	b.Write(encode(s.ID))
	if s.Start != 0 || s.End != 0 {
		key("start")
		b.WriteString(strconv.Itoa(s.Start))
		key("end")
		b.WriteString(strconv.Itoa(s.End))
	}
	key("text")
	b.Write(encode(s.Text))
	key("acts")
	b.Write(encode(append([]Annotation{}, s.Acts...)))
	key("mentioned")
	b.Write(encode(append([]classify.Label{}, s.Mentioned...)))
	for _, name := range slices.Sorted(maps.Keys(s.Extra)) {
		if slices.Contains(sentenceKeys, name) {
			return nil, fmt.Errorf("extra key %q is a key of the format itself", name)
		}
		key(name)
		if err := json.Compact(&b, s.Extra[name]); err != nil {
			return nil, fmt.Errorf("extra key %q: %w", name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads one object with the checks of [Read], save that any label
// is allowed. Its errors are *[Error] values without a file name.
func (s *Sentence) UnmarshalJSON(data []byte) error {
	p := parser{line: 1}
	parsed, ok := p.sentence(data)
	if !ok {
		return p.err()
	}
	*s = parsed
	return nil
}

// encode returns the JSON of strings and slices of strings, which cannot fail,
// and leaves <, > and & as they are, so that the files stay readable.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Write writes sentences as JSON Lines, the format that [Read] reads. It first
// makes sure that every sentence could be read back, apart from what Read's
// options decide; if not, it writes nothing and returns all the errors, each
// naming the sentence.
func Write(w io.Writer, sentences []Sentence) error {
	var out bytes.Buffer
	var errs []error
	p := parser{}
	for i, s := range sentences {
		if err := p.rewrite(&out, i+1, s); err != nil {
			errs = append(errs, fmt.Errorf("corpus: sentence %d (id %q): %w", i+1, s.ID, err))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("corpus: %w", err)
	}
	return nil
}

// rewrite appends s to out as the given line, unless it would not be read back
// as it is.
func (p *parser) rewrite(out *bytes.Buffer, line int, s Sentence) error {
	data, err := s.MarshalJSON()
	if err != nil {
		return err
	}
	p.line, p.errs = line, nil
	back, ok := p.sentence(data)
	if !ok {
		return p.err()
	}
	// The JSON encoder replaces invalid bytes silently.
	if back.ID != s.ID || back.Text != s.Text {
		return errors.New("invalid UTF-8 in the id or the text")
	}
	out.Write(data)
	out.WriteByte('\n')
	return nil
}
