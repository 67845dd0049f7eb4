package corpus_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// TestBehaviour runs the whole behaviour suite on the built-in lexicons. To see
// the table, the known limits and every failing test in a line:
//
//	go test ./corpus -run TestBehaviour -v
func TestBehaviour(t *testing.T) {
	outcome := corpus.Behaviour().Run(classify.Default().Sentence)
	var table, failures strings.Builder
	require.NoError(t, outcome.WriteTable(&table))
	require.NoError(t, outcome.WriteFailures(&failures))
	t.Logf("the behaviour suite:\n%s\n%s", failures.String(), table.String())
	if n := len(outcome.Failures); n > 0 {
		t.Errorf("%d of %d behaviour tests failed, as listed above", n, outcome.Total().Tests())
	}
}

func TestSuiteIsWhole(t *testing.T) {
	suite := corpus.Behaviour()
	names, types := map[string]bool{}, map[corpus.TestType]int{}
	for _, c := range suite {
		assert.False(t, names[c.Name], "capability %s is in two files", c.Name)
		names[c.Name] = true
		for _, test := range c.Tests {
			types[c.Type]++
			assert.True(t, strings.HasPrefix(test.File, "behaviour/"), test.File)
		}
	}
	assert.GreaterOrEqual(t, len(suite), 77)
	attribution := 0
	for _, c := range suite {
		if strings.HasPrefix(c.Name, "attribution-") {
			attribution += len(c.Tests)
		}
	}
	assert.GreaterOrEqual(t, attribution, 150)
	assert.GreaterOrEqual(t, types[corpus.Minimum], 600)
	assert.GreaterOrEqual(t, types[corpus.Invariance], 50)
	assert.GreaterOrEqual(t, types[corpus.Directional], 30)

	suite[0].Tests[0].Expect[0].Acts[0] = "changed"
	assert.NotEqual(t, suite[0].Tests[0].Expect[0].Acts[0], corpus.Behaviour()[0].Tests[0].Expect[0].Acts[0], "a copy")
}

func TestWritten(t *testing.T) {
	sentences := corpus.Written()
	assert.GreaterOrEqual(t, len(sentences), 800)
	acts, none := map[classify.Label]int{}, 0
	texts := map[string]string{}
	for _, s := range sentences {
		assert.NotEmpty(t, s.Genre(), s.ID)
		assert.Empty(t, texts[s.Text], "%s is the same sentence", s.ID)
		texts[s.Text] = s.ID
		for _, a := range s.Acts {
			acts[a.Label]++
		}
		if len(s.Acts) == 0 {
			none++
		}
	}
	for _, l := range []classify.Label{con, war, den, classify.Neutrality} {
		assert.GreaterOrEqual(t, acts[l], 100, l)
	}
	assert.GreaterOrEqual(t, none, 300)
	// What the lexicons are built with must not be what they are judged by.
	for _, c := range corpus.Behaviour() {
		for _, test := range c.Tests {
			for _, e := range test.Expect {
				assert.Empty(t, texts[e.Text], "%s:%d is also a written sentence", test.File, test.Line)
			}
		}
	}
}

func TestTexts(t *testing.T) {
	documents := corpus.Texts()
	require.GreaterOrEqual(t, len(documents), 16)
	speakers := 0
	for _, d := range documents {
		end := 0
		for _, s := range d.Sentences {
			require.Equal(t, s.Text, d.Text[s.Start:s.End], s.ID)
			require.GreaterOrEqual(t, s.Start, end, s.ID)
			end = s.End
			if s.Speaker() != "" {
				speakers++
			}
		}
	}
	assert.GreaterOrEqual(t, speakers, 50)
}
