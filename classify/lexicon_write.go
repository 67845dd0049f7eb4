package classify

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteYAML writes the lexicon in the format that [ReadLexicon] reads, which
// gives back an equal lexicon. It does not check it: see [Lexicon.Validate].
func (lex *Lexicon) WriteYAML(w io.Writer) error {
	root := mapping()
	head := mapping()
	head.text("name", lex.Name)
	head.text("language", lex.Language)
	head.text("version", lex.Version)
	head.text("license", lex.License)
	head.node.Style = yaml.FlowStyle
	root.add("lexicon", head)
	root.text("label", string(lex.Label))
	defaults := cueNode(&lex.Defaults, false)
	defaults.node.Style = yaml.FlowStyle
	root.add("defaults", defaults)
	root.add("grammar", classesNode(lex.grammar.classes))
	root.add("irregular", lex.grammar.irregularNode())
	root.list("common", lex.grammar.common)
	root.add("classes", classesNode(lex.Classes))
	root.add("extend", classesNode(lex.Extend))
	root.list("remove", lex.Remove)
	weights := mapping()
	for _, r := range lex.Weights {
		weights.number(r.ID, r.Weight)
	}
	root.add("weights", weights)
	thresholds := mapping()
	for _, l := range slices.Sorted(maps.Keys(lex.Thresholds)) {
		thresholds.number(string(l), lex.Thresholds[l])
	}
	root.add("thresholds", thresholds)
	calibration := mapping()
	for _, l := range slices.Sorted(maps.Keys(lex.Calibration)) {
		curve := mapping()
		curve.node.Style = yaml.FlowStyle
		for _, p := range lex.Calibration[l] {
			curve.node.Content = append(curve.node.Content, numberNode(p.Weight), numberNode(p.Score))
		}
		calibration.put(string(l), curve.node)
	}
	root.add("calibration", calibration)
	addEach(root, "cues", lex.Cues, func(c *Cue) yamlMap { return cueNode(c, true) })
	addEach(root, "blockers", lex.Blockers, func(b *Blocker) yamlMap {
		m := entryNode(b.ID, b.Replaces, b.Match)
		m.list("labels", texts(b.Labels))
		return m
	})
	addEach(root, "modifiers", lex.Modifiers, modifierNode)
	entry := func(e *Entry) yamlMap { return entryNode(e.ID, e.Replaces, e.Match) }
	addEach(root, "pseudo", lex.Pseudo, entry)
	addEach(root, "terminators", lex.Terminators, entry)

	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(root.node); err != nil {
		return fmt.Errorf("write lexicon %s: %w", lex.Name, err)
	}
	return enc.Close()
}

// yamlMap is a mapping that leaves out what is empty.
type yamlMap struct{ node *yaml.Node }

func mapping() yamlMap { return yamlMap{&yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}} }

func (m yamlMap) put(key string, value *yaml.Node) {
	m.node.Content = append(m.node.Content, textNode(key), value)
}

func (m yamlMap) add(key string, inner yamlMap) {
	if len(inner.node.Content) > 0 {
		m.put(key, inner.node)
	}
}

func (m yamlMap) text(key, s string) {
	if s != "" {
		m.put(key, textNode(s))
	}
}

func (m yamlMap) number(key string, v float64) {
	if v != 0 {
		m.put(key, numberNode(v))
	}
}

func numberNode(v float64) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: strconv.FormatFloat(v, 'g', -1, 64)}
}

func (m yamlMap) list(key string, values []string) {
	if len(values) > 0 {
		m.put(key, listNode(values))
	}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func addEach[T any](m yamlMap, key string, list []T, node func(*T) yamlMap) {
	if len(list) == 0 {
		return
	}
	seq := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for i := range list {
		seq.Content = append(seq.Content, node(&list[i]).node)
	}
	m.put(key, seq)
}

// flowWidth is the longest list, in bytes, that stands on one line.
const flowWidth = 100

func listNode(values []string) *yaml.Node {
	seq := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	width := 0
	for _, v := range values {
		width += len(v) + 4
		seq.Content = append(seq.Content, textNode(v))
	}
	if width <= flowWidth || width <= 12*len(values) { // short, or many short words
		seq.Style = yaml.FlowStyle
	}
	return seq
}

// textNode quotes whatever has other characters than words do; the encoder
// quotes words that YAML takes for something else.
func textNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsFunc(s, func(r rune) bool {
		plain := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./ ", r)
		return !plain
	}) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func classesNode(classes []Class) yamlMap {
	m := mapping()
	for _, c := range classes {
		m.put(c.Name, listNode(c.Members))
	}
	return m
}

func (g *grammar) irregularNode() yamlMap {
	verbs, others := mapping(), mapping()
	for _, irr := range g.irregular {
		if irr.verb {
			verbs.list(irr.lemma, irr.forms)
		} else {
			others.list(irr.lemma, irr.forms)
		}
	}
	m := mapping()
	m.add("verbs", verbs)
	m.add("others", others)
	return m
}

func entryNode(id, replaces string, match []string) yamlMap {
	m := mapping()
	m.text("id", id)
	m.text("replaces", replaces)
	m.list("match", match)
	return m
}

func cueNode(c *Cue, full bool) yamlMap {
	m := mapping()
	if full {
		m = entryNode(c.ID, c.Replaces, c.Match)
		m.text("label", string(c.Label))
	}
	m.number("weight", c.Weight)
	m.text("frame", string(c.Frame))
	m.list("target", c.Target)
	if c.NeedsSource {
		m.text("needs", "source")
	}
	m.list("immune", texts(c.Immune))
	switch c.Mention {
	case MentionAlways:
		m.text("mention", "always")
	case MentionNever:
		m.text("mention", "never")
	}
	m.text("reason", string(c.Reason))
	return m
}

func modifierNode(mod *Modifier) yamlMap {
	m := entryNode(mod.ID, mod.Replaces, mod.Match)
	m.text("category", string(mod.Category))
	m.text("direction", string(mod.Direction))
	if mod.Limit != 0 {
		m.put("limit", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(mod.Limit)})
	}
	m.list("labels", texts(mod.Labels))
	m.list("except", texts(mod.Except))
	m.list("frames", texts(mod.Frames))
	m.list("only", mod.Only)
	if mod.Question {
		m.text("when", "question")
	}
	if mod.Clause {
		m.text("reach", "clause")
	}
	return m
}
