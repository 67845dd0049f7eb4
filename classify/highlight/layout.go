package highlight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/demarche/demarche/classify"
)

// A node is a piece of text, or an element around other nodes.
type node struct {
	Text string // of a piece of text
	// of an element
	Class, ID string
	Link      string // the id that it leads to; the element is then a link
	Trace     string // the id of what describes it; the keyboard can then reach it
	Role      string
	Touch     bool // a click focuses it
	Kids      []node
}

// A mark is a range of the text that is drawn in some way.
type mark struct {
	start, end int
	role       role
	class      string // of its elements, without the role's
	id         string // of its first element
	trace      string // id of the trace of a cue
	tag        string // what is written after it
	level      int    // of its underline
}

type role uint8

// The roles, the outermost first where marks cover the same words.
const (
	target role = iota
	source
	origin // a source or target of another sentence
	cue
)

var roleClass = [...]string{target: "target", source: "source", origin: "origin", cue: "cue"}

// A layout turns a document into nodes.
type layout struct {
	*legend
	doc     Document
	id      string
	numbers int                     // of acts and mentions drawn so far
	origins map[classify.Span]*mark // sources and targets outside their sentences
	pending []*mark                 // origins in the order of the text
}

func (l *legend) layout(number int, doc Document) (docView, error) {
	v := docView{
		ID:    fmt.Sprintf("d%d", number),
		Title: legible(doc.Title), Note: legible(doc.Note), Sentences: len(doc.Results),
	}
	if err := doc.check(); err != nil {
		return v, err
	}
	o := layout{legend: l, doc: doc, id: v.ID}
	o.findOrigins()
	at := 0
	for i, r := range doc.Results {
		v.Acts += len(r.Acts)
		v.Mentions += len(r.Mentions)
		v.Nodes = o.gap(v.Nodes, at, r.Span.Start)
		v.Nodes = append(v.Nodes, o.sentence(i, r))
		at = r.Span.End
	}
	v.Nodes = o.gap(v.Nodes, at, len(doc.Text))
	return v, nil
}

// check reports the first result that is not one of the text's, after the one
// before it.
func (d Document) check() error {
	at := 0
	for i, r := range d.Results {
		s := r.Span
		if s.Start < at || s.End < s.Start || s.End > len(d.Text) || d.Text[s.Start:s.End] != s.Text {
			return fmt.Errorf("result %d does not stand in the text at bytes %d-%d, or not after the one before it", i+1, s.Start, s.End)
		}
		at = s.End
	}
	return nil
}

// outside reports whether a span has nothing in the sentence.
func outside(s classify.Span, sentence classify.Span) bool {
	return s.End <= sentence.Start || s.Start >= sentence.End
}

// findOrigins marks the sources and targets that stand outside the sentences of
// their acts, with the numbers of these.
func (o *layout) findOrigins() {
	o.origins = map[classify.Span]*mark{}
	users := map[*mark][]string{}
	number := 0
	for _, r := range o.doc.Results {
		for _, c := range claims(r) {
			number++
			for _, p := range slices.Concat(c.sources, c.targets) {
				s := p.Span
				inText := 0 <= s.Start && s.Start < s.End && s.End <= len(o.doc.Text) && o.doc.Text[s.Start:s.End] == s.Text
				if !inText || !outside(s, r.Span) {
					continue
				}
				m := o.origins[s]
				if m == nil {
					m = &mark{start: s.Start, end: s.End, role: origin, id: fmt.Sprintf("%sb%d-%d", o.id, s.Start, s.End)}
					o.origins[s] = m
					o.pending = append(o.pending, m)
				}
				users[m] = append(users[m], fmt.Sprint(number))
			}
		}
	}
	for m, numbers := range users {
		m.tag = "part of " + brief(slices.Compact(numbers))
	}
	slices.SortFunc(o.pending, func(a, b *mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
}

// brief joins the first few of a list.
func brief(list []string) string {
	const most = 3
	if n := len(list) - most; n > 1 {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(list, ", ")
}

// originsIn returns the origins with something in a range, clipped to it.
// Ranges are asked for in the order of the text.
func (o *layout) originsIn(start, end int) []mark {
	for len(o.pending) > 0 && o.pending[0].end <= start {
		o.pending = o.pending[1:]
	}
	var in []mark
	for _, m := range o.pending {
		if m.start >= end {
			break
		}
		if m.end <= start {
			continue
		}
		in = append(in, *m)
		m.id = "" // of the first piece only
	}
	return in
}

// gap adds the text between two sentences.
func (o *layout) gap(nodes []node, start, end int) []node {
	if start == end {
		return nodes
	}
	kids := o.pieces(nil, start, end, o.originsIn(start, end))
	return append(nodes, node{Class: "gap", Kids: kids})
}

func (o *layout) sentence(i int, r classify.Result) node {
	var before, traces []node
	marks := o.originsIn(r.Span.Start, r.Span.End)
	for n, c := range claims(r) {
		o.numbers++
		k := o.key(c.label)
		class := fmt.Sprintf("%s k%d", k.Class(), min(n, ties-1))
		tag := fmt.Sprintf("%s %d", k.Name, o.numbers)
		if c.reason == "" {
			k.Acts++
			class += " act"
		} else {
			k.Mentions++
			class += " mention"
			tag += ", " + string(c.reason)
		}
		trace := fmt.Sprintf("%ss%dk%d", o.id, i+1, n)
		marks = append(marks, mark{start: c.cue.Start, end: c.cue.End, role: cue, class: class, trace: trace, tag: tag})
		for as, parties := range [][]party{target: c.targets, source: c.sources} {
			for _, p := range parties {
				tag := fmt.Sprintf("%s %d", roleClass[as], o.numbers)
				if outside(p.Span, r.Span) {
					before = append(before, o.reference(p.Span, role(as), class, tag, r.Span))
					continue
				}
				marks = append(marks, mark{start: p.Start, end: p.End, role: role(as), class: class, tag: tag})
			}
		}
		traces = append(traces, c.trace(o.numbers, party{r.Speaker, r.SpeakerActor}, class, trace))
	}
	kids := o.pieces(before, r.Span.Start, r.Span.End, marks)
	if r.Cut {
		kids = append(kids, note("too long, cut here"))
	}
	if r.Omitted > 0 {
		kids = append(kids, note(fmt.Sprintf("%d more left out", r.Omitted)))
	}
	if len(traces) > 0 {
		kids = append(kids, node{Class: "traces", Kids: traces})
	}
	return node{Class: "s", Kids: kids}
}

// note returns a tag that belongs to no mark.
func note(text string) node { return node{Class: "tag", Kids: []node{{Text: text}}} }

// longestName is the longest name before a sentence, in characters.
const longestName = 80

// reference names a source or target that stands in another sentence.
func (o *layout) reference(s classify.Span, as role, class, tag string, from classify.Span) node {
	name := legible(s.Text)
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName]) + "…"
	}
	n := node{Class: "ref of-" + roleClass[as] + " " + class}
	arrow := ""
	if m := o.origins[s]; m != nil {
		n.Link = fmt.Sprintf("%sb%d-%d", o.id, m.start, m.end)
		arrow = " ↑"
		if s.Start > from.Start {
			arrow = " ↓"
		}
	}
	n.Kids = []node{{Text: tag + ": " + name + arrow}}
	return n
}

