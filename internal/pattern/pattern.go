// Package pattern reads the small language in which lexicons write words and
// phrases.
//
//	pattern  = sequence .
//	sequence = { item } .
//	item     = atom [ "?" ] | gap .
//	atom     = word | class | punct | anchor | "(" sequence { "|" sequence } ")" .
//	word     = [ "=" | "==" ] letters [ "/" pos { pos } ] .
//	class    = "@" name .
//	gap      = ".." digits .
//	punct    = "," .
//	anchor   = "^" | "$" .
//	pos      = "v" | "n" | "a" | "r" .
//
// A bare word matches its inflections, "=word" that form only and "==Word"
// that form in that case. A gap matches up to that many words.
package pattern

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/token"
)

// MaxGap is the widest gap, in words.
const MaxGap = 20

// limits on one pattern, so that a hostile lexicon stays harmless.
const (
	maxLength  = 4096 // bytes
	maxNesting = 16
)

// Op tells the kinds of node apart.
type Op uint8

// The kinds of node.
const (
	Word  Op = iota // an inflection of Text
	Form            // exactly Text, in any case
	Case            // exactly Text, case included
	Class           // a member of the class Text
	Comma           // a comma
	Gap             // up to N words
	Start           // start of a sentence or clause
	End             // end of a sentence or clause
	Seq             // all Kids in order
	Alt             // one of Kids
	Opt             // Kids[0] or nothing
)

// POS is a set of parts of speech that a word is restricted to; the zero set
// restricts nothing.
type POS uint8

// The parts of speech.
const (
	Verb POS = 1 << iota
	Noun
	Adjective
	Adverb
)

// posLetters are the letters of the parts of speech, in order.
const posLetters = "vnar"

// A Node is a parsed pattern or a piece of one.
type Node struct {
	Op   Op
	Text string
	POS  POS
	N    int
	Kids []*Node
}

// Append appends the pattern to dst, so that the same text is the same pattern.
func (n *Node) Append(dst []byte) []byte {
	many := func(open, between, end string) {
		dst = append(dst, open...)
		for i, k := range n.Kids {
			if i > 0 {
				dst = append(dst, between...)
			}
			dst = k.Append(dst)
		}
		dst = append(dst, end...)
	}
	switch n.Op {
	case Comma:
		return append(dst, ',')
	case Start:
		return append(dst, '^')
	case End:
		return append(dst, '$')
	case Gap:
		return strconv.AppendInt(append(dst, ".."...), int64(n.N), 10)
	case Seq:
		many("", " ", "")
		return dst
	case Alt:
		many("(", "|", ")")
		return dst
	case Opt:
		many("(", " ", ")?")
		return dst
	case Class:
		dst = append(dst, '@')
	case Form:
		dst = append(dst, '=')
	case Case:
		dst = append(dst, "=="...)
	}
	dst = append(dst, n.Text...)
	if n.POS != 0 {
		dst = append(dst, '/')
		for i, letter := range []byte(posLetters) {
			if n.POS>>i&1 != 0 {
				dst = append(dst, letter)
			}
		}
	}
	return dst
}

// String returns the pattern as it is written.
func (n *Node) String() string { return string(n.Append(nil)) }

// An Error says what is wrong with a pattern and where: Offset is in bytes
// from its start.
type Error struct {
	Offset int
	Msg    string
}

func (e *Error) Error() string { return e.Msg }

// Parse reads a pattern. Its error is of type *[Error].
func Parse(src string) (*Node, error) {
	if len(src) > maxLength {
		return nil, &Error{maxLength, fmt.Sprintf("pattern longer than %d bytes", maxLength)}
	}
	if i := invalidUTF8(src); i >= 0 {
		return nil, &Error{i, "invalid UTF-8"}
	}
	p := parser{src: src}
	n, err := p.sequence(0)
	if err != nil {
		return nil, err
	}
	if p.pos < len(src) {
		return nil, p.errorf(p.pos, "unexpected %q", src[p.pos])
	}
	if !consumes(n) {
		return nil, &Error{0, "pattern never matches a word: it needs one word, class or comma that is not optional"}
	}
	return n, nil
}

