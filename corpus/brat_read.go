package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// ReadBrat reads the annotation of a document in the stand-off format of the
// annotation tool brat: the text itself, and what is annotated in it. name is the
// name of both files without the endings .txt and .ann, for error messages and
// ids.
//
// It reads what [WriteBrat] writes, and what people make of it in brat. A
// text-bound annotation of type Sentence is a sentence. Without a note that gives
// its id, its id is the name with a number. If there is none, every line of the
// text that is not blank is a sentence. An event of the type of a label is an act,
// and its trigger is the cue; a text-bound annotation of that type without an
// event will do. Source and Target are arguments of events, or relations from
// the act to a text-bound annotation; with numbers behind them (Source2) there
// may be several, and the act becomes one for each pair of them. The attribute
// Mentioned makes an act a mention.
//
// Offsets in these files count Unicode code points. The errors are, besides
// those of [Read]: a line that is not in the format, offsets that are not in the
// text, words that are not those at the offsets, an id that is used twice or not
// there, an annotation outside all sentences or in several, and all that a
// [Sentence] cannot hold, such as other types, attributes and notes, and
// stretches with gaps.
func ReadBrat(txt, ann io.Reader, name string, opts ...Option) ([]Sentence, error) {
	p := newParser(name+".txt", opts)
	raw, err := io.ReadAll(txt)
	if err != nil {
		return nil, fmt.Errorf("corpus: reading %s: %w", p.file, err)
	}
	p.line = 1
	p.locate = locator(raw)
	if !p.validText(string(raw)) {
		return nil, p.err()
	}
	p.locate = nil
	p.file = name + ".ann"
	b := bratReader{
		parser: p, name: name, text: string(raw), ruler: newRuler(string(raw), false),
		ids: map[string]int{}, bound: map[string]*bratMark{}, events: map[string]*bratMark{}, triggers: map[string][]*bratMark{},
	}
	p.lines(ann, b.read)
	if err := p.err(); err != nil { // of the lines by themselves
		return nil, err
	}
	sentences := b.sentences()
	slices.SortStableFunc(p.errs, func(a, b error) int {
		var v, w *Error
		if errors.As(a, &v) && errors.As(b, &w) && v.Msg != tooMany && w.Msg != tooMany {
			return cmp.Or(cmp.Compare(v.Line, w.Line), cmp.Compare(v.Column, w.Column))
		}
		return cmp.Compare(column(a), column(b))
	})
	if err := p.err(); err != nil {
		return nil, err
	}
	return sentences, nil
}

// A bratReader gathers the lines of the annotation.
type bratReader struct {
	*parser
	name  string
	text  string
	ruler ruler

	ids       map[string]int       // the line of each id
	bound     map[string]*bratMark // text-bound annotations
	events    map[string]*bratMark
	triggers  map[string][]*bratMark // the events of each trigger
	order     []*bratMark            // both, in the order of the file
	links     []link
	attribute []bratFact // which mark is only mentioned
	notes     []bratFact
}

type bratMark struct {
	mark
	event bool
	note  *bratFact
}

func (m *bratMark) isSentence() bool { return !m.event && m.label == bratSentence }

// A bratFact says something of a mark.
type bratFact struct {
	of   string
	text string
	at   place
}

// read takes in one line.
func (b *bratReader) read(data []byte) {
	if !b.validText(string(data)) {
		return
	}
	fields := strings.SplitN(string(data), "\t", 3)
	id := fields[0]
	if len(fields) < 2 || id == "" {
		b.errorf(0, "not a line of brat's: expected an id, a tab and an annotation")
		return
	}
	if id != "*" {
		if line, ok := b.ids[id]; ok {
			b.errorf(0, "duplicate id %q, first used in line %d", id, line)
			return
		}
		b.ids[id] = b.line
	}
	words := strings.Fields(fields[1])
	if len(words) == 0 {
		b.errorf(len(id)+1, "not a line of brat's: expected an annotation behind the tab")
		return
	}
	rest := ""
	if len(fields) == 3 {
		rest = fields[2]
	}
	switch id[0] {
	case 'T':
		b.readBound(id, fields[1], rest)
	case 'E':
		b.readEvent(id, words)
	case 'R':
		b.readRelation(words)
	case 'A', 'M':
		if len(words) != 2 || words[0] != bratMentioned {
			b.errorf(0, "attribute %q cannot be held: expected "+bratMentioned, strings.Join(words, " "))
			return
		}
		b.attribute = append(b.attribute, bratFact{of: words[1], at: b.here(0)})
	case '#':
		if len(words) != 2 {
			b.errorf(0, "a note has a type and the id that it is about, not %q", fields[1])
			return
		}
		b.notes = append(b.notes, bratFact{of: words[1], text: rest, at: b.here(len(id) + len(fields[1]) + 2)})
	default:
		b.errorf(0, "annotation %q cannot be held: expected text-bound ones, events, relations and the attribute "+bratMentioned, id)
	}
}

