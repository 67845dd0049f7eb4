package corpus

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// WriteReport writes the evaluation as aligned plain text: a row for each label
// with precision, recall, F1 and its confidence interval, then the averages,
// mentions, source and target, the reliability table and the genres. A dash
// stands for a score that is not defined.
func (e *Evaluation) WriteReport(w io.Writer) error {
	b := bufio.NewWriter(w)
	t := table{Writer: b, width: len("target (exact)")}
	for _, s := range e.Acts {
		t.width = max(t.width, utf8.RuneCountInString(string(s.Label)))
	}
	for _, g := range e.Genres {
		t.width = max(t.width, utf8.RuneCountInString(g.Genre))
	}
	printf(b, "%d sentences\n\n", e.Sentences)
	t.labels("acts", e.Acts, e.Micro, e.Confidence)
	if e.Micro.Defined() {
		t.mean("macro", e.Macro)
	}
	printf(b, "\n")
	t.labels("mentions", e.Mentions, e.MentionMicro, e.Confidence)
	printf(b, "\n")
	t.header("attribution", e.Confidence)
	t.row("source (exact)", e.SourceExact)
	t.row("source (head)", e.SourceHead)
	t.row("target (exact)", e.TargetExact)
	t.row("target (head)", e.TargetHead)
	printf(b, "\n")
	t.calibration(e.Calibration)
	t.genres(e.Genres)
	return flush(b, "report")
}

// A table writes rows under a first column of the given width.
type table struct {
	*bufio.Writer
	width int
}

func (t table) header(title string, confidence float64) {
	printf(t.Writer, "%-*s %5s %5s %6s %6s %6s  %s\n",
		t.width, title, "gold", "found", "P", "R", "F1", fmt.Sprintf("%g%% interval of F1", 100*confidence))
}

func (t table) labels(title string, scores []LabelScore, micro Measure, confidence float64) {
	t.header(title, confidence)
	for _, s := range scores {
		t.row(string(s.Label), s.Measure)
	}
	t.row("micro", micro)
}

func (t table) row(name string, m Measure) {
	if !m.Defined() {
		printf(t.Writer, "%-*s %5d %5d %6s %6s %6s\n", t.width, name, m.Gold(), m.Found(), "-", "-", "-")
		return
	}
	printf(t.Writer, "%-*s %5d %5d %6s %6s %6.3f%s\n", t.width, name, m.Gold(), m.Found(),
		share(m.Precision(), m.Found()), share(m.Recall(), m.Gold()), m.F1(), interval(m.CI))
}

func (t table) mean(name string, m Mean) {
	printf(t.Writer, "%-*s %5s %5s %6s %6s %6.3f%s\n", t.width, name, "", "", "", "", m.F1, interval(m.CI))
}

func (t table) calibration(c Calibration) {
	printf(t.Writer, "%-*s %5s %5s %6s %6s\n", t.width, "calibration", "acts", "right", "score", "share")
	for _, bin := range c.Bins {
		if bin.Acts > 0 {
			printf(t.Writer, "%-*s %5d %5d %6.3f %6.3f\n",
				t.width, fmt.Sprintf("%.1f-%.1f", bin.Low, bin.High), bin.Acts, bin.Right, bin.MeanScore, bin.Accuracy())
		}
	}
	printf(t.Writer, "%-*s %5d %5s %6s %6s %6.3f\n", t.width, "expected error", c.Acts(), "", "", "", c.ECE)
}

func (t table) genres(genres []GenreScore) {
	if len(genres) == 0 {
		return
	}
	printf(t.Writer, "\n%-*s %9s %6s %6s", t.width, "genre", "sentences", "macro", "micro")
	for _, s := range genres[0].Acts {
		printf(t.Writer, "  %s", s.Label)
	}
	printf(t.Writer, "\n")
	for _, g := range genres {
		printf(t.Writer, "%-*s %9d %6.3f %6.3f", t.width, g.Genre, g.Sentences, g.Macro.F1, g.Micro.F1())
		for _, s := range g.Acts {
			f1 := "-"
			if s.Defined() {
				f1 = fmt.Sprintf("%.3f", s.F1())
			}
			printf(t.Writer, "  %*s", utf8.RuneCountInString(string(s.Label)), f1)
		}
		printf(t.Writer, "\n")
	}
}

// share formats a ratio, unless there is nothing to take a share of.
func share(ratio float64, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", ratio)
}

func interval(ci Interval) string {
	if ci == (Interval{}) {
		return ""
	}
	return fmt.Sprintf("  [%.3f, %.3f]", ci.Low, ci.High)
}

// WriteErrors writes the sentences that were judged wrongly, each with its
// text, its annotation, what the classifier found and the rules that explain
// it. If kinds are given, only sentences with such a [Slip] are written.
func (e *Evaluation) WriteErrors(w io.Writer, kinds ...Kind) error {
	b := bufio.NewWriter(w)
	for _, c := range e.Errors {
		listed := slices.ContainsFunc(c.Slips, func(s Slip) bool { return slices.Contains(kinds, s.Kind) })
		if len(kinds) == 0 || listed {
			c.write(b)
		}
	}
	return flush(b, "errors")
}

func (c Case) write(b *bufio.Writer) {
	slips := make([]string, len(c.Slips))
	for i, s := range c.Slips {
		slips[i] = string(s.Kind) + " " + string(s.Label)
	}
	printf(b, "%s: %s\n", cmp.Or(c.Sentence.ID, "(not annotated)"), strings.Join(slips, ", "))
	printf(b, "  text   %s\n", c.Sentence.Text)
	for _, a := range c.Sentence.Acts {
		printf(b, "  gold   %s%s\n", a.Label, names(a.Source, a.Target))
	}
	for _, l := range c.Sentence.Mentioned {
		printf(b, "  gold   %s mentioned\n", l)
	}
	if len(c.Sentence.Acts)+len(c.Sentence.Mentioned) == 0 {
		printf(b, "  gold   nothing\n")
	}
	for _, a := range c.Result.Acts {
		printf(b, "  found  %s %.2f %q%s by %s\n", a.Label, a.Score, a.Cue.Text,
			names(several(a.Source, a.Sources), several(a.Target, a.Targets)), strings.Join(a.Rules, " + "))
	}
	for _, m := range c.Result.Mentions {
		printf(b, "  found  %s mentioned (%s) %q by %s\n", m.Label, m.Reason, m.Cue.Text, strings.Join(m.Rules, " + "))
	}
	if len(c.Result.Acts)+len(c.Result.Mentions) == 0 {
		printf(b, "  found  nothing\n")
	}
	printf(b, "\n")
}

// names shows a source and a target as "source -> target".
func names(source, target string) string {
	if source == "" && target == "" {
		return ""
	}
	return " (" + cmp.Or(source, "?") + " -> " + cmp.Or(target, "?") + ")"
}

// several joins the texts of all spans, or gives that of the first alone.
func several(first classify.Span, all []classify.Span) string {
	if len(all) == 0 {
		return first.Text
	}
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = s.Text
	}
	return strings.Join(texts, "; ")
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
