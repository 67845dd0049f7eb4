package match

import (
	"github.com/demarche/demarche/internal/pack"
	"github.com/demarche/demarche/internal/vocab"
)

// Code writes or reads the matcher.
func (m *Matcher) Code(c *pack.Codec) {
	pack.Slice(c, &m.insts, func(i *inst) {
		pack.Number(c, &i.op)
		pack.Number(c, &i.n)
		pack.Number(c, &i.arg)
		pack.Number(c, &i.next)
		pack.Number(c, &i.other)
	})
	pack.Slice(c, &m.progs, func(p *program) {
		pack.Number(c, &p.item)
		pack.Number(c, &p.level)
		pack.Number(c, &p.forward)
		pack.Number(c, &p.backward)
		pack.Number(c, &p.before)
		pack.Number(c, &p.after)
		c.Bool(&p.backwardFirst)
	})
	pack.Slice(c, &m.groups, func(groups *[]groupID) {
		pack.Slice(c, groups, func(g *groupID) { pack.Number(c, g) })
	})
	var senses pack.Arena[vocab.Sense]
	pack.Slice(c, &m.sets, func(s *set) {
		pack.Slice(c, &s.groups, func(g *groupID) { pack.Number(c, g) })
		senses.Slice(c, &s.senses, func(x *vocab.Sense) { x.Code(c) })
	})
	pack.Slice(c, &m.filters, func(f *filter) {
		c.Bits(&f.first)
		pack.Number(c, &f.bits)
		pack.Number(c, &f.shift)
		c.Bool(&f.phrases)
	})
	pack.Slice(c, &m.bits, c.Bits)
	for s := range m.index {
		m.index[s].code(c)
	}
}

func (x *index) code(c *pack.Codec) {
	marks := func(h *handful) {
		for i := range h.bits {
			pack.Number(c, &h.blocks[i])
			pack.Number(c, &h.bits[i])
		}
	}
	pack.Slice(c, &x.marks, marks)
	pack.Slice(c, &x.posts, func(p *post) {
		pack.Number(c, &p.need)
		pack.Number(c, &p.also)
		pack.Number(c, &p.program)
	})
	last := uint32(0)
	pack.Slice(c, &x.rows, func(r *row) {
		marks(&r.marks)
		pack.Number(c, &r.further)
		pack.Number(c, &r.beyond)
		if r.further > r.beyond || int(r.beyond) > len(x.marks) {
			c.Fail()
		}
		for l := range r.posts {
			n := r.posts[l] - last // one byte, as a rule
			pack.Number(c, &n)
			if r.posts[l] = last + n; r.posts[l] < last || int(r.posts[l]) > len(x.posts) {
				c.Fail()
			}
			last = r.posts[l]
		}
	})
	pack.Slice(c, &x.rowOf, func(n *uint32) {
		if pack.Number(c, n); int(*n) >= len(x.rows) {
			c.Fail()
		}
	})
}
