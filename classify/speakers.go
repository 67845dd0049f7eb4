package classify

import (
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/segment"
	"github.com/demarche/demarche/internal/vocab"
)

// A document carries what one sentence of a text tells about the next: open
// quotations, who speaks, and who has been named.
type document struct {
	rd        *reader
	sentences []segment.Sentence
	held      []heldResult // not yet yielded
	people    people
	quoted    bool // the last paragraph ended inside a quotation
	turn      Span // whose turn it is in a transcript
	quoting   Span // who spoke the quotation that is open or ended last
	narration Span // the last sentence without a quotation
	actors    actorFinder
}

// A heldResult waits for its speaker.
type heldResult struct {
	Result
	quotedStart, quotedEnd bool
	turn                   Span
	voice                  voice
}

// maxHeld is how many sentences of a quotation wait for its speaker to be
// named, at most.
const maxHeld = 64

func (c *Classifier) document() *document {
	d, ok := c.documents.Get().(*document)
	if !ok {
		rd := newReader(c)
		d = &document{rd: rd, people: people{rd: rd}}
	}
	if c.gazetteer != nil {
		d.actors = actorFinder{g: c.gazetteer, people: map[string]string{}}
	}
	return d
}

// release takes a document back when it has been read. Its buffers are kept,
// and nothing of the text.
func (c *Classifier) release(d *document) {
	clear(d.held[:cap(d.held)])
	*d = document{rd: d.rd, sentences: d.sentences[:0], held: d.held[:0], people: d.people}
	d.people.forget()
	c.documents.Put(d)
}

// paragraph classifies the sentences of one paragraph and yields them, but for
// those of a quotation that goes on and whose speaker is not known yet. base is
// the offset of text in the caller's text; cut says that the paragraph goes on
// in the next one. It returns false when yield does.
func (d *document) paragraph(text string, cut bool, base int, yield func(Result) bool) bool {
	limits := &d.rd.c.limits
	d.sentences = segment.AppendSentences(d.sentences[:0], text, segment.Range{End: len(text)}, limits.Sentence, d.quoted)
	attributed := !d.rd.c.unattributed
	start := 0
	if name, ok := d.rd.transcriptTurn(text); ok {
		start = len(name)
		if attributed {
			d.turn = Span{base, base + start, name}
			d.quoting = Span{}
			d.rd.split(name, false)
			d.people.look(name, base, d.rd.toks)
		}
	}
	for i, s := range d.sentences {
		from := s.Start
		if from < start && start < s.End {
			from = start + leadingMarks(text[start:s.End])
		}
		sentence := text[from:s.End]
		if sentence == "" {
			continue
		}
		d.held = append(d.held, heldResult{
			Result:      Result{Span: Span{base + from, base + s.End, sentence}, Text: sentence, Cut: s.Cut || cut && i == len(d.sentences)-1},
			quotedStart: s.QuotedStart, quotedEnd: s.QuotedEnd, turn: d.turn,
		})
		h := &d.held[len(d.held)-1]
		if attributed {
			d.rd.speech, d.rd.people = true, &d.people
		}
		d.rd.sentence(&h.Result, base+from, s.QuotedStart)
		d.rd.speech, d.rd.people = false, nil
		limits.omit(&h.Result)
		h.voice = d.rd.voice
	}
	if n := len(d.sentences); n > 0 {
		d.quoted = d.sentences[n-1].QuotedEnd
	}
	if attributed {
		d.people.remember(text, base)
	}
	return d.settle(yield, false)
}

// finish yields what is held back.
func (d *document) finish(yield func(Result) bool) bool { return d.settle(yield, true) }

// settle gives the sentences their speakers and yields them. A quotation that
// runs over several sentences has one speaker, wherever it is named; unless the
// text is at its end, one that goes on waits for that.
func (d *document) settle(yield func(Result) bool, end bool) bool {
	n := len(d.held)
	if !d.rd.c.unattributed {
		for i := 0; i < n; {
			j := i + 1
			for j < n && d.held[j-1].quotedEnd && d.held[j].quotedStart {
				j++
			}
			if !d.quotation(d.held[i:j], end || j < n || j-i >= maxHeld) {
				n = i
				break
			}
			i = j
		}
	}
	for i := range n {
		res := d.held[i].Result
		if d.actors.g != nil {
			d.actors.fill(&res, d.people.around)
		}
		if !yield(res) {
			return false
		}
	}
	d.held = slices.Delete(d.held, 0, n)
	return true
}

