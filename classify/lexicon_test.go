package classify_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

func read(t *testing.T, yaml string) *classify.Lexicon {
	t.Helper()
	lex, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
	require.NoError(t, err)
	return lex
}

func with(t *testing.T, yaml string) *classify.Classifier {
	t.Helper()
	c, err := classify.New(classify.WithoutBuiltin(), classify.WithLexicon(read(t, yaml)))
	require.NoError(t, err)
	return c
}

const apology = `
lexicon: {name: apologies, language: en, version: "2", license: CC0-1.0}
label: apology
defaults: {weight: 0.8, target: [to, for]}
classes:
  regret-noun: [apology, regret/n, remorse]
cues:
  - id: apology.verb
    match: apologise
  - id: apology.noun
    match: ["(express|voice/v) ..3 @regret-noun", "make ..2 amends"]
    weight: 0.6
  - id: apology.weak
    match: [sorry]
    weight: 0.3
    frame: predicate
blockers:
  - id: apology.block
    match: [sorry state]
modifiers:
  - id: apology.demand
    category: requested
    match: ["demand/v ..1 =that", owe]
    limit: 5
thresholds: {apology: 0.55}
`

func TestReadLexicon(t *testing.T) {
	lex := read(t, apology)
	assert.Equal(t, "apologies", lex.Name)
	assert.Equal(t, "CC0-1.0", lex.License)
	require.Len(t, lex.Cues, 3)
	assert.Equal(t, []string{"apologise"}, lex.Cues[0].Match)
	assert.Equal(t, classify.FramePredicate, lex.Cues[2].Frame)
	assert.Equal(t, 0.55, lex.Thresholds["apology"])
}

func TestOwnLabel(t *testing.T) {
	c := with(t, apology)
	assert.Equal(t, classify.Label("apology"), c.Labels()[4])

	r := c.Sentence("Oslo apologized to Bergen for the delay.")
	require.True(t, r.Has("apology"))
	assert.Equal(t, "Oslo", r.Acts[0].Source.Text)
	assert.Contains(t, r.Acts[0].Target.Text, "Bergen")
	assert.Equal(t, []string{"apology.verb"}, r.Acts[0].Rules)

	assert.True(t, c.Sentence("Oslo voiced its deep regret.").Has("apology"))
	assert.False(t, c.Sentence("Oslo is sorry.").Has("apology"), "below the threshold")
	assert.False(t, c.Sentence("A sorry state, and sorry to say so.").Has("apology"))

	r = c.Sentence("Bergen demanded that Oslo apologise.")
	assert.Empty(t, r.Acts)
	require.Len(t, r.Mentions, 1)
	assert.Equal(t, classify.Requested, r.Mentions[0].Reason)
	assert.Equal(t, []string{"apology.verb", "apology.demand/demand-v-1-that"}, r.Mentions[0].Rules)
}

func TestPatterns(t *testing.T) {
	for pattern, sentences := range map[string]struct{ yes, no string }{
		"deny":               {"They denied it|It denies this|denying", "denial|undeniable"},
		"=denied":            {"They DENIED it", "They deny it"},
		"==IS":               {"the IS group", "it is over|It Is"},
		"attack/n":           {"The attack ended", "They attack the port"},
		"attack/v":           {"They attack the port", "The attack ended"},
		"pay ..2 price":      {"pay a heavy price|paid the price", "pay a very, very heavy, awful price|price to pay"},
		"red line":           {"a red line|red lines", "red and line|a red brick line"},
		"sabre-rattling":     {"sabre-rattling|sabre rattling", "rattling sabre"},
		"(hot|cold) war":     {"a cold war|hot wars", "a war"},
		"^ no deal":          {"No deal today|“No deal,” she said", "There is no deal"},
		"deal $":             {"There is no deal|no deal.", "deal or not"},
		"yes , no":           {"yes, no", "yes no"},
		"will not hesitate":  {"will certainly not hesitate|won't hesitate", "will hesitate|will not, she said, hesitate"},
		"not @ing":           {"not going", "not go"},
		"favour neither":     {"favors neither", "favors one"},
		"article 5":          {"invoked Article 5", "Article 4|Article five"},
		"1,000 people":       {"1,000 people", "1 people|1, 000 people"},
		"=9-11":              {"on 9-11", "on 9 of 11"},
		"1967 border":        {"the 1967 borders", "the 1968 borders"},
		"too-late":           {"too late|too-late", "late too"},
		"(big|very large) x": {"big x|very large x", "large x"},
	} {
		lex := &classify.Lexicon{Label: "x", Cues: []classify.Cue{{ID: "x", Match: []string{pattern}, Weight: 1, Mention: classify.MentionNever, Immune: []classify.Reason{classify.Negated}}}}
		c, err := classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex))
		require.NoError(t, err, pattern)
		for s := range strings.SplitSeq(sentences.yes, "|") {
			assert.True(t, c.Sentence(s).Has("x"), "%s on %q", pattern, s)
		}
		for s := range strings.SplitSeq(sentences.no, "|") {
			assert.False(t, c.Sentence(s).Has("x"), "%s on %q", pattern, s)
		}
	}
}

