package classify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

func TestCurve(t *testing.T) {
	curve := classify.Curve{{Weight: 0.2, Score: 0.1}, {Weight: 0.5, Score: 0.5}, {Weight: 0.6, Score: 0.8}}
	for weight, want := range map[float64]float64{
		0: 0, 0.1: 0.05, 0.2: 0.1, 0.35: 0.3, 0.5: 0.5, 0.55: 0.65, 0.6: 0.8, 0.8: 0.9, 1: 1,
	} {
		assert.InDelta(t, want, curve.Score(weight), 1e-9, weight)
	}
	assert.InDelta(t, 0.95, classify.Curve{{Weight: 1, Score: 0.95}}.Score(1), 1e-9)
	assert.InDelta(t, 0.3, classify.Curve(nil).Score(0.3), 1e-9)
}

// calibrated is a classifier for the words "a" to "d", whose weights are 0.3,
// 0.5, 0.6 and 0.9.
func calibrated(t *testing.T, yaml string, opts ...classify.Option) *classify.Classifier {
	t.Helper()
	lex := read(t, `
label: x
cues:
- {id: a, match: zaa, weight: 0.3}
- {id: b, match: zbb, weight: 0.5}
- {id: c, match: zcc, weight: 0.6}
- {id: d, match: zdd, weight: 0.9}
modifiers: [{id: no, match: "not", category: negated}]
`+yaml)
	c, err := classify.New(append(opts, classify.WithoutBuiltin(), classify.WithLexicon(lex))...)
	require.NoError(t, err)
	return c
}

func scores(c *classify.Classifier) map[string]float64 {
	found := map[string]float64{}
	for _, word := range []string{"zaa", "zbb", "zcc", "zdd"} {
		for _, a := range c.Sentence("The " + word + " came.").Acts {
			found[word] = a.Score
		}
	}
	return found
}

func TestCalibration(t *testing.T) {
	const curve = "calibration: {x: {0.5: 0.5, 0.6: 0.8, 1: 0.9}}\n"
	closely := func(want, got map[string]float64) {
		t.Helper()
		assert.InDeltaMapValues(t, want, got, 1e-9)
		assert.Len(t, got, len(want))
	}
	closely(map[string]float64{"zbb": 0.5, "zcc": 0.6, "zdd": 0.9}, scores(calibrated(t, "")))
	closely(map[string]float64{"zbb": 0.5, "zcc": 0.8, "zdd": 0.875}, scores(calibrated(t, curve)))
	closely(map[string]float64{"zbb": 0.5, "zcc": 0.6, "zdd": 0.9}, scores(calibrated(t, curve, classify.WithoutCalibration())))
	// thresholds are scores
	closely(map[string]float64{"zcc": 0.8, "zdd": 0.875}, scores(calibrated(t, curve+"thresholds: {x: 0.8}\n")))
	closely(map[string]float64{"zdd": 0.875}, scores(calibrated(t, curve, classify.WithThreshold("x", 0.81))))
	closely(map[string]float64{"zaa": 0.3, "zbb": 0.5, "zcc": 0.8, "zdd": 0.875}, scores(calibrated(t, curve, classify.WithThreshold("x", 0.3))))
	assert.Empty(t, scores(calibrated(t, curve, classify.WithThreshold("x", 0.95))))
	// a later lexicon takes the curve away
	closely(map[string]float64{"zbb": 0.5, "zcc": 0.6, "zdd": 0.9},
		scores(calibrated(t, "calibration: {x: {}}\n", classify.WithLexicon(&classify.Lexicon{
			Calibration: map[classify.Label]classify.Curve{"x": {{Weight: 1, Score: 0.5}}},
		}))))
}

// A mention needs a weight that gives a score at the threshold.
func TestCalibrationOfMentions(t *testing.T) {
	const sentence = "Oslo did not zcc it."
	const curve = "calibration: {x: {0.5: 0.5, 0.6: 0.8}}\n"
	assert.True(t, calibrated(t, curve, classify.WithThreshold("x", 0.8)).Sentence(sentence).Mentioned("x"))
	assert.False(t, calibrated(t, "", classify.WithThreshold("x", 0.8)).Sentence(sentence).Mentioned("x"))
}