// readBound reads "Type 0 5;6 10" and the words there.
func (b *bratReader) readBound(id, span, words string) {
	kind, offsets, _ := strings.Cut(strings.TrimSpace(span), " ")
	start, end := -1, -1
	for part := range strings.SplitSeq(offsets, ";") {
		ends := strings.Fields(part)
		if len(ends) != 2 {
			b.errorf(len(id)+1, "offsets %q: expected a start and an end", part)
			return
		}
		from, errFrom := strconv.Atoi(ends[0])
		to, errTo := strconv.Atoi(ends[1])
		i, j, ok := b.ruler.span(from, to)
		if errFrom != nil || errTo != nil || !ok {
			b.errorf(len(id)+1, "%s is not a stretch of the text, which has %d characters", strings.Join(ends, " to "), b.ruler.length())
			return
		}
		if start >= 0 && (i < end || strings.TrimSpace(b.text[end:i]) != "") {
			b.errorf(len(id)+1, "a stretch with a gap cannot be held: %q is left out", b.text[min(i, end):max(i, end)])
			return
		}
		if start < 0 {
			start = i
		}
		end = j
	}
	if here := b.text[start:end]; words != "" && !slices.Equal(strings.Fields(words), strings.Fields(here)) {
		b.errorf(len(id)+len(span)+2, "the words %q do not stand there: the text has %q", words, here)
		return
	}
	m := &bratMark{mark: mark{id: id, label: kind, start: start, end: end, at: b.here(len(id) + 1)}}
	b.bound[id] = m
	b.order = append(b.order, m)
}

// readEvent reads "label:T1 Source:T2 Target:T3".
func (b *bratReader) readEvent(id string, words []string) {
	kind, trigger, ok := strings.Cut(words[0], ":")
	if !ok {
		b.errorf(len(id)+1, "event %q without a trigger: expected type:id", words[0])
		return
	}
	m := &bratMark{event: true, mark: mark{id: id, label: kind, at: b.here(len(id) + 1)}}
	b.events[id] = m
	b.triggers[trigger] = append(b.triggers[trigger], m)
	b.order = append(b.order, m)
	for _, w := range words[1:] {
		role, to, ok := strings.Cut(w, ":")
		if !ok {
			b.errorf(len(id)+1, "argument %q: expected role:id", w)
			continue
		}
		b.links = append(b.links, link{from: id, to: to, role: strings.TrimRight(role, "0123456789"), at: m.at})
	}
}

// readRelation reads "source Arg1:T1 Arg2:T2".
func (b *bratReader) readRelation(words []string) {
	if len(words) == 3 {
		_, from, okFrom := strings.Cut(words[1], ":")
		_, to, okTo := strings.Cut(words[2], ":")
		if okFrom && okTo {
			b.links = append(b.links, link{from: from, to: to, role: words[0], at: b.here(0)})
			return
		}
	}
	b.errorf(0, "relation %q: expected a type and two arguments", strings.Join(words, " "))
}

// sentences puts together what was read.
func (b *bratReader) sentences() []Sentence {
	b.resolve()
	sentences, marks := b.split()
	if len(b.errs) > 0 {
		return nil
	}
	home := map[string]int{} // the sentence of each mark
	for _, m := range b.order {
		if m.isSentence() || !m.event && b.triggers[m.id] != nil {
			continue
		}
		if i, ok := b.within(m.mark, sentences); ok {
			home[m.id] = i
			inner := m.mark
			inner.start, inner.end = m.start-sentences[i].start, m.end-sentences[i].start
			marks[i] = append(marks[i], inner)
		}
	}
	links := make([][]link, len(sentences))
	for _, l := range b.links {
		from, to := home[l.from], home[l.to]
		if from != to {
			b.failf(l.at, "%s links sentence %q to %q", l.role, sentences[from].ID, sentences[to].ID)
			continue
		}
		links[from] = append(links[from], l)
	}
	if len(b.errs) > 0 {
		return nil
	}
	result := make([]Sentence, len(sentences))
	for i, s := range sentences {
		b.in = s.ID
		s.Acts, s.Mentioned = b.assemble(s.Text, marks[i], links[i])
		result[i] = s.Sentence
		b.in = ""
	}
	return result
}

