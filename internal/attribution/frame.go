package attribution

import (
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// Frame says where the source and target of a cue stand.
type Frame uint8

// The frames.
const (
	Verb      Frame = iota // subject and object of the cue's verb
	Noun                   // "China's condemnation of the raid", "issued a warning to"
	Predicate              // the words say something of their subject
	Epithet                // the words describe the noun phrase around them
	Statement              // the whole sentence does it
)

// A Role is the outcome: whose act it is and whom it is about. Sourced says
// that the sentence names a maker even if no phrase can be given for it
// ("international condemnation").
type Role struct {
	Sources, Targets []Phrase
	Sourced          bool
}

// A Slot is a place where a target may stand: a preposition or one of the
// names below.
type Slot string

// The slots that are no prepositions.
const (
	ObjectSlot  Slot = "object"
	SubjectSlot Slot = "subject"
)

// Resolve finds the roles of a cue. slots overrides the frame's own places for
// the target.
func (f *Finder) Resolve(frame Frame, slots []Slot, m match.Match) Role {
	r := f.resolve(frame, slots, m)
	if f.parseOnce(); f.accordingTo > m.Start && f.accordingTo < m.End {
		r.Sources, r.Sourced = f.List(f.accordingTo), true
	}
	r.Sources, r.Targets = f.wholes(r.Sources), f.wholes(r.Targets)
	if frame >= Predicate && len(r.Sources) > 0 && f.expletive(r.Sources[0]) {
		r.Sources = nil
	}
	if len(r.Sources) == 0 && len(r.Targets) == 1 {
		// "I disagree with": whose words they are
		if p := r.Targets[0]; p.Start >= m.Start && p.End <= m.End && p.End-p.Start == 1 && f.anyOf(p.Start, "i", "we") {
			r.Sources, r.Targets = r.Targets, nil
			if i := f.skipAdverbs(m.End); f.tag(m.End-1).VerbLike() && f.chunk(i) > i {
				r.Targets = f.wholes(f.deed(f.List(i), m.End-1)) // "I would dispute the claim"
			}
		}
	}
	return r
}

func (f *Finder) resolve(frame Frame, slots []Slot, m match.Match) Role {
	switch frame {
	case Verb:
		return f.verb(slots, m)
	case Noun:
		return f.noun(slots, m)
	case Predicate:
		return f.predicate(m)
	case Epithet:
		return f.epithet(m)
	}
	return f.statement(slots, m)
}

// statement finds the roles of words that do the act as a whole sentence: who
// says them, else who is their subject. They are sourced if somebody is
// reported to say them.
func (f *Finder) statement(slots []Slot, m match.Match) Role {
	var r Role
	v := f.verbIn(m)
	subjects := f.subjectsAround(m, v)
	switch reporter := f.Reporter(m.End - 1); {
	case len(reporter) > 0:
		r.Sources, r.Sourced = reporter, true
	case len(subjects) > 0 && !f.expletive(subjects[0]) && !f.anyone(subjects[0]) && !f.Passive(v):
		r.Sources = subjects
	}
	if !r.Sourced && f.Tokens[m.Start].Has(token.InQuote) {
		speaker, _ := f.Speaker()
		r.Sourced = !speaker.Empty()
	}
	switch {
	case len(slots) > 0:
		r.Targets = f.slots(slots, m, -1)
	case f.governs(m.End - 1):
		r.Targets = f.deed(f.List(m.End), m.Start) // "shame on the clerk"
	case v >= 0 && f.skipAdverbs(m.End) == f.clauses[f.at(v)].object.Start:
		r.Targets = f.deed(f.List(f.skipAdverbs(m.End)), v) // "I would refute the claim"
	}
	if len(r.Targets) == 0 {
		r.Targets = f.condition()
	}
	if len(r.Targets) == 0 && len(subjects) > 0 && f.anyone(subjects[0]) {
		r.Targets = subjects
	}
	return r
}

// governs reports whether the token at i is a preposition that leads to whom
// or what an act is about.
func (f *Finder) governs(i int) bool {
	t := f.tag(i)
	return t == tag.Prep && f.anyOf(i, "at", "on", "against", "of", "about", "by", "for", "over", "toward", "towards", "upon", "from", "in", "with") || t == tag.To
}

// subjectsAround returns the subjects of the match's verb v, or of the verb
// before it if it has none.
func (f *Finder) subjectsAround(m match.Match, v int) []Phrase {
	if v >= 0 {
		return f.Subjects(v)
	}
	return one(f.predicateSubject(m))
}

// anyone reports whether the phrase names whoever it concerns: the one spoken
// to, not the one who speaks.
func (f *Finder) anyone(p Phrase) bool {
	return f.anyOf(p.Start, "you", "anyone", "anybody", "whoever", "those", "everyone", "nobody", "no-one")
}

// condition returns the subject of the condition in the sentence: "if
// Moscow attacks".
func (f *Finder) condition() []Phrase {
	f.at(0)
	for i := range f.Tokens {
		if !f.anyOf(i, "if", "unless", "should") || i+1 >= len(f.Tokens) {
			continue
		}
		if f.is(i, "should") && (i == 0 || f.kind(i-1) == token.Comma) {
			if end := f.chunk(i + 1); end > i+2 && f.kind(end) == token.Comma {
				return one(Phrase{i + 1, end - 1}) // "should the rebels attack, ..."
			}
		}
		c := &f.clauses[f.at(i)]
		if f.is(i, "should") && (c.verb < 0 || c.subject.Start != i+1) {
			continue
		}
		if c.verb > i && !c.subject.Empty() && !f.expletive(c.subject) && f.clauses[f.at(i)].reduced != c.verb {
			return f.Subjects(c.verb)
		}
	}
	return nil
}

// verbIn returns the first verb with content in the match, else its first
// auxiliary, else -1.
func (f *Finder) verbIn(m match.Match) int {
	aux, reduced := none, none
	for i := m.Start; i < m.End; i++ {
		switch f.tag(i) {
		case tag.Verb, tag.Past, tag.Ing:
			if aux >= 0 && f.at(i) != f.at(aux) {
				return aux
			}
			if f.aside(i, m.Start) {
				reduced = i
				continue
			}
			return f.restarted(i, m.End)
		case tag.Be, tag.Aux, tag.Modal:
			if f.aside(i, m.Start) {
				reduced = i
			} else if aux < 0 {
				aux = i
			}
		}
	}
	if aux < 0 {
		return reduced
	}
	return aux
}

// restarted returns the last verb before end that says again the one at i: "hold
// - we must hold the bank".
func (f *Finder) restarted(i, end int) int {
	for j := end - 1; j > i; j-- {
		if f.Tokens[j].Word == f.Tokens[i].Word && f.tag(j) == f.tag(i) && f.text(j) == f.text(i) {
			return j
		}
	}
	return i
}

// aside reports whether the verb at i only frames the main clause: "Accused of
// theft, ...", "If the ships return, ...", "any ship that enters ...". The match
// begins at start.
func (f *Finder) aside(i, start int) bool {
	c := f.at(i)
	if c == none || f.tag(i) == tag.Ing && f.tag(i-1) == tag.Prep {
		return true
	}
	k := &f.clauses[c]
	return k.kind == adverbial || k.reduced == i && k.share != none ||
		f.extracting(i, start) ||
		k.kind == relative && !k.subject.Empty() && k.subject.Start >= start
}

// extracting reports whether the verb at i belongs to an object relative of
// the match that begins at start: "the claim that you made is false".
func (f *Finder) extracting(i, start int) bool {
	c := f.at(i)
	return c != none && f.clauses[c].extracted.End > start && f.clauses[c].verb == i
}

func (f *Finder) verb(slots []Slot, m match.Match) Role {
	v := f.verbIn(m)
	if v < 0 {
		v = m.Start
	}
	var r Role
	if f.Passive(v) && !f.is(m.End-1, "by") { // but "are appalled by"
		r.Sources = f.By(v + 1)
		r.Sourced = len(r.Sources) > 0
		if len(slots) > 0 && slots[0] != ObjectSlot && slots[0] != SubjectSlot {
			r.Targets = f.slots(slots, m, v)
			if !r.Sourced && f.auxiliary(m, v) { // "was not involved in the deal"
				if r.Sources = f.Reporter(v); len(r.Sources) == 0 {
					r.Sources = f.Subjects(v)
				}
				r.Sourced = len(r.Sources) > 0
				return r
			}
		}
		if len(r.Targets) == 0 && m.End-v > 1 && f.anyOf(m.End-1, "at", "against") {
			r.Targets = f.List(m.End) // "the finger was pointed at"
		}
		if len(r.Targets) == 0 {
			r.Targets = one(f.Subject(v))
		}
		return r
	}
	if f.Tokens[v].Word.Is(f.Classes.Receive, 0) && f.tag(m.End-1) == tag.Noun && m.End-v > 1 {
		// "faces criticism from the bishops"
		return Role{Sources: f.preposition(m.End, 10, "from", "by"), Targets: f.Subjects(v), Sourced: true}
	}
	r.Sources = f.Subjects(v)
	if len(r.Sources) == 1 && f.expletive(r.Sources[0]) && !(f.is(r.Sources[0].Start, "it") && f.tag(v).VerbLike()) {
		r.Sources = nil
	}
	r.Sourced = len(r.Sources) > 0
	if r.Sourced {
		by := f.Reporter(v)
		if len(by) > 0 && (f.pronounOwner(r.Sources[0]) || f.modal(v) || f.thing(r.Sources) && !f.personal(by[0])) {
			r.Sources = by // "the premier said his country took no side"
		}
	}
	if len(slots) == 0 {
		slots = []Slot{ObjectSlot}
	}
	if f.modal(v) {
		if r.Targets = f.condition(); f.actors(r.Targets) {
			return r
		}
	}
	if found := f.slots(slots, m, v); len(found) > 0 {
		r.Targets = found
	}
	return r
}

// auxiliary reports whether the match has the auxiliary of its participle at v,
// so that the words are those of whom they are said of.
func (f *Finder) auxiliary(m match.Match, v int) bool {
	for i := m.Start; i < v; i++ {
		if f.tag(i) == tag.Be {
			return true
		}
	}
	return false
}

// coordinate widens a subject to the coordination it ends: "Paris and Berlin".
func (f *Finder) coordinate(p Phrase) []Phrase {
	list := []Phrase{p}
	for len(list) < maxList {
		first := list[0]
		k := first.Start - 1
		// the shortest form may have cut titles off
		for k >= 0 && f.inside(k) {
			k--
		}
		if f.tag(k) != tag.Conj || !f.is(k, "and") {
			break
		}
		if f.kind(k-1) == token.Comma {
			k--
		}
		q := f.endingAt(k - 1)
		if q.Empty() || f.tag(q.Start-1).VerbLike() || f.tag(q.Start-1) == tag.Prep {
			break
		}
		q = f.shortest(q)
		list = append([]Phrase{q}, list...)
	}
	return list
}

// modal reports whether "will" or the like stands before the verb: then it is a
// deed to come, and who tells of it is the one who warns.
func (f *Finder) modal(v int) bool {
	i := f.beforeAdverbs(v)
	return !f.reports(v) && (f.tag(i-1) == tag.Modal || f.tag(i-1) == tag.Be && f.tag(f.beforeAdverbs(i-1)-1) == tag.Modal)
}

// pronounOwner reports whether the phrase begins with "his", "our" and the like.
func (f *Finder) pronounOwner(p Phrase) bool {
	return f.tag(p.Start) == tag.Possessive && p.End-p.Start > 1
}

func one(p Phrase) []Phrase {
	if p.Empty() {
		return nil
	}
	return []Phrase{p}
}

// slots returns the phrases in the first slot that is filled; v is the cue's
// verb or -1.
func (f *Finder) slots(slots []Slot, m match.Match, v int) []Phrase {
	for _, s := range slots {
		var found []Phrase
		switch s {
		case ObjectSlot:
			found = f.objectOf(m, v)
		case SubjectSlot:
			if v >= 0 {
				found = one(f.Subject(v))
			} else {
				found = one(f.predicateSubject(m))
			}
		default:
			found = f.preposition(max(m.Start, v+1), 14, string(s))
			if len(found) == 0 { // "summoned the envoy to complain about"
				start := m.End
				if f.tag(start-1) == tag.Prep || f.tag(start-1) == tag.To {
					start--
				}
				found = f.preposition(start, 14, string(s))
			}
			if len(found) > 0 && f.tag(found[0].Start) != tag.Pronoun {
				found = f.deed(found, m.Start)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func (f *Finder) noun(slots []Slot, m match.Match) Role {
	var r Role
	head := m.Start
	for i := m.Start; i < m.End; i++ {
		if f.tag(i) == tag.Noun && !f.Tokens[i].Word.Is(f.Classes.Receive, 0) || f.tag(i) == tag.Ing {
			head = i
			break
		}
	}
	phrase := f.endingAt(head)
	if phrase.Empty() {
		phrase = Phrase{m.Start, m.End}
	}
	if len(slots) == 0 {
		slots = []Slot{"of", "to", "against", "on", "over", "about", "at", "for", "toward", "towards"}
	}
	// a possessor inside the noun phrase
	for i := head; i >= phrase.Start; i-- {
		if f.tag(i) != tag.Possessive {
			continue
		}
		if f.Tokens[i].Has(token.Possessive) {
			if p := f.endingAt(i - 1); !p.Empty() {
				r.Sources = f.coordinate(f.shortest(p))
			}
		} else {
			r.Sources = one(f.antecedent(Phrase{i, i + 1}, i))
		}
		break
	}
	if len(r.Sources) == 0 {
		r.Sources = f.preposition(head+1, 10, "by", "from")
		if len(r.Sources) > 0 && f.tag(r.Sources[0].End-1) == tag.NumberWord {
			r.Sources = nil
		}
	}
	r.Targets = f.slots(slots, m, -1)
	for i := m.End - 1; i <= m.End && len(r.Targets) == 0; i++ {
		if f.is(i, "that") {
			r.Targets = f.List(i + 1) // "allegations that Syria ..."
		}
	}
	v := f.lightVerb(phrase.Start)
	for i := m.Start; i < head && v < m.Start; i++ {
		if f.tag(i).VerbLike() || f.Tokens[i].Word.Is(f.Classes.Receive, 0) {
			v = i
		}
	}
	if v >= 0 {
		if f.Tokens[v].Word.Is(f.Classes.Receive, 0) {
			if s := f.Subjects(v); len(s) > 0 {
				r.Targets = s
			}
			r.Sourced = true
		} else if len(r.Sources) == 0 {
			if f.Passive(v) {
				r.Sources = f.By(v + 1)
			} else {
				r.Sources = f.Subjects(v)
			}
		}
	}
	if len(r.Sources) == 0 { // "Turkish allegations"
		for i := head - 1; i >= phrase.Start; i-- {
			if t := &f.Tokens[i]; t.Kind == token.Word && t.Has(token.Capital) && f.tag(i) != tag.Determiner && (i > 0 || t.Word.Traits == 0) {
				r.Sources = []Phrase{{i, i + 1}}
				break
			}
		}
	}
	r.Sourced = r.Sourced || len(r.Sources) > 0
	return r
}

// lightVerb returns the verb whose object begins at token i, or -1.
func (f *Finder) lightVerb(i int) int {
	for n := 0; i > 0 && n < 7; n++ {
		i--
		switch f.tag(i) {
		case tag.Verb, tag.Past, tag.Ing:
			return i
		case tag.Adjective, tag.Adverb, tag.Determiner:
		case tag.Possessive:
			if f.Tokens[i].Has(token.Possessive) {
				return -1
			}
		case tag.Prep, tag.To:
			if !f.anyOf(i, "with", "under", "from", "into", "out") {
				return -1
			}
		case tag.Conj:
		case tag.Noun:
		default:
			return -1
		}
	}
	return -1
}
