package segment

import (
	"strings"
	"unicode/utf8"
)

// What a byte may begin, for the loop that reads every byte.
const (
	plain uint8 = iota
	stop        // an ASCII mark that may end a sentence
	quote       // an ASCII quotation mark
	lead        // the first byte of a longer character that may be a stop or a quotation mark
)

// class tells the few bytes at which anything can happen from all others.
var class = [256]uint8{
	'.': stop, '!': stop, '?': stop,
	'"': quote, '\'': quote, '`': quote,
	0xC2: lead, // « »
	0xD6: lead, // ։
	0xD8: lead, // ؟
	0xDB: lead, // ۔
	0xE0: lead, // । ॥
	0xE1: lead, // ။ ። ។
	0xE2: lead, // ‘ ’ “ ” „ … ‼ ⁇ ⁈ ⁉
	0xE3: lead, // 。 「 」 『 』
	0xEF: lead, // ！ ． ？ ｡
}

// stopKind is the kind of a mark that may end a sentence; of a run of marks it is the greatest.
type stopKind uint8

const (
	noStop   stopKind = iota
	fullStop          // one full stop, which may also mark an abbreviation
	ellipsis          // several full stops, or …
	exclaim           // ! ? and the stops of other scripts, which mark nothing else
	wide              // the stops of Chinese and Japanese, which no white space follows
)

// stopAt returns the length and the kind of the mark at s[i:] that may end a sentence.
func stopAt(s string, i int) (int, stopKind) {
	if i >= len(s) {
		return 0, noStop
	}
	switch s[i] {
	case '.':
		return 1, fullStop
	case '!', '?':
		return 1, exclaim
	case 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF:
		switch r, n := utf8.DecodeRuneInString(s[i:]); r {
		case '…':
			return n, ellipsis
		case '‼', '⁇', '⁈', '⁉', '؟', '۔', '।', '॥', '։', '။', '።', '។':
			return n, exclaim
		case '。', '！', '？', '．', '｡':
			return n, wide
		}
	}
	return 0, noStop
}

// closerAt returns the length of the closing bracket or quotation mark at s[i:], or 0.
func (q *quotes) closerAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch s[i] {
	case ')', ']', '}':
		return 1
	case '"':
		if q.closesStraight(s, i) {
			return 1
		}
	case '\'':
		if strings.HasPrefix(s[i+1:], "'") {
			return 2
		}
		if i+1 >= len(s) || closesAfter(s, i+1) || s[i+1] == '"' {
			return 1
		}
	case 0xC2:
		if strings.HasPrefix(s[i:], "»") {
			return 2
		}
	case 0xE2:
		if i+2 < len(s) && s[i+1] == 0x80 {
			switch s[i+2] {
			case 0x9D, 0x99, 0xBA: // ” ’ ›
				return 3
			case 0x9C: // “
				if q.low {
					return 3
				}
			}
		}
	case 0xE3:
		if i+2 < len(s) && s[i+1] == 0x80 {
			switch s[i+2] {
			case 0x8D, 0x8F, 0x91, 0x8B: // 」 』 】 》
				return 3
			}
		}
	case 0xEF:
		if strings.HasPrefix(s[i:], "）") {
			return 3
		}
	}
	return 0
}

