package corpus_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func TestWriteCSVIsSafe(t *testing.T) {
	out, err := allFormats[3].write(zoo())
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(out, "\uFEFFid,text,label,status,source,target,cue,start,end,'@note,"), out)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	for _, row := range rows {
		for _, cell := range row {
			assert.NotRegexp(t, `^[=+\-@\t\r\n]`, cell)
		}
	}
}

// A spreadsheet saves the rows in another order, with other separators, and
// without the mark.
func TestReadCSVOfASpreadsheet(t *testing.T) {
	const in = "text;id;source;label;status;note\r\n" +
		"Oslo slammed it.;a;Oslo;condemnation;;'=x\r\n" +
		";;;;;\r\n" +
		"\"It; rained.\";b;;;;12\r\n" +
		"Oslo slammed it.;a;;denial;mentioned;'=x\r\n"
	for _, file := range []string{in, strings.ReplaceAll(strings.ReplaceAll(in, ";", "\t"), "It\t", "It;")} {
		got, err := allFormats[3].read(file)
		require.NoError(t, err)
		assert.Equal(t, []corpus.Sentence{
			{
				ID: "a", Text: "Oslo slammed it.", Acts: []corpus.Annotation{{Label: con, Source: "Oslo"}},
				Mentioned: []classify.Label{den}, Extra: map[string]json.RawMessage{"note": json.RawMessage(`"=x"`)},
			},
			{ID: "b", Text: "It; rained.", Extra: map[string]json.RawMessage{"note": json.RawMessage(`12`)}},
		}, got)
	}
}

func TestReadCSVErrors(t *testing.T) {
	const header = "id,text,label,status,source,target,start,end,genre\n"
	checkErrors(t, allFormats[3].read, map[string]readCase{
		"nothing":        {"", "f:1:1: no header: expected a line with the columns id, text and label"},
		"not UTF-8":      {"id,text,label\na,\xff,", "f:2:3: invalid UTF-8"},
		"no header":      {"a,Hi.,\n", "f:1:7: column 3 has no name\nf:1:1: missing column \"id\"\nf:1:1: missing column \"text\"\nf:1:1: missing column \"label\""},
		"missing column": {"id,label\n", `f:1:1: missing column "text"`},
		"misspelt":       {"id,text,label,sorce\n", `f:1:15: unknown column "sorce": did you mean "source"?`},
		"twice":          {"id,text,label,text\n", `f:1:4: column "text" is there twice`},
		"no name":        {"id,text,label,\n", "f:1:15: column 4 has no name"},
		"quote":          {header + "a,\"x\"y,,,,,,,\n", `f:2:5: malformed CSV: extraneous or missing " in quoted-field`},
		"cells":          {header + "a,Hi.\n", "f:2:1: 2 cells, but 9 columns"},
		"no id":          {header + ",Hi.,,,,,,,\n", "f:2:1: id is empty"},
		"label":          {header + "a,Hi.,denials,,,,,,\n", `f:2:7: sentence "a": unknown label "denials": did you mean "denial"?`},
		"status":         {header + "a,Hi.,denial,maybe,,,,,\n", `f:2:14: sentence "a": unknown status "maybe": expected performed or mentioned`},
		"source":         {header + "a,Hi.,denial,,Ho,,,,\n", `f:2:15: sentence "a": source "Ho" does not occur in the text: it must be an exact copy`},
		"mention's":      {header + "a,Hi.,denial,mentioned,Hi,,,,\n", `f:2:14: sentence "a": the source, target or cue of an act that is only mentioned cannot be held`},
		"no label":       {header + "a,Hi.,,performed,,,,,\n", `f:2:7: sentence "a": a row without a label has no status, source, target or cue`},
		"offsets":        {header + "a,Hi.,,,,,4,9,\n", `f:2:11: sentence "a": start and end span 5 bytes, but the text has 3`},
		"no number":      {header + "a,Hi.,,,,,x,9,\n", `f:2:11: sentence "a": start must be a whole number, 0 or more, not "x"`},
		"other text":     {header + "a,Hi.,,,,,,,\na,Ho.,,,,,,,\n", `f:3:1: sentence "a": the text is not the same as in line 2`},
		"other genre":    {header + "a,Hi.,,,,,,,x\n\"a\",Hi.,,,,,,,y\n", `f:3:1: sentence "a": the value of "genre" is not the same as in line 2`},
		"all together":   {header + "a,Hi.,x,,,,,,\nb,Hi.,y,,,,,,\n", "f:2:7: sentence \"a\": unknown label \"x\": expected one of condemnation, warning, denial, neutrality\nf:3:7: sentence \"b\": unknown label \"y\": expected one of condemnation, warning, denial, neutrality"},
	})
}
