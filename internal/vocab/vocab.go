// Package vocab knows every word that a set of patterns asks for, and says of
// a word of text which of those it is.
//
// A pattern does not see letters: it sees symbols. A symbol stands for a lemma
// with all its inflections, for one exact form, or for a word class. A
// [Vocabulary] collects them while patterns are compiled. [Vocabulary.Table]
// then lists every form that has a symbol, so that reading text takes one look
// into a hash table for each word and never runs the stemmer.
package vocab

import (
	"cmp"
	"iter"
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
// ones follow from the form. Grammatical words come first; of one that has several
// of their traits, the first counts.
const (
	Not Trait = 1 << iota
	Be
	Have
	Do
	Modal
	To
	Possessive
	WhWord
	Determiner
	Pronoun
	Conjunction
	Subordinator
	Preposition
	Adverb
	Verb      // can be a verb
	Adjective // can be an adjective
	Noun      // can be a noun, whatever its ending says
	NumberWord
	Title      // comes before a person's name
	Skip       // may stand between the words of a phrase
	Day        // names a day; after "on" it may stand there too
	Nominative // pronouns that are subjects only
	FormS      // ends in -s like a plural or a third person
	FormPast   // past tense or participle
	FormIng    // ends in -ing
	Listed     // stands in one of the word lists
)

// Grammatical are the traits of words that have one part of speech, as a rule.
const Grammatical = Adverb - 1

// A Word is all that the vocabulary knows of one form.
type Word struct {
	ID     uint32 // number of the word in its [Table], from 1; 0 if it is in none
	Traits Trait
	Senses []Sense // sorted by symbol
	Cased  []CasedSense
	// Sig has the [SigBit] of every symbol of the word, so that most symbols
	// that it does not have are told at once.
	Sig uint64
}

// CasedSense is a sense that holds for one spelling with its capitals.
type CasedSense struct {
	Form string
	Sense
}

// SigBit is the bit of a symbol in the signature of a word.
func SigBit(s Symbol) uint64 { return 1 << (uint32(s) * 0x9E3779B1 >> 26) }

// sign makes the signature.
func (w *Word) sign() {
	w.Sig = 0
	for s := range w.Symbols() {
		w.Sig |= SigBit(s)
	}
}

// Symbols returns an iterator over the symbols of the word, those that depend on
// capitals too. One that it has in several parts of speech comes as often.
func (w *Word) Symbols() iter.Seq[Symbol] {
	return func(yield func(Symbol) bool) {
		for i := range w.Senses {
			if !yield(w.Senses[i].Symbol) {
				return
			}
		}
		for i := range w.Cased {
			if !yield(w.Cased[i].Symbol) {
				return
			}
		}
	}
}

// Is reports whether the word has the symbol in the given part of speech.
func (w *Word) Is(s Symbol, pos pattern.POS) bool {
	if w.Sig&SigBit(s) == 0 {
		return false
	}
	return HasSense(w.Senses, s, pos)
}

// HasSense reports whether one of the senses, which are sorted by symbol, has the
// symbol in the given part of speech.
func HasSense(senses []Sense, s Symbol, pos pattern.POS) bool {
	low, high := 0, len(senses)
	for low < high {
		if mid := int(uint(low+high) >> 1); senses[mid].Symbol < s {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for ; low < len(senses) && senses[low].Symbol == s; low++ {
		if senses[low].Fits(pos) {
			return true
		}
	}
	return false
}

// Fits reports whether the sense holds in the part of speech; zero stands for
// an unknown one, which fits all.
func (s Sense) Fits(pos pattern.POS) bool { return s.POS == 0 || pos == 0 || s.POS&pos != 0 }

// A Vocabulary maps words to senses while a classifier is built.
type Vocabulary struct {
	lemmas           map[string][]Sense
	forms            map[string][]Sense
	cases            map[string][]CasedSense // by lower-case form
	stems            map[string][]string     // stem to lemmas
	irregular        map[string][]Irregular  // form to lemmas
	symbols          map[symbolKey]Symbol
	traits           map[Symbol]Trait // classes that give traits
	ranks            map[string]int   // of common words, from 1
	frequencies      map[Symbol]int
	lemmaFrequencies map[string]int
	irregOf          map[string][]string // lemma to irregular forms
	next             Symbol
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
		traits: map[Symbol]Trait{}, ranks: map[string]int{},
		frequencies: map[Symbol]int{}, lemmaFrequencies: map[string]int{},
		irregOf: map[string][]string{}, next: 1,
	}
}

// AddIrregular makes form an inflection of lemma.
func (v *Vocabulary) AddIrregular(lemma, form string, t Trait) {
	lemma = stem.Spelling(lemma)
	v.irregular[form] = append(v.irregular[form], Irregular{lemma, t})
	v.irregOf[lemma] = append(v.irregOf[lemma], form)
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

// NewSymbol returns a symbol that no word has.
func (v *Vocabulary) NewSymbol() Symbol {
	s := v.next
	v.next++
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

func (v *Vocabulary) addSense(op pattern.Op, text string, s Sense) {
	v.count(s.Symbol, op, text)
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

// Lookup works out what a word in lower case is. It is slow; see [Table].
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
	w.sign()
	for i := range w.Senses {
		if t, ok := v.traits[w.Senses[i].Symbol]; ok {
			w.Traits |= t | Listed
		}
	}
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
