package match

import (
	"errors"
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/vocab"
)

// A Stage is when a pattern is looked for. Patterns of later stages are looked
// for only where there is a match of the first.
type Stage uint8

// The stages.
const (
	Cues Stage = iota
	Blockers
	Context
	stages = iota
)

// A Compiler turns patterns into a [Matcher].
type Compiler struct {
	vocab   *vocab.Vocabulary
	classes Classes
	insts   []inst
	progs   []draft
	sets    []set
	setIDs  map[string]int32  // by content
	groups  map[string]*group // by key
	buf     []byte

	phraseIDs map[string]int32 // the programs of phrases by key

	facts   []fact // by number
	factIDs map[string]uint32
	stage   Stage // of the program that is being compiled
}

// A draft is a program while others may still need it.
type draft struct {
	program
	groups []groupID // of a phrase
	stage  Stage
	anchor int32    // the set that triggers it
	uses   []*group // whose phrases it needs
	// the facts that the two rarest elements but the anchor stand in the sentence
	need, also uint32
}

// A group is an element of patterns that may be one of several words or
// phrases: a class or an alternative. Its phrases are looked for once in a
// sentence, whatever the number of patterns that use it.
type group struct {
	symbol  vocab.Symbol
	words   []vocab.Sense
	phrases []*pattern.Node
	inner   []*group // merged with it: their phrases are the group's too
	// common are phrases that are tried in place; whole is the group of them.
	common    []*pattern.Node
	whole     *group
	frequency int // of all its words and phrases in a million words
	level     int // above that of all groups within its phrases; 0 if it has none
	compiled  bool
}

// NewCompiler returns a compiler for patterns that use the classes.
func NewCompiler(v *vocab.Vocabulary, classes Classes) *Compiler {
	return &Compiler{
		vocab: v, classes: classes, insts: []inst{{op: opAccept}},
		setIDs: map[string]int32{}, groups: map[string]*group{}, phraseIDs: map[string]int32{},
		facts: make([]fact, 1), factIDs: map[string]uint32{},
	}
}

// maxInsts bounds the size of a matcher: 16 bytes each.
const maxInsts = 8 << 20

// ErrTooLarge is the error for more patterns than a matcher can hold.
var ErrTooLarge = errors.New("too many patterns, or too many alternatives in them")

// ErrNoWord is the error for a pattern that any word could match.
var ErrNoWord = errors.New("pattern has no word to look for")

// Add compiles a pattern; matches of it in the stage will carry item.
func (c *Compiler) Add(stage Stage, item int32, n *pattern.Node) error {
	if err := c.Check(n); err != nil {
		return err
	}
	_, err := c.program(stage, n, item)
	return err
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

// Literals lists the symbols of all words and classes of a pattern.
func (c *Compiler) Literals(n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return []vocab.Symbol{c.vocab.Symbol(n.Op, n.Text)}
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

func flatten(dst []*pattern.Node, n *pattern.Node) []*pattern.Node {
	if n.Op != pattern.Seq {
		return append(dst, n)
	}
	for _, k := range n.Kids {
		dst = flatten(dst, k)
	}
	return dst
}

// program compiles a pattern, hung up on its rarest element, and returns its
// number.
func (c *Compiler) program(stage Stage, n *pattern.Node, item int32) (int32, error) {
	seq := flatten(nil, n)
	anchor, _ := c.anchor(seq)
	switch {
	case anchor < 0:
		return 0, ErrNoWord
	case len(c.insts) > maxInsts:
		return 0, ErrTooLarge
	}
	const accept = 0
	c.stage = stage
	forward := c.sequence(seq[anchor:], accept, false)
	backward := c.sequence(seq[:anchor], accept, true)
	d := draft{stage: stage, anchor: c.element(seq[anchor], true), uses: c.needed(n)}
	d.program = program{item: item, forward: forward, backward: backward, before: -1, after: -1}
	d.need, d.also = c.needs(seq, anchor)
	d.before = c.borderSet(seq[:anchor], true)
	if len(c.sets[d.anchor].groups) == 0 { // else it depends on the phrase where the next element stands
		d.after = c.borderSet(seq[anchor+1:], false)
	}
	switch first := &c.insts[backward]; first.op {
	case opStart:
		d.backwardFirst = true
	case opGap:
		d.backwardFirst = first.other >= 0
	}
	for _, g := range d.uses {
		d.level = max(d.level, uint8(min(g.level, maxLevel)))
	}
	c.progs = append(c.progs, d)
	return int32(len(c.progs) - 1), nil
}

// sense returns what a word, form or cased form asks for.
func (c *Compiler) sense(n *pattern.Node) vocab.Sense {
	return vocab.Sense{Symbol: c.vocab.Symbol(n.Op, n.Text), POS: n.POS}
}

// frequency guesses how often the words and phrases of an element occur in a
// million words of text; it is 0 if no pattern can be hung up on it.
func (c *Compiler) frequency(n *pattern.Node) int {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return c.vocab.Frequency(c.vocab.Symbol(n.Op, n.Text))
	case pattern.Class, pattern.Alt:
		if g := c.group(n); g != nil {
			return g.frequency
		}
	}
	return 0
}

// anchor returns the rarest element of a sequence and its frequency, or -1 if
// there is none.
func (c *Compiler) anchor(seq []*pattern.Node) (at, frequency int) {
	at = -1
	for i, e := range seq {
		if f := c.frequency(e); f > 0 && (at < 0 || f < frequency) {
			at, frequency = i, f
		}
	}
	return at, frequency
}

// rarest is the frequency of a pattern's rarest element, 0 if it has none.
func (c *Compiler) rarest(n *pattern.Node) int {
	_, f := c.anchor(flatten(nil, n))
	return f
}

// commonplace is the frequency of words that stand in nearly every sentence.
const commonplace = 60_000

// needs returns the facts that the two rarest elements but the anchor stand in
// the sentence.
func (c *Compiler) needs(seq []*pattern.Node, anchor int) (need, also uint32) {
	var others []*pattern.Node
	for i, n := range seq {
		if f := c.frequency(n); i != anchor && f > 0 && f < commonplace {
			others = append(others, n)
		}
	}
	slices.SortStableFunc(others, func(a, b *pattern.Node) int { return c.frequency(a) - c.frequency(b) })
	if len(others) > 0 {
		need = c.fact(others[0])
	}
	if len(others) > 1 {
		also = c.fact(others[1])
	}
	return need, also
}

func (c *Compiler) emit(i inst) int32 {
	c.insts = append(c.insts, i)
	return int32(len(c.insts) - 1)
}

// compile emits code for n that goes on at next, and returns where it starts.
func (c *Compiler) compile(n *pattern.Node, next int32, backward bool) int32 {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return c.emit(inst{op: opSet, arg: uint32(c.element(n, false)), next: next})
	case pattern.Class:
		if tags := tagClasses[n.Text]; tags != nil {
			var set uint32
			for _, t := range tags {
				set |= 1 << t
			}
			return c.emit(inst{op: opTag, arg: set, next: next})
		}
		if g := c.group(n); g != nil {
			return c.compileGroup(n, g, next, backward)
		}
		cl := c.classes[n.Text]
		at := c.emit(inst{op: opSet, arg: uint32(c.set([]vocab.Sense{{Symbol: cl.symbol, POS: n.POS}}, nil)), next: next})
		return c.branches(at, cl.phrases, next, backward)
	case pattern.Comma:
		return c.emit(inst{op: opComma, next: next})
	case pattern.Gap:
		return c.gap(n, nil, next, backward)
	case pattern.Start:
		return c.emit(inst{op: opStart, next: next})
	case pattern.End:
		return c.emit(inst{op: opEnd, next: next})
	case pattern.Opt:
		return c.emit(inst{op: opSplit, next: c.compile(n.Kids[0], next, backward), other: next})
	case pattern.Alt:
		if g := c.group(n); g != nil {
			return c.compileGroup(n, g, next, backward)
		}
		return c.branches(c.compile(n.Kids[0], next, backward), n.Kids[1:], next, backward)
	case pattern.Seq:
		return c.sequence(flatten(nil, n), next, backward)
	}
	panic("match: unknown node")
}

