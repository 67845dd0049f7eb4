package corpus_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func reported() *corpus.Evaluation {
	s := corpus.Sentence{
		ID: "a", Text: "Hua slammed the raid.", Mentioned: []classify.Label{war},
		Acts: []corpus.Annotation{{Label: con, Source: "Hua", Target: "the raid"}},
	}
	r := classify.Result{
		Acts: []classify.Act{
			{Label: con, Score: 0.9, Cue: classify.Span{Text: "slammed"}, Source: classify.Span{Text: "Hua"}, Rules: []string{"slam"}},
			{
				Label: den, Score: 0.4, Cue: classify.Span{Text: "raid"}, Rules: []string{"no", "quote"},
				Sources: []classify.Span{{Text: "Hua"}, {Text: "Xi"}}, Source: classify.Span{Text: "Hua"},
			},
		},
		Mentions: []classify.Mention{{Label: war, Reason: classify.Refused, Cue: classify.Span{Text: "warn"}, Rules: []string{"warn", "refuse"}}},
	}
	return corpus.Evaluate(pairs(pair(s, r), pair(gold("b", war), found()), pair(gold("c"), found())))
}

func TestWriteErrorsOfReport(t *testing.T) {
	var b strings.Builder
	require.NoError(t, reported().WriteErrors(&b))
	assert.Equal(t, `
a: target condemnation, spurious denial
  text   Hua slammed the raid.
  gold   condemnation (Hua -> the raid)
  gold   warning mentioned
  found  condemnation 0.90 "slammed" (Hua -> ?) by slam
  found  denial 0.40 "raid" (Hua; Xi -> ?) by no + quote
  found  warning mentioned (refused) "warn" by warn + refuse

b: missed warning
  text   Text of b
  gold   warning
  found  nothing

`, "\n"+b.String())

	b.Reset()
	require.NoError(t, reported().WriteErrors(&b, corpus.Missed, corpus.SpuriousMention))
	assert.True(t, strings.HasPrefix(b.String(), "b: missed warning"), b.String())
}

func TestWriteReportGenres(t *testing.T) {
	list := noisy(20)
	for i := range list {
		list[i].Sentence.Extra = map[string]json.RawMessage{"genre": json.RawMessage(`"news"`)}
	}
	var b strings.Builder
	require.NoError(t, corpus.Evaluate(pairs(list...)).WriteReport(&b))
	assert.Regexp(t, `(?m)^genre +sentences  macro  micro  condemnation  warning  denial  neutrality\nnews +20  0\.\d{3}`, b.String())
}
