// Package vocab knows every word that a set of patterns asks for, and says of
// a word of text which of those it is.
//
// A pattern does not see letters: it sees symbols. A symbol stands for a lemma
// with all its inflections, for one exact form, or for a word class. Looking a
// word up once gives all its symbols; a [Cache] remembers the answer, so that
// the stemmer runs once for each distinct word and not for each occurrence.
package vocab

import (
	"cmp"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/stem"
)

// A Symbol is what patterns are compiled to: a lemma, a form or a class.
type Symbol uint32

// A Sense is a symbol that a word stands for, if the word's part of speech in
// the sentence is one of POS (zero: whatever it is).
type Sense struct {
	Symbol Symbol
	POS    pattern.POS
}

// Trait is a set of grammatical facts that hold of a word wherever it stands.
type Trait uint32

// The traits. The first ones are given by the lexicon's word lists, the last
// ones follow from the form.
const (
	Determiner Trait = 1 << iota
	Pronoun
	Possessive
	Preposition
	Conjunction
	Subordinator
	WhWord
	Be
	Have
	Do
	Modal
	To
	Not
	Adverb
	Verb      // can be a verb
	Adjective // can be an adjective
	Noun      // can be a noun, whatever its ending says
	NumberWord
	Title      // comes before a person's name
	Skip       // may stand between the words of a phrase
	Nominative // pronouns that are subjects only
	FormS      // ends in -s like a plural or a third person
	FormPast   // past tense or participle
	FormIng    // ends in -ing
	Listed     // stands in one of the word lists
)

// A Word is all that the vocabulary knows of one form.
type Word struct {
	Senses  []Sense // sorted by symbol
	Cased   []CasedSense
	Traits  Trait
	Posts   [2][]int32 // what the word triggers, for each of two matchers
	Trigger bool       // triggers something in the first matcher
}

// CasedSense is a sense that holds for one spelling with its capitals.
type CasedSense struct {
	Form string
	Sense
}

