package classify

import "slices"

// report turns the decided cues into acts and mentions.
func (rd *reader) report(res *Result, base int) {
	for l := range rd.c.labels {
		if rd.c.disabled>>l&1 != 0 {
			continue
		}
		rd.reportLabel(res, base, l)
	}
	slices.SortStableFunc(res.Acts, func(a, b Act) int { return a.Cue.Start - b.Cue.Start })
	slices.SortStableFunc(res.Mentions, func(a, b Mention) int { return a.Cue.Start - b.Cue.Start })
}

func (rd *reader) reportLabel(res *Result, base, label int) {
	var best, mention *cue
	miss := 1.0 // the chance that every cue misleads
	covered := -1
	for i := range rd.cues {
		k := &rd.cues[i]
		if k.item.label != label {
			continue
		}
		switch k.state {
		case cueKept:
			switch {
			case rd.repeats(i): // saying it again proves no more
			case k.Start >= covered:
				miss *= 1 - k.item.weight
				covered = k.End
			default: // overlapping cues are one piece of evidence
				miss = min(miss, 1-k.item.weight)
			}
			if best == nil || k.item.weight > best.item.weight {
				best = k
			}
		case cueMention:
			if (mention == nil || k.item.weight > mention.item.weight) && !rd.performed(k) {
				mention = k
			}
		}
	}
	if best != nil && 1-miss >= rd.c.thresholds[label] {
		a := rd.act(res.Text, base, best, rd.c.curves[label].Score(min(1-miss, 0.99)))
		if !rd.c.unattributed {
			rd.attribute(&a, res.Text, base, best)
		}
		res.Acts = append(res.Acts, a)
	}
	if mention != nil && mention.item.weight >= rd.c.thresholds[label] {
		m := Mention{
			Label: rd.c.labels[label], Reason: mention.reason,
			Cue:   rd.span(res.Text, base, mention.Start, mention.End),
			Rules: mention.rules(),
		}
		if !rd.c.unattributed {
			rd.attributeMention(&m, res.Text, base, mention)
		}
		res.Mentions = append(res.Mentions, m)
	}
}

// maxRepeats is how many cues back a repetition is looked for.
const maxRepeats = 32

// repeats reports whether an entry's cue i has counted already.
func (rd *reader) repeats(i int) bool {
	for j := max(0, i-maxRepeats); j < i; j++ {
		if rd.cues[j].item == rd.cues[i].item && rd.cues[j].state == cueKept {
			return true
		}
	}
	return false
}

// performed reports whether the words of a mention are also part of a cue that
// counts as an act.
func (rd *reader) performed(m *cue) bool {
	for i := range rd.cues {
		k := &rd.cues[i]
		if k.state == cueKept && k.item.label == m.item.label && k.Start < m.End && m.Start < k.End &&
			k.item.weight >= rd.c.thresholds[k.item.label] {
			return true
		}
	}
	return false
}

// rules is the trace of a mention.
func (k *cue) rules() []string {
	if k.context == nil {
		return []string{k.item.id}
	}
	return []string{k.item.id, k.context.id}
}

func (rd *reader) act(text string, base int, best *cue, score float64) Act {
	a := Act{
		Label: rd.c.labels[best.item.label], Score: score,
		Cue:   rd.span(text, base, best.Start, best.End),
		Rules: []string{best.item.id},
	}
	for i := range rd.cues {
		k := &rd.cues[i]
		if k != best && k.state == cueKept && k.item.label == best.item.label && !slices.Contains(a.Rules, k.item.id) {
			a.Rules = append(a.Rules, k.item.id)
		}
	}
	return a
}
