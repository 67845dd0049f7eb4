package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// chromium is the path of the browser.
var chromium string

// programs holds the programs under test, built from the checkout.
var programs string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	if chromium == "" {
		fmt.Println("left out: there is no Chromium to test with")
		if os.Getenv("CI") != "" {
			return 1
		}
		return 0
	}
	var err error
	if programs, err = os.MkdirTemp("", "demarche-programs-"); err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(programs)
	build := exec.Command("go", "build", "-o", programs+string(filepath.Separator), "./playground", "./highlight")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Printf("%v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// A tab is a window of a new browser, and what is written to its console.
type tab struct {
	context.Context
	t        *testing.T
	mu       sync.Mutex
	console  []string // errors and warnings
	requests []string // URLs
	dialogs  int
}

// A look is how a page is looked at.
type look struct {
	name          string
	width, height int64
	dark          bool
}

var looks = []look{
	{"wide-light", 1280, 900, false},
	{"wide-dark", 1280, 900, true},
	{"narrow-light", 390, 844, false},
	{"narrow-dark", 390, 844, true},
}

// open starts a browser.
func open(t *testing.T, l look) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()),
	)
	limited, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	allocator, cancel := chromedp.NewExecAllocator(limited, options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &tab{Context: ctx, t: t}
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until the browser has left its folder
		cancel()
	})
	require.NoError(t, chromedp.Listen(ctx, b.listen))
	call(b, cdplog.Enable, cdp.Empty{})
	call(b, network.Enable, network.EnableParams{})
	b.run(chromedp.EmulateViewport(l.width, l.height))
	b.medium("", l.dark)
	return b
}

// call runs a command of the browser's protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	_, err := chromedp.Call(b, command, params)
	require.NoError(b.t, err)
}

// medium chooses the screen (or else "print") and light or dark.
func (b *tab) medium(medium string, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			b.console = append(b.console, fmt.Sprintf("%s: %s", e.Type, strings.Join(words, " ")))
		}
	case *runtime.EventExceptionThrown:
		b.console = append(b.console, "exception: "+e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			b.console = append(b.console, fmt.Sprintf("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *page.EventJavascriptDialogOpening:
		b.dialogs++
		go func() { // or the page would wait for ever
			_, _ = chromedp.Call(b, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

func (b *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b, steps...))
}

// eval returns the value of a JavaScript expression.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b, chromedp.Evaluate[T](expression))
	require.NoError(b.t, err, expression)
	return value
}

// wait waits until a JavaScript condition holds.
func (b *tab) wait(condition string) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); !eval[bool](b, "!!("+condition+")"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			require.Fail(b.t, "not so in time", "%s\n%s", condition, eval[string](b, "document.body.innerText"))
		}
	}
}

// texts returns the texts of the elements that a selector selects.
func (b *tab) texts(selector string) []string {
	b.t.Helper()
	return eval[[]string](b, fmt.Sprintf("Array.from(document.querySelectorAll(%q), (e) => e.textContent)", selector))
}

// shown counts the elements that a selector selects and that can be seen.
func (b *tab) shown(selector string) int {
	b.t.Helper()
	return eval[int](b, fmt.Sprintf("Array.from(document.querySelectorAll(%q)).filter((e) => e.checkVisibility()).length", selector))
}

// hover moves the mouse onto the first element that a selector selects.
func (b *tab) hover(selector string) {
	b.t.Helper()
	b.run(chromedp.ScrollIntoView(chromedp.CSS(selector)))
	box := eval[struct{ X, Y float64 }](b, fmt.Sprintf(`(() => {
		const r = document.querySelector(%q).getClientRects()[0];
		return { X: r.x + r.width / 2, Y: r.y + r.height / 2 };
	})()`, selector))
	b.run(chromedp.MouseEvent("mouseMoved", box.X, box.Y))
}

// logged returns what was written to the console, but for answers with the
// status, which are also written there.
func (b *tab) logged(status int) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	expected := regexp.MustCompile(fmt.Sprintf(`the server responded with a status of %d \(`, status))
	var rest []string
	for _, line := range b.console {
		if !expected.MatchString(line) {
			rest = append(rest, line)
		}
	}
	return rest
}

// strangers returns the URLs asked for that do not begin so.
func (b *tab) strangers(prefix string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	require.NotEmpty(b.t, b.requests)
	var list []string
	for _, url := range b.requests {
		if !strings.HasPrefix(url, prefix) {
			list = append(list, url)
		}
	}
	return list
}

// shoot leaves a picture of the page if somebody wants it.
func (b *tab) shoot(name string) {
	b.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644))
}
