package classify_test

import (
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// TestStrangeText says what is promised for text that is no clean English.
func TestStrangeText(t *testing.T) {
	type act struct{ source, cue, target string }
	condemned := []act{{"Oslo", "condemned", "the raid"}}
	for _, c := range []struct {
		promise, text string
		want          []act // of condemnation, in the whole text
	}{
		{"invalid UTF-8 stays where it is and hides nothing around it", "\xffOslo \xfe condemned the raid.\xc3", condemned},
		{"a broken word is no word of the lexicon", "Oslo con\xffdemned the raid.", nil},
		{"NUL separates words, like other control characters", "Oslo\x00condemned\x00the\x01raid.", []act{{"Oslo", "condemned", "the\x01raid"}}},
		{"a byte order mark is no part of the sentence", "\ufeffOslo condemned the raid.", condemned},
		{"line ends of any system are the same", "It rained.\r\nOslo condemned\r\nthe raid.\rIt rained.", []act{{"Oslo", "condemned", "the raid"}}},
		{"spaces of any width are spaces", "Oslo\u00a0condemned\u2009the\u00a0raid.", []act{{"Oslo", "condemned", "the\u00a0raid"}}},
		{"zero-width space and soft hyphen within a word are passed over", "Oslo con\u200bdem\u00adned the raid.", []act{{"Oslo", "con\u200bdem\u00adned", "the raid"}}},
		{"bidirectional controls around words are passed over", "\u202eOslo\u202c \u2066condemned\u2069 the raid.", []act{{"Oslo\u202c", "condemned\u2069", "the raid"}}},
		{"combining marks belong to their letter", "O\u0301slo condemned the rai\u0301d.", []act{{"O\u0301slo", "condemned", "the rai\u0301d"}}},
		{"capitals are as good as small letters", "OSLO CONDEMNED THE RAID.", []act{{"OSLO", "CONDEMNED", "THE RAID"}}},
		{"symbols and pictures are no words", "Oslo condemned the raid.😀", condemned},
		{"other scripts hold no act", "奥斯陆谴责了这次袭击。 Осло осудило налёт! أدانت أوسلو الغارة؟", nil},
		{"and take none away", "Осло осудило налёт. Oslo condemned the raid. 奥斯陆谴责了这次袭击。", condemned},
		{"remains of markdown are passed over", "> **Oslo condemned the raid.**\n\n- Oslo condemned the raid.", append(slices.Clone(condemned), condemned...)},
		{"remains of HTML hide no cue", "<li>Oslo <b>condemned</b> the raid&hellip;</li>", []act{{cue: "condemned"}}},
		{"a quotation that never ends is no end of everything", "“It rained. ‘Oslo condemned the raid.", condemned},
		{"a bracket that never ends neither", "It rained (and [it {rained. Oslo condemned the raid.", condemned},
	} {
		var got []act
		results := slices.Collect(classify.Default().Document(c.text))
		checkResults(t, c.text, results)
		for _, r := range results {
			for _, a := range r.Acts {
				if a.Label != classify.Condemnation {
					continue
				}
				got = append(got, act{a.Source.Text, a.Cue.Text, a.Target.Text})
				if len(c.want) > 0 && c.want[0].source == "" { // only that it is there
					got[len(got)-1] = act{cue: a.Cue.Text}
				}
			}
		}
		assert.Equal(t, c.want, got, "%s: %q", c.promise, c.text)
	}
}

// hostile are pieces of text that, repeated without end, have a chance to cost
// more than they should.
var hostile = map[string]string{
	"no space": "condemn", "letters": "x", "spaces": " ", "wide spaces": "\u3000", "blank lines": "\n\n", "lines": "x\n", "CRLF": "Oslo said no.\r\n",
	"stops": ".", "stops and letters": "U.S.", "initials": "J. ", "questions": "?! ", "ellipses": "... ", "dashes": "—", "spaced dashes": "a - ", "commas": "deny,",
	"curly quotes": "“", "straight quotes": `"`, "apostrophes": "'", "pairs of quotes": "“a” ", "said": "“he said,” she said, ",
	"brackets": "((", "nested brackets": "([{", "closing brackets": ")]}", "short brackets": "(a) ",
	"words": "word ", "names": "Anna Berg, ", "names joined": "Anna Berg and ", "titles": "Mr. ", "capitals": "ANNA ", "turns": "Q A: ", "turn lines": "MS. BERG: No.\n",
	"cue": "condemn ", "cues": "condemned denied warned abstained ", "phrase begun": "will not hesitate ", "gaps": "issued a a a ", "acts": "Oslo condemned Rome, and ",
	"negators": "not ", "negated cues": "not condemn ", "conditions": "if he will attack ", "refusals": "refused to ", "requests": "urged Oslo to condemn ",
	"terminators": "but ", "pseudo-triggers": "not only ", "that": "said that he said that ", "repairs": "we — we ", "pronouns": "he denied it. She did too. ",
	"NUL": "\x00", "invalid": "\xff", "half a character": "\xe2\x80", "controls": "\u202e\u200b", "marks": "e\u0301", "endless marks": "\u0301", "Han": "谴责。", "Arabic": "أدانت ",
	"HTML": "<p class=\"a\">x</p>", "entities": "&amp;", "markdown": "**x** [y](z) ", "links": "https://a.b/c?d=e&f ", "digits": "1,000.5 ", "hyphens": "a-b-c-", "surnames": "Berg said. Berg ",
}

// Each of them is read like any text: nothing is lost, every span is right, and
// a stream gives the same.
func TestHostileText(t *testing.T) {
	c := classify.Default()
	for name, unit := range hostile {
		text := strings.Repeat(unit, 20_000/len(unit))
		results := slices.Collect(c.Document(text))
		checkResults(t, text, results)
		same(t, name, unit, results, collect(t, c, strings.NewReader(text)))
		r := c.Sentence(text)
		checkResult(t, text, r)
		assert.True(t, r.Cut, name)
		assert.LessOrEqual(t, len(r.Text), 8<<10, name)
	}
}

// repeated reads a unit over and over, up to n bytes.
type repeated struct {
	unit string
	at   int
	n    int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n <= 0 {
		return 0, io.EOF
	}
	total := 0
	for len(p) > 0 && r.n > 0 {
		k := copy(p[:min(len(p), r.n)], r.unit[r.at:])
		r.at = (r.at + k) % len(r.unit)
		p, r.n, total = p[k:], r.n-k, total+k
	}
	return total, nil
}

// A line of a hundred million bytes, with or without spaces, and a stream of
// many paragraphs are read in memory that does not grow: less than 8 MiB stay
// in use at any time. Everything that is cut is marked.
func TestReaderMemory(t *testing.T) {
	sizes := map[string]int{"x": 100_000_000, "word ": 1_000_000, "Anna Berg denied it. ": 400_000, "“He denied it,” Anna Berg said.\n\n": 400_000, "Anna Berg said no.\n": 400_000}
	c := classify.Default()
	c.Sentence("Oslo condemned the raid.")
	for unit, size := range sizes {
		before := heap()
		n, last, most := 0, 0, uint64(0)
		for r, err := range c.Reader(t.Context(), &repeated{unit: unit, n: size}) {
			require.NoError(t, err)
			if r.Span.End*8/size > n { // eight times in all
				n++
				most = max(most, heap())
			}
			last = r.Span.End
			if strings.Trim(unit, "x word") == "" && last < size-1 {
				require.True(t, r.Cut, "%q, %d", unit, last)
			}
		}
		assert.GreaterOrEqual(t, last, size-len(unit))
		assert.GreaterOrEqual(t, n, 7)
		assert.Less(t, int64(most)-int64(before), int64(8<<20), "%q", unit)
	}
}

// heap returns the bytes in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Reading in single bytes costs about as much as in blocks, not the square.
func TestReaderOfSingleBytes(t *testing.T) {
	c := classify.Default()
	text := strings.Repeat("x", 200_000) + "\n\n" + strings.Repeat("y\n", 50_000)
	blocks, bytes := time.Hour, time.Hour
	for range 3 {
		start := time.Now()
		collect(t, c, strings.NewReader(text))
		blocks = min(blocks, time.Since(start))
		start = time.Now()
		collect(t, c, &repeated{unit: text, n: len(text)})
		collect(t, c, oneByte{strings.NewReader(text)})
		bytes = min(bytes, time.Since(start))
	}
	// looking at the window again for every byte would be thousands of times
	assert.Less(t, bytes, 50*blocks+time.Second)
}

type oneByte struct{ r io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), 1)]) }
