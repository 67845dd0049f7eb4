package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// asProgram is the environment variable with which the test is the program.
const asProgram = "TEST_AS_STREAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// When nobody reads the output on, or the input cannot be read, the program
// says so and fails.
func TestExitStatus(t *testing.T) {
	for want, broken := range map[string]func(*exec.Cmd){
		"stream: write results: ": func(c *exec.Cmd) {
			r, w, err := os.Pipe()
			require.NoError(t, err)
			require.NoError(t, r.Close())
			t.Cleanup(func() { _ = w.Close() })
			c.Stdin, c.Stdout = strings.NewReader("It rained.\n"), w
		},
		"stream: read input: ": func(c *exec.Cmd) {
			dir, err := os.Open(t.TempDir())
			require.NoError(t, err)
			t.Cleanup(func() { _ = dir.Close() })
			c.Stdin = dir
		},
	} {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), asProgram+"=1")
		var errs strings.Builder
		cmd.Stderr = &errs
		broken(cmd)
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Run(), &exit, want)
		assert.Equal(t, 1, exit.ExitCode(), want)
		assert.True(t, strings.HasPrefix(errs.String(), want), errs.String())
	}
}

// a line is one output line, read back.
type line struct {
	ID json.RawMessage `json:"id"`
	classify.Result
}

