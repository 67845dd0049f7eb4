package highlight

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unseen reports whether a character cannot be shown as it is: HTML forbids it,
// or it would turn the text around it.
func unseen(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case unicode.IsControl(r):
		return true
	case 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069: // embeddings, overrides and isolates of direction
		return true
	}
	return r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF // no characters
}

// cutUnseen cuts s before the first thing that cannot be shown as it is, and
// gives its number: "U+202E", or "0xFF" for a byte that is not UTF-8. width is its
// length in bytes, 0 if all of s can be shown.
func cutUnseen(s string) (before, number string, width int) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return s[:i], fmt.Sprintf("0x%02X", s[i]), 1
		case unseen(r):
			return s[:i], fmt.Sprintf("U+%04X", r), n
		}
		i += n
	}
	return s, "", 0
}

// legible returns s with the numbers of what cannot be shown in its place.
func legible(s string) string {
	var b strings.Builder
	for s != "" {
		before, number, width := cutUnseen(s)
		b.WriteString(before)
		if width > 0 {
			b.WriteString("[" + number + "]")
		}
		s = s[len(before)+width:]
	}
	return b.String()
}

// appendText adds the nodes that show s.
func appendText(nodes []node, s string) []node {
	for s != "" {
		before, number, width := cutUnseen(s)
		if before != "" {
			nodes = append(nodes, node{Text: before})
		}
		if width > 0 {
			nodes = append(nodes, node{Class: "unseen", Kids: []node{{Text: number}}})
		}
		s = s[len(before)+width:]
	}
	return nodes
}
