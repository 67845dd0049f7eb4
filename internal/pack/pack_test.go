package pack

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

type thing struct {
	small  uint8
	signed int
	any    uint64
	weight float64
	on     bool
	name   string
	parts  []thing
}

func (x *thing) code(c *Codec) {
	Number(c, &x.small)
	Number(c, &x.signed)
	c.Bits(&x.any)
	c.Float(&x.weight)
	c.Bool(&x.on)
	String(c, &x.name)
	var arena Arena[thing]
	arena.Slice(c, &x.parts, func(p *thing) { p.code(c) })
}

var sample = thing{
	small: 255, signed: math.MinInt64, any: math.MaxUint64, weight: -0.5, on: true, name: "naïve",
	parts: []thing{{name: "naïve"}, {name: "", signed: math.MaxInt64}, {name: "other", parts: []thing{{signed: -1}}}},
}

func TestRoundTrip(t *testing.T) {
	w := NewWriter()
	sample.code(w)
	var back thing
	r := NewReader(string(w.Bytes()))
	assert.True(t, r.Reading())
	back.code(r)
	assert.NoError(t, r.Err())
	assert.Equal(t, sample, back)
}

func TestStringsAreWrittenOnce(t *testing.T) {
	size := func(words ...string) int {
		w := NewWriter()
		Slice(w, &words, func(s *string) { String(w, s) })
		return len(w.Bytes())
	}
	assert.Less(t, size("neutrality", "neutrality"), size("neutrality", "Neutrality"))
}

// Whatever the data, reading ends without a panic, in memory in proportion to
// them.
func TestCorruptData(t *testing.T) {
	w := NewWriter()
	sample.code(w)
	whole := string(w.Bytes())
	for n := range len(whole) {
		var x thing
		r := NewReader(whole[:n])
		x.code(r)
		assert.ErrorIs(t, r.Err(), ErrCorrupt, "cut to %d bytes", n)
	}
	r := NewReader(whole + "x")
	var x thing
	x.code(r)
	assert.ErrorIs(t, r.Err(), ErrCorrupt, "with a byte more")
	for _, bad := range []string{
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", // a number without an end
		"\xfe\xff\xff\xff\x0f",                         // two thousand million parts
		"\x01",                                         // less than none
	} {
		r := NewReader(bad)
		var parts []uint32
		Slice(r, &parts, func(p *uint32) { Number(r, p) })
		assert.ErrorIs(t, r.Err(), ErrCorrupt, "%q", bad)
		assert.Empty(t, parts)
	}
	r = NewReader("\x06") // the third string of none
	var s string
	String(r, &s)
	assert.ErrorIs(t, r.Err(), ErrCorrupt)
}

func FuzzReader(f *testing.F) {
	w := NewWriter()
	sample.code(w)
	f.Add(string(w.Bytes()))
	f.Fuzz(func(t *testing.T, data string) {
		var x thing
		r := NewReader(data)
		x.code(r)
		if r.Err() != nil {
			return
		}
		w := NewWriter()
		x.code(w)
		var again thing
		r = NewReader(string(w.Bytes()))
		again.code(r)
		assert.NoError(t, r.Err())
	})
}
