package match

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/vocab"
)

// A set holds the words of which one must stand at a place: symbols in parts of
// speech.
type set struct {
	groups []groupID // the phrases of these groups will do too
	senses []vocab.Sense
}

// A filter answers for a set, as nearly all words of a text are in none: it has a
// bit for each hash of a word that is in the set (Bloom 1970, with one hash).
type filter struct {
	first   uint64 // a filter of 64 bits that comes first: all are set if the set is large
	bits    uint32 // where it begins in the bits of the matcher
	shift   uint8  // of the hash, to the number of a bit
	phrases bool   // the set has groups
}

const (
	hashBits = 32
	// filterBits is how many bits a filter has for each of its words.
	filterBits = 8
	// maxFilter is the binary logarithm of the bits of the largest filter.
	maxFilter = 15
)

func hash(word uint32) uint32 { return word * 0x9E3779B1 }

// firstBit is the bit of a word in what comes first of a filter.
func firstBit(word uint32) uint64 { return 1 << (hash(word) >> (hashBits - 6)) }

// may reports whether the token may be a word of the set, whatever its part of
// speech and its capitals.
func (m *Matcher) may(f *filter, t *tag.Token) bool {
	if f.first&firstBit(t.ID) == 0 {
		return false
	}
	h := hash(t.ID) >> f.shift
	return m.bits[f.bits+h/64]>>(h%64)&1 != 0
}

// has reports whether token i is a word of the set n.
func (r *run) has(n uint32, i int) bool {
	t := &r.toks[i]
	return r.m.may(&r.m.filters[n], t) && (r.loose || r.m.sets[n].holds(t, r.text))
}

func (s *set) holds(t *tag.Token, text string) bool {
	w := t.Word
	for i := range w.Cased {
		if c := &w.Cased[i]; vocab.HasSense(s.senses, c.Symbol, t.POS) && c.Form == text[t.Start:t.End] {
			return true
		}
	}
	if len(s.senses) <= len(w.Senses) {
		for _, x := range s.senses {
			if x.Fits(t.POS) && w.Is(x.Symbol, t.POS) {
				return true
			}
		}
		return false
	}
	for _, x := range w.Senses {
		if x.Fits(t.POS) && vocab.HasSense(s.senses, x.Symbol, t.POS) {
			return true
		}
	}
	return false
}

// set returns the number of the set of these senses and the phrases of the
// groups.
func (c *Compiler) set(senses []vocab.Sense, groups []groupID) int32 {
	slices.Sort(groups)
	groups = slices.Clip(slices.Compact(groups))
	senses = slices.Clone(senses)
	slices.SortFunc(senses, func(a, b vocab.Sense) int {
		return cmp.Or(cmp.Compare(a.Symbol, b.Symbol), cmp.Compare(a.POS, b.POS))
	})
	senses = slices.Clip(slices.Compact(senses))
	key := make([]byte, 0, 5*len(senses)+4)
	for _, x := range senses {
		key = append(binary.LittleEndian.AppendUint32(key, uint32(x.Symbol)), byte(x.POS))
	}
	key = append(key, 0xff)
	for _, g := range groups {
		key = binary.LittleEndian.AppendUint32(key, uint32(g))
	}
	id, ok := c.setIDs[string(key)]
	if !ok {
		id = int32(len(c.sets))
		c.sets = append(c.sets, set{senses: senses, groups: groups})
		c.setIDs[string(key)] = id
	}
	return id
}

// Finish returns the finished matcher and the table of all words that it
// needs. Neither the compiler nor its vocabulary can be used afterwards.
func (c *Compiler) Finish() (*Matcher, *vocab.Table, error) {
	if err := c.compileGroups(); err != nil {
		return nil, nil, err
	}
	c.numberFacts()
	m := &Matcher{insts: slices.Clip(c.insts), sets: slices.Clip(c.sets)}
	m.progs, m.groups = make([]program, len(c.progs)), make([][]groupID, len(c.progs))
	for i := range c.progs {
		m.progs[i] = c.progs[i].program
		m.groups[i] = c.progs[i].groups
	}
	words := c.vocab.Table()
	m.filter(words)
	c.index(m, words)
	return m, words, nil
}

// filter makes the filters of the sets.
func (m *Matcher) filter(words *vocab.Table) {
	bySymbol := make([][]int32, words.Symbols())
	for i := range m.sets {
		for _, x := range m.sets[i].senses {
			bySymbol[x.Symbol] = append(bySymbol[x.Symbol], int32(i))
		}
	}
	each := func(visit func(set int32, word uint32)) {
		for w := range words.Words() {
			for s := range w.Symbols() {
				for _, set := range bySymbol[s] {
					visit(set, w.ID)
				}
			}
		}
	}
	members := make([]int, len(m.sets))
	each(func(set int32, _ uint32) { members[set]++ })
	m.filters = make([]filter, len(m.sets))
	total := 0
	for i := range m.filters {
		f := &m.filters[i]
		*f = filter{bits: uint32(total), shift: hashBits - 6, phrases: len(m.sets[i].groups) > 0}
		size := 64
		for size < filterBits*members[i] && f.shift > hashBits-maxFilter {
			size *= 2
			f.shift--
		}
		total += size / 64
	}
	m.bits = make([]uint64, total)
	each(func(set int32, word uint32) {
		f := &m.filters[set]
		f.first |= firstBit(word)
		h := hash(word) >> f.shift
		m.bits[f.bits+h/64] |= 1 << (h % 64)
	})
}
