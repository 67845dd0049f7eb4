package classify_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/demarche/demarche/classify"
)

// must is for examples whose lexicons are right.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// One classifier is enough for a whole program, and for all its goroutines.
func ExampleDefault() {
	c := classify.Default()
	fmt.Println(c == classify.Default(), c.Labels())
	// Output: true [condemnation warning denial neutrality]
}

// An act says who does what towards whom, and in which words. Offsets are bytes
// of the sentence.
func ExampleClassifier_Sentence() {
	const sentence = "The Kremlin dismissed the report as fiction."
	r := classify.Default().Sentence(sentence)
	a := r.Acts[0]
	fmt.Println(r.Has(classify.Denial), a.Label, a.Score > 0.5)
	fmt.Println(a.Source.Text, "->", a.Target.Text)
	fmt.Println(sentence[a.Target.Start:a.Target.End] == a.Target.Text)
	// Output:
	// true denial true
	// The Kremlin -> the report
	// true
}

// A lexicon adds words to a built-in label.
func ExampleWithLexicon() {
	lex := must(classify.ReadLexicon(strings.NewReader(`
cues:
  - id: football.card
    label: condemnation
    match: ["show ..3 the (red|yellow) card"]
`), "football.yaml"))
	c := must(classify.New(classify.WithLexicon(lex)))
	const sentence = "The union showed the minister the red card."
	fmt.Println(classify.Default().Sentence(sentence).Labels(), c.Sentence(sentence).Labels())
	// Output: [] [condemnation]
}

// A later lexicon may take away or weigh anew what earlier ones have, by the ids
// that results and explanations show.
func ExampleWithLexicon_change() {
	house := must(classify.ReadLexicon(strings.NewReader(`
cues: [{id: house.pan, label: condemnation, match: pan/v}]
`), "house.yaml"))
	desk := must(classify.ReadLexicon(strings.NewReader(`
weights: {house.pan: 0.4} # a hint, no more
`), "desk.yaml"))
	for _, lexicons := range [][]*classify.Lexicon{{house}, {house, desk}} {
		c := must(classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lexicons...)))
		fmt.Println(c.Sentence("The union panned the plan.").Labels())
	}
	// Output:
	// [condemnation]
	// []
}

// Only acts that are nearly sure.
func ExampleWithThreshold() {
	lex := must(classify.ReadLexicon(strings.NewReader(`
cues: [{id: apology.regret, label: apology, match: regret/v, weight: 0.6}]
`), "apology.yaml"))
	c := must(classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex)))
	strict := must(classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex), classify.WithThreshold("apology", 0.8)))
	const sentence = "The company regrets the delay."
	fmt.Println(c.Sentence(sentence).Labels(), strict.Sentence(sentence).Labels())
	// Output: [apology] []
}

// Denials alone.
func ExampleWithoutLabel() {
	c := must(classify.New(classify.WithoutLabel(classify.Condemnation, classify.Warning, classify.Neutrality)))
	fmt.Println(c.Sentence("Rabat condemned the leak and denied any role.").Labels())
	// Output: [denial]
}

// Where only labels are wanted, the names can be left out.
func ExampleWithoutAttribution() {
	c := must(classify.New(classify.WithoutAttribution()))
	a := c.Sentence("Paris condemned the raid.").Acts[0]
	fmt.Println(a.Label, a.Source.IsZero(), a.Target.IsZero())
	// Output: condemnation true true
}

// Lexicons of one's own, and none of the built-in ones.
func ExampleWithoutBuiltin() {
	lex := must(classify.ReadLexicon(strings.NewReader(`
label: apology
cues: [{id: sorry, match: apologise}]
`), "apology.yaml"))
	c := must(classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex)))
	fmt.Println(c.Sentence("Oslo condemned the raid and apologised for its part.").Labels())
	// Output: [apology]
}

