package match

import (
	"cmp"
	"slices"

	"github.com/demarche/demarche/internal/vocab"
)

// An index says what follows from the words and phrases of a sentence. Words
// have the numbers of the vocabulary's table; those of groups come after them.
// Number 0 is that of the words that the table does not have.
type index struct {
	rows  []row // by number, and one more
	marks []mark
	posts []post
}

// A row says where the marks of a word or group begin, and its posts in each
// list. The marks end where those of the next row begin, each list where the
// next one does.
type row struct {
	marks uint32
	posts [lists + 1]uint32
}

// A post says that a word or phrase triggers a program, if a fact holds: that
// which the program needs most.
type post struct {
	need    uint32
	program int32
}

// The lists of posts, for each stage.
const (
	simplePhrases  = iota // phrases without phrases in them
	complexPhrases        // phrases of higher levels
	patterns
	kinds = iota
	lists = kinds * int(stages)
)

// listOf is the list for a kind of program.
func listOf(s Stage, kind int) int { return kinds*int(s) + kind }

// marksOf returns what a word or group is evidence of.
func (x *index) marksOf(n uint32) []mark { return x.marks[x.rows[n].marks:x.rows[n+1].marks] }

// triggers returns what a word or group triggers, one of the lists.
func (x *index) triggers(n uint32, list int) []post {
	r := &x.rows[n].posts
	if r[list] == r[list+1] {
		return nil
	}
	return x.posts[r[list]:r[list+1]]
}

// evidence lists for each symbol of what it is evidence and what it triggers.
type evidence struct {
	facts [][]uint32
	posts []*[lists][]post
}

func (c *Compiler) newEvidence() *evidence {
	e := &evidence{make([][]uint32, c.vocab.Symbols()), make([]*[lists][]post, c.vocab.Symbols())}
	for n, symbols := range c.facts {
		for _, s := range symbols {
			e.facts[s] = append(e.facts[s], uint32(n))
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
		kind := patterns
		if len(d.groups) > 0 {
			kind = simplePhrases
			if d.level > 0 {
				kind = complexPhrases
			}
		}
		list, p := listOf(d.stage, kind), post{d.need, int32(i)}
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
func (x *index) add(e *evidence, symbols ...vocab.Symbol) {
	var facts []uint32
	for _, s := range symbols {
		facts = append(facts, e.facts[s]...)
	}
	r := row{marks: uint32(len(x.marks))}
	x.marks = appendMarks(x.marks, facts)
	r.posts[0] = uint32(len(x.posts))
	for l := range lists {
		start := len(x.posts)
		for _, s := range symbols {
			if p := e.posts[s]; p != nil {
				x.posts = append(x.posts, p[l]...)
			}
		}
		list := x.posts[start:]
		slices.SortFunc(list, func(a, b post) int {
			return cmp.Or(cmp.Compare(a.need, b.need), cmp.Compare(a.program, b.program))
		})
		x.posts = x.posts[:start+len(slices.Compact(list))]
		r.posts[l+1] = uint32(len(x.posts))
	}
	x.rows = append(x.rows, r)
}

// index makes the index, and gives the groups in sets and programs their numbers
// in it.
func (c *Compiler) index(m *Matcher, words *vocab.Table) {
	e := c.newEvidence()
	var x index
	x.add(e)
	next := uint32(1)
	for w := range words.Words() {
		x.add(e, slices.Compact(slices.Sorted(w.Symbols()))...)
		next++
	}
	number := map[vocab.Symbol]groupID{}
	rename := func(groups []groupID) {
		for i, g := range groups {
			s := vocab.Symbol(g)
			if number[s] == 0 {
				number[s] = groupID(next)
				next++
				x.add(e, s)
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
	x.add(e) // the one more
	x.rows, x.marks, x.posts = slices.Clip(x.rows), slices.Clip(x.marks), slices.Clip(x.posts)
	m.index, m.facts = x, len(c.facts)/blockBits+1
}
