package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// made runs the command with paths and returns what it wrote.
func made(t *testing.T, ctx context.Context, args ...string) (csvText, page, stdout string, err error) {
	t.Helper()
	dir := t.TempDir()
	csvFile, htmlFile := filepath.Join(dir, "m.csv"), filepath.Join(dir, "m.html")
	var out, stderr bytes.Buffer
	err = run(ctx, append([]string{"-csv", csvFile, "-html", htmlFile}, args...), &out, &stderr)
	assert.Empty(t, stderr.String(), "no bar where there is no terminal")
	read := func(name string) string {
		data, _ := os.ReadFile(name)
		return string(data)
	}
	return read(csvFile), read(htmlFile), out.String(), err
}

// folder writes files and returns their folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	}
	return dir
}

func TestSample(t *testing.T) {
	_, page, stdout, err := made(t, t.Context())
	require.NoError(t, err)
	assert.Regexp(t, `^8 documents, \d+ sentences, \d+ acts\n`, stdout)
	for _, want := range []string{"condemnation", "warning", "denial", "neutrality", "Iceland", "Chile", "2024-03-18", "2024-03-25"} {
		assert.Contains(t, page, want)
	}
}

// The golden file has one row for each kind of thing: acts, several sources and
// targets, a mention, an act without a date, and cells that are made safe.
func TestCSV(t *testing.T) {
	t.Chdir(folder(t, map[string]string{
		"2024-03-18-a.txt": "Paris and Berlin condemned Russia. Lima refused to condemn it.",
		"b.txt":            "=cmd() condemned the raid.\n\nProtesters in Tehran denounced the\nmullahs.",
		"c.jsonl": `{"id":7,"date":"2024-05-01T09:30:00Z","text":"-1+Oslo condemned @Example."}` + "\n" +
			`{"text":"2 May 2024\n\nChinese officials warned Washington."}`,
	}))
	got, _, _, err := made(t, t.Context(), ".")
	require.NoError(t, err)
	golden := filepath.Join(sourceDir, "testdata", "golden.csv")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o666))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

var sourceDir, _ = os.Getwd()

func TestSafe(t *testing.T) {
	for cell, want := range map[string]string{
		"":                         "",
		"Paris":                    "Paris",
		"1-2":                      "1-2",
		"=1+1":                     "'=1+1",
		"+1":                       "'+1",
		"-1":                       "'-1",
		"@SUM(A1)":                 "'@SUM(A1)",
		"\t=1":                     "' =1",
		"\r=1":                     "' =1",
		"\n\n  =1":                 "'    =1",
		"\x00=1":                   "'\uFFFD=1",
		"\uFEFF=1":                 "'\uFEFF=1",
		"\u200b=1":                 "'\u200b=1",
		"＝1":                       "'＝1",
		"\u00a0-1":                 "' -1",
		"a\tb\nc\xff":              "a b c\uFFFD",
		"=HYPERLINK(\"http://x\")": "'=HYPERLINK(\"http://x\")",
	} {
		assert.Equal(t, want, safe(cell), "%q", cell)
	}
}

// attack is text that would do something if it were not escaped. It holds acts,
// so that it gets into cells, headings and sentences.
const attack = `Oslo condemned <script>alert(1)</script>. <img src=x onerror=alert(1)> condemned "><svg onload=alert(1)>. ` +
	`"' onmouseover='alert(1) condemned Javascript:alert(1). Kim </style><style>*{display:none}</style> denied any role. ` +
	"Rome\u202Eenod condemned Oslo\x00\xff. {{.Title}} condemned ${7*7}. <!-- Paris condemned Lima --> ]]> &amp;lt;b&amp;gt; condemned Lima."

func TestEscaping(t *testing.T) {
	dir := folder(t, map[string]string{
		"2024-01-01-<script>alert(1)<script>.txt": attack,
		"a.jsonl": `{"id":"<b onclick=x>","text":"Oslo condemned Lima.","date":"2024-01-02"}`,
	})
	_, page, _, err := made(t, t.Context(), "-title", `</title><script>alert("title")</script>`, dir)
	require.NoError(t, err)
	require.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	assertInert(t, page)
}

