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
		pack.Number(c, &p.also)
		pack.Number(c, &p.before)
		pack.Number(c, &p.after)
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
		pack.Number(c, &f.bits)
		pack.Number(c, &f.shift)
		c.Bool(&f.phrases)
	})
	pack.Slice(c, &m.bits, c.Bits)
	pack.Number(c, &m.facts)
	m.index.code(c)
}

func (x *index) code(c *pack.Codec) {
	pack.Slice(c, &x.marks, func(m *mark) {
		pack.Number(c, &m.block)
		pack.Number(c, &m.bits)
	})
	pack.Slice(c, &x.posts, func(p *post) {
		pack.Number(c, &p.need)
		pack.Number(c, &p.program)
	})
	var last row
	next := func(at, last *uint32, end int) {
		n := *at - *last // one byte, as a rule
		pack.Number(c, &n)
		if *at = *last + n; *at < *last || int(*at) > end {
			c.Fail()
		}
	}
	pack.Slice(c, &x.rows, func(r *row) {
		next(&r.marks, &last.marks, len(x.marks))
		for l := range r.posts {
			before := &last.posts[lists]
			if l > 0 {
				before = &r.posts[l-1]
			}
			next(&r.posts[l], before, len(x.posts))
		}
		last = *r
	})
}