func TestChangeBuiltin(t *testing.T) {
	const sentence = "Oslo abstained."
	rule := classify.Default().Sentence(sentence).Acts[0].Rules[0]

	c, err := classify.New(classify.WithLexicon(read(t, "weights: {"+rule+": 0.6}")), classify.WithoutCalibration())
	require.NoError(t, err)
	assert.InDelta(t, 0.6, c.Sentence(sentence).Acts[0].Score, 0.05)

	c, err = classify.New(classify.WithLexicon(read(t, "remove: ["+rule+"]")))
	require.NoError(t, err)
	for _, a := range c.Sentence(sentence).Acts {
		assert.NotContains(t, a.Rules, rule)
	}

	_, err = classify.New(classify.WithLexicon(read(t, "remove: [no.such.entry]")))
	assert.ErrorContains(t, err, `test.yaml:1:10: remove: no entry of the lexicons before has the id "no.such.entry"`)
}

func TestLexiconErrors(t *testing.T) {
	for yaml, want := range map[string]string{
		"":                              "test.yaml: empty file",
		"- a":                           "test.yaml:1:1: the lexicon must be a mapping",
		"label: \xe9":                   "test.yaml:1:8: byte 0xe9 is not UTF-8: save the file as UTF-8",
		"a: é\nb: \x07":                 `test.yaml:2:4: control character '\a', which YAML does not allow`,
		"lable: x":                      `test.yaml:1:1: unknown key "lable" in the lexicon; did you mean "label"?`,
		"label: x\nlabel: y":            `test.yaml:2:1: key "label" stands twice`,
		"cues: 3":                       "test.yaml:1:7: list expected",
		"cues:\n  - id: [a]":            "test.yaml:2:9: text expected, found a list",
		"cues:\n  - {frame: verbs}":     `test.yaml:2:13: one of verb, noun, predicate, epithet, statement expected, found "verbs"; did you mean "verb"?`,
		"cues:\n  - {weight: 1.5}":      `test.yaml:2:14: number above 0 and up to 1 expected, found "1.5"`,
		"modifiers:\n  - {limit: many}": "test.yaml:2:13: whole number from 1 to 40 expected",
		"a: [":                          "test.yaml:1:1: not valid YAML",
		"a: &x [1]\nb: *x":              "test.yaml:1:4: YAML anchors and aliases",
		"classes: [a]":                  "test.yaml:1:10: classes must be a mapping of class names to lists, found a list",
		"extend: 1":                     "test.yaml:1:9: extend must be a mapping",
		"thresholds: {x: 0.5, x: 0.6}":  `test.yaml:1:22: threshold of "x" is already set at test.yaml:1:14`,
		"calibration: [x]":              "test.yaml:1:14: calibration must be a mapping of labels to weights with their scores, found a list",
		"calibration: {x: 1}":           `test.yaml:1:18: calibration of "x" must be a mapping of weights to scores`,
		"calibration: {x: {0: 0.5}}":    `test.yaml:1:19: number above 0 and up to 1 expected, found "0"`,
		"calibration: {x: {}, x: {}}":   `test.yaml:1:22: calibration of "x" is already set at test.yaml:1:15`,
		"weights: {x: 0}":               `test.yaml:1:14: number above 0 and up to 1 expected, found "0"`,
		"label: x\n---\nlabel: y":       "more than one YAML document",
		strings.Repeat("[", 200):        "nested deeper than 16",
	} {
		_, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		assert.ErrorContains(t, err, want, "%.40q", yaml)
	}
}