// AppendSentences appends the sentences of the paragraph para of text to dst and returns the extended slice. Their
// spans are in order, do not overlap, and leave nothing of the paragraph out but white space.
//
// If limit is greater than 0, a sentence of more than limit bytes is cut at white space or, where there is none, between
// two characters; all its pieces but the last are marked Cut.
//
// The argument quoted says that the paragraph before ended inside a quotation, which is the QuotedEnd of its last
// sentence. The quotation goes on if this paragraph starts with an opening quotation mark, as the English convention
// has it, or if the first mark in it is one that closes; else it is taken to be over.
func AppendSentences(dst []Sentence, text string, para Range, limit int, quoted bool) []Sentence {
	s := text[:para.End]
	s = s[:trimSpace(s, para.Start, len(s))]
	first := skipSpace(s, para.Start)
	if first >= len(s) {
		return dst
	}
	q := quotes{single: -1}
	carried := quoted && carriesOn(s, first)
	if carried && !strings.HasPrefix(s[first:], "‘") && s[first] != '\'' {
		q.double = true
	}
	was := q // at the start of the sentence
	for i := first; ; {
		for i+8 <= len(s) {
			b := s[i : i+8]
			if class[b[0]]|class[b[1]]|class[b[2]]|class[b[3]]|class[b[4]]|class[b[5]]|class[b[6]]|class[b[7]] != plain {
				break
			}
			i += 8
		}
		for i < len(s) && class[s[i]] == plain {
			i++
		}
		if i >= len(s) {
			break
		}
		switch class[s[i]] {
		case quote:
			if s[i] == '\'' && i > first && isLetter(s[i-1]) && i+1 < len(s) && isLetter(s[i+1]) {
				i++
				continue
			}
			i = q.mark(s, i)
			continue
		case lead:
			if s[i] == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x93 && s[i+2] <= 0x99 && s[i+2] != 0x98 {
				i += 3 // dashes and apostrophes, which are many
				continue
			}
			if n, _ := stopAt(s, i); n == 0 {
				i = q.mark(s, i)
				continue
			}
		case stop:
			if s[i] == '.' && i+1 < len(s) && isDigit(s[i+1]) {
				i++
				continue
			}
		}
		end, next, ends := q.end(s, i, first)
		if ends {
			dst = appendSentence(dst, s, Range{first, end}, limit, carried, was, q)
			first, carried, was = next, false, q
			if next >= len(s) {
				return dst
			}
		}
		i = next
	}
	return appendSentence(dst, s, Range{first, len(s)}, limit, carried, was, q)
}

// appendSentence appends the sentence r, in pieces if it is longer than limit. The quotations are was at its start and
// is at its end.
func appendSentence(dst []Sentence, s string, r Range, limit int, carried bool, was, is quotes) []Sentence {
	if limit > 0 && r.End-r.Start > limit {
		i := r.Start
		for r.End-r.Start > limit {
			cut := cutAt(s, r.Start, limit)
			if cut >= r.End { // one character, longer than limit
				break
			}
			start := carried || was.open(r.Start)
			carried = false
			for i < cut { // follow the quotations up to the cut
				if c := class[s[i]]; c == quote || c == lead {
					i = was.mark(s, i)
				} else {
					i++
				}
			}
			end := trimSpace(s, r.Start, cut)
			dst = append(dst, Sentence{Range{r.Start, end}, start, was.open(end), true})
			r.Start = skipSpace(s, cut)
		}
		for i < r.Start {
			if c := class[s[i]]; c == quote || c == lead {
				i = was.mark(s, i)
			} else {
				i++
			}
		}
	}
	return append(dst, Sentence{r, carried || was.open(r.Start), is.open(r.End), false})
}

// cutAt returns where to cut s[start:], of which at most limit bytes are wanted.
func cutAt(s string, start, limit int) int {
	for i := start + limit; i > start; i-- {
		if spaceSize(s, i) > 0 {
			return i
		}
	}
	cut := start + limit
	for i := cut; i > start && i > cut-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	if _, n := utf8.DecodeRuneInString(s[start:]); n > limit {
		return start + n
	}
	return cut
}

// end judges the mark at s[i:], in the sentence that begins at first. If the sentence ends there, ends is true, end is
// the offset after it and next is where the following one begins. Else next is where to read on.
func (q *quotes) end(s string, i, first int) (end, next int, ends bool) {
	// The marks that follow belong to it, and so do the quotation marks and brackets that they close.
	kind, dots, closed := noStop, 0, byte(0)
	j := i
marks:
	for j < len(s) {
		if n, k := stopAt(s, j); n > 0 {
			kind = max(kind, k)
			if k == fullStop && closed == 0 {
				dots++
			}
			j += n
			continue
		}
		if n := q.closerAt(s, j); n > 0 {
			closed = s[j]
			if closed == '"' {
				q.double = false
			} else {
				q.mark(s, j)
			}
			j += n
			continue
		}
		switch {
		case s[j] == '[' && j+2 < len(s) && isDigit(s[j+1]): // a note[12] without a space before it
			for k := j + 2; k < len(s) && k < j+5; k++ {
				if s[k] == ']' {
					j = k + 1
					continue marks
				}
				if !isDigit(s[k]) {
					break
				}
			}
		case dots > 0 && closed == 0: // an ellipsis . . . with spaces
			if n := spaceSize(s, j); n > 0 && j+n < len(s) && s[j+n] == '.' &&
				(j+n+1 == len(s) || s[j+n+1] == '.' || spaceSize(s, j+n+1) > 0 || closing(s, j+n+1)) {
				dots++
				j += n + 1
				continue
			}
		}
		break
	}
	if dots > 1 && kind == fullStop {
		kind = ellipsis
	}
	if j == len(s) {
		return j, j, true
	}
	if spaceSize(s, j) == 0 {
		if kind == wide && closed == 0 || kind != ellipsis && glued(s, i, j, closed) {
			return j, j, true
		}
		return 0, j, false
	}
	n := skipSpace(s, j)
	if m := spacedCloser(s, n); m > 0 && (q.double || m > 1) {
		q.double = false
		closed = s[n]
		j = n + m
		n = skipSpace(s, j)
		if n == len(s) {
			return n, n, true
		}
	}

	// Stage directions and notes in brackets belong to the sentence before them.
	end, next = j, n
	remark := false
	for range 4 {
		k, stopped := remarkAt(s, next)
		if k == 0 {
			break
		}
		remark = remark || stopped
		end, next = k, skipSpace(s, k)
		if next == len(s) {
			return next, next, true
		}
	}
	if !remark && startAt(s, next) == lowerStart {
		end, next = j, n // [The envoy] left
	}
	if remark && begins(s, next) || !remark && q.ends(s, i, next, first, kind, closed) {
		return end, next, true
	}
	return 0, j, false
}

