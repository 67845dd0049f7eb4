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

// maxChecked is how many values a file may have to be looked at further when it
// is bad, so that the answer comes soon.
const maxChecked = 20_000

// others adds the mistakes of a lexicon that could not be read whole, as far as
// they are not owed to the part that is missing.
func (d *decoder) others(lex *Lexicon) {
	if d.nodes > maxChecked {
		return
	}
	for _, e := range LexiconErrors(lex.Validate()) {
		if e.File == d.file && !d.excuses(e) {
			d.errs.list = append(d.errs.list, e)
		}
	}
}

// excuses reports whether what the mistake misses may be in the part of the file
// that could not be read.
func (d *decoder) excuses(e *LexiconError) bool {
	at := position{file: e.File, line: e.Line, column: e.Column}
	switch e.lacks {
	case "":
		return false
	case "label":
		return d.lost[lostKey{key: "label"}] || d.lost[lostKey{key: "cues"}]
	case "classes":
		return d.lost[lostKey{key: "classes"}]
	}
	return d.lost[lostKey{at, e.lacks}] || d.lost[lostKey{at, ""}]
}

// words is the part of a built-in lexicon that stays without its cues and
// context: the grammar and the classes.
func (lex *Lexicon) words() *Lexicon {
	return &Lexicon{Name: lex.Name, Classes: lex.Classes, grammar: lex.grammar}
}
