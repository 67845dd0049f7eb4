package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

const apology = "label: apology\ncues:\n  - {id: apology.sorry, match: [apologise]}\n"

// post sends a body to the API and returns the answer.
func post(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/v1/classify", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return do(h, r)
}

func do(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func body(t *testing.T, text, lexicon string) string {
	t.Helper()
	data, err := json.Marshal(map[string]any{"text": text, "lexicon": lexicon, "html": true})
	require.NoError(t, err)
	return string(data)
}

// answered decodes the answer of the API.
func answered[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	require.Equal(t, status, w.Code, w.Body)
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &v))
	return v
}

func TestClassify(t *testing.T) {
	h := newHandler(defaultLimits)
	const text = "Norland condemned the raid. It rained."
	got := answered[response](t, post(h, body(t, text, "")), http.StatusOK)
	want, err := json.Marshal(slices.Collect(classify.Default().Document(text)))
	require.NoError(t, err)
	results, err := json.Marshal(got.Results)
	require.NoError(t, err)
	assert.JSONEq(t, string(want), string(results))
	assert.Contains(t, got.HTML, `<div class="demarche">`)
	assert.Contains(t, got.HTML, ">condemned</span>")

	plain := post(h, `{"text": "It rained."}`)
	assert.Empty(t, answered[response](t, plain, http.StatusOK).HTML)
	assert.NotContains(t, plain.Body.String(), "html")

	assert.JSONEq(t, `{"results": []}`, post(h, `{"text": ""}`).Body.String())
}

func TestLexicon(t *testing.T) {
	h := newHandler(defaultLimits)
	const text = "Sylvania apologised for the raid."
	with := answered[response](t, post(h, body(t, text, apology)), http.StatusOK)
	assert.True(t, with.Results[0].Has("apology"))
	for _, blank := range []string{"", " \n\t"} {
		without := answered[response](t, post(h, body(t, text, blank)), http.StatusOK)
		assert.False(t, without.Results[0].Has("apology"))
	}
}

func TestMistakesInTheLexicon(t *testing.T) {
	h := newHandler(defaultLimits)
	type places [][2]int
	for lexicon, want := range map[string]places{
		"labl: apology\n": {{1, 1}},
		"label: apology\ncues:\n  - {id: a.b, match: [(sorry]}\n  - {id: a.c, match: [é, x y)]}\n": {{3, 23}, {4, 30}},
		"label: apology\ncues:\n  - {id: a.b, weight: 7}\n  - {id: a.c, matsch: [sorry]}\n":        {{3, 5}, {3, 23}, {4, 15}},
		"label: [\n":                {{1, 1}},
		"remove: [no.such.entry]\n": {{1, 10}},
	} {
		for range 2 { // the second time from memory
			got := answered[failure](t, post(h, body(t, "It rained.", lexicon)), http.StatusUnprocessableEntity)
			assert.Equal(t, "the lexicon has mistakes", got.Message)
			var at places
			for _, m := range got.Lexicon {
				at = append(at, [2]int{m.Line, m.Column})
				assert.NotEmpty(t, m.Message)
				assert.NotContains(t, m.Message, lexiconName)
			}
			assert.Equal(t, want, at, lexicon)
		}
	}
}

