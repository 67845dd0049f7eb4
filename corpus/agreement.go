package corpus

import "slices"

// CohenKappa measures how far two annotators agree beyond chance on the
// categories of the same units: (p - e)/(1 - e), where p is the share of units on
// which they agree and e the share to be expected from how often each of them
// uses each category (Cohen 1960, "A coefficient of agreement for nominal
// scales", Educational and Psychological Measurement 20). 1 is perfect
// agreement, 0 what chance would give, and the least is -1. It is defined only if e
// is less than 1: not without any unit, and not if both use the same single
// category throughout. a and b have the same length; if not, the rest of the
// longer one is left out.
func CohenKappa[C comparable](a, b []C) (kappa float64, defined bool) {
	n := min(len(a), len(b))
	inA, inB := map[C]int{}, map[C]int{}
	agreed := 0
	for i := range n {
		inA[a[i]]++
		inB[b[i]]++
		if a[i] == b[i] {
			agreed++
		}
	}
	chance := 0 // of n*n
	for c, k := range inA {
		chance += k * inB[c]
	}
	if chance == n*n {
		return 0, false
	}
	return float64(agreed*n-chance) / float64(n*n-chance), true
}

// KrippendorffAlpha measures how far any number of annotators agree beyond
// chance: 1 - o/e, where o is the disagreement observed within units and e that
// to be expected if the same categories were dealt out to the units at random
// (Krippendorff, "Content Analysis", and 2011, "Computing Krippendorff's
// Alpha-Reliability", for nominal data). Each unit lists the categories that it was given, by
// as many annotators as judged it; a unit with fewer than two does not count. 1
// is perfect agreement, 0 what chance would give, and less than 0 systematic disagreement. It is
// defined only if more than one category is used in the units that count.
func KrippendorffAlpha[C comparable](units [][]C) (alpha float64, defined bool) {
	total := 0
	counts := map[C]int{}
	observed := 0.0
	for _, unit := range units {
		m := len(unit)
		if m < 2 {
			continue
		}
		within := map[C]int{}
		for _, c := range unit {
			within[c]++
			counts[c]++
		}
		total += m
		pairs := m * m
		for _, k := range within {
			pairs -= k * k
		}
		observed += float64(pairs) / float64(m-1)
	}
	expected := total * total
	for _, k := range counts {
		expected -= k * k
	}
	if expected == 0 {
		return 0, false
	}
	return 1 - observed*float64(total-1)/float64(expected), true
}

// An Agreement says how far two annotators agree on something that a sentence
// has or has not.
type Agreement struct {
	// Both, First, Second and Neither count the sentences that both annotators,
	// only the first, only the second, or none of them say have it.
	Both, First, Second, Neither int
	// Kappa and Alpha are [CohenKappa] and [KrippendorffAlpha]. They say nothing
	// if it is not Defined: if both find it nowhere, or both everywhere.
	Kappa, Alpha float64
	Defined      bool
}

// agree compares two judgements of each sentence.
func agree(a, b []bool) Agreement {
	var g Agreement
	units := make([][]bool, len(a))
	for i := range a {
		units[i] = []bool{a[i], b[i]}
		switch {
		case a[i] && b[i]:
			g.Both++
		case a[i]:
			g.First++
		case b[i]:
			g.Second++
		default:
			g.Neither++
		}
	}
	g.Kappa, g.Defined = CohenKappa(a, b)
	g.Alpha, _ = KrippendorffAlpha(units)
	return g
}

// sameActs compares acts as sets, their cues left out.
func sameActs(a, b []Annotation) bool {
	has := func(list []Annotation, x Annotation) bool {
		return slices.ContainsFunc(list, func(y Annotation) bool {
			return x.Label == y.Label && x.Source == y.Source && x.Target == y.Target
		})
	}
	all := func(list, in []Annotation) bool {
		return !slices.ContainsFunc(list, func(x Annotation) bool { return !has(in, x) })
	}
	return all(a, b) && all(b, a)
}
