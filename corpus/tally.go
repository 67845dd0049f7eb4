package corpus

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/demarche/demarche/classify"
)

// The units that a tally counts: one for the acts of each label, one for the
// mentions of each label, then these four.
const (
	sourceExact = iota
	sourceHead
	targetExact
	targetHead
	attributions // how many
)

// The outcomes of a unit in a sentence.
const (
	truePositive = iota
	falsePositive
	falseNegative
	outcomes // how many
)

// A tally keeps, for each sentence, the outcomes of its units as a short list,
// empty for most sentences, so that drawing a thousand bootstrap samples costs
// no more than adding up small numbers.
type tally struct {
	labels    []classify.Label
	sentences [][]uint32 // unit*outcomes + outcome
}

func newTally(labels []classify.Label) *tally { return &tally{labels: labels} }

func (t *tally) units() int { return 2*len(t.labels) + attributions }

// judge counts one sentence and returns what is wrong with it.
func (t *tally) judge(p Pair) []Slip {
	var slips []Slip
	var events []uint32
	count := func(unit int, gold, found, right bool) {
		event := func(outcome int) { events = append(events, uint32(unit*outcomes+outcome)) } //nolint:gosec // small
		if gold && found && right {
			event(truePositive)
			return
		}
		if found {
			event(falsePositive)
		}
		if gold {
			event(falseNegative)
		}
	}
	n := len(t.labels)
	for i, l := range t.labels {
		gold, found := p.Sentence.Has(l), p.Result.Has(l)
		count(i, gold, found, true)
		switch {
		case gold && found:
			slips = append(slips, t.attribute(p, l, count)...)
		case gold:
			slips = append(slips, Slip{Missed, l})
		case found:
			slips = append(slips, Slip{Spurious, l})
		}
		gold, found = p.Sentence.Mentions(l), p.Result.Mentioned(l)
		count(n+i, gold, found, true)
		switch {
		case gold && !found:
			slips = append(slips, Slip{MissedMention, l})
		case found && !gold:
			slips = append(slips, Slip{SpuriousMention, l})
		}
	}
	t.sentences = append(t.sentences, events)
	return slips
}

// attribute counts the source and target of a label that both sides give.
func (t *tally) attribute(p Pair, l classify.Label, count func(unit int, gold, found, right bool)) []Slip {
	var goldSources, goldTargets, sources, targets []string
	for _, a := range p.Sentence.Acts {
		if a.Label == l {
			goldSources, goldTargets = appendName(goldSources, a.Source), appendName(goldTargets, a.Target)
		}
	}
	for _, a := range p.Result.Acts {
		if a.Label != l {
			continue
		}
		for _, s := range append([]classify.Span{a.Source}, a.Sources...) {
			sources = appendName(sources, s.Text)
		}
		for _, s := range append([]classify.Span{a.Target}, a.Targets...) {
			targets = appendName(targets, s.Text)
		}
	}
	equal := func(a, b string) bool { return a == b }
	base := 2 * len(t.labels)
	compare := func(unit int, gold, found []string, same func(a, b string) bool) bool {
		right := anyAgree(gold, found, same)
		count(base+unit, len(gold) > 0, len(found) > 0, right)
		return right || len(gold)+len(found) == 0
	}
	var slips []Slip
	compare(sourceExact, goldSources, sources, equal)
	if !compare(sourceHead, goldSources, sources, HeadOverlap) {
		slips = append(slips, Slip{WrongSource, l})
	}
	compare(targetExact, goldTargets, targets, equal)
	if !compare(targetHead, goldTargets, targets, HeadOverlap) {
		slips = append(slips, Slip{WrongTarget, l})
	}
	return slips
}

func appendName(names []string, name string) []string {
	if name == "" {
		return names
	}
	return append(names, name)
}

func anyAgree(gold, found []string, same func(a, b string) bool) bool {
	return slices.ContainsFunc(gold, func(g string) bool {
		return slices.ContainsFunc(found, func(f string) bool { return same(g, f) })
	})
}

// total adds up all sentences once.
func (t *tally) total() []Counts {
	sums := make([]int, t.units()*outcomes)
	for _, events := range t.sentences {
		for _, event := range events {
			sums[event]++
		}
	}
	return t.counts(sums)
}

// counts sorts the sums of the outcomes by unit.
func (t *tally) counts(sums []int) []Counts {
	units := make([]Counts, t.units())
	for i := range units {
		o := sums[i*outcomes:]
		units[i] = Counts{TP: o[truePositive], FP: o[falsePositive], FN: o[falseNegative]}
	}
	return units
}

// A summary holds what is computed from the units of all labels.
type summary struct {
	micro, mentionMicro Counts
	macro               float64
	defined             bool // macro is
}

func (t *tally) summary(units []Counts) summary {
	var s summary
	n, defined := len(t.labels), 0
	for i := range t.labels {
		s.micro = s.micro.plus(units[i])
		s.mentionMicro = s.mentionMicro.plus(units[n+i])
		if units[i].Defined() {
			s.macro += units[i].F1()
			defined++
		}
	}
	if defined > 0 {
		s.macro, s.defined = s.macro/float64(defined), true
	}
	return s
}

// bootstrap returns the percentile interval (Efron 1979) of the F1 of every
// unit, then of micro, mention micro and macro F1. A sample draws as many
// sentences as there are, with replacement; one in which an F1 is not defined
// does not count for that F1.
func (t *tally) bootstrap(s Scorer) []Interval {
	values := make([][]float64, t.units()+3)
	rng := rand.New(rand.NewPCG(s.Seed, 1979)) //nolint:gosec // repeatable on purpose
	sums := make([]int, t.units()*outcomes)
	for range s.Resamples {
		clear(sums)
		for range t.sentences {
			for _, event := range t.sentences[rng.IntN(len(t.sentences))] {
				sums[event]++
			}
		}
		units := t.counts(sums)
		sum := t.summary(units)
		for i, c := range append(units, sum.micro, sum.mentionMicro) {
			if c.Defined() {
				values[i] = append(values[i], c.F1())
			}
		}
		if sum.defined {
			values[len(values)-1] = append(values[len(values)-1], sum.macro)
		}
	}
	intervals := make([]Interval, len(values))
	tail := (1 - s.Confidence) / 2
	for i, v := range values {
		slices.Sort(v)
		intervals[i] = Interval{Low: quantile(v, tail), High: quantile(v, 1-tail)}
	}
	return intervals
}

// quantile interpolates between the two nearest of the sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := q * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}
