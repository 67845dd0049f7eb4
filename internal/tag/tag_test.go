package tag

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// lexicon gives the traits of the words of the tests.
var lexicon = map[string]vocab.Trait{
	"the": vocab.Determiner, "that": vocab.Determiner | vocab.Subordinator, "this": vocab.Determiner, "those": vocab.Determiner,
	"to": vocab.To, "of": vocab.Preposition, "at": vocab.Preposition, "not": vocab.Not, "but": vocab.Conjunction,
	"is": vocab.Be, "have": vocab.Have, "will": vocab.Modal, "may": vocab.Modal, "who": vocab.WhWord, "it": vocab.Pronoun, "i": vocab.Pronoun,
	"one": vocab.Pronoun | vocab.NumberWord, "mine": vocab.Pronoun, "only": vocab.Adverb, "long": vocab.Adverb | vocab.Adjective,
	"general": vocab.Adjective | vocab.Title, "chief": vocab.Adjective | vocab.Title, "widespread": vocab.Adjective, "shameful": vocab.Adjective,
	"mean": vocab.Verb | vocab.Adjective, "shell": vocab.Verb, "plant": vocab.Verb, "warned": vocab.Verb | vocab.FormPast,
	"condemned": vocab.Verb | vocab.FormPast, "threatened": vocab.Verb | vocab.FormPast, "faces": vocab.Verb | vocab.FormS,
	"beijing": vocab.FormIng, "speaking": vocab.Verb | vocab.FormIng, "chairs": vocab.FormS, "advocates": vocab.Verb | vocab.FormS,
}

func assign(sentence string) (tags []Tag) {
	var toks []Token
	for _, t := range token.Append(nil, sentence, false) {
		w := &vocab.Word{Traits: lexicon[strings.ToLower(sentence[t.Start:t.End])]}
		if w.Traits != 0 {
			w.Traits |= vocab.Listed
		}
		toks = append(toks, Token{Token: t, Word: w})
	}
	Assign(toks)
	for i := range toks {
		tags = append(tags, toks[i].Tag)
	}
	return tags
}

// TestAssign pins the words that are two things, by what stands around them.
func TestAssign(t *testing.T) {
	tests := []struct {
		sentence string
		at       int // the word in question
		want     Tag
	}{
		{"The general warned the town", 1, Noun},
		{"The general strike is long", 1, Adjective},
		{"The mission chief warned the town", 2, Noun},
		{"Critics have long condemned the raid", 2, Adverb},
		{"Oslo not only warned the town", 2, Adverb},
		{"The plant warned the town", 1, Noun},
		{"Advocates have warned the town", 0, Noun},
		{"Beijing warned the town", 0, Name},
		{"Speaking to the town", 0, Ing},
		{"Rebels threatened to shell Oslo", 3, Verb},
		{"The town faces widespread anger", 2, Verb},
		{"Ada who chairs the town", 2, Verb},
		{"Oslo condemned the mine", 3, Noun},
		{"I mean that it is shameful", 1, Verb},
		{"It is shameful that the town warned", 3, Subord},
		{"Ada is at that Oslo plant", 3, Determiner},
		{"That is shameful", 0, Pronoun},
		{"Oslo condemned those who warned", 2, Pronoun},
		{"Oslo condemned this one town", 3, NumberWord},
		{"Then Theresa May warned the town", 2, Name},
		{"The town may shell Oslo", 2, Modal},
		{"The town's plant", 2, Possessive},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, assign(tt.sentence)[tt.at], "%s: word %d", tt.sentence, tt.at)
	}
}

// TestPossible checks that no word gets a tag that was not possible before its
// neighbours were known.
func TestPossible(t *testing.T) {
	words := slices.Sorted(maps.Keys(lexicon))
	words = append(words, "fjord", "fjords", "strutted", "strutting", "oddly", "3", ",", ";", "\"", "'s", ".")
	endings := map[string]vocab.Trait{"strutted": vocab.FormPast, "strutting": vocab.FormIng, "oddly": vocab.Adverb | vocab.Skip, "fjords": vocab.FormS}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range 1 + rng.IntN(8) {
			w := words[rng.IntN(len(words))]
			switch rng.IntN(5) {
			case 0:
				w = strings.ToUpper(w[:1]) + w[1:]
			case 1:
				w = strings.ToUpper(w)
			}
			b.WriteString(w + " ")
		}
		var toks []Token
		for _, raw := range token.Append(nil, b.String(), false) {
			lower := strings.ToLower(b.String()[raw.Start:raw.End])
			tok := Token{Token: raw, Word: &vocab.Word{Traits: lexicon[lower]}}
			if tok.Word.Traits != 0 {
				tok.ID, tok.Word.Traits = 1, tok.Word.Traits|vocab.Listed
			}
			toks = append(toks, tok)
		}
		var before []uint32
		for i := range toks {
			before = append(before, Possible(&toks[i]))
			if toks[i].ID == 0 {
				toks[i].Word = &vocab.Word{Traits: endings[strings.ToLower(b.String()[toks[i].Start:toks[i].End])]}
			}
		}
		Assign(toks)
		for i := range toks {
			switch toks[i].Tag {
			case Noun, Name, Adjective, Adverb, Verb, Past, Ing, NumberWord, Punct:
				assert.NotZero(t, before[i]>>toks[i].Tag&1, "%q at %d: %d", b.String(), i, toks[i].Tag)
			}
		}
	}
}
