package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/rtrackers/offsetrange"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

func TestMain(m *testing.M) {
	flag.Parse()
	log.LogLevel = "error"
	beam.Init()
	os.Exit(m.Run())
}

// A writer makes up documents.
type writer struct{ *rand.Rand }

func (w writer) pick(from ...string) string { return from[w.IntN(len(from))] }

func (w writer) sentence() string {
	who := w.pick("Norway", "The ministry", "Ana Brandt", "The mayor of Graz", "São Tomé")
	switch w.IntN(10) {
	case 0:
		return who + " condemned the " + w.pick("raid", "coup", "shelling of the port") + "."
	case 1:
		return who + " warned of " + w.pick("war", "severe consequences", "a famine") + "."
	case 2:
		return who + " denied any role in the " + w.pick("attack", "leak") + "."
	case 3:
		return who + " refused to condemn the march, and abstained."
	case 4:
		return "“We take no side,” " + who + " said. “Nobody should doubt it.”"
	}
	return who + " " + w.pick("opened a school", "met the press", "saw 2,000 visitors, most of them <young> & \"new\"") +
		" on " + w.pick("Monday", "May 3", "the 5th day of the fair") + "."
}

func (w writer) text() string {
	var b strings.Builder
	for range w.IntN(12) {
		b.WriteString(w.sentence())
		b.WriteString(w.pick(" ", " ", "\n\n"))
	}
	return b.String()
}

// lines are what the classifier says of a document in this process, as
// examples/stream writes it.
func lines(t *testing.T, c *classify.Classifier, id, text string) string {
	t.Helper()
	var b strings.Builder
	for r := range c.Document(text) {
		data, err := json.Marshal(r)
		require.NoError(t, err)
		b.WriteString(`{"id":` + id + `,` + string(data[1:]) + "\n")
	}
	return b.String()
}

func save(t *testing.T, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, data, 0o600))
}

func zipped(t *testing.T, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(data))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// byDocument splits the lines of files into the pieces of one id, as they
// stand together.
func byDocument(t *testing.T, files ...string) []string {
	t.Helper()
	var docs []string
	last := ""
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			var l struct {
				ID    json.RawMessage
				Start int
			}
			require.NoError(t, json.Unmarshal([]byte(line), &l), line)
			if string(l.ID) != last {
				docs = append(docs, "")
			}
			last = string(l.ID)
			docs[len(docs)-1] += line
		}
	}
	return docs
}

const lexiconYAML = `lexicon: {name: apologies}
label: apology
cues:
  - {id: apology.sorry, match: [apologise]}
`