// quotation resolves the sentences that one quotation holds together. It
// returns false if it cannot yet, and need not.
func (d *document) quotation(group []heldResult, must bool) bool {
	first, last := &group[0], &group[len(group)-1]
	inside := first.quotedStart || len(group) > 1 || last.quotedEnd || opensQuote(first.Text)
	var said, speaker Span
	for i := range group {
		if said = group[i].Speaker; !said.IsZero() {
			speaker = d.person(said, group[i].Span.Start)
			break
		}
	}
	switch {
	case !speaker.IsZero():
		d.quoting = speaker
	case !must && last.quotedEnd && d.quoting.IsZero() && first.turn.IsZero():
		return false
	case inside:
		speaker = d.quoting // the quotation goes on, or another one follows it
	default:
		d.quoting = Span{}
	}
	for i := range group {
		h := &group[i]
		if !speaker.IsZero() && (inside || h.Speaker == said) &&
			(h.quotedStart || h.quotedEnd || opensQuote(h.Text) || directSpeech(h.Text)) {
			h.Speaker = speaker
		} else {
			h.Speaker = h.turn // of a few borrowed words the narrator is the speaker
		}
		if !inside && h.Speaker.IsZero() {
			d.narration = h.Span
		}
		d.sources(h, said)
	}
	return true
}

// sources ties the sources and targets of a sentence to its speaker and to the
// people whom the text has named. said is how its own words name the speaker.
func (d *document) sources(h *heldResult, said Span) {
	for i := range h.Acts {
		a := &h.Acts[i]
		d.tie(&a.Source, a.Sources, h, h.voice.acts, a.Label, said)
		d.named(&a.Target, a.Targets, h)
	}
	for i := range h.Mentions {
		m := &h.Mentions[i]
		d.tie(&m.Source, m.Sources, h, h.voice.mentions, m.Label, said)
		d.named(&m.Target, m.Targets, h)
	}
}

// tie puts the speaker in the place of a source that is the speaker, and the
// person for one that refers back to somebody.
func (d *document) tie(source *Span, all []Span, h *heldResult, own labelSet, l Label, said Span) {
	if own>>slices.Index(d.rd.c.labels, l)&1 != 0 || !source.IsZero() && *source == said {
		if !h.Speaker.IsZero() {
			*source = h.Speaker
			if len(all) > 0 {
				all[0] = h.Speaker
			}
		}
		return
	}
	if personal(source.Text) != anyPronoun {
		*source = d.person(*source, h.Span.Start)
		if len(all) > 0 {
			all[0] = *source
		}
		return
	}
	d.named(source, all, h)
}

// named ties surnames to the full names.
func (d *document) named(first *Span, all []Span, h *heldResult) {
	*first = d.fullName(*first, h.Span.Start)
	for i := range all {
		all[i] = d.fullName(all[i], h.Span.Start)
	}
}

// fullName ties a name of one word to the full name that the text before offset
// end has given.
func (d *document) fullName(s Span, end int) Span {
	if s.IsZero() || !isUpper(s.Text[0]) || strings.IndexByte(s.Text, ' ') >= 0 || s.Start < end && s.End <= end ||
		!d.people.introduced(s.Text, end) {
		return s
	}
	d.people.readTo(end)
	if who := d.people.find(s.Text); who != nil {
		return who.name
	}
	return s
}

// The pronouns that stand for somebody named before.
type pronoun uint8

const (
	anyPronoun pronoun = iota // none of them
	he
	she
)

func personal(s string) pronoun {
	switch {
	case strings.EqualFold(s, "he"):
		return he
	case strings.EqualFold(s, "she"):
		return she
	}
	return anyPronoun
}

