package classify

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// limits on a YAML file beyond its size: they keep aliases and nesting from
// turning a small file into a large amount of work.
const (
	maxYAMLNodes = 2_000_000
	maxYAMLDepth = 64
)

// decodeLexicon reads one YAML document.
func decodeLexicon(data []byte, file string) (*Lexicon, error) {
	if err := yamlShape(data, file); err != nil {
		return nil, err
	}
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, &LexiconError{File: file, Msg: "empty file: a lexicon is a YAML mapping"}
		}
		return nil, yamlError(err, file)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, &LexiconError{File: file, Msg: "more than one YAML document: a lexicon file has one"}
	}
	d := decoder{file: file}
	lex := &Lexicon{Name: file}
	if len(doc.Content) == 1 && d.sane(doc.Content[0], 0) {
		d.lexicon(lex, doc.Content[0])
	}
	if err := d.errs.err(); err != nil {
		return nil, err
	}
	return lex, nil
}

// yamlShape refuses nesting that would cost the YAML parser dearly before a
// node exists to look at.
func yamlShape(data []byte, file string) error {
	depth, line := 0, 1
	quote := byte(0)
	for i, c := range data {
		switch {
		case c == '\n':
			line++
			if indent := bytes.IndexFunc(data[i+1:], func(r rune) bool { return r != ' ' && r != '-' }); indent > 8*maxYAMLDepth {
				return &LexiconError{File: file, Line: line, Column: 1, Msg: fmt.Sprintf("nested deeper than %d", maxYAMLDepth)}
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"':
			quote = c
		case c == '[' || c == '{':
			depth++
			if depth > maxYAMLDepth {
				return &LexiconError{File: file, Line: line, Column: 1, Msg: fmt.Sprintf("nested deeper than %d", maxYAMLDepth)}
			}
		case c == ']' || c == '}':
			depth = max(depth-1, 0)
		}
	}
	return nil
}

// yamlError turns "yaml: line 3: message" into a LexiconError.
func yamlError(err error, file string) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	e := &LexiconError{File: file, Msg: "not valid YAML: " + msg}
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		if num, text, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(num); err == nil {
				e.Line, e.Column, e.Msg = n, 1, "not valid YAML: "+text
			}
		}
	}
	return e
}

type decoder struct {
	file  string
	errs  mistakes
	nodes int
}

func (d *decoder) at(n *yaml.Node) position { return position{d.file, n.Line, n.Column} }

// inside is the place of a byte of a scalar's value.
func (d *decoder) atOffset(n *yaml.Node, offset int) position {
	p := d.at(n)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		offset++
	}
	p.column += offset
	return p
}

// sane refuses aliases, and trees that are too large.
func (d *decoder) sane(n *yaml.Node, depth int) bool {
	if d.nodes++; d.nodes > maxYAMLNodes || depth > maxYAMLDepth {
		d.errs.addf(d.at(n), "too large: a lexicon has at most %d values, nested at most %d deep", maxYAMLNodes, maxYAMLDepth)
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.errs.addf(d.at(n), "YAML anchors and aliases are not used in lexicons: define a class instead")
		return false
	}
	for _, k := range n.Content {
		if !d.sane(k, depth+1) {
			return false
		}
	}
	return true
}

// fields calls the function for each key of a mapping, and reports unknown and
// repeated keys.
func (d *decoder) fields(n *yaml.Node, what string, known map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "%s must be a mapping with the keys %s, found %s", what, keyList(known), kindOf(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f, ok := known[key.Value]
		switch {
		case !ok:
			msg := fmt.Sprintf("unknown key %q in %s", key.Value, what)
			if near := nearest(key.Value, slices.Collect(maps.Keys(known))); near != "" {
				msg += fmt.Sprintf("; did you mean %q?", near)
			} else {
				msg += "; known keys are " + keyList(known)
			}
			d.errs.addf(d.at(key), "%s", msg)
		case seen[key.Value]:
			d.errs.addf(d.at(key), "key %q stands twice in %s", key.Value, what)
		default:
			seen[key.Value] = true
			f(value)
		}
	}
}

func keyList[T any](m map[string]T) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "nothing"
		}
		return fmt.Sprintf("%q", n.Value)
	}
	return "something else"
}

func (d *decoder) str(dst *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.errs.addf(d.at(n), "text expected, found %s", kindOf(n))
			return
		}
		*dst = n.Value
	}
}

func (d *decoder) float(dst *float64) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || err != nil || !(v > 0 && v <= 1) {
			d.errs.addf(d.at(n), "number above 0 and up to 1 expected, found %s", kindOf(n))
			return
		}
		*dst = v
	}
}

