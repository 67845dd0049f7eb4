package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/corpus"
)

const sample = `{"id":"s1","text":"Oslo slammed the raid. 💥","acts":[{"label":"condemnation","source":"Oslo","target":"the raid"}],"mentioned":["denial"],"genre":"news"}
{"id":"s2","text":"It rained.","acts":[],"mentioned":[]}
`

// converted runs the program in a directory with the files and returns what it
// prints.
func converted(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	t.Chdir(dir)
	var out strings.Builder
	err := run(args, &out, io.Discard)
	return out.String(), err
}

func dirWith(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	return dir
}

func TestConvertThereAndBack(t *testing.T) {
	for _, c := range [][]string{
		{"out.csv"}, {"out.json"}, {"out.ann"}, {"out.jsonl"},
		{"out.doccano", "doccano"}, {"out.x", "labelstudio"}, {"out.y", "brat"}, {"out.z", "csv"},
	} {
		t.Run(strings.Join(c, " "), func(t *testing.T) {
			dir := dirWith(t, map[string]string{"in.jsonl": sample})
			to, from := []string{"in.jsonl", c[0]}, []string{c[0]}
			if len(c) > 1 {
				to, from = append([]string{"-to", c[1]}, to...), append([]string{"-from", c[1]}, from...)
			}
			if len(c) > 1 && c[1] == "brat" {
				from[2] = "out.ann"
			}
			out, err := converted(t, dir, to...)
			require.NoError(t, err)
			assert.Empty(t, out)
			out, err = converted(t, dir, from...)
			require.NoError(t, err)
			assert.Equal(t, sample, out)
		})
	}
}

func TestAnnotateText(t *testing.T) {
	const text = "Norway 💥 condemned the raid.\n\nSweden refused to condemn it.\n"
	dir := dirWith(t, map[string]string{"in.txt": text})
	_, err := converted(t, dir, "-from", "text", "in.txt", "out.ann")
	require.NoError(t, err)
	written, err := os.ReadFile(filepath.Join(dir, "out.txt"))
	require.NoError(t, err)
	assert.Equal(t, text, string(written), "brat shows the text as it is")
	out, err := converted(t, dir, "out.ann")
	require.NoError(t, err)
	sentences, err := corpus.Read(strings.NewReader(out), "out", corpus.WithDocument(text))
	require.NoError(t, err)
	require.Len(t, sentences, 2)
	assert.Equal(t, "in.1", sentences[0].ID)
	assert.Equal(t, corpus.Annotation{Label: "condemnation", Source: "Norway", Target: "the raid", Cue: "condemned"}, sentences[0].Acts[0])
	assert.True(t, sentences[1].Mentions("condemnation"))
}

func TestCompareAndMerge(t *testing.T) {
	other := strings.Replace(sample, `"mentioned":["denial"]`, `"mentioned":[]`, 1)
	dir := dirWith(t, map[string]string{"a.jsonl": sample, "b.jsonl": other})
	out, err := converted(t, dir, "-compare", "-merge", "none.csv", "a.jsonl", "b.jsonl")
	require.NoError(t, err)
	assert.Contains(t, out, "2 sentences annotated by both")
	assert.Contains(t, out, "1 sentences merged, 1 differences left unresolved\n")
	assert.Contains(t, out, "s1: denial\n  text    Oslo slammed the raid. 💥\n  first   mentioned\n  second  -\n")
	_, err = converted(t, dir, "-compare", "-merge", "m.jsonl", "-prefer", "second", "a.jsonl", "b.jsonl")
	require.NoError(t, err)
	merged, err := os.ReadFile("m.jsonl")
	require.NoError(t, err)
	assert.Equal(t, other, string(merged))
}

func TestOwnLabels(t *testing.T) {
	const apology = `{"id":"a","text":"Sorry.","acts":[{"label":"apology","source":"","target":""}],"mentioned":[]}` + "\n"
	dir := dirWith(t, map[string]string{"in.jsonl": apology})
	_, err := converted(t, dir, "in.jsonl")
	require.ErrorContains(t, err, `in.jsonl:1:44: unknown label "apology"`)
	out, err := converted(t, dir, "-labels", "apology, thanks", "in.jsonl")
	require.NoError(t, err)
	assert.Equal(t, apology, out)
	out, err = converted(t, dir, "-config", "-to", "brat", "-labels", "apology")
	require.NoError(t, err)
	assert.Contains(t, out, "\nneutrality\t")
	assert.Contains(t, out, "\napology\t")
	out, err = converted(t, dir, "-config", "-to", "labelstudio")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(out, "<View>"))
}

func TestConvertMistakes(t *testing.T) {
	dir := dirWith(t, map[string]string{"in.jsonl": sample, "bad.csv": "id,text,label\na,Hi.,x\n"})
	for want, args := range map[string][]string{
		"wrong number of files":         {},
		"no such file":                  {"none.jsonl"},
		`bad.csv:2:7: sentence "a"`:     {"bad.csv", "out.jsonl"},
		`format "xml" to read`:          {"-from", "xml", "in.jsonl"},
		`format "xml" to write`:         {"-to", "xml", "in.jsonl"},
		"brat needs a file to write to": {"-to", "brat", "in.jsonl"},
		"-config needs":                 {"-config"},
		"-prefer third":                 {"-compare", "-merge", "m.jsonl", "-prefer", "third", "in.jsonl", "in.jsonl"},
		"flag provided but not defined": {"-x"},
	} {
		_, err := converted(t, dir, args...)
		require.ErrorContains(t, err, want)
	}
	_, err := converted(t, dir, "-h")
	require.NoError(t, err)
	assert.NoFileExists(t, "out.jsonl")
}
