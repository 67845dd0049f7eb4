package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// A listing prints results for people to read.
type listing struct {
	io.Writer
	marks marks
	width int // columns
}

// print lists the sentences that name acts, and says how many do not.
func (l listing) print(doc corpus.Document, results []classify.Result) {
	title := doc.Source
	if !doc.Date.IsZero() {
		title += doc.Date.Format(", 2 January 2006")
	}
	fmt.Fprintf(l, "%s: %s\n", clean(title), plural(len(results), "sentence"))
	fmt.Fprintf(l, "marked: %s, %s, %s\n",
		l.marks.wrap(cue, "cue"), l.marks.wrap(source, "source"), l.marks.wrap(target, "target"))

	acts, mentions, silent := 0, 0, 0
	for i, r := range results {
		switch {
		case len(r.Acts) > 0:
			acts++
		case len(r.Mentions) > 0:
			mentions++
		default:
			silent++
			continue
		}
		l.sentence(i+1, r)
	}
	fmt.Fprintf(l, "\n%s: %d with acts, %d with mentions only, %d with neither\n",
		plural(len(results), "sentence"), acts, mentions, silent)
}

// sentence prints one sentence and the evidence for each of its labels.
func (l listing) sentence(number int, r classify.Result) {
	fmt.Fprintf(l, "\n%d. bytes %d-%d", number, r.Span.Start, r.Span.End)
	if !r.Speaker.IsZero() {
		fmt.Fprintf(l, ", said by %s", clean(r.Speaker.Text))
	}
	fmt.Fprintln(l)
	for _, line := range wrap(l.marks.apply(r), l.width-indent) {
		fmt.Fprintf(l, "%*s%s\n", indent, "", line)
	}
	for _, a := range r.Acts {
		l.heading(fmt.Sprintf("%s %.2f", a.Label, a.Score))
		if !a.Source.IsZero() || !a.Target.IsZero() {
			l.detail("who", cmp.Or(names(a.Source, a.Sources), "?")+" -> "+cmp.Or(names(a.Target, a.Targets), "?"))
		}
		l.evidence(a.Cue, a.Rules)
	}
	for _, m := range r.Mentions {
		l.heading(fmt.Sprintf("%s only mentioned: %s", m.Label, m.Reason))
		l.evidence(m.Cue, m.Rules)
	}
}

func (l listing) heading(s string) {
	fmt.Fprintf(l, "%*s%s\n", indent, "", l.marks.wrap(label, s))
}

func (l listing) evidence(cue classify.Span, rules []string) {
	l.detail("cue", fmt.Sprintf("%q", cue.Text))
	for _, rule := range rules {
		l.detail("rule", rule)
	}
}

func (l listing) detail(key, value string) {
	fmt.Fprintf(l, "%*s%-4s  %s\n", 2*indent, "", key, value)
}

// indent is how far text stands in from the margin, in columns.
const indent = 4

// names joins the texts of all spans, or gives that of the first alone.
func names(first classify.Span, all []classify.Span) string {
	if len(all) == 0 {
		all = []classify.Span{first}
	}
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = clean(s.Text)
	}
	return strings.Join(texts, "; ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
