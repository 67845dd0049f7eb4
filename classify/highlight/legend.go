package highlight

import (
	"fmt"

	"github.com/demarche/demarche/classify"
)

// A legend gives each label its colour and counts what is drawn.
type legend struct {
	keys []*key
	by   map[classify.Label]*key
}

// A key is one line of the legend.
type key struct {
	Name           string // the label, legible
	Index          int    // in the legend
	Acts, Mentions int
}

// newLegend returns a legend with the built-in labels, which always have the
// same colours. Others follow as they come.
func newLegend() *legend {
	l := &legend{by: map[classify.Label]*key{}}
	for _, label := range []classify.Label{classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality} {
		l.key(label)
	}
	return l
}

func (l *legend) key(label classify.Label) *key {
	k, ok := l.by[label]
	if !ok {
		k = &key{Name: legible(string(label)), Index: len(l.keys)}
		l.keys = append(l.keys, k)
		l.by[label] = k
	}
	return k
}

// Class gives what belongs to the label its colour and lets its filter hide it.
func (k *key) Class() string {
	return fmt.Sprintf("c%d l%d", k.Index%colours, min(k.Index, filters-1))
}

// Filter is the class of the check box that hides it.
func (k *key) Filter() string { return fmt.Sprintf("f%d", min(k.Index, filters-1)) }

// Count says in words how often the label was given.
func (k *key) Count() string {
	return plural(k.Acts, "act") + ", " + plural(k.Mentions, "mention")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
