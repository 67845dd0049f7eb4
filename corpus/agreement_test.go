package corpus_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// ratings lists the categories of two annotators from the number of units with
// each pair of them.
func ratings(counts map[[2]string]int) (a, b []string) {
	for pair, n := range counts {
		for range n {
			a, b = append(a, pair[0]), append(b, pair[1])
		}
	}
	return a, b
}

func TestCohenKappa(t *testing.T) {
	for name, c := range map[string]struct {
		counts map[[2]string]int
		want   float64
	}{
		// Viera and Garrett 2005, "Understanding interobserver agreement: the
		// kappa statistic", Family Medicine 37: 0.57.
		"usefulness of lectures": {map[[2]string]int{{"y", "y"}: 15, {"y", "n"}: 5, {"n", "y"}: 10, {"n", "n"}: 70}, 0.571},
		// Fleiss, Levin and Paik 2003, "Statistical Methods for Rates and
		// Proportions", chapter 18, diagnoses of 100 persons: 0.68.
		"diagnoses": {map[[2]string]int{
			{"p", "p"}: 75, {"p", "n"}: 1, {"p", "o"}: 4,
			{"n", "p"}: 5, {"n", "n"}: 4, {"n", "o"}: 1,
			{"o", "o"}: 10,
		}, 0.676},
		"chance":   {map[[2]string]int{{"y", "y"}: 4, {"y", "n"}: 4, {"n", "y"}: 4, {"n", "n"}: 4}, 0},
		"opposite": {map[[2]string]int{{"y", "n"}: 5, {"n", "y"}: 5}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := ratings(c.counts)
			kappa, defined := corpus.CohenKappa(a, b)
			assert.True(t, defined)
			assert.InDelta(t, c.want, kappa, 0.0005)
		})
	}
	_, defined := corpus.CohenKappa([]bool{true, true}, []bool{true, true})
	assert.False(t, defined)
	_, defined = corpus.CohenKappa[int](nil, nil)
	assert.False(t, defined)
}

// The worked examples A, B and C of Krippendorff 2011, "Computing
// Krippendorff's Alpha-Reliability".
func TestKrippendorffAlpha(t *testing.T) {
	for name, c := range map[string]struct {
		observers []string // a letter for each unit, "." where there is none
		want      float64
	}{
		"two observers, binary":  {[]string{"0100000010", "1110010000"}, 0.095},
		"two observers, nominal": {[]string{"aabbdcccedda", "babbbccceddd"}, 0.692},
		"four, missing data":     {[]string{"123321412...", "1233224125.3", ".3332342251.", "1233244125" + "1."}, 0.743},
	} {
		t.Run(name, func(t *testing.T) {
			units := make([][]byte, len(c.observers[0]))
			for _, categories := range c.observers {
				for i := range categories {
					if categories[i] != '.' {
						units[i] = append(units[i], categories[i])
					}
				}
			}
			alpha, defined := corpus.KrippendorffAlpha(units)
			assert.True(t, defined)
			assert.InDelta(t, c.want, alpha, 0.0005)
		})
	}
	for _, units := range [][][]int{nil, {{1}, {2}}, {{1, 1}, {1, 1}, {2}}} {
		_, defined := corpus.KrippendorffAlpha(units)
		assert.False(t, defined)
	}
}

func named(id string, mentioned []classify.Label, acts ...corpus.Annotation) corpus.Sentence {
	return corpus.Sentence{ID: id, Text: "Text of " + id, Acts: acts, Mentioned: mentioned}
}

func annotators() (first, second []corpus.Sentence) {
	oslo := corpus.Annotation{Label: con, Source: "Oslo", Target: "the raid"}
	hers := corpus.Annotation{Label: con, Source: "Oslo's", Target: "Rome", Cue: "slammed"}
	first = []corpus.Sentence{
		named("same", nil, oslo), named("names", nil, oslo), named("act", nil, oslo),
		named("mention", nil), named("mine", nil), named("apology", nil, corpus.Annotation{Label: "apology"}),
	}
	cued := oslo
	cued.Cue = "slammed"
	second = []corpus.Sentence{
		named("apology", nil, corpus.Annotation{Label: "apology"}), named("same", nil, cued), named("names", nil, hers),
		named("act", []classify.Label{con}), named("mention", []classify.Label{war}), named("yours", nil),
	}
	return first, second
}

