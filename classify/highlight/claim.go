package highlight

import (
	"fmt"

	"github.com/demarche/demarche/classify"
)

// A claim is an act or a mention: what both have.
type claim struct {
	label            classify.Label
	score            float64         // of an act
	reason           classify.Reason // of a mention
	cue              classify.Span
	sources, targets []party
	rules            []string
}

// A party is a source, target or speaker, and the id of its actor if known.
type party struct {
	classify.Span
	actor string
}

// claims lists the acts of a sentence and then its mentions.
func claims(r classify.Result) []claim {
	list := make([]claim, 0, len(r.Acts)+len(r.Mentions))
	for _, a := range r.Acts {
		list = append(list, claim{
			label: a.Label, score: a.Score, cue: a.Cue, rules: a.Rules,
			sources: parties(a.Source, a.SourceActor, a.Sources, a.SourceActors),
			targets: parties(a.Target, a.TargetActor, a.Targets, a.TargetActors),
		})
	}
	for _, m := range r.Mentions {
		list = append(list, claim{
			label: m.Label, reason: m.Reason, cue: m.Cue, rules: m.Rules,
			sources: parties(m.Source, m.SourceActor, m.Sources, m.SourceActors),
			targets: parties(m.Target, m.TargetActor, m.Targets, m.TargetActors),
		})
	}
	return list
}

// parties joins what results say of one end of an act: the first one, and all if
// there are several.
func parties(first classify.Span, actor string, all []classify.Span, actors []string) []party {
	if len(all) == 0 {
		if first.IsZero() {
			return nil
		}
		return []party{{first, actor}}
	}
	list := make([]party, len(all))
	for i, s := range all {
		list[i].Span = s
		if i < len(actors) {
			list[i].actor = actors[i]
		}
	}
	return list
}

// trace shows on what evidence the claim stands.
func (c claim) trace(number int, speaker party, class, id string) node {
	head := fmt.Sprintf("%d %s %.2f", number, c.label, c.score)
	if c.reason != "" {
		head = fmt.Sprintf("%d %s, only mentioned: %s", number, c.label, c.reason)
	}
	rows := []node{{Class: "row head", Kids: []node{{Text: legible(head)}}}}
	for _, s := range c.sources {
		rows = append(rows, row("source", s.name()))
	}
	for _, t := range c.targets {
		rows = append(rows, row("target", t.name()))
	}
	if !speaker.IsZero() {
		rows = append(rows, row("speaker", speaker.name()))
	}
	rows = append(rows, row("cue", c.cue.Text))
	for _, rule := range c.rules {
		rows = append(rows, row("rule", rule))
	}
	return node{Class: "trace " + class, ID: id, Role: "tooltip", Touch: true, Kids: rows}
}

// name is the words that name the party, and its actor.
func (p party) name() string {
	if p.actor == "" {
		return p.Text
	}
	return p.Text + " (" + p.actor + ")"
}

func row(what, value string) node {
	return node{Class: "row", Kids: []node{
		{Class: "what", Kids: []node{{Text: what + " "}}},
		{Text: legible(value)},
	}}
}
