package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
	"github.com/demarche/demarche/examples/internal/longrun"
)

// A tally is what was read.
type tally struct {
	classifier *classify.Classifier
	gazetteer  *classify.Gazetteer
	files      int // to read
	done       int // read to the end
	documents  int
	sentences  int
	acts       int // performed
	deeds      []deed
	stopped    string // why not all was read
}

// A deed is an act, or the mention of one, of one source towards one target.
type deed struct {
	document       string
	date           time.Time
	label          classify.Label
	mention        classify.Reason // "" if it is performed
	source, target party
	score          float64 // of an act
	sentence       classify.Span
	cue            classify.Span
	rules          []string
	act            int // number of the act; several sources or targets share it
}

// A party is who acts or is acted upon.
type party struct {
	text string // in the sentence, "" if it does not say
	id   string // of the actor, if it is known
	name string // to count by and to show
}

// The names of parties that have none.
const (
	notNamed = "not named"
	other    = "other"
)

// pronouns stand for somebody who is named elsewhere, if at all.
var pronouns = []string{"i", "me", "we", "us", "you", "he", "him", "she", "her", "it", "they", "them", "this", "that", "these", "those", "who"}

// read reads the files until ctx is cancelled. What cannot be read is passed
// over and is in the error.
func (t *tally) read(ctx context.Context, files []file, stderr io.Writer) error {
	bar := longrun.Bytes(stderr, size(files), "reading")
	defer bar.Clear()
	var unreadable error
	for _, f := range files {
		err := f.documents(func(d document, size int) error {
			if err := t.document(ctx, d); err != nil {
				return err
			}
			bar.Add(size)
			return nil
		})
		if ctx.Err() != nil {
			err := fmt.Errorf("stopped after %d of %d files: %w", t.done, t.files, context.Cause(ctx))
			t.stopped = err.Error()
			return errors.Join(unreadable, err)
		}
		if err != nil {
			unreadable = errors.Join(unreadable, err)
			continue
		}
		t.done++
	}
	if unreadable != nil {
		t.stopped = fmt.Sprintf("%d of %d files could not be read to their ends", t.files-t.done, t.files)
	}
	return unreadable
}

// size is how many bytes the files have, as far as they say; a bar for them is
// only a help.
func size(files []file) (total int64) {
	for _, f := range files {
		if info, err := os.Stat(f.name); err == nil {
			total += info.Size()
		}
	}
	return total
}

func (t *tally) document(ctx context.Context, d document) error {
	t.documents++
	for r := range t.classifier.Document(corpus.Mask(d.text)) {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		t.sentences++
		r.Span.Text = strings.Clone(d.text[r.Span.Start:r.Span.End]) // or all of the text would stay in memory
		for _, a := range r.Acts {
			t.acts++
			t.add(d, r, deed{label: a.Label, score: a.Score, cue: a.Cue, rules: a.Rules},
				t.parties(a.Source, a.SourceActor, a.Sources, a.SourceActors),
				t.parties(a.Target, a.TargetActor, a.Targets, a.TargetActors))
		}
		for _, m := range r.Mentions {
			t.add(d, r, deed{label: m.Label, mention: m.Reason, cue: m.Cue, rules: m.Rules},
				t.parties(m.Source, m.SourceActor, m.Sources, m.SourceActors),
				t.parties(m.Target, m.TargetActor, m.Targets, m.TargetActors))
		}
	}
	return nil
}

// add adds a deed for each source and target.
func (t *tally) add(d document, r classify.Result, common deed, sources, targets []party) {
	common.document, common.date, common.sentence, common.act = d.name, d.date, r.Span, t.acts
	common.cue.Text = strings.Clone(common.cue.Text)
	for _, s := range sources {
		for _, g := range targets {
			common.source, common.target = s, g
			t.deeds = append(t.deeds, common)
		}
	}
}

// parties lists all sources or all targets.
func (t *tally) parties(first classify.Span, id string, all []classify.Span, ids []string) []party {
	if len(all) == 0 {
		return []party{t.party(first.Text, id)}
	}
	list := make([]party, len(all))
	for i, s := range all {
		id := ""
		if ids != nil {
			id = ids[i]
		}
		list[i] = t.party(s.Text, id)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(p party) bool { // "Chile and its government"
		known := p.id != "" && seen[p.id]
		seen[p.id] = true
		return known
	})
}

func (t *tally) party(text, id string) party {
	p := party{text: strings.Clone(text), id: id, name: other}
	if actor, ok := t.gazetteer.Actor(id); ok {
		p.name = actor.Name
		return p
	}
	if name := nameIn(text); name == "" || slices.Contains(pronouns, strings.ToLower(name)) {
		p.name = notNamed
	} else if isName(name) {
		p.name = name
	}
	return p
}

// nameIn leaves the article out, and of "Roe's plan" all but the name.
func nameIn(text string) string {
	words := strings.Fields(text)
	if len(words) > 1 && slices.Contains([]string{"the", "a", "an"}, strings.ToLower(words[0])) {
		words = words[1:]
	}
	for i, w := range words {
		if name, ok := strings.CutSuffix(strings.ReplaceAll(w, "’", "'"), "'s"); ok {
			words = append(words[:i:i], name)
			break
		}
	}
	return strings.Join(words, " ")
}

// isName reports whether a phrase begins with a capital that is not only that
// of the start of a sentence, as far as one can see.
func isName(phrase string) bool {
	head, rest, several := strings.Cut(phrase, " ")
	return unicode.IsUpper(first(head)) && (!several || strings.ContainsFunc(rest, unicode.IsUpper))
}

// labels lists the labels of the acts, the built-in ones first.
func (t *tally) labels() []classify.Label { return t.classifier.Labels() }

// A pair is a source and a target.
type pair struct{ source, target string }

// summary prints how much was read and what was found most often.
func (t *tally) summary(w io.Writer) {
	fmt.Fprintf(w, "%s, %s, %s\n", plural(t.documents, "document"), plural(t.sentences, "sentence"), plural(t.acts, "act"))
	type line struct {
		label classify.Label
		pair
	}
	count := map[line]int{}
	for _, d := range t.deeds {
		if d.mention == "" && d.source.name != notNamed {
			count[line{d.label, pair{d.source.name, d.target.name}}]++
		}
	}
	lines := make([]line, 0, len(count))
	for l := range count {
		lines = append(lines, l)
	}
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target), cmp.Compare(a.label, b.label))
	})
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, l := range lines[:min(len(lines), 10)] {
		fmt.Fprintf(out, "%4d\t%s\t%s -> %s\n", count[l], l.label, legible(l.source), legible(l.target))
	}
	out.Flush()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// legible shows text on one line, and a mark for each character that would turn
// or break what is around it.
func legible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), 0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069:
			return '\uFFFD'
		}
		return r
	}, s)
	return s
}
