package classify_test

import (
	"fmt"
	"strings"

	"github.com/demarche/demarche/classify"
)

// show prints the acts and mentions of sentences.
func show(c *classify.Classifier, sentences ...string) {
	for _, sentence := range sentences {
		r := c.Sentence(sentence)
		for _, a := range r.Acts {
			fmt.Printf("%s: %s -> %s\n", a.Label, a.Source.Text, a.Target.Text)
		}
		for _, m := range r.Mentions {
			fmt.Printf("no %s: %s\n", m.Label, m.Reason)
		}
		if len(r.Acts)+len(r.Mentions) == 0 {
			fmt.Println("nothing")
		}
	}
}

// The four acts, and other senses of their words.
func ExampleAct() {
	show(classify.Default(),
		"Paris condemned the raid.",
		"The envoy warned Oslo of grave consequences.",
		"Moscow dismissed the report as fiction.",
		"Vienna will take no side in the dispute.",
		"The city pulled down the condemned building.",
		"He was denied entry.",
	)
	// Output:
	// condemnation: Paris -> the raid
	// warning: The envoy -> Oslo
	// denial: Moscow -> the report
	// neutrality: Vienna -> the dispute
	// nothing
	// nothing
}

// The reasons why nobody performs an act that is named.
func ExampleMention() {
	show(classify.Default(),
		"Nobody in Lima condemned the raid.",
		"Lima refused to condemn the raid.",
		"Lima failed to condemn the raid.",
		"Lima kept silent about the raid.",
		"Rome urged Lima to condemn the raid.",
		"If Lima condemns the raid, the talks end.",
		"Lima will condemn the raid.",
		"Will Lima condemn the raid?",
		"Vienna gave up its neutrality.",
	)
	// Output:
	// no condemnation: negated
	// no condemnation: refused
	// no condemnation: failed
	// no condemnation: absent
	// no condemnation: requested
	// no condemnation: hypothetical
	// no condemnation: future
	// no condemnation: asked
	// no neutrality: ended
}

// How far context reaches.
func ExampleModifier() {
	show(classify.Default(),
		"Oslo did not, in the end, condemn the raid.",
		"Oslo did not attend the talks but condemned the raid.",
		"Oslo did not say why it condemned the raid.",
		"Oslo refused to sign the pact condemning the raid.",
		"Oslo refused to leave the hall and condemned the raid.",
		"Oslo not only condemned the raid, it left the talks.",
	)
	// Output:
	// no condemnation: negated
	// condemnation: Oslo -> the raid
	// condemnation: Oslo -> the raid
	// no condemnation: refused
	// condemnation: Oslo -> the raid
	// condemnation: Oslo -> the raid
}

// The lexicon of the package documentation, step by step.
func ExampleCue() {
	lex, err := classify.ReadLexicon(strings.NewReader(`
label: apology
cues:
  - id: apology.say
    match: [apologise, "be ..2 sorry", "express ..2 (regret|remorse)"]
    target: [to, for]
  - id: apology.noun
    match: [apology]
    weight: 0.7
    frame: noun # "the council's apology to the families"
    needs: source
    target: [to, for]
  - id: apology.hint
    match: [we got it wrong]
    weight: 0.4
    frame: statement
blockers:
  - id: apology.other
    match: ["be ..2 sorry (state|sight)", "be ..2 sorry to (hear|learn|say)"]
`), "apology.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := classify.New(classify.WithLexicon(lex))
	if err != nil {
		fmt.Println(err)
		return
	}
	show(c,
		"The premier apologised to the nation.",
		"The minister is deeply sorry for the error.",
		"The council's apology to the families came late.",
		"The premier will apologise.",
		"An apology came late.",
		"We got it wrong.",
		"The roads are in a sorry state.",
		"He is sorry to hear it.",
	)
	// Output:
	// apology: The premier -> the nation
	// apology: The minister -> the error
	// apology: The council -> the families
	// no apology: future
	// nothing
	// nothing
	// nothing
	// nothing
}
