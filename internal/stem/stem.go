// Package stem reduces English words to stems and tells which words are
// inflections of one another.
//
// Stems are those of the Snowball English stemmer (Porter 2001). A stem alone
// conflates too much for a lexicon of acts ("critic", "critical" and
// "criticism" share one; so do "condemn" and "condemnation"), so [Inflects]
// also asks that the ending is one of inflection and not of derivation.
package stem

import (
	"strings"

	"github.com/kljensen/snowball/english"
)

// Of returns the stem of a word in lower case.
func Of(word string) string { return english.Stem(word, true) }

// Inflects reports whether form is an inflection of lemma: plural, third
// person, past, participle, comparative or superlative. Both are in lower case
// and are known to have the same stem.
func Inflects(lemma, form string) bool {
	if lemma == form {
		return true
	}
	n := 0
	for n < len(lemma) && n < len(form) && lemma[n] == form[n] {
		n++
	}
	rest, ending := lemma[n:], form[n:]
	if n < 2 {
		return n == 1 && rest == "ie" && ending == "ying" // lie, die, tie
	}
	switch rest {
	case "": // attack+s, reject+ed, commit+ted
		if n > 1 && len(ending) > 1 && ending[0] == lemma[n-1] && isConsonant(ending[0]) {
			ending = ending[1:]
		}
		switch ending {
		case "s", "es", "ed", "d", "ing", "er", "est", "r", "st", "'s":
			return true
		}
	case "e": // blame, blaming
		return ending == "ing"
	case "y": // deny, denies, denied
		return ending == "ies" || ending == "ied" || ending == "ier" || ending == "iest"
	case "ie": // lie, lying
		return ending == "ying"
	case "is": // crisis, crises
		return ending == "es"
	case "f", "fe": // thief, thieves
		return ending == "ves"
	}
	return false
}

func isConsonant(c byte) bool { return !strings.ContainsRune("aeiou", rune(c)) }

// Stems returns the stems under which inflections of a lemma are found. There
// are two where the stemmer treats an ending after a double consonant in
// another way than the bare word ("scoff", "scoffed").
func Stems(lemma string) []string {
	stems := []string{Of(lemma)}
	if n := len(lemma); n > 2 && lemma[n-1] == lemma[n-2] {
		if s := Of(lemma + "ed"); s != stems[0] {
			stems = append(stems, s)
		}
	}
	return stems
}

// Spelling returns the American spelling of a word in British spelling where
// the difference is regular (criticise, favour, defence), else the word
// itself. It is a key to compare spellings by, not a spelling checker.
func Spelling(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, p := range spellings {
		i := strings.LastIndex(w, p.british)
		if i >= 3 && p.endings[w[i+len(p.british):]] {
			return w[:i] + p.american + w[i+len(p.british):]
		}
	}
	return w
}

var spellings = []struct {
	british, american string
	endings           map[string]bool // what may follow
}{
	{"isation", "ization", nounEndings},
	{"is", "iz", verbEndings},
	{"ys", "yz", verbEndings},
	{"our", "or", anyEndings},
	{"ence", "ense", nounEndings},
	{"elling", "eling", nounEndings},
	{"elled", "eled", nounEndings},
	{"ogue", "og", nounEndings},
}

var (
	nounEndings = set("", "s")
	verbEndings = set("e", "es", "ed", "er", "ers", "ing")
	anyEndings  = set("", "s", "ed", "ing", "able", "ably", "ful", "less", "ite", "al", "er", "ers")
)

func set(words ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

// AppendInflections appends the forms that may be inflections of lemma to dst,
// the lemma itself first; all are in lower case and in the spelling of lemma.
// Not all of them are words. Those with the stem of the lemma are the ones that
// [Inflects] accepts.
func AppendInflections(dst []string, lemma string) []string {
	dst = append(dst, lemma)
	n := len(lemma)
	if n < 2 {
		return dst
	}
	last := lemma[n-1]
	short := n <= longestAdjective
	dst = append(dst, lemma+"s", lemma+"ing")
	switch {
	case last == 'e':
		dst = append(dst, lemma+"d", lemma[:n-1]+"ing")
		if short {
			dst = append(dst, lemma+"r", lemma+"st")
		}
		if strings.HasSuffix(lemma, "ie") {
			dst = append(dst, lemma[:n-2]+"ying")
		}
		if strings.HasSuffix(lemma, "fe") {
			dst = append(dst, lemma[:n-2]+"ves")
		}
		return dst
	case last == 'y':
		stub := lemma[:n-1]
		dst = append(dst, stub+"ies", stub+"ied")
		if short {
			dst = append(dst, stub+"ier", stub+"iest")
		}
	case last == 'f':
		dst = append(dst, lemma[:n-1]+"ves")
	case strings.HasSuffix(lemma, "is"):
		dst = append(dst, lemma[:n-2]+"es")
	}
	dst = append(dst, lemma+"es", lemma+"ed")
	if short {
		dst = append(dst, lemma+"er", lemma+"est")
	}
	if isConsonant(last) && !isConsonant(lemma[n-2]) && last != 'w' && last != 'x' && last != 'y' {
		double := lemma + string(last)
		dst = append(dst, double+"ed", double+"ing")
		if short {
			dst = append(dst, double+"er", double+"est", double+"es")
		}
	}
	return dst
}

// longestAdjective is the longest word, in bytes, that is compared by -er and
// -est.
const longestAdjective = 7

// AppendSpellings appends the words to dst whose [Spelling] is w, w itself
// first.
func AppendSpellings(dst []string, w string) []string {
	dst = append(dst, w)
	for i := range spellings {
		p := &spellings[i]
		for at := strings.LastIndex(w, p.american); at >= 3; at = strings.LastIndex(w[:at], p.american) {
			if british := w[:at] + p.british + w[at+len(p.american):]; Spelling(british) == w {
				dst = append(dst, british)
			}
		}
	}
	return dst
}
