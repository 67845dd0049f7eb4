// Package attribution finds who performs an act and towards whom: the subject
// and object of a cue, the possessor and complements of a noun, the speaker of
// a reported sentence. It works on tags, without a parser.
package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// A Phrase is a range of tokens, [Start, End).
type Phrase struct{ Start, End int }

// Empty reports whether the phrase has no tokens.
func (p Phrase) Empty() bool { return p.End <= p.Start }

// Classes are the word classes that attribution asks for.
type Classes struct {
	Report  vocab.Symbol // verbs of saying and thinking
	Control vocab.Symbol // verbs whose object does what the infinitive says: "urge"
	Of      vocab.Symbol // verbs with an "of" of their own: "accused the bank of fraud"
	Receive vocab.Symbol // light verbs whose subject gets what the noun says: "drew criticism"
	Commit  vocab.Symbol // verbs whose subject does the deed that is their object: "wage war"
	Equate  vocab.Symbol // verbs that say what their subject is: "marked an escalation"
	Desist  vocab.Symbol // verbs whose subject did it so far: "end the war"
	Stance  vocab.Symbol // verbs whose subject takes a stand: "demand"
	Purpose vocab.Symbol // nouns whose infinitive is no clause of their own: "the right to"
	Male    vocab.Symbol // words and names for men
	Female  vocab.Symbol // and for women
	Actor   vocab.Symbol // nouns for those who act: "government", "critics"
	Answer  vocab.Symbol // nouns for what answers a deed: "in response to"
	Heading vocab.Symbol // words that end a heading, and no speaker's name: "fact sheet:"
	Text    vocab.Symbol // nouns for what speaks for somebody: "statement", "report"
}

// All lists the classes.
func (c *Classes) All() []*vocab.Symbol {
	return []*vocab.Symbol{
		&c.Report, &c.Control, &c.Of, &c.Receive, &c.Commit, &c.Equate, &c.Desist, &c.Stance, &c.Purpose,
		&c.Male, &c.Female, &c.Actor, &c.Answer, &c.Heading, &c.Text,
	}
}

// Finder finds phrases in one sentence.
type Finder struct {
	Tokens  []tag.Token
	Text    string
	Classes Classes

	parsed      bool
	clauses     []clause
	clauseOf    []int // of each token
	reporting   int   // the clause that reports the rest of the sentence, or none
	accordingTo int   // where it says according to whom the sentence is so, or none
}

// Reset makes the finder look at another sentence.
func (f *Finder) Reset(tokens []tag.Token, text string) {
	f.Tokens, f.Text, f.parsed = tokens, text, false
}

func (f *Finder) tag(i int) tag.Tag {
	if i < 0 || i >= len(f.Tokens) {
		return tag.Punct
	}
	return f.Tokens[i].Tag
}

func (f *Finder) kind(i int) token.Kind {
	if i < 0 || i >= len(f.Tokens) {
		return token.Stop
	}
	return f.Tokens[i].Kind
}

func (f *Finder) is(i int, word string) bool { return equalFold(f.form(i), word) }

// form is what token i is looked up by, but for capitals; empty if there is none.
func (f *Finder) form(i int) string {
	if i < 0 || i >= len(f.Tokens) {
		return ""
	}
	if norm := f.Tokens[i].Norm(); norm != "" {
		return norm
	}
	return f.text(i)
}

// text is the text of token i.
func (f *Finder) text(i int) string { return f.Text[f.Tokens[i].Start:f.Tokens[i].End] }

