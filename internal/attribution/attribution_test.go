package attribution

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// traits are the words of the tests by what grammar says of them.
var traits = map[vocab.Trait]string{
	vocab.Determiner:   "the a an this that these those any no",
	vocab.Pronoun:      "i we you he she it they him her them us there nothing",
	vocab.Possessive:   "my our his its their 's",
	vocab.Preposition:  "of in on at by for with from to against over about as after like between",
	vocab.Conjunction:  "and or but",
	vocab.Subordinator: "that if because unless as after while",
	vocab.WhWord:       "who which what whom",
	vocab.Be:           "be",
	vocab.Have:         "have",
	vocab.Do:           "do",
	vocab.Modal:        "will would must could",
	vocab.To:           "to",
	vocab.Not:          "not",
	vocab.Adverb:       "also strongly again",
	vocab.Title:        "president minister envoy spokesman spokeswoman director chief",
	vocab.Verb: "condemn accuse say warn threaten call join issue draw urge want demand launch wage end attack shell leave " +
		"reject deny welcome mark speak know read pay press meet dispute impose",
	vocab.Adjective: "brutal shameful foreign false cruel brazen ready",
	vocab.Noun:      "raid plan law war criticism condemnation warning statement disgrace critic report theft port government lie act decree ability envoy minister president",
}

// classes are the word classes, by what a finder asks them for.
var classes = map[string]string{
	"report": "say know call read", "control": "urge want press", "of": "accuse", "receive": "draw",
	"commit": "launch wage", "desist": "end", "stance": "demand press", "purpose": "ability plan", "equate": "mark",
	"actor": "government critic rebel", "text": "statement report", "answer": "response", "male": "jan spokesman", "female": "ada spokeswoman",
}

// finder returns a finder with the small lexicon above.
func finder() (*Finder, *vocab.Vocabulary) {
	v := vocab.New()
	v.AddIrregular("be", "is", 0)
	v.AddIrregular("be", "was", 0)
	v.AddIrregular("be", "are", 0)
	v.AddIrregular("be", "been", 0)
	v.AddIrregular("have", "has", 0)
	v.AddIrregular("have", "had", 0)
	v.AddIrregular("say", "said", vocab.FormPast)
	v.AddIrregular("draw", "drew", vocab.FormPast)
	v.AddIrregular("meet", "met", vocab.FormPast)
	v.AddIrregular("leave", "left", vocab.FormPast)
	class := func(name, words string) vocab.Symbol {
		s := v.Symbol(pattern.Class, name)
		for w := range strings.FieldsSeq(words) {
			v.AddMember(s, pattern.Word, w, 0)
		}
		return s
	}
	for t, words := range traits {
		v.GiveTrait(class("trait "+strings.Fields(words)[0]+words, words), t)
	}
	f := &Finder{}
	for name, dst := range map[string]*vocab.Symbol{
		"report": &f.Classes.Report, "control": &f.Classes.Control, "of": &f.Classes.Of, "receive": &f.Classes.Receive,
		"commit": &f.Classes.Commit, "desist": &f.Classes.Desist, "stance": &f.Classes.Stance, "purpose": &f.Classes.Purpose,
		"equate": &f.Classes.Equate, "actor": &f.Classes.Actor, "text": &f.Classes.Text, "answer": &f.Classes.Answer, "male": &f.Classes.Male, "female": &f.Classes.Female,
	} {
		*dst = class(name, classes[name])
	}
	return f, v
}

// read makes the finder look at a sentence, in which [brackets] mark the cue.
func read(sentence string) (*Finder, match.Match) {
	f, v := finder()
	open, end := strings.IndexByte(sentence, '['), strings.IndexByte(sentence, ']')-1
	text := strings.NewReplacer("[", "", "]", "").Replace(sentence)
	var toks []tag.Token
	m := match.Match{Start: none}
	for _, t := range token.Append(nil, text, false) {
		w := &vocab.Word{}
		if t.Kind == token.Word {
			w = v.Lookup(string(token.AppendLower(nil, text, &t)))
		}
		if m.Start == none && int(t.Start) == open {
			m.Start = len(toks)
		}
		toks = append(toks, tag.Token{Token: t, Word: w})
		if int(t.End) == end {
			m.End = len(toks)
		}
	}
	tag.Assign(toks)
	f.Reset(toks, text)
	return f, m
}

func (f *Finder) words(p Phrase) string {
	if p.Empty() {
		return ""
	}
	return f.Text[f.Tokens[p.Start].Start:f.Tokens[p.End-1].End]
}

func (f *Finder) texts(list []Phrase) string {
	var all []string
	for _, p := range list {
		all = append(all, f.words(p))
	}
	return strings.Join(all, "; ")
}