// closing says whether a closing quotation mark or bracket stands at s[i:].
func closing(s string, i int) bool {
	q := quotes{double: true}
	return q.closerAt(s, i) > 0
}

// spacedCloser returns the length of the closing quotation mark at s[i:], after white space, or 0.
func spacedCloser(s string, i int) int {
	n := 0
	switch {
	case i >= len(s):
		return 0
	case s[i] == '"':
		n = 1
	case strings.HasPrefix(s[i:], "”"):
		n = len("”")
	case strings.HasPrefix(s[i:], "»"):
		n = len("»")
	}
	if n > 0 && (i+n == len(s) || spaceSize(s, i+n) > 0) {
		return n
	}
	return 0
}

// glued says whether a sentence ends with the mark at s[i:] although no white space follows at j: "the attack.The".
func glued(s string, i, j int, closed byte) bool {
	word := wordBefore(s, i)
	if closed == 0 {
		if len(word) < 2 {
			return false
		}
		for k := 0; k < len(word); k++ {
			if !isLowerASCII(word[k]) {
				return false
			}
		}
		if before := i - len(word); before > 0 {
			if c := s[before-1]; c == '/' || c == '@' || c == '-' || c == ':' {
				return false
			}
		}
	}
	if n := opening(s, j); n == 3 && s[j] != '"' { // stop.“The
		j += n
		return j < len(s) && isUpperASCII(s[j])
	}
	end := wordEnd(s, j)
	return end > j && isUpperASCII(s[j]) && (end == j+1 || isLowerASCII(s[j+1])) &&
		(end == len(s) || s[end] == ',' || spaceSize(s, end) > 0)
}

// remarkAt reads the remark in brackets at s[i:], if it is one that belongs to the sentence before it: a stage direction
// of a transcript, (Applause.), or a note on the source, [Statement, 8/29/23]. It returns the offset after it, or 0, and
// whether it is a stage direction, which is an end in itself.
func remarkAt(s string, i int) (end int, direction bool) {
	if i >= len(s) || s[i] != '(' && s[i] != '[' {
		return 0, false
	}
	const longest = 100
	shut := byte(')')
	if s[i] == '[' {
		shut = ']'
	}
	words, stopped := 0, false
	j := i + 1
	for ; ; j++ {
		if j >= len(s) || j > i+longest {
			return 0, false
		}
		if s[j] == shut {
			break
		}
		switch c := s[j]; {
		case class[c] == quote || c == '(' || c == '[' || c == 0xE2 && opening(s, j) > 0:
			return 0, false
		case c == ' ' || c == '\n':
			words++
		case c == '.' || c == '!' || c == '?':
			stopped = j+1 < len(s) && s[j+1] == shut
		}
	}
	words++
	end = j + 1
	for end < len(s) && class[s[end]] == stop {
		end++
	}
	if end < len(s) && spaceSize(s, end) == 0 || j == i+1 {
		return 0, false
	}
	opens, known := "", false
	for k := i + 1; k < j; {
		e := wordEnd(s, k)
		if e == k {
			k++
			continue
		}
		if opens == "" {
			opens = s[k:e]
		}
		known = known || in(directionSet, s[k:e])
		k = e
	}
	switch {
	case known && words <= 8:
		return end, true
	case stopped:
		if words <= 3 && isUpperASCII(s[i+1]) && (!in(starterSet, opens) || in(labelSet, opens)) {
			return end, true
		}
		return 0, false
	case s[i] == '[' && words <= 12, words <= 6:
		return end, false
	}
	return 0, false
}

