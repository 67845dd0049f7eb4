package gazetteer

import (
	"unicode"
	"unicode/utf8"
)

// A token is a word, or a mark at which a phrase ends.
type token struct {
	start, end int32
	sym        int32 // of the table's words, or -1
	shape      uint8 // 0 lower case, 1 first letter upper, 2 all upper
	mark       bool  // punctuation
	possessive bool  // "'s" or "'" follows, which start and end leave out
	joined     bool  // to the word before, by a hyphen
}

// scan cuts text[start:end] into tokens, as many as there is room for. It
// returns their number and where it stopped.
func scan(tokens []token, text string, start, end int) (n, at int) {
	joined := false
	for i := start; i < end; {
		if n == len(tokens) {
			return n, i
		}
		c, size := decode(text, i)
		switch {
		case c == '&':
			tokens[n] = token{start: int32(i), end: int32(i + size)}
			n++
			i += size
		case wordRune(c):
			tokens[n] = scanWord(text, i, end)
			tokens[n].joined = joined
			joined = false
			i = int(tokens[n].end)
			if tokens[n].possessive {
				i += apostropheS(text, i, end)
			}
			n++
		case c == '-' || c == '\u2010' || c == '\u2011' || c == '/':
			joined = n > 0 && text[i-1] != ' '
			i += size
		case unicode.IsSpace(c) || quoteRune(c) || c == '.' && abbreviated(text, start, i):
			joined = false
			i += size
		default:
			tokens[n] = token{start: int32(i), end: int32(i + size), sym: -1, mark: true}
			n++
			i += size
		}
	}
	return n, end
}

func decode(text string, i int) (rune, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:])
}

func wordRune(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+'
	}
	return unicode.IsLetter(c) || unicode.Is(unicode.Mn, c) || unicode.IsDigit(c)
}

// apostrophe reports whether the character stands for one: people write accents,
// too.
func apostrophe(c rune) bool { return c == '\'' || c == '\u2019' || c == '\u00b4' || c == '`' }

func quoteRune(c rune) bool {
	switch c {
	case '"', '\'', '\u2018', '\u2019', '\u201c', '\u201d', '\u00ab', '\u00bb':
		return true
	}
	return false
}

// scanWord reads the word at start. Dots within an abbreviation belong to it
// ("U.S", "D.C"), and so do apostrophes between letters.
func scanWord(text string, start, end int) token {
	t := token{start: int32(start), sym: -1}
	letters, lower, i := 0, false, start
	for i < end {
		c, size := decode(text, i)
		if !wordRune(c) {
			next := rune(0)
			if i+size < end {
				next, _ = decode(text, i+size)
			}
			inside := unicode.IsLetter(next) && (apostrophe(c) && !endsInS(text, i+size, end) || c == '.' && dotted(text, start, i))
			if !inside {
				break
			}
		}
		if unicode.IsLetter(c) {
			letters++
			if unicode.IsUpper(c) {
				if letters == 1 && i == start {
					t.shape = 1
				}
			} else {
				lower = true
			}
		}
		i += size
	}
	if t.shape == 1 && letters > 1 && !lower || letters == 1 && t.shape == 1 && i-start > 1 {
		t.shape = 2
	}
	t.end = int32(i)
	t.possessive = apostropheS(text, i, end) > 0
	return t
}

// dotted reports whether text[start:i] is a letter, or letters with dots
// between them.
func dotted(text string, start, i int) bool {
	for k := start; k < i; k++ {
		if c := text[k]; (k-start)%2 == 1 != (c == '.') || c >= utf8.RuneSelf {
			return false
		}
	}
	return (i-start)%2 == 1
}

// abbreviated reports whether the dot at i ends an abbreviation: of letters with
// dots, or short and with a capital, as "Gov.".
func abbreviated(text string, start, i int) bool {
	k := i
	for k > start && (wordRune(rune(text[k-1])) || text[k-1] == '.') {
		k--
	}
	return i > k && (dotted(text, k, i) || i-k <= 4 && 'A' <= text[k] && text[k] <= 'Z' && i+1 < len(text))
}

// apostropheS is the length of the possessive ending at i: "'s", or "'" behind
// a word in s. It is 0 if there is none.
func apostropheS(text string, i, end int) int {
	if i >= end {
		return 0
	}
	c, size := decode(text, i)
	if !apostrophe(c) {
		return 0
	}
	if endsInS(text, i+size, end) {
		return size + 1
	}
	if i > 0 && text[i-1] == 's' && c == '\u2019' || i > 0 && text[i-1] == 's' && i+size < end {
		return size
	}
	return 0
}

// endsInS reports whether a word ends with an s at i.
func endsInS(text string, i, end int) bool {
	if i >= end || text[i] != 's' && text[i] != 'S' {
		return false
	}
	if i+1 >= end {
		return true
	}
	c, _ := decode(text, i+1)
	return !wordRune(c) && !apostrophe(c)
}

// folded is room for a word without its case.
type folded [64]byte

// word folds a word: lower case, no dots, no combining marks, one kind of
// apostrophe. A word that is too long folds to nothing.
func (f *folded) word(s string) []byte {
	out := f[:0]
	for i := 0; i < len(s); {
		c, size := decode(s, i)
		i += size
		switch {
		case len(out)+utf8.UTFMax > len(f):
			return nil
		case c == '.' || c >= utf8.RuneSelf && unicode.Is(unicode.Mn, c):
		case apostrophe(c):
			out = append(out, '\'')
		case 'A' <= c && c <= 'Z':
			out = append(out, byte(c)+'a'-'A')
		case c < utf8.RuneSelf:
			out = append(out, byte(c))
		default:
			out = utf8.AppendRune(out, unicode.ToLower(c))
		}
	}
	return out
}
