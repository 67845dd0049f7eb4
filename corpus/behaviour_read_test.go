package corpus_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// smallSuite has a capability of every type.
const smallSuite = `# A comment.
capabilities:
- name: refusal
  about: a refused act is mentioned
  tests:
  - {text: "Oslo refused to condemn the raid.", acts: [], mentions: [condemnation]}
  - {text: "Oslo, Norway, condemned the raid.", acts: [condemnation, warning], source: Oslo, target: ''}
- name: case
  about: case does not matter
  type: invariance
  tests:
  - variants: ["It rained.", "IT RAINED."]
    acts: []
    limit: capitals are hard
- name: sense
  about: another sense
  type: directional
  tests:
  - {from: "Rome denied it.", from_acts: [denial], to: "Rome denied entry.", to_acts: [], to_mentions: []}
`

func TestReadBehaviour(t *testing.T) {
	suite, err := corpus.ReadBehaviour(strings.NewReader(smallSuite), "small.yaml")
	require.NoError(t, err)
	oslo, nobody := "Oslo", ""
	none := []classify.Label{}
	assert.Equal(t, corpus.Suite{
		{
			Name: "refusal", About: "a refused act is mentioned", Type: corpus.Minimum,
			Tests: []corpus.Test{
				{File: "small.yaml", Line: 6, Expect: []corpus.Expectation{
					{Text: "Oslo refused to condemn the raid.", Acts: none, Mentions: []classify.Label{con}},
				}},
				{File: "small.yaml", Line: 7, Expect: []corpus.Expectation{
					{Text: "Oslo, Norway, condemned the raid.", Acts: []classify.Label{con, war}, Source: &oslo, Target: &nobody},
				}},
			},
		},
		{
			Name: "case", About: "case does not matter", Type: corpus.Invariance,
			Tests: []corpus.Test{{File: "small.yaml", Line: 12, Limit: "capitals are hard", Expect: []corpus.Expectation{
				{Text: "It rained.", Acts: none}, {Text: "IT RAINED.", Acts: none},
			}}},
		},
		{
			Name: "sense", About: "another sense", Type: corpus.Directional,
			Tests: []corpus.Test{{File: "small.yaml", Line: 19, Expect: []corpus.Expectation{
				{Text: "Rome denied it.", Acts: []classify.Label{den}},
				{Text: "Rome denied entry.", Acts: none, Mentions: none},
			}}},
		},
	}, suite)
}

// inTest puts a test of the given type on line 6 of a suite.
func inTest(of corpus.TestType, test string) string {
	return "capabilities:\n- name: a\n  about: b\n  type: " + string(of) + "\n  tests:\n  - " + test + "\n"
}

