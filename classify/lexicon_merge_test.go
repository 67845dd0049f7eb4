package classify_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

const base = `
label: x
classes: {colour: [red, blue]}
cues:
  - {id: base.group, match: [alpha, beta, gamma], weight: 0.8}
  - {id: base.single, match: [delta], weight: 0.8}
  - {id: base.class, match: ["@colour flag"], weight: 0.8}
blockers:
  - {id: base.block, match: [alpha male]}
modifiers:
  - {id: base.refused, category: refused, match: [spurn], limit: 5}
  - {id: base.failed, category: failed, match: [spurn], limit: 5}
pseudo:
  - {id: base.pseudo, match: [spurn not]}
terminators:
  - {id: base.stop, match: [halt]}
`

// after builds a classifier from base and then the lexicons given.
func after(yaml ...string) (*classify.Classifier, error) {
	var lexicons []*classify.Lexicon
	for i, y := range append([]string{base}, yaml...) {
		lex, err := classify.ReadLexicon(strings.NewReader(y), fmt.Sprintf("%d.yaml", i))
		if err != nil {
			return nil, err
		}
		lexicons = append(lexicons, lex)
	}
	return classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lexicons...))
}

func TestMerge(t *testing.T) {
	for name, test := range map[string]struct{ yaml, sentence, want string }{
		"nothing":                  {"", "An alpha.", "act base.group/alpha"},
		"remove a pattern":         {"remove: [base.group/alpha]", "An alpha.", ""},
		"the others stay":          {"remove: [base.group/alpha]", "A beta.", "act base.group/beta"},
		"remove a group":           {"remove: [base.group]", "A beta.", ""},
		"blocker on":               {"", "An alpha male.", ""},
		"blocker off":              {"remove: [base.block]", "An alpha male.", "act base.group/alpha"},
		"the first modifier":       {"", "They spurn a beta.", "refused base.group/beta base.refused"},
		"modifier off":             {"remove: [base.refused]", "They spurn a beta.", "failed base.group/beta base.failed"},
		"pseudo on":                {"", "They spurn not a beta.", "act base.group/beta"},
		"pseudo off":               {"remove: [base.pseudo]", "They spurn not a beta.", "refused base.group/beta base.refused"},
		"terminator on":            {"", "They spurn and halt a beta.", "act base.group/beta"},
		"terminator off":           {"remove: [base.stop]", "They spurn and jog a beta.", "refused base.group/beta base.refused"},
		"replace a group":          {"label: x\ncues: [{id: new, replaces: base.group, match: [omega, psi]}]", "An omega.", "act new/omega"},
		"what was there is gone":   {"label: x\ncues: [{id: new, replaces: base.group, match: [omega, psi]}]", "An alpha.", ""},
		"replace under its id":     {"label: x\ncues: [{replaces: base.single, match: omega}]", "An omega.", "act base.single"},
		"replace a pattern":        {"label: x\ncues: [{replaces: base.group/beta, match: omega}]", "An omega.", "act base.group/beta"},
		"its group stays":          {"label: x\ncues: [{replaces: base.group/beta, match: omega}]", "An alpha.", "act base.group/alpha"},
		"a modifier keeps place":   {"modifiers: [{id: new, replaces: base.refused, category: absent, match: [spurn], limit: 5}]", "They spurn a beta.", "absent base.group/beta new"},
		"a new modifier is last":   {"modifiers: [{id: new, category: absent, match: [spurn], limit: 5}]", "They spurn a beta.", "refused base.group/beta base.refused"},
		"replace a blocker":        {"blockers: [{replaces: base.block, match: [beta male]}]", "A beta male.", ""},
		"re-weight a group":        {"weights: {base.group: 0.4}", "A beta.", ""},
		"re-weight a pattern":      {"weights: {base.group: 0.4, base.group/beta: 0.9}", "A beta.", "act base.group/beta"},
		"remove and define again":  {"label: x\nremove: [base.single]\ncues: [{id: base.single, match: omega}]", "An omega.", "act base.single"},
		"class as it is":           {"", "A green flag.", ""},
		"class extended":           {"extend: {colour: [green, sky blue]}", "A green flag.", "act base.class"},
		"class extended by phrase": {"extend: {colour: [green, sky pink]}", "A sky pink flag.", "act base.class"},
	} {
		c, err := after(test.yaml + "\nlexicon: {version: '1'}")
		if !assert.NoError(t, err, name) {
			continue
		}
		r := c.Sentence(test.sentence)
		got := ""
		for _, a := range r.Acts {
			got += "act " + strings.Join(a.Rules, " ")
		}
		for _, m := range r.Mentions {
			got += string(m.Reason) + " " + strings.Join(m.Rules, " ")
		}
		assert.Equal(t, test.want, got, name)
	}
}

