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
		pack.Slice(c, &p.groups, func(g *vocab.Symbol) { pack.Number(c, g) })
		pack.Number(c, &p.level)
		pack.Number(c, &p.forward)
		pack.Number(c, &p.backward)
		pack.Number(c, &p.also)
		pack.Number(c, &p.before)
		pack.Number(c, &p.after)
	})
	var senses pack.Arena[vocab.Sense]
	pack.Slice(c, &m.sets, func(s *set) {
		pack.Number(c, &s.bits)
		pack.Number(c, &s.shift)
		pack.Slice(c, &s.groups, func(g *vocab.Symbol) { pack.Number(c, g) })
		senses.Slice(c, &s.senses, func(x *vocab.Sense) { x.Code(c) })
	})
	pack.Slice(c, &m.bits, c.Bits)
	m.listEvidence()
	pack.Slice(c, &m.triggers, func(t **[vocab.Lists][]vocab.Post) {
		some := *t != nil
		if c.Bool(&some); !some {
			return
		}
		if *t == nil {
			*t = new([vocab.Lists][]vocab.Post)
		}
		for l := range *t {
			pack.Slice(c, &(*t)[l], func(p *vocab.Post) { p.Code(c) })
		}
	})
}
