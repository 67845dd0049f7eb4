package classify

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/demarche/demarche/internal/gazetteer"
)

// A Gazetteer says whom a phrase stands for, so that "Beijing", "Chinese
// officials" and "the Foreign Ministry in Beijing" count together as CHN. It
// never changes and may be used by several goroutines. [WithActors] lets a
// [Classifier] use it.
//
// The built-in lists in the folder actors hold all states with their
// adjectives, demonyms, capitals and organs ("the Kremlin", "Downing Street"),
// territories, international organisations, well-known movements, parties,
// media and companies, and generic roles. They hold no people but popes and
// presidents' administrations: who speaks for a state changes. A name nobody
// knows is found by its title ("Chinese spokeswoman Hua Chunying") or
// apposition ("Hua Chunying, a Chinese spokeswoman,").
//
// # How a phrase is read
//
// The longest name wins: "Papua New Guinea" is not Guinea, and blockers stand
// for other senses: "South China Sea". A name beside another capitalised word
// that is not known is left alone: "Washington Post", "Paris Saint-Germain". So
// is a part of a compound: "pro-Russian", "US-led". Capitals in the lists ask
// for capitals in the text, so that "us" is not the United States.
//
// The head of the phrase decides. Where it is a name, it is the actor. Where it
// is a role, the name before or behind it says whose: "the Russian embassy in
// London" is RUS, as an embassy is not of the place where it is. Roles that
// speak for an actor have its id, other roles have one of their own:
//
//	Chinese officials                CHN, role official
//	the Foreign Ministry in Beijing  CHN, role government
//	protesters in Tehran             IRN/crowd
//	critics                          critic
//	the EU's Borrell                 EU
//
// Where the head is any other noun, the phrase is about what somebody does:
// "Russia's invasion", "the attack by Israel" are RUS and ISR; "the Ukraine
// crisis" is nobody. Of several actors, as in "the United States and its
// allies", the first one counts.
//
// # Lists
//
// A list is a YAML mapping, or an [ActorList] built in Go with the same fields:
//
//	kind       kind of actors that give none
//	actors     list of {id, name, kind, of, names, adjectives, demonyms,
//	           capitals, organs}; see [ActorEntry]
//	roles      list of {id, name, for, takes, nationals, bound,
//	           match}; see [ActorRole]
//	blockers   list of {id, match}
//	extend     list of {id, names, ...}: more names for actors
//	remove     ids of what shall go, or one phrase of it: GEO/georgia
//	grammar    words that show the grammar of a phrase, as in grammar.yaml
//
// This one names a person, gives a state one more name and takes one from
// another:
//
//	kind: person
//	actors:
//	  - {id: MACRON, name: Emmanuel Macron, of: FRA, names: [Macron]}
//	extend:
//	  - {id: US-GA, names: [Georgia]}
//	remove: [GEO/georgia]
//
// Each list in turn first removes and then extends entries of those before it,
// and then adds its own. Roles of a later list count before those of others.
// To use an id or a phrase twice is a mistake. Mistakes are reported as for
// lexicons, and [Limits] holds.
type Gazetteer struct {
	table  *gazetteer.Table
	actors []Actor
	roles  []gazetteerRole
	ids    map[string]gazetteer.Found
	parts  []atomic.Pointer[[]Actor] // by actor and role
}

type gazetteerRole struct {
	Actor
	speaks []ActorKind
}

// An Actor is somebody who takes part in public affairs.
type Actor struct {
	// ID is what to count by: "CHN", "EU", "crowd" or, for a role that does
	// not speak for its actor, "CHN/crowd".
	ID   string    `json:"id"`
	Name string    `json:"name"` // "China", "China (protesters and crowds)"
	Kind ActorKind `json:"kind"` // [KindRole] for "crowd" and "CHN/crowd"
	// Role is the id of the part that is played: "government" for "Chinese
	// officials" and "the Kremlin", "" for "China".
	Role string `json:"role,omitempty"`
	// Of is the id of the actor that this one is a part of or comes from: the
	// UN for its Security Council, a state for its protesters.
	Of string `json:"of,omitempty"`
}

// Find says whom a phrase stands for, such as the text of [Act.Source]. It
// makes no garbage.
func (g *Gazetteer) Find(phrase string) (Actor, bool) { return g.FindIn(phrase, 0, len(phrase)) }

// FindIn says whom text[start:end] stands for. If that is a name which is not
// known, the title before it and the apposition behind it count.
func (g *Gazetteer) FindIn(text string, start, end int) (Actor, bool) {
	_ = text[start:end]
	f, ok := g.table.Find(text, start, end)
	if !ok {
		return Actor{}, false
	}
	return g.actor(f), true
}

// Actor returns the actor with an id, such as one of [Act.SourceActor].
func (g *Gazetteer) Actor(id string) (Actor, bool) {
	if f, ok := g.ids[id]; ok {
		return g.actor(f), true
	}
	whose, part, ok := strings.Cut(id, "/")
	a, r := g.ids[whose], g.ids[part]
	if !ok || whose == "" || part == "" || g.ids[whose].Role >= 0 || g.ids[part].Actor >= 0 {
		return Actor{}, false
	}
	if _, known := g.ids[whose]; !known {
		return Actor{}, false
	}
	if _, known := g.ids[part]; !known || slices.Contains(g.roles[r.Role].speaks, g.actors[a.Actor].Kind) {
		return Actor{}, false
	}
	return g.actor(gazetteer.Found{Actor: a.Actor, Role: r.Role}), true
}

// Actors lists the actors and then the roles, in the order of the lists.
func (g *Gazetteer) Actors() iter.Seq[Actor] {
	return func(yield func(Actor) bool) {
		for _, a := range g.actors {
			if !yield(a) {
				return
			}
		}
		for _, r := range g.roles {
			if !yield(r.Actor) {
				return
			}
		}
	}
}

func (g *Gazetteer) actor(f gazetteer.Found) Actor {
	switch {
	case f.Actor < 0:
		return g.roles[f.Role].Actor
	case f.Role < 0:
		return g.actors[f.Actor]
	}
	parts := g.parts[f.Actor].Load()
	if parts == nil {
		parts = g.partsOf(g.actors[f.Actor])
		g.parts[f.Actor].Store(parts)
	}
	return (*parts)[f.Role]
}

// partsOf makes the actors that an actor's roles are.
func (g *Gazetteer) partsOf(a Actor) *[]Actor {
	parts := make([]Actor, len(g.roles))
	for i, r := range g.roles {
		if slices.Contains(r.speaks, a.Kind) {
			parts[i] = a
			parts[i].Role = r.ID
			continue
		}
		parts[i] = Actor{ID: a.ID + "/" + r.ID, Name: a.Name + " (" + r.Name + ")", Kind: KindRole, Role: r.ID, Of: a.ID}
	}
	return &parts
}
