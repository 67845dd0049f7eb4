package match

import (
	"errors"
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/vocab"
)

// NewCompiler returns a compiler for one of the vocabulary's two matchers.
// common are words too frequent to hang a pattern on if it has any other.
func NewCompiler(v *vocab.Vocabulary, classes Classes, common map[string]bool, matcher int) *Compiler {
	return &Compiler{vocab: v, classes: classes, common: common, matcher: matcher, insts: make([]inst, 0, 1<<16)}
}

// maxExpansion bounds how many programs one pattern may turn into.
const maxExpansion = 4096

// maxInsts bounds the size of a matcher: 20 bytes each.
const maxInsts = 8 << 20

// Add compiles a pattern; matches of it will carry item.
func (c *Compiler) Add(item int32, n *pattern.Node) error {
	if err := c.Check(n); err != nil {
		return err
	}
	budget := maxExpansion
	return c.add(item, flatten(nil, c.merge(n)), &budget)
}

// merge turns alternatives that are single words into one nameless class, so
// that a long list of them costs no more than one word.
func (c *Compiler) merge(n *pattern.Node) *pattern.Node {
	if len(n.Kids) == 0 {
		return n
	}
	if !hasAlt(n) {
		return n
	}
	out := &pattern.Node{Op: n.Op, Text: n.Text, POS: n.POS, N: n.N}
	var words []*pattern.Node
	for _, k := range n.Kids {
		if n.Op == pattern.Alt && (k.Op == pattern.Word || k.Op == pattern.Form) {
			words = append(words, k)
			continue
		}
		out.Kids = append(out.Kids, c.merge(k))
	}
	switch {
	case len(words) == 1:
		out.Kids = append(out.Kids, words[0])
	case len(words) > 1:
		out.Kids = append(out.Kids, c.nameless(words))
	}
	if out.Op == pattern.Alt && len(out.Kids) == 1 {
		return out.Kids[0]
	}
	return out
}

func hasAlt(n *pattern.Node) bool {
	return n.Op == pattern.Alt || slices.ContainsFunc(n.Kids, hasAlt)
}

// Literals lists the symbols of all words and classes of a pattern.
func (c *Compiler) Literals(n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return []vocab.Symbol{c.symbolOf(n)}
	case pattern.Class:
		if cl := c.classes[n.Text]; cl != nil {
			if cl.literals == nil {
				cl.literals = []vocab.Symbol{cl.symbol}
				for _, p := range cl.phrases {
					cl.literals = append(cl.literals, c.Literals(p)...)
				}
				slices.Sort(cl.literals)
				cl.literals = slices.Compact(cl.literals)
			}
			return cl.literals
		}
	}
	var all []vocab.Symbol
	for _, k := range n.Kids {
		all = append(all, c.Literals(k)...)
	}
	return all
}

// HasGap reports whether the pattern has a gap.
func HasGap(n *pattern.Node) bool {
	return n.Op == pattern.Gap || slices.ContainsFunc(n.Kids, HasGap)
}

// nameless returns a class node for the words; the same words share a class.
func (c *Compiler) nameless(words []*pattern.Node) *pattern.Node {
	keys := make([]string, len(words))
	cost, size := 0, 1
	for i, w := range words {
		keys[i] = string([]byte{'0' + byte(w.Op), '0' + byte(w.POS)}) + w.Text
		k, _ := c.cost(w)
		cost += k
		size += len(keys[i]) + 1
	}
	slices.Sort(keys)
	buf := make([]byte, 0, size)
	for _, key := range keys {
		buf = append(append(buf, key...), '|')
	}
	name := string(append(buf, 0))
	if _, ok := c.classes[name]; !ok {
		c.classes.AddClass(c.vocab, name, words)
		c.classes[name].cost = cost
	}
	return &pattern.Node{Op: pattern.Class, Text: name}
}

// Check reports an undefined class, as a [*ClassError].
func (c *Compiler) Check(n *pattern.Node) error {
	if n.Op == pattern.Class && !IsTagClass(n.Text) {
		if _, ok := c.classes[n.Text]; !ok {
			return &ClassError{n.Text}
		}
	}
	for _, k := range n.Kids {
		if err := c.Check(k); err != nil {
			return err
		}
	}
	return nil
}

// A ClassError names a class that is used and not defined.
type ClassError struct{ Name string }

func (e *ClassError) Error() string { return "undefined class @" + e.Name }

func (e *ClassError) Unwrap() error { return ErrUndefinedClass }

// ErrTooLarge is the error for a pattern whose alternatives multiply beyond
// the limit.
var ErrTooLarge = errors.New("too many combinations of alternatives")

