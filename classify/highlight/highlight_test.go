package highlight

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// read classifies a text with the built-in lexicons.
func read(text string) Document {
	return Document{Text: text, Results: slices.Collect(classify.Default().Document(text))}
}

// drawn is a document of one sentence with the acts and mentions that it is
// given.
func drawn(text string, acts []classify.Act, mentions ...classify.Mention) Document {
	span := classify.Span{End: len(text), Text: text}
	return Document{Text: text, Results: []classify.Result{{Span: span, Text: text, Acts: acts, Mentions: mentions}}}
}

// in returns the span of the only part of the text that reads so.
func in(t testing.TB, text, part string) classify.Span {
	t.Helper()
	require.Equal(t, 1, strings.Count(text, part), part)
	at := strings.Index(text, part)
	return classify.Span{Start: at, End: at + len(part), Text: part}
}

func TestActsAndMentions(t *testing.T) {
	f := shown(t, read("It rained. Norland condemned the raid. Sweden refused to condemn it."))
	assert.Equal(t, []string{"condemned"}, texts(f.classed("cue act c0 l0")))
	assert.Equal(t, []string{"Norland"}, texts(f.classed("source act c0 l0")))
	assert.Equal(t, []string{"the raid"}, texts(f.classed("target act c0 l0")))
	assert.Equal(t, []string{"condemn"}, texts(f.classed("cue mention c0 l0")))
	assert.Equal(t, []string{"Sweden"}, texts(f.classed("source mention c0 l0")))
	assert.Equal(t, []string{"it"}, texts(f.classed("target mention c0 l0")))
	assert.Equal(t, []string{
		"source 1", "condemnation 1", "target 1", "source 2", "condemnation 2, refused", "target 2",
	}, texts(f.classed("tag")))

	traces := f.classed("trace")
	require.Len(t, traces, 2)
	act := texts(traces[0].classed("row"))
	assert.Regexp(t, `^1 condemnation 0\.\d\d$`, act[0])
	assert.Equal(t, []string{"source Norland", "target the raid", "cue condemned"}, act[1:4])
	assert.Regexp(t, `^rule condemnation\.`, act[4])
	mention := texts(traces[1].classed("row"))
	assert.Equal(t, []string{"2 condemnation, only mentioned: refused", "source Sweden", "target it", "cue condemn"}, mention[:4])
	assert.Regexp(t, `^rule condemnation\.`, mention[4])
	assert.Regexp(t, `^rule context\.`, mention[5])
}

// What belongs to an act has the same number and the same class, by which the
// style sheet ties it together.
func TestTies(t *testing.T) {
	f := shown(t, read("Norland condemned the raid, and Ruritania warned Sylvania of grave consequences."))
	for tie, want := range []string{"Norland condemned the raid", "Ruritania warned Sylvania"} {
		var words []string
		for _, e := range f.classed(fmt.Sprintf("k%d", tie)) {
			switch {
			case e.is("tag"):
				assert.True(t, strings.HasSuffix(e.text(), fmt.Sprint(" ", tie+1)), e.text())
			case !e.is("trace"):
				words = append(words, e.text())
			}
		}
		assert.Equal(t, want, strings.Join(words, " "))
		assert.Contains(t, Style(), fmt.Sprintf(".s:has(.k%d:is(:hover,:focus)) .trace.k%[1]d{display:block}", tie))
	}
}

func TestKeyboard(t *testing.T) {
	f := shown(t, read("Norland condemned the raid. Sweden refused to condemn it."))
	reached := f.all(func(e *element) bool { return e.attrs["tabindex"] == "0" })
	require.Equal(t, []string{"condemned", "condemn"}, texts(reached))
	for _, e := range reached {
		described := f.all(func(x *element) bool { return x.attrs["id"] == e.attrs["aria-describedby"] })
		require.Len(t, described, 1)
		assert.True(t, described[0].is("trace"))
		assert.Contains(t, described[0].text(), "cue "+e.text())
	}
}

