package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/demarche/demarche/classify"
)

// The keys of the YAML formats, and of each type of test.
var (
	suiteKeys      = keys{required: []string{"capabilities"}}
	capabilityKeys = keys{required: []string{"name", "about", "tests"}, optional: []string{"type"}}
	testTypes      = []string{string(Minimum), string(Invariance), string(Directional)}
	testKeys       = map[TestType]keys{
		Minimum: {
			required: []string{"text", "acts"},
			optional: []string{"mentions", "source", "target", "limit"},
		},
		Invariance: {
			required: []string{"variants", "acts"},
			optional: []string{"mentions", "limit"},
		},
		Directional: {
			required: []string{"from", "from_acts", "to", "to_acts"},
			optional: []string{"from_mentions", "to_mentions", "limit"},
		},
	}
	textsKeys  = keys{required: []string{"texts"}}
	textKeys   = keys{required: []string{"id", "text", "sentences"}}
	spokenKeys = keys{required: []string{"text", "speaker", "acts"}, optional: []string{"mentions"}}
	spokenAct  = keys{required: []string{"label"}, optional: []string{"source", "target"}}
)

// keys are those that a mapping must and may have.
type keys struct{ required, optional []string }

func (k keys) all() []string { return slices.Concat(k.required, k.optional) }

// embedded reads a built-in file.
func embedded[T any](name string, read func(io.Reader, string, ...Option) (T, error)) T {
	f, err := behaviourFiles.Open(name)
	if err != nil {
		panic(fmt.Sprintf("corpus: embedded %s: %v", name, err)) // a broken build
	}
	defer f.Close() //nolint:errcheck // only read
	v, err := read(f, name)
	if err != nil {
		panic(fmt.Sprintf("corpus: embedded %s: %v", name, err))
	}
	return v
}

// ReadBehaviour reads a behaviour suite from YAML. name stands for the file in
// error messages. [WithLabels] allows labels besides the built-in ones.
//
//	capabilities:
//	- name: refusal
//	  about: a refused act is mentioned, not performed
//	  tests:
//	  - {text: "Oslo refused to condemn the raid.", acts: [], mentions: [condemnation]}
//	  - {text: "Oslo condemned the raid.", acts: [condemnation], source: Oslo, target: the raid}
//
// The keys mentions, source and target of a test are optional; what is absent
// is not checked, and an empty one says that there must be none. A capability whose type
// is "invariance" has variants, a list of sentences, instead of text, and no
// source or target; in one whose type is "directional", a test has the keys
// from, from_acts, from_mentions, to, to_acts and to_mentions. Any test may have
// a limit: in one line, why it is known to fail.
//
// The errors are: malformed YAML; a key that is missing, unknown, given twice
// or has a value of the wrong kind; an unknown type or label; a source or target
// that is not copied from the text; and a capability or, within a capability, a
// sentence that is given twice. All of them are returned together as *[Error]
// values, up to 100 in a file, and then the suite is nil.
func ReadBehaviour(r io.Reader, name string, opts ...Option) (Suite, error) {
	p := newYAMLParser(name, opts)
	root, err := p.read(r)
	if err != nil {
		return nil, err
	}
	var suite Suite
	names := map[string]int{}
	for _, n := range p.list(p.mapping(root, "a behaviour suite", suiteKeys)["capabilities"], "capabilities") {
		c := p.capability(n)
		if line, ok := names[c.Name]; ok && c.Name != "" {
			p.fail(n, "duplicate capability %q, first given in line %s", c.Name, strconv.Itoa(line))
		} else {
			names[c.Name] = n.Line
		}
		suite = append(suite, c)
	}
	if err := p.sorted(); err != nil {
		return nil, err
	}
	return suite, nil
}

// A yamlParser reads a YAML file with the checks of the lines of a corpus.
type yamlParser struct {
	parser
	lines [][]byte

	offsets     []int // of the characters of the line last looked at
	offsetsLine int
}

func newYAMLParser(file string, opts []Option) *yamlParser {
	p := &yamlParser{parser: parser{file: file, labels: slices.Clone(builtin)}}
	for _, opt := range opts {
		opt(&p.parser)
	}
	return p
}

