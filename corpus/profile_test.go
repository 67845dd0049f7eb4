package corpus_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// explained is a classifier with fixed explanations.
func explained(by map[string]classify.Explanation) func(string) classify.Explanation {
	return func(text string) classify.Explanation { return by[text] }
}

func kept(rule string, weight float64) classify.ExplainedCue {
	return classify.ExplainedCue{Label: con, Rule: rule, At: rule + ".yaml", Weight: weight, Fate: classify.Kept}
}

func fated(x classify.ExplainedCue, fate classify.Fate, by string) classify.ExplainedCue {
	x.Fate, x.By, x.ByAt = fate, by, by+".yaml"
	return x
}

func TestProfile(t *testing.T) {
	act := classify.Result{Acts: []classify.Act{{Label: con}}}
	mention := classify.Result{Mentions: []classify.Mention{{Label: con}}}
	refused := gold("refused")
	refused.Mentioned = []classify.Label{con}
	sentences := []corpus.Sentence{
		gold("right", con), gold("two", con), refused, gold("wrong"), gold("weak", con),
		gold("taken", con), gold("blocked"), gold("harmless", con), gold("nothing", con), gold("covered", con),
	}
	p := corpus.NewProfile(sentences, explained(map[string]classify.Explanation{
		"Text of right":    {Result: act, Cues: []classify.ExplainedCue{kept("slam", 0.6), kept("slam", 0.6)}},
		"Text of two":      {Result: act, Cues: []classify.ExplainedCue{kept("slam", 0.7), kept("boost", 0.3)}},
		"Text of refused":  {Result: mention, Cues: []classify.ExplainedCue{fated(kept("slam", 0.6), classify.Mentioned, "refuse")}},
		"Text of wrong":    {Result: act, Cues: []classify.ExplainedCue{kept("slam", 0.6), {Label: war, Rule: "other", Fate: classify.Kept}}},
		"Text of weak":     {Cues: []classify.ExplainedCue{kept("boost", 0.3), fated(kept("slam", 0.6), classify.Sourceless, "")}},
		"Text of taken":    {Result: mention, Cues: []classify.ExplainedCue{fated(kept("slam", 0.6), classify.Mentioned, "refuse")}},
		"Text of blocked":  {Cues: []classify.ExplainedCue{fated(kept("slam", 0.6), classify.Blocked, "door")}},
		"Text of harmless": {Result: act, Cues: []classify.ExplainedCue{fated(kept("slam", 0.6), classify.Blocked, "door"), kept("boost", 0.3)}},
		"Text of covered":  {Result: act, Cues: []classify.ExplainedCue{fated(kept("slam", 0.6), classify.Covered, "boost"), kept("boost", 0.3)}},
	}))
	assert.Equal(t, 10, p.Sentences)
	assert.Equal(t, []corpus.RuleScore{
		{Rule: "slam", At: "slam.yaml", Weight: 0.7, Fired: 5, Right: 3, Alone: 2, AloneRight: 1},
		{Rule: "boost", At: "boost.yaml", Weight: 0.3, Fired: 3, Right: 3, Alone: 2, AloneRight: 2},
	}, p.Cues)
	assert.Equal(t, 2, p.Cues[0].Wrong())
	assert.Equal(t, []corpus.RuleScore{
		{Rule: "refuse", At: "refuse.yaml", Fired: 2, Right: 1, Hid: 1},
		{Rule: "door", At: "door.yaml", Fired: 1, Right: 1},
	}, p.Context)
	var missed []string
	for _, m := range p.Missed {
		missed = append(missed, m.Sentence.ID+": "+string(m.Cause))
	}
	assert.Equal(t, []string{"weak: too weak", "taken: taken", "nothing: no cue"}, missed)

	var b strings.Builder
	require.NoError(t, p.WriteReport(&b))
	assert.Regexp(t, `(?m)^slam +2 +5 +3 +60\.0% +2 +1 +0\.70  slam\.yaml$`, b.String())
	assert.Regexp(t, `(?m)^refuse +1 +2 +1 +50\.0% +1  refuse\.yaml$`, b.String())
	assert.Regexp(t, `(?m)^condemnation +1 +1 +1$`, b.String())
	assert.Contains(t, b.String(), "taken: condemnation, taken\n  Text of taken\n  \"\" 0.60 by slam: mention, by refuse at refuse.yaml\n")
}
