package corpus_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// gold is a sentence with acts of the given labels.
func gold(id string, labels ...classify.Label) corpus.Sentence {
	s := corpus.Sentence{ID: id, Text: "Text of " + id}
	for _, l := range labels {
		s.Acts = append(s.Acts, corpus.Annotation{Label: l})
	}
	return s
}

// found is a result with acts of the given labels.
func found(labels ...classify.Label) classify.Result {
	var r classify.Result
	for _, l := range labels {
		r.Acts = append(r.Acts, classify.Act{Label: l, Score: 0.9, Rules: []string{string(l) + ".rule"}})
	}
	return r
}

func pair(s corpus.Sentence, r classify.Result) corpus.Pair {
	return corpus.Pair{Sentence: s, Result: r}
}

func pairs(list ...corpus.Pair) iter.Seq2[corpus.Sentence, classify.Result] {
	return func(yield func(corpus.Sentence, classify.Result) bool) {
		for _, p := range list {
			if !yield(p.Sentence, p.Result) {
				return
			}
		}
	}
}

const (
	con = classify.Condemnation
	war = classify.Warning
	den = classify.Denial
)

func TestCounts(t *testing.T) {
	c := corpus.Counts{TP: 6, FP: 2, FN: 4}
	assert.Equal(t, 10, c.Gold())
	assert.Equal(t, 8, c.Found())
	assert.InDelta(t, 0.75, c.Precision(), 1e-12)
	assert.InDelta(t, 0.6, c.Recall(), 1e-12)
	assert.InDelta(t, 2*0.75*0.6/(0.75+0.6), c.F1(), 1e-12)
	assert.True(t, c.Defined())
	assert.Zero(t, corpus.Counts{}.F1())
	assert.False(t, corpus.Counts{}.Defined())
	assert.Zero(t, corpus.Counts{FN: 3}.F1())
}

func TestEvaluateLabels(t *testing.T) {
	e := corpus.Evaluate(pairs(
		pair(gold("1", con, con), found(con)), // twice the same label counts once
		pair(gold("2", con), found()),
		pair(gold("3"), found(con, war)),
		pair(gold("4", con, war), found(war, con)),
		pair(gold("5"), found()),
	))
	require.Len(t, e.Acts, 4)
	assert.Equal(t, 5, e.Sentences)
	assert.Equal(t, con, e.Acts[0].Label)
	assert.Equal(t, corpus.Counts{TP: 2, FP: 1, FN: 1}, e.Acts[0].Counts)
	assert.Equal(t, corpus.Counts{TP: 1, FP: 1}, e.Acts[1].Counts)
	assert.False(t, e.Acts[2].Defined())
	assert.Equal(t, corpus.Counts{TP: 3, FP: 2, FN: 1}, e.Micro.Counts)
	assert.InDelta(t, (2.0/3+2.0/3)/2, e.Macro.F1, 1e-12, "labels without any decision are left out")

	var slips []string
	for _, c := range e.Errors {
		slips = append(slips, fmt.Sprint(c.Sentence.ID, c.Slips))
	}
	assert.Equal(t, []string{"2[{missed condemnation}]", "3[{spurious condemnation} {spurious warning}]"}, slips)
}

func TestEvaluateMentions(t *testing.T) {
	s := gold("1")
	s.Mentioned = []classify.Label{con, war}
	r := classify.Result{Mentions: []classify.Mention{{Label: con}, {Label: den}}}
	e := corpus.Evaluate(pairs(pair(s, r)))
	assert.Equal(t, corpus.Counts{TP: 1}, e.Mentions[0].Counts)
	assert.Equal(t, corpus.Counts{FN: 1}, e.Mentions[1].Counts)
	assert.Equal(t, corpus.Counts{FP: 1}, e.Mentions[2].Counts)
	assert.Equal(t, corpus.Counts{TP: 1, FP: 1, FN: 1}, e.MentionMicro.Counts)
	assert.False(t, e.Micro.Defined(), "a mention is not an act")
	assert.Equal(t, []corpus.Slip{{Kind: corpus.MissedMention, Label: war}, {Kind: corpus.SpuriousMention, Label: den}}, e.Errors[0].Slips)
}

