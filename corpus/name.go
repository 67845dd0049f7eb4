package corpus

import (
	"slices"
	"strings"
	"unicode"
)

// HeadOverlap reports whether two names of a source or target agree by their
// heads: without articles and possessive, the last word of one occurs among the
// words of the other, upper and lower case alike. So "Hua" agrees with "Foreign
// Ministry spokeswoman Hua Chunying", and "the Kremlin’s" with "Kremlin", but
// "Russia" not with "Russian officials". It is symmetrical; a name without
// words agrees with nothing.
func HeadOverlap(a, b string) bool {
	v, w := nameWords(a), nameWords(b)
	if len(v) == 0 || len(w) == 0 {
		return false
	}
	return slices.Contains(w, v[len(v)-1]) || slices.Contains(v, w[len(w)-1])
}

// nameWords returns the words of a name in lower case, without articles,
// possessive endings and the punctuation around them.
func nameWords(name string) []string {
	var words []string
	for word := range strings.FieldsSeq(strings.ToLower(name)) {
		word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
		switch word {
		case "", "a", "an", "the":
		default:
			words = append(words, word)
		}
	}
	return words
}
