package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// group takes in the verb group that begins at i and returns where it ends.
func (p *parser) group(i int, to bool) int {
	verb, end, inverted := none, i, Phrase{}
	for j := i; j < len(p.Tokens); j++ {
		t := p.tag(j)
		if t == tag.Adverb || t == tag.Not {
			continue
		}
		if t.VerbLike() {
			verb, end = j, j+1
			break
		}
		if t != tag.Be && t != tag.Aux && t != tag.Modal {
			// "Had I known", "should India send"
			if c := &p.clauses[p.cur]; j == i+1 && inverted.Empty() && c.verb == none && c.subject.Empty() && p.tag(j).Nominal() {
				if k := p.chunk(j); p.tag(p.skipAdverbs(k)).VerbLike() {
					inverted = Phrase{j, k}
					j = k - 1
					continue
				}
			}
			break
		}
		end = j + 1
	}
	if verb == none {
		verb = i
	}
	first := &p.Tokens[i]
	switch {
	case to:
		p.clauses[p.cur].verb = verb
	case first.Tag == tag.Ing || first.Tag != tag.Modal && first.Is(vocab.FormIng):
		p.gerund(verb)
	default:
		p.finiteVerb(i, verb, end)
	}
	if !inverted.Empty() {
		p.clauses[p.cur].subject = inverted
	}
	p.comma, p.conj, p.prep, p.last, p.governed = false, false, none, Phrase{}, false
	return end
}

// gerund opens the clause of a participle or gerund.
func (p *parser) gerund(verb int) {
	c := &p.clauses[p.cur]
	switch {
	case p.conj && c.kind == participle:
		return // "accusing and threatening"
	case c.kind == adverbial && c.verb == none && c.subject.Empty():
		c.share, c.verb = c.parent, verb // "while condemning"
		return
	}
	outer := p.cur
	if p.comma || p.conj || p.prep != none {
		if o := p.finiteClause(outer); o != none {
			outer = o
		}
		// "will skip a summit that began today after accusing"
		if k := &p.clauses[outer]; k.kind == relative && k.parent != none && p.anyOf(p.prep, "after", "before", "without") {
			outer = p.finiteClause(k.parent)
		}
	}
	n := clause{kind: participle, parent: outer, share: outer}
	if !p.comma && !p.conj && p.prep == none && !p.last.Empty() {
		o := &p.clauses[outer]
		if o.verb == none || p.expletive(o.subject) {
			n.subject = p.last // "critics accusing the mayor", "there was a report warning"
		}
	}
	p.enter(n).verb = verb
}

// expletive reports whether a subject is empty of meaning.
func (f *Finder) expletive(p Phrase) bool {
	return p.Empty() || p.End-p.Start == 1 && (f.tag(p.Start) == tag.Wh || f.anyOf(p.Start, "there", "it", "this", "that"))
}

// finiteVerb gives the verb group [i, end) its clause.
func (p *parser) finiteVerb(i, verb, end int) {
	c := &p.clauses[p.cur]
	past := p.tag(i) == tag.Past
	switch {
	case c.verb == none && (p.comma || c.subject.Empty()) && p.inverted(i, verb, end):
		p.invert(verb, end)
		return
	case c.verb == none && past && p.is(end, "by") && !p.last.Empty(), c.verb == none && past && p.governed && p.is(end, "by"):
		p.reduce(verb, p.last)
		return
	case c.verb == none && past && c.subject.Empty():
		if c.kind == adverbial || c.kind == contentKind && c.parent != none { // "when asked"
			c.share, c.verb, c.reduced = c.parent, verb, verb
			return
		}
		o := p.cur
		n := p.enter(clause{kind: participle, parent: o, share: o})
		n.verb, n.reduced = verb, verb // "Accused of bribery, the mayor ..."
		return
	case c.verb == none:
		c.verb, c.past = verb, past
		return
	}
	if p.conj || p.comma {
		if o := p.waiting(); o != none && !p.clauses[o].subject.Empty() && !p.conj {
			p.cur = o
			p.clauses[o].verb = verb
			return
		}
		if p.inverted(i, verb, end) {
			p.invert(verb, end)
			return
		}
		p.coordinateVerb(i, verb)
		return
	}
	o := p.waiting()
	switch {
	case !c.extracted.Empty() && p.reports(c.verb) && c.object.Empty() && p.last.Empty():
		// "a vote that the court says was rigged"
		p.open(clause{kind: contentKind, parent: p.cur, subject: c.extracted}).verb = verb
	case o != none && !p.clauses[o].subject.Empty():
		p.cur = o
		p.clauses[o].verb, p.clauses[o].past = verb, past
	case c.past && c.object.Empty() && c.kind.finite() && !past || c.past && c.object.Empty() && p.governed:
		c.reduced = c.verb // "the group blamed for the raid denied"
		c.verb, c.past = verb, past
	case past && !p.last.Empty():
		p.reduce(verb, p.last)
	case !p.last.Empty():
		p.open(clause{kind: contentKind, parent: p.cur, subject: p.last}).verb = verb
	default:
		outer := p.cur
		p.enter(clause{kind: infinitive, parent: outer, share: outer}).verb = verb
	}
}

// reduce opens the clause of a passive participle after its noun: "a law
// criticised by".
func (p *parser) reduce(verb int, np Phrase) {
	n := p.open(clause{kind: participle, parent: p.cur, subject: np})
	n.verb, n.reduced = verb, verb
}

