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
	"errors"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
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

// A Class is a word class under its name in patterns.
type Class struct {
	symbol  vocab.Symbol
	phrases []*pattern.Node
	members int // single words
	cost    int // of a nameless class, see Compiler.cost

	literals []vocab.Symbol // see Compiler.Literals; nil until asked for
}

// A Compiler turns patterns into a [Matcher].
type Compiler struct {
	vocab   *vocab.Vocabulary
	classes Classes
	common  map[string]bool
	matcher int
	insts   []inst
	progs   []program
}

// Classes holds the word classes that several compilers share.
type Classes map[string]*Class

// Names lists the classes.
func (cs Classes) Names() []string {
	names := make([]string, 0, len(cs))
	for name := range cs {
		if !strings.HasSuffix(name, "\x00") {
			names = append(names, name)
		}
	}
	return names
}

// Phrases lists the members of a class that are not single words.
func (cs Classes) Phrases(name string) []*pattern.Node {
	if c := cs[name]; c != nil {
		return c.phrases
	}
	return nil
}

// tagClasses are the classes that stand for parts of speech.
var tagClasses = map[string][]tag.Tag{
	"noun": {tag.Noun, tag.Name},
	"name": {tag.Name},
	"verb": {tag.Verb, tag.Past, tag.Ing},
	"adj":  {tag.Adjective, tag.Past, tag.Ing},
	"adv":  {tag.Adverb},
	"ing":  {tag.Ing},
	"past": {tag.Past},
}

// IsTagClass reports whether the class name stands for a part of speech.
func IsTagClass(name string) bool { return tagClasses[name] != nil }

// ErrUndefinedClass is the error for a class that no lexicon defines.
var ErrUndefinedClass = errors.New("undefined class")

// AddClass defines a class. Members must have been resolved: single words give
// the class's symbol to the word; phrases are kept as patterns.
func (cs Classes) AddClass(v *vocab.Vocabulary, name string, members []*pattern.Node) {
	c := cs[name]
	if c == nil {
		c = &Class{symbol: v.Symbol(pattern.Class, name)}
		cs[name] = c
	}
	for _, m := range members {
		cs.addMember(v, c, m)
	}
}

func (cs Classes) addMember(v *vocab.Vocabulary, c *Class, m *pattern.Node) {
	switch m.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		v.AddMember(c.symbol, m.Op, m.Text, m.POS)
		c.members++
	case pattern.Alt:
		for _, k := range m.Kids {
			cs.addMember(v, c, k)
		}
	case pattern.Class: // a class inside a class has its members copied by the caller's order
		c.phrases = append(c.phrases, m)
	default:
		c.phrases = append(c.phrases, m)
	}
}

// NewCompiler returns a compiler for one of the vocabulary's two matchers.
// common are words too frequent to hang a pattern on if it has any other.
func NewCompiler(v *vocab.Vocabulary, classes Classes, common map[string]bool, matcher int) *Compiler {
	return &Compiler{vocab: v, classes: classes, common: common, matcher: matcher, insts: make([]inst, 0, 1<<16)}
}

// maxExpansion bounds how many programs one pattern may turn into.
const maxExpansion = 4096

// maxInsts bounds the size of a matcher: 20 bytes each.
const maxInsts = 8 << 20

// Add compiles a pattern; matches of it will carry item.
func (c *Compiler) Add(item int32, n *pattern.Node) error {
	if err := c.Check(n); err != nil {
		return err
	}
	budget := maxExpansion
	return c.add(item, flatten(nil, c.merge(n)), &budget)
}

// merge turns alternatives that are single words into one nameless class, so
// that a long list of them costs no more than one word.
func (c *Compiler) merge(n *pattern.Node) *pattern.Node {
	if len(n.Kids) == 0 {
		return n
	}
	if !hasAlt(n) {
		return n
	}
	out := &pattern.Node{Op: n.Op, Text: n.Text, POS: n.POS, N: n.N}
	var words []*pattern.Node
	for _, k := range n.Kids {
		if n.Op == pattern.Alt && (k.Op == pattern.Word || k.Op == pattern.Form) {
			words = append(words, k)
			continue
		}
		out.Kids = append(out.Kids, c.merge(k))
	}
	switch {
	case len(words) == 1:
		out.Kids = append(out.Kids, words[0])
	case len(words) > 1:
		out.Kids = append(out.Kids, c.nameless(words))
	}
	if out.Op == pattern.Alt && len(out.Kids) == 1 {
		return out.Kids[0]
	}
	return out
}

