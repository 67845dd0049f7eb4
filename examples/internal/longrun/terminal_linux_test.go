package longrun

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal: what a program writes to the first file
// can be read from the second.
func terminal(t *testing.T) (tty, screen *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { screen.Close() })
	require.NoError(t, unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	require.NoError(t, err)
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { tty.Close() })
	return tty, screen
}

func TestContext(t *testing.T) {
	ctx, stop := Context(t.Context())
	defer stop()
	require.NoError(t, ctx.Err())
	for range 2 { // which is still the first
		require.NoError(t, unix.Kill(os.Getpid(), unix.SIGTERM))
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			require.Fail(t, "not cancelled")
		}
	}
	assert.ErrorContains(t, context.Cause(ctx), "terminated")
}

func TestBarOnTerminal(t *testing.T) {
	for _, total := range []int{1000, -1} {
		tty, screen := terminal(t)
		require.True(t, IsTerminal(tty))
		bar := Items(tty, total, "sentences")
		bar.Add(100)
		time.Sleep(600 * time.Millisecond) // it is not drawn more often than ten times a second
		bar.Add(400)
		bar.Clear()
		bar.Add(1)

		_, err := tty.WriteString("END")
		require.NoError(t, err)
		drawn, err := bufio.NewReader(screen).ReadString('D')
		require.NoError(t, err)
		drawn = strings.TrimSuffix(drawn, "END")
		assert.Contains(t, drawn, "sentences")
		if total > 0 {
			assert.Contains(t, drawn, "50%")
			assert.Contains(t, drawn, "500/1000")
		}
		last := drawn[strings.LastIndex(strings.TrimSuffix(drawn, "\r"), "\r")+1:]
		assert.Empty(t, strings.TrimSpace(last), "the line is left clean")
	}
}
