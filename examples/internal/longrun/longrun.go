// Package longrun gives the examples what work on many or large files needs: a
// progress bar on a terminal, and an orderly end when the user interrupts.
package longrun

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Context returns a context that is cancelled by the first interrupt (Ctrl-C)
// or request to terminate; [context.Cause] then names the signal. Another one a
// second later or more ends the program at once: some senders send it twice.
// stop releases what the context holds.
func Context(parent context.Context) (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	return ctx, stop
}

// A Bar shows how far the work has come. The nil Bar shows nothing.
type Bar struct{ bar *progressbar.ProgressBar }

// Bytes returns a bar for total bytes, -1 if nobody knows how many, if w is a
// terminal, and otherwise nil. what is shown before it.
func Bytes(w io.Writer, total int64, what string) *Bar {
	return newBar(w, total, what, progressbar.OptionShowBytes(true))
}

// Items is like [Bytes] for things that are counted, such as files.
func Items(w io.Writer, total int, what string) *Bar {
	return newBar(w, int64(total), what, progressbar.OptionShowCount())
}

func newBar(w io.Writer, total int64, what string, count progressbar.Option) *Bar {
	if total == 0 || !IsTerminal(w) {
		return nil
	}
	return &Bar{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(what),
		count,
		progressbar.OptionSetWidth(24),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0), // turned by Add, not by a goroutine
		progressbar.OptionClearOnFinish(),
	)}
}

// Add moves the bar on by n.
func (b *Bar) Add(n int) {
	if b != nil {
		_ = b.bar.Add(n) // a bar that cannot be drawn is no reason to stop
	}
}

// Clear takes the bar off the terminal for good.
func (b *Bar) Clear() {
	if b != nil {
		_ = b.bar.Finish()
	}
}

// IsTerminal reports whether f, a reader or writer, is a terminal.
func IsTerminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// IsFile reports whether f, a reader or writer, is a regular file: neither a
// terminal nor a pipe.
func IsFile(f any) bool {
	file, ok := f.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode().IsRegular()
}

// Size returns how many bytes are left to read in r if it is a regular file,
// and otherwise -1.
func Size(r io.Reader) int64 {
	if !IsFile(r) {
		return -1
	}
	file := r.(*os.File)
	info, err := file.Stat()
	if err != nil {
		return -1
	}
	at, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return -1
	}
	return info.Size() - at
}

// Reader returns a reader of r that moves the bar by what it reads, and that
// fails with the cause of ctx once ctx is cancelled, even while r waits for
// input that does not come.
func Reader(ctx context.Context, r io.Reader, bar *Bar) io.Reader {
	return &reader{ctx: ctx, r: r, bar: bar, done: make(chan result, 1)}
}

type reader struct {
	ctx  context.Context
	r    io.Reader
	bar  *Bar
	buf  []byte
	done chan result
}

type result struct {
	n   int
	err error
}

func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	if len(r.buf) < len(p) {
		r.buf = make([]byte, len(p))
	}
	buf := r.buf[:len(p)]
	go func() {
		n, err := r.r.Read(buf)
		r.done <- result{n, err}
	}()
	select {
	case <-r.ctx.Done(): // as at the start of every later call, so that buf is left to the goroutine
		return 0, context.Cause(r.ctx)
	case got := <-r.done:
		r.bar.Add(got.n)
		return copy(p, buf[:got.n]), got.err
	}
}