func TestOverlaps(t *testing.T) {
	const text = "The Holm government's false blame of both sides was condemned"
	act := func(l classify.Label, cue, source, target string) classify.Act {
		a := classify.Act{Label: l, Score: 0.9, Cue: in(t, text, cue), Rules: []string{"r"}}
		if source != "" {
			a.Source = in(t, text, source)
		}
		if target != "" {
			a.Target = in(t, text, target)
		}
		return a
	}
	type marked map[string][]string // classes of the roles, with the pieces that have them
	for name, c := range map[string]struct {
		acts []classify.Act
		want marked
		tags []string
	}{
		"source in a cue": {
			[]classify.Act{act("condemnation", "Holm government's false blame", "Holm government", "")},
			marked{"cue l0": {"Holm government", "'s false blame"}, "source l0": {"Holm government"}},
			[]string{"source 1", "condemnation 1"},
		},
		"cue in a target": {
			[]classify.Act{act("denial", "false", "", "false blame of both sides")},
			marked{"cue l2": {"false"}, "target l2": {"false", " blame of both sides"}},
			[]string{"denial 1", "target 1"},
		},
		"target across the end of a cue": {
			[]classify.Act{act("condemnation", "false blame", "", "blame of both sides")},
			marked{"cue l0": {"false ", "blame"}, "target l0": {"blame", " of both sides"}},
			[]string{"condemnation 1", "target 1"},
		},
		"target of two acts, source of one": {
			[]classify.Act{act("condemnation", "blame", "", "both sides"), act("denial", "false", "both sides", "both sides")},
			marked{"target l0": {"both sides"}, "target l2": {"both sides"}, "source l2": {"both sides"}},
			[]string{"denial 2", "condemnation 1", "source 2", "target 1", "target 2"},
		},
		"one cue of two acts": {
			[]classify.Act{act("condemnation", "condemned", "", ""), act("denial", "condemned", "", "")},
			marked{"cue l0": {"condemned"}, "cue l2": {"condemned"}},
			[]string{"condemnation 1", "denial 2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := shown(t, drawn(text, c.acts))
			for classes, pieces := range c.want {
				assert.Equal(t, pieces, texts(f.classed(classes)), classes)
			}
			assert.Equal(t, c.tags, texts(f.classed("tag")))
			for _, tag := range f.classed("tag") {
				assert.True(t, tag.parent.is("s"), "an element around a tag would underline it")
			}
		})
	}
}

// Underlines of the same words are drawn below each other.
func TestLevels(t *testing.T) {
	const text = "one two three four"
	a := classify.Act{Label: "denial", Cue: in(t, text, "four"), Source: in(t, text, "one two"), Target: in(t, text, "two three")}
	b := classify.Act{Label: "warning", Cue: in(t, text, "four"), Source: in(t, text, "two"), Target: in(t, text, "three")}
	f := shown(t, drawn(text, []classify.Act{a, b}))
	levels := func(classes string) (list []string) {
		for _, e := range f.classed(classes) {
			list = append(list, e.attrs["class"][strings.Index(e.attrs["class"], " u")+1:][:2])
		}
		return list
	}
	assert.Equal(t, []string{"u0", "u0"}, levels("source l2"))
	assert.Equal(t, []string{"u1", "u1", "u1"}, levels("target l2"), "two, the blank, and three")
	assert.Equal(t, []string{"u2"}, levels("source l1"))
	assert.Equal(t, []string{"u0"}, levels("target l1"))
}

func TestSeveralSources(t *testing.T) {
	const text = "Oslo and Lima condemned the raid and the siege."
	a := classify.Act{
		Label: classify.Condemnation, Cue: in(t, text, "condemned"),
		Source: in(t, text, "Oslo"), Sources: []classify.Span{in(t, text, "Oslo"), in(t, text, "Lima")},
		Target: in(t, text, "the raid"), Targets: []classify.Span{in(t, text, "the raid"), in(t, text, "the siege")},
	}
	f := shown(t, drawn(text, []classify.Act{a}))
	assert.Equal(t, []string{"Oslo", "Lima"}, texts(f.classed("source")))
	assert.Equal(t, []string{"the raid", "the siege"}, texts(f.classed("target")))
}

