package classify_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// sample is a text with paragraphs, quotations, repairs and odd bytes.
const sample = `Lima, March 3 — Peru’s president condemned the “brutal and unprovoked” raid on Friday. Mr. Quispe said the U.S. envoy, J. D. Ames, wouldn’t comment.

“We had nothing to do with it. The report is a fabrication,” the general said. “If they attack, we will respond decisively.

“Nobody should doubt that.”

MS. ORTEGA:  We — we take no position on that.

Q    Do you condemn the raid?

Broken bytes: ` + "\xff\xfe" + ` and a NUL ` + "\x00" + ` stay where they are. Kyoto abstained!`

func texts(seq iter.Seq[classify.Result]) []string {
	var out []string
	for r := range seq {
		out = append(out, fmt.Sprintf("%d-%d %s %v", r.Span.Start, r.Span.End, r.Speaker.Text, r))
	}
	return out
}

func TestDocument(t *testing.T) {
	type line struct{ start, labels, mentions, speaker string }
	var got []line
	for r := range classify.Default().Document(sample) {
		var mentions []classify.Label
		for _, m := range r.Mentions {
			mentions = append(mentions, m.Label)
		}
		first := strings.Fields(r.Text)
		got = append(got, line{strings.Join(first[:min(3, len(first))], " "), fmt.Sprint(r.Labels()), fmt.Sprint(mentions), r.Speaker.Text})
	}
	assert.Equal(t, []line{
		{"Lima, March 3", "[condemnation]", "[]", ""},
		{"Mr. Quispe said", "[]", "[]", ""},
		{"“We had nothing", "[denial]", "[]", "the general"},
		{"The report is", "[denial]", "[]", "the general"},
		{"“If they attack,", "[warning]", "[]", "the general"},
		{"“Nobody should doubt", "[]", "[]", "the general"},
		{"We — we", "[neutrality]", "[]", "MS. ORTEGA"},
		{"Do you condemn", "[]", "[condemnation]", "Q"},
		{"Broken bytes: \xff\xfe", "[]", "[]", "Q"},
		{"Kyoto abstained!", "[neutrality]", "[]", "Q"},
	}, got)
}

func TestReaderEqualsDocument(t *testing.T) {
	c := classify.Default()
	long := strings.Repeat(sample+"\n\n", 40)
	for name, text := range map[string]string{
		"sample": sample, "long": long, "empty": "", "space": " \n\n \t\n",
		"endless line": strings.Repeat("Oslo condemned the raid, and nobody spoke; ", 20000),
		"no spaces":    strings.Repeat("x", 700_000),
	} {
		want := slices.Collect(c.Document(text))
		checkResults(t, text, want)
		for reader, rd := range map[string]io.Reader{
			"whole":         strings.NewReader(text),
			"half":          iotest.HalfReader(strings.NewReader(text)),
			"data with EOF": iotest.DataErrReader(strings.NewReader(text)),
		} {
			var got []classify.Result
			for r, err := range c.Reader(context.Background(), rd) {
				require.NoError(t, err)
				got = append(got, r)
			}
			require.Equal(t, want, got, "%s, %s", name, reader)
		}
	}
	var got []classify.Result
	for r, err := range c.Reader(context.Background(), iotest.OneByteReader(strings.NewReader(sample))) {
		require.NoError(t, err)
		got = append(got, r)
	}
	assert.Equal(t, slices.Collect(c.Document(sample)), got)
}

func TestOptions(t *testing.T) {
	const sentence = "Oslo condemned the raid and warned Bergen of revenge."
	off, err := classify.New(classify.WithoutLabel(classify.Warning))
	require.NoError(t, err)
	assert.Equal(t, []classify.Label{classify.Condemnation}, off.Sentence(sentence).Labels())

	strict, err := classify.New(classify.WithThreshold(classify.Condemnation, 1))
	require.NoError(t, err)
	assert.Equal(t, []classify.Label{classify.Warning}, strict.Sentence(sentence).Labels())

	empty, err := classify.New(classify.WithoutBuiltin())
	require.NoError(t, err)
	assert.Empty(t, empty.Sentence(sentence).Acts)

	_, err = classify.New(classify.WithThreshold("apology", 0.5))
	assert.ErrorContains(t, err, `threshold for "apology", which no lexicon defines`)
	_, err = classify.New(classify.WithThreshold(classify.Denial, 2))
	assert.ErrorContains(t, err, "above 0 and up to 1")
	_, err = classify.New(classify.WithoutLabel("apology"))
	assert.ErrorContains(t, err, "defined by no lexicon")
}

func TestExplainSaysWhatIsTooWeak(t *testing.T) {
	c := with(t, "label: x\ncues: [{id: weak, match: frown, weight: 0.4}, {id: good, match: scowl}, {id: too, match: wince, weight: 0.4}]")
	for sentence, want := range map[string]string{
		"They frown.":           `x "frown" 0.40 by weak (test.yaml:2:26): kept, too weak for an act, or the label is off` + "\n",
		"They scowl.":           `x "scowl" 0.90 by good (test.yaml:2:65): kept` + "\n",
		"They frown and wince.": `x "frown" 0.40 by weak (test.yaml:2:26): kept` + "\n" + `x "wince" 0.40 by too (test.yaml:2:90): kept` + "\n",
	} {
		assert.Equal(t, want, c.Explain(sentence).String())
	}
}
