package classify_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// TestAttribution pins who performs an act and towards whom, construction by
// construction. An empty source or target means that none is given.
func TestAttribution(t *testing.T) {
	tests := []struct {
		name, text, label, source, target string
	}{
		// subjects and objects
		{"verb", "Tallinn condemned the raid.", "condemnation", "Tallinn", "the raid"},
		{"present", "Quito denounces the coup.", "condemnation", "Quito", "the coup"},
		{"perfect with adverb", "The guild has strongly condemned the arrests.", "condemnation", "The guild", "the arrests"},
		{"two adverbs", "Critics have long and loudly derided the tax.", "condemnation", "Critics", "the tax"},
		{"weekday", "Rabat on Friday condemned the raid.", "condemnation", "Rabat", "the raid"},
		{"last week", "The miners last week denounced the lockout.", "condemnation", "The miners", "the lockout"},
		{"adverbial before the object", "We condemn in the strongest possible terms the burning of the library.", "condemnation", "We", "the burning of the library"},
		{"noun like an adjective", "The general condemned the strike.", "condemnation", "The general", "the strike"},
		{"possessive and chief", "Malta's customs chief condemned the seizure.", "condemnation", "Malta's customs chief", "the seizure"},
		{"town in -ing", "Beijing condemned the sale.", "condemnation", "Beijing", "the sale"},
		{"bare gerund as object", "Oslo condemned shelling of the port.", "condemnation", "Oslo", "shelling of the port"},
		{"not only but", "Lagos not only regretted but condemned the raid.", "condemnation", "Lagos", "the raid"},
		{"those who", "I condemn those who torched the mill.", "condemnation", "I", "those who torched the mill"},

		// passive
		{"passive", "The raid was condemned by Tallinn.", "condemnation", "Tallinn", "The raid"},
		{"passive without agent", "The raid was condemned.", "condemnation", "", "The raid"},
		{"passive with two agents", "The decree was denounced by Paris and Bonn.", "condemnation", "Paris", "The decree"},
		{"passive with adverb", "The verdict has been widely condemned by jurists.", "condemnation", "jurists", "The verdict"},

		// nouns
		{"possessor", "Kenya's condemnation of the raid was swift.", "condemnation", "Kenya", "the raid"},
		{"by and of", "Criticism by Paris of the plan grew louder.", "condemnation", "Paris", "the plan"},
		{"light verb", "The council issued a condemnation of the raid.", "condemnation", "The council", "the raid"},
		{"put out", "The firm put out a rebuttal of the story.", "denial", "The firm", "the story"},
		{"receiver", "The decree drew condemnation from Oslo.", "condemnation", "Oslo", "The decree"},
		{"warning to", "Seoul issued a stern warning to Pyongyang.", "warning", "Seoul", "Pyongyang"},
		{"months of threats", "The talks followed months of threats by Colonel Adan.", "warning", "Adan", ""},

		// infinitives, participles, gerunds
		{"joined in", "Lima joined Quito in condemning the raid.", "condemnation", "Lima", "the raid"},
		{"fronted participle", "Speaking in Geneva, the envoy accused Minsk of fraud.", "condemnation", "the envoy", "Minsk"},
		{"fronted passive", "Asked about the fire, the mayor denied any fault.", "denial", "the mayor", "any fault"},
		{"trailing participle", "The union left the talks, accusing the bank of fraud.", "condemnation", "The union", "the bank"},
		{"statement with participle", "The ministry issued a statement condemning the raid.", "condemnation", "The ministry", "the raid"},
		{"resolution on a weekday", "The senate passed a resolution Monday criticising the premier.", "condemnation", "The senate", "the premier"},
		{"after a relative clause", "The club will skip a cup that opens in Lyon after accusing the hosts of bias.", "condemnation", "The club", "the hosts"},
		{"there was", "There was a harbour report warning that the pier may collapse.", "warning", "a harbour report", "the pier"},

		// relative clauses, asides, appositions
		{"relative subject", "The envoy, who lives in Riga, condemned the raid.", "condemnation", "The envoy", "the raid"},
		{"relative with plain verb", "Ada Bell, who chairs the union, condemned the raid.", "condemnation", "Ada Bell", "the raid"},
		{"restrictive relative", "The pilot who flew the plane denied the charge.", "denial", "The pilot", "the charge"},
		{"relative object", "The evictions, which the bishop condemned, went on.", "condemnation", "the bishop", "The evictions"},
		{"relative of a maker", "The court heard the airline, which accused the port of fraud.", "condemnation", "the airline", "the port"},
		{"name in apposition", "A lawyer, Jan Kok, condemned the verdict.", "condemnation", "Jan Kok", "the verdict"},
		{"office in apposition", "Lena Ruud, the party's spokeswoman, in a statement condemned the raid.", "condemnation", "Lena Ruud", "the raid"},
		{"aside between dashes", "The union — the oldest in the city — condemned the raid.", "condemnation", "The union", "the raid"},
		{"aside between commas", "The priest, long an opponent of it, deplored the mine.", "condemnation", "The priest", "the mine"},
		{"attribute after a noun", "Opponents of the dam condemned the vote.", "condemnation", "Opponents", "the vote"},
		{"dateline", "OSLO, Norway -- The parliament condemned the raid.", "condemnation", "The parliament", "the raid"},

		// coordination
		{"two subjects", "Paris and Bonn condemned the raid.", "condemnation", "Paris", "the raid"},
		{"three subjects", "Paris, Bonn and Rome condemned the raid.", "condemnation", "Paris", "the raid"},
		{"two verbs", "The bishops met in Lima and condemned the raid.", "condemnation", "The bishops", "the raid"},
		{"after as", "Vienna dismissed the film as rubbish and warned Budapest against bans.", "warning", "Vienna", "Budapest"},
		{"two clauses", "Lima kept silent, but Quito condemned the raid.", "condemnation", "Quito", "the raid"},
		{"says and warns", "The army says it has left the hills but warned the rebels.", "warning", "The army", "the rebels"},
		{"object of two words", "The order denounced the killings of monks and the theft of bells.", "condemnation", "The order", "the killings of monks"},

		// titles
		{"title", "President Ilves condemned the raid.", "condemnation", "Ilves", "the raid"},
		{"long title", "Foreign Ministry spokesman Timo Laak condemned the raid.", "condemnation", "Timo Laak", "the raid"},
		{"title with of", "The Minister of Trade Jane Roe condemned the raid.", "condemnation", "Jane Roe", "the raid"},

		// speech
		{"said that", "The nurse said that the ban is a disgrace.", "condemnation", "The nurse", "the ban"},
		{"said", "The nurse said the ban is a disgrace.", "condemnation", "The nurse", "the ban"},
		{"said last", "The ban is a disgrace, the nurse said.", "condemnation", "the nurse", "The ban"},
		{"inverted", "The ban is a disgrace, said the nurse.", "condemnation", "the nurse", "The ban"},
		{"inverted within", "The ban, wrote Ada Bell in a letter, is a disgrace.", "condemnation", "Ada Bell", "The ban"},
		{"quoted", "“The ban is a disgrace,” the nurse said.", "condemnation", "the nurse", "The ban"},
		{"quoted first person", "“We condemn the raid,” said the envoy.", "condemnation", "the envoy", "the raid"},
		{"according to", "According to the auditor, the sale was a disgrace.", "condemnation", "the auditor", "the sale"},
		{"reported verb", "Officials said Minsk had condemned the raid.", "condemnation", "Minsk", "the raid"},
		{"author", "This decree is a disgrace.", "condemnation", "", "This decree"},
		{"because is not said", "It is vital to say so because the siege is a disgrace.", "condemnation", "", "the siege"},
		{"I mean", "I mean, it is outrageous that the bank lied.", "condemnation", "I", "the bank"},
		{"made clear", "We have made clear to them that such attacks are unacceptable.", "condemnation", "We", "such attacks"},
		{"I find", "I find the silence appalling.", "condemnation", "I", "the silence"},
		{"own verb", "We condemn the horrific attack on the school.", "condemnation", "We", "the horrific attack on the school"},

		// what is described
		{"doer of a deed", "Bern condemned the attack on the port by rebels.", "condemnation", "Bern", "rebels"},
		{"possessor of a deed", "We condemn the junta's barbaric raids.", "condemnation", "We", "the junta"},
		{"said of a subject", "The blockade is a cruel and barbaric act.", "condemnation", "", "The blockade"},
		{"as", "Bern blasted the vote as a shameful sham.", "condemnation", "Bern", "the vote"},
		{"it is that", "It is shameful that the bank hid the leak.", "condemnation", "", "the bank"},
		{"called", "Malta called the seizure shameful.", "condemnation", "Malta", "the seizure"},

		// pronouns
		{"he", "Jan Kok left the hall, and he condemned the raid.", "condemnation", "Jan Kok", "the raid"},
		{"it", "Ghana said it condemned the raid.", "condemnation", "Ghana", "the raid"},

		// warnings
		{"threat to act", "The rebels threatened to shell the port.", "warning", "The rebels", "the port"},
		{"if first", "If the ships return, Oslo will retaliate.", "warning", "Oslo", "the ships"},
		{"party warned", "Rome warned the smugglers that boats would be seized.", "warning", "Rome", "the smugglers"},
		{"with", "The colonel threatened the strikers with jail.", "warning", "The colonel", "the strikers"},
		{"for months", "Doctors had warned for months of a shortage.", "warning", "Doctors", "a shortage"},

		// denials and neutrality
		{"claim", "The bank rejected the claim that it hid the leak.", "denial", "The bank", "the claim"},
		{"no truth", "There is no truth to those rumours.", "denial", "", "those rumours"},
		{"his country", "The premier said his country took no side.", "neutrality", "The premier", ""},
		{"abstained", "Laos abstained.", "neutrality", "Laos", ""},
	}
	c := classify.Default()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, a := range c.Sentence(tt.text).Acts {
				if string(a.Label) == tt.label {
					assert.Equal(t, tt.source, a.Source.Text, "source")
					assert.Equal(t, tt.target, a.Target.Text, "target")
					return
				}
			}
			assert.Fail(t, "act not found", tt.text)
		})
	}
}