func hasAlt(n *pattern.Node) bool {
	return n.Op == pattern.Alt || slices.ContainsFunc(n.Kids, hasAlt)
}

// Literals lists the symbols of all words and classes of a pattern.
func (c *Compiler) Literals(n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return []vocab.Symbol{c.symbolOf(n)}
	case pattern.Class:
		if cl := c.classes[n.Text]; cl != nil {
			if cl.literals == nil {
				cl.literals = []vocab.Symbol{cl.symbol}
				for _, p := range cl.phrases {
					cl.literals = append(cl.literals, c.Literals(p)...)
				}
				slices.Sort(cl.literals)
				cl.literals = slices.Compact(cl.literals)
			}
			return cl.literals
		}
	}
	var all []vocab.Symbol
	for _, k := range n.Kids {
		all = append(all, c.Literals(k)...)
	}
	return all
}

// HasGap reports whether the pattern has a gap.
func HasGap(n *pattern.Node) bool {
	return n.Op == pattern.Gap || slices.ContainsFunc(n.Kids, HasGap)
}

// nameless returns a class node for the words; the same words share a class.
func (c *Compiler) nameless(words []*pattern.Node) *pattern.Node {
	keys := make([]string, len(words))
	cost, size := 0, 1
	for i, w := range words {
		keys[i] = string([]byte{'0' + byte(w.Op), '0' + byte(w.POS)}) + w.Text
		k, _ := c.cost(w)
		cost += k
		size += len(keys[i]) + 1
	}
	slices.Sort(keys)
	buf := make([]byte, 0, size)
	for _, key := range keys {
		buf = append(append(buf, key...), '|')
	}
	name := string(append(buf, 0))
	if _, ok := c.classes[name]; !ok {
		c.classes.AddClass(c.vocab, name, words)
		c.classes[name].cost = cost
	}
	return &pattern.Node{Op: pattern.Class, Text: name}
}

// Check reports an undefined class, as a [*ClassError].
func (c *Compiler) Check(n *pattern.Node) error {
	if n.Op == pattern.Class && !IsTagClass(n.Text) {
		if _, ok := c.classes[n.Text]; !ok {
			return &ClassError{n.Text}
		}
	}
	for _, k := range n.Kids {
		if err := c.Check(k); err != nil {
			return err
		}
	}
	return nil
}

// A ClassError names a class that is used and not defined.
type ClassError struct{ Name string }

func (e *ClassError) Error() string { return "undefined class @" + e.Name }

func (e *ClassError) Unwrap() error { return ErrUndefinedClass }

// ErrTooLarge is the error for a pattern whose alternatives multiply beyond
// the limit.
var ErrTooLarge = errors.New("too many combinations of alternatives")

func flatten(dst []*pattern.Node, n *pattern.Node) []*pattern.Node {
	if n.Op != pattern.Seq {
		return append(dst, n)
	}
	for _, k := range n.Kids {
		dst = flatten(dst, k)
	}
	return dst
}

// add hangs the sequence up on its rarest element, splitting alternatives of
// phrases where they are all there is.
func (c *Compiler) add(item int32, seq []*pattern.Node, budget *int) error {
	if *budget--; *budget < 0 || len(c.insts) > maxInsts {
		return ErrTooLarge
	}
	best, cost := -1, 0
	for i, n := range seq {
		if k, ok := c.cost(n); ok && (best < 0 || k < cost) {
			best, cost = i, k
		}
	}
	if best < 0 {
		if i := c.splittable(seq); i >= 0 {
			for _, branch := range c.branches(seq[i]) {
				s := slices.Clone(seq[:i])
				s = flatten(s, branch)
				s = append(s, seq[i+1:]...)
				if err := c.add(item, s, budget); err != nil {
					return err
				}
			}
			return nil
		}
		return errors.New("pattern has no word to look for")
	}
	prog := int32(len(c.progs))
	c.post(prog, seq[best])
	accept := c.emit(inst{op: opAccept})
	forward := accept
	for i := len(seq) - 1; i >= best; i-- {
		forward = c.compile(seq[i], forward, false)
	}
	backward := accept
	for i := 0; i < best; i++ {
		backward = c.compile(seq[i], backward, true)
	}
	var needs [][]vocab.Symbol
	for i, n := range seq {
		if i == best {
			continue
		}
		if group := c.group(n); len(group) > 0 {
			needs = append(needs, group)
		}
	}
	c.progs = append(c.progs, program{item, forward, backward, needs})
	return nil
}

