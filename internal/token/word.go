package token

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// plainEnd returns the end of a plain word that begins with the letter at i: one
// of ASCII letters, but for the first all in lower case, that is followed by
// white space or by a mark which cannot be part of it, and is not two in one.
// It returns 0 if another kind of word stands there. Most words of a text are
// plain.
func plainEnd(text string, i int) int {
	end := i + 1
	for {
		if end+8 > len(text) {
			for end < len(text) && class[text[end]]&(cLetter|cUpper) == cLetter {
				end++
			}
			break
		}
		n := lowerCase(text[end:])
		if end += n; n < 8 {
			break
		}
	}
	if end < len(text) && class[text[end]]&cEnd == 0 {
		stop := text[end] == '.' && end > i+1 && (end+1 == len(text) || class[text[end+1]]&(cLetter|cDigit) == 0)
		if !stop {
			return 0
		}
	}
	if n := end - i; n == 5 || n == 6 {
		if first, _ := twoInOne(text[i:end]); first > 0 {
			return 0
		}
	}
	return end
}

// lowerCase returns how many of the first eight bytes are lower-case letters
// before one that is none. It looks at all eight at once: the high bit of each
// byte tells (Warren, Hacker's Delight, chapter 6).
func lowerCase(s string) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	x := binary.LittleEndian.Uint64([]byte(s[:8]))
	low := x &^ high
	fromA := low + each*(0x80-'a')
	afterZ := low + each*(0x80-'z'-1)
	return bits.TrailingZeros64((^fromA|afterZ|x)&high) / 8
}

// word scans a word or number from i and emits it with its clitics.
func (s *Scanner) word(i int) int {
	text := s.text
	start := i
	var flags Flag
	upper, letters, digits := 0, 0, 0
	apos, aposLen := -1, 0 // the last apostrophe inside the word
loop:
	for i < len(text) {
		c := text[i]
		switch k := class[c]; {
		case k&cLetter != 0:
			letters++
			if k&cUpper != 0 {
				upper++
				if letters == 1 && digits == 0 {
					flags |= Capital
				}
			}
			i++
		case k&cDigit != 0:
			digits++
			i++
		case c == '\'' || c == 0xE2:
			n := apostrophe(text, i)
			if n == 0 {
				r, size := utf8.DecodeRuneInString(text[i:])
				if !isWordRune(r) && !isInvisible(r) && r != '‐' && r != '‑' {
					break loop
				}
				flags |= NonASCII
				letters++
				i += size
				continue
			}
			if i+n < len(text) && class[text[i+n]]&cLetter != 0 && i > start {
				apos, aposLen = i, n
				if n > 1 {
					flags |= NonASCII
				}
				i += n
				continue
			}
			break loop
		case c == '-':
			if i+1 < len(text) && (class[text[i+1]]&(cLetter|cDigit) != 0 || text[i+1] >= utf8.RuneSelf && startsWordRune(text[i+1:])) {
				i++
				continue
			}
			if i > start && (i+1 == len(text) || class[text[i+1]]&cSpace != 0) {
				flags |= CutOff
			}
			break loop
		case c == '.':
			// inside numbers ("4.5"), initialisms ("U.S."), addresses ("x.org")
			if i+1 < len(text) && class[text[i+1]]&(cLetter|cDigit) != 0 {
				i++
				continue
			}
			if initialism(text[start:i]) {
				i++
			}
			break loop
		case c == ',':
			if digits > 0 && i+1 < len(text) && class[text[i+1]]&cDigit != 0 && class[text[i-1]]&cDigit != 0 {
				i++
				continue
			}
			break loop
		case c == '&' && upper > 0:
			if i+1 < len(text) && class[text[i+1]]&cUpper != 0 {
				i++
				continue
			}
			break loop
		case c == '[':
			n := bracketedLetters(text, i)
			if n == 0 {
				break loop
			}
			if class[text[i+1]]&cUpper != 0 {
				flags |= Capital
			}
			flags |= NonASCII // forces the slow path, which drops the brackets
			letters += n - 2
			i += n
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			if !isWordRune(r) && !isInvisible(r) {
				break loop
			}
			flags |= NonASCII
			letters++
			if unicode.IsUpper(r) {
				upper++
				if letters == 1 {
					flags |= Capital
				}
			}
			i += n
		default:
			break loop
		}
	}
	if i == start { // cannot happen for the callers here, but never loop
		return i + 1
	}
	if upper > 1 && upper == letters {
		flags |= AllCaps
	}
	kind := Word
	if letters == 0 && digits > 0 {
		kind = Number
	}
	end := i
	if apos > start {
		if s.clitics(start, apos, apos+aposLen, end, flags) {
			return i
		}
	}
	if end-start >= 5 && end-start <= 6 && kind == Word && s.fused(start, end, flags) {
		return i
	}
	s.emit(kind, start, end, flags, asWritten)
	// possessive of a plural: states'
	if i < len(text) && !s.single && kind == Word && (text[end-1] == 's' || text[end-1] == 'S' || text[end-1] == 'z') {
		if n := apostrophe(text, i); n > 0 && (i+n == len(text) || class[text[i+n]]&cSpace != 0) {
			s.emit(Word, i, i+n, Possessive|Clitic, normS)
			return i + n
		}
	}
	if flags&CutOff != 0 && i < len(text) && text[i] == '-' {
		return i + 1
	}
	return i
}

