package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// maxDepth bounds how many clauses a search climbs.
const maxDepth = 8

// maxLookBack bounds how many clauses, and how many tokens, an antecedent is
// looked for.
const maxLookBack = 128

// at returns the clause of token i, or none.
func (f *Finder) at(i int) int {
	f.parseOnce()
	if i < 0 || i >= len(f.clauseOf) {
		return none
	}
	return f.clauseOf[i]
}

// Subject returns the subject of the verb at token v, in its shortest form.
// Of several it is the first.
func (f *Finder) Subject(v int) Phrase {
	p := f.subjectOf(f.at(v))
	if p.Empty() {
		return p
	}
	return f.name(p)
}

// First returns the subject of the sentence's first clause that has one, in its
// shortest form.
func (f *Finder) First() Phrase {
	f.at(0)
	for i := range f.clauses {
		if p := f.clauses[i].subject; f.clauses[i].verb != none && !f.expletive(p) {
			return f.name(p)
		}
	}
	return Phrase{}
}

// subjectOf returns the subject of a clause, which may be that of another one.
func (f *Finder) subjectOf(c int) Phrase {
	for n := 0; c != none && n < maxDepth; n++ {
		if p := f.clauses[c].subject; !p.Empty() {
			return p
		}
		c = f.clauses[c].share
	}
	return Phrase{}
}

// Subjects returns all the subjects of the verb at token v: "Paris and Berlin".
func (f *Finder) Subjects(v int) []Phrase {
	p := f.Subject(v)
	switch {
	case p.Empty():
		return nil
	case f.tag(p.Start) == tag.Pronoun || f.tag(p.Start) == tag.Possessive:
		return one(f.antecedent(p, v))
	}
	if list := f.list(p.Start, v); len(list) > 1 {
		return list
	}
	return one(p)
}

// name is the shortest form of a subject. The name of a person may stand
// behind the office: "the Speaker of the House Jane Roe".
func (f *Finder) name(p Phrase) Phrase {
	if f.Tokens[p.End-1].Is(vocab.Title) && f.is(p.End, "of") {
		end := f.chunk(p.End + 1)
		k := end
		for k > p.End+1 && f.tag(k-1) == tag.Name {
			k--
		}
		if end-k >= 3 {
			return Phrase{k + 1, end}
		}
	}
	if head := &f.Tokens[p.End-1]; head.Tag == tag.Name && f.tag(p.Start) == tag.Name && f.tag(p.End) == tag.Prep {
		// "Movement for Change leader Ada Roe"
		if end := f.chunk(p.End + 1); f.tag(p.End+1) == tag.Name && end-p.End > 3 {
			if q := f.shortest(Phrase{p.End + 1, end}); q.Start > p.End+2 {
				return q
			}
		}
	}
	return f.shortest(p)
}

// antecedent returns what a pronoun of the third person stands for, as far as
// the sentence says; v is the verb whose subject or object it is.
func (f *Finder) antecedent(p Phrase, v int) Phrase {
	if p.End-p.Start != 1 {
		return p
	}
	person, thing := f.anyOf(p.Start, "he", "she", "him", "her", "his"), f.anyOf(p.Start, "it", "its")
	if own := f.subjectOf(f.at(v)); f.is(p.Start, "my") && f.is(own.Start, "i") || f.is(p.Start, "our") && f.is(own.Start, "we") {
		return own
	}
	if !person && !thing && !f.anyOf(p.Start, "they", "them", "their") {
		return p
	}
	own := f.subjectOf(f.at(v))
	object := own != p
	possessive := f.tag(p.Start) == tag.Possessive
	suits := func(q Phrase) bool {
		if q.Empty() || q.End > p.Start || object && !possessive && q == own || f.tag(q.Start) == tag.Pronoun && q.End-q.Start == 1 {
			return false
		}
		head := &f.Tokens[q.End-1]
		if person && !f.agrees(p.Start, q) {
			return false
		}
		isPerson := head.Is(vocab.Title) || head.Tag == tag.Name && q.End-q.Start > 1 && f.shortest(q) != q
		switch {
		case person:
			return isPerson || head.Tag == tag.Name && (!head.Is(vocab.FormS) || q.End-q.Start > 1)
		case thing:
			return !isPerson && (head.Tag == tag.Name || head.Tag == tag.Noun && !head.Is(vocab.FormS))
		}
		return f.plural(q) || !isPerson && f.actor(q)
	}
	// the subjects around it, then what stands before it
	for c, n := f.clauses[f.at(p.Start)].parent, 0; c != none && n < maxDepth; c, n = f.clauses[c].parent, n+1 {
		if q := f.subjectOf(c); !object && suits(q) {
			return f.name(q)
		}
	}
	if own := f.clauses[f.at(p.Start)].object; possessive && f.actor(own) && suits(own) {
		return f.name(own) // "holds Riga accountable for its raid"
	}
	if object && !possessive && f.clauses[f.at(p.Start)].kind == participle {
		// "rejected the plan to move the port, calling it"
		if o := f.clauses[f.at(p.Start)].parent; o != none && suits(f.clauses[o].object) {
			return f.name(f.clauses[o].object)
		}
	}
	for c, first := f.at(p.Start), f.at(p.Start)-maxLookBack; c >= max(0, first); c-- {
		k := &f.clauses[c]
		first, second := f.subjectOf(c), k.object
		if object && !possessive {
			first, second = second, first
		}
		if suits(first) {
			return f.name(first)
		}
		if suits(second) {
			return f.name(second)
		}
	}
	for i := p.Start - 1; i >= max(0, p.Start-maxLookBack); i-- { // "Ms Roe's envoy read out her denial"
		if !f.tag(i).Nominal() || f.tag(i+1).Nominal() {
			continue
		}
		q := f.endingAt(i)
		if suits(q) && f.actor(q) && (!person || f.person(q)) {
			return f.shortest(q)
		}
	}
	return p
}

