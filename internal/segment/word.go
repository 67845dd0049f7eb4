package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kindOf returns how word, which stands before the full stop at s[i], abbreviates.
func kindOf(s string, i int, word string) abbrKind {
	for len(word) > 1 && isDigit(word[0]) { // 5p.m.
		word = word[1:]
	}
	if isDigit(word[0]) {
		return notAbbr
	}
	if n := len(word); n <= utf8.UTFMax {
		r, m := utf8.DecodeRuneInString(word)
		if m == n {
			switch {
			case r == 'I':
				return capitalI
			case unicode.IsUpper(r):
				return initial
			}
			return lookup(word)
		}
	}
	if k := lookup(word); k != notAbbr {
		return k
	}
	dot := strings.LastIndexByte(word, '.')
	if dot < 0 {
		return notAbbr
	}
	letters := true // U.S.S.R, J.D
	for k := 0; k < len(word); k++ {
		if k%2 == 0 && !isLetter(word[k]) || k%2 == 1 && word[k] != '.' {
			letters = false
			break
		}
	}
	if letters {
		return ordinary
	}
	if last := word[dot+1:]; last != "" && isUpperASCII(last[0]) && lookup(last) == title {
		return title // Lt.Gen.
	}
	return notAbbr
}

// enumerates says whether word, alone before a full stop at the start of a sentence, numbers an item: 1. a. IV.
func enumerates(word string) bool {
	switch {
	case isDigit(word[0]):
		for k := range len(word) {
			if !isDigit(word[k]) && word[k] != '.' {
				return false
			}
		}
		return len(word) <= 3 || len(word) <= 6 && strings.Contains(word, ".")
	case len(word) == 1:
		return true
	}
	return len(word) <= 4 && isRoman(word)
}

// isRoman says whether w is a roman number in capitals or small letters.
func isRoman(w string) bool {
	for k := range len(w) {
		switch w[k] {
		case 'I', 'V', 'X', 'L', 'C', 'i', 'v', 'x':
		default:
			return false
		}
	}
	return w != ""
}

// longestWord bounds how far a word is followed in either direction.
const longestWord = 32

// wordBefore returns the word that ends at s[i:], with the full stops, apostrophes and ampersands in it. It begins
// after white space, a hyphen or any other mark; if it is longer than any abbreviation, only its end is returned.
func wordBefore(s string, i int) string {
	j := i
	for j > 0 && i-j < longestWord {
		c := s[j-1]
		if isLetter(c) || isDigit(c) || c == '.' || c == '\'' || c == '&' {
			j--
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeLastRuneInString(s[:j])
		if r != '’' && !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		j -= n
	}
	for j < i && (s[j] == '.' || s[j] == '\'' || s[j] == '&') { // ...and
		j++
	}
	return s[j:i]
}

// wordEnd returns the end of the word of letters, digits, and hyphens and apostrophes between them, that starts at
// s[i:]. It follows a long word only so far.
func wordEnd(s string, i int) int {
	for j, most := i, i+longestWord; ; {
		if j >= len(s) || j >= most {
			return j
		}
		c := s[j]
		switch {
		case isLetter(c) || isDigit(c):
			j++
		case c == '\'' || c == '-':
			if j == i || j+1 >= len(s) || !isLetter(s[j+1]) {
				return j
			}
			j++
		case c < utf8.RuneSelf:
			return j
		default:
			r, n := utf8.DecodeRuneInString(s[j:])
			if r == '’' && (j == i || j+n >= len(s) || !isLetter(s[j+n])) ||
				r != '’' && !unicode.IsLetter(r) && !unicode.IsMark(r) {
				return j
			}
			j += n
		}
	}
}

// previous returns the word before the one that starts at s[i:], if only a space is between them.
func previous(s string, i int) string {
	if i < 2 || s[i-1] != ' ' && s[i-1] != '\n' {
		return ""
	}
	return wordBefore(s, i-1)
}

// lowerBefore says whether the word before the one that starts at s[i:] is in lower case.
func lowerBefore(s string, i int) bool {
	w := previous(s, i)
	return w != "" && isLowerASCII(w[0])
}
