package stem

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInflects(t *testing.T) {
	yes := map[string][]string{
		"condemn": {"condemn", "condemns", "condemned", "condemning"},
		"deny":    {"denies", "denied", "denying"},
		"blame":   {"blames", "blamed", "blaming"},
		"commit":  {"commits", "committed", "committing"},
		"lie":     {"lies", "lied", "lying"},
		"crisis":  {"crises"},
		"bully":   {"bullies", "bullied", "bullying"},
		"ugly":    {"uglier", "ugliest"},
	}
	for lemma, forms := range yes {
		for _, form := range forms {
			assert.True(t, Inflects(lemma, form), "%s -> %s", lemma, form)
		}
	}
	no := map[string][]string{
		"condemn": {"condemnation", "condemnatory"},
		"critic":  {"criticism", "critical", "criticize"},
		"accuse":  {"accusation"},
		"neutral": {"neutrality", "neutralize"},
		"deny":    {"denial", "deniable"},
	}
	for lemma, forms := range no {
		for _, form := range forms {
			assert.False(t, Inflects(lemma, form), "%s -> %s", lemma, form)
		}
	}
}

func TestInflectionsShareTheirStem(t *testing.T) {
	for lemma, forms := range map[string][]string{
		"condemn": {"condemns", "condemned", "condemning"},
		"deny":    {"denies", "denied", "denying"},
		"accuse":  {"accuses", "accused", "accusing"},
	} {
		for _, form := range forms {
			assert.Equal(t, Of(lemma), Of(form), "%s and %s", lemma, form)
		}
	}
}

func TestStemsAfterDoubleConsonants(t *testing.T) {
	for lemma, form := range map[string]string{"scoff": "scoffed", "rebuff": "rebuffing", "add": "added", "dismiss": "dismissed", "call": "calls"} {
		assert.Contains(t, Stems(lemma), Of(form), "%s -> %s", lemma, form)
	}
}

func TestSpelling(t *testing.T) {
	for british, american := range map[string]string{
		"criticise":     "criticize",
		"criticised":    "criticized",
		"criticising":   "criticizing",
		"favours":       "favors",
		"behaviour":     "behavior",
		"defence":       "defense",
		"destabilising": "destabilizing",
		"honouring":     "honoring",
		"condemn":       "condemn",
	} {
		assert.Equal(t, american, Spelling(british))
	}
}