// pieces adds the text of a range, cut wherever a mark begins or ends, each
// piece within the elements of its marks.
func (o *layout) pieces(nodes []node, start, end int, marks []mark) []node {
	if len(marks) == 0 {
		return appendText(nodes, o.piece(start, end))
	}
	cuts := []int{start, end}
	kept := marks[:0]
	for _, m := range marks {
		m.start, m.end = max(m.start, start), min(m.end, end)
		if m.start < m.end {
			kept = append(kept, m)
			cuts = append(cuts, m.start, m.end)
		}
	}
	slices.SortStableFunc(kept, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.role, b.role))
	})
	spread(kept)
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := range len(cuts) - 1 {
		from, to := cuts[i], cuts[i+1]
		piece := appendText(nil, o.piece(from, to))
		for _, m := range slices.Backward(kept) {
			if m.start <= from && to <= m.end {
				piece = []node{m.element(from, to, piece)}
			}
		}
		nodes = append(append(nodes, piece...), tagsAt(to, kept)...)
	}
	return nodes
}

// piece is a range of the text. Of a line break of two characters that is cut in
// two only the second is kept: a browser would make two breaks of them.
func (o *layout) piece(from, to int) string {
	text := o.doc.Text
	if from < to && text[to-1] == '\r' && to < len(text) && text[to] == '\n' {
		to--
	}
	return text[from:to]
}

// element returns the element around a piece of what m covers.
func (m mark) element(from, to int, kids []node) node {
	n := node{Class: roleClass[m.role], Touch: m.class != "", Kids: kids}
	if m.class != "" {
		n.Class += " " + m.class
	}
	if m.role != cue {
		n.Class += fmt.Sprintf(" u%d", m.level)
	}
	if from == m.start {
		n.ID, n.Trace = m.id, m.trace
	} else {
		n.Class += " continuing" // from the piece before it
	}
	if to < m.end {
		n.Class += " continued"
	}
	return n
}

// tagsAt returns the tags of the marks that end at a place, those of cues first.
// They stand behind the elements of the marks, which would underline them.
func tagsAt(end int, marks []mark) []node {
	var tags []node
	for _, r := range []role{cue, source, target, origin} {
		for _, m := range marks {
			if m.role == r && m.end == end && m.tag != "" {
				tags = append(tags, node{Class: strings.TrimSpace("tag of-" + roleClass[r] + " " + m.class), Kids: []node{{Text: legible(m.tag)}}})
			}
		}
	}
	return tags
}

// spread gives underlines that meet different levels, as far as there are
// levels.
func spread(marks []mark) {
	const levels = 4
	for i := range marks {
		var taken [levels]bool
		for _, m := range marks[:i] {
			if m.role != cue && m.end > marks[i].start {
				taken[m.level] = true
			}
		}
		marks[i].level = max(slices.Index(taken[:], false), 0)
	}
}
