package corpus

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/demarche/demarche/classify"
)

// knots are the weights at which a fitted curve has its points. Most cues weigh
// between 0.5 and 0.7, and 0.5 is just enough for an act.
var knots = []float64{0.25, 0.4, 0.5, 0.55, 0.65, 0.8, 1}

const (
	anchor = 0.5  // weight and score that stand for each other
	folds  = 5    // of the cross-validation
	prior  = 1    // sentences that speak for leaving the score as it is, at each knot
	rise   = 0.01 // the least by which scores rise from knot to knot
)

// A Fit is a calibration fitted to annotated text.
type Fit struct {
	// Labels are those whose acts it is fitted to, and is meant for.
	Labels []classify.Label
	Curve  classify.Curve // one for all of them
	// Evidence is the number of acts with any evidence in the text, true or
	// false, that the curve is fitted to.
	Evidence int
	// Before and After are the reliability of the acts with a score of 0.5 or
	// more, without calibration and with the curve. That of Validated is
	// cross-validated: every sentence is scored by a curve that is fitted to four fifths of
	// the text without it.
	Before, After, Validated Calibration
	// Thresholds says what macro-F1 other thresholds would give.
	Thresholds []ThresholdScore
}

// A ThresholdScore is the MacroF1, in [0,1], that a Threshold for all labels
// gives.
type ThresholdScore struct{ Threshold, MacroF1 float64 }

