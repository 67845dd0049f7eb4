package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/demarche/demarche/classify"
)

// The types that stand for something other than a label.
const (
	bratSentence  = "Sentence"
	bratMentioned = "Mentioned"
)

// bratType matches the names that brat allows for types.
var bratType = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// WriteBrat writes sentences in the stand-off format of the annotation tool
// brat: the text to txt, and the annotation to ann. Each sentence is a line of
// the text; with [WithDocument], the text is the document, and the sentences are
// marked where they stand in it. [BratConfig] makes the configuration that brat
// needs to show them.
//
// A sentence is a text-bound annotation of type Sentence, with a note that holds
// its id, offsets and [Sentence.Extra] as JSON. An act is an event of the type
// of its label, its trigger the cue or, without one, the whole sentence, and its
// arguments Source and Target text-bound annotations of types source and target.
// A mention is such an event with the attribute Mentioned.
//
// WriteBrat writes nothing, and returns all the errors, each naming its sentence,
// if anything could not be read back as it is: brat allows only ASCII letters,
// digits, hyphens and underscores in a label.
func WriteBrat(txt, ann io.Writer, sentences []Sentence, opts ...Option) error {
	if _, err := jsonLines(sentences); err != nil {
		return err
	}
	p := newParser("", opts)
	text := p.document
	if !p.hasDocument {
		var b strings.Builder
		for _, s := range sentences {
			b.WriteString(s.Text + "\n")
		}
		text = b.String()
	}
	w := bratWriter{text: text, ruler: newRuler(text, false), next: 1}
	var errs []error
	at := 0
	for i, s := range sentences {
		start := at
		if p.hasDocument {
			start = s.Start
		}
		at += len(s.Text) + 1
		if err := w.sentence(s, start); err != nil {
			errs = append(errs, sentenceError(i, s, err))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	err := holds("brat", sentences, func() ([]Sentence, error) {
		return ReadBrat(strings.NewReader(text), bytes.NewReader(w.out.Bytes()), "", anyLabel)
	})
	if err != nil {
		return err
	}
	if err := output(txt, []byte(text)); err != nil {
		return err
	}
	return output(ann, w.out.Bytes())
}

type bratWriter struct {
	text  string
	ruler ruler
	out   bytes.Buffer
	next  int // number of a text-bound annotation
	// numbers of the last event, attribute and note
	events, attributes, notes int
}

func (w *bratWriter) sentence(s Sentence, start int) error {
	if start < 0 || len(s.Text) > len(w.text)-start || w.text[start:start+len(s.Text)] != s.Text {
		return fmt.Errorf("the sentence does not stand at %d of the document", start)
	}
	marks, links, err := layOut(s, w.next+1)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if !bratType.MatchString(m.label) || m.label == bratSentence {
			return fmt.Errorf("brat cannot hold the label %q", m.label)
		}
	}
	note, err := bratNote(s)
	if err != nil {
		return err
	}
	w.bound(strconv.Itoa(w.next), bratSentence, start, start+len(s.Text))
	w.notes++
	fmt.Fprintf(&w.out, "#%d\tAnnotatorNotes T%d\t%s\n", w.notes, w.next, note)
	w.next += len(marks) + 1
	for _, m := range marks {
		w.bound(m.id, m.label, start+m.start, start+m.end)
	}
	roles := map[string]bool{}
	for _, l := range links {
		roles[l.to] = true
	}
	for _, m := range marks {
		if roles[m.id] {
			continue
		}
		w.events++
		fmt.Fprintf(&w.out, "E%d\t%s:T%s", w.events, m.label, m.id)
		for _, l := range links {
			if l.from == m.id {
				fmt.Fprintf(&w.out, " %s:T%s", bratRole(l.role), l.to)
			}
		}
		w.out.WriteByte('\n')
		if m.mentioned {
			w.attributes++
			fmt.Fprintf(&w.out, "A%d\t%s E%d\n", w.attributes, bratMentioned, w.events)
		}
	}
	return nil
}

// bratNote is what a note says of a sentence.
func bratNote(s Sentence) ([]byte, error) {
	var o object
	o.set("id", s.ID)
	if s.Start != 0 || s.End != 0 {
		o.set("start", s.Start)
		o.set("end", s.End)
	}
	return o.extra(s.Extra, noteKeys)
}

var noteKeys = []string{"id", "start", "end"}

// bratRole is a role as it is usual to write it there.
func bratRole(role string) string { return strings.ToUpper(role[:1]) + role[1:] }

// bound writes a text-bound annotation. One that goes over a line break has a
// part on each line.
func (w *bratWriter) bound(id, label string, start, end int) {
	fmt.Fprintf(&w.out, "T%s\t%s ", id, label)
	sep := ""
	var words []string
	for from := start; from < end; {
		to := end
		if i := strings.IndexByte(w.text[from:end], '\n'); i >= 0 {
			to = from + i
		}
		if to > from {
			fmt.Fprintf(&w.out, "%s%d %d", sep, w.ruler.units(from), w.ruler.units(to))
			sep = ";"
			words = append(words, w.text[from:to])
		}
		from = to + 1
	}
	fmt.Fprintf(&w.out, "\t%s\n", strings.Join(words, " "))
}

// BratConfig returns the annotation.conf that brat needs, next to the files, to
// show and edit acts with the given labels; without any, the built-in ones.
func BratConfig(labels ...classify.Label) string {
	if len(labels) == 0 {
		labels = builtin
	}
	var b strings.Builder
	b.WriteString("[entities]\n" + bratSentence + "\n" + sourceRole + "\n" + targetRole + "\n\n[relations]\n\n[events]\n")
	for _, l := range labels {
		fmt.Fprintf(&b, "%s\t%s*:%s, %s*:%s\n", l, bratRole(sourceRole), sourceRole, bratRole(targetRole), targetRole)
	}
	fmt.Fprintf(&b, "\n[attributes]\n%s\tArg:<EVENT>\n", bratMentioned)
	return b.String()
}

// readNote reads what bratNote writes.
func (p *parser) readNote(note []byte, at int) (s Sentence, ok bool) {
	before := len(p.errs)
	v, ok := p.json(note)
	if !ok {
		return s, false
	}
	v.at += at
	known, extra := sortKeys(p.object(v, "the note of a sentence"), noteKeys)
	if _, ok := known["id"]; !ok {
		p.errorf(at, "missing key %q in the note of a sentence", "id")
	}
	s.ID, s.Extra = p.id(known["id"]), extra
	if known["start"].raw != nil || known["end"].raw != nil {
		s.Start, s.End = p.offsets(known["start"], known["end"], value{}, "")
	}
	return s, len(p.errs) == before
}

// isNote reports whether a note is one that belongs to a sentence.
func isNote(note string) bool { return strings.HasPrefix(note, "{") && json.Valid([]byte(note)) }
