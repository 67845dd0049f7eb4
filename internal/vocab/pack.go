package vocab

import "github.com/demarche/demarche/internal/pack"

// Code writes or reads the sense.
func (s *Sense) Code(c *pack.Codec) {
	pack.Number(c, &s.Symbol)
	pack.Number(c, &s.POS)
}

// Code writes or reads the table.
func (t *Table) Code(c *pack.Codec) {
	var senses pack.Arena[Sense]
	pack.Slice(c, &t.words, func(w *Word) {
		pack.Number(c, &w.ID)
		pack.Number(c, &w.Traits)
		senses.Slice(c, &w.Senses, func(s *Sense) { s.Code(c) })
		pack.Slice(c, &w.Cased, func(s *CasedSense) {
			pack.String(c, &s.Form)
			s.Sense.Code(c)
		})
		w.sign()
	})
	pack.String(c, &t.long)
	pack.Number(c, &t.symbols)
	t.codeSlots(c)
}

// codeSlots writes or reads the slots that are not empty, each with its
// distance from the one before.
func (t *Table) codeSlots(c *pack.Codec) {
	const each = len(bucket{})
	size := len(t.buckets) * each
	pack.Number(c, &size)
	const largest = 1 << 28
	if size < each || size&(size-1) != 0 || size > largest {
		return // there are no such tables
	}
	if c.Reading() {
		t.resize(size)
	}
	slotAt := func(i int) *slot { return &t.buckets[i/each][i%each] }
	for at := -1; at < size; {
		next := at + 1
		if !c.Reading() {
			for next < size && slotAt(next).word == 0 {
				next++
			}
		}
		gap := next - at
		pack.Number(c, &gap)
		if at += gap; gap <= 0 || at >= size {
			return
		}
		s := slotAt(at)
		c.Bits(&s.key)
		pack.Number(c, &s.word)
		pack.Number(c, &s.form)
	}
}