func (d *decoder) integer(dst *int, low, high int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || v < low || v > high {
			d.errs.addf(d.at(n), "whole number from %d to %d expected, found %s", low, high, kindOf(n))
			return
		}
		*dst = v
	}
}

// oneOf reads a word that must be one of those given.
func oneOf[T ~string](d *decoder, dst *T, values ...T) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && slices.Contains(values, T(n.Value)) {
			*dst = T(n.Value)
			return
		}
		words := make([]string, len(values))
		for i, v := range values {
			words[i] = string(v)
		}
		msg := fmt.Sprintf("one of %s expected, found %s", strings.Join(words, ", "), kindOf(n))
		if near := nearest(n.Value, words); near != "" {
			msg += fmt.Sprintf("; did you mean %q?", near)
		}
		d.errs.addf(d.at(n), "%s", msg)
	}
}

// list reads a list of words, or one word that stands for a list of one.
func (d *decoder) list(dst *[]string, at *[]position) func(*yaml.Node) {
	return func(n *yaml.Node) {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for _, item := range items {
			if item.Kind != yaml.ScalarNode || item.Tag == "!!null" {
				d.errs.addf(d.at(item), "text expected, found %s", kindOf(item))
				continue
			}
			*dst = append(*dst, item.Value)
			if at != nil {
				*at = append(*at, d.atOffset(item, 0))
			}
		}
	}
}

// reasons, labels and frames read lists of those.
func listOf[T ~string](d *decoder, dst *[]T, values ...T) func(*yaml.Node) {
	return func(n *yaml.Node) {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for _, item := range items {
			var v T
			if len(values) > 0 {
				oneOf(d, &v, values...)(item)
			} else {
				var text string
				d.str(&text)(item)
				v = T(text)
			}
			if v != "" {
				*dst = append(*dst, v)
			}
		}
	}
}

// each calls the function for every item of a list.
func (d *decoder) each(f func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			d.errs.addf(d.at(n), "list expected, found %s", kindOf(n))
			return
		}
		for _, item := range n.Content {
			f(item)
		}
	}
}

var (
	allFrames     = []Frame{FrameVerb, FrameNoun, FramePredicate, FrameEpithet, FrameStatement}
	allReasons    = []Reason{Negated, Refused, Failed, Absent, Requested, Hypothetical, Future, Asked, Ended}
	allDirections = []Direction{Forward, Backward, Both, Inside}
)

func (d *decoder) lexicon(lex *Lexicon, n *yaml.Node) {
	d.fields(n, "the lexicon", map[string]func(*yaml.Node){
		"lexicon": func(n *yaml.Node) {
			d.fields(n, "lexicon", map[string]func(*yaml.Node){
				"name": d.str(&lex.Name), "language": d.str(&lex.Language),
				"version": d.str(&lex.Version), "license": d.str(&lex.License),
			})
		},
		"label":       d.str((*string)(&lex.Label)),
		"defaults":    func(n *yaml.Node) { d.cueFields(&lex.Defaults, n, "defaults", false) },
		"classes":     func(n *yaml.Node) { d.classes(&lex.Classes, n) },
		"cues":        d.each(func(n *yaml.Node) { lex.Cues = append(lex.Cues, d.cue(n)) }),
		"blockers":    d.each(func(n *yaml.Node) { lex.Blockers = append(lex.Blockers, d.blocker(n)) }),
		"modifiers":   d.each(func(n *yaml.Node) { lex.Modifiers = append(lex.Modifiers, d.modifier(n)) }),
		"pseudo":      d.each(func(n *yaml.Node) { lex.Pseudo = append(lex.Pseudo, d.entry(n, "pseudo-trigger")) }),
		"terminators": d.each(func(n *yaml.Node) { lex.Terminators = append(lex.Terminators, d.entry(n, "terminator")) }),
		"remove":      d.list(&lex.Remove, nil),
		"weights":     func(n *yaml.Node) { d.weights(lex, n) },
		"thresholds":  func(n *yaml.Node) { d.thresholds(lex, n) },
		"grammar":     func(n *yaml.Node) { d.classes(&lex.grammar.classes, n) },
		"irregular":   func(n *yaml.Node) { d.irregular(lex, n) },
		"common":      d.list(&lex.grammar.common, nil),
	})
}

func (d *decoder) classes(dst *[]Class, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "classes must be a mapping of names to lists, found %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		c := Class{Name: n.Content[i].Value}
		d.list(&c.Members, &c.at)(n.Content[i+1])
		*dst = append(*dst, c)
	}
}

