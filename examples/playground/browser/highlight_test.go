package browser

import (
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const article = `Norland condemned Tuesday's raid on the harbour and warned Ostria of grave consequences if it happened again. It rained all day.

“We reject these baseless accusations,” said Ada Holm, a spokeswoman for the ministry. “This smear campaign is an outrage.”

Lima refused to condemn the raid, and said that it would not take sides in the dispute.

MS. HOLM: The harbour is open. The allegations are completely false.
`

const attack = `We deny it. <script>alert(1)</script> "><img src="x" onerror="alert(2)"> </style><svg onload=alert(3)>
<iframe src="javascript:alert(4)"></iframe> <a href="javascript:alert(5)">Ostria denied it.</a> ` + "\x00\u202Eevil\xff\n"

// drawn runs the example on a text and returns the URL of its page.
func drawn(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	cmd := exec.Command(filepath.Join(programs, "highlight"), "-o", path)
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err)
	assert.Empty(t, string(out))
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func TestHighlight(t *testing.T) {
	page := drawn(t, article)
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			b := open(t, l)
			b.run(chromedp.Navigate(page))
			requireLook(b, l)
			assert.Contains(t, b.texts(".tag"), "condemnation 1")
			assert.NotEqual(t, "rgba(0, 0, 0, 0)", eval[string](b, style(".act.cue", "backgroundColor")))
			b.shoot("highlight-" + l.name)

			t.Log("by the keyboard: the first cue after the check boxes")
			assert.Zero(t, b.shown(".trace"))
			b.run(chromedp.Focus(chromedp.CSS(`input[name="only"]`)), chromedp.KeyEvent(kb.Tab))
			assert.Equal(t, "condemned", eval[string](b, "document.activeElement.textContent"))
			assert.Equal(t, 1, b.shown(".trace"))
			requireLook(b, l)
			b.shoot("highlight-trace-" + l.name)
			b.run(chromedp.KeyEvent(kb.Tab))
			assert.Equal(t, "warned", eval[string](b, "document.activeElement.textContent"))
			assert.Equal(t, 1, b.shown(".trace"))

			t.Log("by the mouse: cue, source and target show each other")
			b.run(chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"))
			for _, part := range []string{".cue.k0", ".source.k0", ".target.k0"} {
				b.hover(part)
				assert.Equal(t, 1, b.shown(".trace.k0"))
				assert.NotEqual(t, "none", eval[string](b, style(".cue.k0", "boxShadow")))
				assert.Equal(t, "3px", eval[string](b, style(".source.k0", "textDecorationThickness")))
				assert.Equal(t, "3px", eval[string](b, style(".target.k0", "textDecorationThickness")))
				shared := part == ".source.k0" // with the other act of the sentence
				assert.Equal(t, shared, eval[string](b, style(".target.k1", "textDecorationThickness")) == "3px")
			}

			assert.Empty(t, b.logged(0), "errors in the console")
			assert.Empty(t, b.strangers(page), "something is loaded")
		})
	}
}

// style is the expression for what is in force for an element.
func style(selector, property string) string {
	return fmt.Sprintf("getComputedStyle(document.querySelector(%q)).%s", selector, property)
}

func TestHighlightFilters(t *testing.T) {
	b := open(t, looks[0])
	b.run(chromedp.Navigate(drawn(t, article)))
	click := func(name string) { b.run(chromedp.Click(chromedp.CSS(`input[name="` + name + `"]`))) }
	count := func(selector string) int { b.t.Helper(); return b.shown(selector) }

	all := count(".s")
	for name, selector := range map[string]string{
		"f0": ".tag.l0", "f1": ".tag.l1", "mentions": ".tag.mention", "sources": ".of-source", "targets": ".of-target",
	} {
		require.NotZero(t, count(selector), name)
		click(name)
		assert.Zero(t, count(selector), name)
		click(name)
		assert.NotZero(t, count(selector), name)
	}

	click("only")
	with := eval[int](b, `Array.from(document.querySelectorAll(".s")).filter((s) => s.querySelector(".cue")).length`)
	assert.Equal(t, with, count(".s"))
	assert.Less(t, with, all)
	for _, label := range []string{"f0", "f1", "f3"} { // but denial
		click(label)
	}
	denials := eval[int](b, `Array.from(document.querySelectorAll(".s")).filter((s) => s.querySelector(".cue.l2")).length`)
	assert.Equal(t, denials, count(".s"))
	assert.NotZero(t, denials)
	assert.Less(t, denials, with)
	click("f2")
	assert.Zero(t, count(".s"))
}

// What a source in another sentence links to is in the page.
func TestHighlightLinks(t *testing.T) {
	b := open(t, looks[0])
	b.run(chromedp.Navigate(drawn(t, article)), chromedp.Click(chromedp.CSS("a.ref")))
	assert.Equal(t, []string{"Ada Holm"}, b.texts(".origin:target"))
}

func TestHighlightOnPaper(t *testing.T) {
	b := open(t, looks[1])
	b.run(chromedp.Navigate(drawn(t, article)))
	b.medium("print", true)
	assert.Equal(t, eval[int](b, `document.querySelectorAll(".trace").length`), b.shown(".trace"), "all rules are printed")
	assert.Equal(t, "rgb(255, 255, 255)", eval[string](b, style(".demarche", "backgroundColor")))
	b.shoot("highlight-paper")
}

func TestHighlightAttack(t *testing.T) {
	page := drawn(t, attack)
	b := open(t, looks[0])
	b.run(chromedp.Navigate(page))
	assert.NotEmpty(t, b.texts(".cue.act"))
	assert.Empty(t, b.texts("script, img, iframe, svg, .text a:not(.ref)"))
	assert.Equal(t, []string{"U+0000", "U+202E", "0xFF"}, b.texts(".unseen"))
	assert.Zero(t, b.dialogs)
	assert.Empty(t, b.logged(0))
	assert.Empty(t, b.strangers(page))
	shown := eval[string](b, `(() => {
		const text = document.querySelector(".text").cloneNode(true);
		for (const e of text.querySelectorAll(".tag, .ref, .traces, .unseen")) e.remove();
		return text.textContent;
	})()`)
	assert.Equal(t, strings.NewReplacer("\x00", "", "\u202E", "", "\xff", "").Replace(attack), shown)
}
