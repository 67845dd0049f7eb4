package classify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"testing/fstest"

	"github.com/demarche/demarche/classify"
)

func Example() {
	r := classify.Default().Sentence("Paris condemned the attack and warned Tehran of severe consequences.")
	for _, a := range r.Acts {
		fmt.Printf("%s: %s -> %s (%q)\n", a.Label, a.Source.Text, a.Target.Text, a.Cue.Text)
	}
	// Output:
	// condemnation: Paris -> the attack ("condemned")
	// warning: Paris -> Tehran ("warned")
}

// A refusal to condemn is no condemnation: it is a mention.
func ExampleResult_mentions() {
	r := classify.Default().Sentence("The council refused to condemn the coup.")
	fmt.Println(len(r.Acts), r.Mentions[0].Label, r.Mentions[0].Reason)
	// Output: 0 condemnation refused
}

func ExampleClassifier_Document() {
	const text = `“The report is a pure fabrication,” the minister said. “We had nothing to do with it.”

The talks go on in Oslo today.`
	for r := range classify.Default().Document(text) {
		fmt.Printf("%q %v %s\n", r.Text, r.Labels(), r.Speaker.Text)
	}
	// Output:
	// "“The report is a pure fabrication,” the minister said." [denial] the minister
	// "“We had nothing to do with it.”" [denial] the minister
	// "The talks go on in Oslo today." []
}

// Many texts, one after the other: the slice for the results is used again.
func ExampleClassifier_AppendDocument() {
	c := classify.Default()
	var results []classify.Result
	for _, text := range []string{
		"Paris condemned the raid. Rome kept out of it.",
		"It rained.",
	} {
		results = c.AppendDocument(results[:0], text)
		fmt.Println(len(results), results[0].Labels())
	}
	// Output:
	// 2 [condemnation]
	// 1 []
}

func ExampleClassifier_Reader() {
	stream := strings.NewReader("Berlin abstained in the vote.\n\nNobody was hurt.\n")
	for r, err := range classify.Default().Reader(context.Background(), stream) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Span.Start, r.Labels())
	}
	// Output:
	// 0 [neutrality]
	// 31 []
}

func ExampleClassifier_Explain() {
	e := classify.Default().Explain("The envoy did not threaten to leave.")
	for _, cue := range e.Cues {
		if cue.Fate == classify.Mentioned {
			fmt.Println(cue.Label, cue.Reason, cue.By)
			break
		}
	}
	// Output: warning negated context.negated.not/not
}

func ExampleNew() {
	const yaml = `
label: apology
cues:
  - id: apology.sorry
    match: [apologise, "be ..2 sorry", "express ..2 regret"]
    target: [to, for]
`
	lex, err := classify.ReadLexicon(strings.NewReader(yaml), "apology.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := classify.New(classify.WithLexicon(lex))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Sentence("The premier apologised to the nation.").Labels())
	fmt.Println(c.Sentence("The premier refused to apologise.").Mentions[0].Reason)
	// Output:
	// [apology]
	// refused
}

// A running server reloads its lexicons without a restart: it builds a new
// classifier and swaps the pointer. If a lexicon is bad, the old one stays.
func ExampleNew_reload() {
	var current atomic.Pointer[classify.Classifier]
	current.Store(classify.Default())

	reload := func(fsys fs.FS) error {
		lexicons, err := classify.LoadLexicons(fsys, "*.yaml")
		if err != nil {
			return err
		}
		c, err := classify.New(classify.WithLexicon(lexicons...))
		if err != nil {
			return err
		}
		current.Store(c) // requests under way finish with the old one
		return nil
	}

	// In a server: reload(os.DirFS("lexicons")), on a signal or a timer.
	dir := fstest.MapFS{"mine.yaml": {Data: []byte("label: apology\ncues: [{id: sorry, match: apologise}]")}}
	fmt.Println(reload(dir), current.Load().Sentence("Oslo apologised.").Labels())

	dir["mine.yaml"] = &fstest.MapFile{Data: []byte("label: apology\ncues: [{id: sorry, match: '('}]")}
	fmt.Println(reload(dir) != nil, current.Load().Sentence("Oslo apologised.").Labels())
	// Output:
	// <nil> [apology]
	// true [apology]
}

// All mistakes of a lexicon are reported together, each with its place.
func ExampleReadLexicon_errors() {
	const yaml = `label: apology
cues:
  - id: apology.sorry
    macth: [sorry]
    weight: 7
`
	_, err := classify.ReadLexicon(strings.NewReader(yaml), "apology.yaml")
	fmt.Println(err)
	// Output:
	// apology.yaml:4:5: unknown key "macth" in cue; did you mean "match"?
	// apology.yaml:5:13: number above 0 and up to 1 expected, found "7"
}

func ExampleResult_MarshalJSON() {
	r := classify.Default().Sentence("Hanoi abstained.")
	r.Acts[0].Rules, r.Acts[0].Score = nil, 0.9 // the lexicon entries may change
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	if err := enc.Encode(r); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//  "start": 0,
	//  "end": 16,
	//  "text": "Hanoi abstained.",
	//  "acts": [
	//   {
	//    "label": "neutrality",
	//    "score": 0.9,
	//    "cue": {
	//     "start": 6,
	//     "end": 15,
	//     "text": "abstained"
	//    },
	//    "source": {
	//     "start": 0,
	//     "end": 5,
	//     "text": "Hanoi"
	//    },
	//    "rules": null
	//   }
	//  ],
	//  "mentions": []
	// }
}