// group lists the symbols of which one must occur for the element to match; it
// is empty if there is no telling.
func (c *Compiler) group(n *pattern.Node) []vocab.Symbol {
	switch n.Op {
	case pattern.Word, pattern.Form:
		return []vocab.Symbol{c.symbolOf(n)}
	case pattern.Class:
		if !IsTagClass(n.Text) && len(c.classes[n.Text].phrases) == 0 {
			return []vocab.Symbol{c.symbolOf(n)}
		}
	case pattern.Seq: // any of its elements tells
		for _, k := range n.Kids {
			if g := c.group(k); len(g) > 0 {
				return g
			}
		}
	case pattern.Alt: // all of its branches must tell
		var all []vocab.Symbol
		for _, k := range n.Kids {
			g := c.group(k)
			if len(g) == 0 {
				return nil
			}
			all = append(all, g...)
		}
		return all
	}
	return nil
}

const commonCost = 1000

// manyPosts is the number of patterns hung on one word that makes the word cost
// as much as one more word does.
const manyPosts = 256

// cost guesses how often a single-token element occurs; ok is false for an
// element that cannot carry the pattern.
func (c *Compiler) cost(n *pattern.Node) (cost int, ok bool) {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		if c.common[n.Text] {
			return commonCost, true
		}
		// a word that hundreds of patterns already hang on is not rare
		cost = 1 + c.vocab.Posts(c.matcher, c.symbolOf(n))/manyPosts
		if n.Op == pattern.Word {
			cost++
		}
		return cost, true
	case pattern.Class:
		if IsTagClass(n.Text) {
			return 0, false
		}
		cl := c.classes[n.Text]
		if len(cl.phrases) > 0 {
			return 0, false
		}
		if c.common["@"+n.Text] {
			return 2 * commonCost, true
		}
		if cl.cost > 0 {
			return cl.cost, true
		}
		return 3 + cl.members, true
	case pattern.Alt:
		for _, k := range n.Kids {
			kc, ok := c.cost(k)
			if !ok {
				return 0, false
			}
			cost += kc
		}
		return cost, true
	}
	return 0, false
}

// post makes the words of an element trigger the program.
func (c *Compiler) post(prog int32, n *pattern.Node) {
	if n.Op == pattern.Alt {
		for _, k := range n.Kids {
			c.post(prog, k)
		}
		return
	}
	s := c.symbolOf(n)
	c.vocab.AddPost(c.matcher, s, vocab.Post{Item: prog, POS: n.POS})
}

func (c *Compiler) symbolOf(n *pattern.Node) vocab.Symbol {
	if n.Op == pattern.Class {
		return c.classes[n.Text].symbol
	}
	return c.vocab.Symbol(n.Op, n.Text)
}

// splittable returns the index of an element whose alternatives can be tried
// one by one, or -1.
func (c *Compiler) splittable(seq []*pattern.Node) int {
	best, fewest := -1, 0
	for i, n := range seq {
		if n.Op == pattern.Alt || n.Op == pattern.Class && !IsTagClass(n.Text) && len(c.classes[n.Text].phrases) > 0 {
			if k := len(c.branches(n)); best < 0 || k < fewest {
				best, fewest = i, k
			}
		}
	}
	return best
}

func (c *Compiler) branches(n *pattern.Node) []*pattern.Node {
	if n.Op == pattern.Alt {
		return n.Kids
	}
	cl := c.classes[n.Text]
	out := slices.Clone(cl.phrases)
	if cl.members > 0 {
		words := n.Text + "\x00words\x00"
		if _, ok := c.classes[words]; !ok {
			c.classes[words] = &Class{symbol: cl.symbol, members: cl.members}
			c.common["@"+words] = c.common["@"+n.Text]
		}
		out = append(out, &pattern.Node{Op: pattern.Class, Text: words, POS: n.POS})
	}
	return out
}

