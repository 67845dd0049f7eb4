package classify_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

func actorList(t *testing.T, yaml string) *classify.ActorList {
	t.Helper()
	list, err := classify.ReadActors(strings.NewReader(yaml), "mine.yaml")
	require.NoError(t, err)
	return list
}

func ids(t *testing.T, g *classify.Gazetteer, want map[string]string) {
	t.Helper()
	for phrase, id := range want {
		a, _ := g.Find(phrase)
		assert.Equal(t, id, a.ID, phrase)
	}
}

const own = `
kind: group
actors:
  - id: ORCHARD
    name: Orchard League
    adjectives: [Orchardist]
    of: CHL
    organs: {scout: [the Pruners]}
  - {id: ROE, name: Ana Roe, kind: person, of: CHL, names: [Roe]}
roles:
  - id: scout
    name: scouts
    takes: [adjective, possessive]
    match: [scout, army scout]
blockers:
  - {id: mine, match: [Orchard League Cup]}
extend:
  - {id: CHL, names: [the Long Land], organs: {government: [Casa Larga]}}
  - {id: US-GA, names: [Georgia]}
remove: [GEO/georgia, VAT, topics/crisis, media]
`

func TestOwnActors(t *testing.T) {
	g, err := classify.NewGazetteer(actorList(t, own))
	require.NoError(t, err)
	ids(t, g, map[string]string{
		"the Orchard League":       "ORCHARD",
		"Orchardist demands":       "ORCHARD",
		"the Pruners":              "ORCHARD/scout",
		"Orchard League Cup":       "",
		"Chilean army scouts":      "CHL/scout",
		"Roe's spokesman":          "ROE",
		"the Long Land":            "CHL",
		"Casa Larga":               "CHL",
		"Georgia":                  "US-GA",
		"Tbilisi":                  "GEO",
		"the Vatican":              "",
		"the Ukrainian crisis":     "UKR",
		"the Ukrainian conflict":   "",
		"newspapers":               "",
		"protesters":               "crowd",
		"the Foreign Ministry":     "government",
		"soldiers of Chile":        "CHL",
		"scouts of Chile":          "scout",
		"Ana Roe":                  "ROE",
		"the Orchard League's man": "ORCHARD/people",
	})
	_, found := g.Actor("VAT")
	assert.False(t, found)
	ids(t, classify.DefaultGazetteer(), map[string]string{"Georgia": "GEO", "the Vatican": "VAT"})
}

func TestActorsBuiltInGo(t *testing.T) {
	g, err := classify.NewGazetteer(&classify.ActorList{
		Name: "go",
		Actors: []classify.ActorEntry{{
			ID: "ORCHARD", Name: "Orchard League", Kind: classify.KindGroup, Adjectives: []string{"Orchardist"},
			Demonyms: []string{"Orchardists"}, Capitals: []string{"Pomona"}, Organs: map[string][]string{"military": {"the Pruners"}},
		}},
		Roles:    []classify.ActorRole{{ID: "scout", Match: []string{"scout"}, Takes: []string{"adjective"}}},
		Blockers: []classify.ActorBlocker{{ID: "mine", Match: []string{"Pomona College"}}},
		Extend:   []classify.ActorEntry{{ID: "CHL", Names: []string{"the Long Land"}}},
		Remove:   []string{"PER"},
	})
	require.NoError(t, err)
	ids(t, g, map[string]string{
		"Orchardist scouts": "ORCHARD/scout", "Orchardists": "ORCHARD", "Pomona": "ORCHARD", "the Pruners": "ORCHARD",
		"Pomona College": "", "the Long Land": "CHL", "Peru": "",
	})
}

func TestBadActorFiles(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"empty", "", "mine.yaml: empty file: an actor list is a YAML mapping"},
		{"syntax", "actors: [", "mine.yaml:1:1: not valid YAML: did not find expected node content, in \"actors: [\": something is missing, or quotes are"},
		{"not a mapping", "- a", `mine.yaml:1:1: actor list must be a mapping with the keys actors, blockers, extend, grammar, kind, remove, roles, found a list`},
		{"unknown key", "actor: []", `mine.yaml:1:1: unknown key "actor" in actor list; did you mean "actors"?`},
		{"unknown key of an actor", "actors:\n  - {id: A, nam: B}", `mine.yaml:2:13: unknown key "nam" in actor; did you mean "name"?`},
		{"kind", "kind: sate", `mine.yaml:1:7: one of state, territory, region, organisation, group, party, media, company, person expected, found "sate"; did you mean "state"?`},
		{"several", "kind: 7\nroles:\n  - {id: r, takes: [off], match: [[]]}",
			"mine.yaml:1:7: one of state, territory, region, organisation, group, party, media, company, person expected, found \"7\"\n" +
				"mine.yaml:3:21: one of adjective, possessive, of, noun, place expected, found \"off\"; did you mean \"of\"?\n" +
				"mine.yaml:3:35: text expected, found a list"},
		{"alias", "actors: &a []\nextend: *a", "mine.yaml:1:9: YAML anchors and aliases are not used in actor lists"},
		{"organs", "actors:\n  - {id: A, name: B, organs: [C]}", "mine.yaml:2:30: organs must be a mapping of roles to names, found a list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, err := classify.ReadActors(strings.NewReader(tt.yaml), "mine.yaml")
			require.EqualError(t, err, tt.want)
			assert.Nil(t, list)
			assert.NotEmpty(t, classify.LexiconErrors(err))
		})
	}
}

