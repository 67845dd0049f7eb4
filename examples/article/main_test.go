package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// text is an original article with a web page's furniture in it.
const text = `Norway condemned the raid on Tuesday. It rained all day in Oslo.

Advertisement

“We warn Ruritania of grave consequences,” Prime Minister Ada Holm said. Sweden refused to condemn the raid.
`

// listed runs the program and returns what it prints.
func listed(t *testing.T, args ...string) string {
	t.Helper()
	t.Setenv("COLUMNS", "")
	var out, errs strings.Builder
	require.NoError(t, run(t.Context(), args, strings.NewReader(text), &out, &errs))
	assert.Empty(t, errs.String())
	return out.String()
}

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "news.txt")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestFile(t *testing.T) {
	path := file(t, text)
	out := listed(t, path)
	assert.True(t, strings.HasPrefix(out, path+": 4 sentences\nmarked: [cue], {source}, <target>\n"), out)
	assert.Contains(t, out, "\n1. bytes 0-37\n    {Norway} [condemned] <the raid> on Tuesday.\n    condemnation ")
	assert.Contains(t, out, "\n        who   Norway -> the raid\n        cue   \"condemned\"\n        rule  ")
	assert.Contains(t, out, "\n    warning ")
	assert.Contains(t, out, "\n    condemnation only mentioned: refused\n        cue   \"condemn\"\n        rule  ")
	assert.NotContains(t, out, "It rained")
	assert.NotContains(t, out, "Advertisement")
	assert.True(t, strings.HasSuffix(out, "\n4 sentences: 2 with acts, 1 with mentions only, 1 with neither\n"), out)
	assert.NotContains(t, out, "annotation", "there is none")
}

func TestStandardInput(t *testing.T) {
	fromFile, fromStdin := listed(t, file(t, text)), listed(t, "-")
	_, fromFile, _ = strings.Cut(fromFile, ": ")
	assert.Equal(t, "standard input: "+fromFile, fromStdin)
}

func TestArticle(t *testing.T) {
	out := listed(t)
	assert.True(t, strings.HasPrefix(out, "The Washington Post, 18 March 2022: 33 sentences\n"), out)

	with := 0
	for r := range classify.Default().Document(corpus.Article().Reading()) {
		if len(r.Acts)+len(r.Mentions) > 0 {
			with++
		}
	}
	require.NotZero(t, with)
	headings := regexp.MustCompile(`(?m)^\d+\. bytes \d+-\d+`).FindAllString(out, -1)
	assert.Len(t, headings, with)

	_, comparison, found := strings.Cut(out, "\nCompared with the annotation (33 of 33 sentences split alike):\n\n33 sentences\n")
	require.True(t, found, out)
	assert.Regexp(t, `(?m)^acts +gold found +P +R +F1`, comparison)
	assert.Regexp(t, `(?m)^mentions +gold found +P +R +F1`, comparison)
	for _, l := range []classify.Label{classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality} {
		assert.Equal(t, 2, strings.Count(comparison, "\n"+string(l)+" "), l)
	}
	assert.Regexp(t, `sentences? differ|Nothing differs`, comparison)
	assert.NotContains(t, out, "\x1b", "a colour, and this is no terminal")
}

func TestScoreNamesWhatIsMissedAndSpurious(t *testing.T) {
	doc := corpus.Document{Text: "Norway condemned the raid."}
	span := classify.Span{Start: 0, End: len(doc.Text), Text: doc.Text}
	doc.Sentences = []corpus.Sentence{{
		ID: "n1", End: len(doc.Text), Text: doc.Text,
		Acts: []corpus.Annotation{{Label: classify.Condemnation, Source: "Norway", Target: "the raid"}},
	}}
	result := classify.Result{Span: span, Text: doc.Text}

	var out strings.Builder
	result.Acts = []classify.Act{{Label: classify.Warning, Score: 0.5, Rules: []string{"w"}}}
	require.NoError(t, score(&out, doc, []classify.Result{result}))
	assert.Contains(t, out.String(), "\n1 sentence differs from the annotation:\n\nn1: missed condemnation, spurious warning\n")

	out.Reset()
	result.Acts = []classify.Act{{
		Label: classify.Condemnation, Score: 0.9, Rules: []string{"c"},
		Source: classify.Span{End: 6, Text: "Norway"}, Target: classify.Span{Start: 17, End: 25, Text: "the raid"},
	}}
	require.NoError(t, score(&out, doc, []classify.Result{result}))
	assert.True(t, strings.HasSuffix(out.String(), "\nNothing differs from the annotation.\n"), out.String())
}

func TestErrors(t *testing.T) {
	var out, errs strings.Builder
	missing := filepath.Join(t.TempDir(), "missing.txt")
	require.ErrorContains(t, run(t.Context(), []string{missing}, nil, &out, &errs), missing)
	require.ErrorIs(t, run(t.Context(), []string{missing}, nil, &out, &errs), os.ErrNotExist)
	require.ErrorContains(t, run(t.Context(), []string{t.TempDir()}, nil, &out, &errs), "is a directory")
	assert.Empty(t, out.String())
	assert.Empty(t, errs.String())

	require.ErrorContains(t, run(t.Context(), []string{"a", "b"}, nil, &out, &errs), "2 files given")
	assert.Contains(t, errs.String(), "usage: article [-width N] [FILE]")
	require.Error(t, run(t.Context(), []string{"-colour"}, nil, &out, &errs))
	require.NoError(t, run(t.Context(), []string{"-h"}, nil, &out, &errs))

	broken := errors.New("broken")
	require.ErrorIs(t, run(t.Context(), []string{"-"}, iotest.ErrReader(broken), &out, &errs), broken)
	for _, args := range [][]string{{}, {"-"}} {
		require.ErrorIs(t, run(t.Context(), args, strings.NewReader(text), failing{broken}, &errs), broken)
	}
}

