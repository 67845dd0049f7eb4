package classify_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

func newClassifier(t testing.TB, opts ...classify.Option) *classify.Classifier {
	t.Helper()
	c, err := classify.New(opts...)
	require.NoError(t, err)
	return c
}

func TestTextLimits(t *testing.T) {
	c := newClassifier(t, classify.WithTextLimits(classify.TextLimits{Sentence: 40, Paragraph: 100}))
	type piece struct {
		text string
		cut  bool
	}
	pieces := func(text string) (all []piece) {
		for r := range c.Document(text) {
			all = append(all, piece{r.Text, r.Cut})
		}
		return all
	}
	assert.Equal(t, []piece{{"Oslo spoke.", false}, {"Nobody came.", false}}, pieces("Oslo spoke. Nobody came."))
	assert.Equal(t, []piece{
		{"It rained, and it rained all day in the", true}, {"valley and in the town.", false}, {"It stopped.", false},
	}, pieces("It rained, and it rained all day in the valley and in the town. It stopped."))
	assert.Equal(t, []piece{{strings.Repeat("é", 20), true}, {strings.Repeat("é", 5), false}}, pieces(strings.Repeat("é", 25)))

	// the last sentence before the paragraph's cut is marked, however short
	got := pieces(strings.Repeat("It rained. ", 20))
	for i, p := range got {
		assert.Equal(t, piece{"It rained.", i == 8 || i == 17}, p, i)
	}
	assert.Len(t, got, 20)

	// the rest of a single sentence is not read
	r := c.Sentence("It rained all day in the valley and town, and Oslo condemned it.")
	assert.Equal(t, piece{"It rained all day in the valley and", true}, piece{r.Text, r.Cut})
	assert.Empty(t, r.Acts)
}

func TestActsLimit(t *testing.T) {
	const sentence = "Oslo condemned the raid, denied any role in it, warned Rome of revenge and abstained in the vote."
	all := classify.Default().Sentence(sentence)
	require.Len(t, all.Acts, 4)
	assert.Zero(t, all.Omitted)
	for n := 1; n <= 4; n++ {
		r := newClassifier(t, classify.WithTextLimits(classify.TextLimits{Acts: n})).Sentence(sentence)
		best := slices.Clone(all.Acts)
		slices.SortStableFunc(best, func(a, b classify.Act) int { return cmp.Compare(b.Score, a.Score) })
		best = best[:n]
		slices.SortStableFunc(best, func(a, b classify.Act) int { return a.Cue.Start - b.Cue.Start })
		assert.Equal(t, best, r.Acts)
		assert.Equal(t, 4-n, r.Omitted)
		data, err := json.Marshal(r)
		require.NoError(t, err)
		assert.Equal(t, n < 4, strings.Contains(string(data), fmt.Sprintf(`"omitted":%d`, r.Omitted)))
		var back classify.Result
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, r.Omitted, back.Omitted)
	}
	const refused = "Oslo refused to condemn the raid and refused to deny any role in it."
	require.Len(t, classify.Default().Sentence(refused).Mentions, 2)
	one := newClassifier(t, classify.WithTextLimits(classify.TextLimits{Acts: 1}))
	for r := range one.Document(refused) {
		assert.Len(t, r.Mentions, 1)
		assert.True(t, r.Mentioned(classify.Condemnation))
		assert.Equal(t, 1, r.Omitted)
	}
}

func TestTextLimitsAreChecked(t *testing.T) {
	for want, l := range map[string]classify.TextLimits{
		"longest sentence of 3 bytes":   {Sentence: 3},
		"longest sentence of -1 bytes":  {Sentence: -1},
		"longest paragraph of 3 bytes":  {Paragraph: 3},
		"longest paragraph of -9 bytes": {Paragraph: -9},
		"-1 acts":                       {Acts: -1},
	} {
		c, err := classify.New(classify.WithTextLimits(l))
		assert.ErrorContains(t, err, want)
		assert.Nil(t, c)
	}
}

// Any limits cut text into pieces that are no longer, and lose nothing.
func TestSmallLimits(t *testing.T) {
	for _, l := range []classify.TextLimits{{Sentence: 4, Paragraph: 4}, {Sentence: 4}, {Sentence: 50, Paragraph: 7}, {Sentence: 7, Paragraph: 50}, {Paragraph: 100}} {
		c := newClassifier(t, classify.WithTextLimits(l))
		for _, text := range []string{sample, strings.Repeat("ééé 谴责 x\u2003\u200b ", 50), strings.Repeat("“—”", 60)} {
			results := slices.Collect(c.Document(text))
			checkResults(t, text, results)
			for _, r := range results {
				assert.LessOrEqual(t, len(r.Text), cmp.Or(l.Sentence, l.Paragraph))
			}
			assert.Equal(t, results, collect(t, c, iotest.OneByteReader(strings.NewReader(text))), "%+v", l)
		}
	}
}

// A stretch of white space longer than any window is passed over.
func TestLongWhiteSpace(t *testing.T) {
	c := newClassifier(t, classify.WithTextLimits(classify.TextLimits{Paragraph: 100}))
	for _, space := range []string{" ", "\n", "\u3000", "\u200b", " \u2003\r\n", "\u2029"} {
		text := "It rained." + strings.Repeat(space, 3000) + "Oslo abstained." + strings.Repeat(space, 3000)
		results := slices.Collect(c.Document(text))
		checkResults(t, text, results)
		require.Len(t, results, 2, "%q", space)
		assert.True(t, results[1].Has(classify.Neutrality))
		assert.Equal(t, results, collect(t, c, strings.NewReader(text)), "%q", space)
	}
}