// FitCalibration fits the curve that turns the combined weights of the cues
// into scores, one for all labels: those of the annotation that are built in or, with
// options, that a lexicon defines. The options are those of the classifier,
// without a calibration of their own. The curve is the
// rising one, straight between fixed weights and through (0.5, 0.5), with the least
// squared error, as isotonic regression is (Zadrozny and Elkan 2002) with fewer
// degrees of freedom. It is an error if no act has any evidence.
func FitCalibration(sentences []Sentence, opts ...classify.Option) (*Fit, error) {
	f := &Fit{}
	for _, l := range usedLabels(pairsOf(sentences)) {
		if slices.ContainsFunc(sentences, func(s Sentence) bool { return s.Has(l) }) {
			f.Labels = append(f.Labels, l)
		}
	}
	opts = append(slices.Clone(opts), classify.WithoutCalibration(), classify.WithoutAttribution())
	for _, l := range f.Labels {
		opts = append(opts, classify.WithThreshold(l, 1e-9)) // all evidence counts
	}
	c, err := classify.New(opts...)
	if err != nil {
		return nil, err
	}
	var all []evidence
	missed := map[classify.Label]int{} // acts without any evidence
	for _, s := range sentences {
		r := c.Sentence(s.Text)
		for _, a := range r.Acts {
			if slices.Contains(f.Labels, a.Label) {
				all = append(all, evidence{s.ID, a.Label, a.Score, s.Has(a.Label)})
			}
		}
		for _, l := range f.Labels {
			if s.Has(l) && !r.Has(l) {
				missed[l]++
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("corpus: nothing to fit a calibration to: no cue in the text")
	}
	f.Evidence = len(all)
	f.Curve = fitCurve(all)
	f.Before = reliability(all, func(e evidence) float64 { return e.weight })
	f.After = reliability(all, func(e evidence) float64 { return f.Curve.Score(e.weight) })
	var curves [folds]classify.Curve
	for i := range curves {
		curves[i] = fitCurve(slices.DeleteFunc(slices.Clone(all), func(e evidence) bool { return e.fold() == i }))
	}
	f.Validated = reliability(all, func(e evidence) float64 { return curves[e.fold()].Score(e.weight) })
	for t := 1; t < 20; t++ {
		threshold := float64(t) / 20
		f.Thresholds = append(f.Thresholds, ThresholdScore{threshold, f.macro(all, missed, threshold)})
	}
	return f, nil
}

func pairsOf(sentences []Sentence) []Pair {
	pairs := make([]Pair, len(sentences))
	for i, s := range sentences {
		pairs[i].Sentence = s
	}
	return pairs
}

// evidence is the combined weight of the cues for an act, and whether the
// annotators found the act.
type evidence struct {
	id     string
	label  classify.Label
	weight float64
	right  bool
}

// fold is the part of the cross-validation that the sentence belongs to.
func (e evidence) fold() int { return int(unit(0, e.id) * folds) }

// reliability makes the reliability table of what is scored as an act.
func reliability(all []evidence, score func(evidence) float64) Calibration {
	var scores []float64
	var right []bool
	for _, e := range all {
		if e.weight >= anchor {
			scores, right = append(scores, score(e)), append(right, e.right)
		}
	}
	return calibrate(scores, right)
}

func (f *Fit) macro(all []evidence, missed map[classify.Label]int, threshold float64) float64 {
	counts := map[classify.Label]Counts{}
	for _, e := range all {
		c := counts[e.label]
		switch found := f.Curve.Score(e.weight) >= threshold; {
		case found && e.right:
			c.TP++
		case found:
			c.FP++
		case e.right:
			c.FN++
		}
		counts[e.label] = c
	}
	sum := 0.0
	for _, l := range f.Labels {
		c := counts[l]
		c.FN += missed[l]
		sum += c.F1()
	}
	return sum / float64(len(f.Labels))
}

// Best is the threshold with the highest macro-F1; of several, the one nearest
// to the default of 0.5.
func (f *Fit) Best() ThresholdScore {
	return slices.MaxFunc(f.Thresholds, func(a, b ThresholdScore) int {
		return cmp.Or(cmp.Compare(a.MacroF1, b.MacroF1), cmp.Compare(distance(b.Threshold), distance(a.Threshold)))
	})
}

func distance(threshold float64) float64 { return max(threshold-anchor, anchor-threshold) }

// fitCurve finds the rising curve with the least squared error: one step
// between knots after the other takes its best height, until none changes.
func fitCurve(all []evidence) classify.Curve {
	at := slices.Index(knots, anchor)
	steps := make([]float64, len(knots)) // steps[i] is the rise to knot i
	low := 0.0
	for i, knot := range knots {
		steps[i], low = knot-low, knot
	}
	for range 1000 {
		change := 0.0
		for i := range steps {
			if i == 0 { // the first scores are what is left
				continue
			}
			better := max(rise, steps[i]+descent(all, steps, at, i))
			change = max(change, better-steps[i], steps[i]-better)
			steps[i] = better
		}
		if change < 1e-6 {
			break
		}
	}
	curve := make(classify.Curve, len(knots))
	for i, score := range heights(steps, at) {
		low, high := rise*float64(i+1), 1-rise*float64(len(knots)-i) // no words are certain
		curve[i] = classify.CurvePoint{Weight: knots[i], Score: min(max(score, low), high)}
	}
	return curve
}

// heights adds up the steps from the anchor on.
func heights(steps []float64, at int) []float64 {
	scores := make([]float64, len(steps))
	scores[at] = anchor
	for i := at + 1; i < len(steps); i++ {
		scores[i] = scores[i-1] + steps[i]
	}
	for i := at - 1; i >= 0; i-- {
		scores[i] = scores[i+1] - steps[i+1]
	}
	return scores
}

// descent is how much more step i would be best, the others being as they are.
func descent(all []evidence, steps []float64, at, i int) float64 {
	scores := heights(steps, at)
	// moves is what a step of 1 does to the score of a knot.
	moves := func(knot int) float64 {
		switch {
		case i > at && knot >= i:
			return 1
		case i <= at && knot < i:
			return -1
		}
		return 0
	}
	sum, norm := 0.0, 0.0
	add := func(residual, slope, weight float64) {
		sum += weight * residual * slope
		norm += weight * slope * slope
	}
	for _, e := range all {
		k, share := between(e.weight) // of knot k, the rest is of the one before it
		score, slope := share*scores[k], share*moves(k)
		if k > 0 {
			score += (1 - share) * scores[k-1]
			slope += (1 - share) * moves(k-1)
		}
		y := 0.0
		if e.right {
			y = 1
		}
		add(y-score, slope, 1)
	}
	for k, score := range scores {
		add(knots[k]-score, moves(k), prior)
	}
	if norm == 0 {
		return 0
	}
	return sum / norm
}

// between finds the first knot that is not below a weight, and how much of the
// score there counts.
func between(weight float64) (knot int, share float64) {
	low := 0.0
	for k, high := range knots {
		if weight <= high {
			return k, (weight - low) / (high - low)
		}
		low = high
	}
	return len(knots) - 1, 1
}

// WriteYAML writes the curve as a lexicon, which calibrates each of the labels,
// with what it achieves as a comment.
func (f *Fit) WriteYAML(w io.Writer) error {
	b := bufio.NewWriter(w)
	printf(b, "# How likely an act is, given the combined weight of its cues. Fitted to annotated text by\n")
	printf(b, "# examples/evaluate -calibrate, which writes this file; the package documentation of classify explains it.\n#\n")
	printf(b, "# Fitted to %d acts with evidence, of which %d are at or above %g. Expected calibration error of these:\n",
		f.Evidence, f.After.Acts(), anchor)
	printf(b, "# %.3f as weighted, %.3f calibrated, %.3f cross-validated.\n#\n", f.Before.ECE, f.After.ECE, f.Validated.ECE)
	best := f.Best()
	printf(b, "# Macro-F1 by threshold (best at %.2f):\n#", best.Threshold)
	for i, t := range f.Thresholds {
		if i%2 == 1 {
			printf(b, "  %.1f %.3f", t.Threshold, t.MacroF1)
		}
	}
	printf(b, "\ncalibration:\n")
	for _, l := range f.Labels {
		printf(b, "  %s: {", l)
		for i, p := range f.Curve {
			sep := ", "
			if i == 0 {
				sep = ""
			}
			printf(b, "%s%g: %.3f", sep, p.Weight, p.Score)
		}
		printf(b, "}\n")
	}
	return flush(b, "calibration")
}