// plural reports whether the phrase has a plural noun.
func (f *Finder) plural(p Phrase) bool {
	for i := p.Start; i < p.End; i++ {
		if f.Tokens[i].Is(vocab.FormS) && f.tag(i) == tag.Noun {
			return true
		}
	}
	return false
}

// Reporter returns who says what stands at token i: the subject of the verb of
// saying that governs its clause, or according to whom it is so.
func (f *Finder) Reporter(i int) []Phrase {
	c := f.at(i)
	for n := 0; c != none && n < maxDepth; n++ {
		k := &f.clauses[c]
		o := k.parent
		if o != none && k.kind != adverbial && k.kind != relative && f.reports(f.clauses[o].verb) && f.clauses[o].verb < i {
			if list := f.speakers(o); len(list) > 0 {
				return list
			}
		}
		c = o
	}
	if r := f.reporting; r != none && f.at(i) != r {
		return f.speakers(r)
	}
	if f.accordingTo != none {
		return f.List(f.accordingTo)
	}
	return nil
}

// according reports whether "according to" begins at token i.
func (f *Finder) according(i int) bool { return f.is(i, "according") && f.is(i+1, "to") }

// document reports whether the phrase is one for what speaks for somebody.
func (f *Finder) document(p Phrase) bool {
	return !p.Empty() && f.Tokens[p.End-1].Word.Is(f.Classes.Text, 0)
}

// Voice returns whose words a reproachful adjective at token i are: "I" or "we"
// if that is the subject of a clause around it, or somebody who takes a stand in
// one ("the premier demands an end to the brutal war").
func (f *Finder) Voice(i int) []Phrase {
	c := f.at(i)
	for n := 0; c != none && n < maxDepth && f.clauses[c].kind != adverbial; n++ {
		k := &f.clauses[c]
		if p := k.subject; !p.Empty() {
			if p.End-p.Start == 1 && f.anyOf(p.Start, "i", "we") {
				return one(p)
			}
			if k.verb >= 0 && f.Tokens[k.verb].Word.Is(f.Classes.Stance, 0) && f.actor(p) && k.verb < i && !f.Passive(k.verb) {
				return f.Subjects(k.verb)
			}
			if k.kind == mainClause {
				return nil
			}
		} else if k.share != none && k.kind == mainClause {
			c = k.share
			continue
		}
		c = k.parent
	}
	return nil
}

// speakers returns the subjects of the verb of a clause, unless they can be no
// speakers.
func (f *Finder) speakers(c int) []Phrase {
	v := f.clauses[c].verb
	if v == f.clauses[c].reduced || f.Passive(v) {
		return nil
	}
	if p := f.subjectOf(c); f.expletive(p) || f.is(p.Start, "you") {
		return nil
	}
	return f.Subjects(v)
}

// Passive reports whether the participle at v is passive.
func (f *Finder) Passive(v int) bool {
	if f.tag(v) != tag.Past {
		return false
	}
	if c := f.at(v); c != none && f.clauses[c].reduced == v {
		return true
	}
	i := v - 1
	for f.tag(i) == tag.Adverb || f.tag(i) == tag.Not {
		i--
	}
	if f.tag(i) == tag.Be || f.anyOf(i, "get", "gets", "got", "being") {
		return true
	}
	// "a law criticised by"
	return f.is(v+1, "by") && f.tag(i) != tag.Aux
}

// By returns the agents after "by" within the clause from i on.
func (f *Finder) By(i int) []Phrase { return f.preposition(i, 10, "by") }

// preposition returns the noun phrases after the first of the given
// prepositions within reach tokens from i.
func (f *Finder) preposition(i, reach int, words ...string) []Phrase {
	for n := 0; i < len(f.Tokens) && n < reach; i, n = i+1, n+1 {
		switch f.kind(i) {
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return nil
		case token.Comma:
			if n > 0 {
				return nil
			}
		}
		if t := f.tag(i); t != tag.Prep && t != tag.To && t != tag.Subord {
			if t == tag.Verb || t == tag.Modal || t == tag.Wh {
				return nil
			}
			continue
		}
		if !f.anyOf(i, words...) || f.temporal(Phrase{i + 1, f.chunk(i + 1)}) {
			continue
		}
		list := f.List(i + 1)
		if len(list) == 1 && f.Tokens[list[0].End-1].Word.Is(f.Classes.Answer, 0) && f.is(list[0].End, "to") {
			return f.List(list[0].End + 1) // "in response to the raid"
		}
		if len(list) > 0 {
			return list
		}
		return one(f.deedAfter(i))
	}
	return nil
}