func (d *decoder) cueFields(c *Cue, n *yaml.Node, what string, full bool) {
	needs := ""
	mention := ""
	fields := map[string]func(*yaml.Node){
		"weight":  d.float(&c.Weight),
		"frame":   oneOf(d, &c.Frame, allFrames...),
		"target":  d.list(&c.Target, nil),
		"immune":  listOf(d, &c.Immune, allReasons...),
		"mention": oneOf(d, &mention, "always", "never"),
		"needs":   oneOf(d, &needs, "source"),
		"reason":  oneOf(d, &c.Reason, allReasons...),
	}
	if full {
		fields["id"] = d.str(&c.ID)
		fields["label"] = d.str((*string)(&c.Label))
		fields["match"] = d.list(&c.Match, &c.atPat)
	}
	d.fields(n, what, fields)
	c.NeedsSource = needs == "source"
	switch mention {
	case "always":
		c.Mention = MentionAlways
	case "never":
		c.Mention = MentionNever
	}
}

func (d *decoder) cue(n *yaml.Node) Cue {
	c := Cue{at: d.at(n)}
	d.cueFields(&c, n, "cue", true)
	return c
}

func (d *decoder) blocker(n *yaml.Node) Blocker {
	b := Blocker{at: d.at(n)}
	d.fields(n, "blocker", map[string]func(*yaml.Node){
		"id": d.str(&b.ID), "labels": listOf(d, &b.Labels), "match": d.list(&b.Match, &b.atPat),
	})
	return b
}

func (d *decoder) entry(n *yaml.Node, what string) Entry {
	e := Entry{at: d.at(n)}
	d.fields(n, what, map[string]func(*yaml.Node){"id": d.str(&e.ID), "match": d.list(&e.Match, &e.atPat)})
	return e
}

func (d *decoder) modifier(n *yaml.Node) Modifier {
	m := Modifier{at: d.at(n)}
	when, reach := "", ""
	d.fields(n, "modifier", map[string]func(*yaml.Node){
		"id":        d.str(&m.ID),
		"category":  oneOf(d, &m.Category, append(slices.Clone(allReasons), Presupposed)...),
		"match":     d.list(&m.Match, &m.atPat),
		"direction": oneOf(d, &m.Direction, allDirections...),
		"limit":     d.integer(&m.Limit, 1, 40),
		"labels":    listOf(d, &m.Labels),
		"frames":    listOf(d, &m.Frames, allFrames...),
		"only":      d.list(&m.Only, &m.atOnly),
		"when":      oneOf(d, &when, "question"),
		"reach":     oneOf(d, &reach, "phrase", "clause"),
	})
	m.Question, m.Clause = when == "question", reach == "clause"
	return m
}

func (d *decoder) weights(lex *Lexicon, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "weights must be a mapping of ids to numbers, found %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		w := Reweight{ID: n.Content[i].Value, at: d.at(n.Content[i])}
		d.float(&w.Weight)(n.Content[i+1])
		lex.Weights = append(lex.Weights, w)
	}
}

func (d *decoder) thresholds(lex *Lexicon, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "thresholds must be a mapping of labels to numbers, found %s", kindOf(n))
		return
	}
	lex.Thresholds = map[Label]float64{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var v float64
		d.float(&v)(n.Content[i+1])
		lex.Thresholds[Label(n.Content[i].Value)] = v
	}
}

func (d *decoder) irregular(lex *Lexicon, n *yaml.Node) {
	group := func(verb bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if n.Kind != yaml.MappingNode {
				d.errs.addf(d.at(n), "irregular forms must be a mapping of words to lists, found %s", kindOf(n))
				return
			}
			for i := 0; i+1 < len(n.Content); i += 2 {
				irr := irregular{lemma: n.Content[i].Value, verb: verb}
				d.list(&irr.forms, nil)(n.Content[i+1])
				lex.grammar.irregular = append(lex.grammar.irregular, irr)
			}
		}
	}
	d.fields(n, "irregular", map[string]func(*yaml.Node){"verbs": group(true), "others": group(false)})
}

// nearest returns the word closest to s, or "" if none is close.
func nearest(s string, words []string) string {
	best, least := "", 3
	slices.Sort(words)
	for _, w := range words {
		if k := editDistance(s, w); k < least && k < len(w) {
			best, least = w, k
		}
	}
	return best
}

// editDistance is the distance of Levenshtein (1966) in bytes.
func editDistance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
