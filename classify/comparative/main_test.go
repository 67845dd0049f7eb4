package main

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

var textFlag = flag.String("text", "", "file to read instead of the made-up text: go test -bench . -args -text FILE")

// BenchmarkPeers gives the speed of each and how many times faster or slower
// than the bare splitting into words it is.
func BenchmarkPeers(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	text, err := loadText(*textFlag)
	require.NoError(b, err)
	var yardstick float64 // bytes a second
	for i, p := range peers {
		b.Run(p.name, func(b *testing.B) {
			read := p.prepare(text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				read()
			}
			speed := float64(b.N*len(text)) / b.Elapsed().Seconds()
			if i == 0 {
				yardstick = speed
			}
			if yardstick > 0 {
				b.ReportMetric(speed/yardstick, "x-words")
			}
		})
	}
}

// The text that is measured is ordinary: there are acts of each label in it, but
// not in most sentences. It is the same each time, and not one paragraph over
// and over.
func TestText(t *testing.T) {
	text := madeUpText(200_000)
	assert.Equal(t, text, madeUpText(200_000))
	assert.NotContains(t, text, "{")
	sentences, acts := 0, map[classify.Label]int{}
	with := 0
	distinct := map[string]bool{}
	for r := range classify.Default().Document(text) {
		sentences++
		distinct[r.Text] = true
		if len(r.Acts) > 0 {
			with++
		}
		for _, l := range r.Labels() {
			acts[l]++
		}
	}
	for _, l := range []classify.Label{classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality} {
		assert.Positive(t, acts[l], l)
	}
	assert.Less(t, with*8, sentences)
	assert.Greater(t, len(distinct)*2, sentences)
}

func TestPeersReadTheText(t *testing.T) {
	text := madeUpText(20_000)
	for _, p := range peers {
		assert.Positive(t, p.prepare(text)(), p.name)
	}
}

func TestTable(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out, "", 1, time.Millisecond))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 4+len(peers), out.String())
	for _, l := range lines[2:] {
		assert.Equal(t, 6, strings.Count(l, "|"), l)
	}
	assert.Contains(t, out.String(), "| **Demarche** |")

	out.Reset()
	speeds := make([]float64, len(peers))
	for i := range speeds {
		speeds[i] = float64(len(peers)-i) * 10e6
	}
	require.NoError(t, writeTable(&out, speeds))
	n := float64(len(peers))
	assert.Contains(t, out.String(), fmt.Sprintf("| %.3g | 1 | %.3g times as fast |", n*10, (n-1)/n))
	assert.Contains(t, out.String(), fmt.Sprintf("| %.3g | %.2g | 1 times as fast |", (n-1)*10, (n-1)/n))

	assert.Error(t, run(&out, "no such file", 1, 0))
}