// TestResolve pins where each frame finds who and whom. Several are given with
// semicolons.
func TestResolve(t *testing.T) {
	tests := []struct {
		frame                    Frame
		sentence, source, target string
		slots                    []Slot
	}{
		// verbs
		{Verb, "Oslo [condemned] the raid.", "Oslo", "the raid", nil},
		{Verb, "Oslo and Bonn [condemned] the raid and the law.", "Oslo; Bonn", "the raid; the law", nil},
		{Verb, "The raid was [condemned] by Oslo and Bonn.", "Oslo; Bonn", "The raid", nil},
		{Verb, "The raid was [condemned].", "", "The raid", nil},
		{Verb, "Oslo joined Bonn in [condemning] the raid.", "Oslo", "the raid", nil},
		{Verb, "Speaking in Bonn, the envoy [accused] Riga of theft.", "the envoy", "Riga", nil},
		{Verb, "Oslo left, [accusing] Riga of theft.", "Oslo", "Riga", nil},
		{Verb, "Ada Roe, the envoy to Bonn, [condemned] the raid.", "Ada Roe", "the raid", nil},
		{Verb, "The envoy, Ada Roe, [condemned] the raid.", "Ada Roe", "the raid", nil},
		{Verb, "The envoy who left Bonn [condemned] the raid.", "The envoy", "the raid", nil},
		{Verb, "The raid that Oslo [condemned] was cruel.", "Oslo", "The raid", nil},
		{Verb, "Oslo urged Bonn to [condemn] the raid.", "Bonn", "the raid", nil},
		{Verb, "Oslo wants the ability to [condemn] the raid.", "Oslo", "the raid", nil},
		{Verb, "Oslo said it [condemned] the raid.", "Oslo", "the raid", nil},
		{Verb, "Jan Kok met Ada Roe, and she [condemned] the raid.", "Ada Roe", "the raid", nil},
		{Verb, "Foreign Minister Ada Roe [condemned] the raid.", "Ada Roe", "the raid", nil},
		{Verb, "Movement for Peace director Ada Roe [condemned] the raid.", "Ada Roe", "the raid", nil},
		{Verb, "OSLO, Norway - Norway [condemned] the raid.", "Norway", "the raid", nil},
		{Verb, "Oslo [condemned] Riga's raid.", "Oslo", "Riga; Riga's raid", nil},
		{Verb, "Oslo [condemned] the raid by rebels.", "Oslo", "rebels; the raid", nil},
		{Verb, "Oslo [condemned] the raid on the port.", "Oslo", "the raid on the port", nil},
		{Verb, "Oslo [condemned] those who left the port.", "Oslo", "those who left the port", nil},
		{Verb, "Oslo rejected the plan to shell the port, [condemning] it.", "Oslo", "the plan", nil},
		{Verb, "Oslo [threatened to] shell the port.", "Oslo", "the port", nil},
		{Verb, "Oslo [threatened to] shell the port if Riga attacks.", "Oslo", "Riga", nil},
		{Verb, "Oslo [warned] that Riga would pay.", "Oslo", "Riga", nil},
		{Verb, "Oslo [warned] that if Riga attacks, the port would end.", "Oslo", "Riga", nil},
		{Verb, "Oslo [warned] against shelling the port.", "Oslo", "shelling the port", nil},
		{Verb, "Oslo must [accuse - Oslo must accuse] Riga.", "Oslo", "Riga", nil},
		{Verb, "As we [warned], the law has left us.", "we", "the law", nil},
		{Verb, "Oslo [condemned] what the envoy said.", "Oslo", "what the envoy said", nil},
		{Verb, "Oslo [warned] Riga strongly on Monday about the raid.", "Oslo", "the raid", []Slot{"about", ObjectSlot}},

		// nouns
		{Noun, "China's [condemnation] of the raid was cruel.", "China", "the raid", nil},
		{Noun, "[Criticism] by Paris of the plan was cruel.", "Paris", "the plan", nil},
		{Noun, "Oslo issued a [warning] to Moscow.", "Oslo", "Moscow", nil},
		{Noun, "The law drew [criticism] from Oslo.", "Oslo", "The law", nil},
		{Noun, "Oslo issued a [warning] in response to the raid.", "Oslo", "the raid", []Slot{"in"}},
		{Noun, "The Turkish [criticism] of the law was cruel.", "Turkish", "the law", nil},

		// predicates
		{Predicate, "The raid is [shameful].", "", "The raid", nil},
		{Predicate, "It is [shameful] that Oslo left.", "", "Oslo", nil},
		{Predicate, "It is [shameful] to shell the port.", "", "shell the port", nil},
		{Predicate, "[We would dispute] the report.", "We", "the report", nil},
		{Predicate, "Oslo [will impose costs] on Riga.", "", "Riga", nil},
		{Predicate, "Oslo [calls the raid shameful].", "Oslo", "the raid", nil},

		// epithets
		{Epithet, "Oslo will shell the [brutal] government.", "", "the brutal government", nil},
		{Epithet, "Riga launched a [brutal raid] on the port.", "", "Riga; a brutal raid on the port", nil},
		{Epithet, "Oslo urged Riga to end the [brutal war].", "", "Riga; the brutal war", nil},
		{Epithet, "Riga's raid marked a [brutal act].", "", "Riga; Riga's raid", nil},
		{Epithet, "Jan Kok, a [cruel lie], left.", "", "Jan Kok", nil},
		{Epithet, "The decree is a [shameful lie].", "", "The decree", nil},

		// statements
		{Statement, "Oslo said the port [would pay].", "Oslo", "", nil},
		{Statement, "[Shame on] the envoy.", "", "the envoy", nil},
		{Statement, "If Riga attacks, Oslo [will] pay.", "Oslo", "Riga", nil},
	}
	for _, tt := range tests {
		t.Run(tt.sentence, func(t *testing.T) {
			f, m := read(tt.sentence)
			require.Positive(t, m.End, "the cue")
			r := f.Resolve(tt.frame, tt.slots, m)
			assert.Equal(t, tt.source, f.texts(r.Sources), "sources")
			assert.Equal(t, tt.target, f.texts(r.Targets), "targets")
			if tt.frame <= Noun {
				assert.Equal(t, tt.source != "", r.Sourced, "sourced")
			}
		})
	}
}

