package corpus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// zoo holds what formats find hard: characters outside the first plane, marks
// that combine, writing from right to left, line breaks, what a spreadsheet
// computes, several acts of one label, names within other words, and values of
// all kinds under other keys.
func zoo() []corpus.Sentence {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	return []corpus.Sentence{
		{ID: "plain", Text: "It rained."},
		{
			ID: "emoji", Text: "😡🇳🇴 Oslo slammed 👩‍👩‍👧 the raid 💥 and warned Rome.",
			Acts: []corpus.Annotation{
				{Label: con, Source: "Oslo", Target: "the raid 💥", Cue: "slammed"},
				{Label: war, Source: "Oslo", Target: "Rome"},
			},
			Extra: map[string]json.RawMessage{"genre": raw(`"tweet 💥"`), "votes": raw(`[1,{"a":null}]`)},
		},
		{
			ID: "marks", Text: "Le\u0301on de\u0301nied it, Zoë too.", Start: 7, End: 7 + len("Le\u0301on de\u0301nied it, Zoë too."),
			Acts: []corpus.Annotation{{Label: den, Source: "Le\u0301on", Target: "it", Cue: "de\u0301nied"}, {Label: den, Source: "Zoë", Target: "it"}},
		},
		{
			ID: "arabic", Text: "أدانت القاهرة الهجوم 🚀 على الميناء", Mentioned: []classify.Label{war, den},
			Acts: []corpus.Annotation{{Label: con, Source: "القاهرة", Target: "الهجوم 🚀 على الميناء", Cue: "أدانت"}},
		},
		{
			ID: "=1+1", Text: "-- \"Shame, 'shame',\" he said; the heir\tnodded.",
			Acts:  []corpus.Annotation{{Label: con, Source: "he", Target: "", Cue: "Shame, 'shame'"}},
			Extra: map[string]json.RawMessage{"@note": raw(`"'=SUM(A1)"`), "zero": raw(`"0"`), "empty": raw(`""`), "null": raw(`null`), "nothing": raw(`"null"`), "minus": raw(`-2.50`)},
		},
		{
			ID: "lines", Text: "First they\n\nwarned us,\nthen Rome.",
			Acts: []corpus.Annotation{{Label: war, Source: "they", Target: "us", Cue: "they\n\nwarned us"}},
		},
	}
}

type format struct {
	name  string
	write func([]corpus.Sentence, ...corpus.Option) (string, error)
	read  func(string, ...corpus.Option) ([]corpus.Sentence, error)
}

// bratGap stands between the two files, in tests. No text that a reader takes
// can hold it, as it is not UTF-8.
const bratGap = "\xfe"

var allFormats = []format{
	{
		"brat",
		func(s []corpus.Sentence, opts ...corpus.Option) (string, error) {
			var txt, ann bytes.Buffer
			err := corpus.WriteBrat(&txt, &ann, s, opts...)
			return txt.String() + bratGap + ann.String(), err
		},
		func(in string, opts ...corpus.Option) ([]corpus.Sentence, error) {
			txt, ann, _ := strings.Cut(in, bratGap)
			return corpus.ReadBrat(strings.NewReader(txt), strings.NewReader(ann), "f", opts...)
		},
	},
	{
		"doccano",
		func(s []corpus.Sentence, _ ...corpus.Option) (string, error) {
			var b bytes.Buffer
			err := corpus.WriteDoccano(&b, s)
			return b.String(), err
		},
		func(in string, opts ...corpus.Option) ([]corpus.Sentence, error) {
			return corpus.ReadDoccano(strings.NewReader(in), "f", opts...)
		},
	},
	{
		"labelstudio",
		func(s []corpus.Sentence, opts ...corpus.Option) (string, error) {
			var b bytes.Buffer
			err := corpus.WriteLabelStudio(&b, s, opts...)
			return b.String(), err
		},
		func(in string, opts ...corpus.Option) ([]corpus.Sentence, error) {
			return corpus.ReadLabelStudio(strings.NewReader(in), "f", opts...)
		},
	},
	{
		"csv",
		func(s []corpus.Sentence, _ ...corpus.Option) (string, error) {
			var b bytes.Buffer
			err := corpus.WriteCSV(&b, s)
			return b.String(), err
		},
		func(in string, opts ...corpus.Option) ([]corpus.Sentence, error) {
			return corpus.ReadCSV(strings.NewReader(in), "f", opts...)
		},
	},
}

func TestFormatsRoundTrip(t *testing.T) {
	article := corpus.Article()
	for _, f := range allFormats {
		for name, c := range map[string]struct {
			sentences []corpus.Sentence
			options   []corpus.Option
		}{
			"zoo":         {zoo(), nil},
			"code points": {zoo(), []corpus.Option{corpus.WithCodePoints()}},
			"article":     {article.Sentences, []corpus.Option{corpus.WithDocument(article.Text)}},
			"written":     {corpus.Written(), nil},
		} {
			t.Run(f.name+" "+name, func(t *testing.T) {
				out, err := f.write(c.sentences, c.options...)
				require.NoError(t, err)
				back, err := f.read(out, c.options...)
				require.NoError(t, err)
				assert.Equal(t, c.sentences, back)
			})
		}
	}
}

func TestFormatsEmpty(t *testing.T) {
	for _, f := range allFormats {
		out, err := f.write(nil)
		require.NoError(t, err, f.name)
		back, err := f.read(out)
		require.NoError(t, err, f.name)
		assert.Empty(t, back, f.name)
	}
}

