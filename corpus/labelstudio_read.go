package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// ReadLabelStudio reads what the annotation tool Label Studio exports as JSON:
// an array of tasks, or JSON Lines with a task on each. name stands for the file in
// error messages. Each task is a sentence.
//
// The task's data has the text, and may have an id (by default that of the
// task), start and end; its other keys go to [Sentence.Extra]. What Label Studio
// itself adds to tasks and annotations is left out. Regions of text and their
// relations are read as [WriteLabelStudio] shows them, and choices for the whole
// text as acts and mentions. A source or target without a relation belongs to the
// only act of the sentence. Relations with several labels, without a direction or
// in both, and regions of other kinds or with notes cannot be held.
//
// The offsets count UTF-16 code units, or code points with [WithCodePoints]. A
// region with the text that it marks, as in every export, may have either, if
// that text stands there.
//
// The rest is checked, and the errors are reported, as for [Read], each with the
// id of its sentence. A task that nobody has annotated is an error, and so is one
// with several annotations, unless [WithAnnotator] chooses among them.
func ReadLabelStudio(r io.Reader, name string, opts ...Option) ([]Sentence, error) {
	p := newParser(name, opts)
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("corpus: reading %s: %w", name, err)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	p.line, p.locate = 1, locator(data)
	var sentences []Sentence
	for _, v := range p.tasks(data) {
		if p.full() {
			break
		}
		before := len(p.errs)
		p.line, _ = p.locate(v.at)
		s, chosen := p.task(v)
		p.in = ""
		if chosen && len(p.errs) == before {
			sentences = append(sentences, s)
		}
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return sentences, nil
}

// tasks lists the items of an array, or the values that follow each other.
func (p *parser) tasks(data []byte) []value {
	if !p.validText(string(data)) {
		return nil
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		v, ok := p.json(data)
		if !ok {
			return nil
		}
		return p.array(v, "the file")
	}
	var values []value
	for at := 0; at < len(data); {
		dec := json.NewDecoder(bytes.NewReader(data[at:]))
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			if len(bytes.TrimSpace(data[at:])) > 0 {
				p.malformed(data, at)
			}
			break
		}
		next := at + int(dec.InputOffset())
		values = append(values, value{raw: raw, at: next - len(raw)})
		at = next
	}
	return values
}

// malformed notes what is wrong with the line of JSON at an offset.
func (p *parser) malformed(data []byte, at int) {
	at += len(data[at:]) - len(bytes.TrimLeft(data[at:], " \t\r\n"))
	line, _, _ := bytes.Cut(data[at:], []byte("\n"))
	locate := p.locate
	p.locate = func(offset int) (int, int) { return locate(at + offset) }
	defer func() { p.locate = locate }()
	if _, ok := p.json(line); ok { // it goes on behind the line
		p.errorf(0, "malformed JSON")
	}
}

// task reads one task. It reports whether the annotator has done it.
func (p *parser) task(v value) (Sentence, bool) {
	members := p.object(v, "a task")
	if members == nil {
		return Sentence{}, false
	}
	known, _ := sortKeys(members, []string{"id", "data", "annotations"})
	data, ok := known["data"]
	if !ok {
		p.errorf(v.at, "missing key %q in a task", "data")
		return Sentence{}, false
	}
	fields := p.object(data, "data")
	if fields == nil {
		return Sentence{}, false
	}
	head, extra := sortKeys(fields, studioKeys)
	if _, ok := head["id"]; !ok && known["id"].raw != nil {
		head["id"] = known["id"]
	}
	s := p.head(head, data.at)
	s.Extra = extra
	if _, ok := known["annotations"]; !ok {
		p.errorf(v.at, "missing key %q in a task", "annotations")
		return s, false
	}
	annotation, ok := p.annotation(known["annotations"])
	if !ok {
		return s, false
	}
	t := studioReader{parser: p, text: s.Text, rulers: [2]ruler{newRuler(s.Text, true), newRuler(s.Text, false)}}
	if p.codePoints {
		slices.Reverse(t.rulers[:])
	}
	for _, item := range p.array(annotation, "result") {
		t.item(item)
	}
	s.Acts, s.Mentioned = p.assemble(s.Text, t.marks, t.links)
	return s, true
}

// annotation chooses the result of an annotation that was not skipped.
func (p *parser) annotation(v value) (result value, chosen bool) {
	var results []value
	for _, item := range p.array(v, "annotations") {
		members := p.object(item, "an annotation")
		if members == nil {
			return value{}, false
		}
		known, _ := sortKeys(members, []string{"result", "was_cancelled", "completed_by"})
		if string(known["was_cancelled"].raw) == "true" || p.annotator != "" && !p.by(known["completed_by"]) {
			continue
		}
		if known["result"].raw == nil {
			p.errorf(item.at, "missing key %q in an annotation", "result")
			return value{}, false
		}
		results = append(results, known["result"])
	}
	switch {
	case len(results) == 1:
		return results[0], true
	case len(results) > 1 && p.annotator != "":
		p.errorf(v.at, "%d annotations by %s: expected one", len(results), p.annotator)
	case len(results) > 1:
		p.errorf(v.at, "%d annotations: choose an annotator", len(results))
	case p.annotator == "":
		p.errorf(v.at, "nobody has annotated the task")
	}
	return value{}, false
}

