package match

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

type run struct {
	m     *Matcher
	s     *Sentence
	toks  []tag.Token
	text  string
	steps int
}

// senseFits checks the part of speech that a class member asks for, and the
// capitals that a cased form asks for.
func (r *run) senseFits(in *inst, i int, t *tag.Token) bool {
	if r.s.at(in.symbol, i, t) {
		return true
	}
	for i := range t.Word.Cased {
		if s := &t.Word.Cased[i]; s.Symbol == in.symbol && s.Form == r.text[t.Start:t.End] {
			return true
		}
	}
	return false
}

// narrowGap is the widest gap, in words, that does not pass over "not": within
// a phrase "not" changes the sense, between clauses it does not.
const narrowGap = 4

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
			return max(best, i)
		case opSplit:
			if !r.dead(in.next, i, between && skips < maxSkips) {
				best = max(best, r.forward(in.next, i, skips, between))
			}
			pc = in.other
		case opGuard:
			if i >= len(r.toks) || !(between && skips < maxSkips && r.toks[i].Skip) && !r.s.at(in.symbol, i, &r.toks[i]) {
				return best
			}
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
			best = max(best, r.forward(in.next, i, 0, false))
			next := &r.m.insts[in.next]
			for n, j := 0, i; j < len(r.toks); j++ {
				ok, counts := crossable(&r.toks[j])
				if !ok || r.toks[j].Tag == tag.Not && in.n <= narrowGap {
					break
				}
				if counts {
					if n++; n > int(in.n) {
						break
					}
				}
				if next.op == opSymbol && (j+1 >= len(r.toks) || !r.symbol(next, j+1)) {
					continue
				}
				best = max(best, r.forward(in.next, j+1, 0, false))
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
		case opSymbol, opTag:
			if i >= len(r.toks) {
				return best
			}
			if between && skips < maxSkips && r.toks[i].Skip {
				best = max(best, r.forward(pc, i+1, skips+1, true))
			}
			if !r.symbol(in, i) {
				return best
			}
			i, pc, skips, between = i+1, in.next, 0, true
		}
	}
}

// dead reports whether the program at pc asks for a word that does not stand
// at token i, so that it need not be tried. skip says that an adverb may stand
// there instead.
func (r *run) dead(pc int32, i int, skip bool) bool {
	in := &r.m.insts[pc]
	return in.op == opSymbol && (i < 0 || i >= len(r.toks) || !(skip && r.toks[i].Skip) && !r.symbol(in, i))
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
			return earlier(best, i+1)
		case opSplit:
			if !r.dead(in.next, i, skips < maxSkips) {
				best = earlier(best, r.backward(in.next, i, skips))
			}
			pc = in.other
		case opGuard:
			if i < 0 || !(skips < maxSkips && r.toks[i].Skip) && !r.s.at(in.symbol, i, &r.toks[i]) {
				return best
			}
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
			best = earlier(best, r.backward(in.next, i, maxSkips))
			next := &r.m.insts[in.next]
			for n, j := 0, i; j >= 0; j-- {
				ok, counts := crossable(&r.toks[j])
				if !ok || r.toks[j].Tag == tag.Not && in.n <= narrowGap {
					break
				}
				if counts {
					if n++; n > int(in.n) {
						break
					}
				}
				if next.op == opSymbol && (j == 0 || !r.symbol(next, j-1)) {
					continue
				}
				best = earlier(best, r.backward(in.next, j-1, maxSkips))
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
		case opSymbol, opTag:
			if i < 0 {
				return best
			}
			if skips < maxSkips && r.toks[i].Skip {
				best = earlier(best, r.backward(pc, i-1, skips+1))
			}
			if !r.symbol(in, i) {
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

// symbol reports whether token i is what in asks for.
func (r *run) symbol(in *inst, i int) bool {
	t := &r.toks[i]
	if in.op == opTag {
		return in.symbol>>t.Tag&1 != 0
	}
	if in.pos != 0 && t.POS != 0 && in.pos&t.POS == 0 {
		return false
	}
	return r.senseFits(in, i, t)
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