func TestCompileErrors(t *testing.T) {
	for yaml, want := range map[string]string{
		"label: x\ncues: [{id: a, match: '(b'}]":                          `test.yaml:2:24: pattern "(b": "(" without its ")"`,
		"label: x\ncues: [{id: a, match: 'b @nix'}]":                      "test.yaml:2:26: undefined class @nix",
		"label: x\ncues: [{id: a, match: '@determinr'}]":                  "did you mean @determiner?",
		"label: x\ncues: [{id: a, match: b}, {id: a, match: c}]":          `test.yaml:2:27: id "a" is already used at test.yaml:2:8`,
		"label: x\ncues: [{match: b}]":                                    "test.yaml:2:8: cue without an id",
		"label: x\ncues: [{id: a}]":                                       `test.yaml:2:8: cue "a" has no patterns`,
		"cues: [{id: a, match: b}]":                                       `cue "a" has no label`,
		"label: x\ncues: [{id: a, match: 'Mr. B'}]":                       `test.yaml:2:26: pattern "Mr. B": never matches: "." is no word`,
		"label: x\ncues: [{id: a, match: 'b 50%'}]":                       `test.yaml:2:28: pattern "b 50%": never matches: "%" is no word`,
		"label: x\ncues: [{id: a, match: 'b/verb'}]":                      `test.yaml:2:25: pattern "b/verb": part of speech expected after "/": v, n, a or r`,
		"label: x\ncues: [{id: a, match: 'b ('}]":                         `test.yaml:2:26: pattern "b (": "(" without its ")"`,
		"classes: {a: []}":                                                `test.yaml:1:11: class "a" has no members`,
		"label: x\ncues: [{id: a, match: '..3'}]":                         "never matches",
		"label: x\ncues: [{id: a, match: '@noun'}]":                       "no word to look for",
		"blockers: [{id: a, match: b, labels: [warnin]}]":                 `label "warnin" is used and no cue defines it; did you mean "warning"?`,
		"classes: {a: ['@b'], b: ['@a']}":                                 "class cycle: @a uses @b uses @a",
		"classes: {determiner: [x]}":                                      `class "determiner" is already defined at lexicons/words.yaml:`,
		"modifiers: [{id: a, match: b}]":                                  `modifier "a" has the category ""`,
		"modifiers: [{id: a, match: b, category: future, only: ['c d']}]": "only takes single words",
		"classes: {noun: [x]}":                                            `test.yaml:1:11: class "noun" is built in: it is a part of speech`,
		"classes: {'a b': [x]}":                                           `test.yaml:1:11: class name "a b": letters, digits and hyphens are expected`,
		"classes: {a: ['x @b'], b: ['y @a']}":                             "test.yaml:1:29: class cycle: @a uses @b uses @a",
		"classes: {a: [x], a: [y]}":                                       `test.yaml:1:19: class "a" is already defined at test.yaml:1:11; to add to it, use extend`,
		"extend: {determinr: [x]}":                                        "test.yaml:1:10: extend: undefined class @determinr; did you mean @determiner?",
		"extend: {noun: [x]}":                                             `test.yaml:1:10: extend: class "noun" is built in`,
		"label: x\ncues: [{id: a, match: b, target: [objct]}]":            `test.yaml:2:35: target "objct"; object, subject or a preposition is expected`,
		"weights: {context.asked: 0.3}":                                   `test.yaml:1:11: weights: "context.asked" is a modifier, and only cues have weights`,
		"weights: {context.askd: 0.3}":                                    `did you mean "context.asked"?`,
		"calibration: {nope: {1: 1}}":                                     `test.yaml:1:15: calibration of "nope", which no lexicon defines`,
		"calibration: {denail: {1: 1}}":                                   `did you mean "denial"?`,
		"calibration: {denial: {0.5: 0.6, 0.4: 0.7}}":                     `test.yaml:1:15: calibration of "denial" does not rise from 0.5: 0.6 to 0.4: 0.7`,
		"calibration: {denial: {0.5: 0.6, 0.7: 0.6}}":                     "does not rise from 0.5: 0.6 to 0.7: 0.6",
		"calibration: {denial: {0.5: 1}}":                                 "has a score of 1 at weight 0.5, from where it cannot rise",
		"thresholds: {nope: 0.5}":                                         `threshold for "nope", which no lexicon defines`,
	} {
		lex, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		require.NoError(t, err, yaml)
		c, err := classify.New(classify.WithLexicon(lex))
		assert.True(t, c == nil, yaml)
		assert.ErrorContains(t, err, want, "%.60q", yaml)
	}
}