// resolve gives events the span of their trigger, and hands on to marks what is
// said of them.
func (b *bratReader) resolve() {
	for id, events := range b.triggers {
		for _, e := range events {
			t := b.bound[id]
			if t == nil {
				b.failf(e.at, "trigger %q is not there", id)
				continue
			}
			if t.label != e.label {
				b.failf(e.at, "the trigger %q is not of the type of its event, %q", id, e.label)
			}
			e.start, e.end = t.start, t.end
		}
	}
	for i := range b.links {
		l := &b.links[i]
		from, to := b.about(l.from), b.bound[l.to]
		switch {
		case from == nil || from.isSentence():
			b.failf(l.at, "%s of %q, which is no act, or several", l.role, l.from)
		case b.events[l.to] != nil || b.triggers[l.to] != nil:
			b.failf(l.at, "%s %q is an act itself, which cannot be held", l.role, l.to)
		case to == nil || to.isSentence():
			b.failf(l.at, "%s %q is not there", l.role, l.to)
		default:
			l.from = from.id // of a trigger, its event
		}
	}
	for _, f := range b.attribute {
		m := b.about(f.of)
		if m == nil || m.isSentence() {
			b.failf(f.at, "attribute of %q, which is no act, or several", f.of)
			continue
		}
		m.mentioned = true
	}
	for _, f := range b.notes {
		m := b.about(f.of)
		if m == nil || !m.isSentence() || !isNote(f.text) || m.note != nil {
			b.failf(f.at, "note %q on %s cannot be held", f.text, f.of)
			continue
		}
		m.note = &f
	}
}

// about finds the mark that something is said of: of a trigger, its event, if it
// has only one.
func (b *bratReader) about(id string) *bratMark {
	switch events := b.triggers[id]; len(events) {
	case 0:
	case 1:
		return events[0]
	default:
		return nil
	}
	if m := b.events[id]; m != nil {
		return m
	}
	return b.bound[id]
}

// A standing sentence is one with its place in the text.
type standing struct {
	Sentence
	start int
}

// split finds the sentences of the text.
func (b *bratReader) split() ([]standing, [][]mark) {
	var sentences []standing
	for _, m := range b.order {
		if !m.isSentence() {
			continue
		}
		b.line = m.at.line
		s := standing{start: m.start}
		if m.note != nil {
			b.line = m.note.at.line
			s.Sentence, _ = b.readNote([]byte(m.note.text), m.note.at.at)
		} else {
			s.Start, s.End = m.start, m.end
			s.ID = b.number(len(sentences))
		}
		s.Text = b.text[m.start:m.end]
		if strings.TrimSpace(s.Text) == "" {
			b.failf(m.at, "the sentence is empty")
		}
		sentences = append(sentences, s)
	}
	if sentences == nil {
		sentences = b.textLines()
	}
	return sentences, make([][]mark, len(sentences))
}

// textLines makes a sentence of each line of the text.
func (b *bratReader) textLines() []standing {
	var sentences []standing
	start := 0
	for line := range strings.SplitAfterSeq(b.text, "\n") {
		trimmed := strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF"))
		if trimmed != "" {
			from := start + strings.Index(line, trimmed)
			s := standing{start: from}
			s.ID, s.Text, s.Start, s.End = b.number(len(sentences)), trimmed, from, from+len(trimmed)
			sentences = append(sentences, s)
		}
		start += len(line)
	}
	return sentences
}

// number makes an id for the sentence after n others.
func (b *bratReader) number(n int) string {
	id := b.name + "." + strconv.Itoa(n+1)
	return b.id(value{raw: encode(id)})
}

// within returns the only sentence that holds a mark.
func (b *bratReader) within(m mark, sentences []standing) (int, bool) {
	found, n := 0, 0
	for i, s := range sentences {
		if s.start <= m.start && m.end <= s.start+len(s.Text) {
			found = i
			n++
		}
	}
	switch words := b.text[m.start:m.end]; {
	case n == 0:
		b.failf(m.at, "%s %q does not lie within a sentence", m.label, words)
	case n > 1:
		b.failf(m.at, "%s %q lies within %d sentences", m.label, words, n)
	}
	return found, n == 1
}
