package vocab

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/stem"
)

// A Table holds every form that has a symbol. It is immutable.
//
// It is a hash table of buckets; what does not fit into one is in the next. The
// key of a form stands in the slot: its bytes, if it has no more than eight; longer
// ones need a look at the form itself.
type Table struct {
	buckets []bucket
	words   []Word // by ID; the first is none
	long    string // the forms longer than a key
	symbols int
}

// A bucket has the size of a line of the processor's cache, and its slots are
// compared without a branch that could be guessed wrong.
type bucket [4]slot

type slot struct {
	key  uint64
	word Ref    // zero if the slot is empty
	form uint32 // the form's length and, in the higher bits, the eighth of where it stands in long, if it is longer than a key
}

// length is that of the form, in bytes.
func (s *slot) length() int { return int(s.form & (1<<lengthBits - 1)) }

const (
	keyBytes   = 8
	lengthBits = 7
	// longest is the length, in bytes, of the longest form that is looked up.
	longest = 71
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

// load reads eight bytes.
func load[T []byte | string](s T) uint64 { return binary.LittleEndian.Uint64([]byte(s[:keyBytes])) }

// loadUpTo reads the first n bytes, at most eight.
func loadUpTo[T []byte | string](s T, n int) (k uint64) {
	for i := n - 1; i >= 0; i-- {
		k = k<<8 | uint64(s[i])
	}
	return k
}

const lowerBits = 0x2020202020202020

// longKey is the key of a form of more than eight bytes: a hash of all, with the
// bits set in each. Its highest bit tells it from short ones in ASCII.
func longKey[T []byte | string](form T, set uint64) uint64 {
	last := len(form) - keyBytes
	key := uint64(len(form))
	for i := 0; i < last; i += keyBytes {
		key = bits.RotateLeft64((key^(load(form[i:])|set))*0xC2B2AE3D27D4EB4F, 29)
	}
	return (key^(load(form[last:])|set))*0xC2B2AE3D27D4EB4F | 1<<63
}

// keyOf is the key of a form in lower case.
func keyOf[T []byte | string](form T) uint64 {
	if len(form) > keyBytes {
		return longKey(form, 0)
	}
	return loadUpTo(form, len(form))
}

// home returns where the search for a key begins.
func home(key uint64) uint64 {
	high, low := bits.Mul64(key^0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
	return high ^ low
}

// A Ref is a word of a table, zero if it is none, with what is asked of most words
// of a text, so that the words themselves need not be in the processor's cache.
type Ref uint32

// ID is the number of the word.
func (r Ref) ID() uint32 { return uint32(r >> 1) }

// Skip reports whether the word has the trait of that name.
func (r Ref) Skip() bool { return r&1 != 0 }

// Of returns the word of a Ref. That of zero has no senses and no traits.
func (t *Table) Of(r Ref) *Word { return &t.words[r.ID()] }

// At returns the word text[start:end], or zero if no lexicon has it. It must be a
// word of ASCII letters, digits, hyphens, full stops, commas, ampersands and
// apostrophes: all of these but letters have the bit that makes letters lower
// case.
func (t *Table) At(text string, start, end int) Ref {
	n := end - start
	var key uint64
	switch {
	case n > longest:
		return 0
	case n > keyBytes:
		key = longKey(text[start:end], lowerBits)
	default:
		if start+keyBytes <= len(text) {
			key = load(text[start:])
		} else {
			key = loadUpTo(text[start:], n)
		}
		key = (key | lowerBits) & (^uint64(0) >> (8 * (keyBytes - n) & 63))
	}
	for i := home(key); ; i++ {
		b := &t.buckets[i&uint64(len(t.buckets)-1)]
		at := b.find(key)
		if n > keyBytes {
			for at >= 0 && !(b[at].key == key && t.isForm(&b[at], text[start:end])) {
				at--
			}
		}
		none := Ref(at >> 31) // all bits
		r := b[at&(len(b)-1)].word &^ none
		if none&b[len(b)-1].word == 0 { // found, or there is no need to look further
			return r
		}
	}
}

// find returns the last slot of the bucket with the key, or -1.
func (b *bucket) find(key uint64) int {
	return bits.Len64(same(b[0].key, key)|same(b[1].key, key)<<1|same(b[2].key, key)<<2|same(b[3].key, key)<<3) - 1
}

// same is 1 for equal numbers, else 0.
func same(a, b uint64) uint64 {
	x := a ^ b
	return ^(x | -x) >> 63
}

// isForm reports whether the slot is that of a word longer than a key.
func (t *Table) isForm(s *slot, word string) bool {
	if s.length() != len(word) {
		return false
	}
	form := t.formOf(s)
	last := len(word) - keyBytes
	for i := keyBytes; i < last; i += keyBytes {
		if load(form[i:]) != load(word[i:])|lowerBits {
			return false
		}
	}
	return load(form[last:]) == load(word[last:])|lowerBits
}

// formOf returns the form of a slot, which is longer than a key.
func (t *Table) formOf(s *slot) string {
	return t.long[s.form>>lengthBits*keyBytes:][:s.length()]
}

// Lookup returns the word of a form in lower case, or zero if no lexicon has
// it.
func (t *Table) Lookup(lower []byte) Ref {
	n := len(lower)
	if n == 0 || n > longest {
		return 0
	}
	key := keyOf(lower)
	for i := home(key); ; i++ {
		b := &t.buckets[i&uint64(len(t.buckets)-1)]
		for j := range b {
			s := &b[j]
			if s.word == 0 {
				return 0
			}
			if s.key == key && s.length() == n && (n <= keyBytes || t.formOf(s) == string(lower)) {
				return s.word
			}
		}
	}
}

// Symbols is how many symbols there are; all are smaller.
func (t *Table) Symbols() int { return t.symbols }

// Words returns an iterator over the words of the table, each of which may
// have several forms.
func (t *Table) Words() iter.Seq[*Word] {
	return func(yield func(*Word) bool) {
		for i := 1; i < len(t.words); i++ {
			if !yield(&t.words[i]) {
				return
			}
		}
	}
}

// Word returns what is known of a form in lower case, by its ending if no
// lexicon has it.
func (t *Table) Word(lower []byte) *Word {
	if r := t.Lookup(lower); r != 0 {
		return t.Of(r)
	}
	return Unknown(lower)
}

// Table lists all forms of the vocabulary, which must not change afterwards.
func (v *Vocabulary) Table() *Table {
	t := &Table{symbols: v.Symbols()}
	type entry struct {
		form string
		word int
	}
	var entries []entry
	words := map[string]int{} // by content
	var frequency []int       // of each
	var key []byte
	for _, form := range v.allForms() {
		w := v.Lookup(form)
		if len(w.Senses) == 0 && len(w.Cased) == 0 {
			continue
		}
		key = w.appendContent(key[:0])
		id, ok := words[string(key)]
		if !ok {
			id = len(t.words)
			words[string(key)] = id
			t.words = append(t.words, *w)
			frequency = append(frequency, 0)
		}
		frequency[id] += v.formFrequency(form)
		entries = append(entries, entry{form, id})
	}
	number := t.sort(frequency)
	size := 64
	for 2*size < 3*len(entries) {
		size *= 2
	}
	t.resize(size)
	var long strings.Builder
	for _, e := range entries {
		n := len(e.form)
		s := slot{key: keyOf(e.form), word: number[e.word], form: uint32(n)}
		if n > keyBytes {
			s.form |= uint32(long.Len()/keyBytes) << lengthBits
			long.WriteString(e.form)
			for long.Len()%keyBytes != 0 {
				long.WriteByte(0)
			}
		}
		t.insert(s)
	}
	t.long = long.String()
	return t
}

// sort numbers the words by their frequency, so that what is known of those that
// a text is full of lies together. It returns where each now is.
func (t *Table) sort(frequency []int) []Ref {
	order := make([]int, len(t.words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return frequency[b] - frequency[a] })
	words, refs := make([]Word, len(order)+1), make([]Ref, len(order))
	for n, old := range order {
		w := &words[n+1]
		*w = t.words[old]
		w.ID = uint32(n) + 1
		refs[old] = Ref(w.ID << 1)
		if w.Traits&Skip != 0 {
			refs[old] |= 1
		}
	}
	t.words = words
	return refs
}

// resize makes room for so many slots.
func (t *Table) resize(size int) { t.buckets = make([]bucket, size/len(bucket{})) }

func (t *Table) insert(s slot) {
	for i := home(s.key); ; i++ {
		b := &t.buckets[i&uint64(len(t.buckets)-1)]
		for j := range b {
			if b[j].word == 0 {
				b[j] = s
				return
			}
		}
	}
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