func TestAllMistakesTogether(t *testing.T) {
	lex := read(t, "label: x\ncues:\n  - {id: a, match: ['(', ')']}\n  - {id: a, match: b}\n")
	_, err := classify.New(classify.WithLexicon(lex))
	list := classify.LexiconErrors(err)
	require.Len(t, list, 3)
	assert.Equal(t, []int{3, 3, 4}, []int{list[0].Line, list[1].Line, list[2].Line})
	assert.Equal(t, "test.yaml", list[0].File)
	assert.Equal(t, errors.Join(list[0], list[1], list[2]).Error(), err.Error(), "each line begins with the place")
}

// Mistakes of the form do not hide those of the contents, nor pass for more.
func TestAllKindsOfMistakesTogether(t *testing.T) {
	for yaml, want := range map[string]string{
		`label: x
classes: {a: ["@b"], b: ["@a"]}
thresholds: {x: 7, y: 0.5}
cues:
  - {id: a, match: [], weight: 7}
  - {id: a, match: ["b (c"], wieght: 1}
  - {id: c, match: ["d @nix"]}
  - {match: 'e *'}
blockers: [{id: d, match: f, labels: [x, warnin]}]
modifiers: [{id: e, match: g, category: future, except: [denail]}]
`: `test.yaml:2:27: class cycle: @a uses @b uses @a
test.yaml:3:17: number above 0 and up to 1 expected, found "7"
test.yaml:3:20: threshold for "y", which no lexicon defines
test.yaml:5:5: cue "a" has no patterns under match
test.yaml:5:32: number above 0 and up to 1 expected, found "7"
test.yaml:6:5: id "a" is already used at test.yaml:5:5
test.yaml:6:24: pattern "b (c": "(" without its ")"
test.yaml:6:30: unknown key "wieght" in cue; did you mean "weight"?
test.yaml:7:24: undefined class @nix
test.yaml:8:5: cue without an id
test.yaml:8:16: pattern "e *": word expected, found '*'
test.yaml:9:42: label "warnin" is used and no cue defines it; did you mean "warning"?
test.yaml:10:58: label "denail" is used and no cue defines it; did you mean "denial"?`,
		"lable: x\ncues: [{id: a, match: b}]":                      `test.yaml:1:1: unknown key "lable" in the lexicon; did you mean "label"?`,
		"label: x\nclases: {k: [a]}\ncues: [{id: a, match: '@k'}]": `test.yaml:2:1: unknown key "clases" in the lexicon; did you mean "classes"?`,
		"label: x\ncues: [{id: a, mach: b}]":                       `test.yaml:2:16: unknown key "mach" in cue; did you mean "match"?`,
		"label: x\ncues: [{i: a, match: b}]":                       `test.yaml:2:9: unknown key "i" in cue; did you mean "id"?`,
		"label: x\ncues: [{id: [a], match: b}]":                    "test.yaml:2:13: text expected, found a list",
		"modifiers: [{id: a, match: b, category: futur}]":          `test.yaml:1:41: one of negated, refused, failed, absent, requested, hypothetical, future, asked, ended, presupposed expected, found "futur"; did you mean "future"?`,
		"label: x\ncues: a\nthresholds: {x: 0.5}":                  `test.yaml:2:7: list expected, each item of which begins with "- ", found "a"`,
	} {
		_, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		assert.EqualError(t, err, want)
	}
}

func TestNoLexicon(t *testing.T) {
	_, err := classify.New(classify.WithLexicon(&classify.Lexicon{}, nil))
	assert.EqualError(t, err, "classify: lexicon 2 of 2 is nil")
}

func TestLongTextIsClippedInMessages(t *testing.T) {
	long := strings.Repeat("é", 50_000)
	for _, yaml := range []string{long + ": 1", "cues: " + long, "label: x\nthreshold: {}\ncues: [{id: a, match: '(" + long + "'}]"} {
		_, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		require.Error(t, err)
		assert.Less(t, len(err.Error()), 500)
	}
}

