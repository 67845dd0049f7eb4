package corpus_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func TestArticle(t *testing.T) {
	d := corpus.Article()
	require.Len(t, d.Sentences, 33)
	assert.Equal(t, "The Washington Post", d.Source)
	assert.Equal(t, "2022-03-18", d.Date.Format("2006-01-02"))
	file, err := os.ReadFile("article/article.txt")
	require.NoError(t, err)
	assert.Equal(t, string(file), d.Text)

	acts, mentions := map[classify.Label]int{}, map[classify.Label]int{}
	withActs, end := 0, 0
	for _, s := range d.Sentences {
		require.Equal(t, s.Text, d.Text[s.Start:s.End], s.ID)
		require.Equal(t, s.Text, d.Reading()[s.Start:s.End], "%s is not furniture", s.ID)
		require.GreaterOrEqual(t, s.Start, end, "%s is in the order of the text", s.ID)
		end = s.End
		if len(s.Acts) > 0 {
			withActs++
		}
		for _, a := range s.Acts {
			acts[a.Label]++
		}
		for _, l := range s.Mentioned {
			mentions[l]++
		}
	}
	assert.Equal(t, 12, withActs)
	assert.Equal(t, map[classify.Label]int{
		classify.Condemnation: 5, classify.Warning: 3, classify.Denial: 2, classify.Neutrality: 4,
	}, acts)
	assert.Equal(t, map[classify.Label]int{classify.Condemnation: 3}, mentions)
}

// The classifier finds every act and mention of the article, and no other.
func TestArticleLabels(t *testing.T) {
	for _, s := range corpus.Article().Sentences {
		r := classify.Default().Sentence(s.Text)
		var acts, named []classify.Label
		for _, a := range s.Acts {
			acts = append(acts, a.Label)
		}
		for _, m := range r.Mentions {
			named = append(named, m.Label)
		}
		assert.ElementsMatch(t, acts, r.Labels(), s.Text)
		assert.ElementsMatch(t, s.Mentioned, named, s.Text)
	}
}

func TestArticleReading(t *testing.T) {
	d := corpus.Article()
	reading := d.Reading()
	assert.Len(t, reading, len(d.Text))
	assert.NotContains(t, strings.ToLower(reading), "advertisement")
	assert.NotContains(t, reading, "2022-03-18")
	// Outside the annotated sentences nothing but white space is left.
	rest := []byte(reading)
	for _, s := range d.Sentences {
		copy(rest[s.Start:s.End], strings.Repeat(" ", s.End-s.Start))
	}
	assert.Empty(t, strings.TrimSpace(string(rest)))
}

func TestArticleIsACopy(t *testing.T) {
	corpus.Article().Sentences[3].Acts[0].Label = classify.Denial
	assert.Equal(t, classify.Neutrality, corpus.Article().Sentences[3].Acts[0].Label)
}