// by reports whether a user, given as a number or an object, is the annotator.
func (p *parser) by(user value) bool {
	var fields struct {
		ID    json.Number `json:"id"`
		Email string      `json:"email"`
	}
	if json.Unmarshal(user.raw, &fields) == nil {
		return p.annotator == fields.Email || p.annotator == fields.ID.String()
	}
	var name string
	if json.Unmarshal(user.raw, &name) == nil {
		return p.annotator == name
	}
	return p.annotator == string(user.raw)
}

// A studioReader reads the results of one annotation.
type studioReader struct {
	*parser
	text   string
	rulers [2]ruler // the one to try first, and the other
	marks  []mark
	links  []link
}

func (t *studioReader) item(v value) {
	members := t.object(v, "a result")
	if members == nil {
		return
	}
	known, _ := sortKeys(members, []string{"id", "type", "value", "from_id", "to_id", "direction", "labels", "meta"})
	if _, ok := known["meta"]; ok && string(compact(known["meta"].raw)) != "{}" {
		t.errorf(known["meta"].at, "a note on a region cannot be held")
	}
	switch kind := t.string(known["type"], "type", true); kind {
	case "labels", "hypertextlabels":
		t.region(v, known)
	case "choices":
		t.choices(v, known)
	case "relation":
		t.relation(v, known)
	case "":
		if known["type"].raw == nil {
			t.errorf(v.at, "missing key %q in a result", "type")
		}
	default:
		t.errorf(known["type"].at, "a result of type %q cannot be held: expected labels, choices or relation", kind)
	}
}

// region reads labels of a stretch of the text.
func (t *studioReader) region(v value, known map[string]value) {
	fields := t.valueOf(v, known)
	if fields == nil {
		return
	}
	labels := fields["labels"]
	if labels.raw == nil {
		labels = fields["hypertextlabels"]
	}
	offsets := [2]value{fields["start"], fields["end"]}
	if global := fields["globalOffsets"]; global.raw != nil {
		inner, _ := sortKeys(t.object(global, "globalOffsets"), []string{"start", "end"})
		offsets = [2]value{inner["start"], inner["end"]}
	}
	if labels.raw == nil || offsets[0].raw == nil || offsets[1].raw == nil {
		t.errorf(v.at, "a region needs start, end and labels")
		return
	}
	from, okFrom := t.offset(offsets[0], "the start")
	to, okTo := t.offset(offsets[1], "the end")
	if !okFrom || !okTo {
		return
	}
	start, end, ok := t.rulers[0].span(from, to)
	if words := fields["text"]; words.raw != nil {
		want := t.string(words, "text", false)
		if !ok || t.text[start:end] != want {
			start, end, ok = t.rulers[1].span(from, to)
		}
		if ok && t.text[start:end] != want {
			t.errorf(words.at, "the words %q do not stand at %d of the text", want, from)
			return
		}
	}
	if !ok {
		t.errorf(offsets[0].at, "%d to %d is not a stretch of the text, which has %d characters", from, to, t.rulers[0].length())
		return
	}
	t.mark(v, known, labels, start, end)
}

// choices reads labels of the whole text.
func (t *studioReader) choices(v value, known map[string]value) {
	fields := t.valueOf(v, known)
	if fields == nil {
		return
	}
	if fields["choices"].raw == nil {
		t.errorf(v.at, "missing key %q in a value", "choices")
		return
	}
	t.mark(v, map[string]value{}, fields["choices"], 0, len(t.text))
}

// valueOf returns the fields of the value of a result.
func (t *studioReader) valueOf(v value, known map[string]value) map[string]value {
	if known["value"].raw == nil {
		t.errorf(v.at, "missing key %q in a result", "value")
		return nil
	}
	members := t.object(known["value"], "a value")
	if members == nil {
		return nil
	}
	fields := map[string]value{}
	for _, m := range members {
		fields[m.key] = m.value
	}
	return fields
}

// mark adds a mark for each label.
func (t *studioReader) mark(v value, known map[string]value, labels value, start, end int) {
	id := ""
	if known["id"].raw != nil {
		id = string(known["id"].raw)
	}
	for _, item := range t.array(labels, "labels") {
		m := mark{id: id, label: t.string(item, "a label", true), start: start, end: end, at: t.here(item.at)}
		if m.label, m.mentioned = splitLabel(m.label); m.label != "" {
			t.marks = append(t.marks, m)
		}
	}
}

func (t *studioReader) relation(v value, known map[string]value) {
	labels := []value{}
	if known["labels"].raw != nil {
		labels = t.array(known["labels"], "labels")
	}
	if known["from_id"].raw == nil || known["to_id"].raw == nil || len(labels) != 1 {
		t.errorf(v.at, "a relation needs from_id, to_id and one label, source or target")
		return
	}
	l := link{
		from: string(known["from_id"].raw), to: string(known["to_id"].raw),
		role: t.string(labels[0], "a label", true), at: t.here(v.at),
	}
	switch direction := string(known["direction"].raw); direction {
	case "", `"right"`:
	case `"left"`:
		l.from, l.to = l.to, l.from
	default:
		t.errorf(v.at, "a relation with the direction %s cannot be held: expected right or left", direction)
		return
	}
	t.links = append(t.links, l)
}
