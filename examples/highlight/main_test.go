package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const text = "Norland condemned the raid. Sweden refused to condemn it.\n"

var errBroken = errors.New("broken")

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// page runs the program and returns what it prints.
func page(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	require.NoError(t, run(t.Context(), args, strings.NewReader(text), &out, &errs))
	assert.Empty(t, errs.String())
	return out.String()
}

func TestFiles(t *testing.T) {
	first, second := file(t, "first.txt", text), file(t, "second.txt", "We deny it. Oslo & Lima.")
	out := page(t, "-title", "Two <texts>", first, second)
	assert.True(t, strings.HasPrefix(out, "<!doctype html>"))
	assert.Contains(t, out, "<title>Two &lt;texts&gt;</title>")
	for _, path := range []string{first, second} {
		assert.Contains(t, out, "<h2>"+path+"</h2>")
	}
	assert.Contains(t, out, ">condemned</span>")
	assert.Contains(t, out, "Oslo &amp; Lima.")

	written := filepath.Join(t.TempDir(), "page.html")
	assert.Empty(t, page(t, "-title", "Two <texts>", "-o", written, first, second))
	got, err := os.ReadFile(written)
	require.NoError(t, err)
	assert.Equal(t, out, string(got))
}

func TestStandardInput(t *testing.T) {
	out := page(t)
	assert.Contains(t, out, "<h2>Standard input</h2>")
	assert.Contains(t, out, ">condemned</span>")
	assert.Equal(t, out, page(t, "-"))
}

func TestLexicon(t *testing.T) {
	lexicon := file(t, "weather.yaml", "label: weather\ncues:\n  - {id: weather.rain, match: [rain]}\n")
	assert.Contains(t, page(t, "-lexicon", lexicon, file(t, "news.txt", "It rained.")), "weather 1")

	bad := file(t, "bad.yaml", "label: weather\ncues:\n  - {id: weather.rain, match: [(rain]}\n")
	var out, errs strings.Builder
	require.ErrorContains(t, run(t.Context(), []string{"-lexicon", bad}, nil, &out, &errs), "bad.yaml:3:")
	clash := file(t, "clash.yaml", "remove: [nothing.such]\n")
	require.ErrorContains(t, run(t.Context(), []string{"-lexicon", clash}, nil, &out, &errs), "clash.yaml:1:")
	assert.Empty(t, out.String())
	assert.Empty(t, errs.String(), "the mistakes are told once")
}

func TestMistakes(t *testing.T) {
	var out, errs strings.Builder
	missing := filepath.Join(t.TempDir(), "missing.txt")
	for _, args := range [][]string{{missing}, {"-lexicon", missing}, {"-o", filepath.Join(missing, "x"), "-"}} {
		err := run(t.Context(), args, strings.NewReader(text), &out, &errs)
		require.ErrorContains(t, err, missing)
	}
	require.ErrorIs(t, run(t.Context(), nil, iotest.ErrReader(errBroken), &out, &errs), errBroken)
	require.ErrorIs(t, run(t.Context(), nil, strings.NewReader(text), failing{}, &errs), errBroken)
	require.Error(t, run(t.Context(), []string{"-x"}, nil, &out, &errs))
	require.NoError(t, run(t.Context(), []string{"-h"}, nil, &out, &errs))
	assert.Contains(t, errs.String(), "usage: highlight")
	assert.Empty(t, out.String())
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errBroken }

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
	var out strings.Builder
	files := []string{file(t, "a.txt", text), file(t, "b.txt", "Oslo denied it. It rained. It stopped."), file(t, "c.txt", text)}
	err := run(&countdown{t.Context(), 4}, files, nil, &out, io.Discard)
	require.ErrorIs(t, err, errBroken)
	require.ErrorContains(t, err, "stopped in file 2 of 3")
	assert.Equal(t, 2, strings.Count(out.String(), "<article"))
	assert.Contains(t, out.String(), "Interrupted: the first 26 of 38 bytes.")
	assert.Contains(t, out.String(), "It rained.")
	assert.NotContains(t, out.String(), "It stopped.")
	assert.True(t, strings.HasSuffix(out.String(), "</html>\n"), "a whole page")
}