// Is reports whether the word has the symbol in the given part of speech.
func (w *Word) Is(s Symbol, pos pattern.POS) bool {
	low, high := 0, len(w.Senses)
	for low < high {
		if mid := int(uint(low+high) >> 1); w.Senses[mid].Symbol < s {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for ; low < len(w.Senses) && w.Senses[low].Symbol == s; low++ {
		if p := w.Senses[low].POS; p == 0 || pos == 0 || p&pos != 0 {
			return true
		}
	}
	return false
}

// A Vocabulary maps words to senses. It is filled while a classifier is built
// and immutable afterwards.
type Vocabulary struct {
	lemmas    map[string][]Sense
	forms     map[string][]Sense
	cases     map[string][]CasedSense // by lower-case form
	stems     map[string][]string     // stem to lemmas
	irregular map[string][]Irregular  // form to lemmas
	symbols   map[symbolKey]Symbol
	traits    map[Symbol]Trait // classes that give traits
	posts     [2]map[Symbol][]Post
	next      Symbol
}

// A Post says that a word with a symbol triggers an item of a matcher.
type Post struct {
	Item int32
	POS  pattern.POS
}

// Irregular is a form that its lemma does not show: "said" of "say".
type Irregular struct {
	Lemma string
	Trait Trait // FormPast, FormS or none
}

type symbolKey struct {
	op   pattern.Op
	text string
}

// New returns an empty vocabulary.
func New() *Vocabulary {
	return &Vocabulary{
		lemmas: map[string][]Sense{}, forms: map[string][]Sense{}, cases: map[string][]CasedSense{},
		stems: map[string][]string{}, irregular: map[string][]Irregular{}, symbols: map[symbolKey]Symbol{},
		traits: map[Symbol]Trait{}, posts: [2]map[Symbol][]Post{{}, {}}, next: 1,
	}
}

// AddIrregular makes form an inflection of lemma.
func (v *Vocabulary) AddIrregular(lemma, form string, t Trait) {
	v.irregular[form] = append(v.irregular[form], Irregular{stem.Spelling(lemma), t})
}

// Symbol returns the symbol of a word, form, cased form or class as a pattern
// writes it, making it if it is new.
func (v *Vocabulary) Symbol(op pattern.Op, text string) Symbol {
	key := symbolKey{op, text}
	if s, ok := v.symbols[key]; ok {
		return s
	}
	if op == pattern.Word {
		if american := stem.Spelling(text); american != text {
			s := v.Symbol(op, american)
			v.symbols[key] = s
			return s
		}
	}
	s := v.next
	v.next++
	v.symbols[key] = s
	if op != pattern.Class {
		v.addSense(op, text, Sense{Symbol: s})
	}
	return s
}

// AddMember makes a word a member of a class.
func (v *Vocabulary) AddMember(class Symbol, op pattern.Op, text string, pos pattern.POS) {
	if op == pattern.Word {
		text = stem.Spelling(text)
	}
	v.addSense(op, text, Sense{class, pos})
}

// Symbols is how many symbols there are; all are smaller.
func (v *Vocabulary) Symbols() int { return int(v.next) }

// GiveTrait makes all members of a class have a trait.
func (v *Vocabulary) GiveTrait(class Symbol, t Trait) { v.traits[class] |= t }

// AddPost makes words with the symbol trigger an item of one of the two
// matchers.
func (v *Vocabulary) AddPost(matcher int, s Symbol, p Post) {
	// items come in order, so that the same one is at the end of the list
	posts := v.posts[matcher][s]
	for i := len(posts) - 1; i >= 0 && posts[i].Item == p.Item; i-- {
		if posts[i] == p {
			return
		}
	}
	v.posts[matcher][s] = append(posts, p)
}

// Posts is how many items of a matcher words with the symbol trigger.
func (v *Vocabulary) Posts(matcher int, s Symbol) int { return len(v.posts[matcher][s]) }

func (v *Vocabulary) addSense(op pattern.Op, text string, s Sense) {
	switch op {
	case pattern.Form:
		v.forms[text] = append(v.forms[text], s)
	case pattern.Case:
		lower := strings.ToLower(text)
		v.cases[lower] = append(v.cases[lower], CasedSense{text, s})
	default:
		if _, ok := v.lemmas[text]; !ok {
			for _, st := range stem.Stems(text) {
				v.stems[st] = append(v.stems[st], text)
			}
		}
		v.lemmas[text] = append(v.lemmas[text], s)
	}
}

// Lookup works out what a word in lower case is. It is slow; use a [Cache].
func (v *Vocabulary) Lookup(lower string) *Word {
	w := &Word{}
	add := func(senses []Sense) { w.Senses = append(w.Senses, senses...) }
	add(v.forms[lower])
	w.Cased = v.cases[lower]
	spelt := stem.Spelling(lower)
	irregular := v.irregular[lower]
	for _, irr := range irregular {
		add(v.lemmas[irr.Lemma])
		w.Traits |= irr.Trait
	}
	add(v.lemmas[spelt])
	for _, lemma := range v.stems[stem.Of(spelt)] {
		if lemma != spelt && stem.Inflects(lemma, spelt) {
			add(v.lemmas[lemma])
		}
	}
	slices.SortFunc(w.Senses, func(a, b Sense) int {
		return cmp.Or(cmp.Compare(a.Symbol, b.Symbol), cmp.Compare(a.POS, b.POS))
	})
	w.Senses = slices.Compact(w.Senses)
	for i := range w.Senses {
		if t, ok := v.traits[w.Senses[i].Symbol]; ok {
			w.Traits |= t | Listed
		}
		for m := range v.posts {
			for _, p := range v.posts[m][w.Senses[i].Symbol] {
				w.Posts[m] = append(w.Posts[m], p.Item)
			}
		}
	}
	for i := range w.Cased {
		for m := range v.posts {
			for _, p := range v.posts[m][w.Cased[i].Symbol] {
				w.Posts[m] = append(w.Posts[m], p.Item)
			}
		}
	}
	for m := range w.Posts {
		slices.Sort(w.Posts[m])
		w.Posts[m] = slices.Compact(w.Posts[m])
	}
	w.Trigger = len(w.Posts[0]) > 0
	w.Traits |= formTraits(lower, w.Traits)
	return w
}

// formTraits reads off the ending what the word lists do not say.
func formTraits(w string, known Trait) (t Trait) {
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ing"):
		t |= FormIng
	case n > 3 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed"):
		t |= FormPast
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != '\'':
		t |= FormS
	}
	if known&Listed != 0 {
		return t
	}
	switch {
	case n > 4 && strings.HasSuffix(w, "ly"):
		t |= Adverb | Skip
	case hasSuffix(w, "ous", "ful", "less", "ive", "able", "ible", "ical", "ish", "ary", "ic", "al", "ian", "ese", "ant", "ent", "istic", "-led", "-backed", "-style"):
		t |= Adjective
	case hasSuffix(w, "tion", "sion", "ment", "ness", "ity", "ism", "ist", "ship", "ance", "ence", "cy"):
		t |= Noun
	case n > 4 && hasSuffix(w, "ize", "ise", "ify"):
		t |= Verb
	}
	return t
}

func hasSuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if len(w) > len(s)+2 && strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// A Cache remembers look-ups for one goroutine.
type Cache struct {
	v     *Vocabulary
	slots []slot
	mask  uint64
}

type slot struct {
	hash uint64
	form string
	word *Word
}

// NewCache returns a cache with 2^bits slots in front of v.
func (v *Vocabulary) NewCache(bits int) *Cache {
	return &Cache{v: v, slots: make([]slot, 1<<bits), mask: 1<<bits - 1}
}

// longestWord is the length, in bytes, from which on a word cannot be one that
// a lexicon asks for.
const longestWord = 64

var unknown = &Word{}

// Lookup returns what the vocabulary knows of a word in lower case.
func (c *Cache) Lookup(lower []byte) *Word {
	if len(lower) > longestWord {
		return unknown
	}
	h := uint64(14695981039346656037)
	for _, b := range lower {
		h = (h ^ uint64(b)) * 1099511628211
	}
	h ^= h >> 29
	s := &c.slots[h&c.mask]
	if s.hash == h && s.word != nil && s.form == string(lower) {
		return s.word
	}
	form := string(lower)
	s.hash, s.form, s.word = h, form, c.v.Lookup(form)
	return s.word
}
