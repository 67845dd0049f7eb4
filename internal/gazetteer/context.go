package gazetteer

import (
	"strings"
	"unicode/utf8"
)

// window is how far around a name its title and apposition are looked for, in
// bytes.
const window = 120

// title returns where the title before the name at start begins, or start:
// titles end with a role ("Chinese Foreign Minister").
func (t *Table) title(text string, start int) int {
	from := max(0, start-window)
	if from > 0 { // not within a word
		i := strings.IndexByte(text[from:start], ' ')
		if i < 0 {
			return start
		}
		from += i
	}
	var buf [maxTokens]item
	n, _ := t.items(&buf, text, from, start)
	if n == 0 || n == maxTokens || buf[n-1].Sort != Role || int(buf[n-1].end) > start || strings.TrimSpace(text[buf[n-1].end:start]) != "" {
		return start
	}
	first := n - 1
	for i := n - 1; i >= 0 && (buf[i].Sort == Role || buf[i].Sort == capital || buf[i].isActor()); i-- {
		if buf[i].Sort != capital { // capitals only between, as in "Chilean Mines Minister"
			first = i
		}
	}
	return int(buf[first].start)
}

// relation returns where the text ends that a preposition behind a noun begins,
// or end if there is none.
func (t *Table) relation(text string, end int) int {
	if end >= len(text) || text[end] != ' ' {
		return end
	}
	to := runeEnd(text, end+window)
	var buf [maxTokens]token
	n := t.tokens(buf[:2], text, end, to)
	if m, length := t.longest(buf[:n]); length == 0 || m.Sort < Of || m.Sort == End {
		return end
	}
	return to
}

// runeEnd is the first place before i, or the end of the text, that is not
// within a character.
func runeEnd(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// apposition reads what stands between commas behind a name: it must be a role
// of an actor that is known.
func (t *Table) apposition(buf *[maxTokens]item, text string, end int) (Found, bool) {
	if !strings.HasPrefix(text[end:], ", ") {
		return nobody, false
	}
	start := end + len(", ")
	n, _ := t.items(buf, text, start, runeEnd(text, start+window))
	for i, it := range buf[:n] {
		if it.Sort != End {
			continue
		}
		if it.end > 0 { // a word such as "and": the comma was that of a list
			break
		}
		f, ok := t.phrase(buf[:i], 0)
		if ok && f.Actor >= 0 && f.Role >= 0 {
			return f, true
		}
		break
	}
	return nobody, false
}

// afterThe reports whether "the" stands before start.
func afterThe(text string, start int) bool {
	const the = "the "
	return start >= len(the) && strings.EqualFold(text[start-len(the):start], the)
}
