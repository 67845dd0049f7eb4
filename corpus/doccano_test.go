package corpus_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// The other kinds of projects, and what doccano adds on its own.
func TestReadDoccanoKinds(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want corpus.Sentence
	}{
		"sequence labelling": {
			`{"id": 7, "text": "Oslo slammed it.", "label": [[5, 12, "condemnation"], [0, 4, "Source"]], "Comments": []}`,
			corpus.Sentence{
				ID: "7", Text: "Oslo slammed it.", Acts: []corpus.Annotation{{Label: con, Source: "Oslo", Cue: "slammed"}},
				Extra: map[string]json.RawMessage{"Comments": json.RawMessage(`[]`)},
			},
		},
		"text classification": {
			`{"id": "a", "text": "Oslo slammed it.", "labels": ["condemnation", "denial mentioned"]}`,
			corpus.Sentence{ID: "a", Text: "Oslo slammed it.", Acts: []corpus.Annotation{{Label: con}}, Mentioned: []classify.Label{den}},
		},
		"several targets": {
			`{"id":"a","text":"We slam A and B.","entities":[{"id":3,"label":"condemnation","start_offset":3,"end_offset":7},{"id":4,"label":"x","start_offset":8,"end_offset":9},{"id":5,"label":"x","start_offset":14,"end_offset":15}],"relations":[{"id":1,"from_id":3,"to_id":4,"type":"target"},{"id":2,"from_id":3,"to_id":5,"type":"Target"}]}`,
			corpus.Sentence{ID: "a", Text: "We slam A and B.", Acts: []corpus.Annotation{{Label: con, Target: "A", Cue: "slam"}, {Label: con, Target: "B", Cue: "slam"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := allFormats[1].read(c.in)
			require.NoError(t, err)
			assert.Equal(t, []corpus.Sentence{c.want}, got)
		})
	}
}

func TestReadDoccanoErrors(t *testing.T) {
	line := func(rest string) string { return `{"id":"a","text":"Oslo 💥 slammed it.",` + rest + `}` }
	entity := func(offsets string) string {
		return line(`"entities":[{"id":1,"label":"denial",` + offsets + `}]`)
	}
	checkErrors(t, allFormats[1].read, map[string]readCase{
		"malformed":      {`{"id":`, "f:1:7: malformed JSON: unexpected end of JSON input"},
		"no object":      {`[]`, "f:1:1: an example must be an object, not an array"},
		"missing":        {`{}`, "f:1:1: missing key \"id\"\nf:1:1: missing key \"text\""},
		"duplicate":      {line(`"entities":[]`) + "\n" + line(`"entities":[]`), `f:2:7: duplicate id "a", first used in line 1`},
		"outside":        {entity(`"start_offset":7,"end_offset":99`), `f:1:94: sentence "a": 7 to 99 is not a stretch of the text, which has 18 characters`},
		"no number":      {entity(`"start_offset":"7","end_offset":9`), `f:1:94: sentence "a": the start must be a whole number, 0 or more, not "7"`},
		"another key":    {entity(`"start_offset":7,"end_offset":9,"score":1`), `f:1:111: sentence "a": an entity has a key "score", which cannot be held`},
		"missing offset": {entity(`"start_offset":7`), `f:1:54: sentence "a": missing key "end_offset" in an entity`},
		"label":          {line(`"label":["condemn"]`), `f:1:51: sentence "a": unknown label "condemn": expected one of condemnation, warning, denial, neutrality`},
		"two items":      {line(`"label":[[0,4]]`), `f:1:51: sentence "a": a label has 2 items: expected start, end and label`},
		"relation":       {line(`"relations":[{"id":1,"from_id":1,"to_id":2,"type":"target"}]`), `f:1:55: sentence "a": target links to another sentence`},
		"both in a file": {line(`"label":["x"]`) + "\n{}", "f:1:51: sentence \"a\": unknown label \"x\": expected one of condemnation, warning, denial, neutrality\nf:2:1: missing key \"id\"\nf:2:1: missing key \"text\""},
	})
}
