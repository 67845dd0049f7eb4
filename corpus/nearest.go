package corpus

import "strings"

// nearest returns the key of a sentence that the given key probably means, or
// "" if it is a key of its own. Only keys that the object lacks come into
// question, so that "test" or "next" may stand beside "text"; and optional keys
// must be closer, so that "state" is not taken for "start".
func nearest(key string, known map[string]value) string {
	absent := func(keys []string, share int) string {
		for _, k := range keys {
			if _, ok := known[k]; !ok && closest(key, []string{k}, min(2, len(k)/share)) != "" {
				return k
			}
		}
		return ""
	}
	if k := absent(requiredKeys, 2); k != "" {
		return k
	}
	return absent(optionalKeys, 3)
}

// closest returns the candidate with the smallest edit distance to s, not
// counting case, if that is at most limit; otherwise "".
func closest(s string, candidates []string, limit int) string {
	best := ""
	for _, c := range candidates {
		if max(len(s)-len(c), len(c)-len(s)) > 4*limit { // more bytes than limit runes have
			continue
		}
		if d := editDistance(strings.ToLower(s), strings.ToLower(c)); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b (Damerau 1964, optimal string alignment).
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		d[i][0] = i
	}
	for j := range t {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(s)][len(t)]
}
