package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/demarche/demarche/classify"
)

// The names that [LabelStudioConfig] gives to what is annotated, and how.
const (
	studioLabels = "label"
	studioText   = "text"
)

// The keys of a task's data that are not [Sentence.Extra].
var studioKeys = []string{"id", "text", "start", "end"}

// WithCodePoints says that the offsets in a Label Studio file count Unicode code
// points instead of UTF-16 code units.
func WithCodePoints() Option {
	return func(p *parser) { p.codePoints = true }
}

// WithAnnotator chooses the annotation of one annotator where a Label Studio
// task has several: name is what stands under completed_by, a number or the email
// of a user. Tasks that this annotator has not done are left out.
func WithAnnotator(name string) Option {
	return func(p *parser) { p.annotator = name }
}

// A studioTask and its parts are as Label Studio has them.
type (
	studioTask struct {
		Data        any                `json:"data"`
		Annotations []studioAnnotation `json:"annotations"`
	}
	studioAnnotation struct {
		Result []any `json:"result"`
	}
	studioRegion struct {
		ID    string      `json:"id"`
		From  string      `json:"from_name"`
		To    string      `json:"to_name"`
		Type  string      `json:"type"`
		Value studioValue `json:"value"`
	}
	studioValue struct {
		Start  int      `json:"start"`
		End    int      `json:"end"`
		Text   string   `json:"text"`
		Labels []string `json:"labels"`
	}
	studioRelation struct {
		From      string   `json:"from_id"`
		To        string   `json:"to_id"`
		Type      string   `json:"type"`
		Direction string   `json:"direction"`
		Labels    []string `json:"labels"`
	}
)

// WriteLabelStudio writes sentences as the JSON that Label Studio imports: an
// array of tasks, one on each line, each a sentence with its annotation. A project
// with the labelling interface of [LabelStudioConfig] shows them. An act is a
// region with its label over the cue or, without one, the whole sentence; a
// mention is one with a label such as "condemnation mentioned"; relations called
// source and target lead from an act to regions of these names. Offsets count
// UTF-16 code units, as a browser does, or code points with [WithCodePoints]. The
// id and the other keys of a sentence are part of the task's data.
//
// WriteLabelStudio writes nothing, and returns all the errors, each naming its
// sentence, if anything could not be read back as it is.
func WriteLabelStudio(w io.Writer, sentences []Sentence, opts ...Option) error {
	if _, err := jsonLines(sentences); err != nil {
		return err
	}
	utf16 := !newParser("", opts).codePoints
	var out bytes.Buffer
	var errs []error
	out.WriteByte('[')
	for i, s := range sentences {
		task, err := newStudioTask(s, utf16)
		if err != nil {
			errs = append(errs, sentenceError(i, s, err))
			continue
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(encode(task))
	}
	out.WriteString("\n]\n")
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	err := holds("Label Studio", sentences, func() ([]Sentence, error) {
		return ReadLabelStudio(bytes.NewReader(out.Bytes()), "", append(slices.Clone(opts), anyLabel, WithAnnotator(""))...)
	})
	if err != nil {
		return err
	}
	return output(w, out.Bytes())
}

func newStudioTask(s Sentence, utf16 bool) (studioTask, error) {
	marks, links, err := layOut(s, 1)
	if err != nil {
		return studioTask{}, err
	}
	ruler := newRuler(s.Text, utf16)
	result := []any{}
	for _, m := range marks {
		result = append(result, studioRegion{
			ID: "r" + m.id, From: studioLabels, To: studioText, Type: "labels",
			Value: studioValue{
				Start: ruler.units(m.start), End: ruler.units(m.end),
				Text: s.Text[m.start:m.end], Labels: []string{m.fullLabel()},
			},
		})
	}
	for _, l := range links {
		result = append(result, studioRelation{
			From: "r" + l.from, To: "r" + l.to, Type: "relation", Direction: "right", Labels: []string{l.role},
		})
	}
	var o object
	o.set("id", s.ID)
	o.set("text", s.Text)
	if s.Start != 0 || s.End != 0 {
		o.set("start", s.Start)
		o.set("end", s.End)
	}
	data, err := o.extra(s.Extra, studioKeys)
	return studioTask{Data: json.RawMessage(data), Annotations: []studioAnnotation{{Result: result}}}, err
}

// LabelStudioConfig returns the labelling interface of a Label Studio project
// for acts with the given labels; without any, the built-in ones.
func LabelStudioConfig(labels ...classify.Label) string {
	if len(labels) == 0 {
		labels = builtin
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<View>\n  <Relations>\n")
	for _, role := range []string{sourceRole, targetRole} {
		fmt.Fprintf(&b, "    <Relation value=%q/>\n", role)
	}
	fmt.Fprintf(&b, "  </Relations>\n  <Labels name=%q toName=%q>\n", studioLabels, studioText)
	for _, l := range labels {
		for _, m := range []mark{{label: string(l)}, {label: string(l), mentioned: true}} {
			fmt.Fprintf(&b, "    <Label value=\"%s\"/>\n", html.EscapeString(m.fullLabel()))
		}
	}
	for _, role := range []string{sourceRole, targetRole} {
		fmt.Fprintf(&b, "    <Label value=%q/>\n", role)
	}
	fmt.Fprintf(&b, "  </Labels>\n  <Text name=%q value=\"$text\"/>\n</View>\n", studioText)
	return b.String()
}
