package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// Annotation tools mark stretches of a text and draw links between them. In
// all their formats an act is a stretch with its label, the words that show it
// or the whole sentence; its source and target are stretches that the act links
// to; and a mention is an act of its own kind.
const (
	sourceRole   = "source"
	targetRole   = "target"
	mentionLabel = " mentioned" // after the label, where the tool has no attributes
)

// A mark is a stretch of a sentence's text.
type mark struct {
	id         string // in the file
	label      string
	mentioned  bool
	start, end int // in bytes
	at         place
}

// A link leads from an act to its source or target.
type link struct {
	from, to string // ids of marks
	role     string
	at       place
}

// A place is where something stands in a file, for error messages.
type place struct{ line, at int }

// failf notes an error at a place.
func (p *parser) failf(at place, format string, args ...any) {
	line := p.line
	p.line = at.line
	p.errorf(at.at, format, args...)
	p.line = line
}

// here is the place of an offset in the current line.
func (p *parser) here(at int) place { return place{p.line, at} }

// layOut returns the marks and links of a sentence. Their ids are numbers from
// first on. It fails if a label would be taken for something else.
func layOut(s Sentence, first int) (marks []mark, links []link, err error) {
	for _, l := range slices.Concat(labelsOfActs(s.Acts), s.Mentioned) {
		if isRole(string(l)) || strings.HasSuffix(string(l), mentionLabel) {
			return nil, nil, fmt.Errorf("label %q cannot be held: the format uses it itself", l)
		}
	}
	add := func(m mark) string {
		m.id = fmt.Sprint(first + len(marks))
		marks = append(marks, m)
		return m.id
	}
	name := func(act, role, text string) {
		if text == "" {
			return
		}
		start := find(s.Text, text)
		m := mark{label: role, start: start, end: start + len(text)}
		id := ""
		for _, old := range marks {
			if old.label == role && old.start == m.start && old.end == m.end {
				id = old.id
			}
		}
		if id == "" {
			id = add(m)
		}
		links = append(links, link{from: act, to: id, role: role})
	}
	for _, a := range s.Acts {
		m := mark{label: string(a.Label), end: len(s.Text)}
		if a.Cue != "" {
			m.start = find(s.Text, a.Cue)
			m.end = m.start + len(a.Cue)
		}
		act := add(m)
		name(act, sourceRole, a.Source)
		name(act, targetRole, a.Target)
	}
	for _, l := range s.Mentioned {
		add(mark{label: string(l), mentioned: true, end: len(s.Text)})
	}
	return marks, links, nil
}

func labelsOfActs(acts []Annotation) []classify.Label {
	labels := make([]classify.Label, len(acts))
	for i, a := range acts {
		labels[i] = a.Label
	}
	return labels
}

// find returns where name first stands as words of their own in text, or else
// where it first stands at all, which it does.
func find(text, name string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return strings.Index(text, name)
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		first, size := utf8.DecodeRuneInString(name)
		last, _ := utf8.DecodeLastRuneInString(name)
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after)) {
			return at
		}
		from = at + size
	}
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// splitLabel takes the words for a mention off a label.
func splitLabel(label string) (string, bool) { return strings.CutSuffix(label, mentionLabel) }