// equalFold compares with a lower-case ASCII word.
func equalFold(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

func (f *Finder) anyOf(i int, words ...string) bool {
	form := f.form(i)
	for _, w := range words {
		if equalFold(form, w) {
			return true
		}
	}
	return false
}

// inside reports whether token i can stand inside a noun phrase before its
// head.
func (f *Finder) inside(i int) bool {
	switch f.tag(i) {
	case tag.Determiner, tag.Possessive, tag.Adjective, tag.NumberWord, tag.Noun, tag.Name:
		return true
	}
	return false
}

// After returns the noun phrase that begins at token i, or an empty one.
// Adverbs before it are skipped.
func (f *Finder) After(i int) Phrase {
	for i < len(f.Tokens) && (f.tag(i) == tag.Adverb || f.anyOf(i, "both")) {
		i++
	}
	if f.tag(i) == tag.Pronoun {
		if f.anyOf(i, "there", "here") {
			return Phrase{}
		}
		return Phrase{i, i + 1}
	}
	start, head := i, -1
	for ; i < len(f.Tokens) && i < start+maxPhrase; i++ {
		t := f.tag(i)
		switch {
		case t.Nominal():
			if t == tag.Pronoun {
				return f.trimmed(start, head)
			}
			head = i
			continue
		case f.inside(i):
			if (t == tag.Determiner || t == tag.Possessive && !f.Tokens[i].Has(token.Possessive)) && head >= 0 && !f.is(i-1, "of") {
				return f.trimmed(start, head)
			}
			continue
		case t == tag.Past || t == tag.Ing:
			// "Iran-backed militias", "continuing attacks"
			if head < 0 && f.inside(i+1) && f.tag(i+1) != tag.Determiner && (i > start || t == tag.Past && f.tag(i-1) == tag.Prep) {
				continue
			}
		case t == tag.Adverb && head < 0 && i > start:
			continue
		case t == tag.Conj && head < 0 && f.tag(i-1) == tag.Adjective && i > start:
			continue
		case t == tag.Prep && head >= 0 && f.is(i, "of") && f.inside(i+1) && (f.tag(head) != tag.Name || f.tag(i+1) == tag.Name):
			continue
		case f.kind(i) == token.Comma && head < 0 && f.tag(i-1) == tag.Adjective && f.tag(i+1) == tag.Adjective:
			continue
		}
		break
	}
	return f.trimmed(start, head)
}

// trimmed cuts a phrase after its head and off its titles.
func (f *Finder) trimmed(start, head int) Phrase {
	if head < 0 {
		return Phrase{}
	}
	return f.shortest(Phrase{start, head + 1})
}

// shortest cuts "Foreign Ministry spokeswoman Hua Chunying" to the name.
func (f *Finder) shortest(p Phrase) Phrase {
	for i := p.End - 1; i > p.Start; i-- {
		if f.tag(i) != tag.Name || f.Tokens[i].Word.Traits&vocab.Title != 0 && i < p.End-1 {
			break
		}
		if f.Tokens[i-1].Word.Traits&vocab.Title != 0 {
			return Phrase{i, p.End}
		}
	}
	// titles with a full stop: "Mr. Putin" has its stop inside the word or as a mark
	return p
}

// List returns the noun phrases of a coordination that begins at token i:
// "the United States, Britain and France".
func (f *Finder) List(i int) []Phrase { return f.list(i, none) }

// list is List for the subjects of the verb at v, or for others if that is
// none.
func (f *Finder) list(i, v int) []Phrase {
	first := f.After(i)
	if first.Empty() {
		return nil
	}
	list := []Phrase{first}
	for j := first.End; len(list) < maxList; {
		k := j
		if f.kind(k) == token.Comma {
			k++
		}
		conj := f.tag(k) == tag.Conj && !f.is(k, "but")
		if conj {
			k++
		}
		if k == j {
			break
		}
		next := f.After(k)
		if next.Empty() || v == none && f.finite(next.End) && !f.is(next.End+1, "by") || v != none && next.End > v || !conj && !f.listGoesOn(next.End) {
			break
		}
		list = append(list, next)
		j = next.End
		if conj {
			break
		}
	}
	return list
}

// maxList bounds a coordination.
const maxList = 8

// listGoesOn reports whether a conjunction follows later in the list, so that
// a comma separates its members and is no apposition.
func (f *Finder) listGoesOn(i int) bool {
	for n := 0; i < len(f.Tokens) && n < 3*maxList; i, n = i+1, n+1 {
		switch {
		case f.tag(i) == tag.Conj:
			return true
		case f.kind(i) == token.Comma, f.inside(i):
		default:
			return false
		}
	}
	return false
}

// finite reports whether a verb group begins at i.
func (f *Finder) finite(i int) bool {
	for f.tag(i) == tag.Adverb {
		i++
	}
	switch f.tag(i) {
	case tag.Verb, tag.Past, tag.Be, tag.Aux, tag.Modal:
		return true
	}
	return false
}

// Before returns the noun phrase whose last token is i, or an empty one. A
// prepositional attribute is passed: before "... of the bill said" stands
// "critics".
func (f *Finder) Before(i int) Phrase {
	p := f.endingAt(i)
	for n := 0; n < 4 && !p.Empty(); n++ {
		k := p.Start - 1
		if f.tag(k) != tag.Prep && f.tag(k) != tag.To {
			break
		}
		head := f.endingAt(k - 1)
		if head.Empty() || f.tag(k-1) == tag.NumberWord {
			break
		}
		p = head
	}
	if p.Empty() {
		return p
	}
	return f.shortest(p)
}

// endingAt returns the simple noun phrase whose last token is i.
func (f *Finder) endingAt(i int) Phrase {
	if f.tag(i) == tag.Pronoun {
		return Phrase{i, i + 1}
	}
	if !f.tag(i).Nominal() {
		return Phrase{}
	}
	start := i
	for j := i; j >= 0; j-- {
		switch f.tag(j) {
		case tag.Noun, tag.Name, tag.Adjective, tag.NumberWord, tag.Possessive:
			start = j
			continue
		case tag.Determiner:
			start = j
			// "... all the ministers"
			if f.tag(j-1) == tag.Determiner {
				start = j - 1
			}
			return Phrase{start, i + 1}
		case tag.Past, tag.Ing:
			if j < i && (f.tag(j-1) == tag.Determiner || f.tag(j-1) == tag.Possessive || f.tag(j-1) == tag.Adjective) {
				continue
			}
		}
		break
	}
	return Phrase{start, i + 1}
}
