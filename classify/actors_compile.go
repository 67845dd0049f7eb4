package classify

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/demarche/demarche/internal/gazetteer"
)

// maxRoles bounds the roles of a gazetteer.
const maxRoles = 256

var allTakes = []string{"adjective", "possessive", "of", "noun", "place"}

var grammarSorts = map[string]gazetteer.Sort{
	"definite": gazetteer.Definite, "indefinite": gazetteer.Indefinite, "modifiers": gazetteer.Modifier,
	"particles": gazetteer.Particle, "of": gazetteer.Of, "place": gazetteer.Place, "agent": gazetteer.Agent,
	"origin": gazetteer.AgentPlace, "ends": gazetteer.End,
}

func grammarClasses() []string { return slices.Sorted(maps.Keys(grammarSorts)) }

// An actorMerger puts lists of actors together.
type actorMerger struct {
	errs     mistakes
	actors   []*ActorEntry
	roles    []*ActorRole
	blockers []*ActorBlocker
	ids      map[string]position
}

func compileActors(lists []*ActorList) (*Gazetteer, error) {
	m := actorMerger{ids: map[string]position{}}
	for _, list := range lists {
		m.merge(list)
	}
	g := m.compile(lists)
	if err := m.errs.err(); err != nil {
		return nil, err
	}
	return g, nil
}

func (m *actorMerger) merge(list *ActorList) {
	for i, id := range list.Remove {
		at := position{file: list.Name, entry: id}
		if i < len(list.atRemove) {
			at = list.atRemove[i]
		}
		m.remove(id, at)
	}
	for _, e := range list.Extend {
		e.complete(list, false)
		i := slices.IndexFunc(m.actors, func(a *ActorEntry) bool { return a.ID == e.ID })
		switch {
		case i < 0:
			m.errs.addf(e.at, "extend: no actor %q in the lists before%s", e.ID, m.near(e.ID))
		case e.Name != "" || e.Kind != "" || e.Of != "":
			m.errs.addf(e.at, "extend: %q has names already; only names, adjectives, demonyms, capitals and organs can be added", e.ID)
		default:
			m.actors[i].phrases = append(m.actors[i].phrases, e.phrases...)
		}
	}
	for _, e := range list.Actors {
		e.complete(list, true)
		e.Kind = firstOf(e.Kind, list.Kind)
		m.add(e.ID, "actor", e.at)
		if e.Name == "" {
			m.errs.addf(e.at, "actor %q has no name", e.ID)
		}
		if !slices.Contains(actorKinds, e.Kind) {
			m.errs.addf(e.at, "actor %q has the kind %q; one of %s is expected", e.ID, e.Kind, join(actorKinds))
		}
		m.actors = append(m.actors, &e)
	}
	var roles []*ActorRole
	for _, r := range list.Roles {
		r.phrases, r.at = completed(r.phrases, r.Match, r.at, list, r.ID)
		r.Name = firstOf(r.Name, r.ID)
		m.add(r.ID, "role", r.at)
		r.order = len(m.roles) + len(roles)
		roles = append(roles, &r)
	}
	m.roles = append(roles, m.roles...) // those of a later list count before others
	for _, b := range list.Blockers {
		b.phrases, b.at = completed(b.phrases, b.Match, b.at, list, b.ID)
		m.add(b.ID, "blocker", b.at)
		m.blockers = append(m.blockers, &b)
	}
}

// complete lists the phrases of an entry that was built in Go.
func (a *ActorEntry) complete(list *ActorList, named bool) {
	if a.at.line > 0 {
		return
	}
	a.at = position{file: list.Name, entry: a.ID}
	a.phrases = nil
	if named {
		a.add(nounForm, "", a.Name, a.at)
	}
	addAll := func(form phraseForm, role string, words []string) {
		for _, w := range words {
			a.add(form, role, w, a.at)
		}
	}
	addAll(nounForm, "", a.Names)
	addAll(adjectiveForm, "", a.Adjectives)
	addAll(demonymForm, "", a.Demonyms)
	addAll(nounForm, "", a.Capitals)
	for _, role := range slices.Sorted(maps.Keys(a.Organs)) {
		addAll(nounForm, role, a.Organs[role])
	}
}

