package classify_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// Many goroutines share a classifier while others are built and put in its
// place, as a server does that reloads its lexicons. Each gets the results that
// the classifier it took gives to one alone.
func TestConcurrentUse(t *testing.T) {
	texts := []string{sample, strings.Repeat(sample+"\n\n", 3), "Oslo apologised.", strings.Join(hostileSeeds, "\n")}
	read := func(c *classify.Classifier) (all []string) {
		for _, text := range texts {
			all = append(all, string(encode(t, slices.Collect(c.Document(text)))))
			all = append(all, string(encode(t, []classify.Result{c.Sentence(text)})))
		}
		return all
	}
	build := func(n int) *classify.Classifier {
		lex, err := classify.ReadLexicon(strings.NewReader(fmt.Sprintf("label: apology\ncues: [{id: sorry%d, match: [apologise]}]", n)), "a.yaml")
		require.NoError(t, err)
		return newClassifier(t, classify.WithLexicon(lex))
	}
	// what each classifier gives, from one goroutine
	type served struct {
		*classify.Classifier
		want []string
	}
	serve := func(c *classify.Classifier) *served { return &served{c, read(c)} }
	var current atomic.Pointer[served]
	current.Store(serve(classify.Default()))

	const readers, rounds = 64, 6
	stop := make(chan struct{})
	var wg, builder sync.WaitGroup
	builder.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
				current.Store(serve(build(n % 3)))
			}
		}
	})
	var differ atomic.Int32
	for range readers {
		wg.Go(func() {
			for range rounds {
				s := current.Load()
				if !slices.Equal(s.want, read(s.Classifier)) {
					differ.Add(1)
				}
				for r, err := range s.Reader(context.Background(), strings.NewReader(sample)) {
					if err != nil || r.Text == "" {
						differ.Add(1)
					}
					break // and leave in the middle
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	builder.Wait()
	assert.Zero(t, differ.Load())
}

// What a reader gives before it fails is read, and then its error.
func TestReaderFails(t *testing.T) {
	broken := errors.New("broken pipe")
	for name, failing := range map[string]func(io.Reader) io.Reader{
		"after the text": func(r io.Reader) io.Reader { return io.MultiReader(r, iotest.ErrReader(broken)) },
		"with the text":  func(r io.Reader) io.Reader { return &failsWithData{r: r, err: broken} },
		"byte by byte":   func(r io.Reader) io.Reader { return io.MultiReader(iotest.OneByteReader(r), iotest.ErrReader(broken)) },
	} {
		var texts []string
		var errs []error
		for r, err := range classify.Default().Reader(t.Context(), failing(strings.NewReader("Oslo condemned the raid.\n\nIt rained. Nobody"))) {
			if err != nil {
				errs = append(errs, err)
				assert.Equal(t, classify.Result{}, r, name)
				continue
			}
			require.Empty(t, errs, "a result after the error")
			texts = append(texts, r.Text)
		}
		assert.Equal(t, []string{"Oslo condemned the raid.", "It rained.", "Nobody"}, texts, name)
		if assert.Len(t, errs, 1, name) {
			assert.ErrorIs(t, errs[0], broken, name)
		}
	}
	only := func(r io.Reader) error {
		var last error
		for _, err := range classify.Default().Reader(t.Context(), r) {
			last = err
		}
		return last
	}
	assert.ErrorIs(t, only(iotest.ErrReader(broken)), broken)
	assert.ErrorIs(t, only(stuck{}), io.ErrNoProgress)
	assert.ErrorContains(t, only(liar{}), "impossible count")
	assert.ErrorIs(t, only(io.MultiReader(strings.NewReader("It rained."), iotest.ErrReader(io.ErrUnexpectedEOF))), io.ErrUnexpectedEOF)
	assert.NoError(t, only(strings.NewReader("It rained.")))
}

// failsWithData gives its error together with the last bytes.
type failsWithData struct {
	r   io.Reader
	err error
}

func (f *failsWithData) Read(p []byte) (int, error) {
	n, _ := io.ReadFull(f.r, p)
	return n, f.err
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

type liar struct{}

func (liar) Read(p []byte) (int, error) { return len(p) + 1, nil }

// A cancelled context ends the reading before the next paragraph, however much
// of it is read already, and nothing more is asked of the reader.
func TestReaderCancelled(t *testing.T) {
	cause := errors.New("enough")
	for name, text := range map[string]string{
		"paragraphs":     strings.Repeat("It rained. It stopped.\n\n", 5000),
		"lines":          strings.Repeat("It rained. It stopped.\n", 5000),
		"one paragraph":  strings.Repeat("It rained, and it rained on. ", 30_000),
		"one quotation":  "“" + strings.Repeat("It rained.\n\n“", 5000),
		"a slow reading": strings.Repeat("It rained. It stopped.\n\n", 20),
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		counted := &counting{r: strings.NewReader(text)}
		if name == "a slow reading" {
			counted.r = iotest.OneByteReader(counted.r)
		}
		n, reads := 0, 0
		end := 0 // of the paragraph at the time
		var last error
		for r, err := range classify.Default().Reader(ctx, counted) {
			if last = err; err != nil {
				continue
			}
			if n++; n == 1 {
				cancel(cause)
				reads = counted.n
				end = len(text)
				if i := strings.Index(text, "\n"); i >= 0 {
					end = i
				}
			}
			if name != "one quotation" { // its sentences wait for a speaker together
				assert.LessOrEqual(t, r.Span.End, end, name)
			}
		}
		assert.ErrorIs(t, last, cause, name)
		assert.Equal(t, reads, counted.n, name)
		assert.Less(t, n, 10_000, name)
	}
	// before the first, too
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for r, err := range classify.Default().Reader(ctx, strings.NewReader(sample)) {
		assert.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, r)
	}
	// and while the reader gives nothing that ends a paragraph
	ctx, cancel = context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	var last error
	for _, err := range classify.Default().Reader(ctx, trickle{}) {
		last = err
	}
	assert.ErrorIs(t, last, context.DeadlineExceeded)
}

type counting struct {
	r io.Reader
	n int
}

func (c *counting) Read(p []byte) (int, error) {
	c.n++
	return c.r.Read(p)
}

// trickle gives a letter now and then, for ever.
type trickle struct{}

func (trickle) Read(p []byte) (int, error) {
	time.Sleep(time.Millisecond)
	p[0] = 'x'
	return 1, nil
}

// Whoever stops in the middle of a text leaves nothing behind: no goroutine and
// no memory.
func TestEarlyExit(t *testing.T) {
	c := classify.Default()
	text := strings.Repeat(sample+"\n\n", 20)
	leave := func() {
		for range c.Document(text) {
			break
		}
		for _, err := range c.Reader(t.Context(), strings.NewReader(text)) {
			assert.NoError(t, err)
			break
		}
		next, stop := iter.Pull(c.Document(text))
		next()
		next()
		stop()
		next2, stop2 := iter.Pull2(c.Reader(t.Context(), strings.NewReader(text)))
		next2()
		stop2()
		func() {
			defer func() { assert.Equal(t, "out", recover()) }()
			for range c.Document(text) {
				panic("out")
			}
		}()
	}
	want := texts(c.Document(sample))
	leave()
	goroutines, bytes := runtime.NumGoroutine(), heap()
	for range 200 {
		leave()
	}
	for wait := 0; wait < 1000 && runtime.NumGoroutine() > goroutines; wait++ {
		time.Sleep(time.Millisecond) // those that end are not gone at once
	}
	assert.LessOrEqual(t, runtime.NumGoroutine(), goroutines)
	assert.Less(t, int64(heap())-int64(bytes), int64(2<<20))
	assert.Equal(t, want, texts(c.Document(sample)), "and the next one begins anew")
}
