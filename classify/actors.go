package classify

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"
)

// An ActorKind says what sort of actor it is.
type ActorKind string

// The kinds of actors. A role is somebody of whom only the part is known that
// he or she plays: "the police", "critics", "protesters in Tehran".
const (
	KindState        ActorKind = "state"        // with its government: "China", "the Kremlin"
	KindTerritory    ActorKind = "territory"    // part of a state, or disputed: "Greenland"
	KindRegion       ActorKind = "region"       // of several states: "Latin America"
	KindOrganisation ActorKind = "organisation" // of states or for people: "NATO", "Amnesty International"
	KindGroup        ActorKind = "group"        // movement or armed group: "the Taliban"
	KindParty        ActorKind = "party"        // political party: "the Democrats"
	KindMedia        ActorKind = "media"        // news organisation: "Xinhua"
	KindCompany      ActorKind = "company"      // "Gazprom"
	KindPerson       ActorKind = "person"       // by name; only in lists of your own
	KindRole         ActorKind = "role"         // "the police", "protesters in Tehran"
)

var actorKinds = []ActorKind{KindState, KindTerritory, KindRegion, KindOrganisation, KindGroup, KindParty, KindMedia, KindCompany, KindPerson}

// An ActorList is a part of a [Gazetteer]: actors with their names, roles such
// as "police", and blockers. It can be read from YAML with [ReadActors] or
// [LoadActors], or built in Go as a plain value. [Gazetteer] explains the
// format and the fields.
type ActorList struct {
	Name string // for error messages
	// Kind is the kind of actors that give none.
	Kind     ActorKind
	Actors   []ActorEntry   // states, organisations and others, by name
	Roles    []ActorRole    // parts that somebody plays: "police"
	Blockers []ActorBlocker // phrases that hold a name and mean another thing
	// Extend gives actors of lists merged before more names: those of the
	// entry with the same ID.
	Extend []ActorEntry
	// Remove lists what of the lists merged before shall go: the id of an
	// actor, role or blocker or, with a slash and the words in lower case with
	// hyphens, one phrase of it ("GEO/georgia").
	Remove []string

	grammar  []grammarWords
	atRemove []position
}

// An ActorEntry is an actor with its names.
type ActorEntry struct {
	// ID is unique over all lists: letters, digits and hyphens. For states it
	// is the ISO 3166-1 alpha-3 code.
	ID string
	// Name is what to call the actor, and one of its names.
	Name string
	Kind ActorKind // default: the list's
	// Of is the id of the actor that this one is a part of or comes from.
	Of         string
	Names      []string // "Russian Federation", "Islamic Republic"
	Adjectives []string // "French", "US", also as a noun: "the French"
	Demonyms   []string // nouns for its people: "Danes", "Dane"
	Capitals   []string // "Paris"
	// Organs are names of those who act for it, by their role:
	// "government": ["the Kremlin"].
	Organs map[string][]string

	at      position
	phrases []actorPhrase
}

// An ActorRole is a part that somebody plays, such as government, police or
// crowd.
type ActorRole struct {
	ID    string   // unique over all lists: "crowd"
	Name  string   // what to call it; default: the ID
	Match []string // words and phrases in the singular; regular plurals match too
	// For lists the kinds of actor that the role speaks for and is counted
	// with: "Chinese officials" are CHN. With all others it is an actor of its
	// own: "Chinese protesters" are CHN/crowd.
	For []ActorKind
	// Takes lists how a name must stand to the role to say whose it is:
	// "adjective", "possessive", "of", "noun" or "place".
	Takes []string
	// Nationals makes it the role of "Danes" and "a Dane".
	Nationals bool
	// Bound makes it nobody unless it is said whose it is: "allies".
	Bound bool

	at      position
	phrases []actorPhrase
	order   int // in which the lists define it
}

// An ActorBlocker is a group of phrases that hold a name and do not mean the
// actor: "South China Sea".
type ActorBlocker struct {
	ID    string   // unique over all lists
	Match []string // the phrases

	at      position
	phrases []actorPhrase
}

// grammarWords are words that show the grammar of a phrase.
type grammarWords struct {
	class   string
	phrases []actorPhrase
}

// An actorPhrase is a name or other phrase and where it stands.
type actorPhrase struct {
	text string
	form phraseForm
	role string // of an organ
	at   position
}

type phraseForm uint8

const (
	nounForm phraseForm = iota
	adjectiveForm
	demonymForm
)

//go:embed actors/*.yaml
var actorFiles embed.FS

var builtinActors = sync.OnceValues(func() ([]*ActorList, error) {
	return LoadActors(actorFiles, "actors/*.yaml")
})

var defaultGazetteer = sync.OnceValue(func() *Gazetteer {
	g, err := NewGazetteer()
	if err != nil {
		panic(fmt.Sprintf("classify: built-in actors: %v", err)) // a broken build; a test guards it
	}
	return g
})

// DefaultGazetteer returns the gazetteer of the built-in lists. It is built at
// the first call and shared by all later ones.
func DefaultGazetteer() *Gazetteer { return defaultGazetteer() }

// NewGazetteer builds a gazetteer of the built-in lists and then those given,
// in their order. If a list is bad, the error lists all mistakes (see
// [LexiconErrors]) and the gazetteer is nil.
func NewGazetteer(lists ...*ActorList) (*Gazetteer, error) {
	base, err := builtinActors()
	if err != nil {
		return nil, fmt.Errorf("built-in actors: %w", err)
	}
	return compileActors(slices.Concat(base, lists))
}

// ReadActors reads a list of actors in YAML. name stands for it in errors. All
// mistakes are reported together, as [LexiconError] values, and the list is
// then nil.
func ReadActors(r io.Reader, name string) (*ActorList, error) {
	return Limits{}.ReadActors(r, name)
}

