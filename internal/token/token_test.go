package token

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// words gives the lookup forms of all tokens.
func words(sentence string) []string {
	var out []string
	for _, t := range Append(nil, sentence, false) {
		out = append(out, string(AppendLower(nil, sentence, &t)))
	}
	return out
}

func TestWords(t *testing.T) {
	for sentence, want := range map[string]string{
		"Oslo condemned the raid.":        "oslo condemned the raid .",
		"We won't, can't and cannot.":     "we will not , can not and can not .",
		"It's theirs; they'd said so":     "it is theirs ; they would said so",
		"Peru’s envoy isn’t here":         "peru 's envoy is not here",
		"the states' rights":              "the states 's rights",
		"U.S. and a.m. and 4.5 and 1,000": "u.s. and a.m. and 4.5 and 1,000",
		"“[h]ad Oslo known”":              "had oslo known",
		"cease-fire — or not":             "cease-fire — or not",
		"said fo- — falsely":              "said fo — falsely",
		"O’Brien left":                    "o'brien left",
		"gonna":                           "going to",
		"let's go":                        "let us go",
		"AT&T's deal":                     "at&t 's deal",
		"see x.org, ok?":                  "see x.org , ok ?",
		"well -- no":                      "well -- no",
		"#stop @who":                      "stop who",
		"a\u200bb c":                      "ab c",
	} {
		assert.Equal(t, strings.Fields(want), words(sentence), sentence)
	}
}

func TestFlags(t *testing.T) {
	const sentence = `The "big LIE" ended, 'as they say', said Ana's aide.`
	flags := map[string]Flag{}
	for _, tok := range Append(nil, sentence, false) {
		flags[sentence[tok.Start:tok.End]] = tok.Flags
	}
	assert.Equal(t, InQuote|QuoteBefore, flags["big"])
	assert.Equal(t, InQuote|QuoteAfter|AllCaps|Capital, flags["LIE"])
	assert.Equal(t, InQuote|QuoteBefore, flags["as"])
	assert.Equal(t, Possessive|Clitic, flags["'s"])
	assert.Equal(t, Capital, flags["The"])
	assert.Zero(t, flags["ended"])
}

func TestQuotedFromTheStart(t *testing.T) {
	toks := Append(nil, "it is over,” he said", true)
	assert.True(t, toks[0].Has(InQuote))
	assert.False(t, toks[len(toks)-1].Has(InQuote))
}

func FuzzAppend(f *testing.F) {
	for _, s := range []string{"", "a", "don't", "“[h]ad”", "'", "a'b'c'", "U.S.", "--", "\xff\xfe", "x\x00y", "é’s", "[a", "wo-", "’’’", "a—b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := int32(0)
		for _, tok := range Append(nil, s, false) {
			if tok.Start < end || tok.End <= tok.Start || int(tok.End) > len(s) {
				t.Fatalf("token %+v after %d in %q", tok, end, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[tok.Start:tok.End]) {
				t.Fatalf("token %+v cuts a character of %q", tok, s)
			}
			end = tok.End
			AppendLower(nil, s, &tok)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	sentence := strings.Repeat("The minister said Peru's envoys weren't told of the plan. ", 20)
	var toks []Token
	b.SetBytes(int64(len(sentence)))
	b.ReportAllocs()
	for b.Loop() {
		toks = Append(toks[:0], sentence, false)
	}
}

// TestLowerCase counts the lower-case letters before each byte that is none.
func TestLowerCase(t *testing.T) {
	for c := range 256 {
		for at := range 8 {
			s := []byte("azmazmaz")
			s[at] = byte(c)
			want := at
			if 'a' <= c && c <= 'z' {
				want = 8
			}
			assert.Equal(t, want, lowerCase(string(s)), "%q", s)
			s[7] = 0xff // one that comes later changes nothing
			assert.Equal(t, min(want, 7), lowerCase(string(s)), "%q", s)
		}
	}
}
