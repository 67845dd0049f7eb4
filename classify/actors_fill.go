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

// fill gives a result the ids of its actors. The text at hand is at offset base
// of the caller's text.
func (f *actorFinder) fill(res *Result, text string, base int) {
	res.SpeakerActor = f.id(text, base, res.Speaker)
	for i := range res.Acts {
		a := &res.Acts[i]
		a.SourceActor = f.id(text, base, a.Source)
		a.TargetActor = f.id(text, base, a.Target)
		a.SourceActors = f.ids(text, base, a.Sources)
		a.TargetActors = f.ids(text, base, a.Targets)
	}
	for i := range res.Mentions {
		m := &res.Mentions[i]
		m.SourceActor = f.id(text, base, m.Source)
		m.TargetActor = f.id(text, base, m.Target)
		m.SourceActors = f.ids(text, base, m.Sources)
		m.TargetActors = f.ids(text, base, m.Targets)
	}
}

func (f *actorFinder) ids(text string, base int, spans []Span) []string {
	var ids []string
	for i, s := range spans {
		if id := f.id(text, base, s); id != "" {
			if ids == nil {
				ids = make([]string, len(spans))
			}
			ids[i] = id
		}
	}
	return ids
}

// id is the id of the actor that a span stands for, or "".
func (f *actorFinder) id(text string, base int, s Span) string {
	if s.IsZero() {
		return ""
	}
	start, end := s.Start-base, s.End-base
	if start < 0 || end > len(text) { // of an earlier piece of the stream
		text, start, end = s.Text, 0, len(s.Text)
	}
	a, ok := f.g.FindIn(text, start, end)
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
