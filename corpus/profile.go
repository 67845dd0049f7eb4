package corpus

import (
	"cmp"
	"slices"

	"github.com/demarche/demarche/classify"
)

// A Profile says what every entry of the lexicons does on a corpus: what it
// costs, what it brings, and what no entry finds.
type Profile struct {
	Sentences int // how many were read
	// Cues, the most costly first, are the entries that show an act or a mention;
	// Context those that take cues back: modifiers and blockers.
	Cues, Context []RuleScore
	// Missed are the acts of the annotation that were not found, in corpus order.
	Missed []MissedAct
}

// A RuleScore is how one entry does on a corpus. An entry counts once for each
// label in a sentence.
type RuleScore struct {
	Rule string // id of the entry
	At   string // file:line:column
	// Weight is that of a cue, the highest if other lexicons have changed it; 0
	// for context.
	Weight float64
	// Fired is how often the entry decided something, and Right how often the
	// annotators agree. A cue fires where it counts towards an act that was
	// found, and is right if the act is there; or where it gives a mention, and is
	// right if the mention is there. Context fires where it makes a cue a mention,
	// and is right if that mention is there; or where it takes a cue away altogether,
	// and is right if there is no such act. It decides nothing, and does not count, where the act
	// or, in the first case, no mention is found all the same.
	Fired, Right int
	// Alone and AloneRight are those of Fired and Right in which no other cue counts
	// towards the act: there the weight of the entry is what decides.
	Alone, AloneRight int
	// Hid is how many acts of the annotation were missed where context took a
	// cue for them away.
	Hid int
}

// Wrong is the cost of the rule: how often it fired wrongly.
func (r RuleScore) Wrong() int { return r.Fired - r.Right }

// A Cause says why an act was missed.
type Cause string

// The causes.
const (
	NoCue   Cause = "no cue"   // no entry matches: a word or construction is missing
	Taken   Cause = "taken"    // context, another sense or the lack of a source took the cues away
	TooWeak Cause = "too weak" // the cues that are left do not reach the threshold
)

// A MissedAct is an act of the annotation that was not found.
type MissedAct struct {
	Sentence Sentence                // where it is
	Label    classify.Label          // what was missed
	Cause    Cause                   // why
	Cues     []classify.ExplainedCue // those of this label; none for NoCue
}

// NewProfile profiles the lexicons on annotated sentences. explain is the Explain
// method of a classifier. Labels that are neither built in nor used by the
// annotation are left out.
func NewProfile(sentences []Sentence, explain func(text string) classify.Explanation) *Profile {
	p := &profiler{
		Profile: Profile{Sentences: len(sentences)}, labels: usedLabels(pairsOf(sentences)),
		cues: map[string]*RuleScore{}, context: map[string]*RuleScore{},
	}
	for _, s := range sentences {
		p.add(s, explain(s.Text))
	}
	p.Cues, p.Context = costliest(p.cues), costliest(p.context)
	return &p.Profile
}

type profiler struct {
	Profile
	labels        []classify.Label
	cues, context map[string]*RuleScore
}

// costliest lists scores, the most costly first; those of the same cost are in
// the order of what they hid, how often they fired, and their ids.
func costliest(scores map[string]*RuleScore) []RuleScore {
	list := make([]RuleScore, 0, len(scores))
	for _, r := range scores {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b RuleScore) int {
		return cmp.Or(cmp.Compare(b.Wrong(), a.Wrong()), cmp.Compare(b.Hid, a.Hid),
			cmp.Compare(b.Fired, a.Fired), cmp.Compare(a.Rule, b.Rule))
	})
	return list
}

// add counts one sentence.
func (p *profiler) add(s Sentence, e classify.Explanation) {
	for _, l := range p.labels {
		var cues []classify.ExplainedCue
		for _, x := range e.Cues {
			if x.Label == l {
				cues = append(cues, x)
			}
		}
		p.addLabel(s, l, cues, e.Result)
	}
}

// addLabel counts the cues of a label in a sentence.
func (p *profiler) addLabel(s Sentence, l classify.Label, cues []classify.ExplainedCue, r classify.Result) {
	act, mention, missed := s.Has(l), s.Mentions(l), s.Has(l) && !r.Has(l)
	kept := map[string]bool{}
	for _, x := range cues {
		if x.Fate == classify.Kept {
			kept[x.Rule] = true
		}
	}
	seen := map[string]bool{}
	once := func(scores map[string]*RuleScore, rule, at string) *RuleScore {
		if seen[rule] {
			return &RuleScore{} // has counted in this sentence
		}
		seen[rule] = true
		return entry(scores, rule, at)
	}
	for _, x := range cues {
		var cue *RuleScore
		switch {
		case x.Fate == classify.Kept && r.Has(l):
			cue = once(p.cues, x.Rule, x.At)
			cue.fire(act, len(kept) == 1)
		case x.Fate == classify.Mentioned && r.Mentioned(l):
			cue = once(p.cues, x.Rule, x.At)
			cue.fire(mention, false)
		default:
			cue = &RuleScore{}
		}
		cue.Weight = max(cue.Weight, x.Weight)
		if x.By == "" || x.Fate == classify.Covered {
			continue
		}
		right, decided := !act, missed || !act
		if x.Fate == classify.Mentioned {
			right, decided = mention, missed || r.Mentioned(l)
		}
		if !decided { // another cue gave the act or mention
			continue
		}
		context := once(p.context, x.By, x.ByAt)
		context.fire(right, false)
		if missed {
			context.Hid++
		}
	}
	if missed {
		p.Missed = append(p.Missed, MissedAct{Sentence: s, Label: l, Cause: cause(cues), Cues: cues})
	}
}

func entry(scores map[string]*RuleScore, rule, at string) *RuleScore {
	if scores[rule] == nil {
		scores[rule] = &RuleScore{Rule: rule, At: at}
	}
	return scores[rule]
}

func (r *RuleScore) fire(right, alone bool) {
	one := 0
	if right {
		one = 1
	}
	r.Fired++
	r.Right += one
	if alone {
		r.Alone++
		r.AloneRight += one
	}
}

// cause says why cues give no act.
func cause(cues []classify.ExplainedCue) Cause {
	switch {
	case len(cues) == 0:
		return NoCue
	case slices.ContainsFunc(cues, func(x classify.ExplainedCue) bool { return x.Fate == classify.Kept }):
		return TooWeak
	}
	return Taken
}