func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// consumes reports whether every match of n has at least one word.
func consumes(n *Node) bool {
	switch n.Op {
	case Word, Form, Case, Class, Comma:
		return true
	case Seq:
		for _, k := range n.Kids {
			if consumes(k) {
				return true
			}
		}
		return false
	case Alt:
		for _, k := range n.Kids {
			if !consumes(k) {
				return false
			}
		}
		return true
	}
	return false
}

type parser struct {
	src string
	pos int
	// room for the tokens of a word and for one in lower case
	toks  []token.Token
	lower []byte
}

func (p *parser) errorf(at int, format string, args ...any) error {
	return &Error{at, fmt.Sprintf(format, args...)}
}

func (p *parser) space() {
	for p.pos < len(p.src) && (p.src[p.pos] == ' ' || p.src[p.pos] == '\t' || p.src[p.pos] == '\n') {
		p.pos++
	}
}

// sequence reads items up to the end, "|" or ")".
func (p *parser) sequence(depth int) (*Node, error) {
	if depth > maxNesting {
		return nil, p.errorf(p.pos, "brackets nested deeper than %d", maxNesting)
	}
	seq := &Node{Op: Seq}
	for {
		p.space()
		if p.pos == len(p.src) || p.src[p.pos] == '|' || p.src[p.pos] == ')' {
			break
		}
		at := p.pos
		item, err := p.atom(depth)
		if err != nil {
			return nil, err
		}
		if p.pos < len(p.src) && p.src[p.pos] == '?' {
			if item.Op == Gap || item.Op == Start || item.Op == End {
				return nil, p.errorf(at, "a gap or anchor cannot be optional")
			}
			p.pos++
			item = &Node{Op: Opt, Kids: []*Node{item}}
		}
		seq.Kids = append(seq.Kids, item)
	}
	if len(seq.Kids) == 1 {
		return seq.Kids[0], nil
	}
	return seq, nil
}

func (p *parser) atom(depth int) (*Node, error) {
	at := p.pos
	switch c := p.src[p.pos]; {
	case c == '(':
		return p.group(depth)
	case c == '@':
		p.pos++
		name := p.letters()
		if name == "" {
			return nil, p.errorf(at, "class name expected after \"@\"")
		}
		pos, err := p.partOfSpeech()
		if err != nil {
			return nil, err
		}
		return &Node{Op: Class, Text: name, POS: pos}, nil
	case c == ',':
		p.pos++
		return &Node{Op: Comma}, nil
	case c == '^':
		p.pos++
		return &Node{Op: Start}, nil
	case c == '$':
		p.pos++
		return &Node{Op: End}, nil
	case strings.HasPrefix(p.src[p.pos:], ".."):
		p.pos += 2
		digits := p.pos
		for p.pos < len(p.src) && p.src[p.pos] >= '0' && p.src[p.pos] <= '9' {
			p.pos++
		}
		n, err := strconv.Atoi(p.src[digits:p.pos])
		if err != nil || n < 1 || n > MaxGap {
			return nil, p.errorf(at, "gap needs a number from 1 to %d, such as \"..4\"", MaxGap)
		}
		return &Node{Op: Gap, N: n}, nil
	}
	op := Word
	for op < Case && p.pos < len(p.src) && p.src[p.pos] == '=' {
		p.pos++
		op++
	}
	text := p.letters()
	if text == "" {
		r, _ := utf8.DecodeRuneInString(p.src[at:])
		return nil, p.errorf(at, "word expected, found %q", r)
	}
	pos, err := p.partOfSpeech()
	if err != nil {
		return nil, err
	}
	return p.wordNode(op, text, pos), nil
}

