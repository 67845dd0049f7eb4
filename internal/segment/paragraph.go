package segment

import (
	"iter"
	"unicode/utf8"
)

// Paragraphs returns an iterator over the paragraphs of text. See [NextParagraph].
func Paragraphs(text string) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		for from := 0; ; {
			p, ok := NextParagraph(text, from)
			if !ok || !yield(p) {
				return
			}
			from = p.End
		}
	}
}

// NextParagraph returns the first paragraph of text that begins at or after from, without the white space around it,
// and false if there is none. The paragraph after it is found with from at its End.
//
// A paragraph ends at a blank line, a form feed or a paragraph separator (U+2029). It also ends at a single line break
// where the lines look like paragraphs of their own: where the line before ends a sentence, and at headings, list items
// and turns of a transcript. Lines that were wrapped to a width stay together. A break is taken for a deliberate one if
// the first word of the next line would have fitted on the line before, as far as the longest line of the paragraph
// tells its width.
func NextParagraph(text string, from int) (Range, bool) {
	start := skipSpace(text, from)
	if start >= len(text) {
		return Range{}, false
	}
	var w wrapping
	for line, i := start, start; ; {
		for i+8 <= len(text) {
			b := text[i : i+8]
			if breaking[b[0]]|breaking[b[1]]|breaking[b[2]]|breaking[b[3]]|
				breaking[b[4]]|breaking[b[5]]|breaking[b[6]]|breaking[b[7]] != 0 {
				break
			}
			i += 8
		}
		for i < len(text) && breaking[text[i]] == 0 {
			i++
		}
		if i >= len(text) {
			return Range{start, trimSpace(text, start, len(text))}, true
		}
		if c := text[i]; c >= utf8.RuneSelf && breakSize(text, i) == 0 {
			i++
			continue
		}
		gap := gapAt(text, i)
		end := trimSpace(text, line, i)
		if gap.blank || gap.next >= len(text) || w.separate(text, Range{line, end}, gap) {
			return Range{start, end}, true
		}
		line, i = gap.next, gap.next
	}
}

// breaking marks the bytes that may begin a line break.
var breaking = [256]uint8{'\n': 1, '\v': 1, '\f': 1, '\r': 1, 0xC2: 1, 0xE2: 1}

// breakSize returns the length of the line break at s[i:], or 0.
func breakSize(s string, i int) int {
	switch s[i] {
	case '\r':
		if i+1 < len(s) && s[i+1] == '\n' {
			return 2
		}
		return 1
	case '\n', '\v', '\f':
		return 1
	case 0xC2:
		if i+1 < len(s) && s[i+1] == 0x85 {
			return 2
		}
	case 0xE2:
		if i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&^1 == 0xA8 {
			return 3
		}
	}
	return 0
}

// gap is the white space from a line break to the next character.
type gap struct {
	next   int  // where the next line begins
	blank  bool // there is a blank line, a form feed or a paragraph separator in it
	indent int  // white space before the first character of the next line
}

func gapAt(s string, i int) gap {
	g := gap{next: i}
	for breaks := 0; g.next < len(s); {
		if n := breakSize(s, g.next); n > 0 {
			breaks++
			g.indent = 0
			g.blank = g.blank || breaks > 1 || s[g.next] == '\f' || n == 3 && s[g.next+2] == 0xA9
			g.next += n
			continue
		}
		n := spaceSize(s, g.next)
		if n == 0 {
			break
		}
		g.indent++
		if s[g.next] == '\t' {
			g.indent += 3
		}
		g.next += n
	}
	return g
}

// Widths of lines, in characters, that tell wrapped lines from others.
const (
	narrow = 50  // lines shorter than this were not wrapped, unless others around them were
	broad  = 100 // lines longer than this were not wrapped
)

// wrapping is what is known of the width to which a paragraph is wrapped.
type wrapping struct {
	width   int // the longest line so far
	wrapped bool
	indent  int
}

