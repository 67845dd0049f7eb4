package main

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"github.com/demarche/demarche/classify"
)

//go:embed page.css
var style string

//go:embed page.html
var pageFile string

var pageTemplate = template.Must(template.New("page").Parse(pageFile))

// colours is how many labels have a colour of their own in the style sheet.
const colours = 8

// shown is how many sentences the page shows for a number; all are in the CSV.
const shown = 100

// A report is what the page shows of a tally.
type report struct {
	tally    *tally
	Title    string
	top      int
	Style    template.CSS
	Policy   string
	Summary  string
	Stopped  string
	Maps     []heatMap
	Timeline timeline
}

// A heatMap is the matrix of a label.
type heatMap struct {
	Index   int
	Label   string
	Class   string
	Total   int // acts
	Targets []name
	Rows    []heatRow
	Legend  []step
}

type heatRow struct {
	Source name
	Cells  []cell
	Sum    int
}

// A cell is the number of acts of a source towards a target.
type cell struct {
	ID        string
	Count     int
	Heat      int // 1 to heats; 0 for none
	Title     string
	Sentences []quote
	More      int // sentences not shown
}

// A name is a heading of a row or column. Rest is set for those that stand for
// whatever has no name.
type name struct {
	Text string
	Rest bool
}

func heading(s string) name { return name{legible(s), rest(s)} }

func rest(s string) bool { return s == other || s == notNamed }

// A step explains a shade.
type step struct {
	Heat int
	Text string
}

// heats is how many shades the style sheet has.
const heats = 5

// A quote is a sentence behind a number, in three parts.
type quote struct {
	Document, Date       string
	Before, Cue, After   string
	Source, Target, Rule string
}

// write writes the page.
func (r *report) write(w io.Writer) error {
	sum := sha256.Sum256([]byte(style))
	r.Style = template.CSS(style)
	r.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	r.Title = legible(r.Title)
	r.Summary = fmt.Sprintf("%s, %s, %s", plural(r.tally.documents, "document"), plural(r.tally.sentences, "sentence"), plural(r.tally.acts, "act"))
	r.Stopped = legible(r.tally.stopped)
	for i, label := range r.tally.labels() {
		r.Maps = append(r.Maps, r.heatMap(i, label))
	}
	r.Timeline = r.tally.timeline()
	return pageTemplate.Execute(w, r)
}

func (r *report) heatMap(index int, label classify.Label) heatMap {
	m := heatMap{Index: index, Label: legible(string(label)), Class: fmt.Sprintf("c%d", index%colours)}
	var deeds []deed
	acts := map[int]bool{}
	for _, d := range r.tally.deeds {
		if d.label == label && d.mention == "" {
			deeds = append(deeds, d)
			acts[d.act] = true
		}
	}
	m.Total = len(acts)
	sources := r.axis(deeds, func(d deed) string { return d.source.name })
	targets := r.axis(deeds, func(d deed) string { return d.target.name })
	cells := map[pair][]deed{}
	most, mostNamed := 0, 0
	for _, d := range deeds {
		p := pair{on(sources, d.source.name), on(targets, d.target.name)}
		cells[p] = append(cells[p], d)
		most = max(most, len(cells[p]))
		if !rest(p.source) && !rest(p.target) {
			mostNamed = max(mostNamed, len(cells[p]))
		}
	}
	largest := most
	if mostNamed > 0 { // the others, often more, shall not make all of these pale
		most = mostNamed
	}
	for _, target := range targets {
		m.Targets = append(m.Targets, heading(target))
	}
	for i, source := range sources {
		row := heatRow{Source: heading(source)}
		for k, target := range targets {
			behind := cells[pair{source, target}]
			c := cell{Count: len(behind), Heat: heat(len(behind), most)}
			if c.Count > 0 {
				c.ID = fmt.Sprintf("m%d-%d-%d", index, i, k)
				c.Title = fmt.Sprintf("%s: %s → %s", m.Label, row.Source.Text, legible(target))
				c.Sentences, c.More = quotes(behind)
			}
			row.Cells = append(row.Cells, c)
			row.Sum += c.Count
		}
		m.Rows = append(m.Rows, row)
	}
	m.Legend = legend(most, largest)
	return m
}

