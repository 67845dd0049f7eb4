package classify

// Validate checks a lexicon, read or built in Go, on its own: patterns,
// weights, classes (which may be built-in ones), labels and everything else
// that does not depend on other lexicons. That an entry to remove or replace
// exists, and that no id is taken, only [New] can say. The error lists all
// mistakes, see [LexiconErrors].
func (lex *Lexicon) Validate() error {
	base, err := builtin()
	if err != nil {
		return err
	}
	var lexicons []*Lexicon
	for _, b := range base {
		lexicons = append(lexicons, b.words())
	}
	_, err = build(append(lexicons, lex), &options{}, true)
	return err
}

// words is the part of a built-in lexicon that stays without its cues and
// context: the grammar and the classes.
func (lex *Lexicon) words() *Lexicon {
	return &Lexicon{Name: lex.Name, Classes: lex.Classes, grammar: lex.grammar}
}