// person returns who is meant by a phrase in the sentence that begins at offset
// start: by a pronoun, a surname, an office, or by "the statement".
func (d *document) person(s Span, start int) Span {
	switch personal(s.Text) {
	case he, she:
		d.people.readTo(start)
		g := male
		if personal(s.Text) == she {
			g = female
		}
		who, ok := d.people.mentioned(g, "")
		if !ok {
			return s
		}
		d.people.mention(who.Text, start)
		return who
	}
	head := lastWord(s.Text)
	switch {
	case head == "":
		return s
	case isUpper(head[0]):
		return d.withFirstName(s, head, start)
	case d.rd.isText(head):
		// whose text it is, unless that is said to be a text again
		if who := d.rd.subject(d.narration); !who.IsZero() && !d.rd.isText(lastWord(who.Text)) {
			return d.person(who, start)
		}
		return s
	}
	d.people.readTo(start)
	if who, ok := d.people.withRole(head); ok && strings.HasPrefix(strings.ToLower(s.Text), "the ") {
		d.people.mention(who.Text, start)
		return who
	}
	return s
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// withFirstName ties "Ms Roe" and "Roe" to "Ada Roe".
func (d *document) withFirstName(s Span, surname string, start int) Span {
	if words := strings.Count(s.Text, " "); words > 1 || words == 1 && !d.rd.isTitle(s.Text[:len(s.Text)-len(surname)-1]) {
		return s
	}
	full := d.fullName(Span{start, start + len(surname), surname}, start)
	if full.Start >= start {
		return s
	}
	return full
}

// maxTurn is the longest name at the start of a turn, in bytes.
const maxTurn = 60

// transcriptTurn returns the name at the start of a paragraph of a transcript:
// "MS. PSAKI:", "Secretary Blinken:" or a bare "Q".
func (rd *reader) transcriptTurn(p string) (name string, ok bool) {
	if len(p) > 2 && p[0] == 'Q' && (p[1] == ' ' || p[1] == '\t' || p[1] == ':' || strings.HasPrefix(p[1:], "\u00a0")) {
		return "Q", true
	}
	i := strings.IndexByte(p[:min(len(p), maxTurn)], ':')
	if i < 1 || i+1 < len(p) && p[i+1] != ' ' && p[i+1] != '\n' && !strings.HasPrefix(p[i+1:], "\u00a0") {
		return "", false
	}
	name = p[:i]
	return name, name == "A" || (shouted(name) || rd.titled(name)) && !rd.heading(name)
}

// maxTurnWords is the longest name at the start of a turn, in words.
const maxTurnWords = 6

// heading reports whether a name is none, but the start of a heading or a form
// of address: "FACT SHEET", "TO ALL MEMBERS".
func (rd *reader) heading(name string) bool {
	words := strings.Fields(name)
	return len(words) > maxTurnWords || rd.word(words[0]).Traits&(vocab.To|vocab.Preposition) != 0 ||
		rd.word(words[len(words)-1]).Is(rd.c.attribution.Heading, 0)
}

// shouted reports whether a name is in capitals.
func shouted(name string) bool {
	letters, last := 0, rune(0)
	for _, r := range name {
		switch {
		case 'A' <= r && r <= 'Z' || r > 0x7f, r == 'c' && last == 'M': // McCARTHY
			letters++
		case r == ' ' || r == '.' || r == '-' || r == '\'' || r == ',' || r == '(' || r == ')':
		default:
			return false
		}
		last = r
	}
	return letters >= 2
}

// titled reports whether a name in small letters begins with a title and is
// all capitalised words.
func (rd *reader) titled(name string) bool {
	first, rest, ok := strings.Cut(name, " ")
	if !ok || !rd.isTitle(first) {
		return false
	}
	for word := range strings.FieldsSeq(first + " " + rest) {
		if !isUpper(word[0]) {
			return false
		}
	}
	return true
}

// leadingMarks is the length of what stands between a turn's name and its
// first word.
func leadingMarks(s string) int {
	return len(s) - len(strings.TrimLeft(s, ": \t\r\n\u00a0"))
}

// directSpeech reports whether a quotation in the sentence begins with a
// capital, and is not just a word or two of somebody's.
func directSpeech(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"', '\xe2': // the first byte of “ and ‘
			if s[i] != '"' && !opensQuote(s[i:]) {
				continue
			}
			if rest := strings.TrimLeft(s[i:], "“\"‘"); rest != "" && isUpper(rest[0]) {
				return true
			}
		}
	}
	return false
}

// opensQuote reports whether the sentence begins with an opening mark.
func opensQuote(s string) bool {
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "‘")
}