// separate says whether the line of text and the one after it, with gap g between them, are paragraphs of their own.
func (w *wrapping) separate(text string, line Range, g gap) bool {
	width := columns(text, line)
	w.width = max(w.width, width)
	kind := startAt(text, g.next)
	done, linked := endsSentence(text, line)
	deeper := g.indent > w.indent+1
	w.indent = g.indent
	switch {
	case isBullet(text, g.next, done || width < narrow) || isTurn(text, g.next):
		return true
	case kind == lowerStart || kind == noStart || linked:
		w.wrapped = true
		return false
	case deeper && done:
		return true
	}
	// Would the first word of the next line have fitted?
	word := g.next
	for word < len(text) && word-g.next < broad && spaceSize(text, word) == 0 {
		word++
	}
	need := width + 1 + columns(text, Range{g.next, word})
	if w.wrapped {
		return need <= w.width || w.width > 2*broad
	}
	if done || width < narrow || width > broad {
		return true
	}
	end := g.next
	for end < len(text) && end-g.next <= 4*broad && (breaking[text[end]] == 0 || breakSize(text, end) == 0) {
		end++
	}
	below := columns(text, Range{g.next, end})
	if below > broad || need <= below {
		return true
	}
	w.wrapped = true
	return false
}

// columns returns the number of characters of a line, or of its bytes if it is a very long one.
func columns(text string, line Range) int {
	if n := line.End - line.Start; n > 4*broad {
		return n
	}
	return utf8.RuneCountInString(text[line.Start:line.End])
}

// endsSentence says whether the line ends with a mark that ends a sentence, or a colon; linked says that it ends with an
// abbreviation that cannot end a sentence, as of a title.
func endsSentence(text string, line Range) (done, linked bool) {
	s := text[:line.End]
	i := line.End
	for i > line.Start && line.End-i < 16 {
		_, n := utf8.DecodeLastRuneInString(s[line.Start:i])
		at := i - n
		switch _, kind := stopAt(s, at); kind {
		case noStop:
		case fullStop:
			word := wordBefore(s, at)
			if word == "" || i < line.End {
				return true, false
			}
			abbr := kindOf(s, at, word)
			return abbr == notAbbr, abbr == title || abbr == joint
		default:
			return true, false
		}
		if s[at] == ':' {
			return true, false
		}
		if !closing(s, at) {
			return false, false
		}
		i = at
	}
	return false, false
}

// isBullet says whether an item of a list begins at s[i:]. Bullets that could be words or marks of a sentence count
// only if the line before is complete.
func isBullet(s string, i int, complete bool) bool {
	c := s[i]
	switch {
	case c == '-' || c == '*' || c == '+':
		return complete && i+1 < len(s) && spaceSize(s, i+1) > 0
	case isDigit(c) || c == '(' || isLetter(c):
		if !complete {
			return false
		}
		if c == '(' {
			i++
		}
		j := i
		for j < len(s) && j < i+3 && isDigit(s[j]) {
			j++
		}
		if j == i && j < len(s) && isLetter(s[j]) {
			j++
		}
		return j > i && j+1 < len(s) && (s[j] == ')' || s[j] == '.' && c != '(') && spaceSize(s, j+1) > 0
	case c < utf8.RuneSelf:
		return false
	}
	switch r, n := utf8.DecodeRuneInString(s[i:]); r {
	case '•', '‣', '⁃', '▪', '●', '◦', '■', '□', '➢', '✓', '◆', '▶', '►', '·':
		return true
	case '–', '—':
		return complete && spaceSize(s, i+n) > 0
	}
	return false
}

// isTurn says whether the turn of a speaker in a transcript begins at s[i:]: "Q ", "MS. PSAKI:", "THE PRESIDENT:".
func isTurn(s string, i int) bool {
	const longest = 60
	if c := s[i]; !isUpperASCII(c) {
		return false
	} else if (c == 'Q' || c == 'A') && i+1 < len(s) {
		if s[i+1] == ':' || c == 'Q' && spaceSize(s, i+1) > 0 {
			return true
		}
	}
	capitals := 0
	for j := i; j < len(s) && j < i+longest; j++ {
		switch c := s[j]; {
		case isUpperASCII(c):
			capitals++
		case c == ':':
			return capitals > 1
		case isLowerASCII(c):
			// JEAN-PIERRE and McCULLOUGH, but no words
			if j == i || j+1 >= len(s) || !isUpperASCII(s[j-1]) || !isUpperASCII(s[j+1]) {
				return false
			}
		case c == '\n' || c == '\r' || c == '!' || c == '?' || c == ';':
			return false
		}
	}
	return false
}
