package match

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/demarche/demarche/internal/vocab"
)

// An index says what follows from the words and phrases of a sentence in one of
// the stages. Words have the numbers of the vocabulary's table; those of groups
// come after them. Number 0 is that of the words that the table does not have.
type index struct {
	rowOf []uint32 // by number
	rows  []row    // those of many words are the same
	marks []handful
	posts []post
}

// A row says of what a word or group is evidence, and where its posts in each list
// begin: they end where the next list begins. It has the size of a line of the
// processor's cache.
type row struct {
	marks           handful
	posts           [lists + 1]uint32
	further, beyond uint32 // where further marks begin and end, if there are so many
}

// A post says that a word or phrase triggers a program, if two facts hold: those
// that the program needs most.
type post struct {
	need, also uint16
	program    int32
}

// The lists of posts.
const (
	simplePhrases  = iota // phrases without phrases in them
	complexPhrases        // phrases of higher levels
	patterns
	lists = iota
)

// row returns the row of a word or group.
func (x *index) row(n uint32) *row { return &x.rows[x.rowOf[n]] }

// postsOf returns the posts of a word or group in one of the lists.
func (x *index) postsOf(n uint32, list int) []post {
	r := &x.row(n).posts
	return x.posts[r[list]:r[list+1]]
}

// evidence lists for each symbol of what it is evidence and what it triggers in
// a stage.
type evidence struct {
	facts [][]uint32
	posts []*[lists][]post
	rows  map[string]uint32 // that the index has, by content
}

func (c *Compiler) newEvidence(stage Stage) *evidence {
	e := &evidence{make([][]uint32, c.vocab.Symbols()), make([]*[lists][]post, c.vocab.Symbols()), map[string]uint32{}}
	for n, f := range c.facts {
		if f.stage != stage {
			continue
		}
		for _, s := range f.symbols {
			e.facts[s] = append(e.facts[s], uint32(n%maxFacts))
		}
	}
	hang := func(s vocab.Symbol, list int, p post) {
		if e.posts[s] == nil {
			e.posts[s] = new([lists][]post)
		}
		e.posts[s][list] = append(e.posts[s][list], p)
	}
	for i := range c.progs {
		d := &c.progs[i]
		if d.stage != stage {
			continue
		}
		list, p := patterns, post{uint16(d.need % maxFacts), uint16(d.also % maxFacts), int32(i)}
		if len(d.groups) > 0 {
			list = simplePhrases
			if d.level > 0 {
				list = complexPhrases
			}
		}
		s := &c.sets[d.anchor]
		for _, x := range s.senses {
			hang(x.Symbol, list, p)
		}
		for _, g := range s.groups {
			hang(vocab.Symbol(g), list, p)
		}
	}
	return e
}

// add adds the next word or group, which has these symbols.
func (x *index) add(e *evidence, symbols []vocab.Symbol) {
	var facts []uint32
	var all [lists][]post
	for _, s := range symbols {
		facts = append(facts, e.facts[s]...)
		if p := e.posts[s]; p != nil {
			for l := range p {
				all[l] = append(all[l], p[l]...)
			}
		}
	}
	slices.Sort(facts)
	facts = slices.Compact(facts)
	var key []byte
	add := func(n int) { key = binary.AppendUvarint(key, uint64(n)) }
	add(len(facts))
	for _, f := range facts {
		add(int(f))
	}
	for l, list := range all {
		slices.SortFunc(list, func(a, b post) int {
			return cmp.Or(cmp.Compare(a.need, b.need), cmp.Compare(a.program, b.program))
		})
		all[l] = slices.Compact(list)
		add(len(all[l]))
		for _, p := range all[l] {
			add(int(p.program))
		}
	}
	n, ok := e.rows[string(key)]
	if !ok {
		n = uint32(len(x.rows))
		e.rows[string(key)] = n
		marks := marksOf(facts)
		r := row{marks: marks[0], further: uint32(len(x.marks))}
		x.marks = append(x.marks, marks[1:]...)
		r.beyond = uint32(len(x.marks))
		for l, list := range all {
			r.posts[l] = uint32(len(x.posts))
			x.posts = append(x.posts, list...)
		}
		r.posts[lists] = uint32(len(x.posts))
		x.rows = append(x.rows, r)
	}
	x.rowOf = append(x.rowOf, n)
}

// index makes the indexes, and gives the groups in sets and programs their numbers
// in them.
func (c *Compiler) index(m *Matcher, words *vocab.Table) {
	var all [stages]*evidence // by symbols, which groups are about to lose
	for stage := range all {
		all[stage] = c.newEvidence(Stage(stage))
	}
	rows := [][]vocab.Symbol{nil} // the symbols of each
	for w := range words.Words() {
		rows = append(rows, slices.Compact(slices.Sorted(w.Symbols())))
	}
	number := map[vocab.Symbol]groupID{}
	rename := func(groups []groupID) {
		for i, g := range groups {
			s := vocab.Symbol(g)
			if number[s] == 0 {
				number[s] = groupID(len(rows))
				rows = append(rows, []vocab.Symbol{s})
			}
			groups[i] = number[s]
		}
	}
	for i := range m.progs {
		rename(m.groups[i])
	}
	for i := range m.sets {
		rename(m.sets[i].groups)
		slices.Sort(m.sets[i].groups)
	}
	for stage := range m.index {
		e, x := all[stage], &m.index[stage]
		for _, symbols := range rows {
			x.add(e, symbols)
		}
		x.rowOf, x.rows, x.marks, x.posts = slices.Clip(x.rowOf), slices.Clip(x.rows), slices.Clip(x.marks), slices.Clip(x.posts)
	}
}
