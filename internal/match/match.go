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
// are tagged: it runs the patterns of cues as if every word could be any part of
// speech that its form allows, and so lets through a little more than matches.
package match

import (
	"cmp"
	"math"
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
	item     int32 // of a pattern; -1 for a phrase
	level    uint8 // of a phrase: above that of all phrases within it
	forward  int32 // from the anchor on
	backward int32 // before the anchor, right to left
	// before and after are the sets of which a word must stand next to the
	// anchor, but for adverbs; -1 if there are none.
	before, after int32
	// backwardFirst says that what stands before the anchor is told at once.
	backwardFirst bool
}

// A Matcher finds the patterns of a lexicon. It is immutable.
type Matcher struct {
	insts   []inst
	progs   []program
	groups  [][]groupID // of each program, if it is that of a phrase
	sets    []set
	filters []filter // of each set
	bits    []uint64 // of the filters
	index   [stages]index
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
	stage Stage // up to which facts have been gathered
	// the words of the sentence that have posts in the stage: of patterns, and of
	// phrases
	patterned, phrased []posted
	triggered          []candidate // what a sentence triggers and has the facts for
	later              []needy
	// phrases and patterns that may stand in the sentence
	phrases, candidates []candidate
}

// A candidate is a program and the token of its anchor.
type candidate struct{ token, prog int32 }

// A posted word is a token and the row of its word.
type posted struct {
	token int32
	row   uint32
}

// A needy one still waits for facts.
type needy struct {
	token int32
	post
}

// NewFinder returns a finder for the patterns of m.
func (m *Matcher) NewFinder() *Finder {
	return &Finder{run: run{m: m}}
}

// Sieve reads a sentence and reports whether a cue may stand in it. The tokens
// need not be tagged, but must say which of them patterns may skip.
func (f *Finder) Sieve(text string, toks []tag.Token) bool {
	f.reset(text, toks, true)
	f.gather(Cues)
	f.phrases = f.findPhrases(f.phrases[:0], Cues)
	f.candidates = f.candidates[:0]
	f.trigger(Cues, func(i int, p int32) {
		if f.try(&f.m.progs[p], i) {
			f.candidates = append(f.candidates, candidate{token: int32(i), prog: p})
		}
	})
	return len(f.candidates) > 0
}

// gather takes note of the facts that the programs of a stage need, and lists the
// words that have posts. What does not belong on a list is written over, as no
// processor could foresee which words that will be.
func (f *Finder) gather(stage Stage) {
	if f.stage = stage; stage == Cues {
		clear(f.facts[:])
		f.facts[0] = 1 // fact 0 holds
	}
	x := &f.m.index[stage]
	if n := len(f.toks); cap(f.patterned) < n {
		f.patterned, f.phrased = make([]posted, 2*n), make([]posted, 2*n)
	}
	patterned, phrased := f.patterned[:len(f.toks)], f.phrased[:len(f.toks)]
	ofPatterns, ofPhrases := 0, 0
	rowOf, rows := x.rowOf, x.rows
	for i := range f.toks {
		n := rowOf[f.toks[i].ID]
		r := &rows[n]
		w := posted{int32(i), n}
		patterned[ofPatterns], phrased[ofPhrases] = w, w
		ofPatterns += some(r.posts[patterns+1] - r.posts[patterns])
		ofPhrases += some(r.posts[complexPhrases+1] - r.posts[simplePhrases])
		r.marks.firstHalf(&f.facts) // as index.note, in place
		r.marks.secondHalf(&f.facts)
		if r.further < r.beyond {
			x.noteFurther(&f.facts, r)
		}
	}
	f.patterned, f.phrased = patterned[:ofPatterns], phrased[:ofPhrases]
	for i := range f.spans {
		x.note(&f.facts, x.row(uint32(f.spans[i].group)))
	}
}

// some is 1 if there are any, else 0.
func some(n uint32) int { return int((uint64(n) + math.MaxUint32) >> 32) }

// trigger calls visit for all that the words and phrases of the sentence
// trigger in a stage and that may stand there.
func (f *Finder) trigger(stage Stage, visit func(i int, p int32)) {
	x := &f.m.index[stage]
	f.triggered = f.triggered[:0]
	for _, w := range f.patterned {
		r := &x.rows[w.row]
		f.post(int(w.token), x.posts[r.posts[patterns]:r.posts[patterns+1]])
	}
	for n := range f.spans {
		s := &f.spans[n]
		f.post(int(s.start), x.postsOf(uint32(s.group), patterns))
	}
	for _, c := range f.triggered {
		if i := int(c.token); f.possible(c.prog, i) {
			visit(i, c.prog)
		}
	}
}

// post appends the programs that a word or phrase at token i triggers to
// f.triggered, if their facts hold, without a branch as in gather.
func (f *Finder) post(i int, posts []post) {
	n := len(f.triggered)
	grown := slices.Grow(f.triggered, len(posts))
	all, k := grown[n:n+len(posts)], 0
	for j := range posts {
		p := &posts[j]
		all[k] = candidate{int32(i), p.program}
		k += int(f.facts.bit(uint32(p.need)) & f.facts.bit(uint32(p.also)))
	}
	f.triggered = grown[:n+k]
}

// findPhrases finds the phrases of a stage and appends the programs that found
// some to dst.
func (f *Finder) findPhrases(dst []candidate, stage Stage) []candidate {
	f.later = f.later[:0]
	highest := uint8(0)
	note := func(i int, p post) {
		f.later = append(f.later, needy{int32(i), p})
		highest = max(highest, f.m.progs[p.program].level)
	}
	x := &f.m.index[stage]
	f.triggered = f.triggered[:0]
	for _, w := range f.phrased {
		r := &x.rows[w.row]
		f.post(int(w.token), x.posts[r.posts[simplePhrases]:r.posts[complexPhrases]])
		for j := r.posts[complexPhrases]; j < r.posts[complexPhrases+1]; j++ {
			note(int(w.token), x.posts[j])
		}
	}
	for _, c := range f.triggered {
		if i := int(c.token); f.possible(c.prog, i) && f.phrase(c.prog, i) {
			dst = append(dst, c)
		}
	}
	done := 0                   // spans whose triggers have been noted
	for level := 1; ; level++ { // no uint8: past the highest there is one more
		for ; done < len(f.spans); done++ {
			for _, p := range x.postsOf(uint32(f.spans[done].group), complexPhrases) {
				note(int(f.spans[done].start), p)
			}
		}
		if level > int(highest) {
			return dst
		}
		for _, c := range f.later {
			i := int(c.token)
			if int(f.m.progs[c.program].level) == level && f.holds(uint32(c.need)) && f.holds(uint32(c.also)) && f.possible(c.program, i) && f.phrase(c.program, i) {
				dst = append(dst, candidate{c.token, c.program})
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
		for stage := range f.stage + 1 {
			x := &f.m.index[stage]
			x.note(&f.facts, x.row(uint32(g)))
		}
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

// Append is AppendCues for the patterns of the next stage. It comes after
// AppendCues, for one stage after the other.
func (f *Finder) Append(dst []Match, stage Stage) []Match {
	f.gather(stage)
	f.phrases = f.findPhrases(f.phrases[:0], stage)
	first := len(dst)
	f.trigger(stage, func(i int, p int32) {
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
	return (p.after < 0 || f.ahead(p.after, i)) && (p.before < 0 || f.behind(p.before, i))
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