// A source in another sentence is named before the sentence, with a link.
func TestSourceElsewhere(t *testing.T) {
	const text = "“We deny it,” Ada Holm said. “It was an act of barbarism.” MS. HOLM: It is a lie."
	first, second := in(t, text, "“We deny it,” Ada Holm said."), in(t, text, "“It was an act of barbarism.”")
	third := in(t, text, "It is a lie.")
	speaker, name := in(t, text, "Ada Holm"), in(t, text, "MS. HOLM")
	result := func(s classify.Span, acts ...classify.Act) classify.Result {
		return classify.Result{Span: s, Text: s.Text, Acts: acts}
	}
	f := shown(t, Document{Text: text, Results: []classify.Result{
		result(first, classify.Act{Label: "denial", Cue: in(t, text, "deny"), Source: in(t, text, "We"), Target: third}),
		result(second, classify.Act{Label: "condemnation", Cue: in(t, text, "barbarism"), Source: speaker},
			classify.Act{Label: "warning", Cue: in(t, text, "act"), Source: speaker}),
		result(third, classify.Act{Label: "denial", Cue: in(t, text, "lie"), Source: name}),
	}})
	refs := f.classed("ref")
	assert.Equal(t, []string{
		"target 1: It is a lie. ↓", "source 2: Ada Holm ↑", "source 3: Ada Holm ↑", "source 4: MS. HOLM ↑",
	}, texts(refs))
	for i, want := range []string{third.Text, speaker.Text, speaker.Text, name.Text} {
		assert.True(t, refs[i].parent.is("s"))
		id, found := strings.CutPrefix(refs[i].attrs["href"], "#")
		require.True(t, found)
		origins := f.all(func(e *element) bool { return e.attrs["id"] == id })
		require.Len(t, origins, 1)
		var whole string // of which the linked element may be the first piece
		for _, e := range f.classed("origin") {
			if !e.is("tag") && strings.Contains(want, e.text()) {
				whole += e.text()
			}
		}
		assert.Contains(t, whole, want)
		assert.True(t, strings.HasPrefix(want, origins[0].text()))
	}
	assert.Equal(t, []string{"part of 2, 3", "part of 4", "part of 1"}, texts(f.classed("of-origin")))

	// a source that is not in the text at all is named without a link
	stray := drawn(text, []classify.Act{{Label: "denial", Cue: in(t, text, "deny"), Source: classify.Span{Start: 900, End: 904, Text: "Lima"}}})
	refs = shown(t, stray).classed("ref")
	require.Equal(t, []string{"source 1: Lima"}, texts(refs))
	assert.Equal(t, "span", refs[0].name)
}

// A speaker whom a document finds in another sentence.
func TestSpeaker(t *testing.T) {
	f := shown(t, read("MS. HOLM: The harbour is open. The allegations are completely false."))
	assert.Equal(t, []string{"source 1: MS. HOLM ↑"}, texts(f.classed("ref")))
	gap := f.classed("gap")[0]
	assert.Equal(t, []string{"MS. HOLM"}, texts(gap.classed("origin")), "before the first sentence")
	assert.Equal(t, []string{"part of 1"}, texts(gap.classed("tag")))
}

func TestLegend(t *testing.T) {
	apology := drawn("Sorry.", []classify.Act{{Label: "apology", Cue: classify.Span{End: 5, Text: "Sorry"}}})
	f := shown(t, read("Norland condemned the raid. Lima condemned it. Sweden refused to condemn it."), apology, apology)
	keys := f.classed("key")
	got := texts(keys)
	assert.Equal(t, []string{
		"condemnation2 acts, 1 mention", "warning0 acts, 0 mentions", "denial0 acts, 0 mentions",
		"neutrality0 acts, 0 mentions", "apology2 acts, 0 mentions",
		"mentions", "sources", "targets", "only sentences with labels",
	}, got)
	for i, k := range keys[:5] {
		box := k.named("input")[0]
		assert.Equal(t, "checked", box.attrs["checked"])
		assert.True(t, box.is(fmt.Sprintf("f%d", i)))
		assert.Contains(t, Style(), fmt.Sprintf(".demarche:has(.f%d:not(:checked)) .l%[1]d{", i))
	}
	assert.Len(t, f.classed("cue c4 l4"), 2)
	assert.Equal(t, []string{"3 sentences, 2 acts, 1 mention", "1 sentence, 1 act, 0 mentions", "1 sentence, 1 act, 0 mentions"}, texts(f.classed("sum")))
	for i, link := range f.classed("contents")[0].named("a") {
		assert.Equal(t, fmt.Sprintf("#d%d", i+1), link.attrs["href"])
	}
}

// More labels than colours, and more in a sentence than ties and filters.
func TestManyLabels(t *testing.T) {
	var acts []classify.Act
	for i := range 100 {
		acts = append(acts, classify.Act{Label: classify.Label(fmt.Sprint("label-", i)), Cue: classify.Span{End: 2, Text: "No"}})
	}
	f := shown(t, drawn("No.", acts))
	classes := map[string]bool{}
	for _, e := range f.classed("cue") {
		for _, c := range strings.Fields(e.attrs["class"]) {
			classes[c] = true
		}
	}
	for _, c := range []string{"c7", "l15", "k11"} {
		assert.True(t, classes[c], c)
	}
	for _, c := range []string{"c8", "l16", "k12"} {
		assert.False(t, classes[c], c)
	}
	assert.Len(t, f.classed("tag"), 100)
}

