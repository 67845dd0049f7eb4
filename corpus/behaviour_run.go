package corpus

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// An Outcome is what came of running a [Suite].
type Outcome struct {
	// Capabilities are the counts of each capability, in the order of the suite.
	Capabilities []CapabilityScore
	// Failures are the tests that failed and should not.
	Failures []Failure
	// Limits are the tests that failed as their Limit says.
	Limits []Failure
	// Stale are the tests that passed in spite of their Limit: it can go.
	Stale []Failure
}

// A CapabilityScore counts the tests of a capability. Those with a Limit count
// as Limits if they fail and as Stale if they pass.
type CapabilityScore struct {
	Name  string   // that of the capability
	About string   // its line
	Type  TestType // of its tests
	TestCounts
}

// TestCounts counts tests by what came of them: Passed and Failed those without
// a limit, Limits those that failed as their limit says, and Stale those that
// passed in spite of it.
type TestCounts struct{ Passed, Failed, Limits, Stale int }

// Tests is the number of tests run.
func (c TestCounts) Tests() int { return c.Passed + c.Failed + c.Limits + c.Stale }

// PassRate is the share of the tests that passed, in [0,1]; 0 if there are none.
func (c TestCounts) PassRate() float64 { return c.share(c.Passed + c.Stale) }

// LimitRate is the share of the tests that failed as their limit says, in [0,1].
func (c TestCounts) LimitRate() float64 { return c.share(c.Limits) }

func (c TestCounts) share(n int) float64 {
	if c.Tests() == 0 {
		return 0
	}
	return float64(n) / float64(c.Tests())
}

// A Failure is a test with what was wrong.
type Failure struct {
	Capability string  // its name
	Test       Test    // with the place where it stands
	Faults     []Fault // none in a stale limit
}

// A Fault is one thing that was not as a test expects.
type Fault struct {
	Text     string   // the sentence
	What     string   // "acts", "mentions", "source" or "target"
	Expected string   // in words
	Got      string   // likewise
	Rules    []string // the trace of the acts or mentions concerned
}

// Run puts every sentence of the suite to read, usually the Sentence method of
// a classifier, and compares what it says with what the tests expect.
func (s Suite) Run(read func(text string) classify.Result) Outcome {
	var o Outcome
	for _, c := range s {
		score := CapabilityScore{Name: c.Name, About: c.About, Type: c.Type}
		for _, t := range c.Tests {
			f := Failure{Capability: c.Name, Test: t, Faults: t.run(c.Type, read)}
			switch failed := len(f.Faults) > 0; {
			case failed && t.Limit == "":
				score.Failed++
				o.Failures = append(o.Failures, f)
			case failed:
				score.Limits++
				o.Limits = append(o.Limits, f)
			case t.Limit == "":
				score.Passed++
			default:
				score.Stale++
				o.Stale = append(o.Stale, f)
			}
		}
		o.Capabilities = append(o.Capabilities, score)
	}
	return o
}

// Total counts the tests of all capabilities.
func (o Outcome) Total() TestCounts {
	var total TestCounts
	for _, c := range o.Capabilities {
		total.Passed += c.Passed
		total.Failed += c.Failed
		total.Limits += c.Limits
		total.Stale += c.Stale
	}
	return total
}

// ofType is the outcome of the capabilities of one type alone, without failures.
func (o Outcome) ofType(of TestType) Outcome {
	return Outcome{Capabilities: slices.DeleteFunc(slices.Clone(o.Capabilities), func(c CapabilityScore) bool { return c.Type != of })}
}

// run returns what is not as the test expects.
func (t Test) run(of TestType, read func(text string) classify.Result) []Fault {
	var faults []Fault
	var first []classify.Label // the mentions of the first sentence
	for i, e := range t.Expect {
		r := read(e.Text)
		mentions := mentionLabels(r)
		if i == 0 {
			first = mentions
		}
		faults = append(faults, e.check(r)...)
		if of == Invariance && e.Mentions == nil && !sameLabels(first, mentions) {
			faults = append(faults, Fault{
				Text: e.Text, What: "mentions", Expected: labelSet(first) + " as in the first variant",
				Got: labelSet(mentions), Rules: mentionRules(r),
			})
		}
	}
	return faults
}

// check compares one result.
func (e Expectation) check(r classify.Result) []Fault {
	var faults []Fault
	if !sameLabels(e.Acts, r.Labels()) {
		var rules []string
		for _, a := range r.Acts {
			rules = append(rules, a.Rules...)
		}
		faults = append(faults, Fault{
			Text: e.Text, What: "acts", Expected: labelSet(e.Acts), Got: labelSet(r.Labels()), Rules: rules,
		})
	}
	if mentions := mentionLabels(r); e.Mentions != nil && !sameLabels(e.Mentions, mentions) {
		faults = append(faults, Fault{
			Text: e.Text, What: "mentions", Expected: labelSet(e.Mentions), Got: labelSet(mentions), Rules: mentionRules(r),
		})
	}
	a, ok := e.attributed(r)
	if !ok {
		return faults // noted above
	}
	attribute := func(what string, want *string, first classify.Span, all []classify.Span) {
		if want != nil && !attributed(*want, first, all) {
			faults = append(faults, Fault{
				Text: e.Text, What: what, Expected: quoted(*want), Got: quoted(several(first, all)), Rules: a.Rules,
			})
		}
	}
	attribute("source", e.Source, a.Source, a.Sources)
	attribute("target", e.Target, a.Target, a.Targets)
	return faults
}

