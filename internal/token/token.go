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
	cEnd // ends a word that it follows, whatever comes next
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
	}
	return t
}()

// Append splits sentence into tokens and appends them to dst. quoted says that
// the sentence begins inside a quotation that an earlier one opened.
func Append(dst []Token, sentence string, quoted bool) []Token {
	s, first := NewScanner(sentence, quoted), len(dst)
	for {
		var t Token
		ok := s.Next(&t)
		if s.Closed && len(dst) > first {
			dst[len(dst)-1].Flags |= QuoteAfter
		}
		if !ok {
			return dst
		}
		dst = append(dst, t)
	}
}

// A Scanner splits a sentence into tokens, one after the other.
type Scanner struct {
	// Closed says that a quotation ended between the last two tokens that Next
	// returned, or after the last one: the former of them lacks its QuoteAfter.
	Closed bool

	text    string
	at      int
	quoted  bool // inside a double quotation
	single  bool // inside a single quotation
	pending Flag // flags for the next token

	// tokens found and not yet returned: a word may be two
	found    [2]Token
	returned int
	waiting  int
}

// NewScanner returns a scanner for the sentence. quoted says that the sentence
// begins inside a quotation that an earlier one opened.
func NewScanner(sentence string, quoted bool) Scanner { return Scanner{text: sentence, quoted: quoted} }

func (s *Scanner) emit(kind Kind, start, end int, flags Flag, n norm) {
	t := &s.found[s.waiting]
	s.waiting++
	t.Start, t.End, t.Kind, t.norm, t.Flags = int32(start), int32(end), kind, n, s.flags(flags)
}

// flags adds to those of a token what stands before it and around it.
func (s *Scanner) flags(f Flag) Flag {
	f |= s.pending
	s.pending = 0
	if s.quoted || s.single {
		f |= InQuote
	}
	return f
}

// Next sets t to the next token and reports whether there is one.
func (s *Scanner) Next(t *Token) bool {
	s.Closed = false
	if s.returned < s.waiting {
		*t = s.found[s.returned]
		s.returned++
		return true
	}
	s.returned, s.waiting = 0, 0
	text := s.text
	for i := s.at; i < len(text); {
		c := text[i]
		switch k := class[c]; {
		case k&cSpace != 0:
			i++
			continue
		case k&cLetter != 0:
			if end := plainEnd(text, i); end > 0 {
				s.at = end
				var f Flag
				if k&cUpper != 0 {
					f = Capital
				}
				t.Start, t.End, t.Kind, t.norm, t.Flags = int32(i), int32(end), Word, asWritten, s.flags(f)
				return true
			}
			i = s.word(i)
		case k&cDigit != 0:
			i = s.word(i)
		case c < utf8.RuneSelf:
			i = s.mark(i)
		default:
			i = s.beyondASCII(i)
		}
		if s.waiting > 0 {
			s.at, s.returned = i, 1
			*t = s.found[0]
			return true
		}
	}
	s.at = len(text)
	return false
}

// beyondASCII scans what begins with a character outside ASCII.
func (s *Scanner) beyondASCII(i int) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case isQuote(r) || r == '‘' || r == '’':
		s.quote(i, n, r)
	case isWordRune(r):
		return s.word(i)
	case r == '–' || r == '—' || r == '―' || r == '‒' || r == '−':
		s.emit(Dash, i, i+n, 0, asWritten)
	case r == '…':
		s.emit(Stop, i, i+n, 0, asWritten)
	case unicode.IsSpace(r) || isInvisible(r):
	default:
		s.emit(Other, i, i+n, NonASCII, asWritten)
	}
	return i + n
}

// mark scans ASCII punctuation.
func (s *Scanner) mark(i int) int {
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
func (s *Scanner) quote(i, n int, r rune) {
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

func (s *Scanner) close(state *bool) {
	*state = false
	s.Closed = true
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
