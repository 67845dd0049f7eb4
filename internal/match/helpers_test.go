package match

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// A bench is a small lexicon: words with their grammar, classes and patterns.
type bench struct {
	t       testing.TB
	vocab   *vocab.Vocabulary
	classes Classes
	comp    *Compiler
	items   int32
	seen    Sentence
}

// grammar is what the tagger needs to know of the words of the tests.
var grammar = []struct {
	name    string
	trait   vocab.Trait
	members []string
}{
	{"determiner", vocab.Determiner, []string{"the", "a", "=this"}},
	{"nominative", vocab.Pronoun | vocab.Nominative, []string{"they", "he", "we"}},
	{"preposition", vocab.Preposition, []string{"of", "on", "in", "with", "by"}},
	{"conjunction", vocab.Conjunction, []string{"and", "or", "but"}},
	{"be", vocab.Be, []string{"be"}},
	{"modal", vocab.Modal, []string{"will", "would"}},
	{"to", vocab.To, []string{"to"}},
	{"not", vocab.Not, []string{"not", "never"}},
	{"adverb", vocab.Adverb, []string{"also", "abroad"}},
	{"skip", vocab.Skip, []string{"also"}},
	{"verbs", vocab.Verb, []string{"raid", "blame", "strike", "deal", "condemn", "call"}},
	{"nouns", vocab.Noun, []string{"raid", "strike", "deal", "port", "senate", "army", "mayor", "bridge"}},
	{"adjectives", vocab.Adjective, []string{"red", "cruel"}},
}

// newBench returns a bench whose compiler avoids the common words as anchors.
func newBench(t testing.TB, common ...string) *bench {
	b := &bench{t: t, vocab: vocab.New(), classes: Classes{}}
	words := map[string]bool{}
	for _, w := range common {
		words[w] = true
	}
	for _, form := range []string{"is", "was", "were"} {
		b.vocab.AddIrregular("be", form, 0)
	}
	b.vocab.AddIrregular("strike", "struck", vocab.FormPast)
	for _, g := range grammar {
		b.class(g.name, g.members...)
		b.vocab.GiveTrait(b.classes[g.name].symbol, g.trait)
	}
	b.comp = NewCompiler(b.vocab, b.classes, words, 0)
	return b
}

func (b *bench) parse(src string) *pattern.Node {
	n, err := pattern.Parse(src)
	require.NoError(b.t, err, src)
	return n
}

// class defines a class or adds to it.
func (b *bench) class(name string, members ...string) *bench {
	var nodes []*pattern.Node
	for _, m := range members {
		nodes = append(nodes, b.parse(m))
	}
	b.classes.AddClass(b.vocab, name, nodes)
	return b
}

// add compiles patterns; their items are numbered from 0.
func (b *bench) add(sources ...string) *bench {
	for _, src := range sources {
		require.NoError(b.t, b.comp.Add(b.items, b.parse(src)), src)
		b.items++
	}
	return b
}

// read splits and tags a sentence and notes its symbols and where they stand.
func (b *bench) read(text string) []tag.Token {
	b.seen.Reset(b.vocab)
	var toks []tag.Token
	var lower []byte
	for _, raw := range token.Append(nil, text, false) {
		w := &vocab.Word{}
		if raw.Kind == token.Word {
			lower = token.AppendLower(lower[:0], text, &raw)
			w = b.vocab.Lookup(string(lower))
			b.seen.Add(w)
		}
		toks = append(toks, tag.Token{Token: raw, Word: w})
	}
	tag.Assign(toks)
	b.seen.Place(toks)
	return toks
}

// matches finds all patterns in the sentence.
func (b *bench) matches(text string) []Match {
	toks := b.read(text)
	return b.comp.Matcher().Append(nil, &b.seen, text, toks)
}

// found gives the text of each match.
func (b *bench) found(text string) []string {
	toks := b.read(text)
	spans := []string{}
	for _, m := range b.comp.Matcher().Append(nil, &b.seen, text, toks) {
		spans = append(spans, text[toks[m.Start].Start:toks[m.End-1].End])
	}
	return spans
}

// possible reports whether any word of the sentence says that a pattern may
// stand in it.
func (b *bench) possible(text string) bool {
	toks := b.read(text)
	m := b.comp.Matcher()
	for i := range toks {
		if m.Possible(&b.seen, toks[i].Word) {
			return true
		}
	}
	return false
}

// find gives the text of each match of one pattern.
func find(t testing.TB, src, text string) []string {
	return newBench(t).add(src).found(text)
}
