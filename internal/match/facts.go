package match

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/vocab"
)

// A fact is that a word or phrase of a certain element stands in a sentence.
// Words and groups list the facts that they are evidence of, and programs name
// the facts without which they need not be tried. Fact 0 always holds.

// A mark holds facts that something in a sentence is evidence of: those of one
// block, a bit for each.
type mark struct{ block, bits uint32 }

// blockBits is how many facts are in a block.
const blockBits = 32

// holds reports whether a fact holds in the sentence.
func (r *run) holds(fact uint32) bool {
	return r.facts[fact/blockBits]>>(fact%blockBits)&1 != 0
}

// note takes note of the facts that a word or group is evidence of.
func (r *run) note(marks []mark) {
	for _, m := range marks {
		r.facts[m.block] |= m.bits
	}
}

// fact returns the number of the fact that the element stands in a sentence.
func (c *Compiler) fact(n *pattern.Node) uint32 {
	symbols := c.evidence(nil, n)
	slices.Sort(symbols)
	symbols = slices.Clip(slices.Compact(symbols))
	key := make([]byte, 0, 4*len(symbols))
	for _, s := range symbols {
		key = binary.LittleEndian.AppendUint32(key, uint32(s))
	}
	id, ok := c.factIDs[string(key)]
	if !ok {
		id = uint32(len(c.facts))
		c.facts = append(c.facts, symbols)
		c.factIDs[string(key)] = id
	}
	return id
}

// evidence appends the symbols to dst without one of which the element cannot
// stand in a sentence.
func (c *Compiler) evidence(dst []vocab.Symbol, n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return append(dst, c.vocab.Symbol(n.Op, n.Text))
	}
	g := c.group(n)
	for _, w := range g.words {
		dst = append(dst, w.Symbol)
	}
	for _, x := range g.all(nil, false) {
		dst = append(dst, x.symbol)
	}
	for _, p := range g.common {
		seq := flatten(nil, p)
		at, _ := c.anchor(seq)
		dst = c.evidence(dst, seq[at])
	}
	return dst
}

// numberFacts numbers the facts anew, so that those that a word is evidence of
// lie close together: by the most frequent words and phrases that are evidence
// of them.
func (c *Compiler) numberFacts() {
	for _, symbols := range c.facts {
		slices.SortFunc(symbols, c.moreFrequent)
	}
	order := make([]uint32, len(c.facts))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order[1:], func(a, b uint32) int {
		return slices.CompareFunc(c.facts[a], c.facts[b], c.moreFrequent)
	})
	facts, number := make([][]vocab.Symbol, len(order)), make([]uint32, len(order))
	for n, old := range order {
		facts[n], number[old] = c.facts[old], uint32(n)
	}
	c.facts = facts
	for i := range c.progs {
		d := &c.progs[i]
		d.need, d.also = number[d.need], number[d.also]
	}
	for i := range c.insts {
		if in := &c.insts[i]; in.op == opNeed {
			in.arg = number[in.arg]
		}
	}
}

// moreFrequent orders symbols by their frequency.
func (c *Compiler) moreFrequent(a, b vocab.Symbol) int {
	return cmp.Or(c.vocab.Frequency(b)-c.vocab.Frequency(a), cmp.Compare(a, b))
}

// appendMarks appends the marks of the facts, which it sorts.
func appendMarks(dst []mark, facts []uint32) []mark {
	slices.Sort(facts)
	first := len(dst)
	for _, f := range facts {
		if n := len(dst); n == first || dst[n-1].block != f/blockBits {
			dst = append(dst, mark{block: f / blockBits})
		}
		dst[len(dst)-1].bits |= 1 << (f % blockBits)
	}
	return dst
}
