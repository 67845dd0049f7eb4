package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// sample is a corpus on which the classifier is right, but for a last sentence
// whose annotation is wrong on purpose.
const sample = `{"id": "s1", "text": "Norway condemned the raid.", "acts": [{"label": "condemnation", "source": "Norway", "target": "the raid"}]}
{"id": "s2", "text": "Sweden refused to condemn the raid.", "acts": [], "mentioned": ["condemnation"]}
{"id": "s3", "text": "It rained.", "acts": [], "mentioned": []}
{"id": "s4", "text": "It snowed.", "acts": [{"label": "denial", "source": "", "target": ""}]}
`

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// report runs the program and returns what it prints.
func report(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	require.NoError(t, run(t.Context(), args, &out, &errs))
	assert.Empty(t, errs.String())
	return out.String()
}

func TestReport(t *testing.T) {
	out := report(t, file(t, "sample.jsonl", sample))
	assert.True(t, strings.HasPrefix(out, "4 sentences\n"), out)
	assert.Regexp(t, `(?m)^acts +gold found +P +R +F1  95% interval of F1$`, out)
	assert.Regexp(t, `(?m)^condemnation +1 +1  1\.000  1\.000  1\.000  \[`, out)
	assert.Regexp(t, `(?m)^denial +1 +0 +-  0\.000  0\.000`, out)
	assert.Regexp(t, `(?m)^macro +0\.500`, out)
	assert.Regexp(t, `(?m)^mentions `, out)
	assert.Regexp(t, `(?m)^source \(head\) +1 +1 `, out)
	assert.NotContains(t, out, "It snowed", "the errors are only printed if asked for")
}

func TestErrorsFlag(t *testing.T) {
	out := report(t, "-errors", file(t, "sample.jsonl", sample))
	assert.Contains(t, out, "\ns4: missed denial\n  text   It snowed.\n  gold   denial\n  found  nothing\n")
	assert.NotContains(t, out, "It rained")
}

func TestProfileFlag(t *testing.T) {
	out := report(t, "-profile", file(t, "sample.jsonl", sample))
	assert.Regexp(t, `(?m)^cue +wrong +fired +right +share +alone +right +weight  at$`, out)
	assert.Regexp(t, `(?m)^condemnation\.\S+ +0 +2 +2 +100\.0% +1 +1 +0\.\d\d  lexicons/\S+:\d+:\d+$`, out)
	assert.Regexp(t, `(?m)^context\.refused\S* +0 +1 +1 `, out)
	assert.Contains(t, out, "\ns4: denial, no cue\n  It snowed.\n")
}

func TestCalibrateFlag(t *testing.T) {
	out := report(t, "-calibrate", file(t, "sample.jsonl", sample))
	_, err := classify.ReadLexicon(strings.NewReader(out), "calibration.yaml")
	require.NoError(t, err)
	assert.Regexp(t, `(?m)^  condemnation: \{0\.25: `, out)
}

func TestLexiconFlag(t *testing.T) {
	snow := file(t, "snow.yaml", "label: weather\ncues: [{id: snow, match: snow/v}, {id: no-snow, label: denial, match: snow/v}]\n")
	annotated := strings.ReplaceAll(sample, `"acts": [{"label": "denial"`, `"acts": [{"label": "weather", "source": "", "target": ""}, {"label": "denial"`)
	out := report(t, "-lexicon", snow, file(t, "sample.jsonl", annotated))
	assert.Regexp(t, `(?m)^denial +1 +1 `, out)
	assert.Regexp(t, `(?m)^weather +1 +1 `, out)
	var errs strings.Builder
	err := run(t.Context(), []string{"-lexicon", file(t, "bad.yaml", "cues: 1\n"), "-lexicon", file(t, "worse.yaml", "cues: 2\n"), "x.jsonl"}, io.Discard, &errs)
	require.ErrorContains(t, err, "bad.yaml:1:7: list expected")
	require.ErrorContains(t, err, "worse.yaml:1:7: list expected")
	assert.Empty(t, errs.String(), "the mistakes are told once")
}

func TestSeveralFiles(t *testing.T) {
	first := file(t, "first.jsonl", sample)
	second := file(t, "second.jsonl", sample)
	assert.True(t, strings.HasPrefix(report(t, first, second), "8 sentences\n"))
}

func TestMistakes(t *testing.T) {
	var out, errs strings.Builder
	missing := filepath.Join(t.TempDir(), "missing.jsonl")
	err := run(t.Context(), []string{missing}, &out, &errs)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, missing)

	bad := file(t, "bad.jsonl", "{\"id\": \"s1\"}\n")
	require.ErrorContains(t, run(t.Context(), []string{bad}, &out, &errs), "bad.jsonl:1:")
	assert.Empty(t, errs.String())

	require.ErrorContains(t, run(t.Context(), nil, &out, &errs), "no corpus given")
	assert.Contains(t, errs.String(), "usage: evaluate")
	require.Error(t, run(t.Context(), []string{"-x"}, &out, &errs))
	require.NoError(t, run(t.Context(), []string{"-h"}, &out, &errs))
	assert.Empty(t, out.String())
}

type failing struct{}

var errBroken = errors.New("broken")

func (failing) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteError(t *testing.T) {
	require.ErrorIs(t, run(t.Context(), []string{file(t, "sample.jsonl", sample)}, failing{}, io.Discard), errBroken)
}

// countdown is a context that is cancelled when it has been asked n times.
type countdown struct {
	context.Context
	n int
}

func (c *countdown) Err() error {
	if c.n == 0 {
		return errBroken
	}
	c.n--
	return nil
}

func TestInterrupt(t *testing.T) {
	for _, n := range []int{0, 2} {
		var out strings.Builder
		err := run(&countdown{t.Context(), n}, []string{"-profile", file(t, "sample.jsonl", sample)}, &out, io.Discard)
		require.ErrorIs(t, err, errBroken)
		require.ErrorContains(t, err, fmt.Sprintf("%d of 4 sentences read", n))
		assert.True(t, strings.HasPrefix(out.String(), fmt.Sprintf("%d sentences\n", n)), out.String())
		assert.Contains(t, out.String(), "\ncue ", "the profile, too")
	}
}
