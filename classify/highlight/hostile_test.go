package highlight

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// attacks break out of the places where careless programs put text.
var attacks = []string{
	`<script>alert(1)</script>`,
	`</script><script>alert(1)</script>`,
	`</style><script>alert(1)</script>`,
	`</title></span></div></body></html><img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`<iframe srcdoc="<script>alert(1)</script>">`,
	`<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">`,
	`" onmouseover="alert(1)`,
	`' onfocus='alert(1)' autofocus tabindex='1`,
	"` onmouseover=alert(1) x=`",
	`x onmouseover=alert(1) `,
	`"><a href="javascript:alert(1)">x</a>`,
	`javascript:alert(1)`,
	`data:text/html,<script>alert(1)</script>`,
	`//example.org/x`,
	`#" onclick="alert(1)`,
	`<!--`, `-->`, `<![CDATA[`, `]]>`, `<?xml?>`, `<!doctype html>`,
	`&lt;script&gt;`, `&#60;script&#62;`, `&amp;`, `&`, `&#x0;`, `&bogus;`,
	`{{.}}{{template "page"}}`,
	`</textarea><plaintext>`,
	`expression(alert(1))`, `}*{background:url(//example.org)}`,
	"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
	"<scr\x00ipt>alert(1)</scr\x00ipt>",
	"\xc0\xbcscript\xc0\xbealert(1)",
	"<\xffscript>",
	"\u2028alert(1)\u2029",
	"\u202E<script>\u202C",
}

// allowed are the elements and attributes that the templates have.
var allowed = map[string][]string{
	"html": {"lang"}, "head": nil, "meta": {"charset", "http-equiv", "content", "name"}, "title": nil, "style": nil,
	"body": {"class"}, "div": {"class", "dir"}, "h1": nil, "h2": nil, "p": {"class"},
	"fieldset": {"class"}, "legend": nil, "label": {"class"},
	"input": {"type", "class", "name", "checked", "autocomplete"},
	"ol":    {"class"}, "li": nil, "article": {"id"}, "a": {"class", "href"},
	"span": {"class", "id", "role", "tabindex", "aria-describedby"},
}

var (
	plainValue = regexp.MustCompile(`^[a-z0-9 -]*$`)
	inPage     = regexp.MustCompile(`^#d[0-9]+(b[0-9]+-[0-9]+)?$`)
)

// requireInert fails the test if the HTML has anything but what the templates
// have, or a link that leads out of it.
func requireInert(t testing.TB, html string) *element {
	t.Helper()
	require.True(t, utf8.ValidString(html))
	page := parse(t, html)
	for _, e := range page.all(func(*element) bool { return true }) {
		names, ok := allowed[e.name]
		if !ok {
			require.Fail(t, "an element that is not ours", "<%s>", e.name)
		}
		for name, value := range e.attrs {
			switch name {
			case "id", "class", "role", "aria-describedby":
				ok = slices.Contains(names, name) && plainValue.MatchString(value)
			case "href":
				ok = e.name == "a" && inPage.MatchString(value)
			default:
				ok = slices.Contains(names, name)
			}
			if !ok {
				require.Fail(t, "an attribute that is not ours", "<%s %s=%q>", e.name, name, value)
			}
		}
	}
	return page
}

// Whatever comes from outside is shown as text, wherever it is put.
func TestAttacks(t *testing.T) {
	for _, attack := range attacks {
		label := classify.Label(attack)
		text := attack + " we deny " + attack
		deny := in(t, text, " we deny ")
		d := drawn(text, []classify.Act{{
			Label: label, Score: 0.9, Cue: deny, Rules: []string{attack},
			Source: classify.Span{End: len(attack), Text: attack},
			Target: classify.Span{Start: deny.End, End: len(text), Text: attack},
		}, {
			Label: "denial", Score: 0.9, Cue: deny, Source: classify.Span{Start: 1 << 20, End: 1<<20 + len(attack), Text: attack},
		}}, classify.Mention{Label: label, Reason: classify.Reason(attack), Cue: deny, Rules: []string{attack}, TargetActor: attack, Target: deny})
		d.Title, d.Note = attack, attack
		d.Results[0].Speaker = classify.Span{End: len(attack), Text: attack}
		var b strings.Builder
		require.NoError(t, Page(&b, attack, d, d))
		page := requireInert(t, b.String())

		clean := asParsed(legible(attack))
		assert.Equal(t, clean, page.named("title")[0].text())
		assert.Equal(t, clean, page.named("h2")[0].text())
		assert.Equal(t, clean, page.classed("note")[0].text())
		assert.Equal(t, clean, page.classed("swatch")[4].text())
		assert.Contains(t, texts(page.classed("tag")), clean+" 3, "+clean)
		assert.Contains(t, texts(page.classed("row")), "rule "+clean)
		assert.Contains(t, texts(page.classed("row")), "speaker "+clean)
		assert.Contains(t, texts(page.classed("row")), "target "+deny.Text+" ("+clean+")")
		name := strings.TrimSuffix(strings.TrimPrefix(page.classed("ref")[0].text(), "source 2: "), "…")
		assert.True(t, strings.HasPrefix(clean, name) && len(name) >= min(len(clean), longestName), name)
		for _, shown := range page.classed("text") {
			assert.Equal(t, asParsed(text), shown.read(t))
		}
	}
}

