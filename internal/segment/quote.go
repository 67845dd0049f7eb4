package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes is the state of the quotations at one point of a paragraph.
//
// Double quotation marks switch double on and off. A mark that opens a quotation within one that is open, and one that
// closes what is not open, change nothing: writers forget marks, and the English convention repeats the opening mark at
// every paragraph. Single marks count only in clear pairs, so that no apostrophe is taken for a quotation; single holds
// the offset of the closing one.
type quotes struct {
	double bool
	low    bool // opened by „ so that “ closes
	single int
}

// open says whether a quotation is open at offset i.
func (q *quotes) open(i int) bool { return q.double || q.single >= i }

// mark reads what may be a quotation mark at s[i:], from the bytes that class calls quote or lead, and returns the
// offset after it.
func (q *quotes) mark(s string, i int) int {
	switch s[i] {
	case '"':
		q.double = !q.closesStraight(s, i)
		if i > 0 && isDigit(s[i-1]) && q.double { // 6'2" is a measure
			q.double = false
		}
		return i + 1
	case '\'':
		if strings.HasPrefix(s[i+1:], "'") { // ``TeX''
			q.double = false
			return i + 2
		}
		q.openSingle(s, i, 1)
		return i + 1
	case '`':
		if strings.HasPrefix(s[i+1:], "`") {
			q.double = true
			return i + 2
		}
		return i + 1
	case 0xC2:
		if i+1 < len(s) && s[i+1] == 0xAB {
			q.double = true // «
		} else if i+1 < len(s) && s[i+1] == 0xBB {
			q.double = false // »
		}
	case 0xE2:
		if i+2 >= len(s) || s[i+1] != 0x80 {
			break
		}
		switch s[i+2] {
		case 0x98: // ‘
			q.openSingle(s, i, 3)
		case 0x9C: // “
			q.double = !(q.low && q.double)
			q.low = false
		case 0x9D: // ”
			q.double, q.low = false, false
		case 0x9E: // „
			q.double, q.low = true, true
		}
		return i + 3
	case 0xE3:
		if i+2 >= len(s) || s[i+1] != 0x80 {
			break
		}
		switch s[i+2] {
		case 0x8C, 0x8E: // 「 『
			q.double = true
		case 0x8D, 0x8F: // 」 』
			q.double = false
		}
	}
	return i + 1
}

// closesStraight says whether the straight double quote at s[i] closes a quotation: what stands around it decides, and
// if that is not clear, whether one is open.
func (q *quotes) closesStraight(s string, i int) bool {
	before := i == 0 || opensBefore(s, i)
	after := i+1 >= len(s) || closesAfter(s, i+1)
	if before != after {
		return after
	}
	return q.double
}

// opensBefore says whether what stands before s[i] is white space, an opening bracket or mark, or a dash.
func opensBefore(s string, i int) bool {
	switch c := s[i-1]; c {
	case ' ', '\n', '\t', '\r', '(', '[', '{', '\f', '\v', '-', '/':
		return true
	default:
		if c < utf8.RuneSelf {
			return false
		}
	}
	r, n := utf8.DecodeLastRuneInString(s[:i])
	switch r {
	case '“', '‘', '«', '—', '–', '„':
		return true
	}
	return spaceSize(s, i-n) == n
}

// closesAfter says whether what stands at s[i:] is white space, a dash or a mark of punctuation that does not open.
func closesAfter(s string, i int) bool {
	switch c := s[i]; c {
	case '(', '[', '{', '$', '#', '@', '"':
		return false
	default:
		if c < utf8.RuneSelf {
			return !isLetter(c) && !isDigit(c)
		}
	}
	switch r, _ := utf8.DecodeRuneInString(s[i:]); r {
	case '”', '’', '»', '—', '–', '…':
		return true
	}
	return spaceSize(s, i) > 0
}

// openSingle reads the single quotation mark of n bytes at s[i:]. It opens a quotation if it stands before a letter and
// not after one, is not the apostrophe of a clipped word, and a mark that closes it follows before the next that opens.
// Since the search ends at the next opening mark, all searches together visit a paragraph once.
func (q *quotes) openSingle(s string, i, n int) {
	if q.single >= i || !opensSingle(s, i, n) {
		return
	}
	possible := -1
	for j := i + n; j < len(s); j++ {
		m := 0
		switch {
		case s[j] == '\'' && n == 1:
			m = 1
		case s[j] == 0xE2 && j+2 < len(s) && s[j+1] == 0x80 && s[j+2]&^1 == 0x98 && n == 3:
			m = 3
		default:
			continue
		}
		if opensSingle(s, j, m) {
			break
		}
		if m == 3 && s[j+2] == 0x98 || opensBefore(s, j) || j+m < len(s) && !closesAfter(s, j+m) {
			continue
		}
		if s[j-1]|0x20 == 's' && j+m < len(s) && spaceSize(s, j+m) > 0 { // the states’ rights
			if possible < 0 {
				possible = j
			}
			continue
		}
		q.single = j
		return
	}
	if possible >= 0 {
		q.single = possible
	}
}

// opensSingle says whether the single mark of n bytes at s[i:] clearly opens a quotation.
func opensSingle(s string, i, n int) bool {
	if n == 3 && s[i+2] == 0x99 || i > 0 && s[i-1] != '"' && !opensBefore(s, i) || i+n >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i+n:])
	if r != '[' && !unicode.IsLetter(r) {
		return false // also the ’90s
	}
	end := wordEnd(s, i+n)
	switch {
	case end == i+n:
	case in(clippedSet, s[i+n:end]):
		return false
	}
	return true
}

// clippedSet holds words written with an apostrophe at their start: ’tis, rock ’n’ roll.
var clippedSet = wordSet(`tis twas twere twill em cause cuz til till bout round cept nother n neath ere`)

// opening returns the length of the mark at s[i:] if it can open a quotation, else 0.
func opening(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch s[i] {
	case '"', '\'':
		return 1
	case '`':
		if strings.HasPrefix(s[i+1:], "`") {
			return 2
		}
		return 1
	case 0xC2:
		if strings.HasPrefix(s[i:], "«") {
			return 2
		}
	case 0xE2:
		if i+2 < len(s) && s[i+1] == 0x80 {
			switch s[i+2] {
			case 0x98, 0x9C, 0x9E, 0xB9: // ‘ “ „ ‹
				return 3
			}
		}
	case 0xE3:
		if strings.HasPrefix(s[i:], "「") || strings.HasPrefix(s[i:], "『") {
			return 3
		}
	}
	return 0
}

// carriesOn says whether a quotation left open by the paragraph before goes on in the paragraph s[i:]: because it
// begins with an opening mark, as the English convention has it, or because the first mark in it is one that closes.
func carriesOn(s string, i int) bool {
	if opening(s, i) > 0 {
		return true
	}
	for ; i < len(s); i++ {
		switch class[s[i]] {
		case quote, lead:
			was := quotes{double: true, single: -1}
			was.mark(s, i)
			if !was.double {
				return true
			}
			now := quotes{single: -1}
			now.mark(s, i)
			if now.double {
				return false
			}
		}
	}
	return false
}
