package corpus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func TestWrite(t *testing.T) {
	sentences := []corpus.Sentence{
		{ID: "a", Text: "“No” <b> & so.\u2028", Extra: map[string]json.RawMessage{
			"votes": json.RawMessage("[ 1,\n2 ]"), "genre": json.RawMessage(`"news"`),
		}},
		{
			ID: "b", Text: "A slammed B.", Start: 0, End: 12, Mentioned: []classify.Label{"apology"},
			Acts: []corpus.Annotation{{Label: classify.Condemnation, Source: "A", Target: "B"}},
		},
	}
	var out bytes.Buffer
	require.NoError(t, corpus.Write(&out, sentences))
	assert.Equal(t, `{"id":"a","text":"“No” <b> & so.\u2028","acts":[],"mentioned":[],"genre":"news","votes":[1,2]}
{"id":"b","start":0,"end":12,"text":"A slammed B.","acts":[{"label":"condemnation","source":"A","target":"B"}],"mentioned":["apology"]}
`, out.String())
}

func TestWriteErrors(t *testing.T) {
	ok := corpus.Sentence{ID: "ok", Text: "Fine."}
	tests := []struct {
		name, want string
		bad        corpus.Sentence
	}{
		{"no id", "id is empty", corpus.Sentence{Text: "Hi."}},
		{"duplicate id", `duplicate id "ok"`, ok},
		{"invalid UTF-8", "invalid UTF-8", corpus.Sentence{ID: "x", Text: "\xff"}},
		{"source not in text", "does not occur", corpus.Sentence{ID: "x", Text: "Hi.", Acts: []corpus.Annotation{{Label: "l", Source: "Ho"}}}},
		{"wrong span", "span 2 bytes", corpus.Sentence{ID: "x", Text: "Hi.", Start: 4, End: 6}},
		{"key of the format", `extra key "acts"`, corpus.Sentence{ID: "x", Text: "Hi.", Extra: map[string]json.RawMessage{"acts": nil}}},
		{"value not JSON", `extra key "k"`, corpus.Sentence{ID: "x", Text: "Hi.", Extra: map[string]json.RawMessage{"k": []byte("{")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			err := corpus.Write(&out, []corpus.Sentence{ok, tt.bad})
			require.ErrorContains(t, err, tt.want)
			require.ErrorContains(t, err, "sentence 2")
			assert.Zero(t, out.Len(), "nothing is written")
		})
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWritersWrapErrors(t *testing.T) {
	e := corpus.Evaluate(pairs(pair(gold("s", classify.Denial), found())))
	for name, err := range map[string]error{
		"corpus":  corpus.Write(fullDisk{}, []corpus.Sentence{{ID: "a", Text: "Hi."}}),
		"report":  e.WriteReport(fullDisk{}),
		"errors":  e.WriteErrors(fullDisk{}),
		"profile": (&corpus.Profile{}).WriteReport(fullDisk{}),
		"fit":     (&corpus.Fit{Thresholds: []corpus.ThresholdScore{{Threshold: 0.5}}}).WriteYAML(fullDisk{}),
	} {
		require.ErrorIs(t, err, errFull, name)
	}
}

func TestSentenceJSON(t *testing.T) {
	var s corpus.Sentence
	require.NoError(t, json.Unmarshal([]byte(paris), &s))
	assert.Equal(t, "Paris", s.Acts[0].Source)
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.JSONEq(t, paris, string(data))

	before := s
	err = json.Unmarshal([]byte(`{"id":"a","text":"Hi."}`), &s)
	require.ErrorContains(t, err, `1:1: missing key "acts"`)
	assert.Equal(t, before, s, "a bad object changes nothing")
	assert.Empty(t, corpus.Sentence{Extra: map[string]json.RawMessage{"genre": json.RawMessage("3")}}.Genre())
}

func TestErrorString(t *testing.T) {
	e := &corpus.Error{File: "a/b.jsonl", Line: 3, Column: 14, Msg: "no"}
	assert.Equal(t, "a/b.jsonl:3:14: no", e.Error())
	assert.True(t, strings.HasPrefix((&corpus.Error{Line: 3, Column: 14}).Error(), "3:14:"))
}
