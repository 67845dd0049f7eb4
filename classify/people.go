package classify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// What a document remembers, so that memory does not grow with the text.
const (
	maxRecent   = 32 << 10 // bytes of text before the sentence
	maxSeen     = 1 << 10  // names that nobody has asked for yet
	maxKnown    = 32       // people
	maxMentions = 32       // times that one of them was mentioned
	maxPlain    = 256      // names that the text gives no longer form of
	maxWord     = 64       // bytes of the longest word of a name
)

// A passage is a paragraph of the text, or what was read of it.
type passage struct {
	text string
	base int // its offset in the caller's text
}

// A person is somebody whom the text has introduced.
type person struct {
	name   Span      // where the text first gives the full name
	roles  [2]string // what the person is, in a word: "minister", "mother"
	gender gender
}

type gender uint8

const (
	anyGender gender = iota
	male
	female
)

// suits reports whether both can be the same person's.
func (g gender) suits(h gender) bool { return g == h || g == anyGender || h == anyGender }

// A mention is one of the people in a sentence of the narration.
type mention struct {
	who      string // the name
	sentence int    // offset of a point in the sentence, the same for all in it
}

// A sighting is a name in the text, with what the words around it say of whom
// it names.
type sighting struct {
	person
	introduces bool // enough is said to know that it is a person
	owner      bool // it stands before a possessive ending
	sentence   int  // as in mention
}

// people remembers the text read last and the people in it. Names are noted as
// the sentences are read, and taken in when somebody is referred to.
type people struct {
	rd       *reader
	recent   []passage
	size     int // of recent, in bytes
	seen     []sighting
	read     int // how many of seen have been taken in or forgotten
	known    []person
	mentions []mention
	plain    map[string]int // offset up to which the text gives no longer form of a name
	text     string         // of the sentence that is looked through
	base     int            // its offset in the caller's text
	toks     []tag.Token    // its words
}

// forget leaves nothing but the buffers.
func (p *people) forget() {
	clear(p.recent[:cap(p.recent)])
	clear(p.seen[:cap(p.seen)])
	clear(p.known[:cap(p.known)])
	clear(p.mentions[:cap(p.mentions)])
	clear(p.plain)
	*p = people{
		rd: p.rd, recent: p.recent[:0], seen: p.seen[:0], known: p.known[:0], mentions: p.mentions[:0], plain: p.plain,
	}
}

// remember adds a passage and forgets the oldest ones, and the names in them.
func (p *people) remember(text string, base int) {
	p.recent = append(p.recent, passage{text, base})
	p.size += len(text)
	n := 0
	for ; p.size > maxRecent && n < len(p.recent)-1; n++ {
		p.size -= len(p.recent[n].text)
	}
	clear(p.recent[:n])
	p.recent = p.recent[n:] // to move the others each time would cost the square of their number
	for p.read < len(p.seen) && p.seen[p.read].name.Start < p.recent[0].base {
		p.read++
	}
}

// around returns the passage that a span stands in and its offset, or the
// span's own text if that is forgotten.
func (p *people) around(s Span) (text string, base int) {
	for i := len(p.recent) - 1; i >= 0; i-- {
		if r := p.recent[i]; r.base <= s.Start && s.End <= r.base+len(r.text) {
			return r.text, r.base
		}
	}
	return s.Text, s.Start
}

// readTo takes in the people in the text before offset end.
func (p *people) readTo(end int) {
	for p.read < len(p.seen) && p.seen[p.read].name.Start < end {
		p.take(&p.seen[p.read])
		p.read++
	}
}

// take takes in somebody who was seen.
func (p *people) take(s *sighting) {
	name := s.name.Text
	if old := p.find(name); old != nil {
		old.merge(s.person)
		name = old.name.Text
	} else if s.introduces {
		p.add(s.person)
	} else {
		return
	}
	if !s.owner {
		p.mention(name, s.sentence)
	}
}

// look notes the names in a sentence that begins at offset base.
func (p *people) look(text string, base int, toks []tag.Token) {
	p.text, p.base, p.toks = text, base, toks
	for i := 0; i < len(toks); {
		if !p.capital(i) || toks[i].Has(token.InQuote) {
			i++
			continue
		}
		end := p.run(i)
		p.name(i, end)
		i = end
	}
	p.text, p.toks = "", nil
}

// capital reports whether the token at i is a word with a capital.
func (p *people) capital(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].Kind == token.Word && p.toks[i].Has(token.Capital)
}

