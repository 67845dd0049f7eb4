package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/classify/highlight"
)

// limits bound what a request may cost.
type limits struct {
	body, text, lexicon int           // bytes
	sentence            int           // bytes, for lexicons of users
	values              int           // of a lexicon
	time                time.Duration // for an answer
	atOnce              int           // requests that are worked on
	kept                int           // classifiers with lexicons of users
}

var defaultLimits = limits{
	body: 2 << 20, text: 256 << 10, lexicon: 64 << 10, sentence: 2 << 10,
	values: 5_000, time: 10 * time.Second, atOnce: runtime.GOMAXPROCS(0), kept: 8,
}

//go:embed web
var web embed.FS

// policy allows the page its own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func newHandler(l limits) http.Handler {
	mux := http.NewServeMux()
	for _, f := range []struct{ url, file, contentType string }{
		{"/{$}", "index.html", "text/html; charset=utf-8"},
		{"/app.js", "app.js", "text/javascript; charset=utf-8"},
		{"/app.css", "app.css", "text/css; charset=utf-8"},
		{"/icon.svg", "icon.svg", "image/svg+xml"},
	} {
		data, err := web.ReadFile("web/" + f.file)
		if err != nil {
			panic(err) // a broken build; every test would show it
		}
		mux.Handle("GET "+f.url, static(data, f.contentType))
	}
	mux.Handle("GET /highlight.css", static([]byte(highlight.Style()), "text/css; charset=utf-8"))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n")
	})
	mux.Handle("/v1/classify", &api{
		limits:  l,
		working: make(chan struct{}, l.atOnce),
		work:    newClassifiers(classify.Limits{Bytes: l.lexicon, Values: l.values}, classify.TextLimits{Sentence: l.sentence}, l.kept).work,
	})
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		answer(w, failed(http.StatusNotFound, "there is no %s", r.URL.Path))
	})
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, failed(http.StatusForbidden, "asked by a page of another site"))
	}))
	return secured(sameOrigin.Handler(mux))
}

// secured adds the headers that keep browsers from doing anything unexpected.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

func static(data []byte, contentType string) http.Handler {
	sum := sha256.Sum256(data)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "no-cache") // but ask whether it has changed
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(data)))
	})
}

// api answers requests to classify.
type api struct {
	limits
	working chan struct{} // holds a value for each request that is worked on
	work    func(context.Context, request) (response, error)
}

type request struct {
	Text    *string `json:"text"`
	Lexicon string  `json:"lexicon"`
	HTML    bool    `json:"html"`
}

type response struct {
	Results []classify.Result `json:"results"`
	HTML    string            `json:"html,omitempty"`
}

// A failure is the answer where something is wrong.
type failure struct {
	status  int
	Message string    `json:"error"`
	Lexicon []mistake `json:"lexicon,omitempty"`
}

// A mistake in a lexicon.
type mistake struct {
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

func (f *failure) Error() string { return f.Message }

func failed(status int, format string, args ...any) *failure {
	return &failure{status: status, Message: fmt.Sprintf(format, args...)}
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), a.time)
	defer cancel()
	got, err := a.read(w, r)
	if err != nil {
		answer(w, err)
		return
	}
	res, err := a.classify(ctx, got)
	switch mistakes := classify.LexiconErrors(err); {
	case err == nil:
		answer(w, res)
	case len(mistakes) > 0:
		answer(w, lexiconFailure(mistakes))
	case ctx.Err() != nil:
		w.Header().Set("Retry-After", "5")
		answer(w, failed(http.StatusServiceUnavailable, "there is too much to do, or this was too much; try again later"))
	default:
		answer(w, err)
	}
}

// read returns the request, or a failure that says what is wrong with it.
func (a *api) read(w http.ResponseWriter, r *http.Request) (request, error) {
	var got request
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return got, failed(http.StatusMethodNotAllowed, "the method is %s and must be POST", r.Method)
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return got, failed(http.StatusUnsupportedMediaType, "the content type is %q and must be application/json", r.Header.Get("Content-Type"))
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, int64(a.body)))
	d.DisallowUnknownFields()
	err := d.Decode(&got)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the object")
		}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return got, failed(http.StatusRequestEntityTooLarge, "the request is larger than %d bytes", a.body)
	case err != nil:
		return got, failed(http.StatusBadRequest, `not the JSON object expected, {"text": "...", "lexicon": "...", "html": true}: %v`, err)
	case got.Text == nil:
		return got, failed(http.StatusBadRequest, `"text" is missing`)
	case len(*got.Text) > a.text:
		return got, failed(http.StatusRequestEntityTooLarge, "the text has %d bytes, more than %d", len(*got.Text), a.text)
	case len(got.Lexicon) > a.lexicon:
		return got, failed(http.StatusRequestEntityTooLarge, "the lexicon has %d bytes, more than %d", len(got.Lexicon), a.lexicon)
	}
	return got, nil
}

// classify works on a request until ctx ends. A lexicon or sentence once begun
// cannot be interrupted, and a lexicon can be made to take its time: so whoever
// waits is let go, and the place stays taken until the work is done.
func (a *api) classify(ctx context.Context, got request) (response, error) {
	select {
	case a.working <- struct{}{}:
	case <-ctx.Done():
		return response{}, ctx.Err()
	}
	var res response
	done := make(chan error, 1)
	go func() {
		defer func() { <-a.working }()
		defer func() {
			if v := recover(); v != nil {
				done <- fmt.Errorf("cannot classify this: %v", v)
			}
		}()
		var err error
		res, err = a.work(ctx, got)
		done <- err
	}()
	select {
	case err := <-done:
		return res, err
	case <-ctx.Done():
		return response{}, ctx.Err()
	}
}

func lexiconFailure(errs []*classify.LexiconError) *failure {
	f := failed(http.StatusUnprocessableEntity, "the lexicon has mistakes")
	for _, e := range errs {
		m := mistake{Line: e.Line, Column: e.Column, Message: e.Msg}
		if e.File != lexiconName { // an entry of a built-in lexicon
			m = mistake{Message: e.Error()}
		}
		f.Lexicon = append(f.Lexicon, m)
	}
	return f
}

// answer writes the response, or what is wrong, as JSON.
func answer(w http.ResponseWriter, v any) {
	status := http.StatusOK
	if err, ok := v.(error); ok {
		var f *failure
		if !errors.As(err, &f) {
			f = failed(http.StatusInternalServerError, "%v", err)
		}
		status, v = f.status, f
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who asked may be gone
}
