package corpus_test

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// keyword is a stand-in for a classifier: it takes the word "condemn" for a
// condemnation wherever it stands.
func keyword(text string) classify.Result {
	r := classify.Result{Span: classify.Span{End: len(text), Text: text}, Text: text}
	if at := strings.Index(text, "condemn"); at >= 0 {
		r.Acts = []classify.Act{{
			Label: classify.Condemnation, Score: 0.9, Rules: []string{"condemn"},
			Cue: classify.Span{Start: at, End: at + len("condemn"), Text: "condemn"},
		}}
	}
	return r
}

const sample = `{"id": "s1", "text": "Paris condemned the raid.", "acts": [{"label": "condemnation", "source": "Paris", "target": "the raid"}]}
{"id": "s2", "text": "Rome refused to condemn it.", "acts": [], "mentioned": ["condemnation"]}
{"id": "s3", "text": "It rained.", "acts": [], "mentioned": []}
`

func ExampleRead() {
	sentences, err := corpus.Read(strings.NewReader(sample), "sample.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sentences {
		fmt.Println(s.ID, s.Acts, s.Mentioned)
	}
	// Output:
	// s1 [{condemnation Paris the raid }] []
	// s2 [] [condemnation]
	// s3 [] []
}

func ExampleRead_errors() {
	const bad = `{"id": "s1", "text": "Paris condemned it.", "acts": [{"label": "condemned", "source": "paris"}]}
{"id": "s1", "txt": "It rained.", "acts": []}
`
	_, err := corpus.Read(strings.NewReader(bad), "bad.jsonl")
	fmt.Println(err)
	// Output:
	// bad.jsonl:1:64: unknown label "condemned": expected one of condemnation, warning, denial, neutrality
	// bad.jsonl:1:87: source "paris" does not occur in the text: it must be an exact copy
	// bad.jsonl:2:8: duplicate id "s1", first used in line 1
	// bad.jsonl:2:14: unknown key "txt": did you mean "text"?
}

func ExampleEvaluate() {
	sentences, err := corpus.Read(strings.NewReader(sample), "sample.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	e := corpus.Evaluate(corpus.Predict(sentences, keyword))
	c := e.Acts[0]
	fmt.Printf("%s: precision %.2f, recall %.2f, F1 %.2f\n", c.Label, c.Precision(), c.Recall(), c.F1())
	if err := e.WriteErrors(os.Stdout, corpus.Spurious); err != nil {
		fmt.Println(err)
	}
	// Output:
	// condemnation: precision 0.50, recall 1.00, F1 0.67
	// s2: spurious condemnation, missed mention condemnation
	//   text   Rome refused to condemn it.
	//   gold   condemnation mentioned
	//   found  condemnation 0.90 "condemn" by condemn
}

func ExampleEvaluation_WriteReport() {
	sentences, err := corpus.Read(strings.NewReader(sample), "sample.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	e := corpus.Scorer{Resamples: -1}.Evaluate(corpus.Predict(sentences, keyword))
	if err := e.WriteReport(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 3 sentences
	//
	// acts            gold found      P      R     F1  95% interval of F1
	// condemnation       1     2  0.500  1.000  0.667
	// warning            0     0      -      -      -
	// denial             0     0      -      -      -
	// neutrality         0     0      -      -      -
	// micro              1     2  0.500  1.000  0.667
	// macro                                     0.667
	//
	// mentions        gold found      P      R     F1  95% interval of F1
	// condemnation       1     0      -  0.000  0.000
	// warning            0     0      -      -      -
	// denial             0     0      -      -      -
	// neutrality         0     0      -      -      -
	// micro              1     0      -  0.000  0.000
	//
	// attribution     gold found      P      R     F1  95% interval of F1
	// source (exact)     1     0      -  0.000  0.000
	// source (head)      1     0      -  0.000  0.000
	// target (exact)     1     0      -  0.000  0.000
	// target (head)      1     0      -  0.000  0.000
	//
	// calibration     acts right  score  share
	// 0.8-0.9            2     1  0.900  0.500
	// expected error     2                      0.400
}

func ExampleNewProfile() {
	lex, err := classify.ReadLexicon(strings.NewReader(`
cues:
- {id: slam, label: condemnation, match: [slam/v, "hit out at"], weight: 0.7}
modifiers:
- {id: no, category: negated, match: "not"}
`), "mine.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex))
	if err != nil {
		fmt.Println(err)
		return
	}
	sentences := []corpus.Sentence{
		{ID: "s1", Text: "Paris slammed the raid.", Acts: []corpus.Annotation{{Label: classify.Condemnation}}},
		{ID: "s2", Text: "He slammed the door."},
		{ID: "s3", Text: "Rome did not slam the raid.", Mentioned: []classify.Label{classify.Condemnation}},
		{ID: "s4", Text: "Oslo called the raid a disgrace.", Acts: []corpus.Annotation{{Label: classify.Condemnation}}},
	}
	if err := corpus.NewProfile(sentences, c.Explain).WriteReport(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 4 sentences; 1 cues and 1 context rules decided something
	//
	// cue          wrong  fired  right   share  alone  right weight  at
	// slam/slam-v      1      3      2   66.7%      2      1   0.70  mine.yaml:3:43
	//
	// context      wrong  fired  right   share    hid  at
	// no               0      1      1  100.0%      0  mine.yaml:5:39
	//
	// missed acts    no cue    taken too weak
	// condemnation        1        0        0
	//
	// s4: condemnation, no cue
	//   Oslo called the raid a disgrace.
}

func ExampleFitCalibration() {
	fit, err := corpus.FitCalibration(corpus.Written())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.Labels)
	fmt.Println(fit.Curve.Score(0.5), fit.Validated.ECE < fit.Before.ECE)
	// fit.WriteYAML writes a lexicon for classify.WithLexicon
	// Output:
	// [condemnation warning denial neutrality]
	// 0.5 true
}

func ExampleAlign() {
	article := corpus.Article()
	// A reader that found the first sentence and half of the second.
	text := article.Reading()
	read := func(start, end int) classify.Result {
		span := classify.Span{Start: start, End: end, Text: text[start:end]}
		return classify.Result{Span: span, Text: span.Text}
	}
	results := []classify.Result{read(17, 114), read(115, 200)}

	a := corpus.Align(slices.Values(results), article.Sentences)
	fmt.Println(len(a.Matched), "matched,", len(a.Sentences), "not found,", len(a.Overlaps), "split differently")
	// Output:
	// 1 matched, 32 not found, 1 split differently
}

func ExampleMask() {
	const page = "It rained.\n\nAdvertisement\n\nIt stopped."
	masked := corpus.Mask(page)
	fmt.Println(len(masked) == len(page), strings.Fields(masked))
	// Output:
	// true [It rained. It stopped.]
}

func ExampleSplit() {
	sentences := corpus.Article().Sentences
	parts, err := corpus.Split(sentences, 42, 0.8, 0.2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(parts), len(parts[0])+len(parts[1]) == len(sentences))
	// Output:
	// 2 true
}

func ExampleArticle() {
	article := corpus.Article()
	s := article.Sentences[6]
	fmt.Println(article.Source, len(article.Sentences))
	fmt.Println(article.Reading()[s.Start:s.End] == s.Text, s.Acts)
	// Output:
	// The Washington Post 33
	// true [{warning Antony Blinken China }]
}