// The pipeline gives exactly what the classifier gives in this process, for
// each document, and counts it.
func TestPipelineEqualsClassifier(t *testing.T) {
	lex := lexiconFile{Name: "apologies.yaml", YAML: lexiconYAML}
	c, err := newClassifier([]lexiconFile{lex})
	require.NoError(t, err)
	w := writer{rand.New(rand.NewPCG(1, 2))}
	dir := t.TempDir()
	var want []string
	counts := map[string]int64{}
	add := func(id, text string) {
		counts["documents"]++
		counts["bytes"] += int64(len(text))
		for r := range c.Document(text) {
			counts["sentences"]++
			for _, a := range r.Acts {
				counts["acts/"+string(a.Label)]++
			}
			for _, m := range r.Mentions {
				counts["mentions/"+string(m.Label)]++
			}
		}
		if s := lines(t, c, id, text); s != "" {
			want = append(want, s)
		}
	}

	for i := range 40 {
		name := filepath.Join(dir, "in", fmt.Sprintf("t%02d.txt", i))
		text := w.text() + w.pick("", "Broken \xff\xfe bytes.", "The mayor apologised.")
		data := []byte(text)
		switch i % 8 {
		case 0:
			data = append([]byte("\uFEFF"), data...)
		case 1:
			name += ".gz"
			data = zipped(t, text)
		}
		save(t, name, data)
		add(quote(name), text)
	}
	for i := range 5 {
		name := filepath.Join(dir, "in", fmt.Sprintf("j%d.jsonl", i))
		data := w.pick("", "\uFEFF")
		for n := range 60 {
			text := w.text()
			encoded, err := json.Marshal(text)
			require.NoError(t, err)
			at := len(data)
			if n == 0 {
				at = 0 // a byte order mark belongs to the first line
			}
			id := quote(fmt.Sprintf("%s:%d", name, at))
			if w.IntN(2) == 0 {
				id = fmt.Sprintf(`{"file": %d, "n":%d}`, i, n)
				data += fmt.Sprintf(`{"id": %s, "text": %s, "x": [1]}`, id, encoded)
			} else {
				data += fmt.Sprintf(` {"text":%s}`, encoded)
			}
			data += w.pick("\n", "\r\n", "\n\n")
			add(id, text)
		}
		if i == 4 {
			data = strings.TrimRight(data, "\r\n")
		}
		save(t, name, []byte(data))
	}

	for _, shards := range []int{1, 4} {
		j := job{
			Inputs: []string{filepath.Join(dir, "in", "t*"), filepath.Join(dir, "in", "*.jsonl")},
			Output: filepath.Join(dir, fmt.Sprintf("out%d", shards), "acts.jsonl"), Rejected: filepath.Join(dir, "rejected.jsonl"),
			Format: formatAuto, MaxRecord: 1 << 20, BlockSize: 1000, Shards: shards, Lexicons: []lexiconFile{lex},
		}
		got, err := j.run(context.Background())
		require.NoError(t, err)
		assert.Equal(t, counts, got)
		files, err := filepath.Glob(filepath.Join(filepath.Dir(j.Output), "*"))
		require.NoError(t, err)
		require.Len(t, files, shards)
		assert.Equal(t, sorted(want), sorted(byDocument(t, files...)))
		assert.Positive(t, got["acts/apology"])
	}
	for _, l := range []string{"condemnation", "warning", "denial", "neutrality"} {
		assert.Positive(t, counts["acts/"+l], l)
	}
	assert.Positive(t, counts["mentions/condemnation"])
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// Records that cannot be read go to their own file and do not stop the others.
func TestRejected(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, "in", name) }
	good := `{"id":1,"text":"Oslo abstained."}` + "\n"
	broken := []string{`{"id":2,"text":`, `["a"]`, `null`, `{"id":3}`, `{"text":null}`, `{"text":5}`, `{"text":"` + strings.Repeat("long ", 5000) + `"}`}
	save(t, in("a.jsonl"), []byte(good+strings.Join(broken, "\n")+"\n\n"+good))
	save(t, in("long.txt"), []byte(strings.Repeat("long ", 5000)))
	save(t, in("cut.jsonl.gz"), zipped(t, strings.Repeat(good, 10_000))[:200])
	save(t, in("not.txt.gz"), []byte("not compressed"))
	save(t, in("empty.txt"), nil)
	save(t, in("empty.jsonl"), nil)
	require.NoError(t, os.Mkdir(in("folder"), 0o755))
	require.NoError(t, os.Mkdir(in("folder.jsonl"), 0o755))

	j := job{
		Inputs: []string{in("*")}, Output: filepath.Join(dir, "acts.jsonl"), Rejected: filepath.Join(dir, "rejected.jsonl"),
		Format: formatAuto, MaxRecord: 2000, BlockSize: 100, Shards: 1,
	}
	counts, err := j.run(context.Background())
	require.NoError(t, err)
	maps.DeleteFunc(counts, func(name string, _ int64) bool { return !strings.HasPrefix(name, "rejected/") })
	assert.Equal(t, map[string]int64{"rejected/json": 3, "rejected/text": 3, "rejected/size": 2, "rejected/file": 4}, counts)

	type record struct {
		File   string
		Offset int
		Error  string
		Record string
	}
	var got []record
	data, err := os.ReadFile(j.Rejected)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		var r record
		require.NoError(t, json.Unmarshal([]byte(line), &r), line)
		assert.NotEmpty(t, r.Error)
		assert.LessOrEqual(t, len(r.Record), 1000)
		got = append(got, r)
	}
	assert.Len(t, got, 12)
	at := len(good)
	for _, b := range broken {
		i := slices.IndexFunc(got, func(r record) bool { return r.File == in("a.jsonl") && r.Offset == at })
		if assert.GreaterOrEqual(t, i, 0, b) {
			assert.Equal(t, b[:min(len(b), 1000)], got[i].Record)
		}
		at += len(b) + 1
	}
	written, err := os.ReadFile(j.Output)
	require.NoError(t, err)
	want := lines(t, classify.Default(), "1", "Oslo abstained.")
	assert.True(t, strings.HasPrefix(string(written), want+want), "%s", written) // and what could be read of cut.jsonl.gz
}

