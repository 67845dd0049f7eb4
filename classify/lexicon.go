package classify

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// A Lexicon is a set of words and phrases and of what they mean for the
// labels. It can be read from YAML with [ReadLexicon] or [LoadLexicons], or
// built in Go as a plain value; [WithLexicon] hands it to a [Classifier]. The
// zero value is an empty lexicon.
type Lexicon struct {
	Name     string // for error messages and traces
	Language string // BCP 47 tag, such as "en"
	Version  string
	License  string // licence of the list, such as an SPDX identifier

	// Label is the label of cues and blockers that give none.
	Label Label
	// Defaults are used by cues that leave a field out.
	Defaults Cue

	Classes     []Class
	Cues        []Cue
	Blockers    []Blocker
	Modifiers   []Modifier
	Pseudo      []Entry // pseudo-triggers: modifiers within their words do not count
	Terminators []Entry // words at which the scope of a modifier ends

	// Remove lists ids of cues, blockers or modifiers of lexicons merged
	// before this one that shall go; the id of a group removes all of it.
	Remove []string
	// Weights gives cues of lexicons merged before this one another weight.
	Weights []Reweight
	// Thresholds sets the least score of an act, by label.
	Thresholds map[Label]float64

	grammar grammar
}

// A Class is a set of words and phrases that patterns use as @name.
type Class struct {
	Name    string
	Members []string // patterns without gaps
	at      []position
}

// A Cue is a group of patterns that show an act.
type Cue struct {
	// ID names the cue in traces. A cue with several patterns has an entry for
	// each, called ID/words-of-the-pattern.
	ID     string
	Label  Label    // default: the lexicon's
	Match  []string // patterns
	Weight float64  // in (0,1]: how likely the words alone show the act; default 0.9
	Frame  Frame    // where source and target stand; default FrameVerb
	Target []string // overrides where the target stands: prepositions, "object", "subject"
	// NeedsSource makes the cue count only where the sentence names who does
	// it.
	NeedsSource bool
	// Immune lists the reasons that do not turn this cue into a mention.
	Immune []Reason
	// Mention says whether the cue, when somebody takes it back or asks for
	// it, still names the act. The zero value takes the frame's default: yes
	// for FrameVerb and FrameNoun.
	Mention MentionMode
	// Reason, if set, says that the words themselves name the act as not
	// performed ("silence on"): the cue always gives a mention.
	Reason Reason

	at    position
	atPat []position
}

// MentionMode says whether a cue can become a [Mention].
type MentionMode uint8

// The mention modes.
const (
	MentionByFrame MentionMode = iota
	MentionAlways
	MentionNever
)

// Frame says where the source and the target of a cue stand in a sentence.
type Frame string

// The frames.
const (
	FrameVerb      Frame = "verb"      // source is the subject, target the object
	FrameNoun      Frame = "noun"      // "China's condemnation of the raid", "issued a warning to Oslo"
	FramePredicate Frame = "predicate" // target is the subject, source the speaker: "the verdict is a farce"
	FrameEpithet   Frame = "epithet"   // target is the noun phrase around the words: "their brutal war"
	FrameStatement Frame = "statement" // source is the subject or speaker, no target: "all options are on the table"
)

// A Blocker is another sense: its match cancels every cue within its words.
type Blocker struct {
	ID     string
	Labels []Label // default: the lexicon's label, or all
	Match  []string
	at     position
	atPat  []position
}

// A Modifier is context that turns cues into mentions.
type Modifier struct {
	ID        string
	Category  Reason // or Presupposed
	Match     []string
	Direction Direction
	Limit     int     // words that the modifier reaches over, 1 to 40; default 4
	Labels    []Label // labels it affects; default all
	Frames    []Frame // frames it affects; default all
	Only      []string
	Question  bool // works in questions only
	// Clause lets the modifier reach into a clause with a subject of its own,
	// as "if" does; others end before it.
	Clause bool
	at     position
	atPat  []position
	atOnly []position
}

// Presupposed is the category of modifiers that drop a cue without a mention:
// "denied the accusations" accuses nobody.
const Presupposed Reason = "presupposed"

// Direction says on which side of its words a modifier reaches.
type Direction string