func TestCompare(t *testing.T) {
	first, second := annotators()
	c, err := corpus.Compare(first, second)
	require.NoError(t, err)
	assert.Equal(t, 5, c.Sentences)
	assert.Equal(t, []string{"mine"}, c.OnlyFirst)
	assert.Equal(t, []string{"yours"}, c.OnlySecond)
	require.Len(t, c.Labels, 5)
	acts := c.Labels[0].Acts
	assert.Equal(t, [4]int{2, 1, 0, 2}, [4]int{acts.Both, acts.First, acts.Second, acts.Neither})
	assert.InDelta(t, (0.8-0.48)/(1-0.48), acts.Kappa, 1e-9)
	assert.InDelta(t, 1-9*0.2*5*2/(2*5*5.0), acts.Alpha, 1e-9) // o = 2 of 10, e = 2*5*5/90
	assert.Equal(t, classify.Label("apology"), c.Labels[4].Label)
	assert.Equal(t, corpus.NameAgreement{Names: 3, Exact: 2, Head: 3}, c.Source)
	assert.Equal(t, corpus.NameAgreement{Names: 3, Exact: 2, Head: 2}, c.Target)
	var ids []string
	for _, d := range c.Differences {
		ids = append(ids, d.ID+" "+string(d.Label))
	}
	assert.Equal(t, []string{"names condemnation", "act condemnation", "mention warning"}, ids)

	var b strings.Builder
	require.NoError(t, c.WriteReport(&b))
	assert.Contains(t, b.String(), "5 sentences annotated by both, 1 only by the first, 1 only by the second\n")
	assert.Regexp(t, `(?m)^condemnation +2 +1 +0 +2 +0\.615 `, b.String())
	assert.Regexp(t, `(?m)^denial +0 +0 +0 +5 +- +-$`, b.String())
	b.Reset()
	require.NoError(t, corpus.WriteDifferences(&b, c.Differences[:2]))
	assert.Equal(t, `names: condemnation
  text    Text of names
  first   condemnation (Oslo -> the raid)
  second  condemnation (Oslo's -> Rome)

act: condemnation
  text    Text of act
  first   condemnation (Oslo -> the raid)
  second  mentioned

`, b.String())
}

func TestCompareErrors(t *testing.T) {
	other := named("a", nil)
	other.Text = "Another"
	_, err := corpus.Compare([]corpus.Sentence{named("a", nil), named("b", nil), named("b", nil)}, []corpus.Sentence{other})
	require.EqualError(t, err, `corpus: sentence 3 (id "b"): the first annotator has this id twice
corpus: sentence 1 (id "a"): the text "Text of a" is "Another" in the second`)
	_, _, err = corpus.Merge([]corpus.Sentence{named("a", nil)}, []corpus.Sentence{other}, corpus.Prefer(corpus.First))
	require.Error(t, err)
}

func TestMerge(t *testing.T) {
	ids := func(sentences []corpus.Sentence) []string {
		var list []string
		for _, s := range sentences {
			list = append(list, s.ID)
		}
		return list
	}
	first, second := annotators()
	merged, unresolved, err := corpus.Merge(first, second, corpus.Prefer(corpus.Unresolved))
	require.NoError(t, err)
	assert.Equal(t, []string{"same", "mine", "apology", "yours"}, ids(merged))
	assert.Len(t, unresolved, 3)
	assert.Equal(t, "slammed", merged[0].Acts[0].Cue, "the cue of the second")
	assert.Empty(t, first[0].Acts[0].Cue, "what is merged is left alone")

	merged, unresolved, err = corpus.Merge(first, second, corpus.Prefer(corpus.Second))
	require.NoError(t, err)
	assert.Empty(t, unresolved)
	assert.Equal(t, []string{"same", "names", "act", "mention", "mine", "apology", "yours"}, ids(merged))
	assert.Equal(t, second[2].Acts, merged[1].Acts)
	assert.Empty(t, merged[2].Acts)
	assert.True(t, merged[2].Mentions(con))

	merged, unresolved, err = corpus.Merge(first, second, func(d corpus.Difference) corpus.Choice {
		if d.Second.Mentioned {
			return corpus.First
		}
		return corpus.Unresolved
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"same", "act", "mention", "mine", "apology", "yours"}, ids(merged))
	assert.True(t, merged[1].Has(con))
	assert.Empty(t, merged[2].Mentioned)
	require.Len(t, unresolved, 1)
	assert.Equal(t, "names", unresolved[0].ID)
}
