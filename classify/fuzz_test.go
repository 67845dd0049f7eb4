package classify_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/demarche/demarche/classify"
)

// hostileSeeds are texts in which something has a chance to go wrong.
var hostileSeeds = []string{
	"", " ", "\x00", "\xff\xfe", "\ufeffOslo abstained.", sample,
	"“", "Q\n\nMS. X:", "MS. X: Q: A:\nQ ", "Q \u00a0", "É:", "THE PRESIDENT: We condemn it.\r\n\r\nQ\tDo you?",
	"He did not—not—deny (it).\r\n\r\n'We' won't!", "We con- condemn — we condemn — the the raid.",
	"“We deny it,” the mayor said. “We condemn it.\n\n“And we warn them.”", "Oslo\u2028abstained.\u2029Rome\u0085did not.",
	"O\u0308slo conde\u00admned the ra\u200bid \u202eand denied it\u202c.", "奥斯陆谴责。Осло осудил налёт. أدانت أوسلو الغارة.",
	"<p>Oslo <b>condemned</b> the&nbsp;raid</p>", "* **Oslo** [condemned](http://x.y/z?a=b#c) _the_ raid\n* > and\n\n---\n| a | b |",
	"Oslo condemned, denounced, denied, warned, abstained and refused to condemn, deny, warn or abstain.",
	"If not for the U.S.'s, St. Mary's and Mr. O'Neil's condemnation, would we've denied it?!?! (No...)",
}

// twins are two classifiers that are built apart, so that nothing depends on
// how a map happens to be ordered. They have a label of their own.
var twins = sync.OnceValue(func() (c [2]*classify.Classifier) {
	for i := range c {
		lex, err := classify.ReadLexicon(strings.NewReader("label: apology\ncues:\n- {id: a, match: [\"(sorry|be ..2 sorry)\", apologise/v]}\n"), "apology.yaml")
		if err == nil {
			c[i], err = classify.New(classify.WithLexicon(lex))
		}
		if err != nil {
			panic(err)
		}
	}
	return c
})

// same fails unless two readings of a text are the same, byte for byte.
func same(t *testing.T, what, text string, a, b []classify.Result) {
	t.Helper()
	if x, y := encode(t, a), encode(t, b); !bytes.Equal(x, y) {
		t.Fatalf("%s differs on %q:\n%s\n%s", what, text, x, y)
	}
}

func FuzzSentence(f *testing.F) {
	for _, s := range hostileSeeds {
		f.Add(s)
	}
	c := twins() // before the time of one input is taken
	f.Fuzz(func(t *testing.T, text string) {
		r := c[0].Sentence(text)
		checkResult(t, text, r)
		if !strings.HasPrefix(text, r.Text) || !r.Cut && r.Text != text || r.Cut && len(text) <= 4<<10 {
			t.Fatalf("of %d bytes %d were read, cut %v", len(text), len(r.Text), r.Cut)
		}
		same(t, "another classifier", text, []classify.Result{r}, []classify.Result{c[1].Sentence(strings.Clone(text))})
		e := c[0].Explain(text)
		same(t, "Explain", text, []classify.Result{r}, []classify.Result{e.Result})
	})
}

func FuzzDocument(f *testing.F) {
	for _, s := range hostileSeeds {
		f.Add(s)
	}
	c := twins() // before the time of one input is taken
	f.Fuzz(func(t *testing.T, text string) {
		results := slices.Collect(c[0].Document(text))
		checkResults(t, text, results)
		same(t, "another classifier", text, results, slices.Collect(c[1].Document(strings.Clone(text))))
		for n, r := range results { // stopping early changes nothing
			i := 0
			for first := range c[0].Document(text) {
				if i == n {
					same(t, "a second pass", text, []classify.Result{r}, []classify.Result{first})
					break
				}
				i++
			}
			if n == 3 {
				break
			}
		}
	})
}

// tight has limits that small inputs reach.
var tight = sync.OnceValue(func() *classify.Classifier {
	c, err := classify.New(classify.WithTextLimits(classify.TextLimits{Sentence: 60, Paragraph: 200, Acts: 2}))
	if err != nil {
		panic(err)
	}
	return c
})

// A stream gives the results of the whole text, however it is cut.
func FuzzReader(f *testing.F) {
	for i, s := range hostileSeeds {
		f.Add(s, uint64(i))
		f.Add(strings.Repeat(s+"\n", 12), uint64(i))
	}
	both := []*classify.Classifier{twins()[0], tight()}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		for _, c := range both {
			want := slices.Collect(c.Document(text))
			checkResults(t, text, want)
			chunks := &chunked{text: text, rng: rand.New(rand.NewPCG(seed, 1))}
			same(t, "Reader", text, want, collect(t, c, chunks))
		}
	})
}

