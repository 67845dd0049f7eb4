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
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// decodeLexicon reads one YAML document. If that is bad, it also looks for the
// mistakes that compiling the lexicon shows, so that all are reported together.
func decodeLexicon(data []byte, file string, limits Limits) (*Lexicon, error) {
	return decodeChecked(data, file, limits, (*decoder).others)
}

// decodeBuiltin is decodeLexicon for the lexicons that compiling one needs.
func decodeBuiltin(data []byte, file string, limits Limits) (*Lexicon, error) {
	return decodeChecked(data, file, limits, func(*decoder, *Lexicon) {})
}

func decodeChecked(data []byte, file string, limits Limits, check func(*decoder, *Lexicon)) (*Lexicon, error) {
	lex := &Lexicon{Name: file}
	err := decodeYAML(data, file, "lexicon", limits, func(d *decoder, n *yaml.Node) {
		d.lexicon(lex, n)
		if len(d.errs.list) > 0 {
			check(d, lex)
		}
	})
	if err != nil {
		return nil, err
	}
	return lex, nil
}

// decodeYAML reads a file of one YAML document, which read makes values of.
// what the file is stands in messages.
func decodeYAML(data []byte, file, what string, limits Limits, read func(*decoder, *yaml.Node)) error {
	if err := yamlCharacters(data, file); err != nil {
		return err
	}
	if err := yamlShape(data, file, limits); err != nil {
		return err
	}
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return &LexiconError{File: file, Msg: fmt.Sprintf("empty file: %s is a YAML mapping", withArticle(what))}
		}
		return yamlError(data, file, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return &LexiconError{File: file, Msg: fmt.Sprintf("more than one YAML document: %s file has one", withArticle(what))}
	}
	d := decoder{file: file, what: what, limits: limits, columns: newColumns(data), lost: map[lostKey]bool{}}
	if len(doc.Content) == 1 && d.sane(doc.Content[0], 0) {
		read(&d, doc.Content[0])
	}
	return d.errs.err()
}

func withArticle(what string) string {
	if strings.IndexByte("aeiou", what[0]) >= 0 {
		return "an " + what
	}
	return "a " + what
}

type decoder struct {
	file    string
	what    string // it is, such as "lexicon"
	limits  Limits
	columns *columns
	errs    mistakes
	nodes   int
	lost    map[lostKey]bool
}

// a lostKey is a key of a mapping whose value could not be read. The zero
// position stands for some mapping, and the key "" for any key.
type lostKey struct {
	at  position
	key string
}

func (d *decoder) lose(n *yaml.Node, key string) {
	d.lost[lostKey{d.at(n), key}] = true
	d.lost[lostKey{key: key}] = true
}

func (d *decoder) at(n *yaml.Node) position {
	return position{file: d.file, line: n.Line, column: d.columns.inBytes(n.Line, n.Column)}
}

// columns turns columns in characters, as YAML counts them, into bytes.
type columns struct {
	lines [][]byte      // nil if all is ASCII, where they are the same
	bytes map[int][]int // by line, and by character
}

func newColumns(data []byte) *columns {
	if bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return &columns{}
	}
	return &columns{lines: bytes.Split(data, []byte("\n")), bytes: map[int][]int{}}
}

func (c *columns) inBytes(line, column int) int {
	if line < 1 || line > len(c.lines) || column < 1 {
		return column
	}
	places, ok := c.bytes[line]
	if !ok {
		for at := range string(c.lines[line-1]) {
			places = append(places, at+1)
		}
		c.bytes[line] = places
	}
	if column > len(places) {
		return len(c.lines[line-1]) + 1
	}
	return places[column-1]
}

// atOffset is the place of a byte of a scalar's value.
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
	if d.nodes++; d.nodes > d.limits.Values || depth > d.limits.Depth {
		d.errs.addf(d.at(n), "too large: more than %d values, or nested deeper than %d, the limits", d.limits.Values, d.limits.Depth)
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		hint := ""
		if d.what == "lexicon" {
			hint = ": define a class instead"
		}
		d.errs.addf(d.at(n), "YAML anchors and aliases are not used in %ss%s", d.what, hint)
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
		d.lose(n, "")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f, ok := known[key.Value]
		switch {
		case !ok:
			msg := fmt.Sprintf("unknown key %q in %s", clip(key.Value), what)
			near := nearest(key.Value, slices.Collect(maps.Keys(known)))
			d.lose(n, near)
			if near != "" {
				msg += fmt.Sprintf("; did you mean %q?", near)
			} else {
				msg += "; known keys are " + keyList(known)
			}
			d.errs.addf(d.at(key), "%s", msg)
		case seen[key.Value]:
			d.errs.addf(d.at(key), "key %q stands twice in %s", key.Value, what)
		default:
			seen[key.Value] = true
			before, at := len(d.errs.list), d.at(value)
			f(value)
			if wrong := d.errs.list[before:]; len(wrong) > 0 && wrong[0].Line == at.line && wrong[0].Column == at.column {
				d.lose(n, key.Value)
			}
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
		return fmt.Sprintf("%q", clip(n.Value))
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
		if len(words) == 1 {
			msg = fmt.Sprintf("%q expected, found %s", words[0], kindOf(n))
		}
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

// labels reads a list of labels.
func (d *decoder) labels(dst *[]Label, at *[]position) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var names []string
		d.list(&names, at)(n)
		for _, name := range names {
			*dst = append(*dst, Label(name))
		}
	}
}

// listOf reads a list of words that must be among the values.
func listOf[T ~string](d *decoder, dst *[]T, values ...T) func(*yaml.Node) {
	return func(n *yaml.Node) {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for _, item := range items {
			var v T
			if oneOf(d, &v, values...)(item); v != "" {
				*dst = append(*dst, v)
			}
		}
	}
}

// each calls the function for every item of a list.
func (d *decoder) each(f func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			d.errs.addf(d.at(n), "list expected, each item of which begins with \"- \", found %s", kindOf(n))
			return
		}
		for _, item := range n.Content {
			f(item)
		}
	}
}
