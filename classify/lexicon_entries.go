package classify

import (
	"slices"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/scope"
	"github.com/demarche/demarche/internal/vocab"
)

func (k *compiler) cue(e *entry) {
	c, def := e.cue, &e.lex.Defaults
	label := firstOf(c.Label, e.lex.Label)
	if label == "" {
		k.errs.lackf("label", e.at, "cue %q has no label, and its lexicon gives none", e.id)
	}
	it := item{
		label:  k.label(label),
		weight: firstOf(e.weight, c.Weight, def.Weight, defaultWeight),
		needs:  c.NeedsSource || def.NeedsSource,
		reason: firstOf(c.Reason, def.Reason),
	}
	if !(it.weight > 0 && it.weight <= 1) {
		k.errs.addf(e.at, "weight of %q is %v; a number above 0 and up to 1 is expected", e.id, it.weight)
	}
	frame := firstOf(c.Frame, def.Frame, FrameVerb)
	if !slices.Contains(allFrames, frame) {
		k.errs.addf(e.at, "frame of %q is %q; one of verb, noun, predicate, epithet, statement is expected", e.id, frame)
	}
	it.frame = frameOf(frame)
	it.slots = k.slots(e)
	for _, r := range slices.Concat(c.Immune, def.Immune) {
		it.immune |= k.reason(r, e)
	}
	if it.reason != "" {
		k.reason(it.reason, e)
	}
	switch firstOf(c.Mention, def.Mention) {
	case MentionByFrame:
		it.mention = frame == FrameVerb || frame == FrameNoun
	case MentionAlways:
		it.mention = true
	}
	k.patterns(match.Cues, e, func(i int, n *pattern.Node) int32 {
		it := it
		it.id, it.at = e.patternIDs()[i], e.place(i)
		if match.HasGap(n) {
			it.literals = k.matcher.Literals(n)
		}
		it.weight = firstOf(e.weights[i], it.weight)
		k.c.items = append(k.c.items, it)
		return int32(len(k.c.items) - 1)
	})
}

// reason is the bit of the reason of a mention.
func (k *compiler) reason(r Reason, e *entry) reasonSet {
	if !slices.Contains(allReasons, r) {
		k.errs.addf(e.at, "%q is no reason of a mention; one of %s is expected", r, join(allReasons))
		return 0
	}
	return reasonBit(r)
}

// slots checks where the target of a cue may stand.
func (k *compiler) slots(e *entry) []attribution.Slot {
	targets, places := e.cue.Target, e.cue.atTarget
	if targets == nil {
		targets, places = e.lex.Defaults.Target, e.lex.Defaults.atTarget
	}
	var slots []attribution.Slot
	for i, t := range targets {
		s := attribution.Slot(t)
		if s != attribution.ObjectSlot && s != attribution.SubjectSlot && !k.grammatical(t) {
			k.errs.addf(placeOr(places, i, e.at), "target %q; object, subject or a preposition is expected", t)
		}
		slots = append(slots, s)
	}
	return slots
}

// grammatical reports whether a word is one of the words of English grammar.
func (k *compiler) grammatical(w string) bool {
	listed, ok := k.listed[w]
	if !ok {
		listed = k.vocab.Lookup(w).Traits&vocab.Listed != 0
		k.listed[w] = listed
	}
	return listed
}

// contextItem returns the function for patterns that makes items like it.
func (k *compiler) contextItem(it contextItem, e *entry) func(int, *pattern.Node) int32 {
	return func(i int, n *pattern.Node) int32 {
		it := it
		it.id, it.at = e.patternIDs()[i], e.place(i)
		if it.kind == pseudoItem && match.HasGap(n) {
			it.literals = k.matcher.Literals(n)
		}
		k.c.contextItems = append(k.c.contextItems, it)
		return int32(len(k.c.contextItems) - 1)
	}
}

func (k *compiler) modifier(e *entry) {
	m := e.modifier
	it := contextItem{kind: modifierItem, category: m.Category}
	if m.Category != Presupposed && !slices.Contains(allReasons, m.Category) {
		k.errs.lackf("category", e.at, "modifier %q has the category %q; one of %s, presupposed is expected", e.id, m.Category, join(allReasons))
	}
	direction := firstOf(m.Direction, Forward)
	if !slices.Contains(allDirections, direction) {
		k.errs.addf(e.at, "modifier %q has the direction %q; forward, backward, both or inside is expected", e.id, direction)
	}
	if m.Limit < 0 || m.Limit > maxLimit {
		k.errs.addf(e.at, "modifier %q has the limit %d; a number from 1 to %d is expected", e.id, m.Limit, maxLimit)
	}
	it.scope = scope.Modifier{
		Direction: scope.Direction(slices.Index(allDirections, direction)),
		Limit:     firstOf(m.Limit, defaultLimit),
		Clause:    m.Clause,
		Question:  m.Question,
	}
	for i, l := range m.Labels {
		it.labels |= k.labelBit(l, placeOr(m.atLabels, i, e.at))
	}
	if len(m.Labels) == 0 {
		it.labels = ^labelSet(0)
	}
	for i, l := range m.Except {
		it.labels &^= k.labelBit(l, placeOr(m.atExcept, i, e.at))
	}
	for _, f := range m.Frames {
		if !slices.Contains(allFrames, f) {
			k.errs.addf(e.at, "modifier %q has the frame %q; one of %s is expected", e.id, f, join(allFrames))
			continue
		}
		it.frames |= 1 << frameOf(f)
	}
	if len(m.Frames) == 0 {
		it.frames = ^frameSet(0)
	}
	it.only = k.only(e)
	k.patterns(match.Context, e, k.contextItem(it, e))
}

// only compiles the words that a modifier is limited to.
func (k *compiler) only(e *entry) []vocab.Symbol {
	var symbols []vocab.Symbol
	for i, src := range e.modifier.Only {
		at := placeOr(e.modifier.atOnly, i, e.at)
		n := k.parse(src, at)
		switch {
		case n == nil:
		case n.Op != pattern.Word && n.Op != pattern.Form:
			k.errs.addf(at, "only takes single words, found %q", src)
		default:
			symbols = append(symbols, k.vocab.Symbol(n.Op, n.Text))
		}
	}
	return symbols
}