func TestEvaluateOwnLabels(t *testing.T) {
	e := corpus.Evaluate(pairs(pair(gold("1", "apology", con), found("apology", "thanks"))))
	require.Len(t, e.Acts, 5)
	assert.Equal(t, classify.Label("apology"), e.Acts[4].Label)
	assert.Equal(t, corpus.Counts{TP: 1, FN: 1}, e.Micro.Counts, "a label that the corpus does not use is not judged")

	several := corpus.Evaluate(pairs(pair(gold("1", "thanks", "apology"), found())))
	assert.Equal(t, classify.Label("apology"), several.Acts[4].Label, "in alphabetical order")
	assert.Equal(t, classify.Label("thanks"), several.Acts[5].Label)

	e = corpus.Scorer{Labels: []classify.Label{con}}.Evaluate(pairs(pair(gold("1", war, con), found(war))))
	assert.Equal(t, corpus.Counts{FN: 1}, e.Micro.Counts)
	assert.Zero(t, e.Calibration.Acts())
}

func TestEvaluateAttribution(t *testing.T) {
	span := func(text string) classify.Span { return classify.Span{End: len(text), Text: text} }
	tests := []struct {
		name        string
		gold        []string
		found       []string
		exact, head corpus.Counts
	}{
		{"same", []string{"Hua"}, []string{"Hua"}, corpus.Counts{TP: 1}, corpus.Counts{TP: 1}},
		{"same head", []string{"Hua"}, []string{"Hua Chunying"}, corpus.Counts{FP: 1, FN: 1}, corpus.Counts{TP: 1}},
		{"another", []string{"Hua"}, []string{"Xi"}, corpus.Counts{FP: 1, FN: 1}, corpus.Counts{FP: 1, FN: 1}},
		{"not found", []string{"Hua"}, []string{""}, corpus.Counts{FN: 1}, corpus.Counts{FN: 1}},
		{"not there", []string{""}, []string{"Hua"}, corpus.Counts{FP: 1}, corpus.Counts{FP: 1}},
		{"neither", []string{""}, []string{""}, corpus.Counts{}, corpus.Counts{}},
		{"second of the gold acts", []string{"", "Xi", "Hua"}, []string{"Hua"}, corpus.Counts{TP: 1}, corpus.Counts{TP: 1}},
		{"second found", []string{"Hua"}, []string{"Xi", "Hua"}, corpus.Counts{TP: 1}, corpus.Counts{TP: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// Once as the source of one label and once as the target of another.
			s := corpus.Sentence{ID: "1"}
			for _, g := range tt.gold {
				s.Acts = append(s.Acts, corpus.Annotation{Label: con, Source: g}, corpus.Annotation{Label: war, Target: g})
			}
			var all []classify.Span
			for _, f := range tt.found {
				all = append(all, span(f))
			}
			e := corpus.Evaluate(pairs(pair(s, classify.Result{Acts: []classify.Act{
				{Label: con, Score: 1, Source: all[0], Sources: all}, {Label: war, Score: 1, Target: all[0], Targets: all},
			}})))
			assert.Equal(t, tt.exact, e.SourceExact.Counts)
			assert.Equal(t, tt.head, e.SourceHead.Counts)
			assert.Equal(t, tt.exact, e.TargetExact.Counts)
			assert.Equal(t, tt.head, e.TargetHead.Counts)
			if wrong := tt.head.FP+tt.head.FN > 0; wrong {
				assert.Equal(t, []corpus.Slip{{Kind: corpus.WrongSource, Label: con}, {Kind: corpus.WrongTarget, Label: war}}, e.Errors[0].Slips)
			} else {
				assert.Empty(t, e.Errors)
			}
		})
	}
	t.Run("labels of one side do not count", func(t *testing.T) {
		s := corpus.Sentence{Acts: []corpus.Annotation{{Label: con, Source: "Hua", Target: "Xi"}}}
		e := corpus.Evaluate(pairs(pair(s, classify.Result{Acts: []classify.Act{{Label: war, Source: span("Hua"), Target: span("Xi")}}})))
		assert.False(t, e.SourceHead.Defined())
		assert.False(t, e.TargetExact.Defined())
	})
}

