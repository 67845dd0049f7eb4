package main

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
	"github.com/jdkato/prose/v2"
	"github.com/jonreiter/govader"
	"github.com/kljensen/snowball/english"

	"github.com/demarche/demarche/classify"
)

// A peer is a way to read a text.
type peer struct {
	name   string
	module string // where it comes from
	does   string
	// prepare readies a text and returns what is measured: reading all of it
	// once. It returns the number of things found, so that the work is not
	// optimised away.
	prepare func(text string) func() int
}

// peers are all that is compared; the first is the yardstick. Those that work
// on sentences, paragraphs or words get the text already split: only their own
// work is measured.
var peers = []peer{
	{"words", "github.com/clipperhouse/uax29/v2", "splits the text into words, nothing else", func(text string) func() int {
		return func() int {
			n := 0
			for tokens := words.FromString(text); tokens.Next(); {
				n += len(tokens.Value()) & 1
			}
			return n
		}
	}},
	{"Demarche", "", "`Document`: sentences, acts, mentions, sources, targets and speakers", func(text string) func() int {
		c := classify.Default()
		return func() int {
			n := 0
			for r := range c.Document(text) {
				n += len(r.Acts)
			}
			return n
		}
	}},
	{"regexps", "", "four alternations of words, one for each label, on each sentence", func(text string) func() int {
		all := splitSentences(text)
		return func() int {
			n := 0
			for _, s := range all {
				for _, re := range regexps {
					if re.MatchString(s) {
						n++
					}
				}
			}
			return n
		}
	}},
	{"govader", "github.com/jonreiter/govader", "a sentiment score for each sentence", func(text string) func() int {
		vader := govader.NewSentimentIntensityAnalyzer()
		all := splitSentences(text)
		return func() int {
			n := 0
			for _, s := range all {
				if vader.PolarityScores(s).Compound < 0 {
					n++
				}
			}
			return n
		}
	}},
	{"prose", "github.com/jdkato/prose/v2", "a part of speech for each word", func(text string) func() int {
		model := prose.ModelFromData("none") // else each document would load the default one
		all := strings.Split(text, "\n\n")
		return func() int {
			n := 0
			for _, p := range all {
				doc, err := prose.NewDocument(p, prose.WithExtraction(false), prose.WithSegmentation(false), prose.UsingModel(model))
				if err != nil {
					panic(err) // it has none to give
				}
				n += len(doc.Tokens())
			}
			return n
		}
	}},
	{"snowball", "github.com/kljensen/snowball", "a stem for each word", func(text string) func() int {
		all := strings.FieldsFunc(text, func(r rune) bool { return r < 'A' && r != '\'' })
		return func() int {
			n := 0
			for _, w := range all {
				n += len(english.Stem(w, false))
			}
			return n
		}
	}},
}

func splitSentences(text string) []string {
	var all []string
	for tokens := sentences.FromString(text); tokens.Next(); {
		all = append(all, tokens.Value())
	}
	return all
}

// regexps are what one would write by hand: how the common words of each act
// begin.
var regexps = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(?:condemn|denounc|deplor|critici[sz]|slam(?:s|med)\b|blast(?:s|ed)\b|blam(?:e|ing)|accus|rebuk|` +
		`lambast|decr(?:y|ied)|outrage|shameful|barbar|brutal|heinous|unprovoked|unacceptable|war crime)`),
	regexp.MustCompile(`(?i)\b(?:warn(?:s|ed|ing)\b|threaten|caution|ultimatum|red line|consequences|retaliat|will respond|` +
		`pay (?:a|the) (?:heavy |high )?price|all options|will not hesitate|vow(?:s|ed)? (?:revenge|retaliation))`),
	regexp.MustCompile(`(?i)\b(?:den(?:y|ies|ied|ying|ial)\b|(?:reject|dismiss)(?:s|es|ed|ing)? (?:the )?(?:claim|allegation|accusation|report)|` +
		`refut|baseless|unfounded|groundless|fabricat|false (?:claim|report|accusation)|no truth|not true|nothing to do with|disinformation)`),
	regexp.MustCompile(`(?i)\b(?:neutral|impartial|non-?align|non-?interference|abst(?:ain|ention)|t(?:ake|akes|aking|ook) no (?:side|position)|` +
		`not tak(?:e|ing) sides|even-?handed|equidistan|not a party to)`),
}