func TestBadActors(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"id twice", "kind: group\nactors:\n  - {id: CHL, name: Orchard}", `mine.yaml:3:5: id "CHL" is already used at actors/states.yaml:`},
		{"name twice", "kind: group\nactors:\n  - {id: X, name: Chile}", `mine.yaml:3:19: phrase "Chile" has a meaning already, at actors/states.yaml:`},
		{"no id", "kind: group\nactors:\n  - {name: Orchard}", `mine.yaml:3:5: actor with the id ""; letters, digits, hyphens and underscores are expected`},
		{"slash in id", "kind: group\nactors:\n  - {id: a/b, name: Orchard}", `mine.yaml:3:5: actor with the id "a/b"; letters`},
		{"no name", "kind: group\nactors:\n  - {id: X}", `mine.yaml:3:5: actor "X" has no name`},
		{"no kind", "actors:\n  - {id: X, name: Orchard}", `mine.yaml:2:5: actor "X" has the kind ""; one of state, territory`},
		{"of nobody", "kind: group\nactors:\n  - {id: X, name: Orchard, of: CHK}", `mine.yaml:3:5: actor "X" is of "CHK", which is no actor; did you mean "CHE"?`},
		{"of a role", "kind: group\nactors:\n  - {id: X, name: Orchard, of: crowd}", `mine.yaml:3:5: actor "X" is of "crowd", which is no actor`},
		{"organ of no role", "kind: group\nactors:\n  - {id: X, name: Orchard, organs: {govern: [Pruners]}}", `mine.yaml:3:46: "Pruners" is an organ with the role "govern", which is not defined; roles are company, conduct`},
		{"punctuation", "kind: group\nactors:\n  - {id: X, name: Orchard (Chile)}", `mine.yaml:3:19: "Orchard (Chile)": only words`},
		{"no words", "kind: group\nactors:\n  - {id: X, name: '-'}", `mine.yaml:3:20: a phrase without words`},
		{"remove nothing", "remove: [chl]", `mine.yaml:1:10: remove: nothing in the lists before has the id "chl"`},
		{"remove no phrase", "remove: [CHL/peru]", `mine.yaml:1:10: remove: "CHL" has no phrase "peru"`},
		{"remove a part", "remove: [CHL/crowd]", `mine.yaml:1:10: remove: "CHL" has no phrase "crowd"`},
		{"extend nothing", "extend:\n  - {id: CHI, names: [X]}", `mine.yaml:2:5: extend: no actor "CHI" in the lists before; did you mean "CHE"?`},
		{"extend the name", "extend:\n  - {id: CHL, name: Long Land}", `mine.yaml:2:5: extend: "CHL" has names already`},
		{"role twice", "roles:\n  - {id: crowd, match: [throng]}", `mine.yaml:2:5: id "crowd" is already used at actors/roles.yaml:`},
		{"word of two roles", "roles:\n  - {id: x, match: [mob]}", `mine.yaml:2:21: phrase "mob" has a meaning already, at actors/roles.yaml:`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, err := classify.NewGazetteer(actorList(t, tt.yaml))
			require.ErrorContains(t, err, tt.want)
			assert.Nil(t, g)
			assert.Len(t, classify.LexiconErrors(err), 1, err)
		})
	}
	_, err := classify.NewGazetteer(&classify.ActorList{
		Name:   "go",
		Actors: []classify.ActorEntry{{ID: "X", Name: "Chile", Kind: "gang"}},
		Roles:  []classify.ActorRole{{ID: "r", Match: []string{"scout"}, Takes: []string{"off"}, For: []classify.ActorKind{"gang"}}},
	})
	require.Error(t, err)
	assert.Len(t, classify.LexiconErrors(err), 4, err)
	assert.ErrorContains(t, err, `go: actor "X" has the kind "gang"`)
	assert.ErrorContains(t, err, `go: role "r" takes "off"`)
	assert.ErrorContains(t, err, `go: entry "X": phrase "Chile" has a meaning already, at actors/states.yaml:`)
}

