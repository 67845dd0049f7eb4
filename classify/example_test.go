package classify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

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
	r.Acts[0].Rules = nil // the rules are lexicon entries, which may change
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
