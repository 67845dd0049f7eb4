package classify

import (
	"slices"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/scope"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/vocab"
)

// A reader holds what reading one sentence after another needs, to be used
// again for the next.
type reader struct {
	c         *Classifier
	toks      []tag.Token
	matcher   *match.Finder
	matches   []match.Match
	context   []match.Match
	modifiers []match.Match // of context, those that are no pseudo-triggers
	cues      []cue
	lower     []byte
	finder    attribution.Finder
	possible  bool // a cue may stand in the sentence
	quotes    bool // the sentence has a quotation
	speech    bool // find the speakers of sentences without cues too
	always    bool // tag sentences that have neither
	said      utterance
	voice     voice
	people    *people // to note the names in the sentence for; nil outside documents
}

func newReader(c *Classifier) *reader {
	return &reader{c: c, matcher: c.matcher.NewFinder(), finder: attribution.Finder{Classes: c.attribution}}
}

// a cue is a match of the first matcher while the sentence is decided.
type cue struct {
	match.Match
	item    *item
	state   cueState
	reason  Reason
	context *contextItem
	by      *item // the longer cue or the blocker
	cover   int   // index of the longer cue

	role     attribution.Role
	resolved bool // role is known
}

type cueState uint8

const (
	cueKept     cueState = iota
	cueCovered           // lies within a longer cue
	cueBlocked           // another sense
	cueMention           // context makes it a mention
	cueDropped           // context takes it away altogether
	cueNoSource          // needs a source, and there is none
)

// sentence classifies res.Text, whose first byte is at offset base of the
// caller's text, and fills in acts, mentions and the speaker. quoted says that
// the sentence begins inside a quotation.
func (rd *reader) sentence(res *Result, base int, quoted bool) {
	rd.said, rd.voice = utterance{}, voice{}
	if !rd.prepare(res.Text, base, quoted) {
		return
	}
	rd.findCues(res.Text)
	if len(rd.cues) > 0 {
		rd.applyContext(res.Text)
	} else if !rd.quotes {
		return
	}
	if rd.quotes && !rd.c.unattributed {
		if by := rd.utterance().speaker; !by.Empty() {
			res.Speaker = rd.span(res.Text, base, by.Start, by.End)
		}
	}
	rd.report(res, base)
}

// findCues matches the lexicon, lets the longest match win and applies
// blockers.
func (rd *reader) findCues(text string) {
	rd.cues = rd.cues[:0]
	if !rd.possible {
		return
	}
	rd.matches = rd.matcher.AppendCues(rd.matches[:0])
	if len(rd.matches) == 0 {
		return
	}
	for _, m := range rd.matches {
		rd.cues = append(rd.cues, cue{Match: m, item: &rd.c.items[m.Item]})
	}
	longest := inOrder(rd.matches).longest
	rd.matches = rd.matcher.Append(rd.matches[:0], match.Blockers)
	blockers := inOrder(rd.matches)
	for i := range rd.cues {
		a := &rd.cues[i]
		for _, m := range blockers.endingAfter(a.Start) {
			if m.Start > a.Start {
				break
			}
			b := &rd.c.items[m.Item]
			if b.blocks>>a.item.label&1 != 0 && m.Contains(a.Match) {
				a.state, a.by = cueBlocked, b
			}
		}
	}
	from := 0
	for i := range rd.cues {
		a := &rd.cues[i]
		if a.state != cueKept {
			continue
		}
		for ; rd.cues[from].Start < a.Start-longest; from++ {
		}
		for j := from; j < len(rd.cues) && rd.cues[j].Start <= a.Start; j++ {
			b := &rd.cues[j]
			if i != j && b.state == cueKept && covers(b, a) && !(covers(a, b) && i < j) {
				a.state, a.by, a.cover = cueCovered, b.item, j
				break
			}
		}
	}
}

// ordered are matches in the order of their starts: where there are very many,
// only the neighbours of a cue need be looked at.
type ordered struct {
	matches []match.Match
	longest int // in tokens
}

func inOrder(matches []match.Match) ordered {
	o := ordered{matches: matches}
	for _, m := range matches {
		o.longest = max(o.longest, m.End-m.Start)
	}
	return o
}

func (o *ordered) add(m match.Match) {
	o.matches = append(o.matches, m)
	o.longest = max(o.longest, m.End-m.Start)
}

// endingAfter returns the matches without those at the start that surely end
// before token i or with it.
func (o ordered) endingAfter(i int) []match.Match {
	from, _ := slices.BinarySearchFunc(o.matches, i-o.longest+1, func(m match.Match, start int) int { return m.Start - start })
	return o.matches[from:]
}

// maxFixed is the longest match, in tokens, that is taken for a fixed phrase,
// within which no other act is looked for.
const maxFixed = 6

// weightMargin is how much weaker than the other label's cue within it a fixed
// phrase may be.
const weightMargin = 0.15

// covers reports whether cue a makes cue b, which lies within its words,
// superfluous: a stronger cue of its own label always does, one of another
// label if it is a fixed phrase.
func covers(a, b *cue) bool {
	if !a.Contains(b.Match) {
		return false
	}
	same := !a.Longer(b.Match)
	if a.item.label == b.item.label {
		return a.item.weight >= b.item.weight
	}
	if same {
		return false
	}
	return a.End-a.Start <= maxFixed && a.item.weight >= b.item.weight-weightMargin
}

