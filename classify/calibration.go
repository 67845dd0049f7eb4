package classify

import (
	"fmt"
	"maps"
	"slices"
)

// A Curve says what combined weights of cues mean: how likely a sentence with
// that much evidence performs the act. Between its points it is straight, and it
// starts at (0, 0) and ends at (1, 1), unless there is another point of weight 1.
// Weights and scores, both above 0 and up to 1, rise from point to point. The
// empty Curve takes the combined weight for the score.
type Curve []CurvePoint

// A CurvePoint is one point of a [Curve]: the Score that a combined Weight of
// cues stands for, both above 0 and up to 1.
type CurvePoint struct{ Weight, Score float64 }

// Score returns the score of a combined weight in [0,1].
func (c Curve) Score(weight float64) float64 {
	return c.between(weight, func(p CurvePoint) (float64, float64) { return p.Weight, p.Score })
}

// weight undoes Score.
func (c Curve) weight(score float64) float64 {
	return c.between(score, func(p CurvePoint) (float64, float64) { return p.Score, p.Weight })
}

// between interpolates; the axes of the points are as given.
func (c Curve) between(x float64, axes func(CurvePoint) (float64, float64)) float64 {
	x0, y0 := 0.0, 0.0
	for _, p := range c {
		x1, y1 := axes(p)
		switch {
		case x == x1:
			return y1 // exactly, so that a threshold at a point is where it says
		case x < x1:
			return y0 + (y1-y0)*(x-x0)/(x1-x0)
		}
		x0, y0 = x1, y1
	}
	if x0 >= 1 {
		return y0
	}
	return y0 + (1-y0)*(x-x0)/(1-x0)
}

// check says what is wrong with the points; "" if nothing.
func (c Curve) check() string {
	last := CurvePoint{}
	for _, p := range c {
		if !(p.Weight > 0 && p.Weight <= 1 && p.Score > 0 && p.Score <= 1) {
			return fmt.Sprintf("has %v: %v; numbers above 0 and up to 1 are expected", p.Weight, p.Score)
		}
		if p.Weight <= last.Weight || p.Score <= last.Score {
			return fmt.Sprintf("does not rise from %v: %v to %v: %v", last.Weight, last.Score, p.Weight, p.Score)
		}
		if p.Score == 1 && p.Weight < 1 {
			return fmt.Sprintf("has a score of 1 at weight %v, from where it cannot rise", p.Weight)
		}
		last = p
	}
	return ""
}

// calibrate takes in the curves of all lexicons, later ones in place of earlier
// ones.
func (k *compiler) calibrate(lexicons []*Lexicon) {
	k.c.curves = make([]Curve, len(k.c.labels))
	for _, lex := range lexicons {
		for _, l := range slices.Sorted(maps.Keys(lex.Calibration)) {
			at, ok := lex.atCalibration[l]
			if !ok {
				at = position{file: lex.Name}
			}
			i, ok := k.labels[l]
			if !ok {
				k.errs.lackf("label", at, "calibration of %q, which no lexicon defines%s", l, k.nearLabel(l))
				continue
			}
			curve := lex.Calibration[l]
			if wrong := curve.check(); wrong != "" {
				k.errs.addf(at, "calibration of %q %s", l, wrong)
				continue
			}
			k.c.curves[i] = curve
		}
	}
}