func flatten(dst []*pattern.Node, n *pattern.Node) []*pattern.Node {
	if n.Op != pattern.Seq {
		return append(dst, n)
	}
	for _, k := range n.Kids {
		dst = flatten(dst, k)
	}
	return dst
}

// add hangs the sequence up on its rarest element, splitting alternatives of
// phrases where they are all there is.
func (c *Compiler) add(item int32, seq []*pattern.Node, budget *int) error {
	if *budget--; *budget < 0 || len(c.insts) > maxInsts {
		return ErrTooLarge
	}
	best, cost := -1, 0
	for i, n := range seq {
		if k, ok := c.cost(n); ok && (best < 0 || k < cost) {
			best, cost = i, k
		}
	}
	if best < 0 {
		if i := c.splittable(seq); i >= 0 {
			for _, branch := range c.branches(seq[i]) {
				s := slices.Clone(seq[:i])
				s = flatten(s, branch)
				s = append(s, seq[i+1:]...)
				if err := c.add(item, s, budget); err != nil {
					return err
				}
			}
			return nil
		}
		return errors.New("pattern has no word to look for")
	}
	prog := int32(len(c.progs))
	c.post(prog, seq[best])
	accept := c.emit(inst{op: opAccept})
	forward := accept
	for i := len(seq) - 1; i >= best; i-- {
		forward = c.compile(seq[i], forward, false)
	}
	backward := accept
	for i := 0; i < best; i++ {
		backward = c.compile(seq[i], backward, true)
	}
	var needs [][]vocab.Symbol
	for i, n := range seq {
		if i == best {
			continue
		}
		if group := c.group(n); len(group) > 0 {
			needs = append(needs, group)
		}
	}
	c.progs = append(c.progs, program{item, forward, backward, needs})
	return nil
}

// group lists the symbols of which one must occur for the element to match; it
// is empty if there is no telling.
func (c *Compiler) group(n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form:
		return []vocab.Symbol{c.symbolOf(n)}
	case pattern.Class:
		if !IsTagClass(n.Text) && len(c.classes[n.Text].phrases) == 0 {
			return []vocab.Symbol{c.symbolOf(n)}
		}
	case pattern.Seq: // any of its elements tells
		for _, k := range n.Kids {
			if g := c.group(k); len(g) > 0 {
				return g
			}
		}
	case pattern.Alt: // all of its branches must tell
		var all []vocab.Symbol
		for _, k := range n.Kids {
			g := c.group(k)
			if len(g) == 0 {
				return nil
			}
			all = append(all, g...)
		}
		return all
	}
	return nil
}

const commonCost = 1000

// manyPosts is the number of patterns hung on one word that makes the word cost
// as much as one more word does.
const manyPosts = 256

// cost guesses how often a single-token element occurs; ok is false for an
// element that cannot carry the pattern.
func (c *Compiler) cost(n *pattern.Node) (cost int, ok bool) {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		if c.common[n.Text] {
			return commonCost, true
		}
		// a word that hundreds of patterns already hang on is not rare
		cost = 1 + c.vocab.Posts(c.matcher, c.symbolOf(n))/manyPosts
		if n.Op == pattern.Word {
			cost++
		}
		return cost, true
	case pattern.Class:
		if IsTagClass(n.Text) {
			return 0, false
		}
		cl := c.classes[n.Text]
		if len(cl.phrases) > 0 {
			return 0, false
		}
		if c.common["@"+n.Text] {
			return 2 * commonCost, true
		}
		if cl.cost > 0 {
			return cl.cost, true
		}
		return 3 + cl.members, true
	case pattern.Alt:
		for _, k := range n.Kids {
			kc, ok := c.cost(k)
			if !ok {
				return 0, false
			}
			cost += kc
		}
		return cost, true
	}
	return 0, false
}

// post makes the words of an element trigger the program.
func (c *Compiler) post(prog int32, n *pattern.Node) {
	if n.Op == pattern.Alt {
		for _, k := range n.Kids {
			c.post(prog, k)
		}
		return
	}
	s := c.symbolOf(n)
	c.vocab.AddPost(c.matcher, s, vocab.Post{Item: prog, POS: n.POS})
}

func (c *Compiler) symbolOf(n *pattern.Node) vocab.Symbol {
	if n.Op == pattern.Class {
		return c.classes[n.Text].symbol
	}
	return c.vocab.Symbol(n.Op, n.Text)
}

