package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// A clauseKind says how a clause hangs on the one around it.
type clauseKind uint8

const (
	mainClause  clauseKind = iota
	contentKind            // "that ...", or without "that" after a verb of saying
	adverbial              // "if ...", "because ..."
	relative               // "who ...", "which ..."
	infinitive             // "to ..."
	participle             // "accusing ...", "blamed for ..."
)

// finite reports whether clauses of the kind have a subject of their own.
func (k clauseKind) finite() bool { return k < infinitive }

// none stands for no clause, verb or preposition.
const none = -1

// A clause is a verb and what belongs to it.
type clause struct {
	kind      clauseKind
	parent    int    // the clause it stands in
	share     int    // the clause whose subject it takes, if it has none
	verb      int    // the first verb with content, else the first auxiliary
	reduced   int    // a passive participle without auxiliary
	subject   Phrase // the first member, if there are several
	object    Phrase // the noun phrase after the verb
	extracted Phrase // what an object relative stands by: "the law that critics decry"
	past      bool   // the verb is a past form without auxiliary
}

// A parser cuts a sentence into clauses, from left to right in one pass. It
// keeps the innermost open clause and closes it when a later verb needs the
// subject of an outer one.
type parser struct {
	*Finder
	cur          int
	comma, conj  bool // stands before the next phrase
	prep         int  // governs the next phrase
	last         Phrase
	governed     bool // last follows a preposition
	asideEnd     int  // where the aside between dashes or brackets ends
	asideOuter   int
	quote        int // the clause opened by a quotation
	quoteOuter   int
	broken       int // the clause that the quotation before opened
	postposition int // a clause like ", the envoy said" that reports the rest
}

func (f *Finder) parse() {
	f.clauses = f.clauses[:0]
	f.clauseOf = f.clauseOf[:0]
	p := parser{Finder: f, cur: none, asideEnd: none, quote: none, broken: none, prep: none, postposition: none}
	p.open(clause{kind: mainClause, parent: none})
	for i := 0; i < len(f.Tokens); {
		if p.opensQuotation(i) {
			p.quoteOuter = p.cur
			if o := p.broken; o != none && p.clauses[o].verb == none && !p.clauses[o].subject.Empty() && p.finite(i) {
				p.cur = o // “The law,” said the curate, “is ...”
			} else {
				p.open(clause{kind: mainClause, parent: none})
			}
			p.quote, p.broken = p.cur, p.cur
			p.last = Phrase{}
		}
		next := p.step(i)
		for ; i < next; i++ {
			f.clauseOf = append(f.clauseOf, p.cur)
			if p.quote != none && f.Tokens[i].Has(token.QuoteAfter) {
				p.cur, p.quote = p.quoteOuter, none
				p.comma = true
			}
		}
	}
	f.reporting = p.postposition
	f.accordingTo = none
	for i := range f.Tokens {
		if f.according(i) && !f.Tokens[i].Has(token.InQuote) {
			if p := f.After(i + 2); f.actor(p) || f.document(p) {
				f.accordingTo = i + 2
			}
		}
	}
}

// parseOnce parses the sentence, unless that is done.
func (f *Finder) parseOnce() {
	if !f.parsed {
		f.parse()
		f.parsed = true
	}
}

// opensQuotation reports whether a quoted clause, not just a quoted word,
// begins at i.
func (p *parser) opensQuotation(i int) bool {
	t := &p.Tokens[i]
	if p.quote != none || !(t.Has(token.QuoteBefore) || i == 0 && t.Has(token.InQuote)) {
		return false
	}
	return i == 0 || t.Has(token.Capital) && p.kind(i-1) != token.Word || p.kind(i-1) == token.Comma
}

// open makes a clause and enters it.
func (p *parser) open(c clause) *clause {
	if c.share == 0 {
		c.share = none
	}
	return p.enter(c)
}

func (p *parser) enter(c clause) *clause {
	c.verb, c.reduced = none, none
	p.clauses = append(p.clauses, c)
	p.cur = len(p.clauses) - 1
	return &p.clauses[p.cur]
}

