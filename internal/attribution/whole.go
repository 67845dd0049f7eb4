package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// maxAttributes is how many prepositional attributes a phrase may have.
const maxAttributes = 2

// whole adds to a common noun the attributes that say which one it is: "the
// envoy to Berlin", "residents of the port", "those who lied".
func (f *Finder) whole(p Phrase) Phrase {
	if p.Empty() {
		return p
	}
	if f.tag(p.End-1) == tag.Pronoun {
		return f.withRelative(p)
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
		i++
	}
	for i > p.End && f.kind(i-1) != token.Word && f.kind(i-1) != token.Number {
		i--
	}
	return Phrase{p.Start, i}
}
