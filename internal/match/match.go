// Package match finds lexicon patterns in a sentence.
//
// Each pattern is hung up on its rarest word: only when that word turns up is
// the pattern tried, backwards and forwards from there, and only if the other
// words that it needs are there too. The phrases of classes and alternatives
// are looked for once in a sentence, before the patterns that use them. The
// cost of a sentence therefore hardly depends on the size of the lexicon.
// Patterns run on a small backtracking machine over sets of words; gaps are
// bounded and every attempt has a budget of steps, so time stays linear in the
// text.
//
// Most sentences hold no cue. [Matcher.Sieve] finds that out before the words
// are tagged: it runs the patterns as if every word could be any part of
// speech, and so lets through a little more than matches.
package match

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/vocab"
)

// A Match says that a pattern stands in the tokens [Start, End). Anchor is the
// token of its rarest word.
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
	opAccept opcode = iota
	opSet           // a token of the set arg, or a phrase of its group
	opTag           // a token with one of the tags in the set of bits arg
	opComma
	opGap   // up to n words, and beyond them something of the set other, if it is not -1
	opSplit // go on at next or at other
	opNeed  // go on at next if the fact arg holds in the sentence
	opGuard // go on at next, where something of the set arg must stand first; see dead
	opStart
	opEnd
)

type inst struct {
	op    opcode
	n     uint8
	arg   uint32
	next  int32
	other int32
}

type program struct {
	item     int32  // of a pattern; -1 for a phrase
	level    uint8  // of a phrase: above that of all phrases within it
	forward  int32  // from the anchor on
	backward int32  // before the anchor, right to left
	also     uint32 // a fact that must hold, besides that which the program's posts name
	// before and after are the sets of which a word must stand next to the
	// anchor, but for adverbs; -1 if there are none.
	before, after int32
}

// A Matcher finds the patterns of a lexicon. It is immutable.
type Matcher struct {
	insts   []inst
	progs   []program
	groups  [][]groupID // of each program, if it is that of a phrase
	sets    []set
	filters []filter // of each set
	bits    []uint64 // of the filters
	facts   int      // how many blocks of them there are
	index   index
}

// A groupID is the number of a group in the index; while patterns are compiled,
// its symbol.
type groupID vocab.Symbol

// stepBudget bounds the work of one attempt.
const stepBudget = 3000

// maxSkips is how many adverbs may stand between two words of a phrase.
const maxSkips = 2

// A Finder finds the matches in one sentence after another.
type Finder struct {
	run
	later []candidate
	// phrases and patterns that may stand in the sentence
	phrases, candidates []candidate
}

// A candidate is a program, the token of its anchor and the fact that it needs.
type candidate struct {
	token, prog int32
	need        uint32
}

// NewFinder returns a finder for the patterns of m.
func (m *Matcher) NewFinder() *Finder {
	return &Finder{run: run{m: m, facts: make([]uint32, m.facts)}}
}

// Sieve reads a sentence and reports whether a cue may stand in it. The tokens
// need not be tagged, but must say which of them patterns may skip.
func (f *Finder) Sieve(text string, toks []tag.Token) bool {
	clear(f.facts)
	f.facts[0] = 1 // fact 0 holds
	for i := range toks {
		f.note(f.m.index.marksOf(toks[i].Word.ID))
	}
	f.reset(text, toks, true)
	f.phrases = f.findPhrases(f.phrases[:0], Cues)
	f.candidates = f.candidates[:0]
	f.trigger(listOf(Cues, patterns), func(i int, p int32) {
		if f.try(&f.m.progs[p], i) {
			f.candidates = append(f.candidates, candidate{token: int32(i), prog: p})
		}
	})
	return len(f.candidates) > 0
}

// trigger calls visit for all that the words and phrases of the sentence
// trigger and that may stand there.
func (f *Finder) trigger(list int, visit func(i int, p int32)) {
	for i := range f.toks {
		for _, p := range f.m.index.triggers(f.toks[i].Word.ID, list) {
			if f.holds(p.need) && f.possible(p.program, i) {
				visit(i, p.program)
			}
		}
	}
	for n := range f.spans {
		s := &f.spans[n]
		for _, p := range f.m.index.triggers(uint32(s.group), list) {
			if i := int(s.start); f.holds(p.need) && f.possible(p.program, i) {
				visit(i, p.program)
			}
		}
	}
}