// The directions. Inside reaches cues that share words with the modifier.
const (
	Forward  Direction = "forward"
	Backward Direction = "backward"
	Both     Direction = "both"
	Inside   Direction = "inside"
)

// An Entry is a group of patterns with an id.
type Entry struct {
	ID    string
	Match []string
	at    position
	atPat []position
}

// A Reweight gives the cue or group of cues with an id another weight.
type Reweight struct {
	ID     string
	Weight float64
	at     position
}

// grammar is what only the built-in lexicon for a language has: the words that
// the tagger and the scopes are made of.
type grammar struct {
	classes   []Class
	irregular []irregular
	common    []string
}

type irregular struct {
	lemma string
	forms []string
	verb  bool
}

// position is a place in a lexicon file; the zero position is a place in a Go
// program.
type position struct {
	file         string
	line, column int
}

func (p position) String() string {
	if p.line == 0 {
		if p.file == "" {
			return "lexicon"
		}
		return p.file
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column)
}

// A LexiconError is one mistake in a lexicon. An error returned by this
// package for a bad lexicon wraps one LexiconError for each mistake; use
// [errors.As] or [LexiconErrors] to get at them.
type LexiconError struct {
	File         string // empty for a lexicon built in Go
	Line, Column int    // counted from 1, the column in bytes; zero if unknown
	Msg          string // what is wrong and what was expected
}

// Error returns "file:line:column: message".
func (e *LexiconError) Error() string {
	p := position{e.File, e.Line, e.Column}
	return p.String() + ": " + e.Msg
}

// LexiconErrors lists the mistakes that an error of this package is made of.
func LexiconErrors(err error) []*LexiconError {
	var list []*LexiconError
	var walk func(error)
	walk = func(err error) {
		if e, ok := err.(*LexiconError); ok {
			list = append(list, e)
			return
		}
		switch u := err.(type) {
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				walk(e)
			}
		case interface{ Unwrap() error }:
			walk(u.Unwrap())
		}
	}
	walk(err)
	return list
}

// mistakes collects the errors of a lexicon.
type mistakes struct{ list []*LexiconError }

// maxMistakes bounds how many mistakes are reported together.
const maxMistakes = 100

func (m *mistakes) addf(at position, format string, args ...any) {
	if len(m.list) <= maxMistakes {
		m.list = append(m.list, &LexiconError{at.file, at.line, at.column, fmt.Sprintf(format, args...)})
	}
}

func (m *mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	slices.SortStableFunc(m.list, func(a, b *LexiconError) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return (a.Line-b.Line)*10000 + a.Column - b.Column
	})
	list := m.list
	if len(list) > maxMistakes {
		list = append(list[:maxMistakes:maxMistakes], &LexiconError{File: list[maxMistakes].File, Msg: fmt.Sprintf("more than %d mistakes", maxMistakes)})
	}
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errors.Join(errs...)
}

// maxLexiconBytes is the longest lexicon file that is read, in bytes.
const maxLexiconBytes = 32 << 20

// ReadLexicon reads a lexicon in YAML. name stands for it in errors and
// traces, such as a file name. All mistakes are reported together, as
// [LexiconError] values, and the lexicon is then nil.
func ReadLexicon(r io.Reader, name string) (*Lexicon, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxLexiconBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read lexicon %s: %w", name, err)
	}
	if len(data) > maxLexiconBytes {
		return nil, &LexiconError{File: name, Msg: fmt.Sprintf("longer than %d bytes", maxLexiconBytes)}
	}
	return decodeLexicon(data, name)
}

// LoadLexicons reads all lexicons of fsys whose path matches one of the
// patterns of [fs.Glob], in the order of the patterns and then of the names.
// A pattern that matches nothing is an error. If any file is bad, the error
// reports the mistakes of all of them and no lexicon is returned.
func LoadLexicons(fsys fs.FS, patterns ...string) ([]*Lexicon, error) {
	var list []*Lexicon
	var errs []error
	for _, p := range patterns {
		names, err := fs.Glob(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("load lexicons %q: %w", p, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("load lexicons %q: %w", p, fs.ErrNotExist)
		}
		for _, name := range names {
			lex, err := loadLexicon(fsys, name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			list = append(list, lex)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return list, nil
}

func loadLexicon(fsys fs.FS, name string) (*Lexicon, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	defer f.Close()
	return ReadLexicon(f, name)
}
