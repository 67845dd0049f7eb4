package match

import (
	"errors"
	"maps"
	"slices"

	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/vocab"
)

// A Class is a word class under its name in patterns.
type Class struct {
	symbol  vocab.Symbol
	phrases []*pattern.Node
	members int // single words

	literals []vocab.Symbol // see Compiler.Literals; nil until asked for
}

// Classes holds the word classes of a lexicon.
type Classes map[string]*Class

// Names lists the classes.
func (cs Classes) Names() []string { return slices.Collect(maps.Keys(cs)) }

// Phrases lists the members of a class that are not single words.
func (cs Classes) Phrases(name string) []*pattern.Node {
	if c := cs[name]; c != nil {
		return c.phrases
	}
	return nil
}

// tagClasses are the classes that stand for parts of speech.
var tagClasses = map[string][]tag.Tag{
	"noun": {tag.Noun, tag.Name},
	"name": {tag.Name},
	"verb": {tag.Verb, tag.Past, tag.Ing},
	"adj":  {tag.Adjective, tag.Past, tag.Ing},
	"adv":  {tag.Adverb},
	"ing":  {tag.Ing},
	"past": {tag.Past},
	"num":  {tag.NumberWord},
}

// IsTagClass reports whether the class name stands for a part of speech.
func IsTagClass(name string) bool { return tagClasses[name] != nil }

// ErrUndefinedClass is the error for a class that no lexicon defines.
var ErrUndefinedClass = errors.New("undefined class")

// A ClassError names a class that is used and not defined.
type ClassError struct{ Name string }

func (e *ClassError) Error() string { return "undefined class @" + e.Name }

func (e *ClassError) Unwrap() error { return ErrUndefinedClass }

// AddClass defines a class. Members must have been resolved: single words give
// the class's symbol to the word; phrases are kept as patterns.
func (cs Classes) AddClass(v *vocab.Vocabulary, name string, members []*pattern.Node) {
	c := cs[name]
	if c == nil {
		c = &Class{symbol: v.Symbol(pattern.Class, name)}
		cs[name] = c
	}
	for _, m := range members {
		cs.addMember(v, c, m)
	}
}

func (cs Classes) addMember(v *vocab.Vocabulary, c *Class, m *pattern.Node) {
	switch m.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		v.AddMember(c.symbol, m.Op, m.Text, m.POS)
		c.members++
	case pattern.Alt:
		for _, k := range m.Kids {
			cs.addMember(v, c, k)
		}
	default:
		c.phrases = append(c.phrases, m)
	}
}