func TestMergeConflicts(t *testing.T) {
	const mine = "label: x\ncues: [{id: mine, replaces: base.single, match: omega}]"
	for name, test := range map[string]struct {
		yaml []string
		want string
	}{
		"id twice":                {[]string{"label: x\ncues: [{id: base.single, match: omega}]"}, `1.yaml:2:8: id "base.single" is already used at 0.yaml:6:5`},
		"id of a pattern":         {[]string{"label: x\ncues: [{id: base.group/beta, match: omega}]"}, `1.yaml:2:8: id "base.group/beta" is already used at 0.yaml:5:`},
		"class twice":             {[]string{"classes: {colour: [green]}"}, `1.yaml:1:11: class "colour" is already defined at 0.yaml:3:11`},
		"replaced twice":          {[]string{mine, "label: x\ncues: [{id: other, replaces: base.single, match: psi}]"}, `2.yaml:2:8: replaces: no entry of the lexicons before has the id "base.single": it was replaced at 1.yaml:2:8`},
		"replacing the unknown":   {[]string{"label: x\ncues: [{id: mine, replaces: base.singel, match: psi}]"}, `did you mean "base.single"?`},
		"replacing one's own":     {[]string{"label: x\ncues: [{id: a, match: b}, {id: c, replaces: a, match: d}]"}, `no entry of the lexicons before has the id "a"`},
		"a cue for a blocker":     {[]string{"label: x\ncues: [{id: mine, replaces: base.block, match: psi}]"}, `replaces: "base.block" is a blocker, at 0.yaml:9:5, and cannot be replaced with a cue`},
		"removing what is to be":  {[]string{"remove: [late]", "label: x\ncues: [{id: late, match: psi}]"}, `1.yaml:1:10: remove: no entry of the lexicons before has the id "late"`},
		"weight of the removed":   {[]string{"remove: [base.single]", "weights: {base.single: 0.3}"}, "it was removed at 1.yaml:1:10"},
		"near id of a pattern":    {[]string{"remove: [base.group/betta]"}, `did you mean "base.group/beta"?`},
		"removing a part twice":   {[]string{"remove: [base.group/beta, base.group/beta]"}, ""},
		"two lexicons, one wish":  {[]string{"remove: [base.single]", "remove: [base.single]"}, ""},
		"replacing a replacement": {[]string{mine, "label: x\ncues: [{replaces: mine, match: psi}]"}, ""},
	} {
		_, err := after(test.yaml...)
		if test.want == "" {
			assert.NoError(t, err, name)
		} else {
			assert.ErrorContains(t, err, test.want, name)
		}
	}
}

