package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// A role is what a part of a sentence is for its acts. Where parts overlap, the
// greater role shows.
type role int

const (
	nothing role = iota
	target
	source
	cue
	label // of the evidence, not in a sentence
)

// marks are what is put before and after a part in each role.
type marks [label + 1]struct{ before, after string }

// colours marks with ANSI escape sequences, brackets with ASCII.
var (
	colours = marks{
		target: {"\x1b[33m", "\x1b[0m"},   // yellow
		source: {"\x1b[36m", "\x1b[0m"},   // cyan
		cue:    {"\x1b[1;31m", "\x1b[0m"}, // bold red
		label:  {"\x1b[1m", "\x1b[0m"},    // bold
	}
	brackets = marks{
		target: {"<", ">"},
		source: {"{", "}"},
		cue:    {"[", "]"},
	}
)

// marksFor chooses colours where w is a terminal that takes them.
func marksFor(w io.Writer) marks {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return brackets
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return brackets
	}
	return colours
}

// columns is the width to print to: what the user asks for, else that of the
// terminal as far as the environment tells it.
func columns(asked int) int {
	const least, usual = 40, 80
	if asked > 0 {
		return max(asked, least)
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return max(n, least)
	}
	return usual
}

func (m marks) wrap(r role, s string) string { return m[r].before + s + m[r].after }

// apply returns the sentence with its cues, sources and targets marked. Those
// that a document gives in another sentence are not in this one.
func (m marks) apply(r classify.Result) string {
	roles := make([]role, len(r.Text))
	set := func(as role, spans ...classify.Span) {
		for _, s := range spans {
			for i := max(s.Start, r.Span.Start); i < min(s.End, r.Span.End); i++ {
				roles[i-r.Span.Start] = max(roles[i-r.Span.Start], as)
			}
		}
	}
	for _, a := range r.Acts {
		set(target, append(a.Targets, a.Target)...)
		set(source, append(a.Sources, a.Source)...)
		set(cue, a.Cue)
	}
	for _, n := range r.Mentions {
		set(cue, n.Cue)
	}
	var b strings.Builder
	for start := 0; start < len(roles); {
		end := start + 1
		for end < len(roles) && roles[end] == roles[start] {
			end++
		}
		part := clean(r.Text[start:end])
		words := strings.TrimSpace(part)
		if words != "" { // the blanks around them stay outside
			part = strings.Replace(part, words, m.wrap(roles[start], words), 1)
		}
		b.WriteString(part)
		start = end
	}
	return b.String()
}

// clean makes text of unknown origin safe to print: control characters, which a
// terminal would obey, become blanks, and invalid UTF-8 the replacement
// character.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
}

// wrap breaks text into lines of at most width columns, as far as its words
// allow. Colours take no room.
func wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		n := visible(word)
		if used > 0 && used+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// visible counts the characters of a word without the colours in it.
func visible(word string) int {
	n := 0
	for {
		before, rest, found := strings.Cut(word, "\x1b[")
		n += utf8.RuneCountInString(before)
		if !found {
			return n
		}
		_, word, _ = strings.Cut(rest, "m")
	}
}
