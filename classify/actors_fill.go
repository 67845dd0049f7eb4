package classify

import "strings"

// WithActors lets the results name the actors that sources, targets and
// speakers stand for, as [Act.SourceActor] and the like. A nil gazetteer names
// none, as without this option. Within a document, a person who was once named
// with a title ("French President Emmanuel Macron") is known by name and
// surname from then on.
func WithActors(g *Gazetteer) Option {
	return func(o *options) { o.gazetteer = g }
}

// maxPeople bounds how many people of a document are remembered.
const maxPeople = 1000

// An actorFinder gives spans their actors.
type actorFinder struct {
	g      *Gazetteer
	people map[string]string // actor by the name or surname; nil to forget
}

// fill gives a result the ids of its actors. around returns the text that a
// span stands in and its offset in the caller's text.
func (f *actorFinder) fill(res *Result, around func(Span) (string, int)) {
	res.SpeakerActor = f.id(around, res.Speaker)
	for i := range res.Acts {
		a := &res.Acts[i]
		a.SourceActor = f.id(around, a.Source)
		a.TargetActor = f.id(around, a.Target)
		a.SourceActors = f.ids(around, a.Sources)
		a.TargetActors = f.ids(around, a.Targets)
	}
	for i := range res.Mentions {
		m := &res.Mentions[i]
		m.SourceActor = f.id(around, m.Source)
		m.TargetActor = f.id(around, m.Target)
		m.SourceActors = f.ids(around, m.Sources)
		m.TargetActors = f.ids(around, m.Targets)
	}
}

func (f *actorFinder) ids(around func(Span) (string, int), spans []Span) []string {
	var ids []string
	for i, s := range spans {
		if id := f.id(around, s); id != "" {
			if ids == nil {
				ids = make([]string, len(spans))
			}
			ids[i] = id
		}
	}
	return ids
}

// id is the id of the actor that a span stands for, or "".
func (f *actorFinder) id(around func(Span) (string, int), s Span) string {
	if s.IsZero() {
		return ""
	}
	text, base := around(s)
	a, ok := f.g.FindIn(text, s.Start-base, s.End-base)
	if !ok {
		return f.people[s.Text]
	}
	if f.people != nil {
		f.remember(s.Text, a.ID)
	}
	return a.ID
}

// remember takes note of a name that is known by its context only.
func (f *actorFinder) remember(name, id string) {
	if _, ok := f.g.Find(name); ok {
		return
	}
	if len(f.people) >= maxPeople {
		clear(f.people)
	}
	f.people[name] = id
	surname := name[strings.LastIndexByte(name, ' ')+1:]
	if _, ok := f.g.Find(surname); !ok {
		f.people[surname] = id
	}
}