// failing is a writer that takes nothing.
type failing struct{ err error }

func (w failing) Write([]byte) (int, error) { return 0, w.err }

// countdown is a context that is cancelled when it has been asked n times.
type countdown struct {
	context.Context
	n int
}

func (c *countdown) Err() error {
	if c.n == 0 {
		return errInterrupted
	}
	c.n--
	return nil
}

var errInterrupted = errors.New("interrupted")

func TestInterrupt(t *testing.T) {
	var out, errs strings.Builder
	err := run(&countdown{t.Context(), 2}, []string{file(t, text)}, nil, &out, &errs)
	require.ErrorIs(t, err, errInterrupted)
	require.ErrorContains(t, err, "stopped after 64 of 194 bytes")
	assert.True(t, strings.HasSuffix(out.String(), "\n2 sentences: 1 with acts, 0 with mentions only, 1 with neither\n"), out.String())
}

func TestNothingToRead(t *testing.T) {
	out := listed(t, file(t, ""))
	assert.True(t, strings.HasSuffix(out, "\n0 sentences: 0 with acts, 0 with mentions only, 0 with neither\n"), out)
}

func TestHostileText(t *testing.T) {
	out := listed(t, file(t, "Norway condemned \x1b[2J\x07the \xff raid\u202e.\r\nSweden denied it.\x00"))
	assert.True(t, utf8.ValidString(out))
	assert.NotRegexp(t, `[\x00-\x09\x0b-\x1f\x7f]|\x{202e}`, out)
}

func TestColours(t *testing.T) {
	r := classify.Default().Sentence("Norway condemned the raid.")
	require.NotEmpty(t, r.Acts)
	var out strings.Builder
	l := listing{Writer: &out, marks: colours, width: 80}
	l.sentence(1, r)
	assert.Contains(t, out.String(), "    \x1b[36mNorway\x1b[0m \x1b[1;31mcondemned\x1b[0m \x1b[33mthe raid\x1b[0m.\n    \x1b[1mcondemnation ")
}

func TestMarksFor(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	assert.Equal(t, brackets, marksFor(new(strings.Builder)))
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	defer f.Close()
	assert.Equal(t, brackets, marksFor(f))

	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a character device, as a terminal is
	require.NoError(t, err)
	defer device.Close()
	assert.Equal(t, colours, marksFor(device))
	t.Setenv("TERM", "dumb")
	assert.Equal(t, brackets, marksFor(device))
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "1")
	assert.Equal(t, brackets, marksFor(device))
}

func TestApply(t *testing.T) {
	span := func(start, end int) classify.Span { return classify.Span{Start: start, End: end} }
	const sentence = "Norway's blame of both sides" // at byte 100 of its document
	r := classify.Result{Span: span(100, 100+len(sentence)), Text: sentence}
	assert.Equal(t, sentence, brackets.apply(r))

	r.Acts = []classify.Act{{Cue: span(109, 114), Source: span(100, 106), Target: span(109, 128)}}
	assert.Equal(t, "{Norway}'s [blame] <of both sides>", brackets.apply(r))
	r.Acts[0].Source = span(20, 30) // of an earlier sentence
	r.Acts[0].Target = span(500, 510)
	assert.Equal(t, "Norway's [blame] of both sides", brackets.apply(r))
	r.Acts = nil
	r.Mentions = []classify.Mention{{Cue: span(109, 114)}}
	assert.Equal(t, "Norway's [blame] of both sides", brackets.apply(r))
}

func TestWrap(t *testing.T) {
	assert.Empty(t, wrap(" \n ", 10))
	assert.Equal(t, []string{"one two", "three"}, wrap("one  two\nthree", 9))
	assert.Equal(t, []string{"é é é", "é"}, wrap("é é é é", 5))
	assert.Equal(t, []string{"a", "incomprehensible", "b"}, wrap("a incomprehensible b", 5))
	assert.Equal(t, []string{"\x1b[1;31mone two\x1b[0m", "three"}, wrap("\x1b[1;31mone two\x1b[0m three", 9))
}

func TestWidth(t *testing.T) {
	long := file(t, "Norway condemned "+strings.Repeat("the very bad raid ", 30)+".")
	for _, line := range strings.Split(listed(t, "-width", "60", long), "\n")[1:] {
		if !strings.Contains(line, "cue ") && !strings.Contains(line, "rule ") && !strings.Contains(line, "who ") {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 70)
		}
	}
	t.Setenv("COLUMNS", "")
	assert.Equal(t, 80, columns(0))
	assert.Equal(t, 120, columns(120))
	assert.Equal(t, 40, columns(3))
	t.Setenv("COLUMNS", "100")
	assert.Equal(t, 100, columns(0))
	assert.Equal(t, 60, columns(60))
	t.Setenv("COLUMNS", "wide")
	assert.Equal(t, 80, columns(0))
}
