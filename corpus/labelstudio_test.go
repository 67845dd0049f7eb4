package corpus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/corpus"
)

// An export as Label Studio makes it, with what it adds.
const studioExport = `[
  {"id": 12, "data": {"text": "Oslo 💥 slammed Rome."}, "project": 3, "predictions": [], "created_at": "2024-01-01",
   "annotations": [
     {"id": 5, "completed_by": {"id": 2, "email": "ann@example.org"}, "was_cancelled": false, "lead_time": 3.5, "result": [
       {"id": "aa", "type": "labels", "origin": "manual", "from_name": "label", "to_name": "text",
        "value": {"start": 8, "end": 15, "text": "slammed", "labels": ["condemnation"]}},
       {"id": "bb", "type": "labels", "from_name": "label", "to_name": "text", "value": {"start": 0, "end": 4, "labels": ["x"]}},
       {"type": "relation", "from_id": "bb", "to_id": "aa", "direction": "left", "labels": ["source"]},
       {"id": "cc", "type": "choices", "from_name": "kind", "to_name": "text", "value": {"choices": ["denial mentioned"]}}]},
     {"id": 6, "completed_by": 4, "result": []},
     {"id": 7, "completed_by": 2, "was_cancelled": true, "result": []}]},
  {"id": 13, "data": {"text": "It rained.", "id": "r1", "genre": "news"}, "annotations": [{"completed_by": 2, "result": []}]}
]`

func TestReadLabelStudioExport(t *testing.T) {
	got, err := allFormats[2].read(studioExport, corpus.WithAnnotator("ann@example.org"))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Equal(t, "12", got[0].ID)
	assert.Equal(t, []corpus.Annotation{{Label: con, Source: "Oslo", Cue: "slammed"}}, got[0].Acts)
	assert.True(t, got[0].Mentions(den))

	got, err = allFormats[2].read(studioExport, corpus.WithAnnotator("2"))
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Equal(t, "r1", got[1].ID)
	assert.Equal(t, "news", got[1].Genre())

	got, err = allFormats[2].read(studioExport, corpus.WithAnnotator("4"))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Empty(t, got[0].Acts)

	_, err = allFormats[2].read(studioExport)
	require.EqualError(t, err, `f:3:19: sentence "12": 2 annotations: choose an annotator`)
}

func TestReadLabelStudioLines(t *testing.T) {
	const task = `{"id": 1, "data": {"text": "It rained."}, "annotations": [{"result": []}]}`
	got, err := allFormats[2].read("\uFEFF" + task + "\n\n  " + `{"id": 2, "data": {"text": "It snowed."}, "annotations": [{"result": []}]}`)
	require.NoError(t, err)
	assert.Equal(t, []corpus.Sentence{{ID: "1", Text: "It rained."}, {ID: "2", Text: "It snowed."}}, got)
	_, err = allFormats[2].read(task + "\n{\"id\": 2,, }\n" + task)
	require.ErrorContains(t, err, "f:2:10: malformed JSON")
}

func TestReadLabelStudioErrors(t *testing.T) {
	task := func(results string) string {
		return "[\n" + `{"id":1,"data":{"text":"Oslo 💥 slammed it."},"annotations":[{"result":[` + "\n" + results + "]}]}]"
	}
	region := func(v string) string { return task(`{"id":"a","type":"labels","value":` + v + `}`) }
	checkErrors(t, allFormats[2].read, map[string]readCase{
		"malformed":      {"[\n{", "f:2:2: malformed JSON: unexpected end of JSON input"},
		"not UTF-8":      {"[\n\"\xff\"]", "f:2:2: invalid UTF-8"},
		"no task":        {"[\n 1]", "f:2:2: a task must be an object, not a number"},
		"no data":        {`[{}]`, `f:1:2: missing key "data" in a task`},
		"data":           {`[{"data":1}]`, `f:1:10: data must be an object, not a number`},
		"no text":        {`[{"id":1,"data":{},"annotations":[{"result":[]}]}]`, `f:1:17: sentence "1": missing key "text"`},
		"no annotations": {`[{"id":1,"data":{"text":"A."}}]`, `f:1:2: sentence "1": missing key "annotations" in a task`},
		"nobody":         {`[{"id":1,"data":{"text":"A."},"annotations":[]}]`, `f:1:45: sentence "1": nobody has annotated the task`},
		"duplicate":      {"[{\"id\":1,\"data\":{\"text\":\"A.\"},\"annotations\":[{\"result\":[]}]},\n{\"id\":1,\"data\":{\"text\":\"A.\"},\"annotations\":[{\"result\":[]}]}]", `f:2:7: duplicate id "1", first used in line 1`},
		"type":           {task(`{"id":"a","type":"rating","value":{}}`), `f:3:18: sentence "1": a result of type "rating" cannot be held: expected labels, choices or relation`},
		"no type":        {task(`{"id":"a"}`), `f:3:1: sentence "1": missing key "type" in a result`},
		"no value":       {task(`{"type":"labels"}`), `f:3:1: sentence "1": missing key "value" in a result`},
		"no labels":      {region(`{"start":0,"end":4}`), `f:3:1: sentence "1": a region needs start, end and labels`},
		"note":           {task(`{"type":"labels","meta":{"text":["?"]},"value":{"start":0,"end":4,"labels":["denial"]}}`), `f:3:25: sentence "1": a note on a region cannot be held`},
		"outside":        {region(`{"start":0,"end":99,"labels":["denial"]}`), `f:3:44: sentence "1": 0 to 99 is not a stretch of the text, which has 19 characters`},
		"half":           {region(`{"start":6,"end":9,"labels":["denial"]}`), `f:3:44: sentence "1": 6 to 9 is not a stretch of the text, which has 19 characters`},
		"other words":    {region(`{"start":0,"end":4,"text":"Rome","labels":["denial"]}`), `f:3:61: sentence "1": the words "Rome" do not stand at 0 of the text`},
		"label":          {region(`{"start":0,"end":4,"labels":["deniel"]}`), `f:3:64: sentence "1": unknown label "deniel": did you mean "denial"?`},
		"no choices":     {task(`{"type":"choices","value":{}}`), `f:3:1: sentence "1": missing key "choices" in a value`},
		"relation":       {task(`{"type":"relation","from_id":"a","to_id":"b"}`), `f:3:1: sentence "1": a relation needs from_id, to_id and one label, source or target`},
		"direction":      {task(`{"type":"relation","from_id":"a","to_id":"b","labels":["source"],"direction":"bi"}`), `f:3:1: sentence "1": a relation with the direction "bi" cannot be held: expected right or left`},
	})
}

func TestLabelStudioConfig(t *testing.T) {
	config := corpus.LabelStudioConfig("apology", `"<x>"`)
	assert.Contains(t, config, `<Label value="apology mentioned"/>`)
	assert.Contains(t, config, `<Label value="&#34;&lt;x&gt;&#34;"/>`)
	assert.Contains(t, config, `<Relation value="source"/>`)
	assert.Contains(t, corpus.LabelStudioConfig(), `<Label value="neutrality"/>`)
}