func TestUnseen(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b":                 "U+0000",
		"a\x1b[2Jb":              "U+001B",
		"a\x7fb":                 "U+007F",
		"a\u0085b":               "U+0085",
		"a\u202Eb":               "U+202E",
		"a\u2066b":               "U+2066",
		"a\xffb":                 "0xFF",
		"a\xedb":                 "0xED",
		"a\uFFFEb":               "U+FFFE",
		"a\U0010FFFFb":           "U+10FFFF",
		"a\tb\r\nc\rd":           "",
		"zero\u200Bwidth\uFEFF":  "",
		"a\uFFFDb":               "",
		"e\u0301 👩\u200D🚀 עברית": "",
	} {
		f := shown(t, drawn(text, nil)) // it compares the text, too
		assert.Equal(t, want, strings.Join(texts(f.classed("unseen")), " "), "%q", text)
	}
	assert.Equal(t, "a[U+0000]b[0xFF]", legible("a\x00b\xff"))
}

// A mark that cuts a character in two, or lies, does no harm.
func TestCutCharacters(t *testing.T) {
	const text = "né à\r\n\rParis"
	for start := -2; start < len(text)+3; start++ {
		for end := -2; end < len(text)+3; end++ {
			s := classify.Span{Start: start, End: end, Text: "x"}
			shown(t, drawn(text, []classify.Act{{Label: "denial", Cue: s, Source: s, Targets: []classify.Span{s, s}}}))
		}
	}
}

func FuzzFragment(f *testing.F) {
	for i, attack := range attacks {
		f.Add("Norland condemned the raid. "+attack+"\n\nMS. HOLM: We deny it. It is false.", attack, []byte{byte(i), 9, 20, 3, 40})
	}
	f.Add("“We deny it,” Ada Holm said. “It was an act of barbarism.”", "apology", []byte{0, 5, 2, 9, 30, 4, 4, 80})
	c := classify.Default()
	f.Fuzz(func(t *testing.T, text, label string, spans []byte) {
		if len(text) > 1024 || len(label) > 256 || len(spans) > 64 {
			return
		}
		d := Document{Title: label, Note: label, Text: text, Results: slices.Collect(c.Document(text))}
		scatter(&d, label, spans)
		var b strings.Builder
		require.NoError(t, Fragment(&b, d))
		page := requireInert(t, b.String())
		if shown := page.classed("text")[0].read(t); shown != asParsed(text) {
			require.Equal(t, asParsed(text), shown)
		}
	})
}

// scatter adds acts and mentions with spans of any kind, within their sentences
// and out of them.
func scatter(d *Document, label string, spans []byte) {
	span := func(base int) classify.Span {
		if len(spans) < 2 {
			return classify.Span{}
		}
		s := classify.Span{Start: base + int(int8(spans[0])), End: base + int(int8(spans[0])) + int(spans[1])/4}
		spans = spans[2:]
		if 0 <= s.Start && s.End <= len(d.Text) {
			s.Text = d.Text[s.Start:s.End]
		}
		return s
	}
	for i := range d.Results {
		if len(spans) == 0 {
			return
		}
		r := &d.Results[i]
		at := r.Span.Start
		r.Acts = append(slices.Clone(r.Acts), classify.Act{
			Label: classify.Label(label), Cue: span(at), Source: span(at), Target: span(at),
			Targets: []classify.Span{span(at), span(at)}, Rules: []string{label},
		})
		r.Mentions = append(slices.Clone(r.Mentions), classify.Mention{Label: classify.Label(label), Reason: classify.Reason(label), Cue: span(at)})
	}
}
