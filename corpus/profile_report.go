package corpus

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// WriteReport writes the profile as tables: the cues, the most costly first, with
// how often each fired and was right in all and alone, its weight, and where it
// stands; the context likewise, with how many acts it hid; and the acts that
// were missed, by label and cause, and then one by one with the cues there were.
func (p *Profile) WriteReport(w io.Writer) error {
	b := bufio.NewWriter(w)
	printf(b, "%d sentences; %d cues and %d context rules decided something\n\n", p.Sentences, len(p.Cues), len(p.Context))
	width := len("context")
	for _, list := range [][]RuleScore{p.Cues, p.Context} {
		for _, r := range list {
			width = max(width, utf8.RuneCountInString(r.Rule))
		}
	}
	printf(b, "%-*s %6s %6s %6s %7s %6s %6s %6s  %s\n", width, "cue", "wrong", "fired", "right", "share", "alone", "right", "weight", "at")
	for _, r := range p.Cues {
		printf(b, "%-*s %6d %6d %6d %6.1f%% %6d %6d %6.2f  %s\n",
			width, r.Rule, r.Wrong(), r.Fired, r.Right, 100*ratio(r.Right, r.Fired), r.Alone, r.AloneRight, r.Weight, r.At)
	}
	printf(b, "\n%-*s %6s %6s %6s %7s %6s  %s\n", width, "context", "wrong", "fired", "right", "share", "hid", "at")
	for _, r := range p.Context {
		printf(b, "%-*s %6d %6d %6d %6.1f%% %6d  %s\n",
			width, r.Rule, r.Wrong(), r.Fired, r.Right, 100*ratio(r.Right, r.Fired), r.Hid, r.At)
	}
	p.writeMissed(b)
	return flush(b, "profile")
}

func (p *Profile) writeMissed(b *bufio.Writer) {
	type group struct {
		label classify.Label
		cause Cause
	}
	counts := map[group]int{}
	var labels []classify.Label
	seen := map[classify.Label]bool{}
	width := len("missed acts")
	for _, m := range p.Missed {
		counts[group{m.Label, m.Cause}]++
		if !seen[m.Label] {
			seen[m.Label] = true
			labels = append(labels, m.Label)
			width = max(width, utf8.RuneCountInString(string(m.Label)))
		}
	}
	printf(b, "\n%-*s %8s %8s %8s\n", width, "missed acts", NoCue, Taken, TooWeak)
	for _, l := range labels {
		printf(b, "%-*s %8d %8d %8d\n", width, l, counts[group{l, NoCue}], counts[group{l, Taken}], counts[group{l, TooWeak}])
	}
	for _, m := range p.Missed {
		printf(b, "\n%s: %s, %s\n  %s\n", m.Sentence.ID, m.Label, m.Cause, m.Sentence.Text)
		for _, x := range m.Cues {
			printf(b, "  %s\n", fateOf(x))
		}
	}
}

// fateOf says in a line what became of a cue.
func fateOf(x classify.ExplainedCue) string {
	parts := []string{fmt.Sprintf("%q %.2f by %s: %s", x.Cue.Text, x.Weight, x.Rule, x.Fate)}
	if x.Reason != "" {
		parts = append(parts, string(x.Reason))
	}
	if x.By != "" {
		parts = append(parts, "by "+x.By+" at "+x.ByAt)
	}
	return strings.Join(parts, ", ")
}
