package classify

// A Lexicon is a set of words and phrases and of what they mean for the
// labels. It can be read from YAML with [ReadLexicon] or [LoadLexicons], or
// built in Go as a plain value; [WithLexicon] hands it to a [Classifier]. The
// zero value is an empty lexicon. The package documentation explains the
// format and the fields.
type Lexicon struct {
	Name     string // for error messages and traces
	Language string // BCP 47 tag, such as "en"
	Version  string // of the list, in any form
	License  string // licence of the list, such as an SPDX identifier

	// Label is the label of cues and blockers that give none.
	Label Label
	// Defaults are used by cues that leave a field out.
	Defaults Cue

	Classes     []Class    // sets of words that patterns use as @name
	Extend      []Class    // more members for classes that are defined elsewhere
	Cues        []Cue      // words and phrases that show an act
	Blockers    []Blocker  // other senses of such words
	Modifiers   []Modifier // context that makes cues mentions
	Pseudo      []Entry    // pseudo-triggers: modifiers within their words do not count
	Terminators []Entry    // words at which the scope of a modifier ends

	// Remove lists ids of entries of lexicons merged before this one that shall
	// go, whatever they are: cues, blockers, modifiers, pseudo-triggers or
	// terminators. The id of a group removes all of it.
	Remove []string
	// Weights gives cues of lexicons merged before this one another weight.
	Weights []Reweight
	// Thresholds sets the least score of an act, by label.
	Thresholds map[Label]float64
	// Calibration turns the combined weight of the cues of a label into its
	// score; the last lexicon that has a curve for the label counts.
	Calibration map[Label]Curve

	grammar       grammar
	atRemove      []position
	atThresholds  map[Label]position
	atCalibration map[Label]position
}

// A Class is a set of words and phrases that patterns use as @name.
type Class struct {
	Name    string   // letters, digits and hyphens
	Members []string // patterns, which may use other classes
	at      position
	atPat   []position
}

// A Cue is a group of patterns that show an act.
type Cue struct {
	// ID names the cue in traces. A cue with several patterns has an entry for
	// each, called ID/words-of-the-pattern.
	ID string
	// Replaces is the id of a cue of a lexicon merged before this one, or of
	// one pattern of it. This cue stands in its place, under its id if it has
	// none of its own.
	Replaces string
	Label    Label    // default: the lexicon's
	Match    []string // patterns
	Weight   float64  // in (0,1]: how likely the words alone show the act; default 0.9
	Frame    Frame    // where source and target stand; default FrameVerb
	Target   []string // overrides where the target stands: prepositions, "object", "subject"
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

	at       position
	atPat    []position
	atTarget []position
}

// MentionMode says whether a cue can become a [Mention].
type MentionMode uint8

// The mention modes.
const (
	MentionByFrame MentionMode = iota // as the frame of the cue has it
	MentionAlways                     // whatever takes the cue back makes it a mention
	MentionNever                      // whatever takes the cue back leaves nothing of it
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
	ID       string   // as for a [Cue]
	Replaces string   // as for a [Cue]
	Labels   []Label  // default: the lexicon's label, or all
	Match    []string // patterns
	at       position
	atPat    []position
	atLabels []position
}

// A Modifier is context that turns cues into mentions.
type Modifier struct {
	ID        string    // as for a [Cue]
	Replaces  string    // as for a [Cue]
	Category  Reason    // the reason of the mention, or [Presupposed]
	Match     []string  // patterns
	Direction Direction // where the cues are that it affects; default Forward
	Limit     int       // words that the modifier reaches over, 1 to 40; default 4
	Labels    []Label   // labels it affects; default all
	Except    []Label   // labels it does not affect
	Frames    []Frame   // frames it affects; default all
	Only      []string  // single words, one of which the cue must have
	Question  bool      // works in questions only
	// Clause lets the modifier reach into a clause with a subject of its own,
	// as "if" does; others end before it.
	Clause   bool
	at       position
	atPat    []position
	atOnly   []position
	atLabels []position
	atExcept []position
}

// Presupposed is the category of modifiers that drop a cue without a mention:
// "denied the accusations" accuses nobody.
const Presupposed Reason = "presupposed"

// Direction says on which side of its words a modifier reaches.
type Direction string

// The directions.
const (
	Forward  Direction = "forward"  // cues that follow
	Backward Direction = "backward" // cues before it
	Both     Direction = "both"     // either
	Inside   Direction = "inside"   // cues that share words with the modifier
)

// An Entry is a group of patterns with an id: a pseudo-trigger or terminator.
type Entry struct {
	ID       string   // as for a [Cue]
	Replaces string   // as for a [Cue]
	Match    []string // patterns
	at       position
	atPat    []position
}

// A Reweight gives the cue or group of cues with an id another weight.
type Reweight struct {
	ID     string  // of a cue, a group of cues or a pattern
	Weight float64 // in (0,1]
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
