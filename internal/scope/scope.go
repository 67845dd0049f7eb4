// Package scope decides which cues a context modifier reaches: what negation,
// refusal, request or condition does to the words after or before it.
//
// It follows NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009):
// modifiers have a direction and a limit, terminators cut the scope off, and
// pseudo-triggers are no modifiers at all. It adds one piece of grammar: a
// scope does not pass a verb that governs something of its own.
package scope

import (
	"slices"

	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// Direction says on which side of its words a modifier reaches.
type Direction uint8

// The directions.
const (
	Forward Direction = iota
	Backward
	Both
	Inside // only cues that share words with the modifier
)

// A Modifier is the reach of one context entry.
type Modifier struct {
	Direction Direction
	Limit     int  // words
	Clause    bool // reaches into a clause with a subject of its own, as "if" does
	Question  bool // works in questions only
}

// A Context is what scopes depend on in the sentence at hand.
type Context struct {
	Tokens      []tag.Token
	Terminators []match.Match // in the order of their starts
	Transparent vocab.Symbol  // class of the verbs that hand a scope on
	Disjunction vocab.Symbol  // class of the conjunctions that carry it over: "or", "nor"
}

// Farthest is how many tokens there may be between a modifier and a cue that it
// reaches, however few of them count as words: twice the highest limit.
const Farthest = 80

// Reaches reports whether a modifier found at m reaches the cue found at c.
func (ctx *Context) Reaches(mod Modifier, m, c match.Match) bool {
	if mod.Direction == Inside {
		return m.Start < c.End && c.Start < m.End
	}
	if m.Start >= c.Start && m.Start < c.End {
		return false // words of the cue itself
	}
	reached := mod.Direction != Backward && c.End > m.Start && c.Start >= m.Start && ctx.forward(mod, m, c) ||
		mod.Direction != Forward && c.End <= m.Start && ctx.backward(mod, m, c)
	return reached && (!mod.Question || ctx.Asked(c))
}

// Asked reports whether the clause of c ends in a question mark.
func (ctx *Context) Asked(c match.Match) bool {
	for _, t := range ctx.Tokens[c.End-1:] {
		switch t.Kind {
		case token.Question:
			return true
		case token.Semicolon, token.Stop, token.Exclamation:
			return false
		}
	}
	return false
}

func (ctx *Context) forward(mod Modifier, m, c match.Match) bool {
	words := 0
	governed := false // behind a verb that has something of its own to govern
	for i := m.End; i < len(ctx.Tokens) && i <= m.End+Farthest; i++ {
		if i >= c.Start {
			return !governed
		}
		t := &ctx.Tokens[i]
		switch t.Kind {
		case token.Word, token.Number:
		case token.Comma, token.Dash, token.Open:
			// a condition ends at a comma: "if he was there, no, he did not know"
			if after := ctx.afterAside(i); after > i && (!mod.Clause || i == m.End) {
				i = after - 1
			} else if t.Kind != token.Comma || !ctx.coordinates(i) {
				return false
			}
			continue
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return false
		default:
			continue
		}
		if ctx.terminated(i, m) || !mod.Clause && startsClause(t) {
			return false
		}
		if t.Tag == tag.Conj && i+1 < len(ctx.Tokens) {
			switch next := ctx.Tokens[i+1].Tag; {
			case t.Word.Is(ctx.Disjunction, 0):
				// "did not attend the talks or condemn"
				governed = governed && !next.VerbLike() && next != tag.Adverb && next != tag.To
			case next == tag.Past:
				return false // a new finite verb: "refused to comment and condemned"
			}
		}
		if !t.Skip && t.Tag != tag.Adverb && t.Tag != tag.Conj {
			words++
		}
		if words >= mod.Limit {
			return false
		}
		if t.Tag.VerbLike() && !t.Word.Is(ctx.Transparent, 0) {
			// the verb's own complement is out of reach, but not a verb
			// coordinated with it
			governed = i+1 >= len(ctx.Tokens) || ctx.Tokens[i+1].Tag != tag.Conj && ctx.Tokens[i+1].Kind != token.Comma
		}
	}
	return !governed && c.Start <= m.End+Farthest
}

// longestAside is the longest aside, in tokens, that a scope passes over: "did
// not, in the end, condemn".
const longestAside = 6

// afterAside returns the token after an aside between commas, dashes or
// brackets that begins at i, or i. An aside has no verb.
func (ctx *Context) afterAside(i int) int {
	if i >= len(ctx.Tokens) {
		return i
	}
	closing := ctx.Tokens[i].Kind
	switch closing {
	case token.Comma, token.Dash:
	case token.Open:
		closing = token.Close
	default:
		return i
	}
	for j := i + 1; j < len(ctx.Tokens) && j <= i+longestAside; j++ {
		if ctx.Tokens[j].Kind == closing {
			return j + 1
		}
		if ctx.Tokens[j].Tag.VerbLike() {
			break
		}
	}
	return i
}

// startsClause reports whether a clause with a subject of its own begins at t.
func startsClause(t *tag.Token) bool {
	return t.Tag == tag.Wh || t.Tag == tag.Subord || t.Tag == tag.Pronoun && t.Is(vocab.Nominative)
}

// coordinates reports whether the comma at i stands in a list of like words
// ("condemn, criticise or blame") and not at the end of a clause.
func (ctx *Context) coordinates(i int) bool {
	if i == 0 || i+1 >= len(ctx.Tokens) {
		return false
	}
	a, b := ctx.Tokens[i-1].Tag, ctx.Tokens[i+1].Tag
	return a == b && (a == tag.Verb || a == tag.Noun || a == tag.Adjective) || b == tag.Conj || b == tag.To
}

func (ctx *Context) backward(mod Modifier, m, c match.Match) bool {
	words := 0
	for i := m.Start - 1; i >= 0 && i >= m.Start-1-Farthest; i-- {
		if i < c.End {
			return true
		}
		t := &ctx.Tokens[i]
		switch t.Kind {
		case token.Word, token.Number:
		case token.Dash, token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return false
		default:
			continue
		}
		if ctx.terminated(i, m) || !mod.Clause && t.Tag == tag.Subord {
			return false
		}
		if !t.Skip {
			words++
		}
		if words >= mod.Limit {
			return false
		}
	}
	return false
}

func (ctx *Context) terminated(i int, m match.Match) bool {
	first, _ := slices.BinarySearchFunc(ctx.Terminators, i, func(t match.Match, i int) int { return t.Start - i })
	for _, t := range ctx.Terminators[first:] {
		if t.Start > i {
			break
		}
		if !(m.Start <= t.Start && t.End <= m.End) {
			return true
		}
	}
	return false
}