// TestSpeaker pins who utters a sentence.
func TestSpeaker(t *testing.T) {
	tests := []struct{ sentence, want string }{
		{"“The law is cruel,” Ada Roe said.", "Ada Roe"},
		{"“The law is cruel,” said Ada Roe.", "Ada Roe"},
		{"“The law,” said Ada Roe, “is cruel.”", "Ada Roe"},
		{"“The law is cruel,” said the director, Ada Roe.", "Ada Roe"},
		{"“The law is cruel,” Minister Ada Roe said.", "Ada Roe"},
		{"Ada Roe said, “The law is cruel.”", "Ada Roe"},
		{"Ada Roe: “The law is cruel.”", "Ada Roe"},
		{"“The law is cruel,” Ada Roe shouted.", "Ada Roe"},
		{"Ada Roe left, and “The law is cruel,” she said.", "Ada Roe"},
		{"“The law is cruel,” she said.", "she"},
		{"Oslo left.", ""},
	}
	for _, tt := range tests {
		f, _ := read(tt.sentence)
		p, _ := f.Speaker()
		assert.Equal(t, tt.want, f.words(p), tt.sentence)
	}
}

// TestVoice pins whose judgement a loaded word is.
func TestVoice(t *testing.T) {
	tests := []struct{ sentence, want string }{
		{"We will shell the [brutal] government.", "We"},
		{"Oslo demands that Riga end the [brutal] war.", "Oslo"},
		{"Oslo left the [brutal] war.", ""},
		{"We left because the [brutal] war is cruel.", ""},
	}
	for _, tt := range tests {
		f, m := read(tt.sentence)
		assert.Equal(t, tt.want, f.texts(f.Voice(m.Start)), tt.sentence)
	}
}

// TestReporter pins who says what a clause tells.
func TestReporter(t *testing.T) {
	tests := []struct{ sentence, want string }{
		{"Oslo said Riga [condemned] the raid.", "Oslo"},
		{"Riga [condemned] the raid, Oslo said.", "Oslo"},
		{"The raid was said to be [condemned].", ""},
		{"Riga [condemned] the raid.", ""},
	}
	for _, tt := range tests {
		f, m := read(tt.sentence)
		assert.Equal(t, tt.want, f.texts(f.Reporter(m.Start)), tt.sentence)
	}
}

// TestBroken pins that what is no sentence is survived.
func TestBroken(t *testing.T) {
	for _, s := range []string{
		"[of]", "[who] who who, which that", "— — ( ) , , ; [:] ? !", "“ ” “ [said] , said said", "to to to [to] be been being",
		strings.Repeat("Oslo said that ", 200) + "[so]", strings.Repeat("(- ", 100) + "[raid]", "the of the of [the]",
	} {
		for frame := Verb; frame <= Statement; frame++ {
			f, m := read(s)
			require.Positive(t, m.End)
			assert.NotPanics(t, func() {
				r := f.Resolve(frame, nil, m)
				f.Speaker()
				f.Voice(m.Start)
				f.Reporter(m.Start)
				for _, p := range append(r.Sources, r.Targets...) {
					assert.True(t, 0 <= p.Start && p.Start < p.End && p.End <= len(f.Tokens), "%s: %v", s, p)
				}
			}, s)
		}
	}
}
