package classify

import (
	"encoding/json"
	"slices"
)

// A Label names a public act. The four built-in labels are constants of this
// package; a lexicon may define more.
type Label string

// The built-in labels.
const (
	Condemnation Label = "condemnation" // explicit strong disapproval of somebody's conduct, policy or statement
	Warning      Label = "warning"      // harm, a bad outcome or a punishing response is held out
	Denial       Label = "denial"       // an accusation, claim or description is said not to be true
	Neutrality   Label = "neutrality"   // a stance of taking no side between parties to a dispute
)

// A Reason says why a cue names an act that nobody performs in the sentence.
type Reason string

// The reasons of a [Mention].
const (
	Negated      Reason = "negated"      // "did not condemn"
	Refused      Reason = "refused"      // "declined to condemn"
	Failed       Reason = "failed"       // "failed to condemn"
	Absent       Reason = "absent"       // "silence instead of condemnation"
	Requested    Reason = "requested"    // "urged them to condemn"
	Hypothetical Reason = "hypothetical" // "if they condemn", "would deny"
	Future       Reason = "future"       // "will condemn"
	Asked        Reason = "asked"        // "do you condemn it?"
	Ended        Reason = "ended"        // "abandoned its neutrality"
)

// A Span is a piece of the caller's text: the half-open range of byte offsets
// [Start, End) and the very bytes that stand there, so that
// text[s.Start:s.End] == s.Text. The zero Span stands for "not given".
type Span struct {
	Start int    `json:"start"` // offset of the first byte
	End   int    `json:"end"`   // offset after the last byte
	Text  string `json:"text"`  // the bytes between them
}

// IsZero reports whether s is the zero Span, which marks something that the
// sentence does not give.
func (s Span) IsZero() bool { return s == Span{} }

// An Act is a public act that somebody performs in a sentence.
type Act struct {
	Label Label `json:"label"` // what is done
	// Score, in (0,1], is how likely a sentence with this evidence performs
	// the act.
	Score float64 `json:"score"`
	// Cue is the word or phrase that shows the act.
	Cue Span `json:"cue"`
	// Source is who performs the act and Target whose conduct, claim or danger
	// it is about; either is zero where the sentence does not say.
	Source Span `json:"source,omitzero"`
	Target Span `json:"target,omitzero"`
	// Sources and Targets list all of them where there are several; the first
	// ones are then Source and Target. Who did a deed comes before the deed:
	// "the junta", "the junta's raids".
	Sources []Span `json:"sources,omitempty"`
	Targets []Span `json:"targets,omitempty"`
	// SourceActor and TargetActor are the ids of the actors that Source and
	// Target stand for, if [WithActors] is given and they are known.
	SourceActor string `json:"source_actor,omitempty"`
	TargetActor string `json:"target_actor,omitempty"`
	// SourceActors and TargetActors are the same for each of Sources and
	// Targets, "" for those not known; nil if none is.
	SourceActors []string `json:"source_actors,omitempty"`
	TargetActors []string `json:"target_actors,omitempty"`
	// Rules is the trace: the ids of the lexicon entries that gave the act,
	// the one that shows the cue first.
	Rules []string `json:"rules"`
}

// A Mention is an act that a sentence names and nobody performs in it.
type Mention struct {
	Label  Label  `json:"label"`  // of the act that nobody performs
	Reason Reason `json:"reason"` // why not
	Cue    Span   `json:"cue"`    // the word or phrase that names it
	// Source is who would perform the act ("Lima refused to condemn", "urged
	// Lima to condemn"), and Target whose conduct, claim or danger it would be
	// about; either is zero where the sentence does not say.
	Source Span `json:"source,omitzero"`
	Target Span `json:"target,omitzero"`
	// Sources and Targets list all of them where there are several; the first
	// ones are then Source and Target.
	Sources []Span `json:"sources,omitempty"`
	Targets []Span `json:"targets,omitempty"`
	// SourceActor and TargetActor are the ids of the actors that Source and
	// Target stand for, if [WithActors] is given and they are known.
	SourceActor string `json:"source_actor,omitempty"`
	TargetActor string `json:"target_actor,omitempty"`
	// SourceActors and TargetActors are the same for each of Sources and
	// Targets, "" for those not known; nil if none is.
	SourceActors []string `json:"source_actors,omitempty"`
	TargetActors []string `json:"target_actors,omitempty"`
	// Rules is the trace: the id of the entry that matched the cue, then that
	// of the context rule which made it a mention.
	Rules []string `json:"rules"`
}

// A Result is what a [Classifier] says of one sentence.
type Result struct {
	// Span is where the sentence stands in the caller's text.
	Span Span
	// Text is the sentence, the same as Span.Text.
	Text string
	// Speaker is who utters the sentence, where the sentence or, in a
	// document, the text around it says so.
	Speaker Span
	// SpeakerActor is the id of the actor that Speaker stands for, if
	// [WithActors] is given and it is known.
	SpeakerActor string
	// Cut says that the sentence or its paragraph was longer than the limit:
	// this is only a piece, and what comes after it was not seen with it. See
	// [TextLimits].
	Cut bool
	// Omitted is the number of acts and mentions that were left out since the
	// sentence had more than the limit.
	Omitted int
	// Acts are the acts performed, in the order of their cues; one for each
	// label at the most.
	Acts []Act
	// Mentions are the acts named but not performed, in the order of their
	// cues; one for each label at the most.
	Mentions []Mention
}

// Has reports whether the sentence performs an act with the given label.
func (r Result) Has(l Label) bool {
	return slices.ContainsFunc(r.Acts, func(a Act) bool { return a.Label == l })
}

// Mentioned reports whether the sentence names an act with the given label
// that nobody performs.
func (r Result) Mentioned(l Label) bool {
	return slices.ContainsFunc(r.Mentions, func(m Mention) bool { return m.Label == l })
}

// Labels lists the labels of the acts performed, in the order of their cues.
func (r Result) Labels() []Label {
	labels := make([]Label, 0, len(r.Acts))
	for _, a := range r.Acts {
		labels = append(labels, a.Label)
	}
	return labels
}

type resultJSON struct {
	Span
	Speaker  Span      `json:"speaker,omitzero"`
	Actor    string    `json:"speaker_actor,omitempty"`
	Cut      bool      `json:"cut,omitempty"`
	Omitted  int       `json:"omitted,omitempty"`
	Acts     []Act     `json:"acts"`
	Mentions []Mention `json:"mentions"`
}

// MarshalJSON writes the result as one object with the keys start, end, text,
// speaker and speaker_actor (absent if unknown), cut and omitted (if so), acts
// and mentions (never null). Keys and order are stable.
func (r Result) MarshalJSON() ([]byte, error) {
	out := resultJSON{
		Span: r.Span, Speaker: r.Speaker, Actor: r.SpeakerActor, Cut: r.Cut, Omitted: r.Omitted, Acts: r.Acts, Mentions: r.Mentions,
	}
	if out.Acts == nil {
		out.Acts = []Act{}
	}
	if out.Mentions == nil {
		out.Mentions = []Mention{}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Result) UnmarshalJSON(data []byte) error {
	var in resultJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*r = Result{
		Span: in.Span, Text: in.Text, Speaker: in.Speaker, SpeakerActor: in.Actor, Cut: in.Cut, Omitted: in.Omitted, Acts: in.Acts, Mentions: in.Mentions,
	}
	return nil
}
