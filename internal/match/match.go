// Package match finds lexicon patterns in a sentence.
//
// Each pattern is hung up on its rarest word: only when that word turns up is
// the pattern tried, backwards and forwards from there. The cost of a sentence
// therefore hardly depends on the size of the lexicon. Patterns run on a small
// backtracking machine over word symbols; gaps are bounded and every attempt
// has a budget of steps, so time stays linear in the text.
package match

import (
	"cmp"
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/vocab"
)

// A Match says that a pattern stands in the tokens [Start, End). Anchor is the
// token of the word it was found by.
type Match struct {
	Item               int32
	Start, End, Anchor int
}

// Longer reports whether m spans more tokens than n.
func (m Match) Longer(n Match) bool { return m.End-m.Start > n.End-n.Start }

// Contains reports whether all tokens of n are tokens of m.
func (m Match) Contains(n Match) bool { return m.Start <= n.Start && n.End <= m.End }

type opcode uint8

const (
	opSymbol opcode = iota // a token with the symbol
	opTag                  // a token with one of the tags in the set symbol
	opComma
	opGap   // up to n tokens
	opSplit // go on at next or at other
	opGuard // go on at next if the token has the symbol
	opStart
	opEnd
	opAccept
)

type inst struct {
	op     opcode
	pos    pattern.POS
	n      uint8
	symbol vocab.Symbol
	next   int32
	other  int32
}

type program struct {
	item     int32
	forward  int32 // from the anchor on
	backward int32 // before the anchor, right to left
	// needs are the other words that the pattern cannot do without: of each
	// group, one symbol must stand in the sentence.
	needs [][]vocab.Symbol
}

// A Matcher finds the patterns of a lexicon. It is immutable.
type Matcher struct {
	insts []inst
	progs []program
	which int
}

// stepBudget bounds the work of one attempt.
const stepBudget = 3000

// maxSkips is how many adverbs may stand between two words of a phrase.
const maxSkips = 2

// A Sentence knows which symbols stand in one sentence, and where.
type Sentence struct {
	seen  []uint32 // by symbol: the last sentence that has it
	where []place  // by symbol
	stamp uint32
}

// A place is where a symbol stands in a sentence: bit i for token i, as far as
// the bits reach.
type place struct {
	stamp uint32
	mask  uint64
}

// placeBits is how many tokens a place covers; symbols of tokens further on
// are looked up in the word.
const placeBits = 64

// Reset empties the set.
func (s *Sentence) Reset(v *vocab.Vocabulary) {
	if s.stamp++; s.stamp == 0 || len(s.seen) < v.Symbols() {
		s.seen, s.stamp = make([]uint32, v.Symbols()), 1
		s.where = make([]place, v.Symbols())
	}
}

// Add adds the symbols of a word.
func (s *Sentence) Add(w *vocab.Word) {
	for i := range w.Senses {
		s.seen[w.Senses[i].Symbol] = s.stamp
	}
	for i := range w.Cased { // whether the capitals are right shows later
		s.seen[w.Cased[i].Symbol] = s.stamp
	}
}

// Place notes where the symbols of the tagged words stand. It comes before
// Append.
func (s *Sentence) Place(toks []tag.Token) {
	for i := range toks[:min(len(toks), placeBits)] {
		t := &toks[i]
		for _, sense := range t.Word.Senses {
			if sense.POS != 0 && t.POS != 0 && sense.POS&t.POS == 0 {
				continue
			}
			p := &s.where[sense.Symbol]
			if p.stamp != s.stamp {
				p.stamp, p.mask = s.stamp, 0
			}
			p.mask |= 1 << i
		}
	}
}

// at reports whether token i, which is t, has the symbol.
func (s *Sentence) at(sym vocab.Symbol, i int, t *tag.Token) bool {
	if i >= placeBits {
		return t.Word.Is(sym, t.POS)
	}
	p := &s.where[sym]
	return p.stamp == s.stamp && p.mask>>i&1 != 0
}

// hasAll reports whether one symbol of each group is in the set.
func (s *Sentence) hasAll(groups [][]vocab.Symbol) bool {
next:
	for _, g := range groups {
		for _, sym := range g {
			if s.seen[sym] == s.stamp {
				continue next
			}
		}
		return false
	}
	return true
}

// Possible reports whether any pattern that the word triggers can match in the
// sentence, going by the words alone.
func (m *Matcher) Possible(s *Sentence, w *vocab.Word) bool {
	for _, p := range w.Posts[m.which] {
		if s.hasAll(m.progs[p].needs) {
			return true
		}
	}
	return false
}

// Append appends all matches in the sentence to dst: for each place and item
// the longest. They are sorted by start, the longer first. s holds the words
// of the sentence.
func (m *Matcher) Append(dst []Match, s *Sentence, text string, toks []tag.Token) []Match {
	first := len(dst)
	r := run{m: m, s: s, toks: toks, text: text}
	for i := range toks {
		for _, p := range toks[i].Word.Posts[m.which] {
			prog := &m.progs[p]
			if !s.hasAll(prog.needs) {
				continue
			}
			r.steps = stepBudget
			end := r.forward(prog.forward, i, 0, false)
			if end < 0 {
				continue
			}
			r.steps = stepBudget
			start := r.backward(prog.backward, i-1, 0)
			if start < 0 {
				continue
			}
			dst = append(dst, Match{prog.item, start, end, i})
		}
	}
	found := dst[first:]
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Item, b.Item))
	})
	return dst[:first+len(longest(found))]
}

// longest keeps the longest match of each item at each start; the longer ones
// come first.
func longest(found []Match) []Match {
	kept := found[:0]
	for _, m := range found {
		seen := false
		for i := len(kept) - 1; i >= 0 && kept[i].Start == m.Start && !seen; i-- {
			seen = kept[i].Item == m.Item
		}
		if !seen {
			kept = append(kept, m)
		}
	}
	return kept
}