func (l *line) UnmarshalJSON(data []byte) error {
	var id struct {
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(data, &id); err != nil {
		return err
	}
	l.ID = id.ID
	return json.Unmarshal(data, &l.Result)
}

// lines runs the program and reads back what it writes.
func lines(t *testing.T, input string, args ...string) []line {
	t.Helper()
	var out, errs strings.Builder
	require.NoError(t, run(t.Context(), args, strings.NewReader(input), &out, &errs))
	assert.Empty(t, errs.String())
	require.True(t, utf8.ValidString(out.String()))
	var all []line
	for raw := range strings.Lines(out.String()) {
		require.True(t, strings.HasSuffix(raw, "}\n"), raw)
		var l line
		require.NoError(t, json.Unmarshal([]byte(raw), &l), raw)
		all = append(all, l)
	}
	return all
}

func TestLines(t *testing.T) {
	type result struct {
		id, text   string
		start, end int
	}
	for _, c := range []struct {
		name, input string
		document    []result
		sentence    []result
	}{
		{name: "nothing"},
		{
			"plain text", "It rained. It stopped.\n",
			[]result{{"", "It rained.", 0, 10}, {"", "It stopped.", 11, 22}},
			[]result{{"", "It rained. It stopped.", 0, 22}},
		},
		{
			"no last newline", "It rained.\nIt stopped.",
			[]result{{"", "It rained.", 0, 10}, {"", "It stopped.", 0, 11}},
			[]result{{"", "It rained.", 0, 10}, {"", "It stopped.", 0, 11}},
		},
		{
			"CRLF", "It rained.\r\n{\"text\": \"It stopped.\"}\r\n",
			[]result{{"", "It rained.", 0, 10}, {"", "It stopped.", 0, 11}},
			[]result{{"", "It rained.", 0, 10}, {"", "It stopped.", 0, 11}},
		},
		{
			"empty lines and blanks", "\n \t \n\r\n",
			nil,
			[]result{{"", "", 0, 0}, {"", " \t ", 0, 3}, {"", "", 0, 0}},
		},
		{
			"objects", `{"id": 7, "text": "It rained. Sí."}` + "\n" + ` {"text":"It stopped.","id":"b","x":[1]} ` + "\n",
			[]result{{"7", "It rained.", 0, 10}, {"7", "Sí.", 11, 15}, {`"b"`, "It stopped.", 0, 11}},
			[]result{{"7", "It rained. Sí.", 0, 15}, {`"b"`, "It stopped.", 0, 11}},
		},
		{
			"object after a byte order mark", "\uFEFF{\"id\": 1, \"text\": \"It rained.\"}\n",
			[]result{{"1", "It rained.", 0, 10}},
			[]result{{"1", "It rained.", 0, 10}},
		},
		{
			"an empty text", `{"id": 1, "text": ""}`,
			nil,
			[]result{{"1", "", 0, 0}},
		},
		{
			"a text of several lines", `{"text": "It rained.\n\nIt\tstopped."}`,
			[]result{{"", "It rained.", 0, 10}, {"", "It\tstopped.", 12, 23}},
			[]result{{"", "It rained.\n\nIt\tstopped.", 0, 23}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for unit, want := range map[string][]result{"document": c.document, "sentence": c.sentence} {
				var got []result
				for _, l := range lines(t, c.input, "-unit", unit) {
					assert.Equal(t, l.Text, l.Span.Text)
					got = append(got, result{string(l.ID), l.Text, l.Span.Start, l.Span.End})
				}
				assert.Equal(t, want, got, unit)
			}
		})
	}
}

// An object that does not give a text is not refused but read as it stands.
func TestOtherJSONIsPlainText(t *testing.T) {
	for _, input := range []string{
		`{`, `{}`, `{"id": 1}`, `{"id": 1, "text": null}`, `{"id": 1, "text": 5}`, `{"id": 1, "text": ["a"]}`,
		`{"id": 1, "Text": "a"}`, `{"text": "a"} b`, `{"text": "a"}{"text": "b"}`, `["a"]`, `"a"`, `null`, `5`,
		strings.Repeat(`{"text":`, 20_000),
	} {
		got := lines(t, input+"\n", "-unit", "sentence")
		if assert.Len(t, got, 1, "%.80s", input) {
			assert.True(t, strings.HasPrefix(input, got[0].Text), "%.80s", got[0].Text) // an overlong sentence is cut
			assert.NotEmpty(t, got[0].Text)
			assert.Nil(t, got[0].ID, "%.80s", input)
		}
	}
}

func TestIDIsKeptAsItIs(t *testing.T) {
	for _, id := range []string{
		`null`, `0`, `1.0`, `12345678901234567890123`, `1e999`, `""`, `"a<b> & é \u00e9 \ud800"`, `true`,
		`[1, {"b": [], "a": " x  y "}]`, `{"z": 1, "a": 2, "z": 3}`,
	} {
		var out strings.Builder
		require.NoError(t, run(t.Context(), nil, strings.NewReader(`{"id": `+id+` , "text": "It rained."}`), &out, io.Discard))
		assert.Equal(t, `{"id":`+id+`,"start":0,"end":10,"text":"It rained.","acts":[],"mentions":[]}`+"\n", out.String())
	}
}

func TestActsAndMentions(t *testing.T) {
	got := lines(t, `{"id": "n1", "text": "Été. Norway condemned the raid. Sweden refused to condemn the raid."}`)
	require.Len(t, got, 3)
	assert.Empty(t, got[0].Acts)
	assert.Empty(t, got[0].Mentions)

	require.Len(t, got[1].Acts, 1)
	act := got[1].Acts[0]
	assert.Equal(t, classify.Condemnation, act.Label)
	assert.Equal(t, classify.Span{Start: 7, End: 13, Text: "Norway"}, act.Source)
	assert.Equal(t, classify.Span{Start: 14, End: 23, Text: "condemned"}, act.Cue)
	assert.Equal(t, classify.Span{Start: 24, End: 32, Text: "the raid"}, act.Target)
	assert.NotEmpty(t, act.Rules)
	assert.Greater(t, act.Score, 0.0)
	assert.Empty(t, got[1].Mentions)

	assert.Empty(t, got[2].Acts)
	require.Len(t, got[2].Mentions, 1)
	mention := got[2].Mentions[0]
	assert.Equal(t, classify.Condemnation, mention.Label)
	assert.Equal(t, classify.Refused, mention.Reason)
	assert.Equal(t, classify.Span{Start: 52, End: 59, Text: "condemn"}, mention.Cue)
}

// Other programs read these keys; their order is for people.
func TestKeys(t *testing.T) {
	for _, c := range []struct{ input, want string }{
		{
			`{"id":1,"text":"Norway and Sweden condemned the raid."}`,
			"id start end text acts mentions | label score cue source target sources rules",
		},
		{"Norway condemned the raid.", "start end text acts mentions | label score cue source target rules"},
	} {
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), []string{"-unit", "sentence"}, strings.NewReader(c.input), &out, io.Discard))
		outer, acts := keys(t, out.Bytes())
		require.NotNil(t, acts, out.String())
		var list []json.RawMessage
		require.NoError(t, json.Unmarshal(acts, &list))
		require.Len(t, list, 1)
		inner, _ := keys(t, list[0])
		assert.Equal(t, c.want, outer+" | "+inner)
	}
}

// keys lists the keys of an object, in order, and returns the value of "acts".
func keys(t *testing.T, object []byte) (names string, acts json.RawMessage) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(object))
	_, err := dec.Token()
	require.NoError(t, err)
	var all []string
	for dec.More() {
		key, err := dec.Token()
		require.NoError(t, err)
		all = append(all, key.(string))
		var value json.RawMessage
		require.NoError(t, dec.Decode(&value))
		if key == "acts" {
			acts = value
		}
	}
	return strings.Join(all, " "), acts
}

func TestLongLine(t *testing.T) {
	const sentence = "Norway condemned the raid. "
	n := 4 * bufferSize / len(sentence)
	text := strings.Repeat(sentence, n)
	got := lines(t, text+"\n"+`{"id": 1, "text": "`+text+`"}`)
	require.Len(t, got, 2*n)
	for i, l := range got {
		require.Equal(t, i%n*len(sentence), l.Span.Start)
		require.True(t, l.Has(classify.Condemnation))
	}
	assert.Len(t, lines(t, text, "-unit", "sentence"), 1)
}

