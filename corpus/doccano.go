package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
)

// The keys of doccano's lines, and of their parts.
var (
	doccanoKeys  = []string{"id", "text", "start", "end", "entities", "relations", "label", "labels"}
	entityKeys   = []string{"id", "label", "start_offset", "end_offset"}
	relationKeys = []string{"id", "from_id", "to_id", "type"}
)

// ReadDoccano reads what the annotation tool doccano exports from a project for
// sequence labelling, with relations or without, or for text classification, as
// JSON Lines. name stands for the file in error messages. Each example is a
// sentence.
//
// An entity with the label of an act is an act, and its words are the cue,
// unless it is the whole sentence. One whose label ends in " mentioned", as in
// "condemnation mentioned", is a mention. Relations of the types "source" and
// "target" lead from an act to an entity; without a relation, an entity called
// source or target belongs to the only act of the sentence. In a project for text
// classification the labels are those of acts and mentions.
//
// Offsets count Unicode code points, which is what doccano does unless the project
// counts grapheme clusters. Keys of an example that are not doccano's own go to
// [Sentence.Extra]. The rest is checked, and the errors are reported, as for
// [Read], each with the id of its sentence: offsets that are not in the text, links that lead
// nowhere, and all that a [Sentence] cannot hold.
func ReadDoccano(r io.Reader, name string, opts ...Option) ([]Sentence, error) {
	p := newParser(name, opts)
	var sentences []Sentence
	p.lines(r, func(data []byte) {
		before := len(p.errs)
		if line, ok := p.json(data); ok {
			s := p.doccano(p.object(line, "an example"), line.at)
			if len(p.errs) == before {
				sentences = append(sentences, s)
			}
		}
		p.in = ""
	})
	if err := p.err(); err != nil {
		return nil, err
	}
	return sentences, nil
}

func (p *parser) doccano(members []member, at int) Sentence {
	if members == nil {
		return Sentence{}
	}
	known, extra := sortKeys(members, doccanoKeys)
	s := p.head(known, at)
	s.Extra = extra
	ruler := newRuler(s.Text, false)
	marks := p.each(known["entities"], "entities", func(v value) mark { return p.entity(v, ruler) })
	for _, key := range []string{"label", "labels"} {
		marks = append(marks, p.each(known[key], key, func(v value) mark { return p.bareLabel(v, s.Text, ruler) })...)
	}
	marks = slices.DeleteFunc(marks, func(m mark) bool { return m.label == "" }) // noted
	var links []link
	for _, v := range p.array(known["relations"], "relations") {
		links = append(links, p.relation(v))
	}
	s.Acts, s.Mentioned = p.assemble(s.Text, marks, links)
	return s
}

// head reads what all formats on the basis of JSON share: id, text, start and
// end. The id may be a number.
func (p *parser) head(known map[string]value, at int) Sentence {
	id := known["id"]
	if id.raw != nil && id.kind() == "a number" {
		id.raw = encode(string(id.raw))
	}
	s := Sentence{ID: p.id(id)}
	p.in = s.ID
	for _, key := range []string{"id", "text"} {
		if _, ok := known[key]; !ok {
			p.errorf(at, "missing key %q", key)
		}
	}
	s.Text = p.string(known["text"], "text", true)
	s.Start, s.End = p.offsets(known["start"], known["end"], known["text"], s.Text)
	return s
}

// sortKeys tells the members with the given keys from the others.
func sortKeys(members []member, keys []string) (known map[string]value, extra map[string]json.RawMessage) {
	known = map[string]value{}
	for _, m := range members {
		if slices.Contains(keys, m.key) {
			known[m.key] = m.value
			continue
		}
		if extra == nil {
			extra = map[string]json.RawMessage{}
		}
		extra[m.key] = compact(m.value.raw)
	}
	return known, extra
}

// each reads the items of an array of marks.
func (p *parser) each(v value, what string, read func(value) mark) []mark {
	var marks []mark
	for _, item := range p.array(v, what) {
		marks = append(marks, read(item))
	}
	return marks
}

// strict returns the values of an object that must have all the keys and no
// others. It is nil if the object is at fault.
func (p *parser) strict(v value, what string, keys []string) map[string]value {
	members := p.object(v, what)
	if members == nil {
		return nil
	}
	before := len(p.errs)
	values := map[string]value{}
	for _, m := range members {
		if !slices.Contains(keys, m.key) {
			p.errorf(m.keyAt, "%s has a key %q, which cannot be held", what, m.key)
		}
		values[m.key] = m.value
	}
	for _, key := range keys {
		if _, ok := values[key]; !ok {
			p.errorf(v.at, "missing key %q in %s", key, what)
		}
	}
	if len(p.errs) > before {
		return nil
	}
	return values
}