func TestValidate(t *testing.T) {
	good := &classify.Lexicon{
		Name: "mine", Label: "x", Remove: []string{"of.another"}, Weights: []classify.Reweight{{ID: "of.another.2", Weight: 0.5}},
		Cues: []classify.Cue{{ID: "a", Replaces: "of.another.3", Match: []string{"@say sorry"}}},
	}
	assert.NoError(t, good.Validate())
	bad := &classify.Lexicon{
		Name: "mine", Label: "x",
		Classes:  []classify.Class{{Name: "c", Members: []string{"(b"}}},
		Cues:     []classify.Cue{{ID: "a.weight", Match: []string{"w"}, Weight: math.NaN()}, {ID: "a.frame", Match: []string{"w"}, Frame: "verbs"}, {ID: "a.pattern", Match: []string{"w", "@sy"}}, {ID: "a.pattern", Match: []string{"w"}}},
		Blockers: []classify.Blocker{{ID: "a.label", Labels: []classify.Label{"warnin"}, Match: []string{"w"}}},
		Modifiers: []classify.Modifier{
			{ID: "a.category", Match: []string{"w"}},
			{ID: "a.limit", Category: classify.Negated, Limit: 99, Match: []string{"w"}},
			{ID: "a.frames", Category: classify.Negated, Frames: []classify.Frame{"verbs"}, Match: []string{"w"}},
		},
		Thresholds: map[classify.Label]float64{"x": 7},
	}
	err := bad.Validate()
	for _, want := range []string{
		`mine: entry "@c": pattern "(b": "(" without its ")"`,
		`mine: weight of "a.weight" is NaN`,
		`mine: frame of "a.frame" is "verbs"`,
		`mine: entry "a.pattern": undefined class @sy; did you mean @say?`,
		`mine: id "a.pattern" is used twice`,
		`mine: entry "a.label": label "warnin" is used`,
		`mine: modifier "a.category" has the category ""`,
		`mine: modifier "a.limit" has the limit 99`,
		`mine: modifier "a.frames" has the frame "verbs"`,
		`mine: threshold for "x" is 7`,
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.Len(t, classify.LexiconErrors(err), 10)
}

func TestLimits(t *testing.T) {
	small := classify.Limits{Bytes: 60, Values: 10, Depth: 2}
	for yaml, want := range map[string]string{
		"label: " + strings.Repeat("x", 60): "longer than 60 bytes, the limit",
		"common: [a,b,c,d,e,f,g,h,i,j,k]":   "more than 10 values, the limit",
		"a: [[[b]]]":                        "nested deeper than 2, the limit",
		"label: x":                          "",
		`label: "[[[[,,,,,,,,,,,,"`:         "",
		"label: x # [[[[,,,,,,,,,,,,":       "",
	} {
		_, err := small.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		if want == "" {
			assert.NoError(t, err, yaml)
		} else {
			assert.ErrorContains(t, err, want, yaml)
		}
	}
	_, err := small.LoadLexicons(fstest.MapFS{"a.yaml": {Data: []byte("a: [[[b]]]")}}, "*.yaml")
	assert.ErrorContains(t, err, "a.yaml:1:1: nested deeper than 2")
}

// soon is how long bad input may take: a second, and some for a busy machine.
// With the race detector, programs take up to ten times as long.
var soon = func() time.Duration {
	if classify.RaceEnabled {
		return 20 * time.Second
	}
	return 2 * time.Second
}()

func TestHostileYAMLIsRefusedFast(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	for name, yaml := range map[string]string{
		"aliases":     bomb,
		"flow":        strings.Repeat("{a: ", 100_000),
		"lists":       strings.Repeat("[", 8<<20),
		"hidden":      "a: b\" [" + strings.Repeat("[", 1<<20),
		"comment":     "# \"\n" + strings.Repeat("[", 1<<20),
		"block lists": strings.Repeat("- ", 100_000) + "x",
		"keys":        strings.Repeat("? ", 100_000) + "x",
		"indents":     strings.Repeat("\n", 3) + strings.Repeat(" ", 1<<20) + "x",
		"values":      "common: [" + strings.Repeat("a,", 4<<20-10) + "]",
		"lines":       "common:\n" + strings.Repeat("- a\n", 2<<20-10),
		"quotes":      "common: [" + strings.Repeat("'a''", 2<<20-10),
		"large":       "label: " + strings.Repeat("x", 50<<20),
	} {
		start := time.Now()
		_, err := classify.ReadLexicon(strings.NewReader(yaml), name)
		assert.Error(t, err, name)
		assert.Less(t, time.Since(start), soon, name)
	}
}

// Classes that use each other multiply like aliases do.
func TestHostileClassesAreRefusedFast(t *testing.T) {
	for name, members := range map[string]func(inner string) []string{
		"members": func(inner string) []string { return []string{inner, inner, inner, inner} },
		"phrases": func(inner string) []string { return []string{inner + " " + inner, "x " + inner} },
	} {
		lex := &classify.Lexicon{Label: "x", Classes: []classify.Class{{Name: "a0", Members: []string{"w"}}}}
		for i := range 40 {
			lex.Classes = append(lex.Classes, classify.Class{Name: fmt.Sprintf("a%d", i+1), Members: members(fmt.Sprintf("@a%d", i))})
		}
		lex.Cues = []classify.Cue{{ID: "mine", Match: []string{"y ..3 @a40"}}}
		start := time.Now()
		assert.ErrorContains(t, lex.Validate(), "too", name)
		assert.Less(t, time.Since(start), soon, name)
	}
}

// So many mistakes that to look for what each may mean would take too long.
func TestManyMistakesAreReportedFast(t *testing.T) {
	lex := &classify.Lexicon{Label: "x"}
	for i := range 10_000 {
		lex.Remove = append(lex.Remove, fmt.Sprintf("denial.nothing.like.it-%d", i))
		lex.Cues = append(lex.Cues, classify.Cue{ID: fmt.Sprintf("mine.%d", i), Match: []string{fmt.Sprintf("w @class-%d", i)}})
	}
	start := time.Now()
	_, err := classify.New(classify.WithLexicon(lex))
	assert.Len(t, classify.LexiconErrors(err), 101)
	assert.ErrorContains(t, err, "more than 100 mistakes")
	assert.Less(t, time.Since(start), soon)
}

// The commented example loads, and does what its comments say.
func TestExampleFile(t *testing.T) {
	list, err := classify.LoadLexicons(os.DirFS("testdata"), "example.yaml")
	require.NoError(t, err)
	require.NoError(t, list[0].Validate())
	c, err := classify.New(classify.WithLexicon(list...))
	require.NoError(t, err)
	apology := c.Labels()[4]
	for sentence, want := range map[string]string{
		"Oslo apologised to Bergen.":             "act apology.verb/apologise",
		"Oslo voiced its deep remorse.":          "act apology.noun",
		"Oslo will offer a full apology.":        "act apology.noun",
		"Oslo's apology to Bergen was read out.": "act apology.bare",
		"The apology was read out.":              "",
		"We got it wrong.":                       "",
		"Sorry, we got it wrong.":                "act apology.hint",
		"It was an apology for a bridge.":        "",
		"Oslo owes Bergen an apology.":           "requested",
		"When will Oslo apologise?":              "asked",
		"There was no word of regret from Oslo.": "absent",
		"The premier was hardly apologetic.":     "negated",
		"An apology from Oslo is long overdue.":  "absent",
	} {
		r := c.Sentence(sentence)
		got := ""
		for _, a := range r.Acts {
			if a.Label == apology {
				got = "act " + a.Rules[0]
			}
		}
		for _, m := range r.Mentions {
			if m.Label == apology {
				got += string(m.Reason)
			}
		}
		if want == "" {
			assert.Empty(t, got, sentence)
		} else {
			assert.True(t, strings.HasPrefix(got, want), "%s: %s, want %s", sentence, got, want)
		}
	}
	assert.Equal(t, []string{"example.strong-words/j-accuse"}, c.Sentence("J'accuse, said the mayor.").Acts[0].Rules)
}