// noisy is a corpus of n sentences of which the classifier gets some wrong.
func noisy(n int) []corpus.Pair {
	rng := rand.New(rand.NewPCG(7, 7))
	list := make([]corpus.Pair, n)
	for i := range list {
		var g, f []classify.Label
		for _, l := range []classify.Label{con, war, den, classify.Neutrality} {
			is := rng.Float64() < 0.2
			if is {
				g = append(g, l)
			}
			if is != (rng.Float64() < 0.1) {
				f = append(f, l)
			}
		}
		list[i] = pair(gold(fmt.Sprint(i), g...), found(f...))
	}
	return list
}

func TestBootstrap(t *testing.T) {
	list := noisy(400)
	e := corpus.Evaluate(pairs(list...))
	width := func(ci corpus.Interval) float64 { return ci.High - ci.Low }
	contains := func(ci corpus.Interval, f1 float64) {
		t.Helper()
		assert.Less(t, ci.Low, f1)
		assert.Greater(t, ci.High, f1)
		assert.Less(t, width(ci), 0.25)
	}
	for _, s := range e.Acts {
		contains(s.CI, s.F1())
	}
	contains(e.Micro.CI, e.Micro.F1())
	contains(e.Macro.CI, e.Macro.F1)
	assert.Less(t, width(e.Macro.CI), width(e.Acts[0].CI), "more decisions, a narrower interval")
	assert.Zero(t, e.MentionMicro.CI)

	assert.Equal(t, e.Macro, corpus.Evaluate(pairs(list...)).Macro, "repeatable")
	assert.NotEqual(t, e.Macro.CI, corpus.Scorer{Seed: 1}.Evaluate(pairs(list...)).Macro.CI)
	narrow := corpus.Scorer{Confidence: 0.5}.Evaluate(pairs(list...))
	assert.Less(t, width(narrow.Macro.CI), width(e.Macro.CI))
	assert.Zero(t, corpus.Scorer{Resamples: -1}.Evaluate(pairs(list...)).Macro.CI)

	larger := corpus.Evaluate(pairs(noisy(1600)...))
	assert.InDelta(t, width(e.Macro.CI)/2, width(larger.Macro.CI), 0.02, "four times the data, half the width")
}

// The share of samples in which one right sentence out of two of a kind is
// drawn k times is binomial, so that the interval is known.
func TestBootstrapOfAKnownDistribution(t *testing.T) {
	var list []corpus.Pair
	for i := range 100 {
		s := gold(fmt.Sprint(i), con)
		if i%2 == 0 {
			list = append(list, pair(s, found(con)))
		} else {
			list = append(list, pair(s, found()))
		}
	}
	e := corpus.Scorer{Resamples: 20_000}.Evaluate(pairs(list...))
	// The 2.5 % quantiles of Binomial(100, 1/2) are 40 and 60; F1 = 2k/(k+100).
	assert.InDelta(t, 80.0/140, e.Acts[0].CI.Low, 0.011)
	assert.InDelta(t, 120.0/160, e.Acts[0].CI.High, 0.011)
}

func TestBootstrapLeavesOutUndefinedSamples(t *testing.T) {
	list := []corpus.Pair{pair(gold("rare", con), found(con))}
	for range 30 {
		list = append(list, pair(gold("x"), found()))
	}
	// A third of the samples lack the one sentence with a condemnation.
	e := corpus.Evaluate(pairs(list...))
	assert.Equal(t, corpus.Interval{Low: 1, High: 1}, e.Acts[0].CI)
	assert.Equal(t, corpus.Interval{Low: 1, High: 1}, e.Macro.CI)
}