func TestClientErrors(t *testing.T) {
	h := newHandler(defaultLimits)
	quoted := func(n int) string { return `"` + strings.Repeat("x", n) + `"` }
	for name, c := range map[string]struct {
		body   string
		status int
		want   string
	}{
		"no JSON":             {"text", 400, "not the JSON object expected"},
		"nothing":             {"", 400, "not the JSON object expected"},
		"no object":           {`["text"]`, 400, "not the JSON object expected"},
		"half an object":      {`{"text": "x`, 400, "not the JSON object expected"},
		"two objects":         {`{"text": "x"}{"text": "y"}`, 400, "something follows the object"},
		"wrong type":          {`{"text": 7}`, 400, "text"},
		"unknown field":       {`{"text": "x", "lexikon": "y"}`, 400, "lexikon"},
		"no text":             {`{"lexicon": ""}`, 400, `"text" is missing`},
		"null text":           {`{"text": null}`, 400, `"text" is missing`},
		"large text":          {`{"text": ` + quoted(256<<10+1) + `}`, 413, "the text has 262145 bytes, more than 262144"},
		"large lexicon":       {`{"text": "x", "lexicon": ` + quoted(64<<10+1) + `}`, 413, "the lexicon has 65537 bytes"},
		"large request":       {`{"text": ` + quoted(2<<20) + `}`, 413, "larger than 2097152 bytes"},
		"too many values":     {body(t, "x", "label: a\ncues:\n  - {id: a.b, match: ["+strings.Repeat("b,", 11_000)+"c]}\n"), 422, "mistakes"},
		"no mapping":          {body(t, "x", "- a\n- b\n"), 422, "mistakes"},
		"a bomb":              {body(t, "x", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"), 422, "mistakes"},
		"deep nesting":        {body(t, "x", strings.Repeat("[", 10_000)), 422, "mistakes"},
		"endless combination": {body(t, "x", "label: a\ncues:\n  - {id: a.b, match: ['"+strings.Repeat("(a|b|c|d)?", 300)+"']}\n"), 422, "mistakes"},
	} {
		t.Run(name, func(t *testing.T) {
			got := answered[failure](t, post(h, c.body), c.status)
			assert.Contains(t, got.Message, c.want)
		})
	}
}

func TestLargestText(t *testing.T) {
	h := newHandler(defaultLimits)
	text := strings.Repeat("It rained in Oslo. ", 256<<10/19)
	got := answered[response](t, post(h, body(t, text, "")), http.StatusOK)
	assert.Len(t, got.Results, 256<<10/19)
}

func TestMethodAndContentType(t *testing.T) {
	h := newHandler(defaultLimits)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := do(h, httptest.NewRequest(method, "/v1/classify", nil))
		assert.Contains(t, answered[failure](t, w, http.StatusMethodNotAllowed).Message, method)
		assert.Equal(t, http.MethodPost, w.Header().Get("Allow"))
	}
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", ";"} {
		r := httptest.NewRequest(http.MethodPost, "/v1/classify", strings.NewReader(`{"text": "x"}`))
		r.Header.Set("Content-Type", kind)
		answered[failure](t, do(h, r), http.StatusUnsupportedMediaType)
	}
	r := httptest.NewRequest(http.MethodPost, "/v1/classify", strings.NewReader(`{"text": "x"}`))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	answered[response](t, do(h, r), http.StatusOK)

	w := do(h, httptest.NewRequest(http.MethodGet, "/v1/nothing", nil))
	assert.Equal(t, "there is no /v1/nothing", answered[failure](t, w, http.StatusNotFound).Message)
}

