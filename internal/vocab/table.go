package vocab

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/stem"
)

// A Table holds every form that has a symbol. It is immutable.
//
// It is a hash table with open addressing. The first eight bytes of a form are
// its key and stand in the slot; only longer forms need a look at the rest.
type Table struct {
	slots   []slot
	shift   uint8 // of the hash, to the number of a slot
	words   []Word
	tails   string // of the forms longer than a key
	symbols int
}

type slot struct {
	key  uint64
	word int32  // index of the word; -1 marks an empty slot
	tail uint32 // where the rest of the form begins in tails, and its length in the low bits
}

const (
	keyBytes = 8
	tailBits = 6 // for the length of a tail
	// longest is the length, in bytes, of the longest form that is looked up.
	longest = keyBytes + 1<<tailBits - 1
)

// unknown has the words that are in no lexicon: what they are, as far as their
// endings tell.
var unknown = map[Trait]*Word{}

func init() {
	for _, ending := range []Trait{0, FormIng, FormPast, FormS} {
		for _, kind := range []Trait{0, Adverb | Skip, Adjective, Noun, Verb} {
			unknown[ending|kind] = &Word{Traits: ending | kind}
		}
	}
}

// Unknown returns what the ending tells of a word in lower case that no
// lexicon has.
func Unknown(lower []byte) *Word {
	if len(lower) > longest {
		return unknown[0]
	}
	return unknown[formTraits(string(lower), 0)]
}

// Key is a word as the table is asked for it.
type Key struct {
	head, tail uint64 // the first and, if there are more, the last eight bytes
}

// KeyOf returns the key of a form in lower case.
func KeyOf(form []byte) (k Key) {
	if n := len(form); n > keyBytes {
		return Key{load(form), load(form[n-keyBytes:])}
	}
	for i := len(form) - 1; i >= 0; i-- {
		k.head = k.head<<8 | uint64(form[i])
	}
	return k
}

// load reads eight bytes.
func load[T []byte | string](s T) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

const lowerBits = 0x2020202020202020

// KeyAt returns the key of text[start:end] in lower case, which is a word of
// ASCII letters, digits, hyphens, full stops, commas, ampersands and
// apostrophes: all of these but letters have the bit that makes letters lower
// case.
func KeyAt(text string, start, end int) (k Key) {
	n := end - start
	switch {
	case n > keyBytes:
		return Key{load(text[start:]) | lowerBits, load(text[end-keyBytes:]) | lowerBits}
	case start+keyBytes <= len(text):
		k.head = (load(text[start:]) | lowerBits) & (1<<(8*n) - 1)
	case end >= keyBytes:
		k.head = (load(text[end-keyBytes:]) | lowerBits) >> (8 * (keyBytes - n))
	default:
		for i := end - 1; i >= start; i-- {
			k.head = k.head<<8 | uint64(text[i]|0x20)
		}
	}
	return k
}

func (k Key) hash() uint64 {
	h := k.head*0x9E3779B97F4A7C15 ^ k.tail*0xC2B2AE3D27D4EB4F
	h ^= h >> 32
	return h * 0xD6E8FEB86659FD93
}

// At returns the word text[start:end], whose key is k, or nil if no lexicon
// has it. As for [KeyAt], it must have but few kinds of characters.
func (t *Table) At(k Key, text string, start, end int) *Word {
	n := end - start
	for i := k.hash() >> t.shift; ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.word < 0 {
			return nil
		}
		if s.key == k.head && t.sameTail(s, text, start, n) {
			return &t.words[s.word]
		}
	}
}

func (t *Table) sameTail(s *slot, text string, start, n int) bool {
	if n <= keyBytes {
		return s.tail == 0
	}
	if int(s.tail&(1<<tailBits-1)) != n-keyBytes {
		return false
	}
	tail := t.tails[s.tail>>tailBits:][:n-keyBytes]
	for i := range len(tail) {
		if tail[i] != text[start+keyBytes+i]|0x20 {
			return false
		}
	}
	return true
}

