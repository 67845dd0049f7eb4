package gazetteer

// maxTokens is how much of a phrase is read, in words and marks.
const maxTokens = 48

// overrun is how far behind the end of a phrase a name may go on, in bytes.
const overrun = 40

// maxDepth is how many phrases within each other are followed: "a spokesman for
// the office of the president of Chile".
const maxDepth = 5

// An item is a phrase of the table, or a word of none, in the text.
type item struct {
	Meaning
	start, end int32
	possessive bool
	definite   bool // "the" goes before
	indefinite bool // "a" goes before
	lower      bool // the last word is in lower case
}

// A Found is whom a phrase stands for. Each is an index or -1, but never both.
type Found struct{ Actor, Role int32 }

var nobody = Found{-1, -1}

// Find says whom text[start:end] stands for. Where the phrase alone does not
// tell, the text around it counts. What follows a noun may say whose it is:
// "protesters" before "in Tehran", "the raid" before "by Israel". A name that
// the table does not know may have a title before it, "Chinese spokeswoman
// Hua", or an apposition after it, "Hua, a Chinese spokeswoman,".
func (t *Table) Find(text string, start, end int) (Found, bool) {
	var buf [maxTokens]item
	n, unknown := t.items(&buf, text, start, end)
	f, ok := t.phrase(buf[:n], 0)
	if ok && f.Actor >= 0 {
		return f, true
	}
	if to := t.relation(text, end); !unknown && to > end {
		n, _ := t.items(&buf, text, start, to)
		if whole, ok := t.phrase(buf[:n], 0); ok && whole.Actor >= 0 {
			return whole, true
		}
	}
	if ok || !unknown {
		return f, ok
	}
	if from := t.title(text, start); from < start {
		n, _ := t.items(&buf, text, from, end)
		if f, ok := t.phrase(buf[:n], 0); ok {
			return f, true
		}
		if to := t.relation(text, end); to > end { // "Prime Minister Ana Roe of Chile"
			n, _ := t.items(&buf, text, from, to)
			if f, ok := t.phrase(buf[:n], 0); ok && f.Actor >= 0 {
				return f, true
			}
		}
	}
	return t.apposition(&buf, text, end)
}

// items cuts the text into items. The last one goes on behind the end if a name
// does: "the UN mission" before "in Mali". unknown says that they are words with
// capitals only, of which the table knows none.
func (t *Table) items(buf *[maxTokens]item, text string, start, end int) (n int, unknown bool) {
	var tokens [maxTokens]token
	count := t.tokens(tokens[:], text, start, runeEnd(text, end+overrun))
	all := tokens[:count]
	for count > 0 && int(tokens[count-1].start) >= end {
		count--
	}
	unknown = true
	definite, indefinite := afterThe(text, start), false
	for i := 0; i < count; {
		tok := &tokens[i]
		if tok.mark {
			buf[n] = item{Meaning: Meaning{Sort: End, Actor: -1, Role: -1}}
			n++
			i++
			unknown = false
			continue
		}
		m, length := t.longest(all[i:])
		if i+length > count && m.Sort != Name {
			m, length = t.longest(all[i:count])
		}
		if length > 0 && m.Sort != Particle && (tok.joined || i+length < len(all) && all[i+length].joined) {
			// a part of a compound, as "pro-Russian" or "US-led", is not the
			// actor itself
			m, length = Meaning{Sort: word}, 0
		} else if length == 0 {
			m.Sort = word
			if tok.shape > 0 {
				m.Sort = capital
			}
		}
		if length == 0 {
			m.Actor, m.Role, length = -1, -1, 1
		}
		last := &all[i+length-1]
		unknown = unknown && m.Sort == capital
		i += length
		switch m.Sort {
		case Modifier:
			continue
		case Definite, Indefinite:
			definite, indefinite = m.Sort == Definite, m.Sort == Indefinite
			continue
		}
		buf[n] = item{m, tok.start, last.end, last.possessive, definite, indefinite, last.shape == 0}
		definite, indefinite = false, false
		n++
	}
	return n, unknown && n > 0
}

