package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// actor reports whether the phrase is somebody who can act: a name, a person,
// an office, a body.
func (f *Finder) actor(p Phrase) bool {
	if p.Empty() || f.expletive(p) || f.temporal(p) {
		return false
	}
	head := &f.Tokens[p.End-1]
	switch head.Tag {
	case tag.Name:
		return true
	case tag.Pronoun:
		return f.anyOf(p.End-1, "i", "we", "you", "he", "she", "they", "him", "her", "them", "me", "us", "those", "anyone", "anybody", "whoever", "everyone", "someone", "who")
	}
	return head.Is(vocab.Title) || head.Word.Is(f.Classes.Actor, 0)
}

// actors reports whether one of the phrases is an actor.
func (f *Finder) actors(list []Phrase) bool {
	for _, p := range list {
		if f.actor(p) {
			return true
		}
	}
	return false
}

// agrees reports whether a phrase can be the "he" or "she" at token i.
func (f *Finder) agrees(i int, p Phrase) bool {
	other := f.Classes.Male
	if f.anyOf(i, "he", "him", "his") {
		other = f.Classes.Female
	}
	for k := p.Start; k < p.End; k++ {
		if f.Tokens[k].Word.Is(other, 0) {
			return false
		}
	}
	return true
}

// person reports whether the phrase names a person: by a title, a first name or
// a word for a man or woman.
func (f *Finder) person(p Phrase) bool {
	for i := p.Start; i < p.End; i++ {
		if f.Tokens[i].Is(vocab.Title) || f.Tokens[i].Word.Is(f.Classes.Male, 0) || f.Tokens[i].Word.Is(f.Classes.Female, 0) {
			return true
		}
	}
	return p.End-p.Start == 2 && f.tag(p.Start) == tag.Name
}

// possessor returns whose the phrase is if it says so by name ("the junta's
// raids") and is no actor itself ("the junta's envoy"), in its shortest form.
func (f *Finder) possessor(p Phrase) Phrase {
	for i := p.End - 2; i > p.Start; i-- {
		if f.tag(i) == tag.Possessive && f.Tokens[i].Has(token.Possessive) {
			owner := f.endingAt(i - 1)
			owner.Start = max(owner.Start, p.Start)
			if f.actor(owner) && !f.actor(p) {
				return f.shortest(owner)
			}
			return Phrase{}
		}
	}
	return Phrase{}
}

// agent returns who does the deed that the phrase names, where that is the
// subject of a verb of doing: "as the junta wages a brutal war".
func (f *Finder) agent(p Phrase) []Phrase {
	k := f.beforeAdverbs(p.Start) - 1
	for f.tag(k) == tag.Prep && f.anyOf(k, "in", "with", "on", "by") {
		k-- // "engage in", "carry on with"
	}
	if !f.tag(k).VerbLike() {
		// "promoted lies and reckless conspiracy theories"
		c := f.at(p.Start)
		if c == none || f.clauses[c].object.Empty() || p.Start < f.clauses[c].object.Start || f.tag(k) != tag.Conj && p.Start > f.clauses[c].object.Start {
			return nil
		}
		k = f.clauses[c].verb
	}
	if k < 0 || f.Passive(k) {
		return nil
	}
	if c := f.at(k); f.Tokens[k].Word.Is(f.Classes.Desist, 0) && f.clauses[c].kind == infinitive {
		return one(f.clauses[c].subject) // "urged the junta to end the brutal war"
	}
	if !f.Tokens[k].Word.Is(f.Classes.Commit, 0) {
		return nil
	}
	subjects := f.Subjects(k)
	if len(subjects) == 0 || f.expletive(subjects[0]) || f.anyOf(subjects[0].Start, "i", "we") {
		return nil
	}
	return subjects
}

// Things reports whether the phrases can perform no act.
func (f *Finder) Things(list []Phrase) bool { return len(list) > 0 && f.thing(list) }

// Owned reports whether the phrase is a thing of the speaker's: "our position".
func (f *Finder) Owned(p Phrase) bool {
	return p.End-p.Start > 1 && f.anyOf(p.Start, "my", "our") && f.thing([]Phrase{p})
}

// thing reports whether the phrases can perform no act: "the manoeuvres".
func (f *Finder) thing(list []Phrase) bool {
	for _, p := range list {
		if f.actor(p) || f.document(p) {
			return false
		}
	}
	return true
}
