package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// An utterance is who says the sentence, as far as it tells itself.
type utterance struct {
	known   bool               // it has been looked for
	speaker attribution.Phrase // empty if it does not tell
	verb    int                // the token of the verb of saying
}

// voice holds, by label, the acts and mentions of a sentence that are its
// speaker's own: without a source in the sentence, or with "I" or "we".
type voice struct{ acts, mentions labelSet }

// utterance finds who says the sentence, once.
func (rd *reader) utterance() utterance {
	if !rd.said.known {
		rd.said.known = true
		rd.said.speaker, rd.said.verb = rd.finder.Speaker()
	}
	return rd.said
}

// role finds who and whom of a cue, once.
func (rd *reader) role(k *cue) *attribution.Role {
	if !k.resolved {
		k.role = rd.finder.Resolve(k.item.frame, k.item.slots, k.Match)
		k.resolved = true
	}
	return &k.role
}

// maxOthers is how many other cues of an act are asked who does it to whom.
const maxOthers = 32

// attribute gives an act, whose strongest cue is best, its sources and targets.
func (rd *reader) attribute(a *Act, text string, base int, best *cue) {
	sources, targets := rd.role(best).Sources, rd.role(best).Targets
	asked := 0
	for i := range rd.cues {
		if len(sources) > 0 && len(targets) > 0 || asked == maxOthers {
			break
		}
		// "We condemn the horrific attack": another cue may say who or whom
		k := &rd.cues[i]
		if k == best || k.state != cueKept || k.item.label != best.item.label || k.item.weight < defaultThreshold {
			continue
		}
		asked++
		if len(sources) == 0 {
			sources = rd.role(k).Sources
		}
		if len(targets) == 0 {
			targets = others(rd.role(k).Targets, sources)
		}
	}
	if by := rd.saidBy(best, sources); len(sources) > 0 || len(targets) == 0 || !rd.firstPerson(by) || by[0] != targets[0] {
		sources = by // "I know I get criticised"
	}
	// nobody threatens or blames himself: that is a target found amiss
	targets = others(targets, sources)
	a.Source, a.Sources = rd.spans(text, base, sources)
	a.Target, a.Targets = rd.spans(text, base, targets)
	if rd.own(best, sources) {
		rd.voice.acts |= 1 << best.item.label
	}
}

// others returns the phrases that are not among those given.
func others(list, given []attribution.Phrase) []attribution.Phrase {
	return slices.DeleteFunc(list, func(p attribution.Phrase) bool { return slices.Contains(given, p) })
}

// attributeMention does the same for a mention: who would perform the act, and
// towards whom.
func (rd *reader) attributeMention(m *Mention, text string, base int, k *cue) {
	r := rd.role(k)
	targets := others(r.Targets, r.Sources)
	m.Source, m.Sources = rd.spans(text, base, r.Sources)
	m.Target, m.Targets = rd.spans(text, base, targets)
	if rd.firstPerson(r.Sources) {
		rd.voice.mentions |= 1 << k.item.label
	}
}

// saidBy puts the speaker in the place of a source that is missing, and of "I"
// or "we" in a quotation, whose words they are.
func (rd *reader) saidBy(best *cue, sources []attribution.Phrase) []attribution.Phrase {
	quoted := len(sources) > 0 && rd.toks[sources[0].Start].Has(token.InQuote) &&
		(rd.firstPerson(sources) || best.item.frame == attribution.Statement || rd.finder.Things(sources))
	if len(sources) > 0 && !quoted {
		return sources
	}
	if by := rd.finder.Reporter(best.Start); len(by) > 0 {
		return by
	}
	if said := rd.utterance(); !said.speaker.Empty() && rd.utters(best, said.verb) {
		return []attribution.Phrase{said.speaker}
	}
	if !quoted {
		return rd.finder.Voice(best.Start)
	}
	return sources
}

// own reports whether an act with these sources is the speaker's own, if the
// text around the sentence names one.
func (rd *reader) own(best *cue, sources []attribution.Phrase) bool {
	if len(sources) > 0 {
		return rd.firstPerson(sources) || rd.finder.Owned(sources[0])
	}
	// a passive or a noun without a maker does not say that it is the speaker
	return best.item.frame >= attribution.Predicate || rd.toks[best.Start].Has(token.InQuote)
}

// utters reports whether the verb of saying at token verb covers the cue: it is
// in a quotation, the verb comes last, or it is "according to".
func (rd *reader) utters(k *cue, verb int) bool {
	if rd.toks[verb].Tag == tag.Prep {
		return true // "according to"
	}
	if k.Start <= verb && verb < k.End {
		return false
	}
	return rd.toks[k.Start].Has(token.InQuote) || verb >= k.End || rd.toks[verb].Tag == tag.Ing
}

// firstPerson reports whether the phrases are "I" or "we", or "our" before what
// they do.
func (rd *reader) firstPerson(p []attribution.Phrase) bool {
	if len(p) != 1 || p[0].End-p[0].Start != 1 {
		return false
	}
	t := &rd.toks[p[0].Start]
	switch rd.finder.Text[t.Start:t.End] {
	case "I", "we", "We", "i", "WE", "our", "Our", "my", "My", "us", "me":
		return true
	}
	return false
}

func (rd *reader) spans(text string, base int, phrases []attribution.Phrase) (first Span, all []Span) {
	for _, p := range phrases {
		if !p.Empty() {
			all = append(all, rd.span(text, base, p.Start, p.End))
		}
	}
	if len(all) == 0 {
		return Span{}, nil
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return all[0], all
}

// span is the text of the tokens [start, end).
func (rd *reader) span(text string, base, start, end int) Span {
	from, to := int(rd.toks[start].Start), int(rd.toks[end-1].End)
	return Span{base + from, base + to, text[from:to]}
}

// isTitle reports whether the word stands before a person's name.
func (rd *reader) isTitle(word string) bool { return rd.word(word).Traits&vocab.Title != 0 }

// isText reports whether the word names what speaks for somebody, or is "it".
func (rd *reader) isText(word string) bool {
	return word == "it" || word == "It" || rd.word(word).Is(rd.c.attribution.Text, 0)
}

func (rd *reader) word(word string) *vocab.Word {
	rd.lower = rd.lower[:0]
	for _, r := range strings.TrimSuffix(word, ".") {
		rd.lower = utf8.AppendRune(rd.lower, unicode.ToLower(r))
	}
	return rd.c.words.Word(rd.lower)
}

// subject returns the subject of a sentence, in its shortest form.
func (rd *reader) subject(sentence Span) Span {
	if sentence.IsZero() {
		return Span{}
	}
	rd.always = true
	rd.prepare(sentence.Text, 0, false)
	rd.always = false
	p := rd.finder.First()
	if p.Empty() {
		return Span{}
	}
	return rd.span(sentence.Text, sentence.Start, p.Start, p.End)
}
