package classify

import (
	"flag"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var updateSnapshot = flag.Bool("update-snapshot", false, "write the snapshot of the built-in lexicons anew")

func TestSnapshot(t *testing.T) {
	fresh, err := compileBuiltin()
	require.NoError(t, err)
	data, err := fresh.toSnapshot()
	require.NoError(t, err)
	if *updateSnapshot {
		require.NoError(t, os.WriteFile("lexicons/snapshot.bin", data, 0o644))
		snapshot = string(data)
	}
	require.True(t, string(data) == snapshot, "lexicons/snapshot.bin is out of date: run go generate ./classify")
	loaded := fromSnapshot()
	require.NotNil(t, loaded)
	again, err := loaded.toSnapshot()
	require.NoError(t, err)
	assert.True(t, string(again) == snapshot, "what is read is not what was written")
	for _, s := range []string{
		"Paris condemned the raid and warned Oslo of grave consequences.",
		"He refused to say that the U.S. report, a pack of lies, was true.",
	} {
		assert.Equal(t, configured(t, fresh).Explain(s), configured(t, loaded).Explain(s))
	}
}

func configured(t *testing.T, c *Classifier) *Classifier {
	c, err := c.configure(&options{})
	require.NoError(t, err)
	c.limits, err = (&TextLimits{}).orDefault()
	require.NoError(t, err)
	return c
}

// A snapshot that is cut or changed is not used.
func TestSnapshotCorrupt(t *testing.T) {
	defer func(s string) { snapshot = s }(snapshot)
	c, err := builtinClassifier()
	require.NoError(t, err)
	data, err := c.toSnapshot()
	require.NoError(t, err)
	whole := string(data)
	snapshot = whole
	assert.NotNil(t, fromSnapshot())
	for _, n := range []int{0, 10, 32, 33, len(whole) / 2, len(whole) - 1} {
		snapshot = whole[:n]
		assert.Nil(t, fromSnapshot(), "cut to %d bytes", n)
	}
	snapshot = whole + "x"
	assert.Nil(t, fromSnapshot(), "with a byte more")
	snapshot = "x" + whole[1:]
	assert.Nil(t, fromSnapshot(), "of other lexicons")
}

// The built-in classifier is small enough for any server.
func TestSnapshotMemory(t *testing.T) {
	if RaceEnabled {
		t.Skip("the race detector needs memory of its own")
	}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	c := fromSnapshot()
	after := held()
	runtime.KeepAlive(c)
	assert.Less(t, after, before+16<<20, "16 MiB")
}

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		if fromSnapshot() == nil {
			b.Fatal("the snapshot is out of date")
		}
	}
}
