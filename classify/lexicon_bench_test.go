package classify_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// large is a lexicon of many phrases of two to four words, most of them from a
// vocabulary of 20,000 and some common ones.
func large(phrases int) *classify.Lexicon {
	rng := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"ba", "do", "ker", "lin", "mo", "nat", "pel", "ri", "sto", "tav", "un", "vex", "wis", "zor"}
	words := make([]string, 20_000)
	for i := range words {
		for range 2 + rng.IntN(3) {
			words[i] += syllables[rng.IntN(len(syllables))]
		}
	}
	common := strings.Fields("the of to in government war attack say president report claim people country call act new state")
	lex := &classify.Lexicon{Name: "large", Label: "large", Cues: make([]classify.Cue, 0, phrases/10)}
	for len(lex.Cues) < phrases/10 {
		c := classify.Cue{ID: fmt.Sprintf("large.%d", len(lex.Cues))}
		for range 10 {
			phrase := []string{words[rng.IntN(len(words))]}
			for range 1 + rng.IntN(3) {
				w := words[rng.IntN(len(words))]
				if rng.IntN(2) == 0 {
					w = common[rng.IntN(len(common))]
				}
				phrase = append(phrase, w)
			}
			rng.Shuffle(len(phrase), func(i, j int) { phrase[i], phrase[j] = phrase[j], phrase[i] })
			c.Match = append(c.Match, strings.Join(phrase, " "))
		}
		lex.Cues = append(lex.Cues, c)
	}
	return lex
}

func BenchmarkLargeLexicon(b *testing.B) {
	var text strings.Builder
	for _, s := range corpus.Written() {
		text.WriteString(s.Text + "\n\n")
	}
	lex := large(100_000)
	withLarge, err := classify.New(classify.WithLexicon(lex))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			if _, err := classify.New(classify.WithLexicon(lex)); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, c := range []*classify.Classifier{classify.Default(), withLarge} {
		name := map[bool]string{false: "plain", true: "large"}[c == withLarge]
		b.Run("classify/"+name, func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				for range c.Document(text.String()) {
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	own := &classify.Lexicon{Name: "own"} // so that the snapshot of the built-in ones does not do
	b.ReportAllocs()
	for b.Loop() {
		if _, err := classify.New(classify.WithLexicon(own)); err != nil {
			b.Fatal(err)
		}
	}
}
