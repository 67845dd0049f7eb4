package match

import (
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/vocab"
)

// maxLevel bounds the levels of groups that are told apart.
const maxLevel = 255

// commonPhrase is how often a phrase may have to be tried in a million words. If
// it is more often, it is cheaper to try it where a pattern asks for it than to
// look for it everywhere.
const commonPhrase = 60

// neighbourly is how many times rarer a phrase is than its rarest word if that
// has a word next to it.
const neighbourly = 10

// tries guesses how often a phrase is tried in a million words.
func (c *Compiler) tries(p *pattern.Node) int {
	seq := flatten(nil, p)
	anchor, f := c.anchor(seq)
	beside := func(i int) bool { return i >= 0 && i < len(seq) && c.frequency(seq[i]) > 0 }
	if beside(anchor-1) || beside(anchor+1) {
		f /= neighbourly
	}
	return f
}

// group returns the group of a class or alternative, or nil for one that has
// parts that no word tells.
func (c *Compiler) group(n *pattern.Node) *group {
	if n.Op != pattern.Alt && (n.Op != pattern.Class || IsTagClass(n.Text)) {
		return nil
	}
	key := c.key(n)
	g, ok := c.groups[key]
	if ok {
		return g
	}
	g = &group{}
	if n.Op == pattern.Class {
		cl := c.classes[n.Text]
		g.words, g.frequency = []vocab.Sense{{Symbol: cl.symbol, POS: n.POS}}, c.vocab.Frequency(cl.symbol)
		g.phrases, g.symbol = cl.phrases, cl.symbol
	} else if !c.merge(g, n) {
		g = nil
	}
	if g != nil && !c.measure(g) {
		g = nil
	}
	c.groups[key] = g
	return g
}

// key tells what is not the same element.
func (c *Compiler) key(n *pattern.Node) string {
	c.buf = n.Append(c.buf[:0])
	return string(c.buf)
}

// merge adds the branches of an alternative to the group, those of classes and
// alternatives within it too. It reports whether words tell all of them.
func (c *Compiler) merge(g *group, n *pattern.Node) bool {
	for _, k := range n.Kids {
		switch k.Op {
		case pattern.Word, pattern.Form, pattern.Case:
			g.words = append(g.words, c.sense(k))
			g.frequency += c.frequency(k)
		case pattern.Class, pattern.Alt:
			inner := c.group(k)
			if inner == nil {
				return false
			}
			g.words = append(g.words, inner.words...)
			g.frequency += inner.frequency
			g.inner = inner.all(g.inner, false)
			g.common = append(g.common, inner.common...)
		default:
			g.phrases = append(g.phrases, k)
		}
	}
	g.symbol = c.vocab.NewSymbol()
	return true
}

// measure works out how frequent the phrases of the group are and sets the
// common ones apart. It returns false if there is one that no word tells.
func (c *Compiler) measure(g *group) bool {
	var rest []*pattern.Node
	for _, p := range g.phrases {
		f := c.rarest(p)
		if f == 0 {
			return false
		}
		g.frequency += f
		if c.tries(p) > commonPhrase {
			g.common = append(g.common, p)
		} else {
			rest = append(rest, p)
		}
	}
	g.phrases = rest
	g.level = c.level(g.phrases)
	if len(g.common) > 0 {
		g.whole = &group{symbol: c.vocab.NewSymbol(), phrases: g.common, level: c.level(g.common)}
	}
	return true
}

// level is above that of all groups within the phrases, 0 if there are none.
func (c *Compiler) level(phrases []*pattern.Node) (level int) {
	for _, p := range phrases {
		for _, inner := range c.needed(p) {
			level = max(level, inner.level)
		}
	}
	if len(phrases) > 0 {
		level++
	}
	return level
}

// needed lists the groups whose phrases the program of a pattern needs: those of
// its anchor are all looked for, the common ones too.
func (c *Compiler) needed(n *pattern.Node) []*group {
	all, seq := c.uses(nil, n), flatten(nil, n)
	if anchor, _ := c.anchor(seq); anchor >= 0 {
		if g := c.group(seq[anchor]); g != nil && g.whole != nil {
			all = append(all, g.whole)
		}
	}
	return all
}

// uses appends the groups to dst whose phrases stand in the code of a pattern.
func (c *Compiler) uses(dst []*group, n *pattern.Node) []*group {
	parts := n.Kids
	if n.Op == pattern.Class || n.Op == pattern.Alt {
		if g := c.group(n); g != nil {
			dst = g.all(dst, false)
			parts = g.common
		} else {
			parts = c.parts(n)
		}
	}
	for _, k := range parts {
		dst = c.uses(dst, k)
	}
	return dst
}

// all appends the group and those merged with it to dst, if they have phrases;
// whole asks for that of its common phrases too.
func (g *group) all(dst []*group, whole bool) []*group {
	if len(g.phrases) > 0 {
		dst = append(dst, g)
	}
	if whole && g.whole != nil {
		dst = append(dst, g.whole)
	}
	return append(dst, g.inner...)
}

// parts lists the nodes within a node: of a class, its phrases.
func (c *Compiler) parts(n *pattern.Node) []*pattern.Node {
	if n.Op == pattern.Class {
		return c.classes.Phrases(n.Text)
	}
	return n.Kids
}

// element returns the number of the set of a word, class or alternative. The
// common phrases of a group are in it only if whole.
func (c *Compiler) element(n *pattern.Node, whole bool) int32 {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		return c.set([]vocab.Sense{c.sense(n)}, nil)
	}
	g := c.group(n)
	return c.set(g.words, idsOf(g.all(nil, whole)))
}

func idsOf(groups []*group) (ids []groupID) {
	for _, g := range groups {
		ids = append(ids, groupID(g.symbol))
	}
	return ids
}

// compileGroups compiles the phrases of the groups that programs use, in the
// first stage that needs them.
func (c *Compiler) compileGroups() error {
	for stage := range Stage(stages) {
		for p := 0; p < len(c.progs); p++ { // the phrases of groups add to them
			if c.progs[p].stage != stage {
				continue
			}
			for _, g := range c.progs[p].uses {
				if err := c.phrases(g, stage); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// phrases compiles the phrases of a group. One that another group has too is
// compiled once.
func (c *Compiler) phrases(g *group, stage Stage) error {
	if g.compiled {
		return nil
	}
	g.compiled = true
	for _, p := range g.phrases {
		key := c.key(p)
		id, ok := c.phraseIDs[key]
		if !ok {
			var err error
			if id, err = c.program(stage, p, -1); err != nil {
				return err
			}
			c.phraseIDs[key] = id
		}
		if d := &c.progs[id]; !slices.Contains(d.groups, groupID(g.symbol)) {
			d.groups = append(d.groups, groupID(g.symbol))
		}
	}
	return nil
}