// assemble turns the marks and links in a sentence's text into acts and
// mentions, and notes what they cannot hold. An act with several sources or
// targets becomes one for each pair of them. A source or target without a link
// belongs to the only act of the sentence.
func (p *parser) assemble(text string, marks []mark, links []link) (acts []Annotation, mentioned []classify.Label) {
	linked := map[string]bool{}
	for _, l := range links {
		linked[l.to] = true
	}
	var performed, names []mark
	byID := map[string]mark{}
	for _, m := range marks {
		byID[m.id] = m
		switch {
		case m.mentioned:
			l := p.markLabel(m)
			if l != "" {
				mentioned = append(mentioned, l)
			}
		case linked[m.id] || isRole(m.label):
			names = append(names, m)
		default:
			performed = append(performed, m)
		}
	}
	for _, m := range names {
		switch {
		case linked[m.id]:
		case len(performed) == 1:
			links = append(links, link{from: performed[0].id, to: m.id, role: strings.ToLower(m.label), at: m.at})
		default:
			p.failf(m.at, "%s %q is linked to no act, and there are %d: link it to its own", m.label, text[m.start:m.end], len(performed))
		}
	}
	sources, targets := map[string][]string{}, map[string][]string{}
	for _, l := range links {
		from, ok := byID[l.from]
		to, also := byID[l.to]
		role := strings.ToLower(l.role)
		name := ""
		if also {
			name = text[to.start:to.end]
		}
		switch {
		case !ok || !also:
			p.failf(l.at, "%s links to another sentence", l.role)
		case !isRole(role):
			p.failf(l.at, "link %q cannot be held: expected source or target", l.role)
		case from.mentioned:
			p.failf(l.at, "the %s of an act that is only mentioned cannot be held", role)
		case linked[from.id]:
			p.failf(l.at, "link %q does not start at an act: links lead from the act to its source or target", l.role)
		case strings.TrimSpace(name) != name || name == "":
			p.failf(to.at, "%s %q is empty or has white space around it", role, name)
		case role == sourceRole:
			sources[from.id] = append(sources[from.id], name)
		default:
			targets[from.id] = append(targets[from.id], name)
		}
	}
	for _, m := range performed {
		label := p.markLabel(m)
		cue := text[m.start:m.end]
		if strings.TrimSpace(cue) == strings.TrimSpace(text) {
			cue = ""
		} else if strings.TrimSpace(cue) != cue || cue == "" {
			p.failf(m.at, "the words of %s, %q, are empty or have white space around them", m.label, cue)
		}
		for _, source := range orNone(sources[m.id]) {
			for _, target := range orNone(targets[m.id]) {
				acts = append(acts, Annotation{Label: label, Source: source, Target: target, Cue: cue})
			}
		}
	}
	return acts, mentioned
}

// isRole reports whether a label stands for a source or target.
func isRole(label string) bool {
	return strings.EqualFold(label, sourceRole) || strings.EqualFold(label, targetRole)
}

// markLabel checks the label of an act or mention.
func (p *parser) markLabel(m mark) classify.Label {
	line := p.line
	p.line = m.at.line
	defer func() { p.line = line }()
	return p.label(value{raw: encode(m.label), at: m.at.at})
}

func orNone(names []string) []string {
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

// holds makes sure that what was written in a format is read back the same; if
// not, it says of every sentence what the format cannot hold.
func holds(format string, sentences []Sentence, read func() ([]Sentence, error)) error {
	back, err := read()
	if err != nil {
		return fmt.Errorf("corpus: %s cannot hold the sentences: %w", format, err)
	}
	if len(back) != len(sentences) {
		return fmt.Errorf("corpus: %s cannot hold the sentences: %d become %d", format, len(sentences), len(back))
	}
	var errs []error
	for i, s := range sentences {
		if what := differs(s, back[i]); what != "" {
			errs = append(errs, sentenceError(i, s, fmt.Errorf("%s cannot hold %s", format, what)))
		}
	}
	return errors.Join(errs...)
}

// differs names what is not the same in two sentences; "" if nothing.
func differs(a, b Sentence) string {
	switch {
	case a.ID != b.ID:
		return "the id"
	case a.Text != b.Text:
		return "the text"
	case a.Start != b.Start || a.End != b.End:
		return "start and end"
	case !slices.Equal(a.Mentioned, b.Mentioned):
		return "mentioned"
	case len(a.Acts) != len(b.Acts):
		return fmt.Sprintf("%d acts", len(a.Acts))
	}
	for i := range a.Acts {
		if a.Acts[i] != b.Acts[i] {
			return fmt.Sprintf("act %d, %s%s", i+1, a.Acts[i].Label, names(a.Acts[i].Source, a.Acts[i].Target))
		}
	}
	for key, raw := range a.Extra {
		if !slices.Equal(compact(raw), compact(b.Extra[key])) {
			return fmt.Sprintf("the value of %q", key)
		}
	}
	if len(a.Extra) != len(b.Extra) {
		return "its other keys"
	}
	return ""
}
