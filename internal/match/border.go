package match

import (
	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/vocab"
)

// A border is what a sequence may begin with, or end with: there the matcher
// looks before it tries the sequence.
type border struct {
	words  []vocab.Sense
	groups []groupID
}

// border adds what the sequence must begin with, or end with if backward, to b.
// It returns false, and b is of no use, if that may be something other than a
// word or phrase.
func (c *Compiler) border(b *border, seq []*pattern.Node, backward bool) bool {
	for i := range seq {
		n := seq[i]
		if backward {
			n = seq[len(seq)-1-i]
		}
		switch n.Op {
		case pattern.Start, pattern.End:
			continue
		case pattern.Word, pattern.Form, pattern.Case:
			b.words = append(b.words, c.sense(n))
			return true
		case pattern.Opt: // or what comes after it
			if !c.border(b, flatten(nil, n.Kids[0]), backward) {
				return false
			}
			continue
		}
		g := c.group(n)
		if g == nil {
			return false
		}
		b.words = append(b.words, g.words...)
		b.groups = append(b.groups, idsOf(g.all(nil, false))...)
		for _, k := range g.common {
			if !c.border(b, flatten(nil, k), backward) {
				return false
			}
		}
		return true
	}
	return false
}

// borderSet returns the set of the border of a sequence, or -1 if it has none.
func (c *Compiler) borderSet(seq []*pattern.Node, backward bool) int32 {
	var b border
	if !c.border(&b, seq, backward) {
		return -1
	}
	return c.set(b.words, b.groups)
}