// step reads the phrase, verb group or single token at i and returns where the
// next one begins.
func (p *parser) step(i int) int {
	if n := p.filler(i); n > 0 {
		return i + n
	}
	switch p.kind(i) {
	case token.Semicolon, token.Stop, token.Question, token.Exclamation:
		p.open(clause{kind: mainClause, parent: none})
		p.comma, p.conj, p.prep, p.last = false, false, none, Phrase{}
		return i + 1
	case token.Comma:
		p.comma, p.conj, p.prep = true, false, none
		return i + 1
	case token.Dash, token.Open, token.Close:
		p.aside(i)
		return i + 1
	}
	switch t := p.tag(i); {
	case t == tag.Conj:
		p.conj, p.prep = true, none
		return i + 1
	case t == tag.Subord || t == tag.Wh:
		return p.link(i)
	case t == tag.Prep:
		p.prep = i
		return i + 1
	case t == tag.To:
		if k := p.skipAdverbs(i + 1); p.tag(k) == tag.Verb || p.tag(k) == tag.Be || p.tag(k) == tag.Aux {
			p.toInfinitive(i)
			return p.group(k, true)
		}
		p.prep = i
		return i + 1
	case t == tag.Be || t == tag.Aux || t == tag.Modal || t.VerbLike():
		return p.group(i, false)
	case t.Nominal() || p.inside(i):
		if end := p.chunk(i); end > i {
			p.phrase(Phrase{i, end})
			return end
		}
	}
	return i + 1
}

// filler returns how many words at i mean nothing: "you know", and "sort of"
// before a verb or adjective.
func (f *Finder) filler(i int) int {
	switch {
	case f.is(i, "you") && f.is(i+1, "know") && (f.kind(i+2) == token.Comma || i > 0 && f.kind(i-1) == token.Comma):
		return 2
	case f.anyOf(i, "sort", "kind") && f.is(i+1, "of") && (f.tag(i+2).VerbLike() || f.tag(i+2) == tag.Adjective) && f.tag(i-1) != tag.Determiner:
		return 2
	}
	return 0
}

func (f *Finder) skipAdverbs(i int) int {
	for f.tag(i) == tag.Adverb || f.tag(i) == tag.Not {
		i++
	}
	return i
}

// maxAside is the longest aside between dashes, in tokens.
const maxAside = 30

// maxDateline is the longest dateline ("LA PAZ, Bolivia --"), in tokens.
const maxDateline = 8

// dateline reports whether only names stand before the dash at i.
func (p *parser) dateline(i int) bool {
	for k := range i {
		if p.tag(k) != tag.Name && p.kind(k) == token.Word && !p.Tokens[k].Has(token.Capital) {
			return false
		}
	}
	return i > 0
}

// aside enters or leaves what stands between dashes or brackets.
func (p *parser) aside(i int) {
	p.prep = none
	p.comma = true
	if i <= maxDateline && p.kind(i) == token.Dash && p.dateline(i) {
		p.open(clause{kind: mainClause, parent: none})
		p.comma, p.last = false, Phrase{}
		return
	}
	if i == p.asideEnd {
		p.cur, p.asideEnd = p.asideOuter, none
		p.last = Phrase{}
		return
	}
	if p.asideEnd != none || p.kind(i) == token.Close {
		return
	}
	want := token.Close
	if p.kind(i) == token.Dash {
		want = token.Dash
	}
	for k := i + 1; k < len(p.Tokens) && k-i < maxAside; k++ {
		switch p.kind(k) {
		case want:
			p.asideEnd, p.asideOuter = k, p.cur
			p.open(clause{kind: mainClause, parent: none})
			return
		case token.Semicolon, token.Stop, token.Question, token.Exclamation:
			return
		}
	}
}

// link opens the clause that a conjunction or relative pronoun begins.
func (p *parser) link(i int) int {
	that := p.is(i, "that")
	next := p.skipAdverbs(i + 1)
	verb := p.verbal(next)
	outer := p.cur
	if q := p.endingAt(i - 2); p.kind(i-1) == token.Dash && p.anyOf(i, "who", "which") && !q.Empty() {
		p.last = q // "- some of them - who"
	}
	noun := !p.last.Empty() && (p.last.End == i-1 && p.kind(i-1) == token.Dash || p.last.End == i || p.kind(i-1) == token.Comma && !that)
	switch {
	case noun && (that || p.anyOf(i, "who", "which", "whom")):
		c := clause{kind: relative, parent: outer, extracted: p.last}
		if verb {
			c.subject, c.extracted = p.last, Phrase{}
		} else if that {
			c.kind = contentKind
		}
		p.open(c)
	case p.tag(i) == tag.Wh:
		c := clause{kind: contentKind, parent: outer}
		if verb {
			c.subject = Phrase{i, i + 1}
		}
		p.open(c)
		// "What the mayor did was shameful"
		if o := &p.clauses[outer]; o.verb == none && o.subject.Empty() {
			o.share = p.cur
		}
	case that || p.anyOf(i, "whether", "how", "why"):
		p.open(clause{kind: contentKind, parent: outer})
	default:
		p.open(clause{kind: adverbial, parent: outer})
	}
	p.comma, p.conj, p.prep, p.last = false, false, none, Phrase{}
	return i + 1
}