// tokens cuts the text into words of the table.
func (t *Table) tokens(buf []token, text string, start, end int) int {
	n, _ := scan(buf, text, start, end)
	var fold folded
	for i := range buf[:n] {
		tok := &buf[i]
		if tok.mark {
			continue
		}
		tok.sym = -1
		if w, ok := t.words[string(fold.word(text[tok.start:tok.end]))]; ok {
			tok.sym = w
		}
	}
	return n
}

// phrase reads the phrase that the items begin with.
func (t *Table) phrase(items []item, depth int) (Found, bool) {
	for len(items) > 0 && items[0].Sort == End { // "[foreign] and defence ministers"
		items = items[1:]
	}
	end := 0
	for end < len(items) && items[end].Sort < Of {
		end++
	}
	if end == 0 || depth > maxDepth {
		return nobody, false
	}
	group, rest := items[:end], items[end:]
	head := end - 1
	titled := false
	if group[head].Sort == capital {
		for head >= 0 && (group[head].Sort == capital) {
			head--
		}
		switch {
		case head < 0:
			return nobody, false
		case group[head].Sort == Role: // "President Boric"
			titled = true
		case group[head].isActor() && (group[head].possessive || group[head].lower): // "the EU's Borrell", "UN rights chief Kane"
			return t.own(&group[head]), true
		default: // "Washington Post"
			return nobody, false
		}
	}
	h := &group[head]
	switch h.Sort {
	case Name, Adjective, National:
		if head > 0 && group[head-1].Sort == capital && !group[head-1].possessive {
			return nobody, false // "New Paris"
		}
		if h.Role >= 0 || t.actors[h.Actor].Yields {
			if land := t.owner(group[:head], ByAdjective|ByPossessive); land != nil && t.actors[land.Actor].Land {
				return Found{land.Actor, h.Role}, true // "Peru's Congress", "the Turkish Red Crescent"
			}
		}
		return t.own(h), true
	case Role:
		return t.role(group[:head+1], rest, titled, depth)
	case word:
		return t.deed(group[:head+1], rest, depth)
	}
	return nobody, false
}

func (it *item) isActor() bool { return it.Sort == Name || it.Sort == Adjective || it.Sort == National }

// own is the actor of a name. "Danes" and "a Dane" are people, "the Danes" as a
// rule are those who act for them.
func (t *Table) own(it *item) Found {
	people := it.Sort == National && !it.definite || it.Sort == Adjective && it.indefinite
	if people && t.nationals >= 0 && t.actors[it.Actor].Land {
		return Found{it.Actor, t.nationals}
	}
	return Found{it.Actor, it.Role}
}

// role reads a group of words that ends with a role.
func (t *Table) role(group, rest []item, titled bool, depth int) (Found, bool) {
	head := &group[len(group)-1]
	takes := t.roles[head.Role].Takes
	role := leastRole(group)
	if owner := t.owner(group[:len(group)-1], takes); owner != nil {
		if t.roles[head.Role].Bound {
			role = least(t.deedRole(group[:len(group)-1], owner), head.Role)
		}
		return Found{owner.Actor, role}, true
	}
	follows := !titled || len(rest) > 1 && rest[1].isActor() // not "Minister Roe of supporting Peru"
	if f, ok := t.follows(rest, takes, depth); ok && follows {
		return Found{f.Actor, least(role, f.Role)}, true
	}
	if titled || named(group) || takesOf(rest, takes) && named(rest[1:]) {
		return nobody, false // somebody's in particular, and who that is is not known
	}
	if t.roles[head.Role].Bound {
		role = t.possessor(group)
	}
	return Found{-1, role}, role >= 0
}