func (p *parser) entity(v value, ruler ruler) mark {
	values := p.strict(v, "an entity", entityKeys)
	if values == nil {
		return mark{}
	}
	return p.stretch(v.at, string(values["id"].raw), values["label"], values["start_offset"], values["end_offset"], ruler)
}

// bareLabel reads a label of the whole sentence, or [start, end, label].
func (p *parser) bareLabel(v value, text string, ruler ruler) mark {
	if v.kind() != "an array" {
		m := mark{label: p.string(v, "a label", true), end: len(text), at: p.here(v.at)}
		m.label, m.mentioned = splitLabel(m.label)
		return m
	}
	items := p.array(v, "a label")
	if len(items) != 3 {
		p.errorf(v.at, "a label has %d items: expected start, end and label", len(items))
		return mark{}
	}
	return p.stretch(v.at, "", items[2], items[0], items[1], ruler)
}

// stretch makes a mark of a label and offsets; one without a label if they are
// at fault.
func (p *parser) stretch(at int, id string, label, start, end value, ruler ruler) mark {
	m := mark{id: id, label: p.string(label, "a label", true), at: p.here(at)}
	m.label, m.mentioned = splitLabel(m.label)
	from, okStart := p.offset(start, "the start")
	to, okEnd := p.offset(end, "the end")
	if !okStart || !okEnd {
		return mark{}
	}
	var ok bool
	if m.start, m.end, ok = ruler.span(from, to); !ok {
		p.errorf(start.at, "%d to %d is not a stretch of the text, which has %d characters", from, to, ruler.length())
		return mark{}
	}
	return m
}

func (p *parser) relation(v value) link {
	values := p.strict(v, "a relation", relationKeys)
	if values == nil {
		return link{}
	}
	return link{
		from: string(values["from_id"].raw), to: string(values["to_id"].raw),
		role: p.string(values["type"], "type", true), at: p.here(v.at),
	}
}

// A doccanoEntity and a doccanoRelation are as doccano has them.
type (
	doccanoEntity struct {
		ID    int    `json:"id"`
		Label string `json:"label"`
		Start int    `json:"start_offset"`
		End   int    `json:"end_offset"`
	}
	doccanoRelation struct {
		ID   int    `json:"id"`
		From int    `json:"from_id"`
		To   int    `json:"to_id"`
		Type string `json:"type"`
	}
)

// WriteDoccano writes sentences as JSON Lines that doccano imports into a
// project for sequence labelling; allow overlapping entities and relations
// there. [ReadDoccano] explains how acts and mentions are shown. It writes
// nothing, and returns all the errors, each naming its sentence, if anything
// could not be read back as it is, such as a key of [Sentence.Extra] that has a
// meaning of its own in doccano.
func WriteDoccano(w io.Writer, sentences []Sentence) error {
	if _, err := jsonLines(sentences); err != nil {
		return err
	}
	var out bytes.Buffer
	var errs []error
	next := 1 // ids are unique in the file
	for i, s := range sentences {
		marks, links, err := layOut(s, next)
		next += len(marks)
		var fields []byte
		if err == nil {
			fields, err = doccanoFields(s, marks, links)
		}
		if err != nil {
			errs = append(errs, sentenceError(i, s, err))
			continue
		}
		out.Write(fields)
		out.WriteByte('\n')
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	err := holds("doccano", sentences, func() ([]Sentence, error) {
		return ReadDoccano(bytes.NewReader(out.Bytes()), "", anyLabel)
	})
	if err != nil {
		return err
	}
	return output(w, out.Bytes())
}

// anyLabel allows all labels.
func anyLabel(p *parser) { p.labels = nil }

func doccanoFields(s Sentence, marks []mark, links []link) ([]byte, error) {
	ruler := newRuler(s.Text, false)
	entities, relations := []doccanoEntity{}, []doccanoRelation{}
	for _, m := range marks {
		id, _ := strconv.Atoi(m.id)
		entities = append(entities, doccanoEntity{id, m.fullLabel(), ruler.units(m.start), ruler.units(m.end)})
	}
	for _, l := range links {
		from, _ := strconv.Atoi(l.from)
		to, _ := strconv.Atoi(l.to)
		relations = append(relations, doccanoRelation{len(relations) + 1, from, to, l.role})
	}
	var o object
	o.set("id", s.ID)
	o.set("text", s.Text)
	if s.Start != 0 || s.End != 0 {
		o.set("start", s.Start)
		o.set("end", s.End)
	}
	o.set("entities", entities)
	o.set("relations", relations)
	return o.extra(s.Extra, doccanoKeys)
}

// fullLabel is the label of a mark, as a tool without attributes shows it.
func (m mark) fullLabel() string {
	if m.mentioned {
		return m.label + mentionLabel
	}
	return m.label
}