// read returns the only document of the file.
func (p *yamlParser) read(r io.Reader) (*yaml.Node, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("corpus: reading %s: %w", p.file, err)
	}
	p.lines = bytes.Split(data, []byte("\n"))
	p.line = 1
	if !utf8.Valid(data) {
		at := invalidAt(data)
		p.line += bytes.Count(data[:at], []byte("\n"))
		p.errorf(at-bytes.LastIndexByte(data[:at], '\n')-1, "invalid UTF-8")
		return nil, p.err()
	}
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		p.errorf(0, "the file is empty")
	case err != nil:
		p.malformed(err)
	default:
		var second yaml.Node
		if err := dec.Decode(&second); err == nil {
			p.fail(&second, "expected one YAML document, not several")
		} else if !errors.Is(err, io.EOF) {
			p.malformed(err)
		}
		p.plain(doc.Content[0])
	}
	if err := p.sorted(); err != nil {
		return nil, err
	}
	return doc.Content[0], nil
}

// malformed notes an error of the YAML decoder, "yaml: line 3: message".
func (p *yamlParser) malformed(err error) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		number, text, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			p.line, msg = line, text
		}
	}
	p.errorf(0, "malformed YAML: %s", msg)
}

// plain refuses anchors and aliases, for which the formats have no use.
func (p *yamlParser) plain(n *yaml.Node) {
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		p.fail(n, "anchors and aliases are not allowed")
	}
	for _, child := range n.Content {
		p.plain(child)
	}
}

// fail notes an error at a node.
func (p *yamlParser) fail(n *yaml.Node, format string, args ...any) {
	at := p.column(n)
	p.errorf(at, format, args...)
}

// column makes the line of a node the current one and returns its offset there
// in bytes; YAML counts characters.
func (p *yamlParser) column(n *yaml.Node) int {
	p.line = n.Line
	if n.Line < 1 || n.Line > len(p.lines) {
		return max(n.Column-1, 0)
	}
	if p.offsetsLine != n.Line {
		p.offsets, p.offsetsLine = p.offsets[:0], n.Line
		for at := range string(p.lines[n.Line-1]) {
			p.offsets = append(p.offsets, at)
		}
	}
	if n.Column < 1 || n.Column > len(p.offsets) {
		return len(p.lines[n.Line-1])
	}
	return p.offsets[n.Column-1]
}

// sorted joins the errors noted so far in the order of the file.
func (p *yamlParser) sorted() error {
	slices.SortStableFunc(p.errs, func(a, b error) int {
		var v, w *Error
		if !errors.As(a, &v) || !errors.As(b, &w) || v.Msg == tooMany || w.Msg == tooMany {
			return cmp.Compare(column(a), column(b)) // the note comes last
		}
		return cmp.Or(cmp.Compare(v.Line, w.Line), cmp.Compare(v.Column, w.Column))
	})
	return p.err()
}

// value makes a node one of JSON, so that what checks a line of a corpus checks
// it too. Every scalar but null is a string. It gives the zero value for nil.
func (p *yamlParser) value(n *yaml.Node) value {
	if n == nil {
		return value{}
	}
	raw := encode(n.Value)
	switch {
	case n.Kind == yaml.MappingNode:
		raw = []byte("{}")
	case n.Kind == yaml.SequenceNode:
		raw = []byte("[]")
	case n.ShortTag() == "!!null":
		raw = []byte("null")
	}
	return value{raw: raw, at: p.column(n)}
}

// list returns the items of a sequence that may not be empty; none for nil.
func (p *yamlParser) list(n *yaml.Node, what string) []*yaml.Node {
	items := p.sequence(n, what)
	if n != nil && n.Kind == yaml.SequenceNode && len(items) == 0 {
		p.fail(n, "%s is empty", what)
	}
	return items
}

// sequence returns the items of a sequence; none for nil.
func (p *yamlParser) sequence(n *yaml.Node, what string) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "%s must be a list, not %s", what, p.value(n).kind())
		return nil
	}
	return n.Content
}

// mapping returns the values of a mapping by their keys, those that are known.
func (p *yamlParser) mapping(n *yaml.Node, what string, known keys) map[string]*yaml.Node {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a mapping, not %s", what, p.value(n).kind())
		return nil
	}
	values, misspelt := map[string]*yaml.Node{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i], n.Content[i+1]
		name := key.Value
		switch {
		case !slices.Contains(known.all(), name):
			misspelt[p.unknown(key, v, what, known)] = true
		case values[name] != nil:
			p.fail(key, "key %q is given twice", name)
		default:
			values[name] = v
		}
	}
	for _, name := range known.required {
		if values[name] == nil && !misspelt[name] {
			p.fail(n, "missing key %q in %s", name, what)
		}
	}
	return values
}

