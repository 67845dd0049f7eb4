package corpus_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// How good is the classifier on the project's own annotated sentences?
func Example() {
	e := corpus.Evaluate(corpus.Predict(corpus.Written(), classify.Default().Sentence))
	fmt.Println(len(e.Acts), "labels;", "macro-F1 above 0.7:", e.Macro.F1 > 0.7)
	// e.WriteReport writes all of it as a table, e.WriteErrors each wrong sentence
	// Output: 4 labels; macro-F1 above 0.7: true
}

// A label of a lexicon of your own has to be announced, because an unknown one
// is a mistake.
func ExampleWithLabels() {
	const line = `{"id": "s1", "text": "Oslo apologised.", "acts": [{"label": "apology", "source": "Oslo", "target": ""}]}`
	_, err := corpus.Read(strings.NewReader(line), "mine.jsonl")
	fmt.Println(err)
	sentences, err := corpus.Read(strings.NewReader(line), "mine.jsonl", corpus.WithLabels("apology"))
	fmt.Println(len(sentences), err)
	// Output:
	// mine.jsonl:1:61: unknown label "apology": expected one of condemnation, warning, denial, neutrality
	// 1 <nil>
}

// Annotation made in a program, written as Read reads it.
func ExampleWrite() {
	sentences := []corpus.Sentence{{
		ID: "s1", Text: "Oslo slammed the raid.",
		Acts: []corpus.Annotation{{Label: classify.Condemnation, Source: "Oslo", Target: "the raid"}},
	}}
	if err := corpus.Write(os.Stdout, sentences); err != nil {
		fmt.Println(err)
	}
	// Output: {"id":"s1","text":"Oslo slammed the raid.","acts":[{"label":"condemnation","source":"Oslo","target":"the raid"}],"mentioned":[]}
}

// One label, with wider intervals than usual.
func ExampleScorer() {
	sentences, err := corpus.Read(strings.NewReader(sample), "sample.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	scorer := corpus.Scorer{Labels: []classify.Label{classify.Condemnation}, Confidence: 0.99, Seed: 1}
	e := scorer.Evaluate(corpus.Predict(sentences, keyword))
	fmt.Println(len(e.Acts), e.Acts[0].Label, e.Confidence)
	// Output: 1 condemnation 0.99
}

// Two names of a source or target agree by their heads.
func ExampleHeadOverlap() {
	fmt.Println(corpus.HeadOverlap("Hua", "Foreign Ministry spokeswoman Hua Chunying"))
	fmt.Println(corpus.HeadOverlap("the Kremlin's", "Kremlin"))
	fmt.Println(corpus.HeadOverlap("Russia", "Russian officials"))
	// Output:
	// true
	// true
	// false
}

// A calibration for text of one's own is a lexicon like any other.
func ExampleFit_WriteYAML() {
	fit, err := corpus.FitCalibration(corpus.Written())
	if err != nil {
		fmt.Println(err)
		return
	}
	var file strings.Builder
	if err := fit.WriteYAML(&file); err != nil {
		fmt.Println(err)
		return
	}
	lex, err := classify.ReadLexicon(strings.NewReader(file.String()), "calibration.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := classify.New(classify.WithLexicon(lex))
	fmt.Println(len(lex.Calibration), c != nil, err)
	// Output: 4 true <nil>
}
