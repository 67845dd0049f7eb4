package classify

import (
	"fmt"
	"strings"
)

// An Explanation shows how a sentence was decided: every cue that was
// considered, in the order of the text, and what became of it.
type Explanation struct {
	Result Result         // what [Classifier.Sentence] says
	Cues   []ExplainedCue // all that the patterns of the lexicon found
}

// A Fate says what became of a cue.
type Fate string

// The fates.
const (
	Kept       Fate = "kept"      // counts towards an act
	Covered    Fate = "covered"   // lies within a longer cue
	Blocked    Fate = "blocked"   // another sense of the words
	Mentioned  Fate = "mention"   // context makes it a mention
	Dropped    Fate = "dropped"   // context takes it away
	Sourceless Fate = "no source" // counts only where the sentence names who does it
)

// An ExplainedCue is a cue of an [Explanation].
type ExplainedCue struct {
	Label  Label   // of the act that the cue shows
	Cue    Span    // its words
	Weight float64 // in (0,1], as the lexicon has it
	Rule   string  // id of the lexicon entry
	At     string  // file:line:column of the entry
	Fate   Fate    // what became of it
	Reason Reason  // of a mention
	// By and ByAt are the entry that decided, if it was not the cue itself.
	By, ByAt string
}

// Explain classifies a sentence like [Classifier.Sentence] and says why.
func (c *Classifier) Explain(sentence string) Explanation {
	rd := c.reader()
	defer c.readers.Put(rd)
	e := Explanation{Result: c.Sentence(sentence)}
	text := e.Result.Text
	if !rd.prepare(text, 0, false) {
		return e
	}
	rd.findCues(text)
	rd.applyContext(text)
	for i := range rd.cues {
		k := &rd.cues[i]
		x := ExplainedCue{
			Label: c.labels[k.item.label], Cue: rd.span(text, 0, k.Start, k.End),
			Weight: k.item.weight, Rule: k.item.id, At: k.item.at.String(), Fate: k.state.fate(),
		}
		if k.state == cueMention {
			x.Reason = k.reason
		}
		switch {
		case k.context != nil:
			x.By, x.ByAt = k.context.id, k.context.at.String()
		case k.by != nil:
			x.By, x.ByAt = k.by.id, k.by.at.String()
		}
		e.Cues = append(e.Cues, x)
	}
	return e
}

func (s cueState) fate() Fate {
	return [...]Fate{Kept, Covered, Blocked, Mentioned, Dropped, Sourceless}[s]
}

// String lists the cues, one a line.
func (e Explanation) String() string {
	var b strings.Builder
	for _, x := range e.Cues {
		fmt.Fprintf(&b, "%s %q %.2f by %s (%s): %s", x.Label, x.Cue.Text, x.Weight, x.Rule, x.At, x.Fate)
		if x.Reason != "" {
			fmt.Fprintf(&b, ", %s", x.Reason)
		}
		if x.Fate == Kept && !e.Result.Has(x.Label) {
			b.WriteString(", too weak for an act, or the label is off")
		}
		if x.By != "" {
			fmt.Fprintf(&b, ", by %s (%s)", x.By, x.ByAt)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