// attributed returns the act whose source and target are expected. That of a
// mention is given as one.
func (e Expectation) attributed(r classify.Result) (classify.Act, bool) {
	for _, a := range r.Acts {
		if len(e.Acts) > 0 && a.Label == e.Acts[0] {
			return a, true
		}
	}
	for _, m := range r.Mentions {
		if len(e.Acts) == 0 && len(e.Mentions) > 0 && m.Label == e.Mentions[0] {
			return classify.Act{Source: m.Source, Target: m.Target, Sources: m.Sources, Targets: m.Targets, Rules: m.Rules}, true
		}
	}
	return classify.Act{}, false
}

// attributed reports whether one of the names found agrees with that expected.
func attributed(want string, first classify.Span, all []classify.Span) bool {
	var found []string
	for _, s := range append([]classify.Span{first}, all...) {
		found = appendName(found, s.Text)
	}
	if want == "" {
		return len(found) == 0
	}
	return anyAgree([]string{want}, found, HeadOverlap)
}

func mentionLabels(r classify.Result) []classify.Label {
	labels := make([]classify.Label, 0, len(r.Mentions))
	for _, m := range r.Mentions {
		labels = append(labels, m.Label)
	}
	return labels
}

func mentionRules(r classify.Result) []string {
	var rules []string
	for _, m := range r.Mentions {
		rules = append(rules, m.Rules...)
	}
	return rules
}

// sameLabels compares two sets.
func sameLabels(a, b []classify.Label) bool { return slices.Equal(distinct(a), distinct(b)) }

func distinct(labels []classify.Label) []classify.Label {
	return slices.Compact(slices.Sorted(slices.Values(labels)))
}

// labelSet shows a set of labels.
func labelSet(labels []classify.Label) string {
	if len(labels) == 0 {
		return "none"
	}
	names := make([]string, 0, len(labels))
	for _, l := range distinct(labels) {
		names = append(names, string(l))
	}
	return strings.Join(names, "+")
}

// quoted shows a source or target.
func quoted(name string) string {
	if name == "" {
		return "none"
	}
	return "“" + name + "”"
}

// String explains the failure in one line: where the test stands, its
// capability, and of each wrong sentence what was found, what was expected and
// by which rules.
func (f Failure) String() string {
	var b strings.Builder
	if f.Test.File != "" {
		fmt.Fprintf(&b, "%s:%d: ", f.Test.File, f.Test.Line)
	}
	b.WriteString(f.Capability)
	if len(f.Faults) == 0 && len(f.Test.Expect) > 0 {
		b.WriteString(": " + f.Test.Expect[0].Text)
	}
	for i, fault := range f.Faults {
		sep := "; "
		if i == 0 || f.Faults[i-1].Text != fault.Text {
			if sep = ": "; i > 0 {
				sep = " | "
			}
			b.WriteString(sep + fault.Text)
			sep = " ⇒ "
		}
		fmt.Fprintf(&b, "%s%s %s, expected %s", sep, fault.What, fault.Got, fault.Expected)
		if len(fault.Rules) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(fault.Rules, " + "))
		}
	}
	if f.Test.Limit != "" {
		fmt.Fprintf(&b, " (limit: %s)", f.Test.Limit)
	}
	return b.String()
}

// WriteTable writes a row of counts for each capability, for each type of test and
// for all of them, with the share of tests that are known limits.
func (o Outcome) WriteTable(w io.Writer) error {
	b := bufio.NewWriter(w)
	width := len("capability")
	for _, c := range o.Capabilities {
		width = max(width, utf8.RuneCountInString(c.Name))
	}
	printf(b, "%-*s  %-11s  %5s %6s %6s %6s %6s %6s\n", width, "capability", "type", "tests", "passed", "failed", "limits", "share", "stale")
	row := func(name string, of TestType, c TestCounts) {
		printf(b, "%-*s  %-11s  %5d %6d %6d %6d %5.0f%% %6d\n", width, name, of, c.Tests(), c.Passed, c.Failed, c.Limits, 100*c.LimitRate(), c.Stale)
	}
	for _, c := range o.Capabilities {
		row(c.Name, c.Type, c.TestCounts)
	}
	for _, of := range []TestType{Minimum, Invariance, Directional} {
		if c := o.ofType(of).Total(); c.Tests() > 0 {
			row("all", of, c)
		}
	}
	total := o.Total()
	row("all", "", total)
	printf(b, "%.1f%% pass, %.1f%% are known limits\n", 100*total.PassRate(), 100*total.LimitRate())
	return flush(b, "table")
}

// WriteFailures writes a line for each failing test, then for each known limit,
// then for each limit that passes; see [Failure.String].
func (o Outcome) WriteFailures(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, list := range []struct {
		title    string
		failures []Failure
	}{
		{"failed", o.Failures}, {"known limit", o.Limits}, {"passes now, remove its limit", o.Stale},
	} {
		for _, f := range list.failures {
			printf(b, "%s: %s\n", list.title, f)
		}
	}
	return flush(b, "failures")
}