func completed(phrases []actorPhrase, match []string, at position, list *ActorList, id string) ([]actorPhrase, position) {
	if at.line > 0 {
		return phrases, at
	}
	at = position{file: list.Name, entry: id}
	phrases = nil
	for _, s := range match {
		phrases = append(phrases, actorPhrase{text: s, at: at})
	}
	return phrases, at
}

// add takes note of an id.
func (m *actorMerger) add(id, what string, at position) {
	valid := id != "" && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if !valid {
		m.errs.addf(at, "%s with the id %q; letters, digits, hyphens and underscores are expected", what, id)
		return
	}
	if old, ok := m.ids[id]; ok {
		m.errs.addf(at, "id %q is already used at %s", id, old)
		return
	}
	m.ids[id] = at
}

// remove takes an entry or one phrase of it away.
func (m *actorMerger) remove(full string, at position) {
	id, slug, one := strings.Cut(full, "/")
	if _, ok := m.ids[id]; !ok {
		m.errs.addf(at, "remove: nothing in the lists before has the id %q%s", id, m.near(id))
		return
	}
	removed := false
	strip := func(phrases []actorPhrase) []actorPhrase {
		return slices.DeleteFunc(slices.Clone(phrases), func(p actorPhrase) bool {
			ok := phraseSlug(p.text) == slug
			removed = removed || ok
			return ok
		})
	}
	m.actors = slices.DeleteFunc(m.actors, func(a *ActorEntry) bool {
		if a.ID == id && one {
			a.phrases = strip(a.phrases)
		}
		return a.ID == id && !one
	})
	if !one { // what was a part of it is now by itself
		for _, a := range m.actors {
			if a.Of == id {
				a.Of = ""
			}
		}
	}
	m.roles = slices.DeleteFunc(m.roles, func(r *ActorRole) bool {
		if r.ID == id && one {
			r.phrases = strip(r.phrases)
		}
		return r.ID == id && !one
	})
	m.blockers = slices.DeleteFunc(m.blockers, func(b *ActorBlocker) bool {
		if b.ID == id && one {
			b.phrases = strip(b.phrases)
		}
		return b.ID == id && !one
	})
	switch {
	case !one:
		delete(m.ids, id)
	case !removed:
		m.errs.addf(at, "remove: %q has no phrase %q", id, slug)
	}
}

func phraseSlug(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "-")) }

func (m *actorMerger) near(id string) string {
	if near := nearest(id, slices.Collect(maps.Keys(m.ids))); near != "" {
		return "; did you mean \"" + near + "\"?"
	}
	return ""
}

