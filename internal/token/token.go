// Package token splits a sentence into words and punctuation marks.
//
// It knows what later steps need of English: contractions come apart
// ("won't" is will + not), possessive endings stand alone, abbreviations such
// as "U.S." stay whole, curly and straight marks are one, and editors' square
// brackets inside a word ("[h]ad") vanish. Quotation marks are not tokens:
// they are recorded on their neighbours. Time is linear and nothing is
// allocated beyond the slice that the caller hands in.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind tells words, numbers and marks apart.
type Kind uint8

// The kinds of token.
const (
	Word Kind = iota
	Number
	Comma
	Semicolon // also a colon
	Stop      // full stop or ellipsis
	Question
	Exclamation
	Dash
	Open  // opening bracket
	Close // closing bracket
	Other // any other symbol
)

// Flag is a set of facts about one token.
type Flag uint16

// The flags of a token.
const (
	Capital     Flag = 1 << iota // first letter is upper case
	AllCaps                      // two letters or more, all upper case
	InQuote                      // inside a quotation
	QuoteBefore                  // an opening quotation mark stands directly before it
	QuoteAfter                   // a closing quotation mark stands directly after it
	Possessive                   // the possessive ending 's or '
	Clitic                       // written together with the token before it
	CutOff                       // broken off by a hyphen, as in the repair "fo- falsely"
	NonASCII                     // has bytes outside ASCII
)

// A Token is a word, number or mark. Start and End are byte offsets into the
// sentence.
type Token struct {
	Start, End int32
	Kind       Kind
	norm       norm
	Flags      Flag
}

// norm is the form to look a word up by where that is not just the text in
// lower case: "n't" is "not".
type norm uint8

const (
	asWritten norm = iota
	normS
	normAm
	normAre
	normBe
	normCan
	normGoing
	normGot
	normHave
	normIs
	normNot
	normShall
	normTo
	normUs
	normWant
	normWill
	normWould
)

var norms = [...]string{
	normS: "'s", normAm: "am", normAre: "are", normBe: "be", normCan: "can", normGoing: "going", normGot: "got",
	normHave: "have", normIs: "is", normNot: "not", normShall: "shall", normTo: "to", normUs: "us", normWant: "want",
	normWill: "will", normWould: "would",
}

// Norm is the form to look the word up by if that is not just its text in
// lower case, else empty.
func (t *Token) Norm() string { return norms[t.norm] }

// Has reports whether all of the flags f are set.
func (t *Token) Has(f Flag) bool { return t.Flags&f == f }

// Plain reports whether the token is looked up as it is written, but for
// capitals, and holds no bytes outside ASCII.
func (t *Token) Plain() bool { return t.norm == asWritten && t.Flags&NonASCII == 0 }

// byte classes for the ASCII fast path.
const (
	cSpace = 1 << iota
	cLetter
	cDigit
	cUpper
	cEnd   // ends a word that it follows, whatever comes next
	cFused // may begin a word that is two, see fused
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c <= ' ' || c == 0x7f:
			t[c] = cSpace
		case 'a' <= c && c <= 'z':
			t[c] = cLetter
		case 'A' <= c && c <= 'Z':
			t[c] = cLetter | cUpper
		case '0' <= c && c <= '9':
			t[c] = cDigit
		case c >= utf8.RuneSelf:
			t[c] = 0
		}
		if t[c]&cSpace != 0 || strings.IndexByte(",;:?!()\"]}", byte(c)) >= 0 {
			t[c] |= cEnd
		}
		if strings.IndexByte("cgwCGW", byte(c)) >= 0 {
			t[c] |= cFused
		}
	}
	return t
}()

// Append splits sentence into tokens and appends them to dst. quoted says that
// the sentence begins inside a quotation that an earlier one opened.
func Append(dst []Token, sentence string, quoted bool) []Token {
	s := scanner{text: sentence, dst: dst, first: len(dst), quoted: quoted}
	s.run()
	return s.dst
}

type scanner struct {
	text    string
	dst     []Token
	first   int  // index of this sentence's first token in dst
	quoted  bool // inside a double quotation
	single  bool // inside a single quotation
	pending Flag // flags for the next token
}

