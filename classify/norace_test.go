//go:build !race

package classify

// RaceEnabled says that the race detector is on.
const RaceEnabled = false
