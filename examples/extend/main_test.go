package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	require.NoError(t, run(&b))
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	require.Len(t, lines, 7, "a head, four built-in labels, the new one and all")
	assert.Equal(t, "apology", strings.Fields(lines[5])[0])
	assert.Equal(t, "0.00", strings.Fields(lines[5])[1], "no built-in label")
}

// The lexicon must make the domain better as a whole and no label worse.
func TestLexiconHelps(t *testing.T) {
	lexicons, err := classify.LoadLexicons(files, "*.yaml")
	require.NoError(t, err)
	require.NoError(t, lexicons[0].Validate())
	c, err := classify.New(classify.WithLexicon(lexicons...))
	require.NoError(t, err)
	gold, err := corpus.ReadFS(files, "corpus.jsonl", corpus.WithLabels(Apology))
	require.NoError(t, err)
	before := corpus.Evaluate(corpus.Predict(gold, classify.Default().Sentence))
	after := corpus.Evaluate(corpus.Predict(gold, c.Sentence))
	assert.Greater(t, after.Micro.F1(), before.Micro.F1()+0.2)
	for i := range before.Acts {
		assert.GreaterOrEqual(t, after.Acts[i].F1(), before.Acts[i].F1(), before.Acts[i].Label)
	}
	for _, score := range after.Mentions {
		if score.Label == Apology {
			assert.GreaterOrEqual(t, score.TP, 3)
		}
	}

	assert.False(t, c.Sentence("Hult was cautioned for dissent.").Has(classify.Warning), "removed")
	assert.False(t, c.Sentence("The transfer window shuts on Friday.").Has(classify.Warning), "re-weighted")
	assert.Equal(t, classify.Future, c.Sentence("The coach will apologise.").Mentions[0].Reason, "a modifier of its own")
}
