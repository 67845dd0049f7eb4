package corpus

import (
	"iter"
	"slices"

	"github.com/demarche/demarche/classify"
)

// An Evaluation is how well a classifier does on a corpus. A label counts once
// a sentence, however many acts bear it. Every F1 has a bootstrap confidence
// interval.
type Evaluation struct {
	Sentences int // how many were scored
	// Confidence is the level of every interval, in (0,1).
	Confidence float64
	// Acts and Mentions hold a score for each label; Micro and MentionMicro sum
	// the decisions of all of them.
	Acts, Mentions      []LabelScore
	Micro, MentionMicro Measure
	// Macro is the mean of the F1 of the acts' labels. Labels that are neither
	// in the corpus nor found in it are left out.
	Macro Mean
	// The scores of source and target, over the labels that both the annotators
	// and the classifier give a sentence: a name that the annotators give and
	// that is right is a true positive, one that is wrong counts as both a false
	// positive and a false negative. Exact compares letter by letter, Head by
	// [HeadOverlap]. Where there are several names on either side, one that
	// agrees is enough.
	SourceExact, SourceHead, TargetExact, TargetHead Measure

	// Calibration says how far the scores of the acts mean what they say.
	Calibration Calibration
	// Errors are the sentences where anything is wrong, in corpus order.
	Errors []Case
	// Genres are the scores of the sentences of each genre ([Sentence.Genre]),
	// in alphabetical order; none if no sentence has one.
	Genres []GenreScore
}

// A LabelScore is the score of one label.
type LabelScore struct {
	Label classify.Label // what is scored
	Measure
}

// A GenreScore is the evaluation of the sentences of one genre.
type GenreScore struct {
	Genre string // as the annotation has it
	*Evaluation
}

// A Mean is a mean of scores with its confidence interval.
type Mean struct {
	F1 float64  // in [0,1]
	CI Interval // of the mean
}

// A Kind says in what way a sentence is judged wrongly.
type Kind string

// The kinds of a [Slip].
const (
	Missed          Kind = "missed"           // an act of the corpus was not found
	Spurious        Kind = "spurious"         // an act was found that is not in the corpus
	MissedMention   Kind = "missed mention"   // a mention of the corpus was not found
	SpuriousMention Kind = "spurious mention" // a mention was found that is not in the corpus
	WrongSource     Kind = "source"           // the act is right, its source is not, by head
	WrongTarget     Kind = "target"           // the act is right, its target is not, by head
)

// A Slip is one thing wrong in a sentence.
type Slip struct {
	Kind  Kind           // in what way
	Label classify.Label // of the act or mention
}

// A Case is a sentence that was judged wrongly.
type Case struct {
	Pair
	Slips []Slip // all that is wrong in it
}

// A Scorer evaluates. The zero Scorer is ready to use.
type Scorer struct {
	// Labels are those to score; by default the four built-in ones and then the
	// others that the annotation of the corpus uses. Anything else that the
	// classifier finds is ignored.
	Labels []classify.Label
	// Resamples is how many bootstrap samples the intervals come from; 1000 by
	// default, none if negative.
	Resamples int
	// Seed makes the intervals repeatable.
	Seed uint64
	// Confidence is the level of the intervals, in (0,1); 0.95 by default.
	Confidence float64
}

// Evaluate scores with the zero [Scorer].
func Evaluate(pairs iter.Seq2[Sentence, classify.Result]) *Evaluation {
	return Scorer{}.Evaluate(pairs)
}

// Evaluate scores what a classifier says of annotated sentences, such as
// [Predict] or [Alignment.All] yield.
func (s Scorer) Evaluate(pairs iter.Seq2[Sentence, classify.Result]) *Evaluation {
	var all []Pair
	for sentence, result := range pairs {
		all = append(all, Pair{Sentence: sentence, Result: result})
	}
	if s.Labels == nil {
		s.Labels = usedLabels(all)
	}
	if s.Resamples == 0 {
		s.Resamples = 1000
	}
	if s.Confidence <= 0 || s.Confidence >= 1 {
		s.Confidence = 0.95
	}
	e := s.evaluate(all)
	byGenre := map[string][]Pair{}
	var genres []string
	for _, p := range all {
		genre := p.Sentence.Genre()
		if genre == "" {
			continue
		}
		if byGenre[genre] == nil {
			genres = append(genres, genre)
		}
		byGenre[genre] = append(byGenre[genre], p)
	}
	slices.Sort(genres)
	for _, genre := range genres {
		e.Genres = append(e.Genres, GenreScore{Genre: genre, Evaluation: s.evaluate(byGenre[genre])})
	}
	return e
}

// usedLabels returns the built-in labels, then the others in the annotation.
func usedLabels(pairs []Pair) []classify.Label {
	var others []classify.Label
	add := func(l classify.Label) {
		if !slices.Contains(builtin, l) && !slices.Contains(others, l) {
			others = append(others, l)
		}
	}
	for _, p := range pairs {
		for _, a := range p.Sentence.Acts {
			add(a.Label)
		}
		for _, l := range p.Sentence.Mentioned {
			add(l)
		}
	}
	slices.Sort(others)
	return slices.Concat(builtin, others)
}

func (s Scorer) evaluate(pairs []Pair) *Evaluation {
	t := newTally(s.Labels)
	e := &Evaluation{Sentences: len(pairs), Confidence: s.Confidence}
	var scores []float64
	var right []bool
	for _, p := range pairs {
		if slips := t.judge(p); len(slips) > 0 {
			e.Errors = append(e.Errors, Case{Pair: p, Slips: slips})
		}
		for _, a := range p.Result.Acts {
			if slices.Contains(s.Labels, a.Label) {
				scores = append(scores, a.Score)
				right = append(right, p.Sentence.Has(a.Label))
			}
		}
	}
	e.Calibration = calibrate(scores, right)

	units, ci := t.total(), t.bootstrap(s)
	measure := func(i int) Measure { return Measure{Counts: units[i], CI: ci[i]} }
	n := len(s.Labels)
	for i, l := range s.Labels {
		e.Acts = append(e.Acts, LabelScore{Label: l, Measure: measure(i)})
		e.Mentions = append(e.Mentions, LabelScore{Label: l, Measure: measure(n + i)})
	}
	e.SourceExact, e.SourceHead = measure(2*n+sourceExact), measure(2*n+sourceHead)
	e.TargetExact, e.TargetHead = measure(2*n+targetExact), measure(2*n+targetHead)
	sum := t.summary(units)
	last := len(units)
	e.Micro = Measure{Counts: sum.micro, CI: ci[last]}
	e.MentionMicro = Measure{Counts: sum.mentionMicro, CI: ci[last+1]}
	e.Macro = Mean{F1: sum.macro, CI: ci[last+2]}
	return e
}
