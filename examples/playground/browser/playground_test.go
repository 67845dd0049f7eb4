package browser

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve starts the playground and returns its address, and a function that asks
// it to stop and returns how it ended.
func serve(t *testing.T) (url string, stop func() error) {
	t.Helper()
	cmd := exec.Command(filepath.Join(programs, "playground"), "-addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	cmd.Stderr = os.Stderr
	require.NoError(t, cmd.Start())
	stop = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return err
		}
		return cmd.Wait()
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	url = regexp.MustCompile(`http://\S+/`).FindString(line)
	require.NotEmpty(t, url, line)
	return url, stop
}

// write replaces what stands in a field, key by key.
func write(b *tab, field, text string) {
	b.t.Helper()
	b.run(chromedp.Focus(chromedp.CSS(field)),
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf("document.querySelector(%q).select()", field)),
		chromedp.SendKeys(chromedp.CSS(field), kb.Backspace+text))
}

const pictured = `document.querySelector("#picture .demarche") && !document.querySelector("#picture.stale")`

func TestPlayground(t *testing.T) {
	url, stop := serve(t)
	b := open(t, looks[0])
	b.run(chromedp.Navigate(url))
	b.wait(pictured)
	require.NotEmpty(t, b.texts("#picture .cue.act"), "the example")
	assert.Contains(t, b.texts("#picture .swatch"), "apology", "of the lexicon")

	t.Log("type a text, see the labels")
	write(b, "#text", "Norland condemned the raid. Sweden refused to condemn it.\nSylvania apologised for <b>it</b>.")
	b.wait(`document.querySelector("#json").textContent.includes("<b>it</b>")`)
	assert.Equal(t, []string{"condemned", "apologised"}, b.texts("#picture .cue.act"))
	assert.Equal(t, []string{"condemn"}, b.texts("#picture .cue.mention"))
	assert.Contains(t, b.texts("#picture .tag"), "condemnation 2, refused")
	assert.Empty(t, b.texts("#picture b"), "markup in the text")
	assert.Len(t, eval[[]any](b, `JSON.parse(document.querySelector("#json").textContent)`), 3)

	t.Log("point at a source, see its act")
	assert.Zero(t, b.shown(".trace"))
	b.hover("#picture .source")
	assert.Equal(t, 1, b.shown(".trace"))
	assert.NotEqual(t, "none", eval[string](b, style("#picture .cue", "boxShadow")))

	t.Log("filter, and keep the filter while typing")
	b.run(chromedp.Click(chromedp.CSS(`input[name="f0"]`)))
	assert.Zero(t, b.shown("#picture .tag.l0"))
	assert.NotZero(t, b.shown("#picture .tag.l4"))
	write(b, "#text", "Norland condemned the raid. Sylvania apologised.")
	b.wait(`document.querySelector("#json").textContent.includes("Sylvania apologised.")`)
	assert.Zero(t, b.shown("#picture .tag.l0"))
	b.run(chromedp.Click(chromedp.CSS(`input[name="f0"]`)))
	assert.NotZero(t, b.shown("#picture .tag.l0"))

	t.Log("change the lexicon, see its effect")
	write(b, "#lexicon", "label: lament\ncues:\n  - id: lament.a\n    match: [apologise]\n")
	b.wait(`document.querySelector("#json").textContent.includes("lament.a")`)
	assert.Contains(t, b.texts("#picture .tag"), "lament 2")

	t.Log("break the lexicon, see the mistakes at their lines")
	write(b, "#lexicon", "label: lament\ncues:\n  - id: lament.a\n    match: [apologise, é, sorry)]\n    wait: 0.5\n")
	b.wait(`document.querySelectorAll("#mistakes li").length > 0`)
	mistakes := b.texts("#mistakes button")
	require.Len(t, mistakes, 2, "those of form and those of contents")
	assert.Regexp(t, `^line 4, column 33: pattern "sorry\)"`, mistakes[0])
	assert.Regexp(t, `^line 5, column 5: unknown key "wait"`, mistakes[1])
	assert.Equal(t, []string{"4", "5"}, b.texts("#lines .wrong"))
	assert.Equal(t, "true", eval[string](b, `document.querySelector("#lexicon").getAttribute("aria-invalid")`))
	assert.Contains(t, b.texts("#picture .tag"), "lament 2", "the last good picture stays")
	assert.Equal(t, []string{"Not up to date: the lexicon has mistakes."}, b.texts("#status"))
	b.shoot("playground-mistakes")

	write(b, "#lexicon", "label: lament\ncues:\n  - id: lament.a\n    match: [apologise, é, sorry)]\n")
	b.wait(`document.querySelector("#lines .wrong")?.textContent === "4"`)
	b.run(chromedp.Click(chromedp.CSS("#mistakes button")))
	assert.Equal(t, ")", eval[string](b, `(() => {
		const e = document.activeElement;
		return e.value.slice(e.selectionStart, e.selectionEnd);
	})()`), "the cursor goes to the mistake")

	t.Log("put it right again, or leave it out")
	write(b, "#lexicon", "label: lament\ncues:\n  - id: lament.b\n    match: [apologise]\n")
	b.wait(`document.querySelector("#json").textContent.includes("lament.b")`)
	assert.Empty(t, b.texts("#mistakes li"))
	assert.Empty(t, b.texts("#lines .wrong"))
	b.wait(pictured)
	b.run(chromedp.Click(chromedp.CSS("#use")))
	b.wait(`!document.querySelector("#json").textContent.includes("lament")`)

	t.Log("another example")
	b.run(chromedp.Evaluate[chromedp.Void](`(() => {
		const e = document.querySelector("#example");
		e.selectedIndex = 1;
		e.dispatchEvent(new Event("change"));
	})()`))
	b.wait(`document.querySelector("#picture").textContent.includes("MS. HOLM")`)
	assert.NotEmpty(t, b.texts("#picture .ref"))

	assert.NotEmpty(t, b.logged(0), "the browser notes that the server found mistakes")
	assert.Empty(t, b.logged(http.StatusUnprocessableEntity), "and nothing else")
	assert.Empty(t, b.strangers(url), "loaded from elsewhere")

	t.Log("stop the server")
	assert.NoError(t, stop())
	write(b, "#text", "It rained.")
	b.wait(`document.querySelector("#status").textContent.includes("The server does not answer.")`)
}

func TestPlaygroundLooks(t *testing.T) {
	url, _ := serve(t)
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			b := open(t, l)
			b.run(chromedp.Navigate(url))
			b.wait(pictured)
			requireLook(b, l)
			b.shoot("playground-" + l.name)
			b.run(chromedp.Click(chromedp.CSS("summary")))
			requireLook(b, l) // with the JSON
			assert.Empty(t, b.logged(0))
		})
	}
}

// requireLook checks that nothing stands out of the window, and that the colours
// are those asked for.
func requireLook(b *tab, l look) {
	b.t.Helper()
	assert.LessOrEqual(b.t, eval[int64](b, "document.documentElement.scrollWidth"), l.width)
	ground := "rgb(255, 255, 255)"
	if l.dark {
		ground = "rgb(21, 23, 28)"
	}
	assert.Equal(b.t, ground, eval[string](b, style(".demarche", "backgroundColor")))
}
