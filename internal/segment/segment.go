// Package segment splits English text into paragraphs and sentences, and knows which sentences stand inside a
// quotation.
//
// It is the first step of the pipeline and it reads every byte, so it is written for speed: it works on byte offsets
// into the caller's string, allocates nothing of its own, and takes time linear in the length of the text whatever the
// text is made of. Every look ahead and every look back is either bounded by a constant or visits each byte once.
//
// The method is rules. A mark that may end a sentence (. ! ? … and the stops of other scripts) is judged by the word
// before it and by what comes after it, in the tradition of Grefenstette & Tapanainen (1994), "What is a word, what is
// a sentence?", and with the three-way view of Kiss & Strunk (2006), "Unsupervised Multilingual Sentence Boundary
// Detection": a full stop may mark an abbreviation, the end of a sentence, or both at once, and the word that follows
// decides ("the U.S. officials" against "in the U.S. The president"). Their method learns both lists from a corpus;
// here they are small tables made for political English, in abbreviations.go.
package segment

import (
	"unicode"
	"unicode/utf8"
)

// Range is a half-open span of byte offsets: text[r.Start:r.End].
type Range struct{ Start, End int }

// Sentence is the span of one sentence, without the white space around it.
type Sentence struct {
	Range
	// QuotedStart says that the sentence begins inside a quotation that was opened before it, in an earlier sentence
	// of the paragraph or in the paragraph before. A sentence that opens a quotation itself is not QuotedStart.
	QuotedStart bool
	// QuotedEnd says that a quotation is still open at the end of the sentence.
	QuotedEnd bool
	// Cut says that the sentence was longer than the limit and goes on in the next Sentence.
	Cut bool
}

// spaceSize returns the length in bytes of the white space character at s[i:], or 0 if there is none. White space is
// what [unicode.IsSpace] says, the zero-width space and the byte order mark.
func spaceSize(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch c := s[i]; {
	case c <= ' ':
		if c == ' ' || c >= '\t' && c <= '\r' {
			return 1
		}
	case c < 0xC2:
	case c == 0xC2:
		if i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0x85) {
			return 2
		}
	case c == 0xE1 || c == 0xE2 || c == 0xE3 || c == 0xEF:
		if c == 0xE2 && i+1 < len(s) && s[i+1] > 0x81 {
			return 0
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\u200b' || r == '\ufeff' || r != utf8.RuneError && unicode.IsSpace(r) {
			return n
		}
	}
	return 0
}

// skipSpace returns the first offset at or after i that is not white space.
func skipSpace(s string, i int) int {
	for {
		n := spaceSize(s, i)
		if n == 0 {
			return i
		}
		i += n
	}
}

// trimSpace returns the end of s[from:end] without the white space at its end.
func trimSpace(s string, from, end int) int {
	for end > from {
		c := s[end-1]
		if c == ' ' || c >= '\t' && c <= '\r' {
			end--
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeLastRuneInString(s[from:end])
		if r == utf8.RuneError || spaceSize(s[:end], end-n) != n {
			break
		}
		end -= n
	}
	return end
}

func isUpperASCII(c byte) bool { return c-'A' < 26 }
func isLowerASCII(c byte) bool { return c-'a' < 26 }
func isDigit(c byte) bool      { return c-'0' < 10 }
func isLetter(c byte) bool     { return c|0x20-'a' < 26 }
