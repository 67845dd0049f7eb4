package corpus_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// textLimits are the sentences of the texts whose sources are known to be wrong.
var textLimits = map[string]string{
	"t15.3": "the accusation is in plain words, and what stands out is the blame that it tells of",
}

// TestTextsAttribution pins who speaks in the whole texts, and whose their acts
// are: in speech, the speaker stands in for "I" and "we", and for a source that
// the sentence does not name.
func TestTextsAttribution(t *testing.T) {
	for _, d := range corpus.Texts() {
		results := slices.Collect(classify.Default().Document(d.Text))
		for _, s := range d.Sentences {
			i := slices.IndexFunc(results, func(r classify.Result) bool { return r.Text == s.Text })
			if !assert.GreaterOrEqual(t, i, 0, "%s: %s", s.ID, s.Text) {
				continue
			}
			r := results[i]
			if s.Speaker() == "" {
				assert.Empty(t, r.Speaker.Text, "%s: speaker of %s", s.ID, s.Text)
			} else {
				assert.True(t, corpus.HeadOverlap(s.Speaker(), r.Speaker.Text), "%s: speaker %q of %s", s.ID, r.Speaker.Text, s.Text)
				assert.Equal(t, d.Text[r.Speaker.Start:r.Speaker.End], r.Speaker.Text)
			}
			for _, want := range s.Acts {
				for _, got := range r.Acts {
					if got.Label != want.Label {
						continue
					}
					if textLimits[s.ID] != "" {
						assert.False(t, corpus.HeadOverlap(want.Source, got.Source.Text), "%s is right now: take it from the limits", s.ID)
						continue
					}
					switch strings.ToLower(want.Source) {
					case "i", "we", "":
						assert.Equal(t, r.Speaker, got.Source, "%s: source of %s", s.ID, s.Text)
					case "he", "she":
						assert.NotEqual(t, strings.ToLower(want.Source), strings.ToLower(got.Source.Text), "%s: source of %s", s.ID, s.Text)
					default:
						assert.True(t, corpus.HeadOverlap(want.Source, got.Source.Text), "%s: source %q of %s", s.ID, got.Source.Text, s.Text)
					}
				}
			}
		}
	}
}