func (s *scanner) emit(kind Kind, start, end int, flags Flag, n norm) {
	flags |= s.pending
	s.pending = 0
	if s.quoted || s.single {
		flags |= InQuote
	}
	s.dst = append(s.dst, Token{Start: int32(start), End: int32(end), Kind: kind, Flags: flags, norm: n})
}

func (s *scanner) last() *Token {
	if len(s.dst) == s.first {
		return nil
	}
	return &s.dst[len(s.dst)-1]
}

func (s *scanner) run() {
	text := s.text
	for i := 0; i < len(text); {
		c := text[i]
		switch k := class[c]; {
		case k&cSpace != 0:
			i++
		case k&(cLetter|cDigit) != 0:
			i = s.word(i)
		case c < utf8.RuneSelf:
			i = s.mark(i)
		default:
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case isQuote(r) || r == '‘' || r == '’':
				s.quote(i, n, r)
				i += n
			case isWordRune(r):
				i = s.word(i)
			case r == '–' || r == '—' || r == '―' || r == '‒' || r == '−':
				s.emit(Dash, i, i+n, 0, asWritten)
				i += n
			case r == '…':
				s.emit(Stop, i, i+n, 0, asWritten)
				i += n
			case unicode.IsSpace(r) || isInvisible(r):
				i += n
			default:
				s.emit(Other, i, i+n, NonASCII, asWritten)
				i += n
			}
		}
	}
}

// mark scans ASCII punctuation.
func (s *scanner) mark(i int) int {
	text := s.text
	one := func(k Kind) int { s.emit(k, i, i+1, 0, asWritten); return i + 1 }
	switch text[i] {
	case ',':
		return one(Comma)
	case ';', ':':
		return one(Semicolon)
	case '.':
		j := i
		for j < len(text) && text[j] == '.' {
			j++
		}
		s.emit(Stop, i, j, 0, asWritten)
		return j
	case '?':
		return one(Question)
	case '!':
		return one(Exclamation)
	case '[':
		if bracketedLetters(text, i) > 0 {
			return s.word(i)
		}
		return one(Open)
	case '(', '{':
		return one(Open)
	case ')', ']', '}':
		return one(Close)
	case '-':
		j := i
		for j < len(text) && text[j] == '-' {
			j++
		}
		spaced := i == 0 || class[text[i-1]]&cSpace != 0
		if j-i > 1 || (spaced && (j == len(text) || class[text[j]]&cSpace != 0)) {
			s.emit(Dash, i, j, 0, asWritten)
		}
		return j
	case '"', '`':
		s.quote(i, 1, '"')
		return i + 1
	case '\'':
		s.quote(i, 1, '\'')
		return i + 1
	case '@', '#':
		if i+1 < len(text) && class[text[i+1]]&(cLetter|cDigit) != 0 {
			return s.word(i + 1)
		}
	}
	return one(Other)
}

// quote handles a quotation mark of n bytes at i; it makes no token.
func (s *scanner) quote(i, n int, r rune) {
	before := i == 0 || class[s.text[i-1]]&cSpace != 0 || s.text[i-1] == '(' || s.text[i-1] == '['
	after := i+n >= len(s.text) || class[s.text[i+n]]&cSpace != 0
	switch r {
	case '“', '„', '«', '‟':
		s.quoted = true
		s.pending |= QuoteBefore
	case '”', '»':
		s.close(&s.quoted)
	case '"':
		if s.quoted && !(before && !after) {
			s.close(&s.quoted)
		} else {
			s.quoted = true
			s.pending |= QuoteBefore
		}
	case '‘', '\'', '’':
		switch {
		case before && !after && closesSingle(s.text[i+n:]):
			s.single = true
			s.pending |= QuoteBefore
		case s.single:
			s.close(&s.single)
		}
	}
}

func (s *scanner) close(state *bool) {
	*state = false
	if t := s.last(); t != nil {
		t.Flags |= QuoteAfter
	}
}