func (f *Finder) verbal(i int) bool {
	t := f.tag(i)
	return t == tag.Be || t == tag.Aux || t == tag.Modal || t.VerbLike()
}

// toInfinitive opens the clause of the "to" at i.
func (p *parser) toInfinitive(i int) {
	if c := &p.clauses[p.cur]; c.kind == infinitive && (p.comma || p.conj) {
		p.cur = c.parent // "to end the war, to free the hostages"
	}
	outer := p.cur
	o := &p.clauses[outer]
	c := clause{kind: infinitive, parent: outer, share: outer}
	if !p.last.Empty() && p.last.End == p.beforeAdverbs(i) {
		switch owner := p.owner(p.last); {
		case owner.Empty() && p.Tokens[p.last.End-1].Word.Is(p.Classes.Purpose, 0):
		case p.governed && p.is(p.last.Start-1, "for"):
			c.subject = p.last
		case !owner.Empty():
			c.subject = owner // "Iran's attempt to"
		case p.last == o.object && o.verb != none && p.Tokens[o.verb].Word.Is(p.Classes.Control, 0):
			c.subject = p.last // "urged Iran to"
		}
	}
	p.enter(c)
	p.prep = none
}

func (f *Finder) beforeAdverbs(i int) int {
	for i > 0 && (f.tag(i-1) == tag.Adverb || f.tag(i-1) == tag.Not) {
		i--
	}
	return i
}

// owner returns the possessor within a noun phrase.
func (f *Finder) owner(p Phrase) Phrase {
	for i := p.End - 1; i >= p.Start; i-- {
		if f.tag(i) != tag.Possessive {
			continue
		}
		if !f.Tokens[i].Has(token.Possessive) {
			return Phrase{i, i + 1}
		}
		return Phrase{p.Start, i}
	}
	return Phrase{}
}

// phrase takes in a noun phrase.
func (p *parser) phrase(np Phrase) {
	if p.temporal(np) {
		p.prep = none
		return
	}
	p.place(np, p.verbFollows(np.End))
	p.last = np
	p.comma, p.conj, p.prep = false, false, none
}

// place finds what the noun phrase is to its clause. verb is the finite verb
// behind it, or none.
func (p *parser) place(np Phrase, verb int) {
	c := &p.clauses[p.cur]
	if p.conj && p.governed && p.prep == none && verb == none {
		return // "by Paris and Berlin"
	}
	if p.prep != none {
		p.governed = true
		if verb != none && p.joins(p.prep) && (c.verb != none || c.subject.Empty()) {
			p.open(clause{kind: adverbial, parent: p.cur, subject: np})
			p.governed = false
		}
		return
	}
	p.governed = false
	switch {
	case c.verb == none && c.subject.Empty():
		c.subject = np
	case c.verb == none:
		p.second(c, np, verb)
	case verb == none:
		if !p.conj {
			c.object = np
		}
	case p.comma || p.conj:
		p.newClause(np, verb)
	case p.Tokens[verb].Tag == tag.Past && !p.reports(c.verb):
		c.object = np // "condemned the suffering caused by"
	case p.last.End == np.Start && !p.last.Empty() && !p.reports(c.verb):
		p.open(clause{kind: relative, parent: p.cur, subject: np, extracted: p.last})
	default:
		p.open(clause{kind: contentKind, parent: p.cur, subject: np})
	}
}

// second takes in a noun phrase before the verb of a clause that has a subject
// already.
func (p *parser) second(c *clause, np Phrase, verb int) {
	switch {
	case p.conj:
	case p.comma && verb != none && p.inserts(verb):
		// "The law, the curate said, is ..."
		p.open(clause{kind: mainClause, parent: p.cur, subject: np})
		p.postposition = p.cur
	case p.comma:
		name, first := p.tag(np.End-1) == tag.Name, c.subject.End-1
		if p.personal(np) || p.tag(first) == tag.NumberWord ||
			name && (p.tag(first) != tag.Name || p.Tokens[first].Is(vocab.Title)) && (verb != none || p.kind(np.End) == token.Comma) {
			c.subject = np // "A lawyer, Jan Kok, ..."
		}
	case verb != none && !c.subject.Empty():
		p.open(clause{kind: relative, parent: p.cur, subject: np, extracted: c.subject})
	}
}

