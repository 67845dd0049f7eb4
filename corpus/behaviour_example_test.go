package corpus_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func ExampleReadBehaviour() {
	const mine = `
capabilities:
- name: refusal
  about: a refused act is mentioned, not performed
  tests:
  - {text: "Oslo condemned the raid.", acts: [condemnation]}
  - {text: "Oslo refused to condemn the raid.", acts: [], mentions: [condemnation]}
- name: shouting
  about: case does not matter
  type: invariance
  tests:
  - {variants: ["Oslo condemned the raid.", "OSLO CONDEMNED THE RAID."], acts: [condemnation], limit: keywords are lower case}
`
	suite, err := corpus.ReadBehaviour(strings.NewReader(mine), "mine.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	outcome := suite.Run(keyword) // usually the Sentence method of a classifier
	if err := outcome.WriteTable(os.Stdout); err != nil {
		fmt.Println(err)
	}
	if err := outcome.WriteFailures(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// capability  type         tests passed failed limits  share  stale
	// refusal     minimum          2      1      1      0     0%      0
	// shouting    invariance       1      0      0      1   100%      0
	// all         minimum          2      1      1      0     0%      0
	// all         invariance       1      0      0      1   100%      0
	// all                          3      1      1      1    33%      0
	// 33.3% pass, 33.3% are known limits
	// failed: mine.yaml:7: refusal: Oslo refused to condemn the raid. ⇒ acts condemnation, expected none [condemn]; mentions none, expected condemnation
	// known limit: mine.yaml:12: shouting: OSLO CONDEMNED THE RAID. ⇒ acts none, expected condemnation (limit: keywords are lower case)
}

func ExampleBehaviour() {
	var negation corpus.Suite
	for _, capability := range corpus.Behaviour() {
		if capability.Name == "negation" {
			negation = append(negation, capability)
		}
	}
	outcome := negation.Run(classify.Default().Sentence)
	fmt.Println(outcome.Capabilities[0].About)
	fmt.Println(outcome.Total().PassRate() > 0.5)
	// Output:
	// a negated act is mentioned, not performed
	// true
}

func ExampleTexts() {
	text := corpus.Texts()[0]
	s := text.Sentences[1]
	fmt.Println(s.Text)
	fmt.Println(s.Speaker(), text.Text[s.Start:s.End] == s.Text)
	// Output:
	// "This was a cowardly and wicked act.
	// Kwabena Asante true
}