func TestIDsAreUnique(t *testing.T) {
	d := read("“We deny it,” said Ada Holm. “Oslo warned of grave consequences.” Norland condemned the raid and denied the claim.")
	seen := map[string]bool{}
	for _, e := range shown(t, d, d).all(func(e *element) bool { return e.attrs["id"] != "" }) {
		assert.False(t, seen[e.attrs["id"]], e.attrs["id"])
		seen[e.attrs["id"]] = true
	}
	assert.Greater(t, len(seen), 6)
}

func TestPage(t *testing.T) {
	var b strings.Builder
	d := read("Norland condemned the raid.")
	d.Title, d.Note = "A raid", "From the wires."
	require.NoError(t, Page(&b, "The page", d))
	page := parse(t, b.String())
	assert.True(t, strings.HasPrefix(b.String(), "<!doctype html>"))
	assert.Equal(t, []string{"The page"}, texts(page.named("title")))
	assert.Equal(t, []string{"The page"}, texts(page.named("h1")))
	assert.Equal(t, []string{"A raid"}, texts(page.named("h2")))
	assert.Equal(t, []string{"From the wires."}, texts(page.classed("note")))

	styles := page.named("style")
	require.Len(t, styles, 1)
	assert.Equal(t, Style(), styles[0].text())
	sum := sha256.Sum256([]byte(Style()))
	policy := page.all(func(e *element) bool { return e.attrs["http-equiv"] == "Content-Security-Policy" })
	require.Len(t, policy, 1)
	assert.Equal(t, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+
		"'; base-uri 'none'; form-action 'none'", policy[0].attrs["content"])

	// nothing is loaded, nothing runs
	assert.NotRegexp(t, `(?i)url\(|@import|//|\ssrc=|<script|<link|javascript`, b.String())
}

func TestWithoutDocuments(t *testing.T) {
	f := shown(t)
	assert.Empty(t, f.named("article"))
	assert.Len(t, f.classed("legend"), 1)
	f = shown(t, Document{})
	assert.Empty(t, f.classed("text")[0].text())
	assert.Equal(t, []string{"0 sentences, 0 acts, 0 mentions"}, texts(f.classed("sum")))
}

func TestCut(t *testing.T) {
	d := drawn("It rained", nil)
	d.Results[0].Cut, d.Results[0].Omitted = true, 2
	assert.Equal(t, []string{"too long, cut here", "2 more left out"}, texts(shown(t, d).classed("tag")))
}

func TestActors(t *testing.T) {
	const text = "Oslo and Lima condemned the raid."
	d := drawn(text, []classify.Act{{
		Label: classify.Condemnation, Cue: in(t, text, "condemned"), Source: in(t, text, "Oslo"), SourceActor: "NOR",
		Sources: []classify.Span{in(t, text, "Oslo"), in(t, text, "Lima")}, SourceActors: []string{"NOR", ""},
	}, {
		Label: classify.Denial, Cue: in(t, text, "condemned"), Target: in(t, text, "Lima"), TargetActor: "PER",
	}})
	d.Results[0].Speaker, d.Results[0].SpeakerActor = in(t, text, "Oslo"), "NOR"
	traces := shown(t, d).classed("trace")
	assert.Equal(t, []string{"source Oslo (NOR)", "source Lima", "speaker Oslo (NOR)"}, texts(traces[0].classed("row"))[1:4])
	assert.Equal(t, "target Lima (PER)", texts(traces[1].classed("row"))[1])
}

func TestErrors(t *testing.T) {
	good := read("It rained. It stopped.")
	for name, spoil := range map[string]func(*Document){
		"another text": func(d *Document) { d.Text = "It snowed. It stopped." },
		"shorter text": func(d *Document) { d.Text = d.Text[:12] },
		"disorder":     func(d *Document) { slices.Reverse(d.Results) },
		"twice":        func(d *Document) { d.Results = append(d.Results, d.Results[1]) },
		"negative":     func(d *Document) { d.Results[0].Span.Start = -1 },
		"backwards":    func(d *Document) { d.Results[1].Span.End = 3 },
	} {
		t.Run(name, func(t *testing.T) {
			bad := good
			bad.Results = slices.Clone(good.Results)
			spoil(&bad)
			var b strings.Builder
			err := Fragment(&b, good, bad)
			assert.ErrorContains(t, err, "highlight: document 2: result ")
			assert.Empty(t, b.String())
		})
	}
	assert.ErrorIs(t, Page(failing{}, "", good), errBroken)
	assert.ErrorIs(t, Fragment(failing{}, good), errBroken)
}

var errBroken = errors.New("broken")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errBroken }
