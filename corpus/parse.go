package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// The keys of the format: those a sentence must have, those it may have, and
// those of an act.
var (
	requiredKeys = []string{"id", "text", "acts"}
	optionalKeys = []string{"mentioned", "start", "end"}
	sentenceKeys = slices.Concat(requiredKeys, optionalKeys)
	actKeys      = []string{"label", "source", "target", "cue"}
)

// A parser reads the lines of one corpus and notes what is wrong with them.
type parser struct {
	file        string
	labels      []classify.Label // allowed ones; nil allows any
	document    string
	hasDocument bool

	line int
	in   string // the id of the sentence, if errors shall name it
	errs []error
	seen map[string]int // id -> line
	// locate, if set, tells the line and the offset in it of an offset into
	// a file that is not read line by line.
	locate func(at int) (line, column int)

	codePoints bool   // offsets count them; see WithCodePoints
	annotator  string // see WithAnnotator
}

// A value is a piece of JSON and its byte offset in the line.
type value struct {
	raw json.RawMessage
	at  int
}

// A member is a key of an object with its value.
type member struct {
	key   string
	keyAt int
	value value
}

// kind names the type of v for an error message.
func (v value) kind() string {
	switch v.raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// sentence reads one line. It reports whether the line is right; if not, the
// errors are noted.
func (p *parser) sentence(data []byte) (Sentence, bool) {
	before := len(p.errs)
	var s Sentence
	if line, ok := p.json(data); ok {
		s = p.fields(p.object(line, "a sentence"), line.at)
	}
	slices.SortStableFunc(p.errs[before:], func(a, b error) int {
		return cmp.Compare(column(a), column(b))
	})
	return s, len(p.errs) == before
}

// column returns where an error stands in its line; the note that there are too
// many errors comes last.
func column(err error) int {
	var e *Error
	if !errors.As(err, &e) || e.Msg == tooMany {
		return math.MaxInt
	}
	return e.Column
}

// json checks that data is one JSON value in UTF-8 and returns it.
func (p *parser) json(data []byte) (value, bool) {
	if !utf8.Valid(data) {
		p.errorf(invalidAt(data), "invalid UTF-8")
		return value{}, false
	}
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		at := len(data)
		var syntax *json.SyntaxError
		// The offset counts the offending byte, unless it is the end.
		if errors.As(err, &syntax) && !strings.Contains(err.Error(), "unexpected end") {
			at = int(syntax.Offset) - 1
		}
		p.errorf(at, "malformed JSON: %v", err)
		return value{}, false
	}
	return value{raw: raw, at: len(data) - len(bytes.TrimLeft(data, " \t\r\n"))}, true
}

