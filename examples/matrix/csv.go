package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var columns = []string{
	"document", "date", "label", "mention", "source", "source_actor", "target", "target_actor", "score", "cue", "sentence", "start", "end", "rules",
}

// writeCSV writes a row for each act or mention and each of its sources and
// targets. In a row of an act, mention is empty, and in one of a mention it is
// the reason. start and end are the sentence's place in the document, in bytes.
func (t *tally) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(columns))
	write := func(cells ...string) {
		for i, cell := range cells {
			row[i] = safe(cell)
		}
		_ = out.Write(row) // the error sticks, and Error returns it
	}
	write(columns...)
	for _, d := range t.deeds {
		date, score := "", ""
		if !d.date.IsZero() {
			date = d.date.Format(time.DateOnly)
		}
		if d.mention == "" {
			score = strconv.FormatFloat(d.score, 'f', 2, 64)
		}
		write(d.document, date, string(d.label), string(d.mention), d.source.text, d.source.id, d.target.text, d.target.id, score,
			d.cue.Text, d.sentence.Text, strconv.Itoa(d.sentence.Start), strconv.Itoa(d.sentence.End), strings.Join(d.rules, " "))
	}
	out.Flush()
	return out.Error()
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// safe keeps a spreadsheet from taking a cell for a formula: what begins with
// one of the characters that start a formula, after what cannot be seen or not,
// gets an apostrophe before it, which spreadsheets take for "this is text". White space
// and what is not UTF-8 is made plain.
func safe(cell string) string {
	cell = strings.TrimRight(legible(cell), " ")
	text := strings.TrimLeftFunc(cell, func(r rune) bool { return r == ' ' || r == '\uFFFD' || unicode.Is(unicode.Cf, r) })
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", first(text)) {
		return "'" + cell
	}
	return cell
}