// ReadActors is [ReadActors] with other limits.
func (l Limits) ReadActors(r io.Reader, name string) (*ActorList, error) {
	return readYAML(l, r, name, "actor list", decodeActors)
}

// LoadActors reads all lists of actors of fsys whose path matches one of the
// patterns of [fs.Glob], like [LoadLexicons].
func LoadActors(fsys fs.FS, patterns ...string) ([]*ActorList, error) {
	return Limits{}.LoadActors(fsys, patterns...)
}

// LoadActors is [LoadActors] with other limits, which hold for each file.
func (l Limits) LoadActors(fsys fs.FS, patterns ...string) ([]*ActorList, error) {
	return loadYAML(fsys, patterns, "actor list", l.ReadActors)
}

func decodeActors(data []byte, file string, limits Limits) (*ActorList, error) {
	list := &ActorList{Name: file}
	err := decodeYAML(data, file, "actor list", limits, func(d *decoder, n *yaml.Node) { d.actors(list, n) })
	if err != nil {
		return nil, err
	}
	return list, nil
}

func (d *decoder) actors(list *ActorList, n *yaml.Node) {
	d.fields(n, "actor list", map[string]func(*yaml.Node){
		"kind":     oneOf(d, &list.Kind, actorKinds...),
		"actors":   d.each(func(n *yaml.Node) { list.Actors = append(list.Actors, d.actor(n)) }),
		"extend":   d.each(func(n *yaml.Node) { list.Extend = append(list.Extend, d.actor(n)) }),
		"roles":    d.each(func(n *yaml.Node) { list.Roles = append(list.Roles, d.role(n)) }),
		"blockers": d.each(func(n *yaml.Node) { list.Blockers = append(list.Blockers, d.actorBlocker(n)) }),
		"remove":   d.list(&list.Remove, &list.atRemove),
		"grammar":  func(n *yaml.Node) { d.actorGrammar(list, n) },
	})
}

func (d *decoder) actor(n *yaml.Node) ActorEntry {
	a := ActorEntry{at: d.at(n)}
	d.fields(n, "actor", map[string]func(*yaml.Node){
		"id":         d.str(&a.ID),
		"name":       func(n *yaml.Node) { d.str(&a.Name)(n); a.add(nounForm, "", a.Name, d.atOffset(n, 0)) },
		"kind":       oneOf(d, &a.Kind, actorKinds...),
		"of":         d.str(&a.Of),
		"names":      d.phrases(&a.Names, func(s string, at position) { a.add(nounForm, "", s, at) }),
		"adjectives": d.phrases(&a.Adjectives, func(s string, at position) { a.add(adjectiveForm, "", s, at) }),
		"demonyms":   d.phrases(&a.Demonyms, func(s string, at position) { a.add(demonymForm, "", s, at) }),
		"capitals":   d.phrases(&a.Capitals, func(s string, at position) { a.add(nounForm, "", s, at) }),
		"organs":     func(n *yaml.Node) { d.organs(&a, n) },
	})
	return a
}

func (d *decoder) organs(a *ActorEntry, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "organs must be a mapping of roles to names, found %s", kindOf(n))
		return
	}
	a.Organs = map[string][]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		role := n.Content[i].Value
		if _, ok := a.Organs[role]; ok {
			d.errs.addf(d.at(n.Content[i]), "role %q stands twice in organs", role)
			continue
		}
		var names []string
		d.phrases(&names, func(s string, at position) { a.add(nounForm, role, s, at) })(n.Content[i+1])
		a.Organs[role] = names
	}
}

func (d *decoder) role(n *yaml.Node) ActorRole {
	r := ActorRole{at: d.at(n)}
	nationals, bound := "", ""
	d.fields(n, "role", map[string]func(*yaml.Node){
		"id":        d.str(&r.ID),
		"name":      d.str(&r.Name),
		"for":       listOf(d, &r.For, actorKinds...),
		"takes":     listOf(d, &r.Takes, allTakes...),
		"nationals": oneOf(d, &nationals, "true", "false"),
		"bound":     oneOf(d, &bound, "true", "false"),
		"match": d.phrases(&r.Match, func(s string, at position) {
			r.phrases = append(r.phrases, actorPhrase{text: s, at: at})
		}),
	})
	r.Nationals, r.Bound = nationals == "true", bound == "true"
	return r
}

func (d *decoder) actorBlocker(n *yaml.Node) ActorBlocker {
	b := ActorBlocker{at: d.at(n)}
	d.fields(n, "blocker", map[string]func(*yaml.Node){
		"id": d.str(&b.ID),
		"match": d.phrases(&b.Match, func(s string, at position) {
			b.phrases = append(b.phrases, actorPhrase{text: s, at: at})
		}),
	})
	return b
}

func (d *decoder) actorGrammar(list *ActorList, n *yaml.Node) {
	fields := map[string]func(*yaml.Node){}
	for _, class := range grammarClasses() {
		fields[class] = func(n *yaml.Node) {
			g := grammarWords{class: class}
			var words []string
			d.phrases(&words, func(s string, at position) { g.phrases = append(g.phrases, actorPhrase{text: s, at: at}) })(n)
			list.grammar = append(list.grammar, g)
		}
	}
	d.fields(n, "grammar", fields)
}

// phrases reads a list of phrases, each with its place.
func (d *decoder) phrases(dst *[]string, add func(string, position)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var at []position
		from := len(*dst)
		d.list(dst, &at)(n)
		for i, s := range (*dst)[from:] {
			add(s, at[i])
		}
	}
}

func (a *ActorEntry) add(form phraseForm, role, text string, at position) {
	a.phrases = append(a.phrases, actorPhrase{text, form, role, at})
}
