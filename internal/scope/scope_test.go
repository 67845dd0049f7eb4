package scope

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

// grammar is what the tagger needs to know of the words of the tests.
var grammar = []struct {
	trait vocab.Trait
	words string
}{
	{vocab.Determiner, "the a any no this"},
	{vocab.Pronoun | vocab.Nominative, "he she they we"},
	{vocab.Pronoun, "anyone nobody it"},
	{vocab.Preposition, "of in with from by after for"},
	{vocab.Conjunction, "and or but nor"},
	{vocab.Subordinator, "if because that"},
	{vocab.WhWord, "who what which"},
	{vocab.Be, "is was were be"},
	{vocab.Have, "has have had"},
	{vocab.Do, "do does did"},
	{vocab.Modal, "will would can cannot"},
	{vocab.To, "to"},
	{vocab.Not, "not never"},
	{vocab.Adverb, "even abroad"},
	{vocab.Adverb | vocab.Skip, "also still"},
	{vocab.Verb, "condemn criticise blame sign join help make say want leave refuse warn call"},
	{vocab.Verb | vocab.FormPast, "condemned refused said joined signed left called urged failed"},
	{vocab.Verb | vocab.FormIng, "condemning joining signing refusing leaving"},
	{vocab.Noun, "raid pact statement condemnation end allies talks minister town denial call"},
	{vocab.Adjective, "absent strong public"},
}

// handsOn lists the verbs that hand a scope on.
const handsOn = "join joined joining help make say want"

// A scene is a sentence with a modifier in [square] brackets, a cue in {curly}
// ones, and perhaps a <terminator>.
type scene struct {
	ctx      Context
	mod, cue match.Match
}

func parse(t *testing.T, marked string) scene {
	t.Helper()
	v := vocab.New()
	class := func(trait vocab.Trait, words string) vocab.Symbol {
		s := v.Symbol(pattern.Class, words)
		for _, w := range strings.Fields(words) {
			v.AddMember(s, pattern.Form, w, 0)
		}
		v.GiveTrait(s, trait|vocab.Listed)
		return s
	}
	for _, g := range grammar {
		class(g.trait, g.words)
	}
	var sc scene
	sc.ctx.Transparent = class(0, handsOn)
	sc.ctx.Disjunction = class(0, "or nor")

	var text strings.Builder
	at := map[rune]int{}
	for _, r := range marked {
		if strings.ContainsRune("[]{}<>", r) {
			at[r] = text.Len()
		} else {
			text.WriteRune(r)
		}
	}
	sentence := text.String()
	for _, tok := range token.Append(nil, sentence, false) {
		sc.ctx.Tokens = append(sc.ctx.Tokens, tag.Token{Token: tok, Word: v.Lookup(strings.ToLower(sentence[tok.Start:tok.End]))})
	}
	tag.Assign(sc.ctx.Tokens)
	span := func(open, shut rune) (m match.Match) {
		m.Start = -1
		for i := range sc.ctx.Tokens {
			if tok := &sc.ctx.Tokens[i]; int(tok.Start) >= at[open] && int(tok.End) <= at[shut] {
				if m.Start < 0 {
					m.Start = i
				}
				m.End = i + 1
			}
		}
		return m
	}
	sc.mod, sc.cue = span('[', ']'), span('{', '}')
	require.GreaterOrEqual(t, sc.mod.Start, 0, "no modifier in %q", marked)
	require.GreaterOrEqual(t, sc.cue.Start, 0, "no cue in %q", marked)
	if _, ok := at['<']; ok {
		sc.ctx.Terminators = []match.Match{span('<', '>')}
	}
	return sc
}

type test struct {
	name   string
	mod    Modifier
	marked string
	want   bool
}

func check(t *testing.T, tests []test) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sc := parse(t, tt.marked)
			assert.Equal(t, tt.want, sc.ctx.Reaches(tt.mod, sc.mod, sc.cue), tt.marked)
		})
	}
}

func TestDirection(t *testing.T) {
	check(t, []test{
		{"forward reaches what follows", Modifier{Limit: 4}, "He [refused] to {condemn} it", true},
		{"forward leaves what precedes", Modifier{Limit: 4}, "He {condemned} it and [refused] talks", false},
		{"backward reaches what precedes", Modifier{Direction: Backward, Limit: 4}, "{Condemnation} was [absent]", true},
		{"backward leaves what follows", Modifier{Direction: Backward, Limit: 4}, "[Absent] was {condemnation}", false},
		{"both reaches forward", Modifier{Direction: Both, Limit: 4}, "[Absent] was {condemnation}", true},
		{"both reaches backward", Modifier{Direction: Both, Limit: 4}, "{Condemnation} was [absent]", true},
		{"inside needs a common word", Modifier{Direction: Inside}, "[He {condemned} it]", true},
		{"inside leaves its neighbours", Modifier{Direction: Inside}, "[He] {condemned} it", false},
		{"a word of the cue is no context", Modifier{Limit: 4}, "{He did [not] condemn} it", false},
	})
}

func TestLimit(t *testing.T) {
	check(t, []test{
		{"within", Modifier{Limit: 3}, "[no] statement of {condemnation}", true},
		{"beyond", Modifier{Limit: 2}, "[no] statement of strong {condemnation}", false},
		{"it counts the first word of the cue", Modifier{Limit: 1}, "[to] {condemn} it", true},
		{"adverbs are free", Modifier{Limit: 3}, "[no] statement also of even {condemnation}", true},
		{"and so is coordination", Modifier{Limit: 2}, "[can] join and {condemn}", true},
		{"backward within", Modifier{Direction: Backward, Limit: 2}, "{condemnation} was [absent]", true},
		{"backward beyond", Modifier{Direction: Backward, Limit: 2}, "{condemnation} from the allies was [absent]", false},
	})
}