// sequence emits code for elements that follow each other.
func (c *Compiler) sequence(seq []*pattern.Node, next int32, backward bool) int32 {
	for i := range seq {
		at, beyond := len(seq)-1-i, seq[len(seq)-i:]
		if backward {
			at, beyond = i, seq[:i]
		}
		if e := seq[at]; e.Op == pattern.Gap {
			next = c.gap(e, beyond, next, backward)
		} else {
			next = c.compile(e, next, backward)
		}
	}
	return next
}

// gap emits code for a gap; beyond it stands the sequence.
func (c *Compiler) gap(n *pattern.Node, beyond []*pattern.Node, next int32, backward bool) int32 {
	return c.emit(inst{op: opGap, n: uint8(n.N), next: next, other: c.borderSet(beyond, backward)})
}

func (c *Compiler) compileGroup(n *pattern.Node, g *group, next int32, backward bool) int32 {
	at := c.emit(inst{op: opSet, arg: uint32(c.element(n, false)), next: next})
	return c.branches(at, g.common, next, backward)
}

// branches emits code for one of the branches or that at at. Of several that
// begin with a word or phrase, none is tried unless one of these stands there.
func (c *Compiler) branches(at int32, branches []*pattern.Node, next int32, backward bool) int32 {
	var first border
	var told, rest []*pattern.Node
	for _, k := range branches {
		var own border
		if c.border(&own, flatten(nil, k), backward) {
			told = append(told, k)
			first.words, first.groups = append(first.words, own.words...), append(first.groups, own.groups...)
		} else {
			rest = append(rest, k)
		}
	}
	at = c.split(at, rest, next, backward)
	if len(told) < 2 {
		return c.split(at, told, next, backward)
	}
	guarded := c.split(-1, told, next, backward)
	guard := c.emit(inst{op: opGuard, arg: uint32(c.set(first.words, first.groups)), next: guarded})
	return c.emit(inst{op: opSplit, next: guard, other: at})
}

// split emits code for one of the branches or that at at, if it is not -1.
func (c *Compiler) split(at int32, branches []*pattern.Node, next int32, backward bool) int32 {
	for _, k := range branches {
		branch := c.compile(k, next, backward)
		seq := flatten(nil, k)
		if i, _ := c.anchor(seq); i >= 0 {
			branch = c.emit(inst{op: opNeed, arg: c.fact(seq[i]), next: branch})
		}
		if at < 0 {
			at = branch
			continue
		}
		at = c.emit(inst{op: opSplit, next: branch, other: at})
	}
	return at
}
