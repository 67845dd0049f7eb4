package match

import "github.com/demarche/demarche/internal/vocab"

// note takes note of a symbol of the sentence.
func (r *run) note(s vocab.Symbol) {
	n := uint32(s) / 64
	if r.symbols[n] == 0 {
		r.noted = append(r.noted, n)
	}
	r.symbols[n] |= 1 << (s % 64)
}

func (r *run) noticed(s vocab.Symbol) bool { return r.symbols[s/64]>>(s%64)&1 != 0 }

// stands reports whether any word or phrase of the set stands in the sentence.
func (r *run) stands(n int32) bool {
	if n < 0 {
		return true
	}
	known := r.known[n]
	return known == r.present || known != r.present-1 && r.look(n)
}

// look works out what stands does.
func (r *run) look(n int32) bool {
	for _, s := range r.m.evidence[r.m.evidenceAt[n]:r.m.evidenceAt[n+1]] {
		if r.noticed(s) {
			r.known[n] = r.present
			return true
		}
	}
	r.known[n] = r.present - 1
	return false
}