// unknown notes an unknown key and returns the one that is probably meant.
func (p *yamlParser) unknown(key, v *yaml.Node, what string, known keys) string {
	name := key.Value
	if near := closest(name, known.all(), 2); near != "" {
		p.fail(key, "unknown key %q in %s: did you mean %q?", name, what, near)
		return near
	}
	hint := ""
	if v.Kind == yaml.ScalarNode && v.ShortTag() == "!!null" && v.Value == "" {
		hint = "; a text with a comma needs quotes"
	}
	p.fail(key, "unknown key %q in %s: expected "+strings.Join(known.all(), ", ")+hint, name, what)
	return ""
}

func (p *yamlParser) capability(n *yaml.Node) Capability {
	values := p.mapping(n, "a capability", capabilityKeys)
	c := Capability{Name: p.text(values["name"], "name"), About: p.text(values["about"], "about"), Type: Minimum}
	if v := values["type"]; v != nil {
		name := p.text(v, "type")
		c.Type = TestType(name)
		if near := closest(name, testTypes, 2); name == "" || !slices.Contains(testTypes, name) {
			if name != "" && near != "" {
				p.fail(v, "unknown type %q: did you mean %q?", name, near)
			} else if name != "" {
				p.fail(v, "unknown type %q: expected "+strings.Join(testTypes, ", "), name)
			}
			return c // its tests may have any keys
		}
	}
	seen := map[string]int{}
	for _, item := range p.list(values["tests"], "tests") {
		test := p.test(item, c.Type)
		p.repeated(item, c.Type, test, seen)
		c.Tests = append(c.Tests, test)
	}
	return c
}

// repeated notes a sentence that came before in its capability. A directional
// test may share one of its sentences, but not both, with another.
func (p *yamlParser) repeated(n *yaml.Node, of TestType, t Test, seen map[string]int) {
	var texts []string
	for _, e := range t.Expect {
		texts = append(texts, e.Text)
	}
	if of == Directional && len(texts) == 2 {
		if texts[0] == texts[1] && texts[0] != "" {
			p.fail(n, "from and to are the same sentence %q", texts[0])
		}
		texts = []string{strings.Join(texts, " => ")}
	}
	for _, text := range texts {
		if text == "" || text == " => " {
			continue
		}
		if line, ok := seen[text]; ok {
			p.fail(n, "duplicate sentence %q, first given in line %s", text, strconv.Itoa(line))
			continue
		}
		seen[text] = n.Line
	}
}

func (p *yamlParser) test(n *yaml.Node, of TestType) Test {
	t := Test{File: p.file, Line: n.Line}
	values := p.mapping(n, "a test of type "+string(of), testKeys[of])
	if v := values["limit"]; v != nil {
		t.Limit = p.text(v, "limit")
	}
	switch of {
	case Minimum:
		e := p.expectation(values, "")
		e.Text = p.text(values["text"], "text")
		e.Source = p.attribution(values["source"], "source", e)
		e.Target = p.attribution(values["target"], "target", e)
		t.Expect = []Expectation{e}
	case Invariance:
		e := p.expectation(values, "")
		variants := p.list(values["variants"], "variants")
		if len(variants) == 1 {
			p.fail(values["variants"], "one variant: expected two or more")
		}
		for _, v := range variants {
			e.Text = p.text(v, "a variant")
			e.Acts, e.Mentions = slices.Clone(e.Acts), slices.Clone(e.Mentions)
			t.Expect = append(t.Expect, e)
		}
	case Directional:
		for _, side := range []string{"from", "to"} {
			e := p.expectation(values, side+"_")
			e.Text = p.text(values[side], side)
			t.Expect = append(t.Expect, e)
		}
	}
	return t
}

// expectation reads the acts and mentions under the keys with a prefix.
func (p *yamlParser) expectation(values map[string]*yaml.Node, prefix string) Expectation {
	return Expectation{
		Acts:     p.labelList(values[prefix+"acts"], prefix+"acts"),
		Mentions: p.labelList(values[prefix+"mentions"], prefix+"mentions"),
	}
}

// labelList reads a list of different labels. It is nil only for nil.
func (p *yamlParser) labelList(n *yaml.Node, what string) []classify.Label {
	if n == nil {
		return nil
	}
	labels := []classify.Label{}
	for _, item := range p.sequence(n, what) {
		l := p.label(p.value(item))
		if slices.Contains(labels, l) && l != "" {
			p.fail(item, "label %q is given twice", string(l))
			continue
		}
		labels = append(labels, l)
	}
	return labels
}

