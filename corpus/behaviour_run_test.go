package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// suiteOf is a suite of one test.
func suiteOf(t *testing.T, of corpus.TestType, test string) corpus.Suite {
	t.Helper()
	suite, err := corpus.ReadBehaviour(strings.NewReader(inTest(of, test)), "s.yaml")
	require.NoError(t, err)
	return suite
}

// says is a classifier with fixed answers, written "acts/mentions" with the
// first letters of the labels; anything else has neither.
func says(answers map[string]string) func(string) classify.Result {
	labels := map[rune]classify.Label{'c': con, 'w': war, 'd': den}
	return func(text string) classify.Result {
		var r classify.Result
		acts, mentions, _ := strings.Cut(answers[text], "/")
		for _, l := range acts {
			r.Acts = append(r.Acts, classify.Act{Label: labels[l], Rules: []string{"r." + string(l), "boost"}})
		}
		for _, l := range mentions {
			r.Mentions = append(r.Mentions, classify.Mention{Label: labels[l], Rules: []string{"m." + string(l)}})
		}
		return r
	}
}

func TestSuiteRunLabels(t *testing.T) {
	for name, c := range map[string]struct {
		of      corpus.TestType
		test    string
		answers map[string]string
		want    string // the failure; "" if the test passes
	}{
		"right":           {corpus.Minimum, `{text: a, acts: [condemnation]}`, map[string]string{"a": "c"}, ""},
		"right none":      {corpus.Minimum, `{text: a, acts: [], mentions: []}`, nil, ""},
		"any order":       {corpus.Minimum, `{text: a, acts: [warning, condemnation]}`, map[string]string{"a": "cw"}, ""},
		"missed":          {corpus.Minimum, `{text: a, acts: [condemnation]}`, nil, "a ⇒ acts none, expected condemnation"},
		"spurious":        {corpus.Minimum, `{text: a, acts: []}`, map[string]string{"a": "c"}, "a ⇒ acts condemnation, expected none [r.c + boost]"},
		"one too many":    {corpus.Minimum, `{text: a, acts: [condemnation]}`, map[string]string{"a": "cw"}, "a ⇒ acts condemnation+warning, expected condemnation [r.c + boost + r.w + boost]"},
		"one too few":     {corpus.Minimum, `{text: a, acts: [condemnation, warning]}`, map[string]string{"a": "c"}, "a ⇒ acts condemnation, expected condemnation+warning [r.c + boost]"},
		"free mentions":   {corpus.Minimum, `{text: a, acts: []}`, map[string]string{"a": "/d"}, ""},
		"no mentions":     {corpus.Minimum, `{text: a, acts: [], mentions: []}`, map[string]string{"a": "/d"}, "a ⇒ mentions denial, expected none [m.d]"},
		"missed mention":  {corpus.Minimum, `{text: a, acts: [], mentions: [denial]}`, nil, "a ⇒ mentions none, expected denial"},
		"both":            {corpus.Minimum, `{text: a, acts: [], mentions: [denial]}`, map[string]string{"a": "d"}, "a ⇒ acts denial, expected none [r.d + boost]; mentions none, expected denial"},
		"variants":        {corpus.Invariance, `{variants: [a, b], acts: [denial]}`, map[string]string{"a": "d", "b": "d"}, ""},
		"one variant":     {corpus.Invariance, `{variants: [a, b, c], acts: [denial]}`, map[string]string{"a": "d", "c": "d"}, "b ⇒ acts none, expected denial"},
		"all variants":    {corpus.Invariance, `{variants: [a, b], acts: [denial]}`, nil, "a ⇒ acts none, expected denial | b ⇒ acts none, expected denial"},
		"same mentions":   {corpus.Invariance, `{variants: [a, b], acts: []}`, map[string]string{"a": "/w", "b": "/w"}, ""},
		"other mentions":  {corpus.Invariance, `{variants: [a, b], acts: []}`, map[string]string{"a": "/w"}, "b ⇒ mentions none, expected warning as in the first variant"},
		"given mentions":  {corpus.Invariance, `{variants: [a, b], acts: [], mentions: [warning]}`, map[string]string{"a": "/w"}, "b ⇒ mentions none, expected warning"},
		"change":          {corpus.Directional, `{from: a, from_acts: [denial], to: b, to_acts: [], to_mentions: [denial]}`, map[string]string{"a": "d", "b": "/d"}, ""},
		"no change":       {corpus.Directional, `{from: a, from_acts: [denial], to: b, to_acts: []}`, map[string]string{"a": "d", "b": "d"}, "b ⇒ acts denial, expected none [r.d + boost]"},
		"wrong from":      {corpus.Directional, `{from: a, from_acts: [denial], to: b, to_acts: []}`, nil, "a ⇒ acts none, expected denial"},
		"mention of from": {corpus.Directional, `{from: a, from_acts: [], from_mentions: [], to: b, to_acts: []}`, map[string]string{"a": "/d"}, "a ⇒ mentions denial, expected none [m.d]"},
	} {
		t.Run(name, func(t *testing.T) {
			outcome := suiteOf(t, c.of, c.test).Run(says(c.answers))
			if c.want == "" {
				assert.Empty(t, outcome.Failures)
				assert.Equal(t, corpus.TestCounts{Passed: 1}, outcome.Total())
				return
			}
			require.Len(t, outcome.Failures, 1)
			assert.Equal(t, "s.yaml:6: a: "+c.want, outcome.Failures[0].String())
			assert.Equal(t, corpus.TestCounts{Failed: 1}, outcome.Total())
		})
	}
}

