package corpus

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ReadCSV reads a table as [WriteCSV] writes it, and as spreadsheets save it:
// in UTF-8 with or without a byte order mark, with commas, semicolons or tabs between
// the cells, its columns and rows in any order. name stands for the file in
// error messages.
//
// The columns id, text and label must be there, those called status, source,
// target, cue, start and end may be, and the others are keys of [Sentence.Extra],
// if their cells are not empty. An empty status means performed. Rows with the same
// id are one sentence, and differ only in its acts and mentions. The errors are
// reported as for [Read], each with the id of its sentence.
func ReadCSV(r io.Reader, name string, opts ...Option) ([]Sentence, error) {
	p := newParser(name, opts)
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("corpus: reading %s: %w", name, err)
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	p.line, p.locate = 1, locator(data)
	if !p.validText(string(data)) {
		return nil, p.err()
	}
	p.locate = nil
	t := csvReader{parser: p, byID: map[string]*csvSentence{}}
	table := csv.NewReader(bytes.NewReader(data))
	table.Comma = delimiter(data)
	table.FieldsPerRecord = -1
	for !p.full() {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			p.csvError(err)
			break
		}
		p.line, _ = table.FieldPos(0)
		t.where = table.FieldPos
		for i := range cells {
			cells[i] = unguard(cells[i])
		}
		if t.header == nil {
			if t.readHeader(cells); len(p.errs) > 0 {
				break
			}
			continue
		}
		t.row(cells)
		p.in = ""
	}
	if t.header == nil && len(p.errs) == 0 {
		p.errorf(0, "no header: expected a line with the columns id, text and label")
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	sentences := make([]Sentence, len(t.order))
	for i, s := range t.order {
		sentences[i] = s.Sentence
	}
	return sentences, nil
}

// delimiter is what separates the cells of the first line.
func delimiter(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	switch {
	case bytes.IndexByte(line, '\t') >= 0:
		return '\t'
	case bytes.IndexByte(line, ';') >= 0 && bytes.IndexByte(line, ',') < 0:
		return ';'
	}
	return ','
}

// csvError notes an error of the syntax.
func (p *parser) csvError(err error) {
	var syntax *csv.ParseError
	if !errors.As(err, &syntax) {
		p.errs = append(p.errs, fmt.Errorf("corpus: reading %s: %w", p.file, err))
		return
	}
	p.failf(place{syntax.Line, syntax.Column - 1}, "malformed CSV: %v", syntax.Err)
}

// A csvReader gathers the rows of a table.
type csvReader struct {
	*parser
	header []string
	where  func(field int) (line, column int)
	byID   map[string]*csvSentence
	order  []*csvSentence
}

// A csvSentence is a sentence and the line of its first row.
type csvSentence struct {
	Sentence
	line int
}

// at is where a column of the row stands.
func (t *csvReader) at(column string) place {
	i := max(0, slices.Index(t.header, column)) // a column may be left out
	line, at := t.where(i)
	return place{line, at - 1}
}

func (t *csvReader) readHeader(cells []string) {
	t.header = cells
	for i, column := range cells {
		switch {
		case column == "":
			line, at := t.where(i)
			t.failf(place{line, at - 1}, "column %d has no name", i+1)
		case slices.Contains(cells[:i], column):
			t.failf(t.at(column), "column %q is there twice", column)
		}
	}
	for i, column := range csvColumns {
		if slices.Contains(cells, column) {
			continue
		}
		for _, cell := range cells {
			if near := closest(cell, []string{column}, min(2, len(column)/3)); near != "" && !slices.Contains(csvColumns, cell) {
				t.failf(t.at(cell), "unknown column %q: did you mean %q?", cell, column)
			}
		}
		if i < requiredColumns {
			t.failf(place{t.line, 0}, "missing column %q", column)
		}
	}
}

func (t *csvReader) row(cells []string) {
	if !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" }) {
		return // a spreadsheet's empty row
	}
	if len(cells) != len(t.header) {
		t.errorf(0, "%d cells, but %d columns", len(cells), len(t.header))
		return
	}
	before := len(t.errs)
	row := map[string]string{}
	s := csvSentence{line: t.line}
	for i, column := range t.header {
		row[column] = cells[i]
		if !slices.Contains(csvColumns, column) && cells[i] != "" {
			if s.Extra == nil {
				s.Extra = map[string]json.RawMessage{}
			}
			s.Extra[column] = cellExtra(cells[i])
		}
	}
	for _, column := range []string{"id", "text"} {
		if strings.TrimSpace(row[column]) == "" {
			t.failf(t.at(column), "%s is empty", column)
		}
	}
	s.ID, s.Text, t.in = row["id"], row["text"], row["id"]
	if row["start"] != "" || row["end"] != "" {
		t.line, _ = t.where(0)
		s.Start, s.End = t.offsets(t.number(row, "start"), t.number(row, "end"), value{}, s.Text)
	}
	if len(t.errs) > before {
		return
	}
	first := t.byID[s.ID]
	if first == nil {
		first = &s
		t.byID[s.ID] = first
		t.order = append(t.order, first)
	} else if what := differs(first.bare(), s.bare()); what != "" {
		t.failf(t.at("id"), "%s is not the same as in line %d", what, first.line)
		return
	}
	t.act(&first.Sentence, row)
}

// bare is the sentence without acts and mentions.
func (s csvSentence) bare() Sentence {
	s.Acts, s.Mentioned = nil, nil
	return s.Sentence
}

// number gives an offset as JSON; nothing if the cell is empty.
func (t *csvReader) number(row map[string]string, column string) value {
	if row[column] == "" {
		return value{}
	}
	raw := json.RawMessage(row[column])
	if !json.Valid(raw) {
		raw = encode(row[column])
	}
	return value{raw: bytes.TrimSpace(raw), at: t.at(column).at}
}

// act adds the act or mention of a row.
func (t *csvReader) act(s *Sentence, row map[string]string) {
	cell := func(column string) value {
		at := t.at(column)
		t.line = at.line
		return value{raw: encode(row[column]), at: at.at}
	}
	a := Annotation{
		Source: t.name(cell("source"), "source", s.Text),
		Target: t.name(cell("target"), "target", s.Text),
		Cue:    t.name(cell("cue"), "cue", s.Text),
	}
	filled := a != Annotation{}
	if row["label"] == "" {
		if filled || row["status"] != "" {
			t.failf(t.at("label"), "a row without a label has no status, source, target or cue")
		}
		return
	}
	a.Label = t.label(cell("label"))
	switch row["status"] {
	case performed, "":
		s.Acts = append(s.Acts, a)
	case notPerformed:
		if filled {
			t.failf(t.at("status"), "the source, target or cue of an act that is only mentioned cannot be held")
		}
		s.Mentioned = append(s.Mentioned, a.Label)
	default:
		t.failf(t.at("status"), "unknown status %q: expected %s or %s", row["status"], performed, notPerformed)
	}
}