func TestReadBehaviourErrors(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"empty":            {"", []string{`s.yaml:1:1: the file is empty`}},
		"comment only":     {"# nothing\n", []string{`s.yaml:1:1: the file is empty`}},
		"malformed":        {"capabilities:\n- [\n", []string{`s.yaml:2:1: malformed YAML: `}},
		"invalid UTF-8":    {"capabilities:\n- \xff\n", []string{`s.yaml:2:3: invalid UTF-8`}},
		"two documents":    {"capabilities: []\n---\na: 1\n", []string{`s.yaml:2:1: expected one YAML document, not several`}},
		"malformed second": {"capabilities: []\n---\n]\n", []string{`malformed YAML: `}},
		"not a mapping":    {"- a\n", []string{`s.yaml:1:1: a behaviour suite must be a mapping, not an array`}},
		"top key":          {"capabilites: []\n", []string{`s.yaml:1:1: unknown key "capabilites" in a behaviour suite: did you mean "capabilities"?`}},
		"no capability":    {"capabilities: []\n", []string{`s.yaml:1:15: capabilities is empty`}},
		"not a list":       {"capabilities: 3\n", []string{`s.yaml:1:15: capabilities must be a list, not a string`}},
		"anchor":           {"capabilities: &x []\n", []string{`s.yaml:1:15: anchors and aliases are not allowed`}},
		"alias":            {"capabilities: [*x]\n", []string{`malformed YAML: unknown anchor 'x' referenced`}},
		"capability keys": {
			"capabilities:\n- {name: a, abuot: b, colour: red}\n",
			[]string{
				`s.yaml:2:3: missing key "tests" in a capability`,
				`s.yaml:2:13: unknown key "abuot" in a capability: did you mean "about"?`,
				`s.yaml:2:23: unknown key "colour" in a capability: expected name, about, tests, type`,
			},
		},
		"empty strings": {
			"capabilities:\n- {name: '', about: , tests: []}\n",
			[]string{`s.yaml:2:10: name is empty`, `s.yaml:2:21: about must be a string, not null`, `s.yaml:2:30: tests is empty`},
		},
		"duplicate capability": {
			smallSuite + "- {name: case, about: again, tests: [{text: a, acts: []}]}\n",
			[]string{`s.yaml:20:3: duplicate capability "case", first given in line 8`},
		},
		"type":         {inTest("invarience", "{}"), []string{`s.yaml:4:9: unknown type "invarience": did you mean "invariance"?`}},
		"other type":   {inTest("MFT", "{}"), []string{`s.yaml:4:9: unknown type "MFT": expected minimum, invariance, directional`}},
		"empty type":   {inTest("''", "{}"), []string{`s.yaml:4:9: type is empty`}},
		"test keys":    {inTest("minimum", `{txt: "a"}`), []string{`s.yaml:6:5: missing key "acts" in a test of type minimum`, `s.yaml:6:6: unknown key "txt" in a test of type minimum: did you mean "text"?`}},
		"key twice":    {inTest("minimum", `{text: "a", acts: [], text: "b"}`), []string{`s.yaml:6:27: key "text" is given twice`}},
		"bare comma":   {inTest("minimum", `{text: No, he denied it., acts: []}`), []string{`s.yaml:6:16: unknown key "he denied it." in a test of type minimum: expected text, acts, mentions, source, target, limit; a text with a comma needs quotes`}},
		"other's key":  {inTest("invariance", `{text: "a", acts: []}`), []string{`s.yaml:6:5: missing key "variants" in a test of type invariance`, `s.yaml:6:6: unknown key "text"`}},
		"directional":  {inTest("directional", `{from: "a", to: "a", from_acts: [], to_acts: []}`), []string{`s.yaml:6:5: from and to are the same sentence "a"`}},
		"one variant":  {inTest("invariance", `{variants: [a], acts: []}`), []string{`s.yaml:6:16: one variant: expected two or more`}},
		"same variant": {inTest("invariance", `{variants: [a, a], acts: []}`), []string{`s.yaml:6:5: duplicate sentence "a", first given in line 6`}},
		"same text": {
			inTest("minimum", "{text: a, acts: []}\n  - {text: a, acts: [denial]}"),
			[]string{`s.yaml:7:5: duplicate sentence "a", first given in line 6`},
		},
		"same pair": {
			inTest("directional", "{from: a, to: b, from_acts: [], to_acts: []}\n  - {from: a, to: b, from_acts: [], to_acts: []}"),
			[]string{`s.yaml:7:5: duplicate sentence "a => b", first given in line 6`},
		},
		"label":         {inTest("minimum", `{text: a, acts: [denail]}`), []string{`s.yaml:6:22: unknown label "denail": did you mean "denial"?`}},
		"label twice":   {inTest("minimum", `{text: a, acts: [denial, denial]}`), []string{`s.yaml:6:30: label "denial" is given twice`}},
		"labels":        {inTest("minimum", `{text: a, acts: denial}`), []string{`s.yaml:6:21: acts must be a list, not a string`}},
		"source":        {inTest("minimum", `{text: "Rome denied it.", acts: [denial], source: rome}`), []string{`s.yaml:6:55: source "rome" does not occur in the text: it must be an exact copy`}},
		"target":        {inTest("minimum", `{text: "Rome denied it.", acts: [denial], target: ' it'}`), []string{`s.yaml:6:55: target " it" has white space around it`}},
		"no act":        {inTest("minimum", `{text: "It rained.", acts: [], source: It}`), []string{`s.yaml:6:44: source without an act or mention`}},
		"empty limit":   {inTest("minimum", `{text: a, acts: [], limit: ''}`), []string{`s.yaml:6:32: limit is empty`}},
		"long limit":    {inTest("minimum", `{text: a, acts: [], limit: "b\nc"}`), []string{`s.yaml:6:32: limit has more than one line`}},
		"white space":   {inTest("minimum", `{text: "a ", acts: []}`), []string{`s.yaml:6:12: text has white space around it`}},
		"bytes":         {inTest("minimum", `{text: "Malé’s", acts: [x]}`), []string{`s.yaml:6:32: unknown label "x"`}},
		"not a test":    {inTest("minimum", `Rome denied it.`), []string{`s.yaml:6:5: a test of type minimum must be a mapping, not a string`}},
		"two in a file": {inTest("minimum", `{text: a, acts: [x], mentions: [y]}`), []string{`s.yaml:6:22: unknown label "x"`, `s.yaml:6:37: unknown label "y"`}},
	} {
		t.Run(name, func(t *testing.T) {
			suite, err := corpus.ReadBehaviour(strings.NewReader(c.in), "s.yaml")
			assert.Nil(t, suite)
			require.Error(t, err)
			var first *corpus.Error
			require.ErrorAs(t, err, &first)
			lines := strings.Split(err.Error(), "\n")
			require.Len(t, lines, len(c.want), "%v", err)
			for i, want := range c.want {
				assert.Contains(t, lines[i], want)
			}
		})
	}
}

func TestReadBehaviourOptions(t *testing.T) {
	in := inTest("minimum", `{text: "Oslo apologised.", acts: [apology]}`)
	_, err := corpus.ReadBehaviour(strings.NewReader(in), "")
	require.ErrorContains(t, err, `6:39: unknown label "apology"`)
	suite, err := corpus.ReadBehaviour(strings.NewReader(in), "", corpus.WithLabels("apology"))
	require.NoError(t, err)
	assert.Equal(t, []classify.Label{"apology"}, suite[0].Tests[0].Expect[0].Acts)
}

