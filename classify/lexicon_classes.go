package classify

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pattern"
)

// classDef is a class while classes are resolved.
type classDef struct {
	at      position
	members []*pattern.Node
	places  []position
	written int   // members, good or bad
	state   uint8 // 0 new, 1 being resolved, 2 done
}

// defineClasses resolves classes that use classes, and reports double
// definitions, undefined names and cycles.
func (k *compiler) defineClasses(lexicons []*Lexicon) {
	defs := map[string]*classDef{}
	var order []string
	define := func(lex *Lexicon, cl *Class) {
		at := cl.place(lex)
		if old := defs[cl.Name]; old != nil {
			k.errs.addf(at, "class %q is already defined at %s; to add to it, use extend", cl.Name, old.at)
			return
		}
		def := &classDef{at: at}
		defs[cl.Name] = def
		order = append(order, cl.Name)
		k.addMembers(def, cl, at)
	}
	for _, lex := range lexicons {
		for i := range lex.grammar.classes {
			define(lex, &lex.grammar.classes[i])
		}
		for i := range lex.Classes {
			cl := &lex.Classes[i]
			if at := cl.place(lex); match.IsTagClass(cl.Name) {
				k.errs.addf(at, "class %q is built in: it is a part of speech", cl.Name)
				continue
			} else if !pattern.IsName(cl.Name) {
				k.errs.addf(at, "class name %q: letters, digits and hyphens are expected", cl.Name)
				continue
			}
			define(lex, cl)
		}
	}
	for _, lex := range lexicons {
		for i := range lex.Extend {
			cl := &lex.Extend[i]
			at := cl.place(lex)
			switch def := defs[cl.Name]; {
			case match.IsTagClass(cl.Name):
				k.errs.addf(at, "extend: class %q is built in: it is a part of speech", cl.Name)
			case def == nil:
				k.undefined("extend: ", cl.Name, at, slices.Collect(maps.Keys(defs)))
			default:
				k.addMembers(def, cl, at)
			}
		}
	}
	for _, name := range order {
		if defs[name].written == 0 {
			k.errs.lackf("classes", defs[name].at, "class %q has no members", name)
		}
		k.resolve(defs, name, nil)
	}
	for _, name := range order {
		k.classes.AddClass(k.vocab, name, defs[name].members)
		if t, ok := grammarTraits[name]; ok {
			k.vocab.GiveTrait(k.vocab.Symbol(pattern.Class, name), t)
		}
	}
}

// place is where the class stands.
func (cl *Class) place(lex *Lexicon) position {
	if cl.at.file == "" {
		return position{file: lex.Name, entry: "@" + cl.Name}
	}
	return cl.at
}

func (k *compiler) addMembers(def *classDef, cl *Class, at position) {
	def.written += len(cl.Members)
	for i, m := range cl.Members {
		place := placeOr(cl.atPat, i, at)
		if n := k.parse(m, place); n != nil {
			def.members = append(def.members, n)
			def.places = append(def.places, place)
		}
	}
}

// maxMembers bounds the members of all classes together, those of classes in
// classes counted again: without it, a few lines of classes that name each
// other could fill the memory.
const maxMembers = 1 << 20

// resolve copies the members of inner classes into the class.
func (k *compiler) resolve(defs map[string]*classDef, name string, path []string) {
	def := defs[name]
	if def.state == 2 {
		return
	}
	def.state = 1
	path = append(path, name)
	var members []*pattern.Node
	for i, m := range def.members {
		if m.Op != pattern.Class || m.POS != 0 || match.IsTagClass(m.Text) {
			if k.innerClasses(defs, m, def.places[i], path) {
				members = append(members, m)
			}
			continue
		}
		if inner, ok := k.inner(defs, m.Text, def.places[i], path); ok {
			if k.members += len(inner); k.members > maxMembers {
				k.errs.addf(def.places[i], "classes are too large: more than %d members in all, with those of the classes they use", maxMembers)
				break
			}
			members = append(members, inner...)
		}
	}
	def.members = members
	k.members += len(def.places)
	def.state = 2
}

func (k *compiler) inner(defs map[string]*classDef, name string, at position, path []string) ([]*pattern.Node, bool) {
	in, ok := defs[name]
	switch {
	case !ok:
		k.undefined("", name, at, slices.Collect(maps.Keys(defs)))
		return nil, false
	case in.state == 1:
		k.errs.addf(at, "class cycle: @%s", strings.Join(append(path, name), " uses @"))
		return nil, false
	}
	k.resolve(defs, name, path)
	return in.members, true
}

// innerClasses checks the classes that a phrase in a class uses, and reports
// whether all are there.
func (k *compiler) innerClasses(defs map[string]*classDef, n *pattern.Node, at position, path []string) bool {
	good := true
	if n.Op == pattern.Class && !match.IsTagClass(n.Text) {
		_, good = k.inner(defs, n.Text, at, path)
	}
	for _, kid := range n.Kids {
		good = k.innerClasses(defs, kid, at, path) && good
	}
	return good
}

func (k *compiler) undefined(prefix, name string, at position, known []string) {
	if k.errs.full() {
		return
	}
	msg := fmt.Sprintf("%sundefined class @%s", prefix, name)
	if near := nearest(name, known); near != "" {
		msg += fmt.Sprintf("; did you mean @%s?", near)
	}
	k.errs.lackf("classes", at, "%s", msg)
}

// maxSize bounds the words of one pattern, those of its classes of phrases
// included.
const maxSize = 1 << 15

// size counts the words that a pattern stands for; it stops soon after limit.
func (k *compiler) size(n *pattern.Node, limit int) int {
	size := 1
	if n.Op == pattern.Class {
		return k.classSize(n.Text, limit)
	}
	for _, kid := range n.Kids {
		if size += k.size(kid, limit); size > limit {
			break
		}
	}
	return size
}

func (k *compiler) classSize(name string, limit int) int {
	if size, ok := k.sizes[name]; ok {
		return size
	}
	size := 1
	for _, p := range k.classes.Phrases(name) {
		if size += k.size(p, limit); size > limit {
			break
		}
	}
	k.sizes[name] = size
	return size
}
