package match

import (
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// A reference matches patterns in the plainest way: it tries every branch at
// every token, without symbols, anchors, prefilter or budget.
type reference struct {
	lemmas  map[string]string // of inflected forms
	classes map[string][]*pattern.Node
	toks    []tag.Token
	text    string
}

// A refSpan is a pair of tokens: the first and the one after the last.
type refSpan struct{ start, end int }

// spans lists all places where the pattern stands, the short ones too.
func (r *reference) spans(n *pattern.Node) map[refSpan]bool {
	all := map[refSpan]bool{}
	for i := range r.toks {
		r.walk(n, 0, i, 0, func(end, _ int) { all[refSpan{i, end}] = true })
	}
	return all
}

// walk calls next for each way to match n at token i, with the token after it
// and how many adverbs may be passed there. pos is what a class asks for.
func (r *reference) walk(n *pattern.Node, pos pattern.POS, i, adverbs int, next func(i, adverbs int)) {
	// one calls next if the next token but adverbs is fit.
	one := func(fit func(t *tag.Token) bool) {
		for passed := 0; i+passed < len(r.toks); passed++ {
			if fit(&r.toks[i+passed]) {
				next(i+passed+1, 2)
			}
			if passed == adverbs || !r.toks[i+passed].Skip {
				break
			}
		}
	}
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		one(func(t *tag.Token) bool { return r.is(n, t) && agree(pos, t.POS) })
	case pattern.Comma:
		one(func(t *tag.Token) bool { return t.Kind == token.Comma })
	case pattern.Class:
		if tags, ok := partsOfSpeech[n.Text]; ok {
			one(func(t *tag.Token) bool { return slices.Contains(tags, t.Tag) })
			return
		}
		for _, m := range r.classes[n.Text] {
			r.walk(m, n.POS, i, adverbs, next)
		}
	case pattern.Gap:
		for words := 0; ; i++ {
			next(i, 0)
			if i == len(r.toks) {
				return
			}
			t := &r.toks[i]
			switch t.Kind {
			case token.Semicolon, token.Stop, token.Question, token.Exclamation:
				return
			case token.Word, token.Number:
				words++
			}
			if words > n.N || t.Tag == tag.Not && n.N < 5 {
				return
			}
		}
	case pattern.Start:
		if i == 0 || r.toks[i-1].Kind == token.Open || r.toks[i-1].Kind == token.Dash || stop(&r.toks[i-1]) ||
			i < len(r.toks) && r.toks[i].Has(token.QuoteBefore) {
			next(i, adverbs)
		}
	case pattern.End:
		if i == len(r.toks) || r.toks[i].Kind == token.Close || r.toks[i].Kind == token.Dash || stop(&r.toks[i]) ||
			i > 0 && r.toks[i-1].Has(token.QuoteAfter) {
			next(i, adverbs)
		}
	case pattern.Opt:
		next(i, adverbs)
		r.walk(n.Kids[0], 0, i, adverbs, next)
	case pattern.Alt:
		for _, k := range n.Kids {
			r.walk(k, pos, i, adverbs, next)
		}
	case pattern.Seq:
		r.sequence(n.Kids, i, adverbs, next)
	}
}

func (r *reference) sequence(kids []*pattern.Node, i, adverbs int, next func(i, adverbs int)) {
	if len(kids) == 0 {
		next(i, adverbs)
		return
	}
	r.walk(kids[0], 0, i, adverbs, func(i, adverbs int) { r.sequence(kids[1:], i, adverbs, next) })
}

// is reports whether the token is the word n.
func (r *reference) is(n *pattern.Node, t *tag.Token) bool {
	if t.Kind != token.Word || !agree(n.POS, t.POS) {
		return false
	}
	lower := string(token.AppendLower(nil, r.text, &t.Token))
	switch n.Op {
	case pattern.Word:
		return lower == n.Text || r.lemmas[lower] == n.Text
	case pattern.Form:
		return lower == n.Text
	}
	return r.text[t.Start:t.End] == n.Text
}

func agree(asked, is pattern.POS) bool { return asked == 0 || is == 0 || asked&is != 0 }

func stop(t *tag.Token) bool {
	return slices.Contains([]token.Kind{token.Semicolon, token.Stop, token.Question, token.Exclamation}, t.Kind)
}

var partsOfSpeech = map[string][]tag.Tag{
	"noun": {tag.Noun, tag.Name},
	"name": {tag.Name},
	"verb": {tag.Verb, tag.Past, tag.Ing},
	"adj":  {tag.Adjective, tag.Past, tag.Ing},
	"adv":  {tag.Adverb},
	"ing":  {tag.Ing},
	"past": {tag.Past},
}