func TestTerminators(t *testing.T) {
	check(t, []test{
		{"forward", Modifier{Limit: 8}, "They [refused] talks <but> {condemned} the raid", false},
		{"backward", Modifier{Direction: Backward, Limit: 8}, "{condemnation} <but> the minister was [absent]", false},
		{"not by words of the modifier", Modifier{Limit: 8}, "They [<refused>] to {condemn} it", true},
		{"nor by those after the cue", Modifier{Limit: 8}, "They [refused] to {condemn} it <but> left", true},
	})
}

func TestPunctuation(t *testing.T) {
	check(t, []test{
		{"comma", Modifier{Limit: 8}, "They [refused] talks, {condemning} the raid", false},
		{"dash", Modifier{Limit: 8}, "They [refused] talks — {condemning} the raid", false},
		{"semicolon", Modifier{Limit: 8}, "They [refused] talks; {condemn} the raid", false},
		{"stop", Modifier{Limit: 8}, "They [refused] talks. {Condemn} the raid", false},
		{"backward over a comma", Modifier{Direction: Backward, Limit: 8}, "{condemnation}, strong or public, was [absent]", true},
		{"backward over a semicolon", Modifier{Direction: Backward, Limit: 8}, "{condemnation}; he was [absent]", false},
	})
}

func TestAsides(t *testing.T) {
	check(t, []test{
		{"between commas", Modifier{Limit: 4}, "He did [not], in the end, {condemn} it", true},
		{"between dashes", Modifier{Limit: 4}, "He did [not] — in the end — {condemn} it", true},
		{"in brackets", Modifier{Limit: 4}, "He did [not] (in the end) {condemn} it", true},
		{"after another word", Modifier{Limit: 4}, "He [refused] to join, in the end, in {condemning} it", true},
		{"at the end of a condition", Modifier{Limit: 8, Clause: true}, "[if] the minister say it, after talks, {condemnation}", false},
		{"at its beginning", Modifier{Limit: 8, Clause: true}, "[if], after talks, they {condemn} it", true},
		{"never closed", Modifier{Limit: 4}, "He did [not], in the end {condemn} it", false},
		{"with a verb of its own", Modifier{Limit: 8}, "It was [not], he said, {condemned}", false},
		{"too long", Modifier{Limit: 20}, "He did [not], after the end of the talks with the allies, {condemn} it", false},
	})
}

func TestCoordination(t *testing.T) {
	check(t, []test{
		{"like verbs in a list", Modifier{Limit: 8}, "They did [not] criticise, blame or {condemn} it", true},
		{"like nouns in a list", Modifier{Limit: 8}, "[no] statement, denial or {condemnation}", true},
		{"a verb coordinated with one that governs", Modifier{Limit: 8}, "They did [not] leave and {condemn}", true},
		{"a new finite verb", Modifier{Limit: 8}, "They [refused] talks and {condemned} it", false},
		{"or, behind one that governs", Modifier{Limit: 8}, "They did [not] leave the talks or {condemn} it", true},
		{"or, before a finite verb", Modifier{Limit: 8}, "[no] minister left the talks or {condemned} it", true},
		{"and, behind one that governs", Modifier{Limit: 8}, "They did [not] leave the talks and {condemn} it", false},
		{"or between nouns", Modifier{Limit: 8}, "They did [not] leave the talks or the pact {condemning} it", false},
		{"a comma before a conjunction", Modifier{Limit: 8}, "He would [not] join, or {condemn} it", true},
	})
}

func TestVerbs(t *testing.T) {
	check(t, []test{
		{"one that hands on", Modifier{Limit: 8}, "They [refused] to join the allies in {condemning} it", true},
		{"one that does not", Modifier{Limit: 8}, "They [refused] to leave the talks after {condemnation}", false},
		{"the cue itself", Modifier{Limit: 8}, "They [refused] to {condemn} it", true},
	})
}

func TestClauses(t *testing.T) {
	check(t, []test{
		{"a subject of its own", Modifier{Limit: 8}, "[if] they {condemn} it", false},
		{"which if reaches", Modifier{Limit: 8, Clause: true}, "[if] they {condemn} it", true},
		{"a subordinator", Modifier{Limit: 8}, "[no] statement that the minister {condemned} it", false},
		{"a relative", Modifier{Limit: 8}, "[no] minister who {condemned} it", false},
		{"backward", Modifier{Direction: Backward, Limit: 8}, "{condemnation} because he was [absent]", false},
		{"backward with reach", Modifier{Direction: Backward, Limit: 8, Clause: true}, "{condemnation} because he was [absent]", true},
	})
}

func TestQuestions(t *testing.T) {
	mod := Modifier{Limit: 8, Clause: true, Question: true}
	check(t, []test{
		{"in a question", mod, "[Will] they {condemn} it?", true},
		{"in a statement", mod, "[Will] they {condemn} it.", false},
		{"in a clause that is over", mod, "[Will] they {condemn} it; who said it?", false},
	})
	asked := parse(t, "[Will] they {condemn} it?")
	assert.True(t, asked.ctx.Asked(asked.cue))
}
