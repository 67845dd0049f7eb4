package segment

import (
	"fmt"
	"strings"
	"testing"
)

// news returns about n bytes of made-up news.
func news(n int) string {
	const story = "The foreign ministry of the island said on Tuesday that it had summoned the ambassador of its larger " +
		"neighbour to protest against new tariffs on timber and fish. “We regret this step, and we shall answer it in " +
		"kind,” said Ana Lindqvist, a spokeswoman. “It’s a mistake that will hurt both sides.”\n\n" +
		"Mr. Ortega, who was in the U.S. last week, denied that the tariffs — which took effect on Jan. 6 — were aimed " +
		"at any one country. Asked whether talks would go on, he said: “Why not? Nobody wants a quarrel.” He leaves " +
		"for the capital at 5 p.m. Monday.\n\n"
	return strings.Repeat(story, n/len(story)+1)[:n]
}

func benchmark(b *testing.B, text string, limit int) {
	dst := make([]Sentence, 0, len(text)/2+1)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		quoted := false
		for p := range Paragraphs(text) {
			dst = AppendSentences(dst[:0], text, p, limit, quoted)
			quoted = dst[len(dst)-1].QuotedEnd
		}
	}
}

func BenchmarkOrdinary(b *testing.B) {
	benchmark(b, news(1<<20), 4096)
}

func BenchmarkParagraphs(b *testing.B) {
	text := news(1 << 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for range Paragraphs(text) {
		}
	}
}

// hostile lists what is repeated to make inputs at which a careless splitter takes quadratic time. The speed, in MB/s,
// has to be the same at every size.
var hostile = map[string]string{
	"letters":       "a",
	"capitals":      "A",
	"words":         "word ",
	"dots":          ".",
	"spaced dots":   ". ",
	"marks":         "?!",
	"open quotes":   "“",
	"singles":       "‘a ",
	"straight":      "'a ",
	"apostrophes":   "’",
	"double":        "\"",
	"spaced double": " \" ",
	"brackets":      "(",
	"stops in ()":   ".) (A",
	"remarks":       "(A.) ",
	"remark open":   ". (",
	"spaces":        ". " + "          ",
	"newlines":      "a\n",
	"blank":         "\n \n",
	"initials":      "A. ",
	"dotted":        "U.S.",
	"questions":     "?” A ",
	"notes":         ".[1]",
	"hyphens":       "a-",
	"continuation":  "\x80",
	"lead":          "\xe2",
	"CJK":           "。",
	"clock":         "5 p.m. Big ",
}

func BenchmarkHostile(b *testing.B) {
	for name, unit := range hostile {
		for size := 1 << 16; size <= 1<<20; size *= 4 {
			text := strings.Repeat(unit, size/len(unit))
			for _, limit := range []int{0, 4096} {
				b.Run(fmt.Sprintf("%s/limit=%d/%dKB", name, limit, size>>10), func(b *testing.B) { benchmark(b, text, limit) })
			}
		}
	}
}
