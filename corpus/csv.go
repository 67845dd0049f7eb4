package corpus

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/demarche/demarche/classify"
)

// The columns of a CSV file, those it must have first.
var csvColumns = []string{"id", "text", "label", "status", "source", "target", "cue", "start", "end"}

// requiredColumns is how many a file must have.
const requiredColumns = 3

// What the status of a row says of its act.
const (
	performed    = "performed"
	notPerformed = "mentioned"
)

// byteOrderMark tells spreadsheets that a file is in UTF-8.
const byteOrderMark = "\uFEFF"

// WriteCSV writes sentences as a table that spreadsheets open. Each act and each
// mention is a row with the columns id, text, label, status (performed or
// mentioned), source and target; a sentence without any is a row without a
// label. The columns cue, start and end, and one for each key of
// [Sentence.Extra], follow where there is anything to put there. In those of
// Extra, a string stands as it is, unless it is JSON itself, and all other values
// as JSON.
//
// The file begins with a byte order mark, without which Excel does not take it
// for UTF-8. A cell that a spreadsheet would take for a formula, because it begins
// with =, +, -, @, a tab or a line break, has an apostrophe before it, and
// one more if it has some already; [ReadCSV] takes it off again. What a spreadsheet does
// to cells that look like numbers or dates, it does to ids and texts too.
//
// WriteCSV writes nothing, and returns all the errors, each naming its sentence,
// if anything could not be read back as it is, such as a carriage return before a
// line break.
func WriteCSV(w io.Writer, sentences []Sentence) error {
	if _, err := jsonLines(sentences); err != nil {
		return err
	}
	header := slices.Clone(csvColumns[:6])
	add := func(column string) {
		if !slices.Contains(header, column) {
			header = append(header, column)
		}
	}
	var extra []string
	var errs []error
	for i, s := range sentences {
		if slices.ContainsFunc(s.Acts, func(a Annotation) bool { return a.Cue != "" }) {
			add("cue")
		}
		if s.Start != 0 || s.End != 0 {
			add("start")
			add("end")
		}
		for _, key := range sortedKeys(s.Extra) {
			if slices.Contains(csvColumns, key) || strings.TrimSpace(key) != key || key == "" {
				errs = append(errs, sentenceError(i, s, fmt.Errorf("CSV cannot hold the key %q", key)))
			}
			extra = append(extra, key)
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	slices.Sort(extra)
	for _, key := range extra {
		add(key)
	}
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := csv.NewWriter(&out)
	row := func(cell func(column string) string) {
		cells := make([]string, len(header))
		for i, column := range header {
			cells[i] = guard(cell(column))
		}
		_ = table.Write(cells) // to a buffer; noted by Error
	}
	row(func(column string) string { return column })
	for _, s := range sentences {
		for _, cells := range csvRows(s) {
			row(func(column string) string { return cells[column] })
		}
	}
	table.Flush()
	err := holds("CSV", sentences, func() ([]Sentence, error) {
		return ReadCSV(bytes.NewReader(out.Bytes()), "", anyLabel)
	})
	if err != nil {
		return err
	}
	return output(w, out.Bytes())
}

// csvRows returns the cells of a sentence's rows by their columns.
func csvRows(s Sentence) []map[string]string {
	var rows []map[string]string
	add := func(label classify.Label, status string, a Annotation) {
		row := map[string]string{
			"id": s.ID, "text": s.Text, "label": string(label), "status": status,
			"source": a.Source, "target": a.Target, "cue": a.Cue,
		}
		if s.Start != 0 || s.End != 0 {
			row["start"], row["end"] = strconv.Itoa(s.Start), strconv.Itoa(s.End)
		}
		for key, raw := range s.Extra {
			row[key] = extraCell(raw)
		}
		rows = append(rows, row)
	}
	for _, a := range s.Acts {
		add(a.Label, performed, a)
	}
	for _, l := range s.Mentioned {
		add(l, notPerformed, Annotation{})
	}
	if rows == nil {
		add("", "", Annotation{})
	}
	return rows
}

// extraCell shows a JSON value: a string as it is, unless it would be taken for
// JSON or for nothing.
func extraCell(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && text != "" && !json.Valid([]byte(text)) && string(compact(raw)) != "null" {
		return text
	}
	return string(compact(raw))
}

// cellExtra undoes extraCell.
func cellExtra(cell string) json.RawMessage {
	if json.Valid([]byte(cell)) {
		return compact(json.RawMessage(cell))
	}
	return encode(cell)
}

// formula reports whether a spreadsheet would take a cell for one.
func formula(cell string) bool {
	return cell != "" && strings.Contains("=+-@\t\r\n＝＋－＠", string([]rune(cell)[:1]))
}

// guard keeps a spreadsheet from computing a cell.
func guard(cell string) string {
	if formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unguard undoes guard.
func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}
