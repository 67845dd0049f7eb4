package segment

import (
	"unicode"
	"unicode/utf8"
)

// What may stand at the start of the next sentence.
type startKind uint8

const (
	noStart    startKind = iota // punctuation that goes on with the sentence
	lowerStart                  // a lower-case word
	upperStart                  // a capital, or a letter of a script without case
	digitStart
	quoteStart
	bracketStart
	dashStart
	symbolStart // a bullet, a currency sign, a picture
)

// wordStart is the start that an ASCII letter or digit makes; noStart of others.
func wordStart(c byte) startKind {
	switch {
	case isUpperASCII(c):
		return upperStart
	case isLowerASCII(c):
		return lowerStart
	case isDigit(c):
		return digitStart
	}
	return noStart
}

func startAt(s string, i int) startKind {
	if i >= len(s) {
		return noStart
	}
	c := s[i]
	if c < utf8.RuneSelf {
		switch c {
		case '"', '\'', '`':
			return quoteStart
		case '(', '[', '{':
			return bracketStart
		case '-':
			return dashStart
		case '$', '#', '@', '*', '+', '>', '<', '|', '~', '_', '=', '/', '\\':
			return symbolStart
		}
		return wordStart(c)
	}
	if opening(s, i) > 0 {
		return quoteStart
	}
	switch r, _ := utf8.DecodeRuneInString(s[i:]); {
	case r == '—' || r == '–' || r == '―' || r == '−':
		return dashStart
	case r == '¿' || r == '¡':
		return upperStart
	case r == '’' && i+len("’") < len(s) && s[i+len("’")] < utf8.RuneSelf: // ’Tis
		return wordStart(s[i+len("’")])
	case unicode.IsLower(r):
		return lowerStart
	case unicode.IsLetter(r):
		return upperStart
	case unicode.IsNumber(r):
		return digitStart
	case unicode.IsSymbol(r) || r == '•' || r == '‣' || r == '⁃' || r == '·' || r == '§' || r == '¶' || r == '†' || r == utf8.RuneError:
		return symbolStart
	case unicode.In(r, unicode.Ps, unicode.Pi):
		return bracketStart
	}
	return noStart
}

// behind returns what stands behind the quotation marks, brackets, dashes and dots at s[i:], and its offset.
func behind(s string, i int) (startKind, int) {
	for range 6 {
		k := startAt(s, i)
		switch k {
		case quoteStart:
			i += opening(s, i)
		case bracketStart, dashStart:
			_, n := utf8.DecodeRuneInString(s[i:])
			i = skipSpaces(s, i+n)
		case noStart:
			n, _ := stopAt(s, i)
			if n == 0 {
				return noStart, i
			}
			i = skipSpaces(s, i+n)
		default:
			return k, i
		}
	}
	return noStart, i
}

// skipSpaces skips a few spaces, but no more.
func skipSpaces(s string, i int) int {
	for range 3 {
		i += spaceSize(s, i)
	}
	return i
}

// begins says whether what stands at s[i:] may begin a sentence, after a mark that surely ends one.
func begins(s string, i int) bool {
	switch startAt(s, i) {
	case upperStart, digitStart, quoteStart, symbolStart:
		return true
	case dashStart:
		k, at := behind(s, i)
		if k == upperStart && s[at] == 'I' && s[i] != '-' && in(pronounI, s[at:wordEnd(s, at)]) {
			return false // “What was it? — I forgot”: the pronoun is no sign of a new sentence
		}
		return k == upperStart || k == digitStart || k == symbolStart
	case bracketStart:
		if s[i] == '[' {
			return true
		}
		k, _ := behind(s, i)
		return k != lowerStart && k != noStart
	case lowerStart:
		return lowerName(s, i)
	}
	return false
}

// lowerName says whether a name that is written with a small letter stands at s[i:]: al-Qaida, iPhone.
func lowerName(s string, i int) bool {
	j := i
	for j < len(s) && j < i+3 && isLowerASCII(s[j]) {
		j++
	}
	if j == i || j+1 >= len(s) {
		return false
	}
	if s[j] == '-' {
		return j > i+1 && isUpperASCII(s[j+1])
	}
	return j == i+1 && isUpperASCII(s[j]) && isLowerASCII(s[j+1])
}