func TestSuiteRunAttribution(t *testing.T) {
	span := func(s string) classify.Span { return classify.Span{Text: s} }
	const text = `text: "Minister Hua and Rome slammed the raid on Oslo.", acts: [condemnation`
	for name, c := range map[string]struct {
		test string
		act  classify.Act
		want string
	}{
		"not given":    {"]", classify.Act{Source: span("x"), Target: span("y")}, ""},
		"head":         {"], source: Hua, target: the raid", classify.Act{Source: span("Minister Hua"), Target: span("raid on Oslo")}, ""},
		"several":      {"], source: Rome", classify.Act{Source: span("Hua"), Sources: []classify.Span{span("Hua"), span("Rome")}}, ""},
		"empty":        {"], source: '', target: ''", classify.Act{}, ""},
		"wrong source": {"], source: Hua", classify.Act{Source: span("Rome")}, "source “Rome”, expected “Hua” [r]"},
		"no source":    {"], source: Hua", classify.Act{}, "source none, expected “Hua” [r]"},
		"a source":     {"], source: ''", classify.Act{Source: span("Hua")}, "source “Hua”, expected none [r]"},
		"none right": {
			"], target: Oslo", classify.Act{Target: span("Hua"), Targets: []classify.Span{span("Hua"), span("Rome")}},
			"target “Hua; Rome”, expected “Oslo” [r]",
		},
		"both": {"], source: Hua, target: Oslo", classify.Act{Source: span("a raid")}, "source “a raid”, expected “Hua” [r]; target none, expected “Oslo” [r]"},
	} {
		t.Run(name, func(t *testing.T) {
			act := c.act
			act.Label, act.Rules = con, []string{"r"}
			outcome := suiteOf(t, corpus.Minimum, "{"+text+c.test+"}").Run(func(string) classify.Result {
				return classify.Result{Acts: []classify.Act{act}}
			})
			if c.want == "" {
				assert.Empty(t, outcome.Failures)
				return
			}
			require.Len(t, outcome.Failures, 1)
			assert.Contains(t, outcome.Failures[0].String(), " ⇒ "+c.want)
		})
	}
	t.Run("of the first label", func(t *testing.T) {
		suite := suiteOf(t, corpus.Minimum, "{"+text+", warning], source: Hua}")
		read := func(condemner, warner string) corpus.Outcome {
			return suite.Run(func(string) classify.Result {
				return classify.Result{Acts: []classify.Act{{Label: war, Source: span(warner)}, {Label: con, Source: span(condemner)}}}
			})
		}
		assert.Empty(t, read("Hua", "Rome").Failures)
		assert.Len(t, read("Rome", "Hua").Failures, 1)
	})
}