// inverted reports whether the verb group [i, end) is one of saying before its
// subject: "..., said the envoy".
func (p *parser) inverted(i, verb, end int) bool {
	if i == 0 || verb != i || !p.reports(verb) || p.chunk(end) == end {
		return false
	}
	if k := &p.clauses[p.cur]; k.verb == none && !k.subject.Empty() && !p.resumes(end) {
		return false // "Ada Bell, the owner, said the law was bad"
	}
	return p.Tokens[i-1].Has(token.QuoteAfter) || p.kind(i-1) == token.Comma
}

// maxInsertion is the longest insertion ", wrote Ada Roe in a letter,", in
// tokens after the verb.
const maxInsertion = 16

// resumes reports whether a comma after i leads back to the verb of the clause
// that is broken into.
func (f *Finder) resumes(i int) bool {
	for k := i; k < len(f.Tokens) && k < i+maxInsertion; k++ {
		switch f.kind(k) {
		case token.Comma:
			return f.finite(k + 1)
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return false
		}
	}
	return false
}

// invert opens the clause of a verb of saying before its subject. If it breaks
// into another clause ("The law, wrote Ada Roe, is ..."), that one goes on.
func (p *parser) invert(verb, end int) {
	c := clause{kind: mainClause, parent: none, subject: p.apposition(Phrase{end, p.chunk(end)})}
	if k := &p.clauses[p.cur]; k.verb == none && !k.subject.Empty() {
		c.parent = p.cur
	}
	p.open(c).verb = verb
	p.postposition = p.cur
}

// coordinateVerb finds the clause whose subject the verb shares.
func (p *parser) coordinateVerb(i, verb int) {
	c := &p.clauses[p.cur]
	if c.kind == infinitive && p.tag(i) == tag.Verb && !p.Tokens[i].Is(vocab.FormS) {
		return
	}
	o := p.finiteClause(p.cur)
	if o == none {
		o = p.cur
	}
	if p.reports(verb) {
		// "says it has ceased fire but warned"
		for k := o; k != none; k = p.clauses[k].parent {
			if p.reports(p.clauses[k].verb) && p.clauses[k].kind.finite() {
				o = k
				break
			}
		}
	}
	k := &p.clauses[o]
	p.enter(clause{kind: k.kind, parent: k.parent, share: o}).verb = verb
}

// maxPhrase is the longest noun phrase, in tokens.
const maxPhrase = 64

// chunk returns the end of the simple noun phrase that begins at i, or i.
func (f *Finder) chunk(i int) int {
	start, head := i, none
	for ; i < len(f.Tokens) && i < start+maxPhrase; i++ {
		t := f.tag(i)
		if t == tag.Pronoun {
			if i == start {
				return i + 1
			}
			break
		}
		if t == tag.Possessive {
			if head >= 0 && !f.Tokens[i].Has(token.Possessive) {
				break
			}
			continue
		}
		if t == tag.Determiner {
			if head >= 0 || i > start && f.tag(i-1) != tag.Determiner {
				break
			}
			continue
		}
		if head >= 0 && f.anyOf(i, "last", "next") {
			break // "the miners last week"
		}
		if t == tag.Name && head >= 0 && (f.weekday(i) || f.tag(head) == tag.Noun && head == i-1 && f.Tokens[head].Is(vocab.FormS) && !f.Tokens[head].Is(vocab.Title)) {
			break
		}
		if t.Nominal() {
			head = i
			continue
		}
		if t == tag.Adjective {
			continue
		}
		before := head < 0 || f.tag(i-1) == tag.Possessive || f.tag(i-1) == tag.Adjective
		if before && i > start && (t == tag.Adverb || t == tag.Conj && f.tag(i-1) == tag.Adjective ||
			(t == tag.Past || t == tag.Ing) && f.inside(i+1) && f.tag(i+1) != tag.Determiner ||
			f.kind(i) == token.Comma && f.tag(i-1) == tag.Adjective && f.tag(i+1) == tag.Adjective) {
			continue
		}
		break
	}
	switch {
	case head >= 0:
		return head + 1
	case i > start+1 && f.tag(start) == tag.Determiner && f.tag(i-1) == tag.Adjective && f.finite(i):
		return i // "the accused says"
	}
	return start
}

// temporal reports whether the phrase is an adverbial of time: "last week".
func (f *Finder) temporal(p Phrase) bool {
	if p.Empty() {
		return false
	}
	if f.weekday(p.Start) || f.tag(p.Start) == tag.NumberWord && f.month(p.End-1) {
		return true
	}
	switch n := p.End - p.Start; {
	case n > 3:
		return false
	case n == 1:
		return f.anyOf(p.Start, "months", "weeks", "years", "days", "decades", "hours")
	default:
		if f.is(p.End-1, "way") && f.anyOf(p.Start, "any", "no", "this", "that") {
			return true
		}
		return f.anyOf(p.End-1, "week", "month", "year", "day", "night", "morning", "evening", "afternoon", "time", "months", "weeks", "years", "days", "hours", "decades", "times") &&
			(f.tag(p.Start) == tag.NumberWord || f.tag(p.Start) == tag.Determiner || f.anyOf(p.Start, "last", "next", "earlier", "recent"))
	}
}

func (f *Finder) month(i int) bool {
	return f.anyOf(i, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
}

func (f *Finder) weekday(i int) bool {
	return i >= 0 && i < len(f.Tokens) && f.Tokens[i].Is(vocab.Day) || f.is(i, "tomorrow")
}