// run returns where the capitalised words that begin at i end. Particles may
// stand between them, and the stops of titles.
func (p *people) run(i int) int {
	for {
		i++
		switch {
		case p.capital(i):
		case i < len(p.toks) && p.toks[i].Kind == token.Stop && p.toks[i-1].Is(vocab.Title) && p.capital(i+1):
		case p.particle(i) && (p.capital(i+1) || p.particle(i+1) && p.capital(i+2)):
		default:
			return i
		}
	}
}

func (p *people) particle(i int) bool {
	return i < len(p.toks) && p.toks[i].End-p.toks[i].Start <= maxParticle && !p.toks[i].Has(token.Possessive) && p.toks[i].Word.Is(p.rd.c.particle, 0)
}

// common reports whether the word at i is an ordinary one, and no name.
func (p *people) common(i int) bool {
	return p.toks[i].Is(vocab.Listed) && p.genderOf(i) == anyGender && !p.particle(i)
}

func (p *people) genderOf(i int) gender {
	switch c := &p.rd.c.attribution; {
	case p.toks[i].Word.Is(c.Female, 0):
		return female
	case p.toks[i].Word.Is(c.Male, 0):
		return male
	}
	return anyGender
}

// maxName is the longest name of a person, in words.
const maxName = 5

// name notes the capitalised words [i, end) if they can name a person.
func (p *people) name(i, end int) {
	var who sighting
	titled, start := false, i
	for k := i; k < end-1; k++ {
		if p.toks[k].Is(vocab.Title) {
			who.gender = max(who.gender, p.genderOf(k))
			titled, start = true, k+1
			if p.toks[start].Kind == token.Stop {
				start++
			}
		}
	}
	for !titled && start < end && p.common(start) {
		start++
	}
	if start >= end || end-start > maxName {
		return
	}
	for k := start; k < end; k++ {
		if p.common(k) && p.genderOf(start) == anyGender {
			return // "the Metal Workers Union"
		}
	}
	from, to := int(p.toks[start].Start), int(p.toks[end-1].End)
	who.name = Span{p.base + from, p.base + to, p.text[from:to]}
	who.roles[1] = p.role(i, end, &who.person)
	if titled {
		title := start - 1
		if p.toks[title].Kind == token.Stop {
			title--
		}
		who.roles[0] = p.tokenText(title)
	}
	if who.gender == anyGender {
		who.gender = p.genderOf(start)
	}
	who.owner = end < len(p.toks) && p.toks[end].Has(token.Possessive)
	who.introduces = titled || who.roles[1] != "" || end-start > 1 && !who.owner
	who.sentence = p.base
	if p.read > len(p.seen)/2 {
		p.seen = slices.Delete(p.seen, 0, p.read)
		p.read = 0
	}
	p.seen = append(p.seen, who)
	p.read = max(p.read, len(p.seen)-maxSeen)
}

// merge takes over what is new of a person.
func (old *person) merge(who person) {
	if old.gender == anyGender {
		old.gender = who.gender
	}
	for i, r := range who.roles {
		if old.roles[i] == "" {
			old.roles[i] = r
		}
	}
	if endsInWord(who.name.Text, old.name.Text) {
		old.name = who.name // only the surname was known
	}
}

// maxRole is the longest apposition that is looked at, in words.
const maxRole = 10

// role returns what stands around the name [i, end) and says what the person
// is: "spokeswoman" of "a customs spokeswoman" before or behind it.
func (p *people) role(i, end int, who *person) string {
	before, head := i-1, -1
	if before > 0 && p.toks[before].Kind == token.Comma {
		before--
	}
	comma := end < len(p.toks) && p.toks[end].Kind == token.Comma
	switch {
	case p.office(before) && (before == i-1 || comma):
		head = before
	case comma && end+1 < len(p.toks) && (p.office(end+1) || p.toks[end+1].Is(vocab.Determiner)):
		for k := end + 1; k < len(p.toks) && k <= end+maxRole && p.toks[k].Kind == token.Word; k++ {
			if p.toks[k].Is(vocab.Preposition | vocab.WhWord) {
				break
			}
			head = k
		}
	}
	if head < 0 {
		return ""
	}
	who.gender = max(who.gender, p.genderOf(head))
	return p.tokenText(head)
}

func (p *people) tokenText(i int) string { return p.text[p.toks[i].Start:p.toks[i].End] }

