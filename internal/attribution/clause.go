package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// maxDepth bounds how many clauses a search for a subject climbs.
const maxDepth = 6

// Subject returns the subject of the verb at token v.
func (f *Finder) Subject(v int) Phrase { return f.subject(v, 0) }

func (f *Finder) subject(v, depth int) Phrase {
	if depth > maxDepth || v < 0 {
		return Phrase{}
	}
	participle := f.tag(v) == tag.Ing
	i := v - 1
	for steps := 0; i >= 0 && steps < 60; steps++ {
		switch t := f.tag(i); {
		case t == tag.Be || t == tag.Aux || t == tag.Modal:
			participle = false
			i--
		case t == tag.Adverb || t == tag.Not:
			i--
		case t == tag.To:
			// an infinitive takes the subject of what governs it
			g := f.verbBefore(i - 1)
			if g < 0 {
				return Phrase{}
			}
			return f.subject(g, depth+1)
		case t == tag.Conj:
			if p := f.coordinated(v, i, depth); !p.Empty() {
				return p
			}
			return Phrase{}
		case f.relative(i):
			return f.antecedent(i)
		case t == tag.Wh || t == tag.Subord:
			if participle {
				if g := f.verbBefore(i - 1); g >= 0 {
					return f.subject(g, depth+1)
				}
				return f.afterComma(v)
			}
			return Phrase{}
		case t == tag.Prep && participle:
			// "joined France in condemning"
			if g := f.verbBefore(i - 1); g >= 0 {
				return f.subject(g, depth+1)
			}
			return f.afterComma(v)
		case f.kind(i) == token.Comma:
			if participle {
				if g := f.verbBefore(i - 1); g >= 0 {
					return f.subject(g, depth+1)
				}
				return f.Before(i - 1)
			}
			if k := f.openingComma(i); k >= 0 {
				if p := f.Before(k - 1); !p.Empty() && !f.fronted(p) {
					return p
				}
			}
			if f.tag(i - 1).Nominal() {
				if p := f.Before(i - 1); !p.Empty() && p.Start == 0 {
					return p
				}
			}
			if g := f.verbBefore(i - 1); g >= 0 {
				return f.subject(g, depth+1)
			}
			return Phrase{}
		case f.kind(i) == token.Close:
			for i >= 0 && f.kind(i) != token.Open {
				i--
			}
			i--
		case f.kind(i) == token.Dash:
			k := i - 1
			for k >= 0 && f.kind(k) != token.Dash {
				k--
			}
			if k < 0 {
				return Phrase{}
			}
			i = k - 1
		case t.Nominal():
			if participle && f.tag(i) != tag.Pronoun && f.gerundOf(i) {
				return f.subject(f.verbBefore(i), depth+1)
			}
			return f.withTime(i)
		default:
			return Phrase{}
		}
	}
	if i < 0 && (participle || f.tag(v) == tag.Past) {
		return f.afterComma(v)
	}
	return Phrase{}
}

// gerundOf reports whether a participle after the noun at i belongs to the
// subject of the clause and not to the noun: "issued a statement condemning".
func (f *Finder) gerundOf(i int) bool {
	g := f.verbBefore(i)
	return g >= 0
}

// withTime returns the noun phrase ending at i, passing over an adverbial of
// time between subject and verb: "Erdogan on Wednesday blamed".
func (f *Finder) withTime(i int) Phrase {
	p := f.endingAt(i)
	if !p.Empty() && f.tag(p.Start-1) == tag.Prep && f.anyOf(p.Start-1, "on", "in", "at", "during", "after", "since") {
		if q := f.endingAt(p.Start - 2); !q.Empty() {
			return f.Before(p.Start - 2)
		}
	}
	if p.End-p.Start > 1 && f.weekday(p.End-1) {
		return f.Before(p.End - 2)
	}
	if p.End-p.Start > 2 && f.anyOf(p.End-1, "week", "month", "year") {
		return f.Before(p.End - 3)
	}
	return f.Before(i)
}

func (f *Finder) weekday(i int) bool {
	return f.anyOf(i, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday")
}

// fronted reports whether the phrase is part of an adverbial at the start of
// the sentence ("On Friday, ...").
func (f *Finder) fronted(p Phrase) bool { return p.Start > 0 && f.tag(p.Start-1) == tag.Prep }

// relative reports whether token i is a relative pronoun.
func (f *Finder) relative(i int) bool {
	if !f.anyOf(i, "who", "which", "that") {
		return false
	}
	return f.tag(i-1).Nominal() || f.kind(i-1) == token.Comma && !f.is(i, "that")
}

func (f *Finder) antecedent(i int) Phrase {
	i--
	if f.kind(i) == token.Comma {
		i--
	}
	return f.Before(i)
}

// coordinated returns the subject that the verb at v shares with the verb
// before the conjunction at c.
func (f *Finder) coordinated(v, c, depth int) Phrase {
	g := f.verbBefore(c - 1)
	if g < 0 {
		return Phrase{}
	}
	return f.subject(g, depth+1)
}

// verbBefore returns the nearest verb at or before i in the same sentence
// part, or -1. Participles that modify nouns are passed.
func (f *Finder) verbBefore(i int) int {
	for ; i >= 0; i-- {
		switch f.kind(i) {
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return -1
		}
		switch f.tag(i) {
		case tag.Verb, tag.Past:
			return i
		case tag.Ing:
			if f.tag(i-1) == tag.Be || f.tag(i-1) == tag.Adverb || f.kind(i-1) == token.Comma || f.tag(i-1) == tag.Prep {
				return i
			}
		case tag.Be, tag.Aux, tag.Modal:
			return i
		}
	}
	return -1
}

// afterComma returns the subject of the main clause after a fronted participle
// clause: "Speaking in Geneva, the envoy ...".
func (f *Finder) afterComma(v int) Phrase {
	for i := v + 1; i < len(f.Tokens); i++ {
		switch f.kind(i) {
		case token.Comma:
			if p := f.After(i + 1); !p.Empty() && f.finite(p.End) {
				return p
			}
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return Phrase{}
		}
	}
	return Phrase{}
}

// openingComma returns the comma that opens the apposition or aside which the
// comma at i closes, or -1.
func (f *Finder) openingComma(i int) int {
	for k := i - 1; k > 0; k-- {
		switch f.kind(k) {
		case token.Comma:
			return k
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return -1
		}
	}
	return -1
}

// Passive reports whether the participle at v is passive.
func (f *Finder) Passive(v int) bool {
	if f.tag(v) != tag.Past {
		return false
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
		if f.anyOf(i, words...) {
			return f.List(i + 1)
		}
	}
	return nil
}

// Object returns the objects of the verb whose last token is before i.
func (f *Finder) Object(i int) []Phrase {
	for f.tag(i) == tag.Adverb {
		i++
	}
	switch {
	case f.tag(i) == tag.Subord || f.tag(i) == tag.Determiner && f.is(i, "that"):
		if f.is(i, "that") {
			return f.List(i + 1) // "accepts that the army ...": whom it is about
		}
		return nil
	case f.tag(i) == tag.Past || f.tag(i) == tag.Ing:
		return nil
	}
	return f.List(i)
}
