package classify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// turnName is what may stand between two sentences: whose turn it is in a
// transcript, which is the speaker of what follows, if anything does.
var turnName = regexp.MustCompile(`^((Q|[^:]{1,60}:)[:\s\v\x{85}\x{a0}\x{2028}\x{2029}\x{200b}\x{feff}]*)+$`)

// checkResults tests what must hold of the results of any text whatever.
func checkResults(t testing.TB, text string, results []classify.Result) {
	t.Helper()
	end := 0
	for _, r := range results {
		checkResult(t, text, r)
		if r.Span.Start < end {
			t.Fatalf("sentence %+v begins before %d, the end of the one before it", r.Span, end)
		}
		checkGap(t, text[end:r.Span.Start])
		end = r.Span.End
	}
	checkGap(t, text[end:])
}

// checkGap tests what stands between two sentences.
func checkGap(t testing.TB, gap string) {
	t.Helper()
	if gap = strings.TrimFunc(gap, isSpace); gap != "" && !turnName.MatchString(gap) {
		t.Fatalf("%q is in no sentence", gap)
	}
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// checkResult tests what must hold of each result.
func checkResult(t testing.TB, text string, r classify.Result) {
	t.Helper()
	valid := utf8.ValidString(text)
	span := func(what string, s classify.Span) {
		t.Helper()
		if s.Start < 0 || s.End > len(text) || s.Start > s.End || text[s.Start:s.End] != s.Text {
			t.Fatalf("%s %+v is not in the text", what, s)
		}
		if valid && !utf8.ValidString(s.Text) {
			t.Fatalf("%s %+v cuts a character", what, s)
		}
		if s.Start == s.End && !s.IsZero() {
			t.Fatalf("%s %+v is empty", what, s)
		}
	}
	inside := func(what string, s classify.Span) {
		t.Helper()
		span(what, s)
		if s.Start < r.Span.Start || s.End > r.Span.End || s.IsZero() {
			t.Fatalf("%s %+v is not in the sentence %+v", what, s, r.Span)
		}
	}
	several := func(what string, first classify.Span, all []classify.Span) {
		t.Helper()
		span(what, first)
		for _, s := range all {
			span(what, s)
			if s.IsZero() {
				t.Fatalf("an empty %s among %+v", what, all)
			}
		}
		if len(all) == 1 || len(all) > 1 && all[0] != first {
			t.Fatalf("%s %+v is not the first of several %+v", what, first, all)
		}
	}
	if r.Text != r.Span.Text {
		t.Fatalf("text %q of %+v", r.Text, r.Span)
	}
	span("sentence", r.Span)
	span("speaker", r.Speaker)
	seen := map[classify.Label]bool{}
	last := -1
	for _, a := range r.Acts {
		inside("cue", a.Cue)
		several("source", a.Source, a.Sources)
		several("target", a.Target, a.Targets)
		if !(a.Score > 0 && a.Score <= 1) || a.Label == "" || seen[a.Label] || a.Cue.Start < last {
			t.Fatalf("act %+v", a)
		}
		if len(a.Rules) == 0 || slices.Contains(a.Rules, "") {
			t.Fatalf("act without rules: %+v", a)
		}
		seen[a.Label], last = true, a.Cue.Start
	}
	clear(seen)
	last = -1
	for _, m := range r.Mentions {
		inside("cue", m.Cue)
		several("source", m.Source, m.Sources)
		several("target", m.Target, m.Targets)
		if m.Reason == "" || m.Label == "" || seen[m.Label] || m.Cue.Start < last {
			t.Fatalf("mention %+v", m)
		}
		if len(m.Rules) == 0 || slices.Contains(m.Rules, "") {
			t.Fatalf("mention without rules: %+v", m)
		}
		seen[m.Label], last = true, m.Cue.Start
	}
	data := encode(t, []classify.Result{r})
	if !utf8.Valid(data) || bytes.ContainsAny(data, "\x00") {
		t.Fatalf("JSON %q", data)
	}
	var back []classify.Result
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("JSON %q: %v", data, err)
	}
	if again := encode(t, back); valid && !bytes.Equal(data, again) {
		t.Fatalf("JSON %s\nread and written again %s", data, again)
	}
}

// encode gives the bytes that must be the same each time.
func encode(t testing.TB, results []classify.Result) []byte {
	t.Helper()
	data, err := json.Marshal(results)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// collect reads all of a stream.
func collect(t testing.TB, c *classify.Classifier, r io.Reader) []classify.Result {
	t.Helper()
	var all []classify.Result
	for res, err := range c.Reader(context.Background(), r) {
		require.NoError(t, err)
		all = append(all, res)
	}
	return all
}
