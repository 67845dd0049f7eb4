package vocab

import (
	"strings"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/stem"
)

// AddCommon adds a word to the list of common ones. They come from the most
// frequent to the rarest.
func (v *Vocabulary) AddCommon(form string) {
	if _, ok := v.ranks[form]; !ok {
		v.ranks[form] = len(v.ranks) + 1
	}
}

// mostFrequent is about how often the commonest word stands in a million words
// of text. By Zipf's law the word of rank r is r times rarer.
const mostFrequent = 100_000

// Frequency guesses how often words with the symbol occur in a million words of
// text; it is at least 1.
func (v *Vocabulary) Frequency(s Symbol) int { return max(1, v.frequencies[s]) }

// count adds what is known of the frequency of a word to that of a symbol.
func (v *Vocabulary) count(s Symbol, op pattern.Op, text string) {
	if op != pattern.Word {
		v.frequencies[s] += v.formFrequency(strings.ToLower(text))
		return
	}
	f, ok := v.lemmaFrequencies[text]
	if !ok {
		for _, form := range stem.AppendInflections(nil, text) {
			f += v.formFrequency(form) - 1
		}
		for _, form := range v.irregOf[text] {
			f += v.formFrequency(form) - 1
		}
		f++
		v.lemmaFrequencies[text] = f
	}
	v.frequencies[s] += f
}

func (v *Vocabulary) formFrequency(form string) int {
	if rank, ok := v.ranks[form]; ok {
		return 1 + mostFrequent/rank
	}
	return 1
}
