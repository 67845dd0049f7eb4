package classify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

type entryKind uint8

const (
	cueEntry entryKind = iota
	blockerEntry
	modifierEntry
	pseudoEntry
	terminatorEntry
)

func (k entryKind) String() string {
	return [...]string{"cue", "blocker", "modifier", "pseudo-trigger", "terminator"}[k]
}

// an entry is a group of patterns of a lexicon while lexicons are merged.
type entry struct {
	kind     entryKind
	lex      *Lexicon
	id       string
	replaces string
	at       position
	match    []string
	atPat    []position

	cue      *Cue
	blocker  *Blocker
	modifier *Modifier

	ids          []string        // of the patterns, once asked for
	gone         bool            // removed or replaced
	without      map[int]bool    // patterns that are removed or replaced
	weight       float64         // that a later lexicon gives
	weights      map[int]float64 // the same, for single patterns
	replacements []*entry
}

// place is where pattern i stands.
func (e *entry) place(i int) position {
	return placeOr(e.atPat, i, e.at)
}

// patternIDs lists the ids of the patterns: that of the entry if it has just
// one pattern.
func (e *entry) patternIDs() []string {
	if e.ids != nil {
		return e.ids
	}
	if len(e.match) == 1 {
		e.ids = []string{e.id}
		return e.ids
	}
	e.ids = make([]string, len(e.match))
	used := make(map[string]int, len(e.match))
	for i, src := range e.match {
		own := e.id + "/" + slug(src)
		if used[own]++; used[own] > 1 {
			own = fmt.Sprintf("%s-%d", own, used[own])
		}
		e.ids[i] = own
	}
	return e.ids
}

// maxSlug is the longest part of an id made from a pattern, in bytes.
const maxSlug = 48