func TestLoadLexicons(t *testing.T) {
	fsys := fstest.MapFS{
		"a.yaml": {Data: []byte("label: x\ncues: [{id: a, match: b}]")},
		"b.yaml": {Data: []byte("labl: x")},
		"c.yaml": {Data: []byte("cuess: 1")},
	}
	list, err := classify.LoadLexicons(fsys, "a.yaml")
	require.NoError(t, err)
	assert.Len(t, list, 1)
	list, err = classify.LoadLexicons(fsys, "*.yaml")
	assert.Nil(t, list)
	assert.Len(t, classify.LexiconErrors(err), 2, "the mistakes of all files")
	_, err = classify.LoadLexicons(fsys, "*.yml")
	assert.Error(t, err)
}

func TestBuiltinLexicons(t *testing.T) {
	c := classify.Default()
	assert.Equal(t, []classify.Label{classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality}, c.Labels())
}

func TestColumnsAreInBytes(t *testing.T) {
	for yaml, column := range map[string]int{
		"cues: [{label: a, id: é, match: x, weight: 7}]":       len("cues: [{label: a, id: é, match: x, weight: ") + 1,
		"# é\ncues: [{label: é, id: “x”, match: [ü, 'x y)']}]": len("cues: [{label: é, id: “x”, match: [ü, 'x y") + 1,
		"cues: [{label: a, id: e, match: x, weight: 7}] # é":   len("cues: [{label: a, id: e, match: x, weight: ") + 1,
	} {
		lex, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		if err == nil {
			_, err = classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex))
		}
		errs := classify.LexiconErrors(err)
		require.Len(t, errs, 1, yaml)
		assert.Equal(t, column, errs[0].Column, "%s: %s", yaml, errs[0])
	}
}

func TestLinesOfBadYAML(t *testing.T) {
	const (
		top  = "label: a\ncues:\n  - id: a.b\n"
		good = "    match: [x]\n  - id: a.c\n"
	)
	for yaml, line := range map[string]int{
		"]":                          1,
		"label: 'a\ncues:\n":         1, // the quote that is not closed
		"label: \"a\ncues:\n":        1,
		"label: a\n- b\n":            2,
		"- a\nlabel: b\n":            2,
		"label: a\n cues:\n":         2,
		"label: a\ncues:\n\t- id: b": 3,
		top + good + "    match: [x\n    weight: 1\n":       6, // the bracket that is not closed
		top + good + "    match: {\n":                       6,
		top + good + "    match: \"x\n\n\n":                 6,
		top + good + "    match: @noun\n":                   6,
		top + good + "    match: x: y\n":                    6,
		top + good + "   match: [x]\n" + good:               6, // less indented than its list
		top + good + "    match: [x]\n  }\n" + good + good:  7,
		top + good + "    match: [x]\nlabels\n" + good:      7,
		top + good + "    match: [x]\n  pseudo: y\n" + good: 7,
		"\uFEFF" + top + "    match: [x\n    weight: 1\n":   4,
	} {
		_, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		errs := classify.LexiconErrors(err)
		require.Len(t, errs, 1, yaml)
		assert.Contains(t, errs[0].Msg, "not valid YAML: ")
		assert.Equal(t, line, errs[0].Line, "%s: %s", yaml, errs[0])
	}
}

func TestBadYAMLSaysWhatToDo(t *testing.T) {
	for yaml, want := range map[string]string{
		"label: x\nclasses:\n  a: @noun b":       `test.yaml:3:1: not valid YAML: found character that cannot start any token, in "a: @noun b": indent with spaces, not tabs, and put text that begins with @ or % in quotes`,
		"label: x\nclasses:\n  a: *b":            `test.yaml:3:1: not valid YAML: unknown anchor 'b' referenced, in "a: *b": put text that begins with * in quotes`,
		"label: x\ncues\n  - id: b":              `test.yaml:2:1: not valid YAML: could not find expected ':', in "cues": check the indentation, and that a colon and a space stand behind each key`,
		"label: x\nclasses:\n  a: [b, c\n  d: e": `test.yaml:3:1: not valid YAML: did not find expected ',' or ']', in "a: [b, c": a comma or the end of the list is missing`,
		"label: x\nclasses:\n  a: \"b\" c":       `in "a: \"b\" c": check the indentation and the quotes`,
		"label: 'x":                              `in "label: 'x": a closing quotation mark is missing`,
	} {
		_, err := classify.ReadLexicon(strings.NewReader(yaml), "test.yaml")
		assert.ErrorContains(t, err, want)
		assert.Len(t, classify.LexiconErrors(err), 1)
	}
}
