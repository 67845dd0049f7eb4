package classify_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// ordinary is text as it comes, of about n bytes.
func ordinary(n int) string {
	var b strings.Builder
	for b.Len() < n {
		for i, s := range corpus.Written() {
			b.WriteString(s.Text)
			b.WriteString([]string{" ", " ", "\n\n"}[i%3])
		}
	}
	return b.String()[:n]
}

// growing gives each text by its size: ordinary ones and those of hostile.
func growing() map[string]func(n int) string {
	texts := map[string]func(n int) string{
		"ordinary":          ordinary,
		"one line":          func(n int) string { return strings.ReplaceAll(ordinary(n), "\n", " ") },
		"one name":          func(n int) string { return strings.Repeat("Paris condemned the raid. ", n/26) },
		"no stops":          func(n int) string { return strings.NewReplacer(".", "", "?", "", "!", "").Replace(ordinary(n)) },
		"no spaces at all":  func(n int) string { return strings.Join(strings.Fields(ordinary(n)), "") },
		"brackets, closed":  func(n int) string { return strings.Repeat("(", n/2) + strings.Repeat(")", n/2) },
		"quotation, closed": func(n int) string { return strings.Repeat("“a ", n/10) + strings.Repeat("a” ", n/10) },
	}
	for name, unit := range hostile {
		texts[name] = func(n int) string { return strings.Repeat(unit, n/len(unit)) }
	}
	return texts
}

// BenchmarkGrowth reads texts of doubling size. x-before is the time in
// proportion to that for half the text: 2 is linear, 4 the square.
func BenchmarkGrowth(b *testing.B) {
	c := classify.Default()
	texts := growing()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		var before time.Duration
		for n := 32 << 10; n <= 256<<10; n *= 2 {
			text := texts[name](n)
			b.Run(fmt.Sprintf("%s/%dKiB", strings.ReplaceAll(name, " ", "-"), n>>10), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					for range c.Document(text) {
					}
				}
				each := b.Elapsed() / time.Duration(b.N)
				if before > 0 {
					b.ReportMetric(float64(each)/float64(before), "x-before")
				}
				before = each
			})
		}
	}
}

// BenchmarkParallel reads ordinary text with as many goroutines as there are
// cores: compare -cpu 1,2,4.
func BenchmarkParallel(b *testing.B) {
	c := classify.Default()
	text := ordinary(64 << 10)
	b.SetBytes(int64(len(text)))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			for range c.Document(text) {
			}
		}
	})
}

// Time is linear in the text, whatever it is. Four times the text takes four
// times as long, give or take what else the machine does; the square would be
// sixteen times.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	runtime.LockOSThread() // whose time is taken
	defer runtime.UnlockOSThread()
	const most = 9 // half way from 4 to 16 is 8
	c := classify.Default()
	for name, text := range growing() {
		// Large enough that what is remembered of a text, and the longest
		// sentence, are as large as they get; less where that takes long.
		n := 64 << 10
		if quarter := text(n / 4); min(reading(c, quarter), reading(c, quarter), reading(c, quarter)) > 50*time.Millisecond {
			n /= 4
		}
		if ratio := fourfold(c, text, n, most); ratio > most {
			t.Errorf("%s: four times the text takes %.1f times as long", name, ratio)
		}
	}
	// and so it is within a sentence
	c, err := classify.New(classify.WithTextLimits(classify.TextLimits{Sentence: 1 << 20, Paragraph: 1 << 20}))
	require.NoError(t, err)
	for _, unit := range endless {
		text := func(n int) string { return strings.Repeat(unit, n/len(unit)) }
		if ratio := fourfold(c, text, 16<<10, most); ratio > most {
			t.Errorf("a sentence of %q: four times the text takes %.1f times as long", unit, ratio)
		}
	}
}

// endless are words that make long sentences with very many cues, modifiers or
// clauses in them.
var endless = []string{
	"deny ", "deny, ", "“deny” ", "never deny ", "warn ", "condemned ", "outrageous ", "brutal and ", "if he will attack ",
	"if you attack we will strike ", "who said that he denied that ", "had we known we would have ", "and warned he ",
	"UN — ", "Ada Roe, ", "the minister's ", "deny of ", "neither side nor ", "refused to condemn ", "a lie, a lie and ",
	"denies condemning warning of neutral ", "that the ", "its ", "not to deny not to ", "called it a lie and ",
}

// reading is the time that it takes to read a text.
func reading(c *classify.Classifier, text string) time.Duration {
	start := cpuTime()
	for range c.Document(text) {
	}
	return cpuTime() - start
}

// fourfold returns how many times as long it takes to read four times the text
// of n bytes. What looks like more than most is measured again.
func fourfold(c *classify.Classifier, text func(n int) string, n int, most float64) (ratio float64) {
	small, large := text(n), text(4*n)
	before, after := time.Hour, time.Hour // the best times
	for try := 0; try < 6; try++ {
		before, after = min(before, reading(c, small)), min(after, reading(c, large))
		if ratio = float64(after) / float64(max(before, 100*time.Microsecond)); ratio <= most {
			break
		}
	}
	return ratio
}