// applyContext decides for each cue whether it is an act or a mention.
func (rd *reader) applyContext(text string) {
	rd.context = rd.matcher.Append(rd.context[:0], match.Context)
	ctx := scope.Context{Tokens: rd.toks, Transparent: rd.c.transparent, Disjunction: rd.c.disjunction}
	context := inOrder(rd.context)
	modifiers := inOrder(rd.modifiers[:0])
	for _, m := range rd.context {
		switch rd.c.contextItems[m.Item].kind {
		case terminatorItem:
			ctx.Terminators = append(ctx.Terminators, m)
		case modifierItem:
			if !rd.pseudo(context, m) {
				modifiers.add(m)
			}
		}
	}
	rd.modifiers = modifiers.matches
	for i := range rd.cues {
		k := &rd.cues[i]
		if k.state != cueKept {
			continue
		}
		if k.item.reason != "" {
			k.state, k.reason = cueMention, k.item.reason
			continue
		}
		rd.modify(&ctx, modifiers, k)
	}
	// what a dropped cue covered is still named: "[contained no condemnation]"
	for i := range rd.cues {
		k := &rd.cues[i]
		if k.state != cueCovered || !k.item.mention || k.item.reason != "" {
			continue
		}
		if by := &rd.cues[k.cover]; by.state == cueDropped && by.reason != Presupposed {
			rd.modify(&ctx, modifiers, k)
		}
	}
	for i := range rd.cues {
		k := &rd.cues[i]
		if k.state != cueKept || !k.item.needs {
			continue
		}
		if !rd.role(k).Sourced {
			k.state = cueNoSource
			if k.item.mention && ctx.Asked(k.Match) { // "is there any criticism?"
				k.state, k.reason = cueMention, Asked
			}
			rd.uncover(&ctx, modifiers, i)
		}
	}
}

// uncover brings back what cue i, which lacks its source, has covered.
func (rd *reader) uncover(ctx *scope.Context, modifiers ordered, i int) {
	for j := range rd.cues {
		a := &rd.cues[j]
		if a.state != cueCovered || a.cover != i {
			continue
		}
		free := !a.item.needs || rd.role(a).Sourced
		for b := range rd.cues {
			if b != j && rd.cues[b].state == cueKept && covers(&rd.cues[b], a) {
				free, a.cover, a.by = false, b, rd.cues[b].item
				break
			}
		}
		if free {
			a.state, a.by = cueKept, nil
			rd.modify(ctx, modifiers, a)
		}
	}
}

// modify makes cue k a mention, or drops it, if one of the modifiers says so.
// Of several modifiers the one that stands first in the lexicon counts.
func (rd *reader) modify(ctx *scope.Context, modifiers ordered, k *cue) {
	var first int32
	for _, m := range modifiers.endingAfter(k.Start - scope.Farthest - 1) {
		if m.Start > k.End+scope.Farthest {
			break
		}
		if (k.context == nil || m.Item < first) && rd.applies(ctx, m, k) {
			first = m.Item
			k.context = &rd.c.contextItems[m.Item]
			k.reason = k.context.category
		}
	}
	switch {
	case k.context == nil:
	case k.reason == Presupposed || !k.item.mention:
		k.state = cueDropped
	default:
		k.state = cueMention
	}
}

// applies reports whether the modifier found at m turns cue k into a mention.
func (rd *reader) applies(ctx *scope.Context, m match.Match, k *cue) bool {
	mod := &rd.c.contextItems[m.Item]
	if mod.scope.Direction == scope.Forward && m.Start >= k.End || mod.scope.Direction == scope.Backward && m.End <= k.Start {
		return false // it looks the other way
	}
	if !rd.affects(mod, k) {
		return false
	}
	if ctx.Reaches(mod.scope, m, k.Match) {
		return true
	}
	// within a gap of the cue: "issued [no statement of] condemnation"
	if k.item.literals == nil || m.Start <= k.Start || m.End > k.Anchor || rd.literal(k.item.literals, m) {
		return false
	}
	anchor := match.Match{Item: k.Item, Start: k.Anchor, End: k.End, Anchor: k.Anchor}
	return ctx.Reaches(mod.scope, m, anchor)
}

// literal reports whether a word of m is one of the words that a pattern asks
// for.
func (rd *reader) literal(literals []vocab.Symbol, m match.Match) bool {
	for i := m.Start; i < m.End; i++ {
		for _, s := range literals {
			if rd.toks[i].Word.Is(s, 0) {
				return true
			}
		}
	}
	return false
}

// affects reports whether the modifier is meant for cues like k.
func (rd *reader) affects(mod *contextItem, k *cue) bool {
	if mod.labels>>k.item.label&1 == 0 || mod.frames>>k.item.frame&1 == 0 {
		return false
	}
	if k.item.immune != 0 && mod.category != Presupposed && k.item.immune.has(mod.category) {
		return false
	}
	// an epithet or predicate does the act by itself; only negation takes it
	// back
	if !k.item.mention && mod.category != Negated && mod.category != Presupposed && mod.category != Asked {
		return false
	}
	if len(mod.only) == 0 {
		return true
	}
	for i := k.Start; i < k.End; i++ {
		for _, s := range mod.only {
			if rd.toks[i].Word.Is(s, 0) {
				return true
			}
		}
	}
	return false
}

// pseudo reports whether a pseudo-trigger covers the modifier. One that stands
// in a gap is not covered: "moved away by [refusing] to condemn".
func (rd *reader) pseudo(context ordered, m match.Match) bool {
	for _, p := range context.endingAfter(m.Start) {
		if p.Start > m.Start {
			break
		}
		it := &rd.c.contextItems[p.Item]
		if it.kind == pseudoItem && p.Contains(m) && (it.literals == nil || rd.literal(it.literals, m)) {
			return true
		}
	}
	return false
}