// Without calibration, the score is what the weights of the cues give together.
func ExampleWithoutCalibration() {
	lex := must(classify.ReadLexicon(strings.NewReader(`
label: apology
cues:
  - {id: regret, match: regret/v, weight: 0.6}
  - {id: sorry, match: be sorry, weight: 0.5}
calibration:
  apology: {0.5: 0.3, 0.8: 0.6}
`), "apology.yaml"))
	const sentence = "The bank regrets the error and is sorry."
	mine := []classify.Option{classify.WithoutBuiltin(), classify.WithLexicon(lex)}
	for _, opts := range [][]classify.Option{mine, append(mine, classify.WithoutCalibration())} {
		c := must(classify.New(opts...))
		fmt.Printf("%.2f\n", c.Sentence(sentence).Acts[0].Score)
	}
	// Output:
	// 0.60
	// 0.80
}

// Text from anywhere: what is longer than a limit is read in pieces, which say
// so.
func ExampleWithTextLimits() {
	c := must(classify.New(classify.WithTextLimits(classify.TextLimits{Sentence: 64})))
	for r := range c.Document(strings.Repeat("and then another clause, ", 4) + "it ended.") {
		fmt.Println(r.Span.Start, len(r.Text), r.Cut)
	}
	// Output:
	// 0 58 true
	// 59 50 false
}

// A folder of lexicons, embedded in the program or on disk (os.DirFS).
func ExampleLoadLexicons() {
	folder := fstest.MapFS{
		"lexicons/apology.yaml": {Data: []byte("label: apology\ncues: [{id: sorry, match: apologise}]")},
		"lexicons/praise.yaml":  {Data: []byte("label: praise\ncues: [{id: hail, match: hail/v}]")},
	}
	lexicons := must(classify.LoadLexicons(folder, "lexicons/*.yaml"))
	c := must(classify.New(classify.WithLexicon(lexicons...)))
	fmt.Println(c.Labels()[4:], c.Sentence("Bern hailed the deal.").Labels())
	// Output: [apology praise] [praise]
}

// A lexicon can be built in Go, checked, used and written as YAML.
func ExampleLexicon() {
	lex := &classify.Lexicon{
		Name:  "praise",
		Label: "praise",
		Cues:  []classify.Cue{{ID: "praise.hail", Match: []string{"hail/v", "heap praise on"}}},
	}
	if err := lex.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	c := must(classify.New(classify.WithLexicon(lex)))
	fmt.Println(c.Sentence("Bern hailed the deal.").Labels())

	var yaml strings.Builder
	if err := lex.WriteYAML(&yaml); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(yaml.String())
	// Output:
	// [praise]
	// lexicon: {name: praise}
	// label: praise
	// cues:
	//   - id: praise.hail
	//     match: [hail/v, heap praise on]
}

// An editor can show each mistake where it is.
func ExampleLexiconErrors() {
	lex := must(classify.ReadLexicon(strings.NewReader("label: praise\ncues: [{id: hail, match: '(hail'}]"), "praise.yaml"))
	for _, mistake := range classify.LexiconErrors(lex.Validate()) {
		fmt.Println("line", mistake.Line, "column", mistake.Column)
		fmt.Println(mistake.Msg)
	}
	// Output:
	// line 2 column 27
	// pattern "(hail": "(" without its ")"
}

// Why is this no condemnation? The entry in the way, and where it stands.
func ExampleExplanation() {
	lex := must(classify.ReadLexicon(strings.NewReader(`
cues: [{id: slam, label: condemnation, match: slam}]
modifiers: [{id: almost, category: failed, match: [all but, almost]}]
`), "mine.yaml"))
	c := must(classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex)))
	fmt.Print(c.Explain("Oslo almost slammed the deal."))
	// Output: condemnation "slammed" 0.90 by slam (mine.yaml:2:47): mention, failed, by almost/almost (mine.yaml:3:61)
}

// A point of the curve is a weight and the score that it stands for.
func ExampleCurve_Score() {
	curve := classify.Curve{{Weight: 0.5, Score: 0.5}, {Weight: 0.9, Score: 0.7}}
	fmt.Printf("%.2f %.2f\n", curve.Score(0.7), curve.Score(0.9))
	// Output: 0.60 0.70
}
