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
	var r Role
	if v := f.verbIn(m); v >= 0 {
		if s := f.Subject(v); !s.Empty() {
			r.Sources = []Phrase{s}
		}
	} else if s := f.predicateSubject(m); !s.Empty() {
		r.Sources = []Phrase{s}
	}
	if len(slots) > 0 {
		r.Targets = f.slots(slots, m, -1)
	}
	return r
}

// verbIn returns the first verb with content in the match, else its first
// auxiliary, else -1.
func (f *Finder) verbIn(m match.Match) int {
	aux := -1
	for i := m.Start; i < m.End; i++ {
		switch f.tag(i) {
		case tag.Verb, tag.Past, tag.Ing:
			if aux >= 0 {
				return aux
			}
			return i
		case tag.Be, tag.Aux, tag.Modal:
			if aux < 0 {
				aux = i
			}
		}
	}
	return aux
}

func (f *Finder) verb(slots []Slot, m match.Match) Role {
	v := f.verbIn(m)
	if v < 0 {
		v = m.Start
	}
	var r Role
	if f.Passive(v) {
		r.Sources = f.By(v + 1)
		r.Sourced = len(r.Sources) > 0
		if len(slots) > 0 && slots[0] != ObjectSlot {
			r.Targets = f.slots(slots, m, v)
		}
		if len(r.Targets) == 0 {
			r.Targets = one(f.Subject(v))
		}
		return r
	}
	r.Sources = one(f.Subject(v))
	if len(r.Sources) == 0 && f.reportInverted(v) {
		r.Sources = f.List(v + 1)
	}
	r.Sourced = len(r.Sources) > 0
	if len(r.Sources) == 1 {
		r.Sources = f.coordinate(r.Sources[0])
	}
	if len(slots) == 0 {
		slots = []Slot{ObjectSlot}
	}
	r.Targets = f.slots(slots, m, v)
	return r
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

// reportInverted reports whether the verb at v follows a quotation and stands
// before its subject: "... ", said the envoy.
func (f *Finder) reportInverted(v int) bool {
	return v > 0 && (f.Tokens[v-1].Has(token.QuoteAfter) || f.kind(v-1) == token.Comma) && !f.After(v+1).Empty()
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
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// objectOf returns the object of a cue's verb, which may stand inside the
// match ("call [the verdict] a farce").
func (f *Finder) objectOf(m match.Match, v int) []Phrase {
	if v >= 0 && m.End-v > 2 {
		i := v
		for i < m.End && (f.tag(i) == tag.Modal || f.tag(i) == tag.Be || f.tag(i) == tag.Aux || f.tag(i) == tag.Not || f.tag(i) == tag.Adverb) {
			i++
		}
		if p := f.After(i + 1); !p.Empty() && p.End < m.End {
			return f.List(i + 1)
		}
	}
	found := f.Object(m.End)
	if len(found) == 0 {
		found = f.preposition(m.End, 8, "of", "against", "on", "for", "to", "at", "over")
	}
	return found
}

func (f *Finder) noun(slots []Slot, m match.Match) Role {
	var r Role
	head := m.Start
	for i := m.Start; i < m.End; i++ {
		if f.tag(i) == tag.Noun || f.tag(i) == tag.Ing {
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
			r.Sources = []Phrase{{i, i + 1}}
		}
		break
	}
	if len(r.Sources) == 0 {
		r.Sources = f.preposition(m.End, 10, "by", "from")
		if len(r.Sources) > 0 && f.tag(r.Sources[0].End-1) == tag.NumberWord {
			r.Sources = nil
		}
	}
	r.Targets = f.slots(slots, m, -1)
	if v := f.lightVerb(phrase.Start); v >= 0 {
		if f.Tokens[v].Word.Is(f.Classes.Receive, 0) {
			if len(r.Targets) == 0 {
				r.Targets = one(f.Subject(v))
			}
			r.Sourced = true
		} else if len(r.Sources) == 0 {
			if f.Passive(v) {
				r.Sources = f.By(v + 1)
			} else if s := f.Subject(v); !s.Empty() {
				r.Sources = f.coordinate(s)
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
	for n := 0; i > 0 && n < 5; n++ {
		i--
		switch f.tag(i) {
		case tag.Verb, tag.Past, tag.Ing:
			return i
		case tag.Adjective, tag.Adverb, tag.Determiner:
		case tag.Prep, tag.To:
			if !f.anyOf(i, "with", "under", "from", "into") {
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

// predicateSubject returns what a predicate is said of.
func (f *Finder) predicateSubject(m match.Match) Phrase {
	for i := m.Start; i < m.End; i++ {
		if t := f.tag(i); t == tag.Be || t == tag.Modal || t == tag.Aux || t.VerbLike() {
			if p := f.Subject(i); !p.Empty() {
				return p
			}
			break
		}
	}
	for i, n := m.Start-1, 0; i >= 0 && n < 5; i, n = i-1, n+1 {
		switch f.tag(i) {
		case tag.Be, tag.Verb, tag.Past:
			return f.Subject(i)
		case tag.Adverb, tag.Determiner, tag.Not, tag.Adjective:
		default:
			return Phrase{}
		}
	}
	return Phrase{}
}

func (f *Finder) predicate(m match.Match) Role {
	var r Role
	s := f.predicateSubject(m)
	if s.End-s.Start == 1 && f.is(s.Start, "it") || s.Empty() { // "it is shameful that he ..."
		for i := m.End; i < len(f.Tokens) && i < m.End+3; i++ {
			if f.is(i, "that") || f.is(i, "for") || f.is(i, "when") {
				if p := f.After(i + 1); !p.Empty() {
					s = p
				}
				break
			}
		}
	}
	r.Targets = one(s)
	return r
}

func (f *Finder) epithet(m match.Match) Role {
	start := m.Start
	if p := f.endingAt(m.Start - 1); !p.Empty() && f.tag(m.Start-1) != tag.Pronoun {
		start = p.Start
	}
	for start > 0 {
		t := f.tag(start - 1)
		if t == tag.Possessive && !f.Tokens[start-1].Has(token.Possessive) || t == tag.Adjective || t == tag.Determiner {
			start--
			continue
		}
		if t == tag.Possessive {
			if p := f.endingAt(start - 2); !p.Empty() {
				start = p.Start
				continue
			}
		}
		break
	}
	p := f.After(start)
	if p.End < m.End {
		q := f.After(m.End)
		switch {
		case !q.Empty() && f.tag(m.End-1) == tag.Adjective:
			p = Phrase{start, q.End}
		default:
			p = Phrase{start, m.End}
		}
	}
	// "attack on Israel by Hamas": whose deed it is
	if by := f.preposition(p.End, 6, "by"); len(by) > 0 {
		return Role{Targets: by}
	}
	return Role{Targets: []Phrase{p}}
}

// Speaker returns who utters the sentence by a reporting verb or "according
// to", and the token of that verb; the phrase is empty if nobody does.
func (f *Finder) Speaker() (Phrase, int) {
	for i := range f.Tokens {
		t := &f.Tokens[i]
		if t.Has(token.InQuote) || !t.Word.Is(f.Classes.Report, 0) {
			continue
		}
		if f.is(i, "according") && f.is(i+1, "to") {
			if p := f.After(i + 2); !p.Empty() {
				return p, i
			}
			continue
		}
		if !t.Tag.VerbLike() || f.Passive(i) {
			continue
		}
		if i > 0 && (f.Tokens[i-1].Has(token.QuoteAfter) || f.kind(i-1) == token.Comma && i > 1 && f.Tokens[i-2].Has(token.QuoteAfter)) {
			if p := f.After(i + 1); !p.Empty() {
				return p, i
			}
		}
		if p := f.Subject(i); !p.Empty() {
			return p, i
		}
		if i > 0 && f.kind(i-1) == token.Comma {
			if p := f.After(i + 1); !p.Empty() && f.tag(p.Start) != tag.Pronoun {
				return p, i
			}
		}
	}
	return Phrase{}, -1
}
