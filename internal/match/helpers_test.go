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

	finder *Finder // of the finished matcher
	words  *vocab.Table
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
	for _, w := range common {
		b.vocab.AddCommon(w)
	}
	for _, form := range []string{"is", "was", "were"} {
		b.vocab.AddIrregular("be", form, 0)
	}
	b.vocab.AddIrregular("strike", "struck", vocab.FormPast)
	for _, g := range grammar {
		b.class(g.name, g.members...)
		b.vocab.GiveTrait(b.classes[g.name].symbol, g.trait)
	}
	b.comp = NewCompiler(b.vocab, b.classes)
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
		require.NoError(b.t, b.comp.Add(Cues, b.items, b.parse(src)), src)
		b.items++
	}
	return b
}

// finish ends the building of the bench, once.
func (b *bench) finish() {
	if b.finder != nil {
		return
	}
	m, words, err := b.comp.Finish()
	require.NoError(b.t, err)
	b.finder, b.words = m.NewFinder(), words
}

// read splits a sentence, and tags it if asked to.
func (b *bench) read(text string, tagged bool) []tag.Token {
	b.finish()
	var toks []tag.Token
	var lower []byte
	for _, raw := range token.Append(nil, text, false) {
		w := &vocab.Word{}
		if raw.Kind == token.Word {
			lower = token.AppendLower(lower[:0], text, &raw)
			w = b.words.Word(lower)
		}
		toks = append(toks, tag.Token{Token: raw, Word: w, ID: w.ID, Skip: w.Traits&vocab.Skip != 0})
	}
	if tagged {
		tag.Assign(toks)
	}
	return toks
}

// matches finds all patterns in the sentence.
func (b *bench) matches(text string) []Match {
	toks := b.read(text, false)
	if !b.finder.Sieve(text, toks) {
		return nil
	}
	tag.Assign(toks)
	return b.finder.AppendCues(nil)
}

// found gives the text of each match.
func (b *bench) found(text string) []string {
	spans := []string{}
	found := b.matches(text)
	toks := b.read(text, true)
	for _, m := range found {
		spans = append(spans, text[toks[m.Start].Start:toks[m.End-1].End])
	}
	return spans
}