// A file of JSON Lines gives each line once, however it is split.
func TestSplitsReadEachLineOnce(t *testing.T) {
	w := writer{rand.New(rand.NewPCG(3, 4))}
	data := ""
	var want []int64
	for range 40 {
		if w.IntN(5) > 0 {
			want = append(want, int64(len(data)))
			data += `{"text":"` + strings.Repeat("x", w.IntN(60)) + `"}`
		}
		data += w.pick("\n", "\r\n")
	}
	data = strings.TrimRight(data, "\r\n")
	for size := int64(1); size < 300; size += 7 {
		var got []int64
		for _, block := range (offsetrange.Restriction{Start: 0, End: int64(len(data))}).SizedSplits(size) {
			tracker := offsetrange.NewTracker(block)
			r := reading{
				fn: &readFn{MaxRecord: 1000}, name: "f",
				emit: func(d document) {
					var id string
					require.NoError(t, json.Unmarshal([]byte(d.ID), &id))
					var at int64
					_, err := fmt.Sscanf(id, "f:%d", &at)
					require.NoError(t, err)
					got = append(got, at)
				},
			}
			require.NoError(t, r.lines(strings.NewReader(data[max(0, block.Start-1):]), block.Start, func(at int64) bool { return tracker.TryClaim(at) }))
			require.NoError(t, tracker.GetError())
			require.True(t, tracker.IsDone(), "%v", tracker)
		}
		require.Equal(t, want, got, "blocks of %d bytes", size)
	}
}

func TestClassifierIsBuiltOnce(t *testing.T) {
	files := []lexiconFile{{Name: "once.yaml", YAML: lexiconYAML}}
	built := make(chan *classify.Classifier, 20)
	for range cap(built) {
		go func() {
			fn := &classifyFn{Lexicons: slices.Clone(files)}
			assert.NoError(t, fn.Setup())
			built <- fn.classifier
		}()
	}
	first := <-built
	for range cap(built) - 1 {
		assert.Same(t, first, <-built)
	}
	other := &classifyFn{}
	require.NoError(t, other.Setup())
	assert.NotSame(t, first, other.classifier)
	assert.Error(t, (&classifyFn{Lexicons: []lexiconFile{{Name: "bad.yaml", YAML: "cues: 5"}}}).Setup())
}

// The flags make a job, and mistakes are found before it runs.
func TestFlags(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.yaml"), filepath.Join(dir, "bad.yaml")
	save(t, good, []byte(lexiconYAML))
	save(t, bad, []byte("label: x\ncues:\n  - match: [(a]\n"))
	for _, c := range []struct {
		flags map[string]string
		want  string
	}{
		{map[string]string{"input": ""}, "required"},
		{map[string]string{"output": ""}, "required"},
		{map[string]string{"format": "xml"}, `unknown --format "xml"`},
		{map[string]string{"shards": "0"}, "--shards 0"},
		{map[string]string{"max_record": "0"}, "--max_record 0"},
		{map[string]string{"lexicon": filepath.Join(dir, "none.yaml")}, "read lexicon"},
		{map[string]string{"lexicon": good + "," + bad}, "bad.yaml:3"},
		{map[string]string{"lexicon": good}, ""},
		{nil, ""},
	} {
		flags := map[string]string{"input": "a/*.txt, b.jsonl", "output": "out/acts.jsonl", "format": "auto", "shards": "1", "max_record": "1000", "lexicon": ""}
		maps.Copy(flags, c.flags)
		for name, value := range flags {
			require.NoError(t, flag.Set(name, value))
		}
		j, err := jobFromFlags(context.Background())
		if c.want != "" {
			assert.ErrorContains(t, err, c.want)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, []string{"a/*.txt", "b.jsonl"}, j.Inputs)
		assert.Equal(t, "out/acts.rejected.jsonl", j.Rejected)
	}
}