// axis lists the names with the most deeds, and then what has no name.
func (r *report) axis(deeds []deed, nameOf func(deed) string) []string {
	count := map[string]int{}
	for _, d := range deeds {
		count[nameOf(d)]++
	}
	names := make([]string, 0, len(count))
	for n := range count {
		if n != notNamed && n != other {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	others := count[other] > 0 || len(names) > r.top
	names = names[:min(len(names), r.top)]
	if others {
		names = append(names, other)
	}
	if count[notNamed] > 0 {
		names = append(names, notNamed)
	}
	return names
}

// on is where on the axis a name is counted.
func on(axis []string, name string) string {
	if slices.Contains(axis, name) {
		return name
	}
	return other
}

// heat is the shade of a number, from 1 to heats.
func heat(n, most int) int {
	if n == 0 {
		return 0
	}
	if most <= heats { // few have light shades, whatever the most are
		return min(heats, n)
	}
	return min(heats, (n*heats+most-1)/most)
}

// legend says which of the numbers up to the largest have which shade.
func legend(most, largest int) []step {
	var steps []step
	for n := 1; n <= largest; {
		first, h := n, heat(n, most)
		for n <= largest && heat(n, most) == h {
			n++
		}
		text := fmt.Sprint(first)
		switch {
		case h == heats && n-1 > first:
			text += " or more"
		case n-1 > first:
			text = fmt.Sprintf("%d–%d", first, n-1)
		}
		steps = append(steps, step{h, text})
	}
	return steps
}

func quotes(deeds []deed) (list []quote, more int) {
	for i, d := range deeds {
		if i == shown {
			return list, len(deeds) - shown
		}
		q := quote{Document: legible(d.document), Source: legible(d.source.text), Target: legible(d.target.text), Rule: d.rules[0]}
		if !d.date.IsZero() {
			q.Date = d.date.Format(time.DateOnly)
		}
		s := d.sentence
		start, end := d.cue.Start-s.Start, d.cue.End-s.Start
		q.Before, q.Cue, q.After = legible(s.Text[:start]), legible(s.Text[start:end]), legible(s.Text[end:])
		list = append(list, q)
	}
	return list, 0
}

// A timeline is the number of acts of each label by day, month or year.
type timeline struct {
	Labels  []axisLabel
	Periods []period
	Undated int
	Unit    string // "day"
}

type axisLabel struct{ Name, Class string }

// A period is a row of it, or stands for some without acts.
type period struct {
	Name    string
	Gap     int // how many periods without acts; 0 for one with some
	Columns int // of the gap
	Bars    []bar
}

// A bar is a number and its length in per cent of the longest.
type bar struct {
	Count, Width int
	Class        string
}

// timeline counts the acts of documents with a date. Its unit is the day for up
// to two months, and else the month for up to three years, and else the year.
func (t *tally) timeline() timeline {
	var tl timeline
	counts := map[string]map[classify.Label]int{}
	var first, last time.Time
	acts := map[int]deed{}
	for _, d := range t.deeds {
		if d.mention != "" {
			continue
		}
		if _, ok := acts[d.act]; ok {
			continue
		}
		acts[d.act] = d
		if d.date.IsZero() {
			tl.Undated++
			continue
		}
		if first.IsZero() || d.date.Before(first) {
			first = d.date
		}
		if d.date.After(last) {
			last = d.date
		}
	}
	if first.IsZero() {
		return tl
	}
	layout, step := time.DateOnly, func(d time.Time) time.Time { return d.AddDate(0, 0, 1) }
	tl.Unit = "day"
	from := first
	switch {
	case last.After(first.AddDate(3, 0, 0)):
		layout, tl.Unit = "2006", "year"
		step = func(d time.Time) time.Time { return d.AddDate(1, 0, 0) }
		from = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case last.After(first.AddDate(0, 2, 0)):
		layout, tl.Unit = "2006-01", "month"
		step = func(d time.Time) time.Time { return d.AddDate(0, 1, 0) }
		from = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	most := 0
	for _, d := range acts {
		if d.date.IsZero() {
			continue
		}
		key := d.date.Format(layout)
		if counts[key] == nil {
			counts[key] = map[classify.Label]int{}
		}
		counts[key][d.label]++
		most = max(most, counts[key][d.label])
	}
	for i, l := range t.labels() {
		tl.Labels = append(tl.Labels, axisLabel{legible(string(l)), fmt.Sprintf("c%d", i%colours)})
	}
	gap := 0
	for at := from; !at.After(last); at = step(at) {
		key := at.Format(layout)
		if counts[key] == nil {
			gap++
			continue
		}
		if gap > 0 {
			tl.Periods = append(tl.Periods, period{Name: plural(gap, tl.Unit) + " without", Gap: gap, Columns: len(tl.Labels) + 1})
			gap = 0
		}
		p := period{Name: key}
		for i, l := range t.labels() {
			n := counts[key][l]
			p.Bars = append(p.Bars, bar{Count: n, Width: (n*100 + most - 1) / most, Class: tl.Labels[i].Class})
		}
		tl.Periods = append(tl.Periods, p)
	}
	return tl
}

// Slug is the id of the heat map's heading.
func (m heatMap) Slug() string { return fmt.Sprint("map-", m.Index) }