func TestOutcome(t *testing.T) {
	suite, err := corpus.ReadBehaviour(strings.NewReader(`capabilities:
- name: first
  about: one
  tests:
  - {text: a, acts: [denial]}
  - {text: b, acts: [denial]}
  - {text: c, acts: [denial], limit: needs the world}
  - {text: d, acts: [denial], limit: was hard}
- name: second
  about: two
  type: invariance
  tests:
  - {variants: [a, d], acts: [denial]}
`), "s.yaml")
	require.NoError(t, err)
	outcome := suite.Run(says(map[string]string{"a": "d", "d": "d"}))

	assert.Equal(t, []corpus.CapabilityScore{
		{Name: "first", About: "one", Type: corpus.Minimum, TestCounts: corpus.TestCounts{Passed: 1, Failed: 1, Limits: 1, Stale: 1}},
		{Name: "second", About: "two", Type: corpus.Invariance, TestCounts: corpus.TestCounts{Passed: 1}},
	}, outcome.Capabilities)
	total := outcome.Total()
	assert.Equal(t, 5, total.Tests())
	assert.InDelta(t, 0.6, total.PassRate(), 1e-9)
	assert.InDelta(t, 0.2, total.LimitRate(), 1e-9)
	assert.Zero(t, corpus.TestCounts{}.PassRate())
	require.Len(t, outcome.Failures, 1)
	assert.Equal(t, []corpus.Fault{{Text: "b", What: "acts", Expected: "denial", Got: "none"}}, outcome.Failures[0].Faults)

	var b strings.Builder
	require.NoError(t, outcome.WriteTable(&b))
	assert.Equal(t, `
capability  type         tests passed failed limits  share  stale
first       minimum          4      1      1      1    25%      1
second      invariance       1      1      0      0     0%      0
all         minimum          4      1      1      1    25%      1
all         invariance       1      1      0      0     0%      0
all                          5      2      1      1    20%      1
60.0% pass, 20.0% are known limits
`, "\n"+b.String())

	b.Reset()
	require.NoError(t, outcome.WriteFailures(&b))
	assert.Equal(t, `
failed: s.yaml:6: first: b ⇒ acts none, expected denial
known limit: s.yaml:7: first: c ⇒ acts none, expected denial (limit: needs the world)
passes now, remove its limit: s.yaml:8: first: d (limit: was hard)
`, "\n"+b.String())

	require.ErrorContains(t, outcome.WriteTable(full{}), "no space")
	require.ErrorContains(t, outcome.WriteFailures(full{}), "no space")
}

// full is a writer that cannot write.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

// TestSuiteRunMentionSource pins that a test without acts checks the source and
// target of its mention.
func TestSuiteRunMentionSource(t *testing.T) {
	suite := suiteOf(t, corpus.Minimum, `{text: Rome will not condemn Oslo, acts: [], mentions: [condemnation], source: Rome, target: Oslo}`)
	mention := classify.Mention{Label: con, Source: classify.Span{Text: "Rome"}, Rules: []string{"m"}}
	read := func(string) classify.Result { return classify.Result{Mentions: []classify.Mention{mention}} }
	outcome := suite.Run(read)
	require.Len(t, outcome.Failures, 1)
	require.Len(t, outcome.Failures[0].Faults, 1)
	assert.Equal(t, corpus.Fault{
		Text: "Rome will not condemn Oslo", What: "target", Expected: "“Oslo”", Got: "none", Rules: []string{"m"},
	}, outcome.Failures[0].Faults[0])
	mention.Targets = []classify.Span{{Text: "the port"}, {Text: "Oslo"}}
	assert.Empty(t, suite.Run(read).Failures)
}