// invalidAt returns the offset of the first byte that is not UTF-8.
func invalidAt(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// fields makes a sentence of the members of the object at the given offset.
func (p *parser) fields(members []member, at int) Sentence {
	if members == nil {
		return Sentence{}
	}
	known := map[string]value{}
	extra := map[string]json.RawMessage{}
	var others []member
	for _, m := range members {
		if slices.Contains(sentenceKeys, m.key) {
			known[m.key] = m.value
		} else {
			others = append(others, m)
			var b bytes.Buffer
			_ = json.Compact(&b, m.value.raw) // it is valid JSON
			extra[m.key] = b.Bytes()
		}
	}
	misspelt := map[string]bool{}
	for _, m := range others {
		if key := nearest(m.key, known); key != "" {
			p.errorf(m.keyAt, "unknown key %q: did you mean %q?", m.key, key)
			misspelt[key] = true
		}
	}
	for _, key := range requiredKeys {
		if _, ok := known[key]; !ok && !misspelt[key] {
			p.errorf(at, "missing key %q", key)
		}
	}
	s := Sentence{
		ID:        p.id(known["id"]),
		Text:      p.string(known["text"], "text", true),
		Mentioned: p.mentioned(known["mentioned"]),
	}
	s.Acts = p.acts(known["acts"], s.Text)
	s.Start, s.End = p.offsets(known["start"], known["end"], known["text"], s.Text)
	if len(extra) > 0 {
		s.Extra = extra
	}
	return s
}

func (p *parser) id(v value) string {
	id := p.string(v, "id", true)
	if id == "" {
		return ""
	}
	if line, ok := p.seen[id]; ok {
		p.errorf(v.at, "duplicate id %q, first used in line %d", id, line)
		return id
	}
	if p.seen == nil {
		p.seen = map[string]int{}
	}
	p.seen[id] = p.line
	return id
}

func (p *parser) mentioned(v value) []classify.Label {
	var labels []classify.Label
	for _, item := range p.array(v, "mentioned") {
		labels = append(labels, p.label(item))
	}
	return labels
}

func (p *parser) acts(v value, text string) []Annotation {
	var acts []Annotation
	for _, item := range p.array(v, "acts") {
		acts = append(acts, p.act(item, text))
	}
	return acts
}

func (p *parser) act(v value, text string) Annotation {
	var a Annotation
	members := p.object(v, "an act")
	labelled := members == nil // not an object: noted already
	for _, m := range members {
		switch m.key {
		case "label":
			a.Label, labelled = p.label(m.value), true
		case "source":
			a.Source = p.name(m.value, "source", text)
		case "target":
			a.Target = p.name(m.value, "target", text)
		case "cue":
			a.Cue = p.name(m.value, "cue", text)
		default:
			if key := closest(m.key, actKeys, 2); key != "" {
				p.errorf(m.keyAt, "unknown key %q in an act: did you mean %q?", m.key, key)
				labelled = labelled || key == "label"
			} else {
				p.errorf(m.keyAt, "unknown key %q in an act: expected label, source, target or cue", m.key)
			}
		}
	}
	if !labelled {
		p.errorf(v.at, "missing key %q in an act", "label")
	}
	return a
}

func (p *parser) label(v value) classify.Label {
	text := p.string(v, "a label", true)
	label := classify.Label(text)
	if text == "" || p.labels == nil || slices.Contains(p.labels, label) {
		return label
	}
	names := make([]string, len(p.labels))
	for i, l := range p.labels {
		names[i] = string(l)
	}
	if near := closest(text, names, 2); near != "" {
		p.errorf(v.at, "unknown label %q: did you mean %q?", text, near)
	} else {
		p.errorf(v.at, "unknown label %q: expected one of %s", text, strings.Join(names, ", "))
	}
	return label
}

// name reads a source or target, which must be copied from the text.
func (p *parser) name(v value, what, text string) string {
	name := p.string(v, what, false)
	switch {
	case name == "" || text == "": // not given, or the text is at fault
	case strings.TrimSpace(name) != name:
		p.errorf(v.at, "%s %q has white space around it", what, name)
	case !strings.Contains(text, name):
		p.errorf(v.at, "%s %q does not occur in the text: it must be an exact copy", what, name)
	}
	return name
}

// offsets reads where the sentence stands and checks it against its text and
// the document. An absent value is the zero value.
func (p *parser) offsets(start, end, at value, text string) (from, to int) {
	switch {
	case start.raw == nil && end.raw == nil:
		return 0, 0
	case end.raw == nil:
		p.errorf(start.at, "start without end")
		return 0, 0
	case start.raw == nil:
		p.errorf(end.at, "end without start")
		return 0, 0
	}
	from, okStart := p.offset(start, "start")
	to, okEnd := p.offset(end, "end")
	if !okStart || !okEnd || text == "" {
		return from, to
	}
	switch {
	case to <= from:
		p.errorf(end.at, "end %d is not after start %d", to, from)
	case p.hasDocument && to > len(p.document):
		p.errorf(end.at, "end %d is outside the document, which has %d bytes", to, len(p.document))
	case to-from != len(text):
		p.errorf(start.at, "start and end span %d bytes, but the text has %d", to-from, len(text))
	case p.hasDocument && p.document[from:to] != text:
		p.errorf(at.at, "the text differs from the document, which has %q at %d", p.document[from:to], from)
	}
	return from, to
}

func (p *parser) offset(v value, what string) (int, bool) {
	var n int
	// Unmarshal leaves n alone at null.
	if err := json.Unmarshal(v.raw, &n); err != nil || n < 0 || v.kind() != "a number" {
		p.errorf(v.at, "%s must be a whole number, 0 or more, not %s", what, string(v.raw))
		return 0, false
	}
	return n, true
}

// string reads a string. An absent value, noted elsewhere, gives "".
func (p *parser) string(v value, what string, filled bool) string {
	if v.raw == nil {
		return ""
	}
	if v.raw[0] != '"' {
		p.errorf(v.at, "%s must be a string, not %s", what, v.kind())
		return ""
	}
	var s string
	_ = json.Unmarshal(v.raw, &s) // it is a valid JSON string
	if filled && strings.TrimSpace(s) == "" {
		p.errorf(v.at, "%s is empty", what)
		return ""
	}
	return s
}

// array lists the items of an array. An absent value gives none.
func (p *parser) array(v value, what string) []value {
	if v.raw == nil {
		return nil
	}
	if v.raw[0] != '[' {
		p.errorf(v.at, "%s must be an array, not %s", what, v.kind())
		return nil
	}
	var items []value
	dec := opened(v)
	for dec.More() {
		items = append(items, next(dec, v.at))
	}
	return items
}

// object lists the members of an object, without those whose key came before.
// It returns nil, and notes why, if v is not an object; never for an empty one.
func (p *parser) object(v value, what string) []member {
	if v.raw[0] != '{' {
		p.errorf(v.at, "%s must be an object, not %s", what, v.kind())
		return nil
	}
	members := []member{}
	given := map[string]bool{}
	dec := opened(v)
	for dec.More() {
		// Between two tokens stand only white space and a comma.
		at := int(dec.InputOffset())
		at += bytes.IndexByte(v.raw[at:], '"')
		token, _ := dec.Token()
		key, _ := token.(string)
		m := member{key: key, keyAt: v.at + at, value: next(dec, v.at)}
		if given[m.key] {
			p.errorf(m.keyAt, "key %q is given twice", m.key)
			continue
		}
		given[m.key] = true
		members = append(members, m)
	}
	return members
}

// opened returns a decoder behind the opening bracket of an array or object.
// The JSON was checked before, so the decoder cannot fail.
func opened(v value) *json.Decoder {
	dec := json.NewDecoder(bytes.NewReader(v.raw))
	_, _ = dec.Token()
	return dec
}

// next decodes the next value of JSON that begins at the given offset.
func next(dec *json.Decoder, base int) value {
	var raw json.RawMessage
	_ = dec.Decode(&raw)
	return value{raw: raw, at: base + int(dec.InputOffset()) - len(raw)}
}
