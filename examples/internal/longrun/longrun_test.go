package longrun

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReaderReadsAll(t *testing.T) {
	text := strings.Repeat("all of it\n", 10_000)
	require.NoError(t, iotest.TestReader(Reader(t.Context(), strings.NewReader(text), nil), []byte(text)))

	broken := errors.New("broken")
	_, err := io.ReadAll(Reader(t.Context(), iotest.ErrReader(broken), nil))
	assert.ErrorIs(t, err, broken)
}

func TestReaderStopsWaiting(t *testing.T) {
	in, out := io.Pipe()
	defer out.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped")
	time.AfterFunc(10*time.Millisecond, func() { cancel(stopped) })
	r := Reader(ctx, in, nil)
	for range 2 { // and does not begin again
		_, err := r.Read(make([]byte, 8))
		require.ErrorIs(t, err, stopped)
	}
}

func TestNoTerminalNoBar(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "errors"))
	require.NoError(t, err)
	defer f.Close()
	for _, w := range []io.Writer{new(strings.Builder), f} {
		assert.False(t, IsTerminal(w))
		bar := Bytes(w, 10, "reading")
		assert.Nil(t, bar)
		bar.Add(5)
		bar.Clear()
		assert.Nil(t, Items(w, 10, "files"))
	}
	size, err := f.Seek(0, io.SeekEnd)
	require.NoError(t, err)
	assert.Zero(t, size)
}

func TestSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text")
	require.NoError(t, os.WriteFile(path, []byte("0123456789"), 0o600))
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	assert.EqualValues(t, 10, Size(f))
	_, err = f.Seek(4, io.SeekStart)
	require.NoError(t, err)
	assert.EqualValues(t, 6, Size(f))

	in, out, err := os.Pipe()
	require.NoError(t, err)
	defer in.Close()
	defer out.Close()
	assert.EqualValues(t, -1, Size(in))
	assert.True(t, IsFile(f))
	assert.False(t, IsFile(out))
	assert.False(t, IsFile(new(strings.Builder)))
	assert.EqualValues(t, -1, Size(strings.NewReader("text")))
}
