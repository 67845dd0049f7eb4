package corpus

import (
	"strings"

	"github.com/demarche/demarche/classify"
)

// Preannotate turns a result into an annotated sentence with the given id, for
// people to correct. The cue of each act is kept; an act with several sources or
// targets becomes one for each pair of them; and a source or target outside the
// sentence is left out. Start and end are those of the result's span.
func Preannotate(id string, r classify.Result) Sentence {
	s := Sentence{ID: id, Start: r.Span.Start, End: r.Span.End, Text: r.Text}
	inside := func(first classify.Span, all []classify.Span) []string {
		if len(all) == 0 {
			all = []classify.Span{first}
		}
		var names []string
		for _, span := range all {
			if span.Start >= r.Span.Start && span.End <= r.Span.End {
				names = appendName(names, strings.TrimSpace(span.Text))
			}
		}
		return orNone(names)
	}
	for _, a := range r.Acts {
		for _, source := range inside(a.Source, a.Sources) {
			for _, target := range inside(a.Target, a.Targets) {
				s.Acts = append(s.Acts, Annotation{
					Label: a.Label, Source: source, Target: target, Cue: strings.TrimSpace(a.Cue.Text),
				})
			}
		}
	}
	for _, m := range r.Mentions {
		s.Mentioned = append(s.Mentioned, m.Label)
	}
	return s
}
