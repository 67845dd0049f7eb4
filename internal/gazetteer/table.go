// Package gazetteer finds which actor a noun phrase stands for: it looks its
// words up in a table of names, roles and other phrases, and reads as much of
// the grammar of the phrase as it takes to tell "the Russian embassy in London"
// from "the British embassy in Moscow".
package gazetteer

import "slices"

// A Sort says what a phrase in the table is.
type Sort uint8

// The sorts of phrases.
const (
	word       Sort = iota // of no known phrase
	capital                // the same, with a capital, or a particle of names
	Name                   // of an actor: "China", "Beijing"
	Adjective              // of an actor: "Chinese"
	National               // people of an actor: "Danes"
	Role                   // "officials"
	Blocker                // another sense
	Modifier               // passed over
	Definite               // the
	Indefinite             // a
	Of                     // before whose it is
	Place                  // before where it is
	Agent                  // before who did it
	AgentPlace             // both, as "from"
	End                    // the end of the phrase
)

// Particle is a word within the names of people: "bin", "van der".
const Particle = capital

// A Meaning is what a phrase in the table stands for. Actor and Role are
// indices, or -1: a name has a role where it is that of an organ.
type Meaning struct {
	Sort        Sort
	Actor, Role int32
}

// Takes is a set of relations in which the name of an actor can stand to a role
// so that the role is the actor's.
type Takes uint8

// The relations.
const (
	ByAdjective  Takes = 1 << iota // "Chinese officials"
	ByPossessive                   // "China's officials"
	ByOf                           // "officials of China"
	ByNoun                         // "China officials", "Beijing officials"
	ByPlace                        // "officials in China"
)

// A RoleRule says how phrases with a role are read. Where several roles stand in
// a phrase, that with the lowest index counts.
type RoleRule struct {
	Takes     Takes
	Nationals bool // the role of "Danes" and "a Dane"
	Bound     bool // nobody, unless it is said whose: "allies"
}

// An ActorRule says how the names of an actor are read.
type ActorRule struct {
	// Land is set for states and the like, whose bare name before a noun says
	// what it is about, as in "the Ukraine crisis", not who.
	Land bool
	// Yields is set for organisations, which a land next to them owns a part
	// of: "China's UN ambassador" is China's.
	Yields bool
}

// A Table holds phrases and rules. Build it with [New] and Add; it must not
// change after the first Find and may then be used by several goroutines.
type Table struct {
	actors    []ActorRule
	roles     []RoleRule
	nationals int32
	words     map[string]int32
	edges     map[edge]int32
	ends      []int32 // by node: index of the last entry that ends here, plus 1
	entries   []entry
}

type edge struct{ node, word int32 }

// An entry is a phrase of the table.
type entry struct {
	Meaning
	shape uint64 // two bits a word: the least case
	next  int32  // index of another entry of the same words, plus 1
}

// MaxWords is how many words a phrase of the table can have.
const MaxWords = 32

// New returns a table with rules and no phrases.
func New(actors []ActorRule, roles []RoleRule) *Table {
	return &Table{
		actors:    actors,
		roles:     roles,
		nationals: int32(slices.IndexFunc(roles, func(r RoleRule) bool { return r.Nationals })),
		words:     map[string]int32{},
		edges:     map[edge]int32{},
		ends:      []int32{0},
	}
}

// Words counts the words of a phrase, as the table sees it: -1 if there are
// marks in it, and more than [MaxWords] if it cannot be added.
func Words(phrase string) int {
	var buf [MaxWords + 1]token
	n, _ := scan(buf[:], phrase, 0, len(phrase))
	for _, tok := range buf[:n] {
		if tok.mark {
			return -1
		}
	}
	return n
}

// Add adds a phrase. Capitals in it ask for capitals in the text: none for any
// case, one for a capital at the start of the word, all for all. If there is a
// phrase already that the same text would match, Add returns its meaning and
// false and adds nothing.
func (t *Table) Add(phrase string, m Meaning) (Meaning, bool) {
	var buf [MaxWords]token
	n, _ := scan(buf[:], phrase, 0, len(phrase))
	var shape uint64
	node := int32(0)
	var fold folded
	for i, tok := range buf[:n] {
		shape |= uint64(tok.shape) << (2 * i)
		w := string(fold.word(phrase[tok.start:tok.end]))
		id, ok := t.words[w]
		if !ok {
			id = int32(len(t.words))
			t.words[w] = id
		}
		next, ok := t.edges[edge{node, id}]
		if !ok {
			next = int32(len(t.ends))
			t.edges[edge{node, id}] = next
			t.ends = append(t.ends, 0)
		}
		node = next
	}
	for e := t.ends[node]; e > 0; e = t.entries[e-1].next {
		if old := t.entries[e-1]; old.shape == shape {
			return old.Meaning, false
		}
	}
	t.entries = append(t.entries, entry{m, shape, t.ends[node]})
	t.ends[node] = int32(len(t.entries))
	return m, true
}

// longest finds the longest phrase that starts at a word, and the number of its
// words, or 0. Of phrases that differ in case only, the one that asks for more
// capitals wins.
func (t *Table) longest(tokens []token) (m Meaning, n int) {
	node := int32(0)
	var shape uint64
	for i, tok := range tokens {
		if i == MaxWords || tok.sym < 0 {
			break
		}
		next, ok := t.edges[edge{node, tok.sym}]
		if !ok {
			break
		}
		node = next
		shape |= uint64(tok.shape) << (2 * i)
		best := uint64(0)
		for e := t.ends[node]; e > 0; e = t.entries[e-1].next {
			if old := &t.entries[e-1]; covers(shape, old.shape, i+1) && (n != i+1 || old.shape > best) {
				m, n, best = old.Meaning, i+1, old.shape
			}
		}
	}
	return m, n
}

// covers reports whether each of n words has at least the capitals asked for.
func covers(have, want uint64, n int) bool {
	for ; n > 0; n-- {
		if have&3 < want&3 {
			return false
		}
		have, want = have>>2, want>>2
	}
	return true
}