func (c *Compiler) emit(i inst) int32 {
	c.insts = append(c.insts, i)
	return int32(len(c.insts) - 1)
}

// compile emits code for n that goes on at next, and returns where it starts.
func (c *Compiler) compile(n *pattern.Node, next int32, backward bool) int32 {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return c.emit(inst{op: opSymbol, symbol: c.symbolOf(n), pos: n.POS, next: next})
	case pattern.Class:
		if tags := tagClasses[n.Text]; tags != nil {
			var set vocab.Symbol
			for _, t := range tags {
				set |= 1 << t
			}
			return c.emit(inst{op: opTag, symbol: set, next: next})
		}
		cl := c.classes[n.Text]
		var at int32 = -1
		if cl.members > 0 {
			at = c.emit(inst{op: opSymbol, symbol: cl.symbol, pos: n.POS, next: next})
		}
		if len(cl.phrases) > 0 {
			phrases := c.alternatives(cl.phrases, next, backward)
			if at >= 0 {
				phrases = c.emit(inst{op: opSplit, next: at, other: phrases})
			}
			at = phrases
		}
		if at < 0 { // an empty class matches nothing
			at = c.emit(inst{op: opSymbol, next: next})
		}
		return at
	case pattern.Comma:
		return c.emit(inst{op: opComma, next: next})
	case pattern.Gap:
		return c.emit(inst{op: opGap, n: uint8(n.N), next: next})
	case pattern.Start:
		return c.emit(inst{op: opStart, next: next})
	case pattern.End:
		return c.emit(inst{op: opEnd, next: next})
	case pattern.Opt:
		return c.emit(inst{op: opSplit, next: c.compile(n.Kids[0], next, backward), other: next})
	case pattern.Alt:
		return c.alternatives(n.Kids, next, backward)
	case pattern.Seq:
		if backward {
			for _, k := range n.Kids {
				next = c.compile(k, next, backward)
			}
		} else {
			for _, k := range slices.Backward(n.Kids) {
				next = c.compile(k, next, backward)
			}
		}
		return next
	}
	panic("match: unknown node")
}

// alternatives emits code for one of the branches. A long list is tried only
// where the first word of one of them stands (the last one, backwards).
func (c *Compiler) alternatives(branches []*pattern.Node, next int32, backward bool) int32 {
	at := c.compile(branches[0], next, backward)
	for _, k := range branches[1:] {
		at = c.emit(inst{op: opSplit, next: c.compile(k, next, backward), other: at})
	}
	const long = 3
	if len(branches) < long {
		return at
	}
	var edges []*pattern.Node
	for _, k := range branches {
		words := edge(k, backward)
		if words == nil {
			return at
		}
		edges = append(edges, words...)
	}
	return c.emit(inst{op: opGuard, symbol: c.symbolOf(c.nameless(edges)), next: at})
}

// edge lists the words that a match of n can begin with, or end with if
// backward; it is nil if there is no telling.
func edge(n *pattern.Node, backward bool) []*pattern.Node {
	switch n.Op {
	case pattern.Word, pattern.Form:
		return []*pattern.Node{n}
	case pattern.Seq:
		k := n.Kids[0]
		if backward {
			k = n.Kids[len(n.Kids)-1]
		}
		return edge(k, backward)
	case pattern.Alt:
		var all []*pattern.Node
		for _, k := range n.Kids {
			words := edge(k, backward)
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// Matcher returns the finished matcher.
func (c *Compiler) Matcher() *Matcher {
	return &Matcher{insts: c.insts, progs: c.progs, which: c.matcher}
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
	kept := slices.CompactFunc(found, func(a, b Match) bool {
		return a.Item == b.Item && a.Start == b.Start && a.End == b.End
	})
	return dst[:first+len(kept)]
}

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
			if i >= len(r.toks) || r.toks[i].Kind != token.Comma {
				return best
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
			if i < 0 || r.toks[i].Kind != token.Comma {
				return best
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
