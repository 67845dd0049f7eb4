package classify

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// plainText has no acts; each paragraph is told in one sentence and a half.
const plainText = `The council meets on Thursday to discuss the new bridge over the river.
It has done so every month since the flood of 2011, when the old one fell.

The mayor, a former teacher, opened the session with a short speech about schools;
more than forty parents were in the hall.

`

func TestAppendDocument(t *testing.T) {
	text := plainText + "Oslo condemned the raid. “It is a lie,” the envoy said. “We had no part in it.”"
	want := slices.Collect(Default().Document(text))
	assert.Equal(t, want, Default().AppendDocument(nil, text))
	first := Result{Text: "first"}
	assert.Equal(t, append([]Result{first}, want...), Default().AppendDocument([]Result{first}, text))
}

// Nothing is allocated for a sentence without acts, and little for an act.
func TestAppendDocumentAllocations(t *testing.T) {
	if RaceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	c := Default()
	allocations := func(text string) float64 {
		var results []Result
		return testing.AllocsPerRun(20, func() { results = c.AppendDocument(results[:0], text) })
	}
	const few = 10
	one, many := allocations(plainText), allocations(strings.Repeat(plainText, 50))
	assert.Less(t, one, float64(few), "of a short text")
	assert.Less(t, many, float64(few), "of a text fifty times as long")
	const acts = 100
	perAct := (allocations(strings.Repeat("Oslo condemned the raid.\n\n", acts)) - one) / acts
	assert.LessOrEqual(t, perAct, 6.0, "an act")
}