func TestEvaluateNothing(t *testing.T) {
	e := corpus.Evaluate(pairs())
	assert.Zero(t, e.Sentences)
	assert.Zero(t, e.Macro)
	assert.Zero(t, e.Calibration.ECE)
	var b strings.Builder
	require.NoError(t, e.WriteReport(&b))
	assert.NotContains(t, b.String(), "NaN")
}

func TestCalibration(t *testing.T) {
	var list []corpus.Pair
	act := func(score float64, right bool) {
		s := gold("x")
		if right {
			s = gold("x", den)
		}
		list = append(list, pair(s, classify.Result{Acts: []classify.Act{{Label: den, Score: score}}}))
	}
	act(0.05, false)
	act(0.3, true) // the upper end of a bin belongs to it
	act(0.25, false)
	act(0.95, true)
	act(1, true)
	c := corpus.Evaluate(pairs(list...)).Calibration
	assert.Equal(t, 5, c.Acts())
	assert.Equal(t, corpus.Bin{Low: 0, High: 0.1, Acts: 1, MeanScore: 0.05}, c.Bins[0])
	assert.Equal(t, 2, c.Bins[2].Acts)
	assert.InDelta(t, 0.5, c.Bins[2].Accuracy(), 1e-12)
	assert.InDelta(t, 0.275, c.Bins[2].MeanScore, 1e-12)
	assert.Equal(t, 2, c.Bins[9].Acts)
	assert.InDelta(t, 0.05/5+2*0.225/5+2*0.025/5, c.ECE, 1e-12)
}

func TestCalibrationOfAnHonestClassifier(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	honest, boastful := []corpus.Pair{}, []corpus.Pair{}
	for range 20_000 {
		p := rng.Float64()
		s := gold("x")
		if rng.Float64() < p {
			s = gold("x", den)
		}
		result := func(score float64) classify.Result {
			return classify.Result{Acts: []classify.Act{{Label: den, Score: score}}}
		}
		honest = append(honest, pair(s, result(p)))
		boastful = append(boastful, pair(s, result(1)))
	}
	scorer := corpus.Scorer{Resamples: -1}
	assert.Less(t, scorer.Evaluate(pairs(honest...)).Calibration.ECE, 0.02)
	assert.InDelta(t, 0.5, scorer.Evaluate(pairs(boastful...)).Calibration.ECE, 0.02)
}

func TestEvaluateGenres(t *testing.T) {
	with := func(p corpus.Pair, genre string) corpus.Pair {
		p.Sentence.Extra = map[string]json.RawMessage{"genre": json.RawMessage(`"` + genre + `"`)}
		return p
	}
	e := corpus.Evaluate(pairs(
		with(pair(gold("1", con), found(con)), "speech"),
		with(pair(gold("2", con), found()), "news"),
		with(pair(gold("3", war), found(war)), "news"),
		pair(gold("4", war), found()),
	))
	assert.Equal(t, corpus.Counts{TP: 2, FN: 2}, e.Micro.Counts)
	require.Len(t, e.Genres, 2)
	assert.Equal(t, "news", e.Genres[0].Genre)
	assert.Equal(t, 2, e.Genres[0].Sentences)
	assert.Equal(t, corpus.Counts{TP: 1, FN: 1}, e.Genres[0].Micro.Counts)
	assert.Equal(t, corpus.Counts{TP: 1}, e.Genres[1].Micro.Counts)
	assert.Empty(t, corpus.Evaluate(pairs(pair(gold("4"), found()))).Genres)
}

func BenchmarkEvaluate(b *testing.B) {
	list := noisy(1500)
	for b.Loop() {
		corpus.Evaluate(pairs(list...))
	}
}