// chunked reads a text in pieces of random sizes, most of them short, none at
// all now and then, and gives the end with the last one or after it.
type chunked struct {
	text string
	rng  *rand.Rand
}

func (c *chunked) Read(p []byte) (int, error) {
	n := c.rng.IntN(1 + min(len(p), 1<<c.rng.IntN(12)))
	n = copy(p[:n], c.text)
	c.text = c.text[n:]
	if c.text == "" && (n == 0 || c.rng.IntN(2) == 0) {
		return n, io.EOF
	}
	return n, nil
}

// The pattern grammar takes a pattern or says what is wrong with it, and where;
// what it takes can be matched against anything.
func FuzzPattern(f *testing.F) {
	for _, s := range []string{
		"", "condemn", "=condemned", "==US", "attack/vn", "(a|b c)", "x?", "(a b)?", "a ..4 b", "@verb ..20 @name/v",
		"^ no, it be/v not $", "a|b", "((", ")", "..", "..21", "@", "/v", "a/", "a/z", "=?", "a ?", "(|)", "\xff", "é\u0301", "won't",
		strings.Repeat("(", 20) + "a" + strings.Repeat(")", 20), strings.Repeat("(a|b) ", 40), "(a|b)? (c|d)? ..3 (e f|g)",
	} {
		f.Add(s, "Oslo condemned the raid, a b c d e f g.")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		lex := &classify.Lexicon{Name: "fuzz", Cues: []classify.Cue{{
			ID: "x", Match: []string{pattern}, Label: "x", Weight: 1,
		}}}
		c, err := classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex))
		if (err == nil) != (lex.Validate() == nil) {
			t.Fatalf("New says %v, Validate %v", err, lex.Validate())
		}
		if err != nil {
			if c != nil || err.Error() == "" {
				t.Fatalf("%v with %v", c, err)
			}
			return
		}
		checkResults(t, text, slices.Collect(c.Document(text)))
		r := c.Sentence(text)
		checkResult(t, text, r)
		again := c.Sentence(text)
		same(t, "a second pass", text, []classify.Result{r}, []classify.Result{again})
	})
}

// A lexicon file is read or refused with the places of all mistakes; what is
// read can be written and read again.
func FuzzLexicon(f *testing.F) {
	for _, s := range []string{
		apology, "classes: {a: ['@b'], b: ['@a']}", "", "{}", "cues: 5", "label: x\ncues:\n- {id: a, match: [b, \"(c|d)\"], weight: 0.5}\n", "a: &x [*x]", "- - - -", "\xff", "\"", "cues: [{}]",
		"lexicon: {name: n, version: \"1\"}\nlabel: x\ndefaults: {frame: noun, weight: 0.7}\nclasses:\n  k: [a, b]\ncues:\n- id: c\n  match: [\"@k d\"]\n  target: [to, object]\n  immune: future\n",
		"modifiers:\n- {id: m, match: [not], category: negated, direction: both, limit: 3, except: [x]}\nblockers:\n- {id: b, match: [a b], labels: [x]}\npseudo:\n- {id: p, match: [not only]}\nterminators:\n- {id: t, match: [but]}\n",
		"remove: [a]\nweights: {b: 1}\nthresholds: {x: 0.3}\nextend: {k: [c]}\n", "cues:\n- match: [\"(\"]\n- match: 7\n- weight: 2\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := classify.Limits{Bytes: 20_000, Values: 2_000}
		lex, err := limits.ReadLexicon(bytes.NewReader(data), "fuzz.yaml")
		if err != nil {
			if lex != nil {
				t.Fatalf("a lexicon and an error: %v", err)
			}
			for _, e := range classify.LexiconErrors(err) {
				if e.File != "fuzz.yaml" || e.Msg == "" || e.Line < 0 || e.Line > len(data)+1 {
					t.Fatalf("%+v", e)
				}
			}
			return
		}
		var first, second bytes.Buffer
		if err := lex.WriteYAML(&first); err != nil {
			t.Fatal(err)
		}
		back, err := classify.ReadLexicon(bytes.NewReader(first.Bytes()), "fuzz.yaml")
		if err != nil {
			t.Fatalf("%v, of\n%s\nwritten for\n%s", err, &first, data)
		}
		if err := back.WriteYAML(&second); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("written\n%s\nand again\n%s", &first, &second)
		}
		c, err := classify.New(classify.WithoutBuiltin(), classify.WithLexicon(lex))
		if (err == nil) != (c != nil) {
			t.Fatalf("%v with %v", c, err)
		}
		if c != nil {
			checkResults(t, sample, slices.Collect(c.Document(sample)))
		}
	})
}
