package match

// A memo remembers where a program has been. What can be reached from a place
// is the same whichever way led there, so a place need not be tried twice: with
// several optional parts and gaps there would be very many ways (Norvig 1991).
// Most programs are done before it is worth the trouble.
type memo struct {
	used   bool
	places [1 << memoBits]uint64 // by hash; a place takes that of another
}

const (
	memoBits  = 9
	memoAfter = 100 // steps
)

// begin begins with a program, in one of the directions.
func (r *run) begin() {
	r.steps = stepBudget
	r.memo.used = false
}

// tried reports whether the program has been at pc and token i before, and
// takes note of it.
func (r *run) tried(pc int32, i, skips int, between bool) bool {
	return r.steps < stepBudget-memoAfter && r.memo.tried(pc, i, skips, between)
}

func (m *memo) tried(pc int32, i, skips int, between bool) bool {
	if !m.used {
		m.used = true
		clear(m.places[:])
	}
	place := uint64(pc)<<32 | uint64(i+1)<<3 | uint64(skips)<<1
	if between {
		place |= 1
	}
	p := &m.places[place*0x9E3779B97F4A7C15>>(64-memoBits)]
	if *p == place {
		return true
	}
	*p = place
	return false
}
