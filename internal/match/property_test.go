package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/demarche/demarche/internal/pattern"
)

// TestAgainstReference compares the matcher with the reference on random
// patterns and sentences of few words, so that they meet.
func TestAgainstReference(t *testing.T) {
	const rounds, patterns, sentences = 60, 12, 40
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 1))
		w := writer{rng: rng}
		classes := map[string][]string{"who": {"army", "mayor"}, "deed": {"raid/n", w.sequence(2), w.sequence(1)}}
		classes["any"] = []string{"port", w.sequence(1), "@deed red"}
		b := newBench(t, w.pick(words), w.pick(words))
		ref := &reference{lemmas: map[string]string{"raids": "raid", "raided": "raid", "mayors": "mayor"}, classes: map[string][]*pattern.Node{}}
		for _, name := range []string{"who", "deed", "any"} {
			b.class(name, classes[name]...)
			for _, m := range classes[name] {
				ref.classes[name] = append(ref.classes[name], b.parse(m))
			}
		}
		w.classes = true
		var sources []string
		for len(sources) < patterns {
			if src := w.sequence(2); b.comp.Add(Cues, int32(len(sources)), b.parse(src)) == nil {
				sources = append(sources, src)
			}
		}
		for range sentences {
			w.compare(t, b, ref, sources, w.sentence())
		}
		if t.Failed() {
			t.Logf("seed %d, classes %v", seed, classes)
			return
		}
	}
}

// compare checks that all matches are matches of the reference, and that the
// longest ones of the reference are found.
func (w *writer) compare(t *testing.T, b *bench, ref *reference, sources []string, text string) {
	ref.text, ref.toks = text, nil
	found := map[int32]map[refSpan]bool{}
	for _, m := range b.matches(text) {
		if found[m.Item] == nil {
			found[m.Item] = map[refSpan]bool{}
		}
		found[m.Item][refSpan{m.Start, m.End}] = true
	}
	ref.toks = b.read(text, true)
	for i, src := range sources {
		want := ref.spans(b.parse(src))
		got := found[int32(i)]
		for s := range got {
			assert.True(t, want[s], "%q matches %v of %q", src, s, text)
		}
		for s := range want {
			if !contained(s, want) {
				assert.True(t, got[s], "%q does not match %v of %q but %v", src, s, text, got)
			}
		}
	}
}

// contained reports whether another of the spans holds s.
func contained(s refSpan, spans map[refSpan]bool) bool {
	for o := range spans {
		if o != s && o.start <= s.start && s.end <= o.end {
			return true
		}
	}
	return false
}

var words = []string{"army", "mayor", "raid", "port", "red", "the"}

// A writer makes up patterns and sentences.
type writer struct {
	rng     *rand.Rand
	classes bool
}

func (w *writer) pick(from []string) string { return from[w.rng.IntN(len(from))] }

// sequence makes up a pattern; depth is how deep alternatives may nest.
func (w *writer) sequence(depth int) string {
	for {
		parts := make([]string, 1+w.rng.IntN(3))
		for i := range parts {
			parts[i] = w.item(depth)
		}
		src := strings.Join(parts, " ")
		if _, err := pattern.Parse(src); err == nil {
			return src
		}
	}
}

func (w *writer) item(depth int) string {
	switch w.rng.IntN(12) {
	case 0:
		return fmt.Sprintf("..%d", 1+w.rng.IntN(6))
	case 1:
		return w.pick(words) + "?"
	case 2:
		return ","
	case 3:
		return w.pick([]string{"^", "$"})
	case 4:
		return "@noun"
	case 5, 6:
		if depth > 0 {
			return "(" + w.sequence(depth-1) + "|" + w.sequence(depth-1) + "|" + w.pick(words) + ")" + w.pick([]string{"", "?"})
		}
	case 7, 8:
		if w.classes {
			return w.pick([]string{"@who", "@deed", "@any", "@deed/n"})
		}
	}
	return w.pick(words)
}

func (w *writer) sentence() string {
	var b strings.Builder
	for range 2 + w.rng.IntN(9) {
		b.WriteString(w.pick([]string{"army", "mayors", "raid", "raids", "port", "red", "the", "also", "not", "of", "gladly"}))
		b.WriteString(w.pick([]string{" ", " ", " ", " ", ", ", "; "}))
	}
	return b.String()
}

// TestStages compares patterns of all stages with the same patterns in the first
// one: they match alike, whatever phrases and facts the stages share.
func TestStages(t *testing.T) {
	const rounds, patterns, sentences = 300, 6, 30
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 2))
		w := writer{rng: rng}
		deeds := []string{"raid/n", w.sequence(2), w.sequence(1)}
		w.classes = true
		staged, flat := newBench(t, "the"), newBench(t, "the")
		for _, b := range []*bench{staged, flat} {
			b.class("who", "army", "mayor").class("deed", deeds...).class("any", "port", "@deed red")
			b.add("(" + strings.Join(words, "|") + "|of|also|raids|mayors|not|gladly)") // there is always a cue
		}
		for n := int32(1); n <= patterns; {
			src := w.sequence(2)
			if flat.comp.Add(Cues, n, flat.parse(src)) == nil && staged.comp.Add(Stage(rng.IntN(stages)), n, staged.parse(src)) == nil {
				n++
			}
		}
		for range sentences {
			text := w.sentence()
			want, got := flat.matches(text), staged.matches(text)
			got = append(got, staged.finder.Append(nil, Blockers)...)
			got = append(got, staged.finder.Append(nil, Context)...)
			if !assert.ElementsMatch(t, want, got, "seed %d: %q", seed, text) {
				return
			}
		}
	}
}