func startsWordRune(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isWordRune(r)
}

// initialism reports whether w, before a full stop, is of the form U.S, a.m or
// a single capital.
func initialism(w string) bool {
	if len(w) == 1 {
		return class[w[0]]&cUpper != 0 && w != "I"
	}
	if len(w)%2 == 0 || len(w) > 9 {
		return false
	}
	for i := 0; i < len(w); i++ {
		if i%2 == 1 {
			if w[i] != '.' {
				return false
			}
		} else if class[w[i]]&cLetter == 0 {
			return false
		}
	}
	return true
}

// clitics emits the parts of a contraction whose apostrophe stands at
// [apos, after) and reports whether it was one.
func (s *Scanner) clitics(start, apos, after, end int, flags Flag) bool {
	text := s.text
	tail := text[after:end]
	flags &^= AllCaps
	second := func(n norm, f Flag) bool {
		s.emit(Word, apos, end, f|Clitic, n)
		return true
	}
	switch len(tail) {
	case 1:
		switch tail[0] | 0x20 {
		case 's':
			norm, f := normS, Possessive
			if head := lowerASCII(text[start:apos]); sIsVerb(string(head[:min(len(head), apos-start)])) {
				norm, f = normIs, 0
				if text[start:apos] == "let" || text[start:apos] == "Let" {
					norm = normUs
				}
			}
			s.emit(Word, start, apos, flags, asWritten)
			return second(norm, f)
		case 'd':
			s.emit(Word, start, apos, flags, asWritten)
			return second(normWould, 0)
		case 'm':
			s.emit(Word, start, apos, flags, asWritten)
			return second(normAm, 0)
		case 't':
			if apos-1 <= start || text[apos-1]|0x20 != 'n' {
				return false
			}
			head := apos - 1
			norm := asWritten
			switch h := lowerASCII(text[start:head]); string(h[:min(len(h), head-start)]) {
			case "ca":
				norm = normCan
			case "wo":
				norm = normWill
			case "sha":
				norm = normShall
			case "ai":
				norm = normBe
			case "":
				return false
			}
			s.emit(Word, start, head, flags, norm)
			s.emit(Word, head, end, Clitic, normNot)
			return true
		}
	case 2:
		norm := asWritten
		switch tail {
		case "re", "RE":
			norm = normAre
		case "ve", "VE":
			norm = normHave
		case "ll", "LL":
			norm = normWill
		default:
			return false
		}
		s.emit(Word, start, apos, flags, asWritten)
		return second(norm, 0)
	}
	return false
}

// twoInOne tells words that are two without an apostrophe: at which byte the
// second begins, 0 if it is no such word, and what the two are.
func twoInOne(w string) (at int, norms [2]norm) {
	switch w[0] | 0x20 {
	case 'c', 'g', 'w':
	default:
		return 0, norms
	}
	h := lowerASCII(w)
	switch string(h[:len(w)]) {
	case "cannot":
		return 3, [2]norm{normCan, normNot}
	case "gonna":
		return 3, [2]norm{normGoing, normTo}
	case "gotta":
		return 3, [2]norm{normGot, normTo}
	case "wanna":
		return 3, [2]norm{normWant, normTo}
	}
	return 0, norms
}

// fused splits words that are two without an apostrophe.
func (s *Scanner) fused(start, end int, flags Flag) bool {
	at, norms := twoInOne(s.text[start:end])
	if at == 0 {
		return false
	}
	s.emit(Word, start, start+at, flags&^AllCaps, norms[0])
	s.emit(Word, start+at, end, Clitic, norms[1])
	return true
}

func lowerASCII(s string) (b [8]byte) {
	for i := 0; i < len(s) && i < len(b); i++ {
		b[i] = s[i]
		if class[s[i]]&cUpper != 0 {
			b[i] |= 0x20
		}
	}
	return b
}

// sIsVerb reports whether 's after this word is the verb "is" or "has".
func sIsVerb(w string) bool {
	switch w {
	case "it", "he", "she", "that", "there", "what", "who", "here", "where", "this", "let", "how", "when", "why":
		return true
	}
	return false
}
