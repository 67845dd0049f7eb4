package corpus

import (
	"sort"
	"unicode/utf8"
)

// A ruler converts between byte offsets into a text and offsets that count
// something else.
type ruler struct {
	at []int // the byte offset of each unit, then the length of the text
}

// newRuler measures text in Unicode code points or, if utf16 is set, in UTF-16
// code units, of which a character above U+FFFF has two.
func newRuler(text string, utf16 bool) ruler {
	at := make([]int, 0, len(text)+1)
	for i, r := range text {
		at = append(at, i)
		if utf16 && r > 0xFFFF {
			at = append(at, i) // half of a character: no offset of its own
		}
	}
	return ruler{append(at, len(text))}
}

// bytes returns the byte offset of a unit. It reports false if that lies
// outside the text or within a character.
func (r ruler) bytes(unit int) (int, bool) {
	if unit < 0 || unit >= len(r.at) || unit > 0 && r.at[unit] == r.at[unit-1] {
		return 0, false
	}
	return r.at[unit], true
}

// span converts both ends of a stretch. It reports false if they are not in
// the text, or not in order.
func (r ruler) span(start, end int) (from, to int, ok bool) {
	from, okStart := r.bytes(start)
	to, okEnd := r.bytes(end)
	return from, to, okStart && okEnd && start <= end
}

// units returns the offset of the unit that starts at a byte offset.
func (r ruler) units(bytes int) int { return sort.SearchInts(r.at, bytes) }

// length is how many units the text has.
func (r ruler) length() int { return len(r.at) - 1 }

// validText notes the first byte of a whole file that is not UTF-8.
func (p *parser) validText(text string) bool {
	if utf8.ValidString(text) {
		return true
	}
	p.errorf(invalidAt([]byte(text)), "invalid UTF-8")
	return false
}

// locator tells lines and offsets in them of offsets into data.
func locator(data []byte) func(at int) (line, column int) {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return func(at int) (int, int) {
		line := sort.Search(len(starts), func(i int) bool { return starts[i] > at })
		return line, at - starts[line-1]
	}
}
