package corpus

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// A RuleScore is how one rule of the lexicon does on a corpus. A rule fires
// when it stands in the trace of an act or a mention; it is right if the
// annotators gave the sentence that act or mention too.
type RuleScore struct {
	Rule         string
	Fired, Right int // anywhere in a trace
	// Those of Fired and Right in which the rule comes first in the trace: it
	// is the one that shows the cue.
	First, FirstRight int
}

// Wrong is the cost of the rule: how often it fired wrongly.
func (r RuleScore) Wrong() int { return r.Fired - r.Right }

// Profile scores every rule that fires, the most costly first; rules of the
// same cost are in the order of how often they fired, then of their ids.
func Profile(pairs iter.Seq2[Sentence, classify.Result]) []RuleScore {
	scores := map[string]*RuleScore{}
	count := func(rules []string, right bool) {
		for i, rule := range rules {
			if slices.Contains(rules[:i], rule) {
				continue
			}
			if scores[rule] == nil {
				scores[rule] = &RuleScore{Rule: rule}
			}
			r, one := scores[rule], 0
			if right {
				one = 1
			}
			r.Fired++
			r.Right += one
			if i == 0 {
				r.First++
				r.FirstRight += one
			}
		}
	}
	for s, r := range pairs {
		for _, a := range r.Acts {
			count(a.Rules, s.Has(a.Label))
		}
		for _, m := range r.Mentions {
			count(m.Rules, s.Mentions(m.Label))
		}
	}
	profile := make([]RuleScore, 0, len(scores))
	for _, r := range scores {
		profile = append(profile, *r)
	}
	slices.SortFunc(profile, func(a, b RuleScore) int {
		return cmp.Or(cmp.Compare(b.Wrong(), a.Wrong()), cmp.Compare(b.Fired, a.Fired), cmp.Compare(a.Rule, b.Rule))
	})
	return profile
}

// WriteProfile writes a profile as a table.
func WriteProfile(w io.Writer, profile []RuleScore) error {
	width := len("rule")
	for _, r := range profile {
		width = max(width, utf8.RuneCountInString(r.Rule))
	}
	b := bufio.NewWriter(w)
	printf(b, "%-*s %6s %6s %6s %7s %6s %6s\n", width, "rule", "wrong", "fired", "right", "share", "first", "right")
	for _, r := range profile {
		printf(b, "%-*s %6d %6d %6d %6.1f%% %6d %6d\n",
			width, r.Rule, r.Wrong(), r.Fired, r.Right, 100*ratio(r.Right, r.Fired), r.First, r.FirstRight)
	}
	return flush(b, "profile")
}

// printf writes to a buffer, which keeps the first error for flush.
func printf(b *bufio.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(b, format, args...)
}

func flush(b *bufio.Writer, what string) error {
	if err := b.Flush(); err != nil {
		return fmt.Errorf("corpus: writing %s: %w", what, err)
	}
	return nil
}
