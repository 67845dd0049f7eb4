package attribution

import (
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// objectOf returns the object of a cue's verb v, which may stand inside the
// match ("call [the verdict] a farce").
func (f *Finder) objectOf(m match.Match, v int) []Phrase {
	if v >= 0 && m.End-v > 1 { // "hold the governor responsible for"
		if p := f.After(f.groupVerb(v) + 1); p.End < m.End && f.actor(p) {
			return f.deed(f.List(p.Start), v)
		}
	}
	if f.governs(m.End-1) && !f.anyOf(m.End-1, "with", "in", "from") && !f.temporal(Phrase{m.End, f.chunk(m.End)}) {
		if found := f.List(m.End); len(found) > 0 {
			return f.deed(found, v)
		}
	}
	if v >= 0 && m.End-v > 1 {
		i := f.groupVerb(v) + 1
		if end := f.chunk(i); end > i && f.temporal(Phrase{i, end}) {
			i = end
		}
		if f.is(i, "that") && f.tag(i) == tag.Subord {
			i++ // "said many times that the claims are lies"
		}
		p := f.After(i)
		if p.Start < m.End && p.End >= m.End && f.aboutness(m.End) && !f.is(p.Start, "the") {
			if f.anyOf(p.Start, "any", "all", "no") {
				return []Phrase{{p.Start, f.chunk(m.End + 1)}} // "any role in the deal"
			}
			return f.deed(f.List(m.End+1), v) // "voiced its outrage at"
		}
		if !p.Empty() && p.Start < m.End {
			return f.deed(f.List(i), v)
		}
		if p := f.endingAt(m.End - 1); !p.Empty() && p.Start > v {
			return f.deed(f.List(p.Start), v)
		}
	}
	found := f.object(m.End)
	if v >= 0 && f.Tokens[v].Word.Is(f.Classes.Of, 0) {
		for i, p := range found {
			if k := f.chunk(p.Start); k > p.Start && k < p.End && f.is(k, "of") {
				found[i].End = k
			}
		}
	}
	if len(found) == 0 {
		found = f.preposition(m.End, 8, "of", "about", "against", "on", "for", "to", "at", "over")
	}
	if len(found) == 0 {
		found = one(f.deedAfter(m.End))
	}
	if len(found) == 0 && v >= 0 {
		found = one(f.extracted(v))
	}
	return f.deed(found, v)
}

// deedAfter returns the gerund after a verb that ends before i and its
// preposition: "warned against raiding the fund".
func (f *Finder) deedAfter(i int) Phrase {
	i = f.skipAdverbs(i)
	if f.tag(i) == tag.Prep {
		i = f.skipAdverbs(i + 1)
	}
	if f.tag(i) != tag.Ing {
		return Phrase{}
	}
	return Phrase{i, f.clauseEnd(i)}
}

// aboutness reports whether a preposition at i leads to what a noun before it
// is about.
func (f *Finder) aboutness(i int) bool {
	return f.tag(i) == tag.Prep && f.anyOf(i, "of", "at", "over", "in", "against", "on", "about", "toward", "towards") &&
		!f.temporal(Phrase{i + 1, f.chunk(i + 1)}) && f.chunk(i+1) > i+1
}

// extracted returns what the relative clause of verb v stands by: "the law
// that critics decry".
func (f *Finder) extracted(v int) Phrase {
	c := f.at(v)
	if c == none {
		return Phrase{}
	}
	k := &f.clauses[c]
	switch {
	case !k.extracted.Empty():
		return f.name(k.extracted)
	case k.kind == adverbial && k.parent != none && !k.subject.Empty() && f.is(k.subject.Start-1, "as"):
		if p := f.subjectOf(k.parent); !f.expletive(p) && !f.personal(p) {
			return f.name(p) // "as we warned, the delay has cost lives"
		}
	}
	return Phrase{}
}

// object returns the objects of a verb whose group ends before i.
func (f *Finder) object(i int) []Phrase {
	i = f.skipAdverbs(f.adverbial(f.skipAdverbs(i)))
	if f.tag(i-1) == tag.To && f.tag(i) == tag.Verb {
		i++ // "threatened to shell the town"
		if found := f.condition(); f.actors(found) {
			return found // "... if the rebels attack"
		}
		if over := f.preposition(i, 16, "over"); len(over) > 0 && f.tag(f.whole(over[0]).End-1) == tag.Name {
			return over // "threatened to leave over the raids of the rebel Roe"
		}
		if found := f.object(i); len(found) > 0 {
			return f.victim(found)
		}
		return f.preposition(i, 6, "against", "on", "from", "at", "of", "with", "to")
	}
	switch {
	case f.tag(i) == tag.Wh && f.chunk(i+1) > i+1:
		return []Phrase{{i, f.clauseEnd(i)}} // "what the clerk did"
	case f.is(i, "that") && (f.tag(i) == tag.Subord || f.tag(i) == tag.Determiner) && f.tag(i+1) != tag.Noun,
		f.tag(i) == tag.Wh:
		// whom the clause is about; if the speaker, what the speaker acts on
		if f.anyOf(i+1, "if", "unless") {
			return f.condition()
		}
		about := f.list(f.skipAdverbs(i+1), i)
		return f.patient(about)
	case f.tag(i) == tag.Ing && f.is(i+1, "of") && f.chunk(i+2) > i+2:
		return []Phrase{{i, f.chunk(i + 2)}} // "shelling of the port"
	case f.tag(i) == tag.Subord || f.tag(i) == tag.Past || f.tag(i) == tag.Ing:
		return nil
	}
	return f.patient(f.List(i))
}

// patient replaces the subject of a clause by its object where the subject can
// only be the speaker: "warned it would sink the ship".
func (f *Finder) patient(list []Phrase) []Phrase {
	if len(list) != 1 || !f.anyOf(list[0].Start, "it", "i", "we") || !f.finite(list[0].End) {
		return list
	}
	c := f.at(list[0].Start)
	if c == none || f.clauses[c].subject != list[0] || f.clauses[c].verb == none {
		return nil
	}
	if f.clauses[c].object.Empty() { // "warned it would fire on the ship"
		return f.preposition(f.clauses[c].verb+1, 6, "against", "on", "at")
	}
	return f.victim(f.List(f.clauses[c].object.Start))
}

// victim prefers whom a deed is aimed at to the deed: "launch an attack on the
// port".
func (f *Finder) victim(list []Phrase) []Phrase {
	if len(list) == 0 {
		return nil
	}
	last := list[len(list)-1]
	if !f.is(last.Start, "the") && f.anyOf(last.End, "on", "against") && f.aboutness(last.End) {
		return f.List(last.End + 1)
	}
	return list
}

// adverbial passes what may stand between a verb and its object: "condemned in
// the strongest terms the ...", "accused, they said, the ...".
func (f *Finder) adverbial(i int) int {
	switch {
	case f.kind(i) == token.Dash:
		for k := i + 1; k < i+maxAside; k++ {
			if f.kind(k) == token.Dash && f.objectBegins(k+1) {
				return k + 1
			}
		}
		return i + 1
	case f.kind(i) == token.Comma:
		for k := i + 1; k < i+5; k++ {
			if f.kind(k) == token.Comma && f.objectBegins(k+1) {
				return k + 1
			}
		}
	case f.tag(i) == tag.Prep:
		k := i
		for range 2 {
			if f.tag(k) == tag.Prep && f.chunk(k+1) > k+1 {
				k = f.chunk(k + 1)
			}
		}
		if k > i && f.objectBegins(k) {
			return k
		}
	default:
		if end := f.chunk(i); end > i && f.temporal(Phrase{i, end}) {
			return end
		}
	}
	return i
}

func (f *Finder) objectBegins(i int) bool {
	end := f.chunk(i)
	return end > i && !f.temporal(Phrase{i, end}) && f.verbFollows(end) == none
}

// deed puts before the deeds in a list who did them, as far as the sentence
// says: "the attack on the port by rebels", "their attack". Pronouns give way
// to what they stand for. v is the verb whose objects they are, or a token of
// their clause.
func (f *Finder) deed(list []Phrase, v int) []Phrase {
	if len(list) == 0 {
		return nil
	}
	p := list[0]
	if f.tag(p.Start) == tag.Pronoun && p.End-p.Start == 1 {
		list[0] = f.antecedent(p, v)
		return list
	}
	if doer := f.doer(list[len(list)-1]); len(doer) > 0 {
		return append(doer, list...)
	}
	if owner := f.possessor(p); !owner.Empty() {
		return append([]Phrase{owner}, list...) // "the junta's raids"
	}
	if f.tag(p.Start) == tag.Possessive {
		owner := Phrase{p.Start, p.Start + 1}
		if q := f.antecedent(owner, v); q != owner && !f.personal(q) {
			return append([]Phrase{q}, list...)
		}
	}
	return list
}

// doer returns who stands after "by" behind a deed.
func (f *Finder) doer(p Phrase) []Phrase {
	i := p.End
	for range 3 {
		switch {
		case f.tag(i) == tag.Past && f.is(i+1, "by"):
			i++ // "carried out", "committed by"
		case f.tag(i) == tag.Past && f.is(i+2, "by"):
			i += 2
		}
		if f.is(i, "by") {
			if f.temporal(Phrase{i + 1, f.chunk(i + 1)}) || f.tag(i+1) == tag.Ing {
				return nil
			}
			return f.List(i + 1)
		}
		if f.tag(i) != tag.Prep && f.tag(i) != tag.To {
			return nil
		}
		end := f.chunk(i + 1)
		if end <= i+1 {
			return nil
		}
		i = end
	}
	return nil
}

// predicateVerb returns the verb of a predicate: in the match or right before
// it, or none.
func (f *Finder) predicateVerb(m match.Match) int {
	for i := m.Start; i < m.End; i++ {
		if f.verbal(i) && !f.extracting(i, m.Start) {
			if !f.subjectOf(f.at(i)).Empty() {
				return i
			}
			break
		}
	}
	for i, n := m.Start-1, 0; i >= 0 && n < 5; i, n = i-1, n+1 {
		switch f.tag(i) {
		case tag.Be, tag.Verb, tag.Past:
			return i
		case tag.Adverb, tag.Determiner, tag.Not, tag.Adjective:
		default:
			return none
		}
	}
	return none
}

// owns reports whether the match has a possessor and what he is said to do
// something to: "its condemnation of the".
func (f *Finder) owns(m match.Match) bool {
	owner := false
	for i := m.Start; i < m.End; i++ {
		if owner && f.is(i, "of") {
			return true
		}
		owner = owner || f.tag(i) == tag.Possessive
	}
	return false
}

// acts reports whether the match has an active verb with content.
func (f *Finder) acts(m match.Match) bool {
	for i := m.Start; i < m.End; i++ {
		if f.tag(i) == tag.Verb && !f.reports(i) {
			return true
		}
	}
	return false
}

// verbs reports whether the match has a verb.
func (f *Finder) verbs(m match.Match) bool {
	for i := m.Start; i < m.End; i++ {
		if f.verbal(i) {
			return true
		}
	}
	return false
}

// predicateSubject returns what a predicate is said of.
func (f *Finder) predicateSubject(m match.Match) Phrase {
	if v := f.predicateVerb(m); v >= 0 {
		return f.Subject(v)
	}
	return Phrase{}
}

// complementAfter returns whom the complement of "it is shameful" at i is
// about: "that he ...", "for the bank to ...", "because you ..."; a bare
// infinitive stands for itself.
func (f *Finder) complementAfter(i int) []Phrase {
	for end := i + 3; i < end; i++ {
		switch {
		case f.anyOf(i, "that", "for", "when", "how", "what", "because", "if"):
			if p := f.After(i + 1); !p.Empty() && !f.expletive(p) {
				return one(f.antecedent(p, i+1))
			}
			return nil
		case f.tag(i) == tag.To && f.verbal(f.skipAdverbs(i+1)):
			return one(Phrase{i + 1, f.clauseEnd(i + 1)})
		}
	}
	return nil
}

// clauseEnd returns where the words that belong to the clause of token i end.
func (f *Finder) clauseEnd(i int) int {
	c := f.at(i)
	for ; i < len(f.Tokens) && f.within(f.clauseOf[i], c); i++ {
		switch f.kind(i) {
		case token.Word, token.Number, token.Other:
		default:
			return i
		}
	}
	return i
}

// within reports whether clause c is, or stands in, clause outer.
func (f *Finder) within(c, outer int) bool {
	for n := 0; c != none && n < maxDepth; c, n = f.clauses[c].parent, n+1 {
		if c == outer {
			return true
		}
	}
	return false
}

func (f *Finder) predicate(m match.Match) Role {
	var r Role
	v := f.predicateVerb(m)
	if v >= 0 && f.reports(v) && !f.Passive(v) {
		// "find it appalling", "calls the law shameful"
		i := v + 1
		if f.is(i, "that") && f.tag(i) == tag.Subord {
			i++ // "says that the law is shameful"
		}
		if p := f.After(i); !p.Empty() && p.Start < m.End {
			r.Sources = f.Subjects(v)
			r.Targets = f.deed(f.List(i), v)
			return r
		}
	}
	var s Phrase
	if v >= 0 {
		s = f.Subject(v)
	}
	if s.Empty() || f.expletive(s) { // "it is shameful that he ..."
		if r.Targets = f.complementAfter(m.End); len(r.Targets) > 0 {
			return r
		}
	}
	if v < 0 && !f.verbs(m) {
		switch {
		case f.anyOf(m.End-1, "on", "to"): // "shame on the clerk"
			return Role{Targets: f.deed(f.List(m.End), m.Start)}
		case f.owns(m):
			return f.noun(nil, m) // "its condemnation of the"
		}
		return f.epithet(m)
	}
	if s.Empty() {
		return r
	}
	if f.is(s.Start, "there") { // "there is no truth to it"
		r.Targets = f.preposition(m.Start, 8, "to", "of", "in", "for", "about")
		return r
	}
	if f.is(s.Start, "it") && f.is(m.End, "to") {
		r.Targets = one(s) // "it is cruel to ...": nothing that stands before
		return r
	}
	if f.anyOf(m.End, "on", "upon") && f.acts(m) && f.chunk(m.End+1) > m.End+1 {
		r.Targets = f.deed(f.List(m.End+1), v) // "will impose costs on the bank"
		return r
	}
	r.Targets = f.deed(f.Subjects(v), v)
	if n := len(r.Targets) - 1; n >= 0 && f.is(r.Targets[n].End, "of") && f.chunk(r.Targets[n].End+1) > r.Targets[n].End+1 {
		r.Targets[n].End = f.chunk(r.Targets[n].End + 1) // "the scale of the bloodshed"
	}
	return r
}

func (f *Finder) epithet(m match.Match) Role {
	for m.Start+1 < m.End && f.verbal(m.Start) {
		m.Start++ // "[taken] dangerous steps"
	}
	if f.is(m.Start, "how") { // "how irresponsible it is"
		return Role{Targets: f.deed(f.List(m.End), m.Start)}
	}
	start := m.Start
	if p := f.endingAt(m.Start - 1); !p.Empty() && f.tag(m.Start-1) != tag.Pronoun {
		start = p.Start
	}
	for first := m.Start - maxPhrase; start > max(0, first); {
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
	return f.complementOf(p, m)
}

// complementOf gives the roles of a descriptive noun phrase: it may be said of
// something else ("the decree is a shameful farce", "blasted the decree as a
// shameful farce").
func (f *Finder) complementOf(p Phrase, m match.Match) Role {
	k := f.beforeAdverbs(p.Start) - 1
	if c := f.at(k); c != none {
		v := f.clauses[c].verb
		switch object := f.clauses[c].object; {
		case (f.tag(k) == tag.Be || k >= 0 && f.Tokens[k].Word.Is(f.Classes.Equate, 0) && f.tag(k).VerbLike()) && !f.expletive(f.subjectOf(c)):
			return Role{Targets: f.deed(f.Subjects(k), k)}
		case v < 0 || f.Passive(v) || object.Empty():
		case f.is(k, "as") && object.End == k,
			f.reports(v) && object.End == p.Start:
			return Role{Sources: f.Subjects(v), Targets: f.deed(f.List(object.Start), v)}
		}
	}
	if q := f.apposed(p); !q.Empty() {
		return Role{Targets: []Phrase{q}}
	}
	targets := f.deed([]Phrase{p}, m.Start)
	if len(targets) == 1 && targets[0] == p {
		targets = append(f.agent(p), p)
	}
	return Role{Targets: targets}
}

// apposed returns whom the phrase is said of in apposition: "Roe, a brutal
// dictator,".
func (f *Finder) apposed(p Phrase) Phrase {
	if f.kind(p.Start-1) != token.Comma || !f.anyOf(p.Start, "a", "an", "the") {
		return Phrase{}
	}
	q := f.endingAt(p.Start - 2)
	if q.Empty() || f.tag(q.End-1) != tag.Name || f.temporal(q) || f.tag(q.Start-1) == tag.Prep && f.is(q.Start-1, "in") {
		return Phrase{}
	}
	return f.shortest(q)
}
