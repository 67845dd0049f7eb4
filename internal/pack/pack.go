// Package pack writes plain values to bytes and reads them again. The same
// calls do both, so that what is written and what is read cannot differ:
//
//	func (p *point) code(c *pack.Codec) {
//		pack.Number(c, &p.x)
//		pack.Number(c, &p.y)
//	}
package pack

import (
	"encoding/binary"
	"errors"
	"math"
)

// A Codec goes through the fields of values, in a fixed order, and writes or
// reads them.
type Codec struct {
	reading bool
	out     []byte
	in      string
	at      int            // what of in has been read; a string to cut would cost a write barrier each time
	known   map[string]int // numbers of the strings written, from 1
	strings []string       // those read
	err     error
}

// NewWriter returns a codec that writes.
func NewWriter() *Codec { return &Codec{} }

// NewReader returns a codec that reads what another one has written.
func NewReader(data string) *Codec { return &Codec{reading: true, in: data} }

// Reading reports whether the codec reads.
func (c *Codec) Reading() bool { return c.reading }

// Bytes is what has been written.
func (c *Codec) Bytes() []byte { return c.out }

// ErrCorrupt is the error for data that no codec has written.
var ErrCorrupt = errors.New("pack: corrupt data")

// Err returns [ErrCorrupt] if the data read so far were bad, or if there are
// more of them once all is read.
func (c *Codec) Err() error {
	if c.err == nil && c.reading && c.left() > 0 {
		return ErrCorrupt
	}
	return c.err
}

// Fail marks the data as corrupt.
func (c *Codec) Fail() {
	c.err = ErrCorrupt
	c.at = len(c.in)
}

// Number codes a number that is mostly small.
func Number[T ~int | ~int32 | ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Codec, p *T) {
	if c.reading {
		*p = T(c.number())
		return
	}
	v := int64(*p)
	c.out = binary.AppendUvarint(c.out, uint64(v<<1)^uint64(v>>63))
}

func (c *Codec) number() int64 {
	var v uint64
	in := c.in[c.at:]
	for i := 0; i < len(in) && i < binary.MaxVarintLen64; i++ {
		b := in[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.at += i + 1
			return int64(v>>1) ^ -int64(v&1)
		}
	}
	c.Fail()
	return 0
}

// left is how many bytes have not been read.
func (c *Codec) left() int { return len(c.in) - c.at }

// Bits codes a number that may be any.
func (c *Codec) Bits(p *uint64) {
	if !c.reading {
		c.out = binary.LittleEndian.AppendUint64(c.out, *p)
		return
	}
	if c.left() < 8 {
		c.Fail()
		return
	}
	*p = binary.LittleEndian.Uint64([]byte(c.in[c.at : c.at+8]))
	c.at += 8
}

// Float codes a number with a fraction.
func (c *Codec) Float(p *float64) {
	bits := math.Float64bits(*p)
	c.Bits(&bits)
	*p = math.Float64frombits(bits)
}

// Bool codes a truth value.
func (c *Codec) Bool(p *bool) {
	n := 0
	if *p {
		n = 1
	}
	Number(c, &n)
	*p = n != 0
}

// String codes a string. Strings that come again are written once; those that
// are read share the memory of the data.
func String[T ~string](c *Codec, p *T) {
	if c.reading {
		*p = T(c.string())
		return
	}
	known, ok := c.known[string(*p)]
	if !ok {
		if c.known == nil {
			c.known = map[string]int{}
		}
		c.known[string(*p)] = len(c.known) + 1
	}
	Number(c, &known)
	if !ok {
		n := len(*p)
		Number(c, &n)
		c.out = append(c.out, *p...)
	}
}

func (c *Codec) string() string {
	known := 0
	if Number(c, &known); known > 0 && known <= len(c.strings) {
		return c.strings[known-1]
	} else if known != 0 {
		c.Fail()
		return ""
	}
	n := c.length(0, 1)
	s := c.in[c.at : c.at+n]
	c.at += n
	c.strings = append(c.strings, s)
	return s
}

// length codes a length. One that is read is of something that takes at least
// so many bytes for each of its parts, and is there.
func (c *Codec) length(n, least int) int {
	Number(c, &n)
	if c.reading && (n < 0 || n > c.left()/least) {
		c.Fail()
		return 0
	}
	return n
}

// Slice codes a slice, part by part. An empty one is read as nil.
func Slice[T any](c *Codec, p *[]T, part func(*T)) {
	n := c.length(len(*p), 1)
	if c.reading && n > 0 {
		*p = make([]T, n)
	}
	for i := range *p {
		part(&(*p)[i])
	}
}

// An Arena gives many short slices the memory of few long ones.
type Arena[T any] struct{ free []T }

// Slice is like [Slice], with the memory of the arena.
func (a *Arena[T]) Slice(c *Codec, p *[]T, part func(*T)) {
	n := c.length(len(*p), 1)
	if c.reading && n > 0 {
		const block = 1 << 13
		if len(a.free) < n {
			a.free = make([]T, max(n, block))
		}
		*p, a.free = a.free[:n:n], a.free[n:]
	}
	for i := range *p {
		part(&(*p)[i])
	}
}
