package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// maxAttributes is how many prepositional attributes a phrase may have.
const maxAttributes = 2

// wholes makes phrases whole, in place, and drops what names nobody and
// nothing: a relative pronoun, bare adverbs.
func (f *Finder) wholes(list []Phrase) []Phrase {
	kept := list[:0]
	for _, p := range list {
		if p = f.whole(p); f.names(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// names reports whether the phrase has a noun, name or pronoun.
func (f *Finder) names(p Phrase) bool {
	if p.End-p.Start == 1 && f.anyOf(p.Start, "the", "a", "an") {
		return false // broken off
	}
	for i := p.Start; i < p.End; i++ {
		if f.is(i, "whoever") || f.tag(i).Nominal() || f.tag(i) == tag.Ing || f.tag(i) == tag.Possessive || f.tag(i) == tag.Adjective {
			return true
		}
	}
	return false
}

// whole adds to a common noun the attributes that say which one it is: "the
// envoy to Berlin", "residents of the port", "those who lied".
func (f *Finder) whole(p Phrase) Phrase {
	for !p.Empty() && f.kind(p.Start) == token.Comma {
		p.Start++
	}
	if p.Empty() {
		return p
	}
	if f.tag(p.End-1) == tag.Pronoun {
		return f.withRelative(p)
	}
	if f.is(p.Start, "that") && f.tag(p.Start+1) == tag.Name && p.End-p.Start > 1 {
		p.Start++ // "he said before that Roe was a liar"
	}
	if f.tag(p.End-1) == tag.Name || f.complemented(p) {
		return p
	}
	for range maxAttributes {
		if f.tag(p.End) != tag.Prep && f.tag(p.End) != tag.To {
			break
		}
		end := f.chunk(p.End + 1)
		if end == p.End+1 || f.temporal(Phrase{p.End + 1, end}) || f.tag(p.End+1) == tag.Pronoun {
			break
		}
		if !f.attaches(p.End, end) {
			break
		}
		p.End = end
	}
	return p
}

// attaches reports whether the preposition at i and its noun phrase, which ends
// at end, say more of the noun before it, and not of the verb.
func (f *Finder) attaches(i, end int) bool {
	switch {
	case f.anyOf(i, "of", "against", "between"):
		return true
	case f.anyOf(i, "on", "in", "at", "to", "from", "for"):
		return f.finite(end) || f.tag(end-1) == tag.Name && !f.is(i, "from") || f.is(i, "on")
	}
	return false
}

// complemented reports whether the verb before the phrase has an "of" or "on" of
// its own for what follows: "accused the bank of fraud".
func (f *Finder) complemented(p Phrase) bool {
	k := f.beforeAdverbs(p.Start) - 1
	return k >= 0 && f.Tokens[k].Word.Is(f.Classes.Of, 0)
}

// withRelative adds the relative clause that alone says who "those" are.
func (f *Finder) withRelative(p Phrase) Phrase {
	if p.End-p.Start != 1 || !f.anyOf(p.Start, "those", "anyone", "anybody", "whoever", "everyone", "someone") || !f.is(p.End, "who") && !f.is(p.End, "that") {
		return p
	}
	c := f.at(p.End)
	i := p.End
	for i < len(f.Tokens) && f.within(f.clauseOf[i], c) && f.kind(i) != token.Comma && f.kind(i) != token.Dash && f.kind(i) != token.Semicolon {
		if f.tag(i) == tag.Modal && i > f.clauses[c].verb && f.clauses[c].verb > p.End && f.tag(i-1) != tag.Conj {
			break // "those who stay | will be sent home"
		}
		i++
	}
	for i > p.End && f.kind(i-1) != token.Word && f.kind(i-1) != token.Number {
		i--
	}
	return Phrase{p.Start, i}
}
