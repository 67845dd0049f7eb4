package corpus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

const paris = `{"id":"p1","text":"Paris condemned the raid.","acts":[{"label":"condemnation","source":"Paris","target":"the raid"}],"mentioned":[]}`

func TestRead(t *testing.T) {
	in := "\uFEFF" + paris + "\r\n\n" +
		`  {"genre": "news", "id":"p2", "text":"He would not deny it.", "acts":[], "mentioned":["denial"], "votes": [1, 2], "start": 10, "end":31}`
	got, err := corpus.Read(strings.NewReader(in), "in.jsonl")
	require.NoError(t, err)
	want := []corpus.Sentence{
		{
			ID:   "p1",
			Text: "Paris condemned the raid.",
			Acts: []corpus.Annotation{{Label: classify.Condemnation, Source: "Paris", Target: "the raid"}},
		},
		{
			ID: "p2", Text: "He would not deny it.", Start: 10, End: 31,
			Mentioned: []classify.Label{classify.Denial},
			Extra:     map[string]json.RawMessage{"genre": json.RawMessage(`"news"`), "votes": json.RawMessage(`[1,2]`)},
		},
	}
	assert.Equal(t, want, got)
	assert.False(t, got[0].Located())
	assert.True(t, got[1].Located())
	assert.Equal(t, "news", got[1].Genre())
	assert.True(t, got[1].Mentions(classify.Denial))
	assert.False(t, got[1].Has(classify.Denial))
}

func TestLabelsAreListedOnce(t *testing.T) {
	_, err := corpus.Read(strings.NewReader(`{"id":"a","text":"Hi.","acts":[{"label":"praise"}]}`), "f",
		corpus.WithLabels(classify.Default().Labels()...), corpus.WithLabels("apology"))
	assert.ErrorContains(t, err, "expected one of condemnation, warning, denial, neutrality, apology")
}