// Units of offsets: what the tools themselves would mark.
func TestFormatsUnits(t *testing.T) {
	s := []corpus.Sentence{{ID: "a", Text: "💥 e\u0301 Oslo slammed it.", Acts: []corpus.Annotation{{Label: con, Source: "Oslo", Cue: "slammed"}}}}
	brat, err := allFormats[0].write(s)
	require.NoError(t, err)
	assert.Contains(t, brat, "T2\tcondemnation 10 17\tslammed\nT3\tsource 5 9\tOslo\n")
	doccano, err := allFormats[1].write(s)
	require.NoError(t, err)
	assert.Contains(t, doccano, `{"id":2,"label":"source","start_offset":5,"end_offset":9}`)
	studio, err := allFormats[2].write(s)
	require.NoError(t, err)
	assert.Contains(t, studio, `"value":{"start":6,"end":10,"text":"Oslo","labels":["source"]}`)
	studio, err = allFormats[2].write(s, corpus.WithCodePoints())
	require.NoError(t, err)
	assert.Contains(t, studio, `"value":{"start":5,"end":9,"text":"Oslo","labels":["source"]}`)
	back, err := allFormats[2].read(studio) // the text of the region tells
	require.NoError(t, err)
	assert.Equal(t, s, back)
}

func TestFormatsCannotHold(t *testing.T) {
	extra := func(key, v string) corpus.Sentence {
		return corpus.Sentence{ID: "x", Text: "Hi.", Extra: map[string]json.RawMessage{key: json.RawMessage(v)}}
	}
	labelled := func(l classify.Label) corpus.Sentence {
		return corpus.Sentence{ID: "x", Text: "Hi.", Acts: []corpus.Annotation{{Label: l}}}
	}
	for name, c := range map[string]struct {
		format int
		s      corpus.Sentence
		want   string
	}{
		"brat label":          {0, labelled("open letter"), `corpus: sentence 2 (id "x"): brat cannot hold the label "open letter"`},
		"brat sentence":       {0, labelled("Sentence"), `sentence 2 (id "x"): brat cannot hold the label "Sentence"`},
		"brat role":           {0, labelled("source"), `sentence 2 (id "x"): label "source" cannot be held: the format uses it itself`},
		"brat whole cue":      {0, corpus.Sentence{ID: "x", Text: "Hi.", Acts: []corpus.Annotation{{Label: con, Cue: "Hi."}}}, `brat cannot hold act 1, condemnation`},
		"brat invalid":        {0, corpus.Sentence{ID: "x", Text: "Hi.", Acts: []corpus.Annotation{{Label: con, Source: "Ho"}}}, `sentence 2 (id "x"): 2:65: source "Ho" does not occur`},
		"doccano key":         {1, extra("label", `1`), `corpus: sentence 2 (id "x"): key "label" cannot be held: the format uses it itself`},
		"doccano label":       {1, labelled("denial mentioned"), `sentence 2 (id "x"): label "denial mentioned" cannot be held: the format uses it itself`},
		"labelstudio label":   {2, labelled("target"), `sentence 2 (id "x"): label "target" cannot be held: the format uses it itself`},
		"csv key":             {3, extra("cue", `1`), `corpus: sentence 2 (id "x"): CSV cannot hold the key "cue"`},
		"csv carriage return": {3, corpus.Sentence{ID: "x", Text: "Hi.\r\nHo."}, `corpus: sentence 2 (id "x"): CSV cannot hold the text`},
		"csv no key":          {3, extra("", `1`), `CSV cannot hold the key ""`},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := allFormats[c.format].write([]corpus.Sentence{{ID: "a", Text: "It rained."}, c.s})
			require.ErrorContains(t, err, c.want)
			assert.Empty(t, strings.ReplaceAll(out, bratGap, ""), "nothing is written")
		})
	}
	_, err := allFormats[0].write(zoo()[:1], corpus.WithDocument("It snowed."))
	require.ErrorContains(t, err, `sentence 1 (id "plain"): the sentence does not stand at 0 of the document`)
}

func TestFormatsWriteErrors(t *testing.T) {
	require.ErrorIs(t, corpus.WriteDoccano(brokenWriter{}, zoo()), errBroken)
	require.ErrorIs(t, corpus.WriteLabelStudio(brokenWriter{}, zoo()), errBroken)
	require.ErrorIs(t, corpus.WriteCSV(brokenWriter{}, zoo()), errBroken)
	require.ErrorIs(t, corpus.WriteBrat(brokenWriter{}, &bytes.Buffer{}, zoo()), errBroken)
	require.ErrorIs(t, corpus.WriteBrat(&bytes.Buffer{}, brokenWriter{}, zoo()), errBroken)
	_, err := corpus.ReadCSV(brokenReader{}, "f")
	require.ErrorIs(t, err, errBroken)
	_, err = corpus.ReadLabelStudio(brokenReader{}, "f")
	require.ErrorIs(t, err, errBroken)
	_, err = corpus.ReadDoccano(brokenReader{}, "f")
	require.ErrorIs(t, err, errBroken)
	_, err = corpus.ReadBrat(brokenReader{}, strings.NewReader(""), "f")
	require.ErrorIs(t, err, errBroken)
	_, err = corpus.ReadBrat(strings.NewReader(""), brokenReader{}, "f")
	require.ErrorIs(t, err, errBroken)
}

// readCase is a file with what its reader says is wrong with it, one error a
// line; the test passes only if there are no others.
type readCase struct{ in, want string }

func checkErrors(t *testing.T, read func(string, ...corpus.Option) ([]corpus.Sentence, error), cases map[string]readCase) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := read(c.in)
			require.Error(t, err)
			assert.Empty(t, got)
			assert.Equal(t, c.want, err.Error())
			var e *corpus.Error
			assert.ErrorAs(t, err, &e)
		})
	}
}

var errBroken = errors.New("broken")

type (
	brokenWriter struct{}
	brokenReader struct{}
)

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }
func (brokenReader) Read([]byte) (int, error)  { return 0, errBroken }