func TestReadBehaviourTooManyErrors(t *testing.T) {
	in := inTest("minimum", "{}") + strings.Repeat("  - {}\n", 200)
	_, err := corpus.ReadBehaviour(strings.NewReader(in), "s.yaml")
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 101)
	assert.Contains(t, lines[100], "too many errors")
}

func TestReadBehaviourFails(t *testing.T) {
	broken := errors.New("broken")
	_, err := corpus.ReadBehaviour(iotest.ErrReader(broken), "s.yaml")
	require.ErrorIs(t, err, broken)
	_, err = corpus.ReadTexts(iotest.ErrReader(broken), "s.yaml")
	require.ErrorIs(t, err, broken)
}

func FuzzReadBehaviour(f *testing.F) {
	f.Add(smallSuite)
	f.Add(inTest("directional", "{from: a, to: a}"))
	f.Add("a: &x [*x]\n--- ]")
	f.Fuzz(func(_ *testing.T, in string) {
		suite, err := corpus.ReadBehaviour(strings.NewReader(in), "f.yaml")
		if (err == nil) != (len(suite) > 0) {
			panic("a suite or an error")
		}
		_, _ = corpus.ReadTexts(strings.NewReader(in), "f.yaml")
	})
}

const smallTexts = `texts:
- id: t1
  text: |
    It rained. Oslo condemned the raid.

    "It is a disgrace," Moe said. It rained.
  sentences:
  - {text: "Oslo condemned the raid.", speaker: '', acts: [{label: condemnation, source: Oslo, target: the raid}]}
  - {text: '"It is a disgrace," Moe said.', speaker: Moe, acts: [{label: condemnation}], mentions: [warning]}
  - {text: It rained., speaker: '', acts: []}
`

func TestReadTexts(t *testing.T) {
	documents, err := corpus.ReadTexts(strings.NewReader(smallTexts), "t.yaml")
	require.NoError(t, err)
	require.Len(t, documents, 1)
	d := documents[0]
	assert.Equal(t, "t1", d.ID)
	require.Len(t, d.Sentences, 3)
	ids, speakers, starts := []string{}, []string{}, []int{}
	for _, s := range d.Sentences {
		assert.Equal(t, s.Text, d.Text[s.Start:s.End])
		ids, speakers, starts = append(ids, s.ID), append(speakers, s.Speaker()), append(starts, s.Start)
	}
	assert.Equal(t, []string{"t1.1", "t1.2", "t1.3"}, ids)
	assert.Equal(t, []string{"", "Moe", ""}, speakers)
	assert.Equal(t, []int{11, 37, 67}, starts)
	assert.Equal(t, []corpus.Annotation{{Label: con, Source: "Oslo", Target: "the raid"}}, d.Sentences[0].Acts)
	assert.Equal(t, []classify.Label{war}, d.Sentences[1].Mentioned)
	assert.Empty(t, corpus.Sentence{}.Speaker())
}

func TestReadTextsErrors(t *testing.T) {
	sentence := func(s string) string {
		return "texts:\n- id: t1\n  text: Rome denied it. So did Oslo.\n  sentences:\n  - " + s + "\n"
	}
	for name, c := range map[string]struct{ in, want string }{
		"no texts":   {"texts: []\n", `t.yaml:1:8: texts is empty`},
		"keys":       {"texts:\n- {id: t, txt: a, sentences: [{text: a, speaker: '', acts: []}]}\n", `unknown key "txt" in a text: did you mean "text"?`},
		"missing":    {sentence("{text: Rome denied it., acts: []}"), `t.yaml:5:5: missing key "speaker" in a sentence`},
		"elsewhere":  {sentence("{text: Rome denied all., speaker: '', acts: []}"), `t.yaml:5:5: sentence "Rome denied all." does not occur in the text: it must be an exact copy`},
		"order":      {sentence("{text: So did Oslo., speaker: '', acts: []}\n  - {text: Rome denied it., speaker: '', acts: []}"), `t.yaml:6:5: sentence "Rome denied it." is not in the order of the text`},
		"speaker":    {sentence("{text: So did Oslo., speaker: Moe, acts: []}"), `t.yaml:5:35: speaker "Moe" does not occur in the text`},
		"label":      {sentence("{text: So did Oslo., speaker: '', acts: [{source: Oslo}]}"), `t.yaml:5:46: missing key "label" in an act`},
		"source":     {sentence("{text: So did Oslo., speaker: '', acts: [{label: denial, source: Rome}]}"), `t.yaml:5:70: source "Rome" does not occur in the text`},
		"id":         {smallTexts + strings.TrimPrefix(smallTexts, "texts:\n"), `t.yaml:11:7: duplicate id "t1", first used in line 2`},
		"not a list": {"texts: a\n", `texts must be a list, not a string`},
		"malformed":  {"[", `malformed YAML`},
	} {
		t.Run(name, func(t *testing.T) {
			documents, err := corpus.ReadTexts(strings.NewReader(c.in), "t.yaml")
			assert.Nil(t, documents)
			require.ErrorContains(t, err, c.want)
			assert.NotContains(t, err.Error(), "\n", "one error")
		})
	}
}
