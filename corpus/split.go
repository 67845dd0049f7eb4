package corpus

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
)

// Split divides a corpus at random into as many parts as there are fractions,
// each in (0,1] and 1 in sum; the sentences keep their order. Which part a
// sentence falls into depends only on seed, the fractions and its ID: it stays
// there whatever is added to the corpus or removed, so that a sentence held out
// for testing never slips into training. The sizes are therefore not exact.
func Split(sentences []Sentence, seed uint64, fractions ...float64) ([][]Sentence, error) {
	sum := 0.0
	for _, f := range fractions {
		if !(f > 0 && f <= 1) { // also catches NaN
			return nil, fmt.Errorf("corpus: fraction %v of a split is not in (0,1]", f)
		}
		sum += f
	}
	if math.Abs(sum-1) > 1e-9 {
		return nil, fmt.Errorf("corpus: the fractions of a split sum to %v, not 1", sum)
	}
	parts := make([][]Sentence, len(fractions))
	for _, s := range sentences {
		u, part := unit(seed, s.ID), 0
		for u >= fractions[part] && part < len(fractions)-1 {
			u -= fractions[part]
			part++
		}
		parts[part] = append(parts[part], s)
	}
	return parts, nil
}

// unit hashes an id to [0,1).
func unit(seed uint64, id string) float64 {
	h := fnv.New64a()
	_, _ = h.Write(binary.LittleEndian.AppendUint64(nil, seed))
	_, _ = h.Write([]byte(id))
	// FNV mixes its high bits too little for ids that differ in the last
	// letters; the finisher of SplitMix64 spreads them.
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return float64(x>>11) / (1 << 53)
}