// splittable returns the index of an element whose alternatives can be tried
// one by one, or -1.
func (c *Compiler) splittable(seq []*pattern.Node) int {
	best, fewest := -1, 0
	for i, n := range seq {
		if n.Op == pattern.Alt || n.Op == pattern.Class && !IsTagClass(n.Text) && len(c.classes[n.Text].phrases) > 0 {
			if k := len(c.branches(n)); best < 0 || k < fewest {
				best, fewest = i, k
			}
		}
	}
	return best
}

func (c *Compiler) branches(n *pattern.Node) []*pattern.Node {
	if n.Op == pattern.Alt {
		return n.Kids
	}
	cl := c.classes[n.Text]
	out := slices.Clone(cl.phrases)
	if cl.members > 0 {
		words := n.Text + "\x00words\x00"
		if _, ok := c.classes[words]; !ok {
			c.classes[words] = &Class{symbol: cl.symbol, members: cl.members}
			c.common["@"+words] = c.common["@"+n.Text]
		}
		out = append(out, &pattern.Node{Op: pattern.Class, Text: words, POS: n.POS})
	}
	return out
}

func (c *Compiler) emit(i inst) int32 {
	c.insts = append(c.insts, i)
	return int32(len(c.insts) - 1)
}

// compile emits code for n that goes on at next, and returns where it starts.
func (c *Compiler) compile(n *pattern.Node, next int32, backward bool) int32 {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return c.emit(inst{op: opSymbol, symbol: c.symbolOf(n), pos: n.POS, next: next})
	case pattern.Class:
		if tags := tagClasses[n.Text]; tags != nil {
			var set vocab.Symbol
			for _, t := range tags {
				set |= 1 << t
			}
			return c.emit(inst{op: opTag, symbol: set, next: next})
		}
		cl := c.classes[n.Text]
		var at int32 = -1
		if cl.members > 0 {
			at = c.emit(inst{op: opSymbol, symbol: cl.symbol, pos: n.POS, next: next})
		}
		if len(cl.phrases) > 0 {
			phrases := c.alternatives(cl.phrases, next, backward)
			if at >= 0 {
				phrases = c.emit(inst{op: opSplit, next: at, other: phrases})
			}
			at = phrases
		}
		if at < 0 { // an empty class matches nothing
			at = c.emit(inst{op: opSymbol, next: next})
		}
		return at
	case pattern.Comma:
		return c.emit(inst{op: opComma, next: next})
	case pattern.Gap:
		return c.emit(inst{op: opGap, n: uint8(n.N), next: next})
	case pattern.Start:
		return c.emit(inst{op: opStart, next: next})
	case pattern.End:
		return c.emit(inst{op: opEnd, next: next})
	case pattern.Opt:
		return c.emit(inst{op: opSplit, next: c.compile(n.Kids[0], next, backward), other: next})
	case pattern.Alt:
		return c.alternatives(n.Kids, next, backward)
	case pattern.Seq:
		if backward {
			for _, k := range n.Kids {
				next = c.compile(k, next, backward)
			}
		} else {
			for _, k := range slices.Backward(n.Kids) {
				next = c.compile(k, next, backward)
			}
		}
		return next
	}
	panic("match: unknown node")
}

// alternatives emits code for one of the branches. A long list is tried only
// where the first word of one of them stands (the last one, backwards).
func (c *Compiler) alternatives(branches []*pattern.Node, next int32, backward bool) int32 {
	at := c.compile(branches[0], next, backward)
	for _, k := range branches[1:] {
		at = c.emit(inst{op: opSplit, next: c.compile(k, next, backward), other: at})
	}
	const long = 3
	if len(branches) < long {
		return at
	}
	var edges []*pattern.Node
	for _, k := range branches {
		words := edge(k, backward)
		if words == nil {
			return at
		}
		edges = append(edges, words...)
	}
	return c.emit(inst{op: opGuard, symbol: c.symbolOf(c.nameless(edges)), next: at})
}

// edge lists the words that a match of n can begin with, or end with if
// backward; it is nil if there is no telling.
func edge(n *pattern.Node, backward bool) []*pattern.Node {
	switch n.Op {
	case pattern.Word, pattern.Form:
		return []*pattern.Node{n}
	case pattern.Seq:
		k := n.Kids[0]
		if backward {
			k = n.Kids[len(n.Kids)-1]
		}
		return edge(k, backward)
	case pattern.Alt:
		var all []*pattern.Node
		for _, k := range n.Kids {
			words := edge(k, backward)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// Matcher returns the finished matcher.
func (c *Compiler) Matcher() *Matcher {
	return &Matcher{insts: c.insts, progs: c.progs, which: c.matcher}
}