// inserts reports whether the verb group at i is one of saying that a comma ends
// before the broken clause goes on.
func (f *Finder) inserts(i int) bool {
	v := f.groupVerb(i)
	return f.reports(v) && f.kind(v+1) == token.Comma && f.finite(v+2)
}

// personal reports whether the phrase is a pronoun that can only be a subject.
func (f *Finder) personal(np Phrase) bool {
	return np.End-np.Start == 1 && f.anyOf(np.Start, "i", "we", "he", "she", "they", "you")
}

// newClause begins a clause with the subject np after a comma or conjunction.
func (p *parser) newClause(np Phrase, verb int) {
	if o := p.waiting(); o != none {
		if w := &p.clauses[o]; w.subject.Empty() {
			w.subject = np
			p.cur = o
		}
		return
	}
	c := clause{kind: mainClause, parent: none, subject: np}
	if cur := &p.clauses[p.cur]; !p.conj && p.reports(cur.verb) && cur.object.Empty() && cur.kind.finite() {
		c.kind, c.parent = contentKind, p.cur // "I mean, it is ..."
	}
	if p.conj {
		if o := p.finiteClause(p.cur); o != none {
			c.kind, c.parent = p.clauses[o].kind, p.clauses[o].parent
		}
	}
	p.open(c)
	if !p.conj && p.reports(p.groupVerb(verb)) && (!p.complement(verb) || p.addresses(verb)) {
		p.postposition = p.cur
	}
}

// waiting returns the nearest outer clause that still lacks its verb.
func (p *parser) waiting() int {
	for o, n := p.clauses[p.cur].parent, 0; o != none && n < maxDepth; o, n = p.clauses[o].parent, n+1 {
		if p.clauses[o].verb == none {
			return o
		}
	}
	return none
}

// finiteClause returns the clause at or around c with a finite verb.
func (f *Finder) finiteClause(c int) int {
	for ; c != none; c = f.clauses[c].parent {
		if f.clauses[c].kind.finite() {
			return c
		}
	}
	return none
}

// reports reports whether the verb is one of saying.
func (f *Finder) reports(v int) bool {
	if v < 0 || v >= len(f.Tokens) {
		return false
	}
	if f.is(v+1, "to") && f.anyOf(v, "respond", "responds", "responded", "responding", "reply", "replies", "replied") {
		return false // what somebody does about it
	}
	return f.Tokens[v].Word.Is(f.Classes.Report, 0) || f.tag(v).VerbLike() && (f.is(v+1, "clear") || f.is(v+2, "clear"))
}

// groupVerb returns the verb with content of the group that begins at i.
func (f *Finder) groupVerb(i int) int {
	for f.tag(i) == tag.Aux || f.tag(i) == tag.Be || f.tag(i) == tag.Modal || f.tag(i) == tag.Adverb || f.tag(i) == tag.Not {
		i++
	}
	return i
}

// complement reports whether a clause or object follows the verb group at i.
func (f *Finder) complement(i int) bool {
	i = f.groupVerb(i) + 1
	return f.tag(i) == tag.Subord || f.tag(i) == tag.Pronoun || f.inside(i) && !f.temporal(Phrase{i, f.chunk(i)})
}

// addresses reports whether the verb group at i tells somebody, but not what: "...,
// he told the council".
func (f *Finder) addresses(i int) bool {
	v := f.groupVerb(i)
	if !f.anyOf(v, "told", "tells", "assured", "informed", "reminded", "advised", "warned", "cautioned", "notified") {
		return false
	}
	end := f.chunk(v + 1)
	if end == v+1 {
		return false
	}
	switch f.tag(end) {
	case tag.Subord, tag.Wh, tag.To, tag.Pronoun, tag.Determiner, tag.Possessive:
		return false // "told the council that", "told the council the law was bad"
	}
	return !f.finite(end)
}

// joins reports whether the preposition at i may also begin a clause.
func (f *Finder) joins(i int) bool {
	return f.anyOf(i, "as", "after", "before", "since", "until", "than", "like")
}

// verbFollows returns the finite verb that follows a noun phrase ending at i,
// behind its attributes, or none.
func (f *Finder) verbFollows(i int) int {
	for range 3 {
		i = f.skipAdverbs(i)
		if f.inside(i) {
			if end := f.chunk(i); end > i && f.temporal(Phrase{i, end}) {
				i = f.skipAdverbs(end)
			}
		}
		if f.finite(i) {
			return i
		}
		if f.tag(i) != tag.Prep || f.joins(i) {
			return none
		}
		end := f.chunk(i + 1)
		if end <= i+1 {
			return none
		}
		i = end
	}
	return none
}
