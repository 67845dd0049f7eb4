package corpus_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func numbered(n int) []corpus.Sentence {
	sentences := make([]corpus.Sentence, n)
	for i := range sentences {
		sentences[i] = corpus.Sentence{ID: fmt.Sprintf("s%05d", i)}
	}
	return sentences
}

func TestSplit(t *testing.T) {
	all := numbered(10_000)
	parts, err := corpus.Split(all, 1, 0.7, 0.2, 0.1)
	require.NoError(t, err)
	require.Len(t, parts, 3)
	assert.InDelta(t, 7000, len(parts[0]), 200)
	assert.InDelta(t, 2000, len(parts[1]), 200)
	assert.InDelta(t, 1000, len(parts[2]), 200)

	var ids []string
	for _, part := range parts {
		assert.True(t, slices.IsSortedFunc(part, func(a, b corpus.Sentence) int { return compareIDs(a, b) }), "order is kept")
		for _, s := range part {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	assert.Len(t, slices.Compact(ids), len(all), "each sentence is in one part")

	fewer, err := corpus.Split(all[5000:], 1, 0.7, 0.2, 0.1)
	require.NoError(t, err)
	for i := range fewer {
		later := slices.DeleteFunc(slices.Clone(parts[i]), func(s corpus.Sentence) bool { return s.ID < "s05000" })
		assert.Equal(t, later, fewer[i], "a sentence stays in its part when others go")
	}
	other, err := corpus.Split(all, 2, 0.7, 0.2, 0.1)
	require.NoError(t, err)
	assert.NotEqual(t, parts[2], other[2], "another seed, another split")
}

func compareIDs(a, b corpus.Sentence) int {
	switch {
	case a.ID < b.ID:
		return -1
	case a.ID > b.ID:
		return 1
	}
	return 0
}

func TestSplitErrors(t *testing.T) {
	for _, fractions := range [][]float64{nil, {0.5}, {1, 0}, {1.5, -0.5}, {math.NaN(), 1}, {0.5, 0.6}} {
		_, err := corpus.Split(numbered(3), 1, fractions...)
		require.Error(t, err, "%v", fractions)
	}
	// Rounding in the sum is no error, and the last part takes the rest.
	parts, err := corpus.Split(numbered(100), 1, slices.Repeat([]float64{0.1}, 10)...)
	require.NoError(t, err)
	assert.Len(t, slices.Concat(parts...), 100)
}

func TestAlign(t *testing.T) {
	sentence := func(id string, start, end int) corpus.Sentence {
		return corpus.Sentence{ID: id, Start: start, End: end}
	}
	result := func(start, end int) classify.Result {
		return classify.Result{Span: classify.Span{Start: start, End: end}, Acts: []classify.Act{{Label: classify.Denial}}}
	}
	sentences := []corpus.Sentence{
		sentence("joined2", 30, 40), sentence("exact", 0, 10), sentence("joined1", 20, 30), {ID: "nowhere"}, sentence("missing", 60, 70),
	}
	results := []classify.Result{result(0, 10), result(10, 20), result(20, 40), result(80, 90)}
	a := corpus.Align(slices.Values(results), sentences)

	assert.Equal(t, []corpus.Pair{{Sentence: sentences[1], Result: results[0]}}, a.Matched)
	assert.Equal(t, []corpus.Sentence{sentences[3], sentences[2], sentences[0], sentences[4]}, a.Sentences)
	assert.Equal(t, []classify.Result{results[1], results[2], results[3]}, a.Results)
	assert.Equal(t, []corpus.Pair{
		{Sentence: sentences[2], Result: results[2]}, {Sentence: sentences[0], Result: results[2]},
	}, a.Overlaps, "touching spans do not overlap")

	var ids []string
	found := 0
	for s, r := range a.All() {
		ids = append(ids, s.ID)
		found += len(r.Acts)
	}
	assert.Equal(t, []string{"exact", "nowhere", "joined1", "joined2", "missing", ""}, ids)
	assert.Equal(t, 2, found, "the matched result and, once, the overlapping one")
	for range a.All() { // stopping early must not panic
		break
	}
}

func TestAlignSameSpanTwice(t *testing.T) {
	s := corpus.Sentence{ID: "a", Start: 1, End: 2}
	r := classify.Result{Span: classify.Span{Start: 1, End: 2}}
	a := corpus.Align(slices.Values([]classify.Result{r, r}), []corpus.Sentence{s})
	assert.Len(t, a.Matched, 1)
	assert.Len(t, a.Results, 1)
	assert.Empty(t, a.Overlaps)
}

func TestPredict(t *testing.T) {
	seen := 0
	read := func(text string) classify.Result { seen++; return classify.Result{Text: text} }
	sentences := []corpus.Sentence{{Text: "One."}, {Text: "Two."}}
	for s, r := range corpus.Predict(sentences, read) {
		assert.Equal(t, s.Text, r.Text)
	}
	assert.Equal(t, 2, seen)
	for range corpus.Predict(sentences, read) {
		break
	}
	assert.Equal(t, 3, seen, "one at a time")
}
