package match

import (
	"slices"

	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// A run holds the sentence that programs run on.
type run struct {
	m     *Matcher
	toks  []tag.Token
	text  string
	loose bool // the tokens are not tagged: let pass what tags and capitals would decide

	facts facts

	// the phrases found so far, chained by the tokens where they start and end
	spans    []span
	startsAt []int32 // by token: one more than the number of the last span that starts there
	endsAt   []int32 // by token after a span

	steps      int
	memo       memo
	start, end int // of the last match
	// where a phrase can start and end, as distances from its anchor
	collect      bool
	anchor       int
	starts, ends uint64
}

// A span is where a phrase of a group stands.
type span struct {
	group              groupID
	start, end         int32
	sameStart, sameEnd int32 // the next spans of the chains, as in startsAt
}

// reset begins with a sentence of which no phrases are known.
func (r *run) reset(text string, toks []tag.Token, loose bool) {
	r.text, r.toks, r.loose = text, toks, loose
	if n := len(toks) + 1; len(r.startsAt) < n {
		r.startsAt, r.endsAt = make([]int32, 2*n), make([]int32, 2*n)
	} else {
		for i := range r.spans {
			r.startsAt[r.spans[i].start], r.endsAt[r.spans[i].end] = 0, 0
		}
	}
	r.spans = r.spans[:0]
}

// addSpan takes note of a phrase, once.
func (r *run) addSpan(group groupID, start, end int) {
	for n := r.startsAt[start]; n > 0; n = r.spans[n-1].sameStart {
		if s := &r.spans[n-1]; s.group == group && int(s.end) == end {
			return
		}
	}
	r.spans = append(r.spans, span{group, int32(start), int32(end), r.startsAt[start], r.endsAt[end]})
	r.startsAt[start], r.endsAt[end] = int32(len(r.spans)), int32(len(r.spans))
}

// phraseAt reports whether a phrase of the set starts at token i, or, if
// backward, ends with it.
func (r *run) phraseAt(set *set, i int, backward bool) bool {
	if backward {
		for n := r.endsAt[i+1]; n > 0; n = r.spans[n-1].sameEnd {
			if slices.Contains(set.groups, r.spans[n-1].group) {
				return true
			}
		}
		return false
	}
	for n := r.startsAt[i]; n > 0; n = r.spans[n-1].sameStart {
		if slices.Contains(set.groups, r.spans[n-1].group) {
			return true
		}
	}
	return false
}

// try runs a program whose anchor is token i and reports whether it matches.
func (r *run) try(p *program, i int) bool {
	r.anchor = i
	if p.backwardFirst {
		return r.tryBackward(p, i) && r.tryForward(p, i)
	}
	return r.tryForward(p, i) && r.tryBackward(p, i)
}

func (r *run) tryForward(p *program, i int) bool {
	r.begin()
	r.end = r.forward(p.forward, i, 0, false)
	return r.end >= 0 || r.steps < 0 && r.loose
}

func (r *run) tryBackward(p *program, i int) bool {
	r.begin()
	r.start = r.backward(p.backward, i-1, 0)
	return r.start >= 0 || r.steps < 0 && r.loose
}

// ahead reports whether a word or phrase of the set follows token i.
func (r *run) ahead(set int32, i int) bool {
	for j := i + 1; j <= i+1+maxSkips && j < len(r.toks); j++ {
		if r.element(uint32(set), j, false) {
			return true
		} else if !r.toks[j].Skip {
			return false
		}
	}
	return false
}

// behind reports whether a word or phrase of the set comes before token i.
func (r *run) behind(set int32, i int) bool {
	for j := i - 1; j >= i-1-maxSkips && j >= 0; j-- {
		if r.element(uint32(set), j, true) {
			return true
		} else if !r.toks[j].Skip {
			return false
		}
	}
	return false
}

// element reports whether token i is a word of the set or a phrase of it starts
// there, or, if backward, ends there.
func (r *run) element(n uint32, i int, backward bool) bool {
	return r.has(n, i) || r.m.filters[n].phrases && len(r.spans) > 0 && r.phraseAt(&r.m.sets[n], i, backward)
}

// beyond reports whether something of the set, if it is not -1, stands at token
// i, which is beyond a gap.
func (r *run) beyond(set int32, i int, backward bool) bool {
	return set < 0 || i >= 0 && i < len(r.toks) && r.element(uint32(set), i, backward)
}

// narrowGap is the widest gap, in words, that does not pass over "not": within
// a phrase "not" changes the sense, between clauses it does not.
const narrowGap = 4

// widestGap is the most tokens that a gap passes over, however few of them are
// words.
const widestGap = 64

// crossable reports whether a gap may pass over the token, and whether it
// counts as a word.
func crossable(t *tag.Token) (ok, counts bool) {
	switch t.Kind {
	case token.Word, token.Number:
		return true, true
	case token.Semicolon, token.Stop, token.Question, token.Exclamation:
		return false, false
	}
	return true, false
}

// forward runs the program at pc from token i on and returns the furthest end,
// or -1. skips counts adverbs passed since the last word; between says that a
// word of the pattern stands before i, so that adverbs may be passed.
func (r *run) forward(pc int32, i, skips int, between bool) int {
	best := -1
	for {
		if r.steps--; r.steps < 0 {
			return best
		}
		in := &r.m.insts[pc]
		switch in.op {
		case opAccept:
			if d := i - r.anchor; r.collect && d < 64 {
				r.ends |= 1 << d
			}
			return max(best, i)
		case opSplit:
			if r.tried(pc, i, skips, between) {
				return best
			}
			if !r.dead(in.next, i, between && skips < maxSkips, false) {
				best = max(best, r.forward(in.next, i, skips, between))
			}
			pc = in.other
		case opNeed:
			if !r.holds(in.arg) {
				return best
			}
			pc = in.next
		case opGuard:
			pc = in.next
		case opStart:
			if !clauseStart(r.toks, i) {
				return best
			}
			pc = in.next
		case opEnd:
			if !clauseEnd(r.toks, i) {
				return best
			}
			pc = in.next
		case opGap:
			if r.tried(pc, i, 0, false) {
				return best
			}
			if r.beyond(in.other, i, false) {
				best = max(best, r.forward(in.next, i, 0, false))
			}
			for n, j := 0, i; j < min(len(r.toks), i+widestGap); j++ {
				ok, counts := crossable(&r.toks[j])
				if !ok || r.toks[j].Tag == tag.Not && in.n <= narrowGap {
					break
				}
				if counts {
					if n++; n > int(in.n) {
						break
					}
				}
				if r.beyond(in.other, j+1, false) {
					best = max(best, r.forward(in.next, j+1, 0, false))
				}
			}
			return best
		case opComma:
			if i >= len(r.toks) {
				return best
			}
			if r.toks[i].Kind != token.Comma {
				if !between || skips == maxSkips || !r.toks[i].Skip {
					return best
				}
				i, skips = i+1, skips+1
				continue
			}
			i, pc, skips, between = i+1, in.next, 0, true
		case opSet, opTag:
			if i >= len(r.toks) {
				return best
			}
			if between && skips < maxSkips && r.toks[i].Skip {
				best = max(best, r.forward(pc, i+1, skips+1, true))
			}
			if in.op == opSet && len(r.spans) > 0 && r.m.filters[in.arg].phrases {
				for n := r.startsAt[i]; n > 0; n = r.spans[n-1].sameStart {
					if s := &r.spans[n-1]; slices.Contains(r.m.sets[in.arg].groups, s.group) {
						best = max(best, r.forward(in.next, int(s.end), 0, true))
					}
				}
			}
			if !r.word(in, i) {
				return best
			}
			i, pc, skips, between = i+1, in.next, 0, true
		}
	}
}

// dead reports whether the program at pc asks for a word or phrase that does
// not stand at token i, so that it need not be tried. skip says that an adverb
// may stand there instead.
func (r *run) dead(pc int32, i int, skip, backward bool) bool {
	in := &r.m.insts[pc]
	if in.op == opNeed {
		if !r.holds(in.arg) {
			return true
		}
		in = &r.m.insts[in.next]
	}
	return (in.op == opSet || in.op == opGuard) && (i < 0 || i >= len(r.toks) || !(skip && r.toks[i].Skip) && !r.element(in.arg, i, backward))
}

// backward is forward in the other direction: i is the last token not yet
// passed, and the result is the earliest start, or -1.
func (r *run) backward(pc int32, i, skips int) int {
	best := -1
	for {
		if r.steps--; r.steps < 0 {
			return best
		}
		in := &r.m.insts[pc]
		switch in.op {
		case opAccept:
			if d := r.anchor - (i + 1); r.collect && d < 64 {
				r.starts |= 1 << d
			}
			return earlier(best, i+1)
		case opSplit:
			if r.tried(pc, i, skips, false) {
				return best
			}
			if !r.dead(in.next, i, skips < maxSkips, true) {
				best = earlier(best, r.backward(in.next, i, skips))
			}
			pc = in.other
		case opNeed:
			if !r.holds(in.arg) {
				return best
			}
			pc = in.next
		case opGuard:
			pc = in.next
		case opStart:
			if !clauseStart(r.toks, i+1) {
				return best
			}
			pc = in.next
		case opEnd:
			if !clauseEnd(r.toks, i+1) {
				return best
			}
			pc = in.next
		case opGap:
			if r.tried(pc, i, 0, false) {
				return best
			}
			if r.beyond(in.other, i, true) {
				best = earlier(best, r.backward(in.next, i, maxSkips))
			}
			for n, j := 0, i; j >= 0 && j > i-widestGap; j-- {
				ok, counts := crossable(&r.toks[j])
				if !ok || r.toks[j].Tag == tag.Not && in.n <= narrowGap {
					break
				}
				if counts {
					if n++; n > int(in.n) {
						break
					}
				}
				if r.beyond(in.other, j-1, true) {
					best = earlier(best, r.backward(in.next, j-1, maxSkips))
				}
			}
			return best
		case opComma:
			if i < 0 {
				return best
			}
			if r.toks[i].Kind != token.Comma {
				if skips >= maxSkips || !r.toks[i].Skip {
					return best
				}
				i, skips = i-1, skips+1
				continue
			}
			i, pc, skips = i-1, in.next, 0
		case opSet, opTag:
			if i < 0 {
				return best
			}
			if skips < maxSkips && r.toks[i].Skip {
				best = earlier(best, r.backward(pc, i-1, skips+1))
			}
			if in.op == opSet && len(r.spans) > 0 && r.m.filters[in.arg].phrases {
				for n := r.endsAt[i+1]; n > 0; n = r.spans[n-1].sameEnd {
					if s := &r.spans[n-1]; slices.Contains(r.m.sets[in.arg].groups, s.group) {
						best = earlier(best, r.backward(in.next, int(s.start)-1, 0))
					}
				}
			}
			if !r.word(in, i) {
				return best
			}
			i, pc, skips = i-1, in.next, 0
		}
	}
}

func earlier(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

// word reports whether token i alone is what in asks for.
func (r *run) word(in *inst, i int) bool {
	if in.op == opTag {
		t := &r.toks[i]
		if r.loose {
			return in.arg&tag.Possible(t) != 0
		}
		return in.arg>>t.Tag&1 != 0
	}
	return r.has(in.arg, i)
}

// clauseStart reports whether a sentence, quotation or clause begins at i.
func clauseStart(toks []tag.Token, i int) bool {
	if i == 0 {
		return true
	}
	if i < len(toks) && toks[i].Has(token.QuoteBefore) {
		return true
	}
	switch toks[i-1].Kind {
	case token.Word, token.Number, token.Comma, token.Close, token.Other:
		return false
	}
	return true
}

// clauseEnd reports whether a sentence, quotation or clause ends before i.
func clauseEnd(toks []tag.Token, i int) bool {
	if i >= len(toks) || i > 0 && toks[i-1].Has(token.QuoteAfter) {
		return true
	}
	switch toks[i].Kind {
	case token.Word, token.Number, token.Comma, token.Open, token.Other:
		return false
	}
	return true
}