// office reports whether the word at i says what somebody is.
func (p *people) office(i int) bool {
	return i >= 0 && i < len(p.toks) && (p.toks[i].Is(vocab.Title) || p.toks[i].Word.Is(p.rd.c.attribution.Actor, 0) || p.toks[i].Kind == token.Word && p.genderOf(i) != anyGender)
}

// find returns the person with the name, or with the surname or first name, the
// last one introduced first.
func (p *people) find(name string) *person {
	if name == "" {
		return nil
	}
	first := -1
	for i := len(p.known) - 1; i >= 0; i-- {
		full := p.known[i].name.Text
		if full[len(full)-1] == name[len(name)-1] && (full == name || endsInWord(full, name) || endsInWord(name, full)) {
			return &p.known[i]
		}
		if first < 0 && full[0] == name[0] && len(full) > len(name) && full[len(name)] == ' ' && full[:len(name)] == name {
			first = i // "Hua Chunying", "Hua"
		}
	}
	if first >= 0 {
		return &p.known[first]
	}
	return nil
}

// endsInWord reports whether the last words of the name are these.
func endsInWord(name, words string) bool {
	n := len(name) - len(words)
	return n > 0 && name[n-1] == ' ' && name[n:] == words
}

func (p *people) add(who person) {
	if len(p.known) == maxKnown {
		p.known = slices.Delete(p.known, 0, 1)
	}
	p.known = append(p.known, who)
}

func (p *people) mention(name string, sentence int) {
	if len(p.mentions) == maxMentions {
		p.mentions = slices.Delete(p.mentions, 0, 1)
	}
	p.mentions = append(p.mentions, mention{name, sentence})
}

// withRole returns the person introduced last in the role: "the spokeswoman".
func (p *people) withRole(role string) (Span, bool) {
	for i := len(p.known) - 1; i >= 0; i-- {
		for _, r := range p.known[i].roles {
			if strings.EqualFold(r, role) {
				return p.known[i].name, true
			}
		}
	}
	return Span{}, false
}

// mentioned returns the person that "he" or "she" stands for: of the last
// sentence that mentions somebody whom it suits, the first one.
func (p *people) mentioned(g gender, but string) (Span, bool) {
	best := -1
	for i := len(p.mentions) - 1; i >= 0; i-- {
		m := p.mentions[i]
		if best >= 0 && m.sentence != p.mentions[best].sentence {
			break
		}
		if who := p.find(m.who); who != nil && who.gender.suits(g) && who.name.Text != but {
			best = i
		}
	}
	if best < 0 {
		return Span{}, false
	}
	who := p.find(p.mentions[best].who)
	if who.gender == anyGender {
		who.gender = g
	}
	return who.name, true
}

// introduced reports whether the text before offset end gives a longer form of
// the name, at little cost.
func (p *people) introduced(name string, end int) bool {
	from := max(end-maxRecent, p.plain[name]-len(name)-maxWord) // the name may go on where the last look ended
	for _, passage := range p.recent {
		text := passage.text[:max(0, min(len(passage.text), end-passage.base))]
		text = text[max(0, min(len(text), from-passage.base)):]
		for {
			i := strings.Index(text, name)
			if i < 0 {
				break
			}
			rest := text[i+len(name):]
			if i > 1 && text[i-1] == ' ' && p.partOfName(text[:i-1][strings.LastIndexAny(text[:i-1], " \n\t\"“(")+1:]) {
				return true
			}
			if len(rest) > 1 && rest[0] == ' ' {
				if word, _, _ := strings.Cut(rest[1:], " "); p.partOfName(strings.TrimRight(word, ",.;:")) {
					return true
				}
			}
			text = rest
		}
	}
	if _, ok := p.plain[name]; !ok {
		switch {
		case p.plain == nil:
			p.plain = map[string]int{}
		case len(p.plain) == maxPlain:
			clear(p.plain)
		}
		name = strings.Clone(name) // the text it is of shall not be kept
	}
	p.plain[name] = end
	return false
}

// partOfName reports whether a word beside a name can belong to it.
func (p *people) partOfName(word string) bool {
	switch {
	case word == "":
		return false
	case isUpper(word[0]) || word[0] >= utf8.RuneSelf:
		w := p.rd.word(word)
		return w.Traits&vocab.Listed == 0 || w.Is(p.rd.c.attribution.Male, 0) || w.Is(p.rd.c.attribution.Female, 0)
	}
	return len(word) <= maxParticle && p.rd.word(word).Is(p.rd.c.particle, 0)
}

// maxParticle is the length of the longest particle of names, in bytes.
const maxParticle = 5

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
