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

// A fact while patterns are compiled.
type fact struct {
	symbols []vocab.Symbol // that are evidence of it
	stage   Stage          // the first in which it is asked for
}

// Facts are those that hold in a sentence, a bit for each. If there are more than that
// many, two may share a bit; then some are thought to hold that do not, and no harm is
// done.
type facts [maxFacts / blockBits]uint32

const (
	// blockBits is how many facts are in a block; the number of a block has eight bits.
	blockBits = 32
	maxFacts  = 256 * blockBits
)

// bit is 1 if the fact holds, else 0.
func (f *facts) bit(fact uint32) (bit uint32) {
	if f[uint8(fact/blockBits)]&(1<<(fact%blockBits)) != 0 {
		bit = 1
	}
	return bit
}

// holds reports whether a fact holds in the sentence.
func (r *run) holds(fact uint32) bool { return r.facts.bit(fact) != 0 }

// A handful are facts that something in a sentence is evidence of: some blocks, and
// a bit of each for each fact. All are taken note of at once. Few words have more:
// that there are none can mostly be foreseen.
type handful struct {
	bits   [8]uint32
	blocks [8]uint8
}

// note takes note of the facts that a word or group is evidence of.
func (x *index) note(f *facts, r *row) {
	r.marks.firstHalf(f)
	r.marks.secondHalf(f)
	if r.further < r.beyond {
		x.noteFurther(f, r)
	}
}

func (x *index) noteFurther(f *facts, r *row) {
	further := x.marks[r.further:r.beyond]
	for i := range further {
		further[i].firstHalf(f)
		further[i].secondHalf(f)
	}
}

// The halves are small enough for the compiler to put them in place.

func (h *handful) firstHalf(f *facts) {
	f[h.blocks[0]] |= h.bits[0]
	f[h.blocks[1]] |= h.bits[1]
	f[h.blocks[2]] |= h.bits[2]
	f[h.blocks[3]] |= h.bits[3]
}

func (h *handful) secondHalf(f *facts) {
	f[h.blocks[4]] |= h.bits[4]
	f[h.blocks[5]] |= h.bits[5]
	f[h.blocks[6]] |= h.bits[6]
	f[h.blocks[7]] |= h.bits[7]
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
		c.facts = append(c.facts, fact{symbols: symbols, stage: c.stage})
		c.factIDs[string(key)] = id
	}
	c.facts[id].stage = min(c.facts[id].stage, c.stage)
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
// lie close together: by stages, and by the most frequent words and phrases that
// are evidence of them.
func (c *Compiler) numberFacts() {
	for _, f := range c.facts {
		slices.SortFunc(f.symbols, c.moreFrequent)
	}
	order := make([]uint32, len(c.facts))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order[1:], func(a, b uint32) int {
		x, y := &c.facts[a], &c.facts[b]
		return cmp.Or(cmp.Compare(x.stage, y.stage), slices.CompareFunc(x.symbols, y.symbols, c.moreFrequent))
	})
	facts, number := make([]fact, len(order)), make([]uint32, len(order))
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

// marksOf returns the marks of facts in order, one handful at least.
func marksOf(facts []uint32) []handful {
	all, n := make([]handful, 1), 0
	for i, f := range facts {
		if i > 0 && facts[i-1]/blockBits != f/blockBits {
			if n++; n == len(handful{}.bits) {
				all, n = append(all, handful{}), 0
			}
		}
		h := &all[len(all)-1]
		h.blocks[n] = uint8(f / blockBits)
		h.bits[n] |= 1 << (f % blockBits)
	}
	return all
}