// findPhrases finds the phrases of a stage and appends the programs that found
// some to dst.
func (f *Finder) findPhrases(dst []candidate, stage Stage) []candidate {
	f.later = f.later[:0]
	highest := uint8(0)
	note := func(i int, p post) {
		f.later = append(f.later, candidate{int32(i), p.program, p.need})
		highest = max(highest, f.m.progs[p.program].level)
	}
	simple, complex := listOf(stage, simplePhrases), listOf(stage, complexPhrases)
	for i := range f.toks {
		starts := &f.m.index.rows[f.toks[i].Word.ID].posts
		for j := starts[simple]; j < starts[complex]; j++ {
			p := f.m.index.posts[j]
			if f.holds(p.need) && f.possible(p.program, i) && f.phrase(p.program, i) {
				dst = append(dst, candidate{int32(i), p.program, p.need})
			}
		}
		for j := starts[complex]; j < starts[complex+1]; j++ {
			note(i, f.m.index.posts[j])
		}
	}
	done := 0                   // spans whose triggers have been noted
	for level := 1; ; level++ { // no uint8: past the highest there is one more
		for ; done < len(f.spans); done++ {
			for _, p := range f.m.index.triggers(uint32(f.spans[done].group), complex) {
				note(int(f.spans[done].start), p)
			}
		}
		if level > int(highest) {
			return dst
		}
		for _, c := range f.later {
			if i := int(c.token); int(f.m.progs[c.prog].level) == level && f.holds(c.need) && f.possible(c.prog, i) && f.phrase(c.prog, i) {
				dst = append(dst, c)
			}
		}
	}
}

// phrase runs the program of a phrase, takes note of all spans where it stands, and
// reports whether there is one, be it known already: once the tokens are tagged,
// what made it known may be gone.
func (f *Finder) phrase(prog int32, i int) bool {
	f.ends, f.starts = 0, 0
	f.collect = true
	f.try(&f.m.progs[prog], i)
	f.collect = false
	if f.ends == 0 || f.starts == 0 {
		return false
	}
	for ends := f.ends; ends != 0; ends &= ends - 1 {
		end := i + bits.TrailingZeros64(ends)
		for starts := f.starts; starts != 0; starts &= starts - 1 {
			for _, g := range f.m.groups[prog] {
				f.addSpan(g, i-bits.TrailingZeros64(starts), end)
			}
		}
	}
	for _, g := range f.m.groups[prog] {
		f.note(f.m.index.marksOf(uint32(g)))
	}
	return true
}

// AppendCues appends all matches of cues in the sentence to dst, after Sieve
// and once its tokens are tagged: for each place and item the longest. They are
// sorted by start, the longer first.
func (f *Finder) AppendCues(dst []Match) []Match {
	f.reset(f.text, f.toks, false)
	for _, c := range f.phrases {
		f.phrase(c.prog, int(c.token))
	}
	first := len(dst)
	for _, c := range f.candidates {
		dst = f.match(dst, c.prog, int(c.token))
	}
	return sorted(dst, first)
}

// AppendContext is AppendCues for the patterns of the second stage. It comes
// after AppendCues.
func (f *Finder) AppendContext(dst []Match) []Match {
	f.phrases = f.findPhrases(f.phrases[:0], Context)
	first := len(dst)
	f.trigger(listOf(Context, patterns), func(i int, p int32) {
		dst = f.match(dst, p, i)
	})
	return sorted(dst, first)
}

// match appends the match of a program whose anchor is token i, if it matches.
func (f *Finder) match(dst []Match, p int32, i int) []Match {
	if prog := &f.m.progs[p]; f.try(prog, i) {
		dst = append(dst, Match{prog.item, f.start, f.end, i})
	}
	return dst
}

// possible reports whether the words that the program needs stand where they
// can, as far as that is quickly told. Its anchor is token i.
func (f *Finder) possible(prog int32, i int) bool {
	p := &f.m.progs[prog]
	return (p.after < 0 || f.ahead(p.after, i)) && (p.before < 0 || f.behind(p.before, i)) && f.holds(p.also)
}

// sorted sorts dst[first:] and keeps the longest match of each item at each
// start.
func sorted(dst []Match, first int) []Match {
	found := dst[first:]
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Anchor, b.Anchor))
	})
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
	return dst[:first+len(kept)]
}