func TestLoadActors(t *testing.T) {
	fsys := fstest.MapFS{
		"a.yaml": {Data: []byte("kind: group\nactors: [{id: A, name: Orchard}]")},
		"b.yaml": {Data: []byte("actors: 1")},
		"c.yaml": {Data: []byte("roles: 1")},
	}
	lists, err := classify.LoadActors(fsys, "a.yaml")
	require.NoError(t, err)
	require.Len(t, lists, 1)
	assert.Equal(t, "Orchard", lists[0].Actors[0].Name)

	lists, err = classify.LoadActors(fsys, "*.yaml")
	assert.EqualError(t, err, "b.yaml:1:9: list expected, each item of which begins with \"- \", found \"1\"\nc.yaml:1:8: list expected, each item of which begins with \"- \", found \"1\"")
	assert.Nil(t, lists)

	_, err = classify.LoadActors(fsys, "x*.yaml")
	assert.ErrorIs(t, err, fs.ErrNotExist)

	_, err = classify.Limits{Bytes: 10}.ReadActors(strings.NewReader("kind: group\n"), "x.yaml")
	assert.EqualError(t, err, "x.yaml: longer than 10 bytes, the limit")
	_, err = classify.Limits{Values: 10}.ReadActors(strings.NewReader("remove: [a, b, c, d, e, f, g, h, i, j, k]\n"), "x.yaml")
	assert.ErrorContains(t, err, "more than 10 values, the limit")
}

func TestWithActors(t *testing.T) {
	c, err := classify.New(classify.WithActors(classify.DefaultGazetteer()))
	require.NoError(t, err)

	r := c.Sentence("Chinese officials warned the United States and protesters in Tehran.")
	require.Len(t, r.Acts, 1)
	assert.Equal(t, "CHN", r.Acts[0].SourceActor)
	assert.Equal(t, "USA", r.Acts[0].TargetActor)
	assert.Nil(t, r.Acts[0].SourceActors)
	assert.Equal(t, []string{"USA", "IRN/crowd"}, r.Acts[0].TargetActors)

	data, err := json.Marshal(r)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"source_actor":"CHN","target_actor":"USA","target_actors":["USA","IRN/crowd"]`)
	var back classify.Result
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r.Acts, back.Acts)

	r = c.Sentence("The gardener condemned the raid.")
	require.Len(t, r.Acts, 1)
	data, err = json.Marshal(r)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "_actor")

	r = c.Sentence("Lima refused to condemn Russia.")
	require.Len(t, r.Mentions, 1)
	assert.Equal(t, "PER", r.Mentions[0].SourceActor)
	assert.Equal(t, "RUS", r.Mentions[0].TargetActor)

	off := classify.Default().Sentence("Lima condemned Russia.")
	assert.Empty(t, off.Acts[0].SourceActor)
	none, err := classify.New(classify.WithActors(nil))
	require.NoError(t, err)
	assert.Equal(t, off, none.Sentence("Lima condemned Russia."))
}

// People are known by the title they were first named with, in one document.
func TestActorsOfDocument(t *testing.T) {
	const text = `Peruvian Foreign Minister Ana Example condemned the raid on Tuesday.

“We deny any role,” said Jo Sample, a Chilean foreign ministry spokesman.

Example warned Santiago. Sample criticised Peru.`
	c, err := classify.New(classify.WithActors(classify.DefaultGazetteer()))
	require.NoError(t, err)
	for range 2 {
		var got []string
		for r := range c.Document(text) {
			for _, a := range r.Acts {
				got = append(got, string(a.Label)+" "+a.SourceActor)
			}
			if !r.Speaker.IsZero() {
				assert.Equal(t, "CHL", r.SpeakerActor)
			}
		}
		assert.Equal(t, []string{"condemnation PER", "denial CHL", "warning PER", "condemnation CHL"}, got)

		var streamed []string
		for r, err := range c.Reader(t.Context(), strings.NewReader(text)) {
			require.NoError(t, err)
			for _, a := range r.Acts {
				streamed = append(streamed, string(a.Label)+" "+a.SourceActor)
			}
		}
		assert.Equal(t, got, streamed)
	}
	for r := range c.Document("Example warned Santiago.") {
		assert.Empty(t, r.Acts[0].SourceActor, "nobody said who that is")
	}
}

type brokenReader struct{}

var errBroken = errors.New("broken")

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestUnreadableActors(t *testing.T) {
	_, err := classify.ReadActors(brokenReader{}, "x.yaml")
	assert.ErrorIs(t, err, errBroken)
	assert.ErrorContains(t, err, "read actor list x.yaml")
}