// TestAttributionLists pins that coordinated sources and targets are all given.
func TestAttributionLists(t *testing.T) {
	names := func(all []classify.Span) (out []string) {
		for _, s := range all {
			out = append(out, s.Text)
		}
		return out
	}
	r := classify.Default().Sentence("Paris, Bonn and Rome condemned the raid and the arrests.")
	assert.Equal(t, []string{"Paris", "Bonn", "Rome"}, names(r.Acts[0].Sources))
	assert.Equal(t, []string{"the raid", "the arrests"}, names(r.Acts[0].Targets))
}

// TestMentionAttribution pins who would perform an act that is only mentioned,
// and towards whom.
func TestMentionAttribution(t *testing.T) {
	tests := []struct{ name, text, label, source, target string }{
		{"refused", "Lima refused to condemn the raid.", "condemnation", "Lima", "the raid"},
		{"negated", "The premier did not deny the report.", "denial", "The premier", "the report"},
		{"urged", "Quito urged Lima to condemn the raid.", "condemnation", "Lima", "the raid"},
		{"future", "The G7 will condemn the raid tomorrow.", "condemnation", "The G7", "the raid"},
		{"asked", "Will the bishop denounce the raid?", "condemnation", "the bishop", "the raid"},
		{"ended", "Lima abandoned its neutrality.", "neutrality", "Lima", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := classify.Default().Sentence(tt.text)
			require.Len(t, r.Mentions, 1)
			m := r.Mentions[0]
			assert.Equal(t, tt.label, string(m.Label))
			assert.Equal(t, tt.source, m.Source.Text, "source")
			assert.Equal(t, tt.target, m.Target.Text, "target")
			if !m.Source.IsZero() {
				assert.Equal(t, m.Source.Text, tt.text[m.Source.Start:m.Source.End])
			}
		})
	}
	data, err := json.Marshal(classify.Default().Sentence("Lima refused to condemn the raid.").Mentions[0])
	require.NoError(t, err)
	assert.Contains(t, string(data), `"source":{"start":0,"end":4,"text":"Lima"},"target":{"start":24,"end":32,"text":"the raid"}`)
	data, err = json.Marshal(classify.Mention{})
	require.NoError(t, err)
	assert.NotContains(t, string(data), "source")
	assert.NotContains(t, string(data), "target")
}

// TestWithoutAttribution pins that nothing but sources, targets and speakers
// goes.
func TestWithoutAttribution(t *testing.T) {
	c, err := classify.New(classify.WithoutAttribution())
	require.NoError(t, err)
	text := "MR. ROE: Lima condemned the raid and Quito refused to condemn it.\n\n" +
		"“The law is a disgrace,” Ada Bell said. Criticism of the law by Oslo grew.\n\nCriticism of the law grew."
	full, bare := slices.Collect(classify.Default().Document(text)), slices.Collect(c.Document(text))
	require.Len(t, bare, len(full))
	acts := 0
	for n, want := range full {
		acts += len(want.Acts)
		want.Speaker = classify.Span{}
		for i := range want.Acts {
			a := &want.Acts[i]
			a.Source, a.Target, a.Sources, a.Targets = classify.Span{}, classify.Span{}, nil, nil
		}
		for i := range want.Mentions {
			m := &want.Mentions[i]
			m.Source, m.Target, m.Sources, m.Targets = classify.Span{}, classify.Span{}, nil, nil
		}
		assert.Equal(t, want, bare[n])
	}
	assert.Equal(t, 4, acts)
}
