package segment

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"", " ", ".", "“", "One. Two.\n\nThree.", "“We refuse.\r\n\r\n“We do,” he said. (Applause.) Yes.", "a\u2028b\u2029c\fd",
		"Mr. X met Gen. Y at 5 p.m. Monday in the U.S. The end.", "‘A’ 'b' \"c\" ``d'' «e» „f“ 「g」", "これは。次は！",
		". . . ... [Note, 1/2/03] [1] (a) 1. b", "x\xff.\xe2 Y\xe2\x80. “\xc2", "- a\n- b\nQ c\nMS. D: e", "a b c d e f g",
		"Stop.Then go. “Why?” Ivo Brandt asked. al-Nusra left.", "’’’ ''' .’.’. (((( )))) !?!?", ". (!",
		"It rained!0c. “",
	} {
		f.Add(s, 8)
		f.Add(s, 0)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		valid := utf8.ValidString(text)
		last := 0
		quoted := false
		covered := func(from, to int) {
			t.Helper()
			if skipSpace(text[:to], from) != to {
				t.Fatalf("%q is left out of %q", text[from:to], text)
			}
		}
		for p := range Paragraphs(text) {
			if p.Start < last || p.End <= p.Start || p.End > len(text) {
				t.Fatalf("paragraph %v after %d of %d", p, last, len(text))
			}
			covered(last, p.Start)
			at := p.Start
			got := AppendSentences(nil, text, p, limit, quoted)
			if len(got) == 0 {
				t.Fatalf("no sentence in %q", text[p.Start:p.End])
			}
			for i, s := range got {
				if s.Start < at || s.End <= s.Start || s.End > p.End {
					t.Fatalf("sentence %v after %d in %v of %q", s, at, p, text)
				}
				covered(at, s.Start)
				if valid && !utf8.ValidString(text[s.Start:s.End]) {
					t.Fatalf("sentence %v of %q cuts a character", s, text)
				}
				if limit >= utf8.UTFMax && s.End-s.Start > limit {
					t.Fatalf("sentence %v is longer than %d", s, limit)
				}
				if s.Cut && (limit <= 0 || i == len(got)-1) {
					t.Fatalf("sentence %v of %q is marked as cut", s, text)
				}
				at = s.End
			}
			covered(at, p.End)
			if !slices.Equal(got, AppendSentences(nil, strings.Clone(text), p, limit, quoted)) {
				t.Fatalf("not the same twice: %q", text)
			}
			quoted = got[len(got)-1].QuotedEnd
			last = p.End
		}
		covered(last, len(text))
	})
}