// closesSingle reports whether a single quotation opened here closes within
// reach: a mark that ends a word and is followed by space or punctuation.
func closesSingle(rest string) bool {
	const reach = 240
	if len(rest) > reach {
		rest = rest[:reach]
	}
	for i := 0; i < len(rest); i++ {
		n := 0
		if rest[i] == '\'' {
			n = 1
		} else if rest[i] == 0xE2 && i+2 < len(rest) && rest[i+1] == 0x80 && rest[i+2] == 0x99 {
			n = 3
		}
		if n == 0 || i == 0 || class[rest[i-1]]&cSpace != 0 {
			continue
		}
		if i+n == len(rest) || (class[rest[i+n]]&(cLetter|cDigit) == 0 && rest[i+n] < utf8.RuneSelf) {
			return true
		}
		i += n - 1
	}
	return false
}

func isQuote(r rune) bool {
	switch r {
	case '“', '”', '„', '‟', '«', '»', '"':
		return true
	}
	return false
}

func isInvisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF, r == 0xAD:
		return true
	}
	return false
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// bracketedLetters returns the length of an editor's bracket such as "[h]" at
// i if a letter follows it directly, else 0.
func bracketedLetters(text string, i int) int {
	j := i + 1
	for j < len(text) && j-i <= 3 && class[text[j]]&cLetter != 0 {
		j++
	}
	if j > i+1 && j+1 < len(text) && text[j] == ']' && class[text[j+1]]&cLetter != 0 {
		return j + 1 - i
	}
	return 0
}

// apostrophe returns the length in bytes of an apostrophe at i, or 0.
func apostrophe(text string, i int) int {
	if text[i] == '\'' {
		return 1
	}
	if text[i] == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] == 0x99 {
		return 3
	}
	return 0
}

// plain scans a word of ASCII letters from i, but for the first all in lower
// case, that is followed by white space or by a mark which cannot be part of
// it. It returns false, and nothing is done, if that is not what stands there.
// Most words of a text are plain.
func (s *scanner) plain(i int) (end int, ok bool) {
	text := s.text
	j := i + 1
	for j < len(text) && class[text[j]]&(cLetter|cUpper) == cLetter {
		j++
	}
	if j < len(text) && class[text[j]]&cEnd == 0 || j-i == 1 {
		return 0, false
	}
	if n := j - i; (n == 5 || n == 6) && class[text[i]]&cFused != 0 {
		return 0, false
	}
	var flags Flag
	if class[text[i]]&cUpper != 0 {
		flags = Capital
	}
	s.emit(Word, i, j, flags, asWritten)
	return j, true
}

// word scans a word or number from i and emits it with its clitics.
func (s *scanner) word(i int) int {
	text := s.text
	if class[text[i]]&cLetter != 0 {
		if end, ok := s.plain(i); ok {
			return end
		}
	}
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
func (s *scanner) clitics(start, apos, after, end int, flags Flag) bool {
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

// fused splits words that are two without an apostrophe.
func (s *scanner) fused(start, end int, flags Flag) bool {
	h := lowerASCII(s.text[start:end])
	at, first, second := 0, asWritten, asWritten
	switch string(h[:end-start]) {
	case "cannot":
		at, first, second = 3, normCan, normNot
	case "gonna":
		at, first, second = 3, normGoing, normTo
	case "gotta":
		at, first, second = 3, normGot, normTo
	case "wanna":
		at, first, second = 3, normWant, normTo
	default:
		return false
	}
	s.emit(Word, start, start+at, flags&^AllCaps, first)
	s.emit(Word, start+at, end, Clitic, second)
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

// AppendLower appends the lookup form of a token's text to dst: lower case,
// straight apostrophes, without editors' brackets and invisible characters.
func AppendLower(dst []byte, text string, t *Token) []byte {
	if t.norm != asWritten {
		return append(dst, t.Norm()...)
	}
	w := text[t.Start:t.End]
	if !t.Has(NonASCII) {
		for i := 0; i < len(w); i++ {
			c := w[i]
			if class[c]&cUpper != 0 {
				c |= 0x20
			}
			dst = append(dst, c)
		}
		return dst
	}
	for _, r := range w {
		switch {
		case r == '[' || r == ']' || isInvisible(r):
		case r == '’':
			dst = append(dst, '\'')
		case r == '‐' || r == '‑':
			dst = append(dst, '-')
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}
