package classify

import (
	"strings"

	"github.com/demarche/demarche/internal/segment"
)

// A document carries what one sentence of a text tells about the next: open
// quotations and who speaks.
type document struct {
	rd        *reader
	sentences []segment.Sentence
	results   []Result
	quoted    bool // the last paragraph ended inside a quotation
	turn      Span // whose turn it is in a transcript
	quoting   Span // who spoke the quotation that is open or ended last
	named     Span // the person named last as a speaker
	actors    actorFinder
}

func (c *Classifier) document() *document {
	d := &document{rd: c.reader()}
	if c.gazetteer != nil {
		d.actors = actorFinder{g: c.gazetteer, people: map[string]string{}}
	}
	return d
}

func (c *Classifier) release(d *document) { c.readers.Put(d.rd) }

// paragraph classifies the sentences of one paragraph and yields them. base is
// the offset of text in the caller's text. It returns false when yield does.
func (d *document) paragraph(text string, p segment.Range, base int, yield func(Result) bool) bool {
	d.sentences = segment.AppendSentences(d.sentences[:0], text, p, maxSentence, d.quoted)
	d.results = d.results[:0]
	start := p.Start
	if name, ok := transcriptTurn(text[p.Start:p.End]); ok {
		d.turn = Span{base + p.Start, base + p.Start + len(name), name}
		start = p.Start + len(name)
		d.quoting = Span{}
	}
	for _, s := range d.sentences {
		from := s.Start
		if from < start && start < s.End {
			from = start + leadingMarks(text[start:s.End])
		}
		sentence := text[from:s.End]
		res := Result{Span: Span{base + from, base + s.End, sentence}, Text: sentence, Cut: s.Cut}
		if sentence == "" {
			continue
		}
		d.rd.speech = !d.rd.c.unattributed
		d.rd.sentence(&res, base+from, s.QuotedStart)
		d.rd.speech = false
		d.results = append(d.results, res)
	}
	if !d.rd.c.unattributed {
		d.speakers()
	}
	if n := len(d.sentences); n > 0 {
		d.quoted = d.sentences[n-1].QuotedEnd
	}
	for i, res := range d.results {
		d.results[i] = Result{}
		if d.actors.g != nil {
			d.actors.fill(&res, text, base)
		}
		if !yield(res) {
			return false
		}
	}
	return true
}

// transcriptTurn returns the name at the start of a paragraph of a transcript:
// "MS. PSAKI:" or a bare "Q".
func transcriptTurn(p string) (name string, ok bool) {
	if len(p) > 2 && p[0] == 'Q' && (p[1] == ' ' || p[1] == '\t' || p[1] == ':' || strings.HasPrefix(p[1:], "\u00a0")) {
		return "Q", true
	}
	const longest = 60
	i := strings.IndexByte(p[:min(len(p), longest)], ':')
	if i < 2 || i+1 < len(p) && p[i+1] != ' ' && p[i+1] != '\n' && !strings.HasPrefix(p[i+1:], "\u00a0") {
		return "", false
	}
	name = p[:i]
	letters := 0
	for _, r := range name {
		switch {
		case 'A' <= r && r <= 'Z' || r > 0x7f:
			letters++
		case r == ' ' || r == '.' || r == '-' || r == '\'' || r == ',' || r == '(' || r == ')':
		case strings.HasPrefix(name, "Mc"):
		default:
			return "", false
		}
	}
	return name, letters >= 2
}

// leadingMarks is the length of what stands between a turn's name and its
// first word.
func leadingMarks(s string) int {
	return len(s) - len(strings.TrimLeft(s, ": \t\r\n\u00a0"))
}

// speakers gives the sentences of the paragraph their speakers: a quotation
// that runs over several sentences has one, wherever it is named.
func (d *document) speakers() {
	n := len(d.results)
	if len(d.sentences) != n {
		return
	}
	for i := 0; i < n; {
		j := i + 1
		for j < n && d.sentences[j-1].QuotedEnd && d.sentences[j].QuotedStart {
			j++
		}
		d.quotation(i, j)
		i = j
	}
}

// quotation resolves the sentences [i, j) that one quotation holds together.
func (d *document) quotation(i, j int) {
	var speaker Span
	for k := i; k < j; k++ {
		if s := d.results[k].Speaker; !s.IsZero() {
			speaker = d.person(s)
			break
		}
	}
	inside := d.sentences[i].QuotedStart || j > i+1 || d.sentences[j-1].QuotedEnd || opensQuote(d.results[i].Text)
	switch {
	case !speaker.IsZero():
		d.quoting = speaker
	case inside:
		speaker = d.quoting // the quotation goes on, or another one follows it
	default:
		d.quoting = Span{}
	}
	if speaker.IsZero() {
		speaker = d.turn
	}
	for k := i; k < j; k++ {
		res := &d.results[k]
		if res.Speaker.IsZero() && (speaker == d.turn || inside) || !res.Speaker.IsZero() {
			res.Speaker = speaker
		}
		if res.Speaker.IsZero() {
			continue
		}
		for a := range res.Acts {
			act := &res.Acts[a]
			if act.Source.IsZero() {
				act.Source = res.Speaker
			}
		}
	}
}

// opensQuote reports whether the sentence begins with an opening mark.
func opensQuote(s string) bool {
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "‘")
}

// person ties a pronoun to the person named last, and remembers names.
func (d *document) person(s Span) Span {
	switch strings.ToLower(s.Text) {
	case "he", "she", "they", "it":
		if !d.named.IsZero() {
			return d.named
		}
		return s
	case "i", "we", "you":
		return s
	}
	d.named = s
	return s
}