func TestReadAccepts(t *testing.T) {
	for name, line := range map[string]string{
		"one label twice":       `{"id":"a","text":"A and B slammed C.","acts":[{"label":"condemnation","source":"A"},{"label":"condemnation","source":"B"}]}`,
		"a label of one's own":  `{"id":"a","text":"Sorry.","acts":[{"label":"apology"}],"mentioned":["apology"]}`,
		"key near a given one":  `{"id":"a","text":"Hi.","acts":[],"next":"b","test":true,"facts":1}`,
		"state beside no start": `{"id":"a","text":"Hi.","acts":[],"state":"Ohio","lang":"en","kind":"x"}`,
		"escapes":               `{"id":"a","text":"\u201cNo\u201d \\ \"","acts":[{"label":"denial","source":"\u201cNo”"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := corpus.Read(strings.NewReader(line), "f", corpus.WithLabels("apology"))
			require.NoError(t, err)
			assert.Len(t, got, 1)
		})
	}
}

func TestReadErrors(t *testing.T) {
	document := "Paris condemned the raid. Berlin did not."
	tests := []struct {
		name, in, want string
	}{
		{"not JSON", `{"id": x}`, "f:1:8: malformed JSON: invalid character 'x' looking for beginning of value"},
		{"cut off", `{"id":"a"`, "f:1:10: malformed JSON: unexpected end of JSON input"},
		{"two values", paris + ` {}`, fmt.Sprintf("f:1:%d: malformed JSON: invalid character '{' after top-level value", len(paris)+2)},
		{"not an object", ` ["id"]`, "f:1:2: a sentence must be an object, not an array"},
		{"second line", paris + "\n\n{]", "f:3:2: malformed JSON: invalid character ']' looking for beginning of object key string"},
		{"invalid UTF-8", "{\"id\":\"é\xff\"}", "f:1:10: invalid UTF-8"},
		{"replacement character is valid", "{\"id\":\"\uFFFD\xff\"}", "f:1:11: invalid UTF-8"},

		{"no id", `{"text":"Hi.","acts":[]}`, `f:1:1: missing key "id"`},
		{"no text", ` {"id":"a","acts":[]}`, `f:1:2: missing key "text"`},
		{"no acts", `{"id":"a","text":"Hi."}`, `f:1:1: missing key "acts"`},
		{"empty id", `{"id":"","text":"Hi.","acts":[]}`, `f:1:7: id is empty`},
		{"blank text", `{"id":"a","text":" ","acts":[]}`, `f:1:18: text is empty`},
		{"id of a wrong type", `{"id": 7,"text":"Hi.","acts":[]}`, `f:1:8: id must be a string, not a number`},
		{"null acts", `{"id":"a","text":"Hi.","acts":null}`, `f:1:31: acts must be an array, not null`},
		{"mentioned as text", `{"id":"a","text":"Hi.","acts":[],"mentioned":"denial"}`, `f:1:46: mentioned must be an array, not a string`},
		{"duplicate id", paris + "\n" + paris, `f:2:7: duplicate id "p1", first used in line 1`},
		{"key twice", `{"id":"a","id":"b","text":"Hi.","acts":[]}`, `f:1:11: key "id" is given twice`},

		{"near-miss text", `{"id":"a","txt":"Hi.","acts":[]}`, `f:1:11: unknown key "txt": did you mean "text"?`},
		{"near-miss acts", `{"id":"a","text":"Hi.","act":[]}`, `f:1:24: unknown key "act": did you mean "acts"?`},
		{"near-miss id", `{"ID":"a","text":"Hi.","acts":[]}`, `f:1:2: unknown key "ID": did you mean "id"?`},
		{"near-miss mentioned", `{"id":"a","text":"Hi.","acts":[], "mentionned":[]}`, `f:1:35: unknown key "mentionned": did you mean "mentioned"?`},
		{"near-miss end", `{"id":"a","text":"Hi.","acts":[],"start":0,"ned":3}`, "f:1:42: start without end\nf:1:44: unknown key \"ned\": did you mean \"end\"?"},

		{"act not an object", `{"id":"a","text":"Hi.","acts":["denial"]}`, `f:1:32: an act must be an object, not a string`},
		{"act without label", `{"id":"a","text":"Hi.","acts":[ {"source":"Hi"}]}`, `f:1:33: missing key "label" in an act`},
		{"act key near", `{"id":"a","text":"Hi.","acts":[{"lable":"denial"}]}`, `f:1:33: unknown key "lable" in an act: did you mean "label"?`},
		{"act key far", `{"id":"a","text":"Hi.","acts":[{"label":"denial","note":"x"}]}`, `f:1:50: unknown key "note" in an act: expected label, source, target or cue`},
		{"act key of another format", `{"id":"a","text":"Hi.","acts":[{"label":"denial","speaker":"Hi"}]}`, `f:1:50: unknown key "speaker" in an act: expected label, source, target or cue`},
		{"label near", `{"id":"a","text":"Hi.","acts":[{"label":"denail"}]}`, `f:1:41: unknown label "denail": did you mean "denial"?`},
		{"label far", `{"id":"a","text":"Hi.","acts":[],"mentioned":["denial","apology"]}`, `f:1:56: unknown label "apology": expected one of condemnation, warning, denial, neutrality`},
		{"label empty", `{"id":"a","text":"Hi.","acts":[{"label":""}]}`, `f:1:41: a label is empty`},
		{"source not there", `{"id":"a","text":"Hi.","acts":[{"label":"denial","source":"Ho"}]}`, `f:1:59: source "Ho" does not occur in the text: it must be an exact copy`},
		{"target in another case", `{"id":"a","text":"Hi.","acts":[{"label":"denial","target":"hi"}]}`, `f:1:59: target "hi" does not occur in the text: it must be an exact copy`},
		{"target with space", `{"id":"a","text":"Hi ho.","acts":[{"label":"denial","target":"Hi "}]}`, `f:1:62: target "Hi " has white space around it`},
		{"target null", `{"id":"a","text":"Hi.","acts":[{"label":"denial","target":null}]}`, `f:1:59: target must be a string, not null`},

		{"end alone", `{"id":"a","text":"Hi.","acts":[],"end":3}`, `f:1:40: end without start`},
		{"negative start", `{"id":"a","text":"Hi.","acts":[],"start":-1,"end":3}`, `f:1:42: start must be a whole number, 0 or more, not -1`},
		{"null start", `{"id":"a","text":"Hi.","acts":[],"start":null,"end":3}`, `f:1:42: start must be a whole number, 0 or more, not null`},
		{"broken end", `{"id":"a","text":"Hi.","acts":[],"start":0,"end":3.5}`, `f:1:50: end must be a whole number, 0 or more, not 3.5`},
		{"backwards", `{"id":"a","text":"Hi.","acts":[],"start":9,"end":3}`, `f:1:50: end 3 is not after start 9`},
		{"wrong length", `{"id":"a","text":"Hi.","acts":[],"start":1,"end":3}`, `f:1:42: start and end span 2 bytes, but the text has 3`},
		{"outside", `{"id":"a","text":"not.","acts":[],"start":39,"end":43}`, `f:1:52: end 43 is outside the document, which has 41 bytes`},
		{"elsewhere", `{"id":"a","text":"not.","acts":[],"start":36,"end":40}`, `f:1:18: the text differs from the document, which has " not" at 36`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := corpus.Read(strings.NewReader(tt.in), "f", corpus.WithDocument(document))
			require.EqualError(t, err, tt.want)
			assert.Nil(t, got, "nothing is half-loaded")
			var first *corpus.Error
			require.ErrorAs(t, err, &first)
			assert.Equal(t, "f", first.File)
		})
	}
}

func TestReadReportsAllErrors(t *testing.T) {
	in := paris + "\n{\n" + `{"id":"b","text":"Hi.","acts":[{"label":"x"},{"label":"denial","source":"Y"}]}`
	_, err := corpus.Read(strings.NewReader(in), "f")
	require.EqualError(t, err, "f:2:2: malformed JSON: unexpected end of JSON input\n"+
		`f:3:41: unknown label "x": expected one of condemnation, warning, denial, neutrality`+"\n"+
		`f:3:73: source "Y" does not occur in the text: it must be an exact copy`)
}

func TestReadCapsErrors(t *testing.T) {
	count := func(lines int) []string {
		_, err := corpus.Read(strings.NewReader(strings.Repeat("{\n", lines)), "f")
		require.Error(t, err)
		return strings.Split(err.Error(), "\n")
	}
	assert.Len(t, count(100), 100)
	messages := count(5000)
	require.Len(t, messages, 101)
	assert.Equal(t, "f:101:2: too many errors: the rest of the file was not checked", messages[100])
}

func TestReadLongLines(t *testing.T) {
	line := func(size int) string {
		frame := `{"id":"a","text":"","acts":[]}`
		return strings.Replace(frame, `""`, `"`+strings.Repeat("x", size-len(frame))+`"`, 1)
	}
	got, err := corpus.Read(strings.NewReader(line(corpus.MaxLine)+"\n"+paris), "f")
	require.NoError(t, err)
	assert.Len(t, got, 2)

	_, err = corpus.Read(strings.NewReader(line(corpus.MaxLine+1)+"\n{"), "f")
	require.EqualError(t, err, "f:1:4194305: the line is longer than 4194304 bytes\nf:2:2: malformed JSON: unexpected end of JSON input")

	long := `{"id":"a","text":"Hi.","acts":[{"label":"` + strings.Repeat("é", 1<<20) + `"}]}`
	_, err = corpus.Read(strings.NewReader(long), "f")
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 300, "messages stay readable")
}

func TestReadWrapsReaderErrors(t *testing.T) {
	broken := errors.New("broken pipe")
	_, err := corpus.Read(iotest.ErrReader(broken), "f")
	require.ErrorIs(t, err, broken)
	assert.ErrorContains(t, err, "f")
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(paris), 0o600))
	fromFile, err := corpus.ReadFile(path)
	require.NoError(t, err)
	fromFS, err := corpus.ReadFS(fstest.MapFS{"c.jsonl": {Data: []byte(paris)}}, "c.jsonl")
	require.NoError(t, err)
	assert.Equal(t, fromFile, fromFS)
	assert.Len(t, fromFile, 1)

	_, err = corpus.ReadFile(path + "x")
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = corpus.ReadFS(fstest.MapFS{}, "x")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(paris))
	f.Add([]byte(paris + "\r\n\n" + strings.Replace(paris, "p1", "p2", 1)))
	f.Add([]byte(`{"id":"a","text":"<&> \u2028 \ud800","acts":[],"mentioned":["x"],"start":0,"end":9,"z":{"k":[1e9,null]}}`))
	f.Add([]byte(`{"id":"a","text":"Hi.","acts":[{"label":"denial","source":"Ho"}],"mentionned":0}`))
	f.Add([]byte("{\"id\":\"\xff\"}"))
	f.Add([]byte(`{"id`))
	gold, err := os.ReadFile("article/gold.jsonl")
	require.NoError(f, err)
	f.Add(gold)
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := bytes.Count(data, []byte("\n")) + 1
		got, err := corpus.Read(bytes.NewReader(data), "f", corpus.WithLabels("x"))
		if err != nil {
			require.Nil(t, got)
			for _, each := range err.(interface{ Unwrap() []error }).Unwrap() { //nolint:errorlint // joined by Read
				var at *corpus.Error
				require.ErrorAs(t, each, &at)
				require.LessOrEqual(t, at.Line, lines)
				require.GreaterOrEqual(t, at.Line, 1)
				require.GreaterOrEqual(t, at.Column, 1)
				require.LessOrEqual(t, at.Column, len(data)+1)
			}
			return
		}
		for _, s := range got {
			for _, a := range s.Acts {
				require.Contains(t, s.Text, a.Source)
				require.Contains(t, s.Text, a.Target)
			}
		}
		var out bytes.Buffer
		require.NoError(t, corpus.Write(&out, got))
		again, err := corpus.Read(&out, "f", corpus.WithLabels("x"))
		require.NoError(t, err)
		require.Equal(t, got, again, "what is written can be read back")
	})
}