// ends says whether the mark of the given kind at s[i:], followed by the closing mark closed if any, ends the sentence
// that begins at first, when white space and what stands at s[next:] follow.
func (q *quotes) ends(s string, i, next, first int, kind stopKind, closed byte) bool {
	switch kind {
	case wide:
		return true
	case exclaim:
		if startAt(s, next) == upperStart {
			if closed == 0 {
				if w := wordBefore(s, i); len(w) > 2 && s[i] == '!' && in(exclaimerSet, w) {
					return in(starterSet, s[next:wordEnd(s, next)])
				}
			} else if closed != ')' && closed != ']' {
				return !attributed(s, next)
			}
		}
		return begins(s, next)
	case ellipsis:
		k := startAt(s, next)
		switch k {
		case symbolStart:
			return true
		case digitStart, dashStart:
			return false
		}
		k, _ = behind(s, next)
		return k == upperStart
	}
	if !begins(s, next) {
		return false
	}
	if closed != 0 && closed != ')' && closed != ']' {
		return true
	}
	word := wordBefore(s, i)
	if word == "" {
		return true
	}
	if closed == 0 && i-len(word) == first && enumerates(word) {
		return false
	}
	abbr := kindOf(s, i, word)
	if abbr == notAbbr {
		return true
	}
	if startAt(s, next) == lowerStart {
		return false
	}
	k, at := startAt(s, next), next
	if k == quoteStart || k == bracketStart {
		k, at = behind(s, next)
	}
	switch abbr {
	case title, joint:
		return false
	case counter:
		if at == len(s) {
			return true
		}
		return k != digitStart && !(isUpperASCII(word[0]) && isRoman(s[at:wordEnd(s, at)])) && s[at] != '#'
	case month:
		return k != digitStart
	case clock:
		if k == digitStart || k == upperStart && timeFollows(s, at) {
			return false
		}
		return k != dashStart
	case capitalI:
		if lowerBefore(s, i-1) {
			return true
		}
	case initial:
		before := previous(s, i-len(word))
		if in(labelSet, before) {
			return true
		}
		// On X. They: the letter that is a name of its own.
		if word == "X" && (before == "" || isLowerASCII(before[0]) || in(starterSet, before)) {
			return true
		}
	}
	return k == upperStart && starts(s, at)
}

// starts says whether the word at s[i:] is one that starts sentences.
func starts(s string, i int) bool {
	end := wordEnd(s, i)
	if end < len(s) && (s[end] == '.' || s[end] == '&' || s[end] == '/') || !in(starterSet, s[i:end]) {
		return false
	}
	if end-i == len("Under") && strings.HasPrefix(s[i:], "Under Secretary") {
		return false
	}
	return true
}

// timeFollows says whether a time zone or a day stands at s[i:], or a place and the word time: "5 p.m. Moscow time".
func timeFollows(s string, i int) bool {
	for range 3 {
		end := wordEnd(s, i)
		if end == i {
			return false
		}
		if in(zoneSet, s[i:end]) {
			return true
		}
		i = skipSpaces(s, end)
		for _, w := range [...]string{"time", "Time", "Standard Time", "Daylight Time"} {
			if strings.HasPrefix(s[i:], w) {
				return true
			}
		}
	}
	return false
}

// attributed says whether the capitalised words at s[i:] attribute the quoted question or exclamation before them:
// Foreign Ministry spokeswoman Maria Zakharova asked.
func attributed(s string, i int) bool {
	for n := range 9 {
		end := wordEnd(s, i)
		if end == i {
			return false
		}
		w := s[i:end]
		if n == 0 {
			if in(starterSet, w) {
				return false
			}
		} else if in(speakerSet, w) {
			if end == len(s) || strings.IndexByte(".,;:", s[end]) >= 0 {
				return true
			}
			i = skipSpaces(s, end)
			return in(speakerTailSet, s[i:wordEnd(s, i)])
		}
		if k := startAt(s, i); k != upperStart && !in(speakerLinkSet, w) {
			return false
		}
		if end < len(s) && s[end] == '.' {
			if lookup(w) == notAbbr && len(w) > 1 {
				return false
			}
			end++
		}
		i = skipSpaces(s, end)
		if i == end {
			return false
		}
	}
	return false
}