func TestOtherSites(t *testing.T) {
	h := newHandler(defaultLimits)
	r := httptest.NewRequest(http.MethodPost, "/v1/classify", strings.NewReader(`{"text": "x"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", "https://example.org")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answered[failure](t, do(h, r), http.StatusForbidden)
}

func TestFiles(t *testing.T) {
	h := newHandler(defaultLimits)
	for path, kind := range map[string]string{
		"/": "text/html", "/app.js": "text/javascript", "/app.css": "text/css", "/highlight.css": "text/css",
		"/icon.svg": "image/svg+xml", "/healthz": "text/plain",
	} {
		w := do(h, httptest.NewRequest(http.MethodGet, path, nil))
		require.Equal(t, http.StatusOK, w.Code, path)
		assert.True(t, strings.HasPrefix(w.Header().Get("Content-Type"), kind), path)
		assert.Equal(t, policy, w.Header().Get("Content-Security-Policy"))
		assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
		assert.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
		assert.NotEmpty(t, w.Body.String())

		if tag := w.Header().Get("ETag"); path != "/healthz" {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Header.Set("If-None-Match", tag)
			assert.Equal(t, http.StatusNotModified, do(h, r).Code, path)
		}
	}
	assert.Equal(t, http.StatusNotFound, do(h, httptest.NewRequest(http.MethodGet, "/nothing", nil)).Code)
	assert.Equal(t, http.StatusMethodNotAllowed, do(h, httptest.NewRequest(http.MethodPost, "/", nil)).Code)
}

// The page loads only its own files and has nothing inline, which the policy
// would forbid.
func TestPageLoadsNothingElse(t *testing.T) {
	data, err := web.ReadFile("web/index.html")
	require.NoError(t, err)
	page := string(data)
	assert.NotContains(t, page, "//")
	assert.NotRegexp(t, `(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script>`, page)
	h := newHandler(defaultLimits)
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	assert.Len(t, links, 4)
	for _, link := range links {
		assert.Equal(t, http.StatusOK, do(h, httptest.NewRequest(http.MethodGet, link[1], nil)).Code, link[1])
	}
}

func TestAttackIsEscaped(t *testing.T) {
	h := newHandler(defaultLimits)
	const attack = `<img src=x onerror=alert(1)>`
	w := post(h, body(t, "We deny it. "+attack, "label: '"+attack+"'\ncues:\n  - {id: a, match: [deny], weight: 1}\n"))
	assert.NotContains(t, w.Body.String(), "<")
	got := answered[response](t, w, http.StatusOK)
	assert.NotContains(t, got.HTML, "<img")
	assert.Contains(t, got.HTML, "&lt;img")
}

func TestTooMuchToDo(t *testing.T) {
	l := defaultLimits
	l.time, l.atOnce = 20*time.Millisecond, 0 // nobody works
	w := post(newHandler(l), `{"text": "It rained."}`)
	assert.Contains(t, answered[failure](t, w, http.StatusServiceUnavailable).Message, "try again later")
	assert.Equal(t, "5", w.Header().Get("Retry-After"))

	cs := newClassifiers(classify.Limits{}, classify.TextLimits{}, 2)
	cs.building <- struct{}{} // somebody builds, and does not come to an end
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := cs.with(ctx, apology)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

// Work that cannot be interrupted keeps its place, and nobody waiting.
func TestEndlessWork(t *testing.T) {
	l := defaultLimits
	l.time = 50 * time.Millisecond
	release := make(chan struct{})
	a := &api{limits: l, working: make(chan struct{}, 1), work: func(context.Context, request) (response, error) {
		<-release
		return response{}, nil
	}}
	for range 2 { // the second one does not even begin
		answered[failure](t, post(a, body(t, "It rained.", "")), http.StatusServiceUnavailable)
		assert.Len(t, a.working, 1)
	}
	close(release)
	a.time = time.Minute
	answered[response](t, post(a, body(t, "It rained.", "")), http.StatusOK)
}

func TestPanic(t *testing.T) {
	a := &api{limits: defaultLimits, working: make(chan struct{}, 1), work: func(context.Context, request) (response, error) {
		panic("a mistake of ours")
	}}
	for range 2 {
		got := answered[failure](t, post(a, body(t, "It rained.", "")), http.StatusInternalServerError)
		assert.Contains(t, got.Message, "a mistake of ours")
	}
}

func TestClassifiersAreKept(t *testing.T) {
	cs := newClassifiers(classify.Limits{}, classify.TextLimits{}, 2)
	kept := func() (names []string) {
		for _, b := range cs.kept {
			names = append(names, b.lexicon)
		}
		return names
	}
	first, err := cs.with(t.Context(), apology)
	require.NoError(t, err)
	cs.put(built{lexicon: "one", classifier: new(classify.Classifier)})
	again, err := cs.with(t.Context(), apology)
	require.NoError(t, err)
	assert.Same(t, first, again)
	cs.put(built{lexicon: "two"}) // in the place of one, which was used longest ago
	assert.Equal(t, []string{apology, "two"}, kept())

	_, err = cs.with(t.Context(), "labl: x") // mistakes are kept, too
	require.Error(t, err)
	assert.Equal(t, []string{"two", "labl: x"}, kept())
	_, sameErr := cs.with(t.Context(), "labl: x")
	assert.Equal(t, err, sameErr)
}

// Many ask at once, with the same lexicon and with different ones.
func TestConcurrency(t *testing.T) {
	l := defaultLimits
	l.time = time.Minute
	h := newHandler(l)
	var group sync.WaitGroup
	for i := range 24 {
		group.Go(func() {
			label := fmt.Sprint("apology-", i%2)
			got := answered[response](t, post(h, body(t, "Sylvania apologised.", strings.Replace(apology, "apology", label, 1))), http.StatusOK)
			assert.True(t, got.Results[0].Has(classify.Label(label)))
		})
	}
	group.Wait()
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	asked, release := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(asked)
		<-release
		_, _ = io.WriteString(w, "done")
	})
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- serve(ctx, listener, handler) }()

	url := "http://" + listener.Addr().String()
	answer := make(chan string)
	go func() {
		defer close(answer)
		res, err := http.Get(url)
		if !assert.NoError(t, err) {
			return
		}
		defer res.Body.Close()
		data, err := io.ReadAll(res.Body)
		assert.NoError(t, err)
		answer <- string(data)
	}()
	<-asked
	cancel()
	require.Eventually(t, func() bool { // nobody new is let in
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, 10*time.Second, 5*time.Millisecond)
	close(release)
	assert.Equal(t, "done", <-answer)
	assert.NoError(t, <-served)
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error)
	go func() { done <- run(ctx, []string{"-addr", "127.0.0.1:0"}, in, io.Discard) }()
	line := make([]byte, 100)
	n, err := out.Read(line)
	require.NoError(t, err)
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(string(line[:n]))
	res, err := http.Get(url + "healthz")
	require.NoError(t, err)
	defer res.Body.Close()
	assert.Equal(t, http.StatusOK, res.StatusCode)

	var errs strings.Builder
	taken := strings.Trim(strings.TrimPrefix(url, "http://"), "/")
	require.ErrorContains(t, run(ctx, []string{"-addr", taken}, io.Discard, &errs), "address already in use")
	require.ErrorContains(t, run(ctx, []string{"more"}, io.Discard, &errs), `"more"`)
	require.Error(t, run(ctx, []string{"-x"}, io.Discard, &errs))
	require.NoError(t, run(ctx, []string{"-h"}, io.Discard, &errs))
	assert.Contains(t, errs.String(), "usage: playground")

	cancel()
	assert.NoError(t, <-done)
}
