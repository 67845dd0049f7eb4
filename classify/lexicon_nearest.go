package classify

import "slices"

// nearest returns the word closest to s, or "" if none is close.
func nearest(s string, words []string) string {
	best, least := "", 3
	slices.Sort(words)
	for _, w := range words {
		if k := editDistance(s, w); k < least && 2*k <= len(w) {
			best, least = w, k
		}
	}
	return best
}

// editDistance is the distance of Levenshtein (1966) in bytes.
func editDistance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