// deedRole is the role that does what an owner is said to do. In "Chinese media
// reports" the media do, in "China's media crackdown" and "Chinese migrant
// policy" they do not.
func (t *Table) deedRole(group []item, owner *item) int32 {
	role := owner.Role
	if owner.possessive {
		return role
	}
	for i := range group {
		if r := group[i].Role; r >= 0 && r != t.nationals {
			role = least(role, r)
		}
	}
	return role
}

// possessor is the role that the last noun of a group is the deed of: "the new
// government's silence". It is -1 if there is none.
func (t *Table) possessor(group []item) int32 {
	if n := len(group); n > 1 {
		if by := &group[n-2]; by.Sort == Role && by.possessive && !t.roles[by.Role].Bound {
			return by.Role
		}
	}
	return -1
}

// deed reads a group that ends with a noun of no role: what somebody does, says
// or has.
func (t *Table) deed(group, rest []item, depth int) (Found, bool) {
	if owner := t.owner(group[:len(group)-1], ByAdjective|ByPossessive|ByOf); owner != nil {
		return Found{owner.Actor, t.deedRole(group, owner)}, true
	}
	if named(group) {
		return nobody, false
	}
	if role := t.possessor(group); role >= 0 {
		return Found{-1, role}, true
	}
	for i, it := range rest {
		if it.Sort == Agent {
			return t.behind(rest[i+1:], depth)
		}
		if it.start == it.end { // a mark
			break
		}
	}
	return nobody, false
}

// follows reads whose a role is from what stands behind it.
func (t *Table) follows(rest []item, takes Takes, depth int) (Found, bool) {
	if len(rest) < 2 {
		return nobody, false
	}
	var by Takes
	switch rest[0].Sort {
	case Of:
		by = ByOf
	case Place:
		by = ByPlace
	case AgentPlace:
		by = ByOf | ByPlace
	}
	if by&takes == 0 {
		return nobody, false
	}
	return t.behind(rest[1:], depth)
}

// behind reads what stands behind a preposition. Where the verb of the sentence
// follows a bare name, the phrase ends with the name: "of Chile resigned".
func (t *Table) behind(items []item, depth int) (Found, bool) {
	f, ok := t.phrase(items, depth+1)
	if !ok && len(items) > 1 && items[0].Sort == Name && items[1].Sort == word {
		return t.own(&items[0]), true
	}
	return f, ok
}

func takesOf(rest []item, takes Takes) bool {
	return takes&ByOf != 0 && len(rest) > 0 && rest[0].Sort == Of
}

// owner finds the name before a noun that says whose it is: the nearest one,
// but an organisation only if there is no other.
func (t *Table) owner(group []item, takes Takes) *item {
	var found *item
	for i := len(group) - 1; i >= 0; i-- {
		it := &group[i]
		var by Takes
		switch {
		case it.isActor() && it.possessive:
			by = ByPossessive
		case it.Sort == Adjective || it.Sort == National:
			by = ByAdjective
		case it.Sort == Name && (it.Role >= 0 || !t.actors[it.Actor].Land): // "Kremlin officials" are of the Kremlin
			by = ByOf | ByNoun
		case it.Sort == Name: // of a land: "Moscow officials"
			by = ByNoun
		}
		if by&takes == 0 || i > 0 && group[i-1].Sort == capital && !group[i-1].possessive {
			continue
		}
		if !t.actors[it.Actor].Yields {
			return it
		}
		if found == nil {
			found = it
		}
	}
	return found
}

// named reports whether a word with a capital that the table does not know
// stands in the group that the items begin with.
func named(items []item) bool {
	for i := range items {
		if items[i].Sort == capital {
			return true
		}
		if items[i].Sort >= Of {
			break
		}
	}
	return false
}

func leastRole(group []item) int32 {
	role := int32(-1)
	for i := range group {
		role = least(role, group[i].Role)
	}
	return role
}

// least is the lower of two indices that are not -1.
func least(a, b int32) int32 {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}