// assertInert checks that a page has no element but those of the template, no
// handler, and loads nothing.
func assertInert(t *testing.T, page string) {
	t.Helper()
	known := map[string]bool{}
	tag := regexp.MustCompile(`<(/?[a-zA-Z!][^\s>]*)`)
	for _, m := range tag.FindAllStringSubmatch(pageSource(), -1) {
		known[strings.Trim(m[1], "/")] = true
	}
	for _, m := range tag.FindAllStringSubmatch(page, -1) {
		assert.True(t, known[strings.Trim(m[1], "/")], "element %s", m[0])
	}
	assert.Equal(t, 1, strings.Count(page, "<style"))
	assert.NotRegexp(t, `<[^>]*\son\w+\s*=`, page)
	assert.NotRegexp(t, `(?i)<[^>]*\s(src|action|formaction|data|style)\s*=`, page)
	assert.NotRegexp(t, `(?i)(url\(|@import|https?:)`, page)
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.Regexp(t, `^#[\w-]+$`, m[1])
	}
	assert.Contains(t, page, `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`)
	assert.NotContains(t, page, "\u202E")
	assert.NotContains(t, page, "\x00")
	assert.True(t, strings.ToValidUTF8(page, "") == page)

	ids := map[string]int{}
	for _, m := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		ids[m[1]]++
		assert.Equal(t, 1, ids[m[1]], m[1])
	}
	for _, m := range regexp.MustCompile(`(?:href="#|popovertarget="|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.Equal(t, 1, ids[m[1]], m[1])
	}
}

// pageSource is the template without its actions.
func pageSource() string {
	return regexp.MustCompile(`\{\{.*?\}\}`).ReplaceAllString(pageFile, "")
}

// The number in each cell is that of the sentences behind it.
func TestCells(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Paris condemned Russia. French officials denounced the Kremlin.\n\nOslo condemned Russia. Oslo warned Lima."})
	_, page, _, err := made(t, t.Context(), dir)
	require.NoError(t, err)
	assertInert(t, page)
	assert.Regexp(t, `<td class="h2"><button type="button" popovertarget="m0-0-0" aria-label="2, condemnation: France → Russia">2</button></td>`, page)
	_, behind, found := strings.Cut(page, `id="m0-0-0" popover>`)
	require.True(t, found)
	behind, _, _ = strings.Cut(behind, "</ul>")
	assert.Contains(t, behind, "<blockquote>Paris <mark>condemned</mark> Russia.</blockquote>")
	assert.Contains(t, behind, "<mark>denounced</mark>")
	assert.NotContains(t, behind, "Oslo")
	assert.Contains(t, page, `<p class="none">Nobody did.</p>`, "nobody denied anything")
	assert.Contains(t, page, "documents without a date")
}

func TestTop(t *testing.T) {
	text := "Oslo condemned Lima. Oslo condemned Lima. Rome condemned Peru. Bern condemned Cuba."
	_, page, _, err := made(t, t.Context(), "-top", "1", folder(t, map[string]string{"a.txt": text}))
	require.NoError(t, err)
	assert.Contains(t, page, "2, condemnation: Norway → Peru")
	assert.Contains(t, page, "1, condemnation: other → Peru")
	assert.Contains(t, page, "1, condemnation: other → other")
	assert.NotContains(t, page, "Switzerland")
}

func TestOwnActors(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.txt":  "The Pruners condemned Chile.",
		"a.yaml": "kind: group\nactors:\n  - {id: PRUNERS, name: Guild of Pruners, names: [Pruners]}",
		"b.yaml": "kind: gang",
	})
	got, _, _, err := made(t, t.Context(), "-actors", filepath.Join(dir, "a.yaml"), filepath.Join(dir, "a.txt"))
	require.NoError(t, err)
	assert.Contains(t, got, ",PRUNERS,Chile,CHL,")
	_, _, _, err = made2(t, "-actors", filepath.Join(dir, "b.yaml"), dir)
	assert.ErrorContains(t, err, "b.yaml:1:7: one of state")
}

// made2 is made for commands that say something on standard error.
func made2(t *testing.T, args ...string) (csvText, page, stderr string, err error) {
	t.Helper()
	t.Chdir(t.TempDir())
	var out bytes.Buffer
	err = run(t.Context(), args, io.Discard, &out)
	_, statErr := os.Stat("matrix.csv")
	assert.ErrorIs(t, statErr, os.ErrNotExist, "nothing is written")
	return "", "", out.String(), err
}

func TestUsage(t *testing.T) {
	_, _, stderr, err := made2(t, "-x")
	assert.Error(t, err)
	assert.Contains(t, stderr, "usage: matrix")
	_, _, stderr, err = made2(t, "-h")
	assert.NoError(t, err)
	assert.Contains(t, stderr, "usage: matrix")
	_, _, _, err = made2(t, "-top", "0")
	assert.EqualError(t, err, "-top 0: a number above 0 is expected")
}

func TestNothingToRead(t *testing.T) {
	dir := folder(t, map[string]string{".hidden.txt": "Oslo condemned Lima.", ".git/a.txt": "Oslo condemned Lima.", "a.pdf": "x"})
	_, _, _, err := made2(t, dir)
	assert.EqualError(t, err, dir+": no files *.txt or *.jsonl in this folder\nnothing to read: no files *.txt or *.jsonl")
	_, _, _, err = made2(t, filepath.Join(dir, "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// What can be read is written, and the error names the rest.
func TestUnreadable(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.txt":   "Oslo condemned Lima.",
		"b.jsonl": `{"text":"Rome condemned Lima."}` + "\n" + `{"txt":1}` + "\n",
		"c.jsonl": `{"text":"It rained.","date":"yesterday"}`,
		"d.jsonl": `{`,
		"sub/x":   "",
	})
	require.NoError(t, os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "e.txt")))
	got, page, _, err := made(t, t.Context(), dir, filepath.Join(dir, "missing"))
	require.Error(t, err)
	for _, want := range []string{
		"b.jsonl:2: the object has no \"text\"", "c.jsonl:1: the date \"yesterday\" is not like 2024-03-18",
		"d.jsonl:1: unexpected end of JSON input", "e.txt: is a directory", "missing: no such file or directory",
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.Contains(t, got, "Oslo,NOR,Lima,PER")
	assert.Contains(t, got, "Rome,ITA,Lima,PER", "the lines before the bad one")
	assert.Contains(t, page, "Not all was read: 4 of 5 files could not be read to their ends.")
}

// An expiring context is cancelled once it has been asked n times.
type expiring struct {
	context.Context
	n int
}

func (e *expiring) Err() error {
	if e.n--; e.n < 0 {
		return context.Canceled
	}
	return nil
}

func TestInterrupt(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Oslo condemned Lima.", "b.txt": "Rome condemned Lima.", "c.txt": "Bern condemned Lima."})
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupted by a test"))
	got, page, _, err := made(t, &expiring{ctx, 3}, dir) // once a sentence and once a file: in b.txt
	assert.EqualError(t, err, "stopped after 1 of 3 files: interrupted by a test")
	assert.Contains(t, got, "Oslo condemned Lima.")
	assert.NotContains(t, got, "Bern")
	assert.Contains(t, page, "Not all was read: stopped after 1 of 3 files: interrupted by a test.")
	assertInert(t, page)
	rows, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	require.NoError(t, err)
	assert.Len(t, rows, 3, "heading, a.txt, and what was read of b.txt")
}

func TestUnwritable(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Oslo condemned Lima."})
	err := run(t.Context(), []string{"-csv", filepath.Join(dir, "none", "m.csv"), "-html", "", dir}, io.Discard, io.Discard)
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, "m.csv")
}