func (p *parser) group(depth int) (*Node, error) {
	open := p.pos
	p.pos++
	alt := &Node{Op: Alt}
	for {
		at := p.pos
		branch, err := p.sequence(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.pos == len(p.src) {
			return nil, p.errorf(open, "\"(\" without its \")\"")
		}
		if branch.Op == Seq && len(branch.Kids) == 0 {
			return nil, p.errorf(at, "empty alternative")
		}
		alt.Kids = append(alt.Kids, branch)
		p.pos++
		if p.src[p.pos-1] == ')' {
			break
		}
	}
	if len(alt.Kids) == 1 {
		return alt.Kids[0], nil
	}
	return alt, nil
}

// IsName reports whether patterns can refer to a class of that name.
func IsName(s string) bool {
	p := parser{src: s}
	return s != "" && p.letters() == s
}

// letters reads a run of word characters.
func (p *parser) letters() string {
	start := p.pos
	for p.pos < len(p.src) {
		r, n := utf8.DecodeRuneInString(p.src[p.pos:])
		dot := r == '.' && p.pos > start && !strings.HasPrefix(p.src[p.pos:], "..")
		comma := r == ',' && p.pos > start && digitAt(p.src, p.pos-1) && digitAt(p.src, p.pos+1) // "1,000"
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-'’&#%$€£", r) && !dot && !comma {
			break
		}
		if r == '$' && p.pos == start {
			break
		}
		p.pos += n
	}
	return p.src[start:p.pos]
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && '0' <= s[i] && s[i] <= '9' }

func (p *parser) partOfSpeech() (POS, error) {
	if p.pos == len(p.src) || p.src[p.pos] != '/' {
		return 0, nil
	}
	at := p.pos
	p.pos++
	var pos POS
	for p.pos < len(p.src) {
		bit := strings.IndexByte(posLetters, p.src[p.pos])
		if bit < 0 {
			break
		}
		pos |= 1 << bit
		p.pos++
	}
	if next, _ := utf8.DecodeRuneInString(p.src[p.pos:]); pos == 0 || unicode.IsLetter(next) { // "/verb"
		return 0, p.errorf(at, "part of speech expected after \"/\": v, n, a or r")
	}
	return pos, nil
}

// wordNode makes the node of a written word, which may be several tokens
// ("don't") or have several spellings ("sabre-rattling", "sabre rattling").
func (p *parser) wordNode(op Op, text string, pos POS) *Node {
	if text == "'s" || text == "’s" { // the possessive ending, not a quotation mark and an s
		return &Node{Op: op, Text: "'s", POS: pos}
	}
	p.toks = token.Append(p.toks[:0], text, false)
	if len(p.toks) == 0 {
		return &Node{Op: op, Text: strings.ToLower(text), POS: pos}
	}
	if len(p.toks) == 1 {
		return hyphens(op, p.form(op, text, &p.toks[0]), pos)
	}
	seq := &Node{Op: Seq}
	for i := range p.toks {
		seq.Kids = append(seq.Kids, hyphens(op, p.form(op, text, &p.toks[i]), pos))
	}
	return seq
}

// form is the token as a pattern has it: in lower case, unless case matters.
func (p *parser) form(op Op, text string, t *token.Token) string {
	form := text[t.Start:t.End]
	if op == Case {
		return form
	}
	p.lower = token.AppendLower(p.lower[:0], text, t)
	if string(p.lower) == form {
		return form
	}
	return string(p.lower)
}

func hyphens(op Op, form string, pos POS) *Node {
	whole := &Node{Op: op, Text: form, POS: pos}
	if strings.IndexByte(form, '-') < 0 {
		return whole
	}
	parts := strings.Split(form, "-")
	if len(parts) < 2 || op == Case {
		return whole
	}
	open := &Node{Op: Seq}
	for _, part := range parts {
		if part == "" {
			return whole
		}
		open.Kids = append(open.Kids, &Node{Op: op, Text: part})
	}
	solid := &Node{Op: op, Text: strings.ReplaceAll(form, "-", ""), POS: pos}
	return &Node{Op: Alt, Kids: []*Node{whole, solid, open}}
}