// Lookup returns the word of a form in lower case, or nil if no lexicon has
// it.
func (t *Table) Lookup(lower []byte) *Word {
	n := len(lower)
	k := KeyOf(lower)
	for i := k.hash() >> t.shift; ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.word < 0 {
			return nil
		}
		if s.key != k.head || int(s.tail&(1<<tailBits-1)) != max(0, n-keyBytes) {
			continue
		}
		if n <= keyBytes || t.tails[s.tail>>tailBits:][:n-keyBytes] == string(lower[keyBytes:]) {
			return &t.words[s.word]
		}
	}
}

// Symbols is how many symbols there are; all are smaller.
func (t *Table) Symbols() int { return t.symbols }

// Words returns an iterator over the words of the table, each of which may
// have several forms.
func (t *Table) Words() iter.Seq[*Word] {
	return func(yield func(*Word) bool) {
		for i := range t.words {
			if !yield(&t.words[i]) {
				return
			}
		}
	}
}

// Word returns what is known of a form in lower case, by its ending if no
// lexicon has it.
func (t *Table) Word(lower []byte) *Word {
	if w := t.Lookup(lower); w != nil {
		return w
	}
	return Unknown(lower)
}

// Table lists all forms of the vocabulary, which must not change afterwards.
func (v *Vocabulary) Table() *Table {
	t := &Table{symbols: v.Symbols()}
	type entry struct {
		form string
		word int32
	}
	var entries []entry
	words := map[string]int32{} // by content
	var key []byte
	for _, form := range v.allForms() {
		w := v.Lookup(form)
		if len(w.Senses) == 0 && len(w.Cased) == 0 {
			continue
		}
		key = w.appendContent(key[:0])
		id, ok := words[string(key)]
		if !ok {
			id = int32(len(t.words))
			words[string(key)] = id
			w.ID = uint32(id) + 1
			t.words = append(t.words, *w)
		}
		entries = append(entries, entry{form, id})
	}
	t.words = slices.Clip(t.words)
	size := 64
	for 2*size < 3*len(entries) {
		size *= 2
	}
	t.resize(size)
	var tails strings.Builder
	for _, e := range entries {
		k := KeyOf([]byte(e.form))
		s := slot{key: k.head, word: e.word}
		if len(e.form) > keyBytes {
			s.tail = uint32(tails.Len())<<tailBits | uint32(len(e.form)-keyBytes)
			tails.WriteString(e.form[keyBytes:])
		}
		t.insert(k, s)
	}
	t.tails = tails.String()
	return t
}

func (t *Table) resize(size int) {
	t.slots = make([]slot, size)
	for i := range t.slots {
		t.slots[i].word = -1
	}
	t.shift = 64
	for n := size; n > 1; n /= 2 {
		t.shift--
	}
}

func (t *Table) insert(k Key, s slot) {
	i := k.hash() >> t.shift
	for t.slots[i].word >= 0 {
		i = (i + 1) & uint64(len(t.slots)-1)
	}
	t.slots[i] = s
}

// appendContent appends what tells the word from others.
func (w *Word) appendContent(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(w.Traits))
	for _, s := range w.Senses {
		dst = append(binary.LittleEndian.AppendUint32(dst, uint32(s.Symbol)), byte(s.POS))
	}
	for _, s := range w.Cased {
		dst = append(append(dst, 0xff), s.Form...)
		dst = binary.LittleEndian.AppendUint32(dst, uint32(s.Symbol))
	}
	return dst
}

// allForms lists the forms that may have a symbol, in order.
func (v *Vocabulary) allForms() []string {
	var forms, inflections []string
	for lemma := range v.lemmas {
		inflections = stem.AppendInflections(inflections[:0], lemma)
		for _, form := range inflections {
			forms = stem.AppendSpellings(forms, form)
		}
	}
	for form := range v.forms {
		forms = append(forms, form)
	}
	for form := range v.cases {
		forms = append(forms, form)
	}
	for form := range v.irregular {
		forms = stem.AppendSpellings(forms, form)
	}
	forms = slices.DeleteFunc(forms, func(form string) bool { return form == "" || len(form) > longest })
	slices.Sort(forms)
	return slices.Compact(forms)
}