func (m *actorMerger) compile(lists []*ActorList) *Gazetteer {
	g := &Gazetteer{ids: map[string]gazetteer.Found{}}
	if len(m.roles) > maxRoles {
		m.errs.addf(position{}, "%d roles; at most %d are expected", len(m.roles), maxRoles)
		return nil
	}
	roleIndex := map[string]int32{}
	rules := make([]gazetteer.RoleRule, len(m.roles))
	for i, r := range m.roles {
		rules[i].Nationals, rules[i].Bound = r.Nationals, r.Bound
		for _, t := range r.Takes {
			k := slices.Index(allTakes, t)
			if k < 0 {
				m.errs.addf(r.at, "role %q takes %q; one of %s is expected", r.ID, t, strings.Join(allTakes, ", "))
				continue
			}
			rules[i].Takes |= 1 << k
		}
		var speaks []ActorKind
		for _, k := range r.For {
			if !slices.Contains(actorKinds, k) {
				m.errs.addf(r.at, "role %q is for %q; kinds of actors are expected: %s", r.ID, k, join(actorKinds))
			}
			speaks = append(speaks, k)
		}
		roleIndex[r.ID] = int32(i)
		g.roles = append(g.roles, gazetteerRole{Actor{ID: r.ID, Name: r.Name, Kind: KindRole, Role: r.ID}, speaks})
		g.ids[r.ID] = gazetteer.Found{Actor: -1, Role: int32(i)}
	}
	actorRules := make([]gazetteer.ActorRule, len(m.actors))
	for i, a := range m.actors {
		actorRules[i] = gazetteer.ActorRule{
			Land:   a.Kind == KindState || a.Kind == KindTerritory || a.Kind == KindRegion,
			Yields: a.Kind == KindOrganisation,
		}
		g.actors = append(g.actors, Actor{ID: a.ID, Name: a.Name, Kind: a.Kind, Of: a.Of})
		g.ids[a.ID] = gazetteer.Found{Actor: int32(i), Role: -1}
	}
	g.parts = make([]atomic.Pointer[[]Actor], len(g.actors))
	p := phraseAdder{errs: &m.errs, table: gazetteer.New(actorRules, rules), at: map[string]position{}}
	for _, list := range lists {
		for _, gr := range list.grammar {
			p.add(gr.phrases, gazetteer.Meaning{Sort: grammarSorts[gr.class], Actor: -1, Role: -1})
		}
	}
	for _, b := range m.blockers {
		p.add(b.phrases, gazetteer.Meaning{Sort: gazetteer.Blocker, Actor: -1, Role: -1})
	}
	for i, a := range m.actors {
		if f, ok := g.ids[a.Of]; a.Of != "" && (!ok || f.Actor < 0) {
			m.errs.addf(a.at, "actor %q is of %q, which is no actor%s", a.ID, a.Of, m.near(a.Of))
		}
		for _, ph := range a.phrases {
			role := int32(-1)
			if ph.role != "" {
				k, ok := roleIndex[ph.role]
				if !ok {
					m.errs.addf(ph.at, "%q is an organ with the role %q, which is not defined; roles are %s", ph.text, ph.role, keyList(roleIndex))
					continue
				}
				role = k
			}
			sort := [...]gazetteer.Sort{gazetteer.Name, gazetteer.Adjective, gazetteer.National}[ph.form]
			p.add([]actorPhrase{ph}, gazetteer.Meaning{Sort: sort, Actor: int32(i), Role: role})
		}
	}
	inOrder := slices.SortedFunc(slices.Values(m.roles), func(a, b *ActorRole) int { return a.order - b.order })
	for _, r := range inOrder {
		p.add(r.phrases, gazetteer.Meaning{Sort: gazetteer.Role, Actor: -1, Role: roleIndex[r.ID]})
	}
	for _, r := range inOrder { // when all singulars have their meaning
		for _, ph := range r.phrases {
			p.table.Add(plural(ph.text), gazetteer.Meaning{Sort: gazetteer.Role, Actor: -1, Role: roleIndex[r.ID]})
		}
	}
	g.table = p.table
	return g
}

// A phraseAdder adds phrases to a table and reports those that stand there
// already.
type phraseAdder struct {
	errs  *mistakes
	table *gazetteer.Table
	at    map[string]position
}

func (p *phraseAdder) add(phrases []actorPhrase, m gazetteer.Meaning) {
	for _, ph := range phrases {
		switch n := gazetteer.Words(ph.text); {
		case n < 0:
			p.errs.addf(ph.at, "%q: only words, hyphens, apostrophes and full stops of abbreviations are expected in a phrase", ph.text)
			continue
		case n == 0:
			p.errs.addf(ph.at, "a phrase without words")
			continue
		case n > gazetteer.MaxWords:
			p.errs.addf(ph.at, "phrase of more than %d words, the limit", gazetteer.MaxWords)
			continue
		}
		if _, ok := p.table.Add(ph.text, m); !ok {
			old, ok := p.at[ph.text]
			if !ok { // written differently there
				p.errs.addf(ph.at, "phrase %q has a meaning already", ph.text)
				continue
			}
			p.errs.addf(ph.at, "phrase %q has a meaning already, at %s", ph.text, old)
			continue
		}
		p.at[ph.text] = ph.at
	}
}

// plural is the regular plural of a phrase in English.
func plural(s string) string {
	n := len(s)
	switch {
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	case n > 1 && s[n-1] == 'y' && strings.IndexByte("aeiou", s[n-2]) < 0:
		return s[:n-1] + "ies"
	}
	return s + "s"
}