// slug turns a pattern into the last part of an id: its words, with hyphens.
func slug(src string) string {
	var b strings.Builder
	gap := false
	for i := range len(src) {
		c := src[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			fallthrough
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c >= 0x80:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteByte(c)
		default:
			gap = true
		}
		if b.Len() >= maxSlug {
			break
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

// entries lists what a lexicon holds, in its order.
func (lex *Lexicon) entries() []*entry {
	list := make([]*entry, 0, len(lex.Cues)+len(lex.Blockers)+len(lex.Modifiers)+len(lex.Pseudo)+len(lex.Terminators))
	add := func(e *entry) {
		e.lex = lex
		if e.id == "" {
			e.id = e.replaces
		}
		if e.at.file == "" {
			e.at = position{file: lex.Name, entry: e.id}
		}
		list = append(list, e)
	}
	for i := range lex.Cues {
		c := &lex.Cues[i]
		add(&entry{kind: cueEntry, id: c.ID, replaces: c.Replaces, at: c.at, match: c.Match, atPat: c.atPat, cue: c})
	}
	for i := range lex.Blockers {
		b := &lex.Blockers[i]
		add(&entry{kind: blockerEntry, id: b.ID, replaces: b.Replaces, at: b.at, match: b.Match, atPat: b.atPat, blocker: b})
	}
	for i := range lex.Modifiers {
		m := &lex.Modifiers[i]
		add(&entry{kind: modifierEntry, id: m.ID, replaces: m.Replaces, at: m.at, match: m.Match, atPat: m.atPat, modifier: m})
	}
	plain := func(kind entryKind, entries []Entry) {
		for i := range entries {
			p := &entries[i]
			add(&entry{kind: kind, id: p.ID, replaces: p.Replaces, at: p.at, match: p.Match, atPat: p.atPat})
		}
	}
	plain(pseudoEntry, lex.Pseudo)
	plain(terminatorEntry, lex.Terminators)
	return list
}

// a merger puts lexicons together, one after the other.
type merger struct {
	errs *mistakes
	byID map[string]*entry
	gone map[string]string // what became of ids that are no more
	list []*entry
	// open says that lexicons are missing, so that an unknown id is no mistake
	open bool
}

// merge returns the entries that are left once each lexicon, in turn, has
// removed, re-weighted, replaced and added what it says.
func (g *merger) merge(lexicons []*Lexicon) []*entry {
	for _, lex := range lexicons {
		g.remove(lex)
		g.reweight(lex)
		entries := lex.entries()
		for _, e := range entries {
			if e.replaces != "" {
				g.replace(e)
			}
		}
		for _, e := range entries {
			g.claim(e)
		}
	}
	var left []*entry
	var walk func(list []*entry)
	walk = func(list []*entry) {
		for _, e := range list {
			if !e.gone {
				left = append(left, e)
			}
			walk(e.replacements)
		}
	}
	walk(g.list)
	return left
}

// find returns the entry with an id, or the entry and the number of its
// pattern with that id; else number is -1.
func (g *merger) find(id string) (e *entry, number int) {
	if e := g.byID[id]; e != nil {
		return e, -1
	}
	for i := len(id) - 1; i > 0; i-- {
		if id[i] != '/' {
			continue
		}
		if e := g.byID[id[:i]]; e != nil {
			if n := slices.Index(e.patternIDs(), id); n >= 0 && !e.without[n] {
				return e, n
			}
		}
	}
	return nil, -1
}

// unknown reports an id that no earlier lexicon has.
func (g *merger) unknown(key, id string, at position) {
	if g.open || g.errs.full() { // to look for near ids takes its time
		return
	}
	msg := fmt.Sprintf("%s: no entry of the lexicons before has the id %q", key, id)
	if fate, ok := g.gone[id]; ok {
		msg += ": it was " + fate
	} else if near := nearest(id, g.idsLike(id)); near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	g.errs.addf(at, "%s", msg)
}

// idsLike lists the ids of entries and, if id looks like that of a pattern, of
// the patterns of its entry.
func (g *merger) idsLike(id string) []string {
	list := slices.Collect(maps.Keys(g.byID))
	if i := strings.LastIndexByte(id, '/'); i > 0 && g.byID[id[:i]] != nil {
		list = append(list, g.byID[id[:i]].patternIDs()...)
	}
	return list
}

// take removes an entry, or one pattern of it.
func (g *merger) take(e *entry, number int, id, fate string) {
	g.gone[id] = fate
	if number < 0 {
		e.gone = true
		delete(g.byID, id)
		return
	}
	if e.without == nil {
		e.without = map[int]bool{}
	}
	e.without[number] = true
}

const removedAt = "removed at "

func (g *merger) remove(lex *Lexicon) {
	for i, id := range lex.Remove {
		at := placeOr(lex.atRemove, i, position{file: lex.Name})
		e, number := g.find(id)
		switch {
		case e != nil:
			g.take(e, number, id, removedAt+at.String())
		case strings.HasPrefix(g.gone[id], removedAt): // twice does no harm
		default:
			g.unknown("remove", id, at)
		}
	}
}

func (g *merger) reweight(lex *Lexicon) {
	seen := map[string]position{}
	for _, w := range lex.Weights {
		at := w.at
		if at.file == "" {
			at = position{file: lex.Name, entry: w.ID}
		}
		if old, ok := seen[w.ID]; ok {
			g.errs.addf(at, "weights: %q already has a weight at %s", w.ID, old)
			continue
		}
		seen[w.ID] = at
		if !(w.Weight > 0 && w.Weight <= 1) {
			g.errs.addf(at, "weights: %q has the weight %v; a number above 0 and up to 1 is expected", w.ID, w.Weight)
			continue
		}
		e, number := g.find(w.ID)
		switch {
		case e == nil:
			g.unknown("weights", w.ID, at)
		case e.kind != cueEntry:
			g.errs.addf(at, "weights: %q is a %s, and only cues have weights", w.ID, e.kind)
		case number < 0:
			e.weight, e.weights = w.Weight, nil
		default:
			if e.weights == nil {
				e.weights = map[int]float64{}
			}
			e.weights[number] = w.Weight
		}
	}
}

// replace puts an entry in the place of another.
func (g *merger) replace(e *entry) {
	old, number := g.find(e.replaces)
	switch {
	case old == nil:
		g.unknown("replaces", e.replaces, e.at)
	case old.kind != e.kind:
		g.errs.addf(e.at, "replaces: %q is a %s, at %s, and cannot be replaced with a %s", e.replaces, old.kind, old.at, e.kind)
	default:
		g.take(old, number, e.replaces, "replaced at "+e.at.String())
		old.replacements = append(old.replacements, e)
		return
	}
	e.replaces = ""
}

// claim registers an entry under its id and reports a conflict.
func (g *merger) claim(e *entry) {
	if e.replaces == "" {
		g.list = append(g.list, e)
	}
	switch old, number := g.find(e.id); {
	case e.id == "":
		g.errs.lackf("id", e.at, "%s without an id", e.kind)
	case old != nil: // its patterns are looked at all the same
		at := old.at
		if number >= 0 {
			at = old.place(number)
		}
		if at == e.at { // built in Go, where entries have no place
			g.errs.addf(e.at, "id %q is used twice", e.id)
			return
		}
		g.errs.addf(e.at, "id %q is already used at %s", e.id, at)
	default:
		g.byID[e.id] = e
	}
}
