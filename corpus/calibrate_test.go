package corpus_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// weighted has a word for each weight, and sentences in which it is right so
// many times out of ten.
func weighted(t *testing.T, rightOfTen map[float64]int) ([]corpus.Sentence, []classify.Option) {
	t.Helper()
	lex := &classify.Lexicon{Label: "x"}
	var sentences []corpus.Sentence
	for weight, right := range rightOfTen {
		word := "z" + strings.Repeat("q", int(weight*20))
		lex.Cues = append(lex.Cues, classify.Cue{ID: word, Match: []string{word}, Weight: weight})
		for i := range 100 {
			s := corpus.Sentence{ID: fmt.Sprint(word, i), Text: "The " + word + " came."}
			if i%10 < right {
				s.Acts = []corpus.Annotation{{Label: "x"}}
			}
			sentences = append(sentences, s)
		}
	}
	return sentences, []classify.Option{classify.WithoutBuiltin(), classify.WithLexicon(lex)}
}

func TestFitCalibration(t *testing.T) {
	sentences, options := weighted(t, map[float64]int{0.25: 1, 0.4: 2, 0.5: 5, 0.55: 8, 0.8: 9})
	fit, err := corpus.FitCalibration(sentences, options...)
	require.NoError(t, err)
	assert.Equal(t, []classify.Label{"x"}, fit.Labels)
	assert.Equal(t, 500, fit.Evidence)
	for weight, want := range map[float64]float64{0.25: 0.1, 0.4: 0.2, 0.5: 0.5, 0.55: 0.8, 0.8: 0.9} {
		assert.InDelta(t, want, fit.Curve.Score(weight), 0.01, weight)
	}
	assert.InDelta(t, (0.25+0.1)/3, fit.Before.ECE, 0.01) // 0.55 is 0.8, 0.8 is 0.9
	assert.Less(t, fit.After.ECE, 0.01)
	assert.Less(t, fit.Validated.ECE, 0.06)
	assert.Equal(t, 300, fit.After.Acts())
	// Of ten acts, a threshold of 0.5 finds 22 of 25 with 8 wrong ones.
	for _, s := range fit.Thresholds {
		switch s.Threshold {
		case 0.5:
			assert.InDelta(t, 2*22.0/(25+30), s.MacroF1, 0.001)
		case 0.05:
			assert.InDelta(t, 2*25.0/(25+50), s.MacroF1, 0.001)
		}
	}
	assert.InDelta(t, 0.5, fit.Best().Threshold, 1e-9)

	// what it writes calibrates
	var b strings.Builder
	require.NoError(t, fit.WriteYAML(&b))
	curve, err := classify.ReadLexicon(strings.NewReader(b.String()), "fitted.yaml")
	require.NoError(t, err, b.String())
	c, err := classify.New(append(options, classify.WithLexicon(curve))...)
	require.NoError(t, err)
	e := corpus.Evaluate(corpus.Predict(sentences, c.Sentence))
	assert.InDelta(t, fit.After.ECE, e.Calibration.ECE, 0.001)
}

// However the acts fall, the curve rises, from above 0 to 1 at the most.
func TestFitCalibrationRises(t *testing.T) {
	for _, rightOfTen := range []map[float64]int{
		{0.3: 10, 0.5: 0, 0.7: 10, 0.9: 0},
		{0.5: 10, 0.6: 10}, {0.5: 0, 0.6: 0, 0.9: 1}, {0.3: 1},
	} {
		sentences, options := weighted(t, rightOfTen)
		fit, err := corpus.FitCalibration(sentences, options...)
		require.NoError(t, err)
		last := classify.CurvePoint{}
		for _, p := range fit.Curve {
			assert.Greater(t, p.Weight, last.Weight)
			assert.GreaterOrEqual(t, p.Score, last.Score+0.00999)
			assert.LessOrEqual(t, p.Score, 1.0)
			last = p
		}
		assert.InDelta(t, 0.5, fit.Curve.Score(0.5), 1e-9)
	}
}

func TestFitCalibrationErrors(t *testing.T) {
	_, err := corpus.FitCalibration([]corpus.Sentence{{ID: "a", Text: "It rained."}})
	require.ErrorContains(t, err, "nothing to fit a calibration to")
	_, err = corpus.FitCalibration(nil, classify.WithLexicon(&classify.Lexicon{Cues: []classify.Cue{{ID: "x"}}}))
	require.ErrorContains(t, err, "has no")
}

// The built-in scores mean something on text that they were not fitted to.
func TestBuiltinCalibration(t *testing.T) {
	e := corpus.Scorer{Resamples: -1}.Evaluate(corpus.Predict(corpus.Written(), classify.Default().Sentence))
	assert.LessOrEqual(t, e.Calibration.ECE, 0.08)
}
