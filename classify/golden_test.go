package classify_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// The results for the project's own sentences are what testdata/golden.txt
// says, to the last detail. A change of them is a decision:
//
//	go test ./classify -run TestGolden -update
func TestGolden(t *testing.T) {
	var got []string
	for _, s := range corpus.Written() {
		got = append(got, golden(s.ID, classify.Default().Sentence(s.Text)))
	}
	for _, d := range corpus.Texts() {
		for r := range classify.Default().Document(d.Reading()) {
			got = append(got, golden(fmt.Sprintf("%s:%d", d.ID, r.Span.Start), r))
		}
	}
	const file = "testdata/golden.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(strings.Join(got, "")), 0o644))
	}
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	want := strings.SplitAfter(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	shown := 0
	for i := range max(len(got), len(want)-1) {
		if i < len(got) && i < len(want)-1 && got[i] == want[i] {
			continue
		}
		if shown++; shown > 20 {
			continue
		}
		if i < len(want)-1 {
			t.Errorf("- %s", want[i])
		}
		if i < len(got) {
			t.Errorf("+ %s", got[i])
		}
	}
	assert.Zero(t, shown, "results that have changed: if they should, run go test ./classify -run TestGolden -update")
	assert.Greater(t, len(got), 300)
}

// golden is a result on one line.
func golden(id string, r classify.Result) string {
	var b strings.Builder
	fmt.Fprint(&b, id)
	if !r.Speaker.IsZero() {
		fmt.Fprintf(&b, " | %q speaks", r.Speaker.Text)
	}
	for _, a := range r.Acts {
		fmt.Fprintf(&b, " | %s %.3f %q", a.Label, a.Score, a.Cue.Text)
		parties(&b, a.Source, a.Sources, a.Target, a.Targets)
		fmt.Fprintf(&b, " by %s", strings.Join(a.Rules, " "))
	}
	for _, m := range r.Mentions {
		fmt.Fprintf(&b, " | no %s, %s %q", m.Label, m.Reason, m.Cue.Text)
		parties(&b, m.Source, m.Sources, m.Target, m.Targets)
		fmt.Fprintf(&b, " by %s", strings.Join(m.Rules, " "))
	}
	b.WriteByte('\n')
	return b.String()
}

func parties(b *strings.Builder, source classify.Span, sources []classify.Span, target classify.Span, targets []classify.Span) {
	for _, p := range []struct {
		what  string
		first classify.Span
		all   []classify.Span
	}{{"source", source, sources}, {"target", target, targets}} {
		if len(p.all) == 0 && !p.first.IsZero() {
			p.all = []classify.Span{p.first}
		}
		for _, s := range p.all {
			fmt.Fprintf(b, ", %s %q", p.what, s.Text)
		}
	}
}
