// Package tag gives each word of a sentence a part of speech, by word lists,
// endings and the words around it. It is a small rule tagger in the manner of
// Brill (1992), good enough to tell "attacks" the verb from "attacks" the noun
// and to find where noun phrases begin and end.
package tag

import (
	"math/bits"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// A Tag is the part of speech of one word in its sentence.
type Tag uint8

// The tags.
const (
	Punct Tag = iota
	Noun
	Name
	Pronoun
	Determiner
	Possessive // my, their, 's
	Adjective
	Adverb
	Verb       // finite or base form
	Past       // past tense or past participle
	Ing        // present participle or gerund
	Be         // forms of "be"
	Aux        // forms of "have" and "do"
	Modal      // will, would, can, ...
	To         // infinitive or preposition "to"
	Prep       // preposition
	Conj       // and, or, but, nor
	Subord     // that, if, because, ...
	Wh         // who, which, what, ...
	NumberWord // digits and number words
	Not        // not, never
)

// A Token is a word of the sentence with all that is known of it.
type Token struct {
	token.Token
	Word *vocab.Word
	ID   uint32 // of Word, zero if it is in no table: most words need not be looked at for more
	Tag  Tag
	POS  pattern.POS // what the tag is for patterns; zero if it is none of theirs
	Skip bool        // may stand between the words of a phrase
}

// Is reports whether the token's word has any of the traits.
func (t *Token) Is(tr vocab.Trait) bool { return t.Word.Traits&tr != 0 }

// VerbLike reports whether the tag is one of a verb with content.
func (t Tag) VerbLike() bool { return t == Verb || t == Past || t == Ing }

// Nominal reports whether the tag can be the head of a noun phrase.
func (t Tag) Nominal() bool { return t == Noun || t == Name || t == Pronoun || t == NumberWord }

// Assign tags all tokens of one sentence. An "on" before a day must be marked as one
// that patterns may skip.
func Assign(toks []Token) {
	headline := titleCase(toks)
	for i := range toks {
		t := &toks[i]
		t.Tag = guess(toks, i, headline)
		t.POS = partOfSpeech(t.Tag)
		onDay := t.Skip && i+1 < len(toks) && toks[i+1].Is(vocab.Day)
		t.Skip = onDay || t.Is(vocab.Skip) && (t.Tag != Name || t.Is(vocab.Day))
	}
}

func partOfSpeech(t Tag) pattern.POS {
	switch t {
	case Noun, Name:
		return pattern.Noun
	case Adjective:
		return pattern.Adjective
	case Adverb:
		return pattern.Adverb
	case Verb:
		return pattern.Verb
	case Past, Ing: // "they condemned", "is unprovoked"; "is misleading them", "is misleading"
		return pattern.Verb | pattern.Adjective
	}
	return 0
}

// titleCase reports whether most words have a capital, as in a headline, so
// that a capital tells nothing.
func titleCase(toks []Token) bool {
	capital, shouted, small, words := 0, 0, 0, 0
	for i := range toks {
		t := &toks[i]
		if t.Kind != token.Word || t.Has(token.Possessive) || t.Is(vocab.Determiner|vocab.Preposition|vocab.Conjunction|vocab.To) {
			continue
		}
		words++
		if t.Has(token.Capital) {
			capital++
		}
		if t.Has(token.AllCaps) {
			shouted++
		}
		if !t.Has(token.Capital) && !t.Has(token.AllCaps) {
			if small++; 5*small > len(toks) {
				return false // whatever comes, more than a fifth have none
			}
		}
	}
	return words >= 4 && capital*5 >= words*4 || words >= 2 && shouted == words
}

// closed gives the tag of words that have just one, the grammatical ones.
func closed(tr vocab.Trait) (Tag, bool) {
	first := bits.TrailingZeros32(uint32(tr & vocab.Grammatical))
	return tagOf[first%len(tagOf)], tr&vocab.Grammatical != 0
}

// tagOf has the tags of the grammatical traits, by the number of their bits.
var tagOf = [16]Tag{Not, Be, Aux, Aux, Modal, To, Possessive, Wh, Determiner, Pronoun, Conj, Subord, Prep}

// Possible returns the tags, a bit for each, that [Assign] may give a token whose
// neighbours are not known. Of the tags of grammatical words it only gives those
// that other words have too. What is in no lexicon need not have its traits yet.
func Possible(t *Token) uint32 {
	const open = 1<<Noun | 1<<Adjective | 1<<Adverb | 1<<Verb
	switch t.Kind {
	case token.Word:
	case token.Number:
		return 1 << NumberWord
	default:
		return 1 << Punct
	}
	set, tr := uint32(0), t.Word.Traits
	if t.Flags&(token.Capital|token.AllCaps) != 0 {
		set |= 1 << Name
	}
	if tr&vocab.NumberWord != 0 {
		set |= 1 << NumberWord
	}
	switch {
	case tr&vocab.Grammatical == 0:
		set |= open
		if tr&vocab.FormIng != 0 || t.ID == 0 {
			set |= 1 << Ing
		}
		if tr&vocab.FormPast != 0 || t.ID == 0 {
			set |= 1 << Past
		}
	case tr&vocab.Pronoun != 0:
		set |= 1 << Noun
	}
	return set
}

func guess(toks []Token, i int, headline bool) Tag {
	t := &toks[i]
	switch t.Kind {
	case token.Word:
	case token.Number:
		return NumberWord
	default:
		return Punct
	}
	tr := t.Word.Traits
	if t.Has(token.Possessive) {
		return Possessive
	}
	prev, next := Punct, (*Token)(nil)
	if i > 0 {
		prev = toks[i-1].Tag
	}
	if i+1 < len(toks) {
		next = &toks[i+1]
	}
	first := i == 0 || prev == Punct && toks[i-1].Kind != token.Comma
	capital := t.Has(token.Capital) && !headline && !first && !t.Has(token.QuoteBefore)
	if tag, ok := closed(tr); ok {
		if capital && tag != Pronoun && !t.Has(token.AllCaps) && (prev == Name || nextIsName(next)) && tag != To && tag != Prep && tag != Conj && tag != Determiner {
			return Name // "Will Smith", "May"
		}
		if capital && tag == Modal {
			return Name // "Theresa May"
		}
		if t.Has(token.AllCaps) && !headline && (tag == Pronoun || tag == Wh) {
			return Name // "the US", "the WHO"
		}
		return settle(toks, i, tag, next)
	}
	if capital {
		return Name
	}
	if tr&vocab.NumberWord != 0 {
		return NumberWord
	}
	if t.Has(token.Capital) && !headline && tr&(vocab.Listed|vocab.Adverb) == 0 {
		// a sentence's first word that no list knows
		if tr&(vocab.FormIng|vocab.FormPast) == 0 || nextIsName(next) && tr&vocab.FormIng == 0 {
			return Name
		}
	}
	if t.Has(token.Capital) && !headline && tr&vocab.Title != 0 && nextIsName(next) {
		return Noun
	}
	if t.Has(token.Capital) && !headline && tr&(vocab.FormIng|vocab.Verb) == vocab.FormIng && finiteAfter(toks, i+1) {
		return Name // "Beijing warned"
	}
	return open(toks, i, tr, prev, next)
}

// settle decides the closed-class words that are two things.
func settle(toks []Token, i int, tag Tag, next *Token) Tag {
	switch tag {
	case Determiner:
		// "that" and "this" alone are pronouns; "that" before a clause joins it
		if toks[i].Is(vocab.Subordinator) { // that
			if i > 0 && (toks[i-1].Tag.VerbLike() || toks[i-1].Tag == Noun || toks[i-1].Tag != Prep && startsNounPhrase(next)) {
				return Subord
			}
		}
		if next == nil || next.Kind != token.Word || next.Is(vocab.Be|vocab.Modal|vocab.Have|vocab.Do) {
			return Pronoun
		}
		// "those who", "some of the"
		if next.Is(vocab.WhWord|vocab.Preposition) && !next.Is(vocab.Subordinator) {
			return Pronoun
		}
	case Pronoun:
		if i > 0 && toks[i-1].Tag == Determiner && !toks[i].Is(vocab.NumberWord) {
			return Noun // "the mine", "the others"
		}
		// "this one senator"
		if toks[i].Is(vocab.NumberWord) && nounAfter(toks, i+1) {
			return NumberWord
		}
	case Subord:
		// "as", "before", "since" ... are prepositions before a noun
		if toks[i].Is(vocab.Preposition) {
			return Prep
		}
	}
	return tag
}

func nextIsName(next *Token) bool {
	return next != nil && next.Kind == token.Word && next.Has(token.Capital) && next.Word.Traits&vocab.Pronoun == 0
}

// startsNounPhrase reports whether an object may begin with t.
func startsNounPhrase(t *Token) bool {
	return t != nil && (t.Kind == token.Number || t.Kind == token.Word &&
		(t.Is(vocab.Determiner|vocab.Pronoun|vocab.Possessive|vocab.NumberWord) || t.Has(token.Capital)))
}

// open tags nouns, verbs, adjectives and adverbs.
func open(toks []Token, i int, tr vocab.Trait, prev Tag, next *Token) Tag {
	verb := tr&vocab.Verb != 0
	noun := tr&vocab.Noun != 0
	adj := tr&vocab.Adjective != 0 && tr&vocab.FormS == 0
	attribute := nounAfter(toks, i+1)
	if tr&vocab.Adverb != 0 && !verb && (prev == Not || !(adj && prev != Punct && attribute)) {
		return Adverb
	}
	before := prev // the tag before adverbs
	for j := i - 1; j >= 0 && (toks[j].Tag == Adverb || toks[j].Tag == Not); j-- {
		before = Punct
		if j > 0 {
			before = toks[j-1].Tag
		}
	}
	switch {
	case tr&vocab.FormIng != 0 && !(noun && !verb):
		switch before {
		case Determiner, Possessive:
			if attribute && !(next != nil && next.Is(vocab.Preposition)) {
				return Adjective
			}
			return Noun
		case Adjective:
			return Noun
		}
		return Ing
	case tr&vocab.FormPast != 0:
		switch before {
		case Determiner, Possessive, Adjective:
			if attribute {
				return Adjective
			}
		case Prep, Conj:
			if attribute && !startsNounPhrase(next) && before == Prep {
				return Adjective
			}
		}
		return Past
	}
	switch before {
	case To:
		if (verb || !noun && !adj) && tr&vocab.FormS == 0 && !startsAfterTo(toks, i) {
			return Verb
		}
	case Modal, Aux:
		if tr&vocab.FormS != 0 && noun {
			return Noun
		}
		if before == Modal || verb {
			if verb || !noun && !adj {
				return Verb
			}
		}
	case Pronoun:
		if verb && (!adj || next == nil || next.Kind != token.Word || startsNounPhrase(next) || next.Is(vocab.Subordinator)) {
			return Verb
		}
	case Determiner, Possessive, NumberWord:
		if adj && attribute {
			return Adjective
		}
		return Noun
	case Adjective, Prep:
		if adj && attribute {
			return Adjective
		}
		if before == Adjective && verb && !noun && tr&vocab.FormS != 0 && (startsNounPhrase(next) || next != nil && next.Is(vocab.Subordinator)) {
			return Verb // "the accused says that"
		}
		return Noun
	case Be:
		switch {
		case adj:
			return Adjective
		case verb && !noun && tr&vocab.FormS == 0 && startsNounPhrase(next):
			return Verb // "what they did was condemn the raid"
		}
		return Noun
	case Wh:
		if verb || tr&vocab.FormS != 0 && startsNounPhrase(next) {
			return Verb
		}
	}
	switch before {
	case Noun, Name, Punct, Conj:
		// "the plant warned", "advocates have", "the mission chief said"
		if verb && extracted(toks, i) && (tr&vocab.FormS != 0 && !noun || tr&vocab.FormS == 0 && toks[i-1].Is(vocab.FormS)) {
			return Verb // "which the court says was", "which critics call theft"
		}
		if finiteAfter(toks, i+1) && !(before == Name && tr&vocab.FormS != 0) || tr&vocab.Title != 0 && before != Punct {
			return Noun
		}
	}
	if verb && (!noun && !adj || startsNounPhrase(next) || next != nil && next.Is(vocab.Subordinator)) {
		switch before {
		case Noun, Name:
			// agreement: a plural noun takes the bare form, a singular one -s
			if tr&vocab.FormS != 0 || toks[i-1].Is(vocab.FormS) && toks[i-1].Tag == Noun || startsNounPhrase(next) {
				return Verb
			}
			return Noun
		case Conj, Punct, Subord:
			if startsNounPhrase(next) || !noun && !adj {
				return Verb
			}
		}
	}
	if adj {
		return Adjective
	}
	if verb && tr&vocab.FormS != 0 && (before == Noun || before == Name) && next != nil &&
		next.Is(vocab.Adjective) && !next.Is(vocab.Noun|vocab.Verb|vocab.FormPast) {
		return Verb // "the government faces widespread"
	}
	if verb && (before == Noun || before == Name) && tr&vocab.FormS != 0 && next != nil && !next.Is(vocab.Preposition|vocab.Be|vocab.Modal|vocab.Have) && !attribute {
		return Verb
	}
	return Noun
}

// extracted reports whether a relative pronoun begins the clause whose subject
// stands before i.
func extracted(toks []Token, i int) bool {
	first := max(0, i-longestPhrase)
	for i--; i >= first && toks[i].Tag != Wh; i-- {
		switch toks[i].Tag {
		case Noun, Name, Adjective, Determiner, Possessive:
			if toks[i].Is(vocab.Subordinator) {
				return true
			}
		case Subord:
			return true
		default:
			return false
		}
	}
	return i >= first
}

// longestPhrase is the longest noun phrase that is looked over, in tokens.
const longestPhrase = 16

// startsAfterTo reports whether the "to" before i is the preposition, as in
// "threats to investors" or "according to officials".
func startsAfterTo(toks []Token, i int) bool {
	if i < 2 || toks[i].Is(vocab.Verb) {
		return false
	}
	// "threatened to shell the town"
	if before := toks[i-2].Tag; (before.VerbLike() || before == Adjective) && !toks[i].Has(token.Capital) {
		return i+1 >= len(toks) || !startsNounPhrase(&toks[i+1])
	}
	return true
}

// nounAfter reports whether the token at i can be a noun or a further
// adjective, so that the word before it is its attribute.
func nounAfter(toks []Token, i int) bool {
	for end := i + longestPhrase; i < end; i++ {
		if i >= len(toks) || toks[i].Kind != token.Word || toks[i].Has(token.Possessive) {
			return false
		}
		next := &toks[i]
		if _, ok := closed(next.Word.Traits); ok {
			return next.Is(vocab.Conjunction)
		}
		if next.Is(vocab.Adjective) || next.Is(vocab.Noun) && !next.Is(vocab.FormPast) {
			return true
		}
		if next.Is(vocab.FormPast) {
			// "the general raised the", but "the new elected leader"
			if i+1 >= len(toks) || startsNounPhrase(&toks[i+1]) || toks[i+1].Is(vocab.Conjunction) {
				return false
			}
			continue
		}
		if next.Is(vocab.Verb) && next.Is(vocab.FormS) && !next.Is(vocab.Noun) && i+1 < len(toks) && toks[i+1].Is(vocab.Subordinator) {
			return false // "the clinic says that"
		}
		return next.Word.Traits&vocab.Adverb == 0
	}
	return false
}

// finiteAfter reports whether the token at i is a finite verb by its form.
func finiteAfter(toks []Token, i int) bool {
	return i < len(toks) && toks[i].Kind == token.Word && !toks[i].Has(token.Possessive) &&
		(toks[i].Is(vocab.Be|vocab.Have|vocab.Do|vocab.Modal) || toks[i].Is(vocab.FormPast) && !toks[i].Is(vocab.Adjective))
}