func TestInvalidUTF8(t *testing.T) {
	got := lines(t, "Norway\xff condemned \xc3 the raid.\n{\"id\": \"\xe2\x80\", \"text\": \"Sí\xff.\"}\n\xff{\x00}\n")
	require.Len(t, got, 3)
	assert.Equal(t, "Norway\uFFFD condemned \uFFFD the raid.", got[0].Text)
	assert.Equal(t, 29, got[0].Span.End, "offsets are those of the input")
	assert.JSONEq(t, `"\uFFFD"`, string(got[1].ID))
	assert.Equal(t, "Sí\uFFFD.", got[1].Text)
	assert.Equal(t, 7, got[1].Span.End, "of the text as decoded from JSON")
}

var errBroken = errors.New("broken")

func TestReadError(t *testing.T) {
	var out strings.Builder
	in := io.MultiReader(strings.NewReader("It rained.\nIt st"), iotest.ErrReader(errBroken))
	err := run(t.Context(), nil, in, &out, io.Discard)
	require.ErrorIs(t, err, errBroken)
	require.ErrorContains(t, err, "read input")
	assert.Equal(t, 1, strings.Count(out.String(), "\n"), "the lines before the error, without half a line")
}

// limited fails after n bytes.
type limited struct{ n int }

func (w *limited) Write(p []byte) (int, error) {
	if len(p) > w.n {
		n := w.n
		w.n = 0
		return n, errBroken
	}
	w.n -= len(p)
	return len(p), nil
}

func TestWriteError(t *testing.T) {
	short, long := "It rained.\n", strings.Repeat("It rained.\n", 1<<16)
	for _, input := range []string{short, long, strings.ReplaceAll(long, "\n", " ")} {
		for _, n := range []int{0, 20} {
			err := run(t.Context(), nil, strings.NewReader(input), &limited{n}, io.Discard)
			require.ErrorIs(t, err, errBroken)
			assert.ErrorContains(t, err, "write results")
		}
	}
}

// Who types a line, or asks through a pipe, gets the answer before the next.
func TestAnswersAtOnce(t *testing.T) {
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error)
	go func() { done <- run(t.Context(), []string{"-unit", "sentence"}, in, out, io.Discard) }()
	buf := make([]byte, 4096)
	for _, question := range []string{"It rained.\n", "It stopped.\nIt ra"} { // the rest comes later
		_, err := io.WriteString(ask, question)
		require.NoError(t, err)
		n, err := answers.Read(buf)
		require.NoError(t, err)
		assert.Equal(t, 1, bytes.Count(buf[:n], []byte("\n")))
	}
	go func() { _, _ = io.Copy(io.Discard, answers) }()
	require.NoError(t, ask.Close())
	assert.NoError(t, <-done)
}

func TestArguments(t *testing.T) {
	var out, errs strings.Builder
	require.ErrorContains(t, run(t.Context(), []string{"-unit", "word"}, nil, &out, &errs), `unknown unit "word"`)
	assert.Contains(t, errs.String(), "usage: stream")
	require.ErrorContains(t, run(t.Context(), []string{"news.txt"}, nil, &out, &errs), `"news.txt"`)
	require.Error(t, run(t.Context(), []string{"-x"}, nil, &out, &errs))
	require.NoError(t, run(t.Context(), []string{"-h"}, nil, &out, &errs))
	assert.Empty(t, out.String())
}

func TestInterrupt(t *testing.T) {
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() {
		defer out.Close()
		done <- run(ctx, nil, in, out, io.Discard)
	}()
	_, err := io.WriteString(ask, "It rained. It stopped.\nIt rai")
	require.NoError(t, err)
	got := bufio.NewReader(answers)
	for range 2 {
		line, err := got.ReadBytes('\n')
		require.NoError(t, err)
		assert.True(t, json.Valid(line))
	}
	cancel(errBroken) // while it waits for the rest of the line
	require.ErrorIs(t, <-done, errBroken)

	ctx, cancel = context.WithCancelCause(t.Context())
	stop := &cancelling{cancel: func() { cancel(errBroken) }}
	long := strings.Repeat("It rained. ", 1<<16)
	require.ErrorIs(t, run(ctx, nil, strings.NewReader(long), stop, io.Discard), errBroken)
	lines := strings.SplitAfter(stop.String(), "\n")
	assert.Empty(t, lines[len(lines)-1], "no half line")
	assert.Less(t, len(lines), 1<<16)
	assert.Greater(t, len(lines), 100)
}

// cancelling cancels at the first write.
type cancelling struct {
	strings.Builder
	cancel func()
}

func (w *cancelling) Write(p []byte) (int, error) {
	w.cancel()
	return w.Builder.Write(p)
}

func TestActors(t *testing.T) {
	const input = "Chinese officials condemned the Kremlin.\n"
	on := lines(t, input, "-actors")
	require.Len(t, on, 1)
	require.Len(t, on[0].Acts, 1)
	assert.Equal(t, "CHN", on[0].Acts[0].SourceActor)
	assert.Equal(t, "RUS", on[0].Acts[0].TargetActor)
	assert.Empty(t, lines(t, input)[0].Acts[0].SourceActor)
}
