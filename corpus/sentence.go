package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/demarche/demarche/classify"
)

// An Annotation is one act that the annotators found in a sentence.
type Annotation struct {
	Label classify.Label `json:"label"` // what is done
	// Source is who performs the act and Target whose conduct, claim or danger
	// it is about, each copied exactly from the text; either is empty where
	// the sentence does not say.
	Source string `json:"source"`
	Target string `json:"target"`
	// Cue is the words that show the act, copied likewise; empty where the
	// annotators did not mark them.
	Cue string `json:"cue,omitempty"`
}

// A Sentence is one annotated sentence of a corpus.
type Sentence struct {
	// ID names the sentence and is unique in its file.
	ID string
	// Start and End are the byte offsets of the sentence in its document:
	// document[Start:End] == Text. Both are 0 where none are given.
	Start, End int
	Text       string // one sentence, not empty
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
	var o object
	o.set("id", s.ID)
	if s.Start != 0 || s.End != 0 {
		o.set("start", s.Start)
		o.set("end", s.End)
	}
	o.set("text", s.Text)
	o.set("acts", append([]Annotation{}, s.Acts...))
	o.set("mentioned", append([]classify.Label{}, s.Mentioned...))
	for _, key := range sortedKeys(s.Extra) {
		if slices.Contains(sentenceKeys, key) {
			return nil, fmt.Errorf("extra key %q is a key of the format itself", key)
		}
		if err := o.raw(key, s.Extra[key]); err != nil {
			return nil, fmt.Errorf("extra key %q: %w", key, err)
		}
	}
	return o.close(), nil
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

// Write writes sentences as JSON Lines, the format that [Read] reads. It first
// makes sure that every sentence could be read back, apart from what Read's
// options decide; if not, it writes nothing and returns all the errors, each
// naming the sentence.
func Write(w io.Writer, sentences []Sentence) error {
	data, err := jsonLines(sentences)
	if err != nil {
		return err
	}
	return output(w, data)
}

// jsonLines returns the sentences as JSON Lines, or what is wrong with them.
func jsonLines(sentences []Sentence) ([]byte, error) {
	var out bytes.Buffer
	var errs []error
	p := parser{}
	for i, s := range sentences {
		if err := p.rewrite(&out, i+1, s); err != nil {
			errs = append(errs, sentenceError(i, s, err))
		}
	}
	return out.Bytes(), errors.Join(errs...)
}

// sentenceError says which sentence of a slice an error is about.
func sentenceError(i int, s Sentence, err error) error {
	return fmt.Errorf("corpus: sentence %d (id %q): %w", i+1, clip(s.ID, 80), err)
}

// output writes all of data.
func output(w io.Writer, data []byte) error {
	if _, err := w.Write(data); err != nil {
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