// attribution reads the source or target of a minimum functionality test.
func (p *yamlParser) attribution(n *yaml.Node, what string, e Expectation) *string {
	if n == nil {
		return nil
	}
	name := p.name(p.value(n), what, e.Text)
	if len(e.Acts)+len(e.Mentions) == 0 {
		p.fail(n, "%s without an act or mention", what)
	}
	return &name
}

// text reads a line of text; "" for nil.
func (p *yamlParser) text(n *yaml.Node, what string) string {
	s := p.string(p.value(n), what, true)
	switch {
	case strings.TrimSpace(s) != s:
		p.fail(n, "%s has white space around it", what)
	case strings.Contains(s, "\n"):
		p.fail(n, "%s has more than one line", what)
	}
	return s
}

// ReadTexts reads whole texts with their annotated sentences from YAML. name
// stands for the file in error messages. [WithLabels] allows labels besides the
// built-in ones.
//
//	texts:
//	- id: t01
//	  text: |
//	    Oslo condemned the raid.
//
//	    "It is a disgrace," Astrid Moe said. She left early.
//	  sentences:
//	  - {text: "Oslo condemned the raid.", speaker: '', acts: [{label: condemnation, source: Oslo, target: the raid}]}
//	  - {text: '"It is a disgrace," Astrid Moe said.', speaker: Astrid Moe, acts: [{label: condemnation, source: Astrid Moe, target: It}]}
//
// The sentences are copied from the text and stand in its order; those with no
// speaker, act or mention may be left out. Optional keys are mentions of a
// sentence, and source and target of an act. [Sentence.Speaker] gives the
// speaker, and offsets and an id such as "t01.1" are added. Everything is
// checked, and the errors are reported, as for [ReadBehaviour].
func ReadTexts(r io.Reader, name string, opts ...Option) ([]Document, error) {
	p := newYAMLParser(name, opts)
	root, err := p.read(r)
	if err != nil {
		return nil, err
	}
	var documents []Document
	for _, n := range p.list(p.mapping(root, "a file of texts", textsKeys)["texts"], "texts") {
		documents = append(documents, p.document(n))
	}
	if err := p.sorted(); err != nil {
		return nil, err
	}
	return documents, nil
}

func (p *yamlParser) document(n *yaml.Node) Document {
	values := p.mapping(n, "a text", textKeys)
	d := Document{Text: p.string(p.value(values["text"]), "text", true)}
	d.ID = p.id(p.value(values["id"]))
	end := 0
	for i, item := range p.list(values["sentences"], "sentences") {
		s := p.spoken(item, d.Text)
		s.ID = d.ID + "." + strconv.Itoa(i+1)
		if at := strings.Index(d.Text[end:], s.Text); s.Text != "" && at >= 0 {
			s.Start, s.End = end+at, end+at+len(s.Text)
			end = s.End
		} else if s.Text != "" && strings.Contains(d.Text, s.Text) {
			p.fail(item, "sentence %q is not in the order of the text", s.Text)
		} else if s.Text != "" && d.Text != "" {
			p.fail(item, "sentence %q does not occur in the text: it must be an exact copy", s.Text)
		}
		d.Sentences = append(d.Sentences, s)
	}
	return d
}

// spoken reads a sentence of a text.
func (p *yamlParser) spoken(n *yaml.Node, text string) Sentence {
	values := p.mapping(n, "a sentence", spokenKeys)
	s := Sentence{
		Text:      p.text(values["text"], "text"),
		Mentioned: p.labelList(values["mentions"], "mentions"),
	}
	speaker := p.name(p.value(values["speaker"]), "speaker", text)
	s.Extra = map[string]json.RawMessage{"speaker": encode(speaker)}
	for _, item := range p.sequence(values["acts"], "acts") {
		v := p.mapping(item, "an act", spokenAct)
		var a Annotation
		if v["label"] != nil {
			a.Label = p.label(p.value(v["label"]))
		}
		a.Source = p.name(p.value(v["source"]), "source", s.Text)
		a.Target = p.name(p.value(v["target"]), "target", s.Text)
		s.Acts = append(s.Acts, a)
	}
	return s
}

// Speaker returns the string under the key "speaker" of Extra: who utters the
// sentence, or "" if nobody or there is no such key.
func (s Sentence) Speaker() string {
	var speaker string
	if json.Unmarshal(s.Extra["speaker"], &speaker) != nil {
		return ""
	}
	return speaker
}
