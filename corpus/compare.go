package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// A Comparison is what two annotators say of the same sentences.
type Comparison struct {
	// Sentences is how many both have annotated; the ids in OnlyFirst and
	// OnlySecond are those of the others.
	Sentences             int
	OnlyFirst, OnlySecond []string
	// Labels holds the agreement on each label: the built-in ones, then the others
	// that either annotator uses.
	Labels []LabelAgreement
	// Source and Target count the names of the acts of labels that both give a
	// sentence: how many there are, and how many are the same, letter by letter
	// and by [HeadOverlap]. Names that both leave out count as the same.
	Source, Target NameAgreement
	// Differences are in the order of the first annotator's sentences, and
	// within one in that of Labels.
	Differences []Difference
}

// A LabelAgreement is the agreement on the acts and on the mentions of a label.
type LabelAgreement struct {
	Label          classify.Label // the label
	Acts, Mentions Agreement      // on who performs it, and on who names it only
}

// A NameAgreement counts the Names on which two annotators could agree, those of
// them that are the same letter by letter (Exact), and those that are the same by
// [HeadOverlap] (Head).
type NameAgreement struct{ Names, Exact, Head int }

// A Difference is a label on which two annotators do not agree in a sentence:
// whether the act is performed, by whom, towards whom, or whether it is
// mentioned. Cues do not count.
type Difference struct {
	ID, Text      string         // those of the sentence
	Label         classify.Label // the label
	First, Second Judgement      // what each annotator says
}

// A Judgement is all that an annotator says of a label in a sentence.
type Judgement struct {
	Acts      []Annotation // those with the label
	Mentioned bool         // named and not performed
}

func (s Sentence) judgement(l classify.Label) Judgement {
	j := Judgement{Mentioned: s.Mentions(l)}
	for _, a := range s.Acts {
		if a.Label == l {
			j.Acts = append(j.Acts, a)
		}
	}
	return j
}

func (j Judgement) same(k Judgement) bool {
	return j.Mentioned == k.Mentioned && sameActs(j.Acts, k.Acts)
}

// String shows a judgement as "condemnation (Oslo -> the raid) + mentioned", or as "-"
// if there is nothing.
func (j Judgement) String() string {
	var parts []string
	for _, a := range j.Acts {
		parts = append(parts, string(a.Label)+names(a.Source, a.Target))
	}
	if j.Mentioned {
		parts = append(parts, "mentioned")
	}
	if parts == nil {
		return "-"
	}
	return strings.Join(parts, " + ")
}

// Compare compares the annotations of two annotators. Sentences are the same if
// their ids are; it is an error if their texts then differ, or if an id occurs
// twice.
func Compare(first, second []Sentence) (*Comparison, error) {
	pairs, c, err := match(first, second)
	if err != nil {
		return nil, err
	}
	c.Sentences = len(pairs)
	for _, l := range labelsOf(pairs) {
		var acts, mentions [2][]bool
		for _, p := range pairs {
			for i, s := range p {
				acts[i] = append(acts[i], s.Has(l))
				mentions[i] = append(mentions[i], s.Mentions(l))
			}
		}
		c.Labels = append(c.Labels, LabelAgreement{l, agree(acts[0], acts[1]), agree(mentions[0], mentions[1])})
	}
	for _, p := range pairs {
		for _, l := range c.Labels {
			a, b := p[0].judgement(l.Label), p[1].judgement(l.Label)
			if len(a.Acts) > 0 && len(b.Acts) > 0 {
				c.Source.count(a, b, func(a Annotation) string { return a.Source })
				c.Target.count(a, b, func(a Annotation) string { return a.Target })
			}
			if !a.same(b) {
				c.Differences = append(c.Differences, Difference{p[0].ID, p[0].Text, l.Label, a, b})
			}
		}
	}
	return c, nil
}

// match pairs the sentences of two annotators by their ids.
func match(first, second []Sentence) ([][2]Sentence, *Comparison, error) {
	c := &Comparison{}
	var errs []error
	index := func(sentences []Sentence, whose string) map[string]Sentence {
		byID := map[string]Sentence{}
		for i, s := range sentences {
			if _, ok := byID[s.ID]; ok {
				errs = append(errs, sentenceError(i, s, fmt.Errorf("the %s annotator has this id twice", whose)))
			}
			byID[s.ID] = s
		}
		return byID
	}
	inFirst, inSecond := index(first, "first"), index(second, "second")
	var pairs [][2]Sentence
	for i, a := range first {
		b, ok := inSecond[a.ID]
		switch {
		case !ok:
			c.OnlyFirst = append(c.OnlyFirst, a.ID)
		case a.Text != b.Text:
			errs = append(errs, sentenceError(i, a, fmt.Errorf("the text %q is %q in the second", clip(a.Text, 80), clip(b.Text, 80))))
		default:
			pairs = append(pairs, [2]Sentence{a, b})
		}
	}
	for _, b := range second {
		if _, ok := inFirst[b.ID]; !ok {
			c.OnlySecond = append(c.OnlySecond, b.ID)
		}
	}
	return pairs, c, errors.Join(errs...)
}

// labelsOf returns the built-in labels, then the others in use.
func labelsOf(pairs [][2]Sentence) []classify.Label {
	var all []Pair
	for _, p := range pairs {
		all = append(all, Pair{Sentence: p[0]}, Pair{Sentence: p[1]})
	}
	return usedLabels(all)
}

// count adds the names of one label in a sentence.
func (n *NameAgreement) count(a, b Judgement, name func(Annotation) string) {
	list := func(j Judgement) []string {
		var names []string
		for _, act := range j.Acts {
			names = appendName(names, name(act))
		}
		return names
	}
	x, y := list(a), list(b)
	none := len(x)+len(y) == 0
	n.Names++
	if none || anyAgree(x, y, func(a, b string) bool { return a == b }) {
		n.Exact++
	}
	if none || anyAgree(x, y, HeadOverlap) {
		n.Head++
	}
}

// A Choice is how a [Difference] is decided.
type Choice int

// The choices.
const (
	Unresolved Choice = iota // nobody has decided
	First                    // the first annotator is right
	Second                   // the second annotator is right
)

// Prefer decides every difference in the same way.
func Prefer(c Choice) func(Difference) Choice { return func(Difference) Choice { return c } }

// Merge makes one corpus of the annotations of two annotators. Where they
// differ, choose says who is right, [Prefer](First) always the first. A
// sentence with a difference that it leaves unresolved is not part of the merged
// corpus, and the difference is returned. A sentence that only one of them has
// annotated is taken as it is. Cues and the other keys are those of the first
// annotator, and of the second where the first has none. The errors are those of
// [Compare].
func Merge(first, second []Sentence, choose func(Difference) Choice) (merged []Sentence, unresolved []Difference, err error) {
	c, err := Compare(first, second)
	if err != nil {
		return nil, nil, err
	}
	inSecond := map[string]Sentence{}
	for _, s := range second {
		inSecond[s.ID] = s
	}
	differences := map[string][]Difference{}
	for _, d := range c.Differences {
		differences[d.ID] = append(differences[d.ID], d)
	}
	for _, a := range first {
		b, both := inSecond[a.ID]
		s, open := a.clone(), false
		if both {
			s.supplement(b)
		}
		for _, d := range differences[a.ID] {
			switch choose(d) {
			case First:
			case Second:
				s.replace(d.Label, d.Second)
			default:
				open = true
				unresolved = append(unresolved, d)
			}
		}
		if !open {
			merged = append(merged, s)
		}
	}
	for _, id := range c.OnlySecond {
		merged = append(merged, inSecond[id].clone())
	}
	return merged, unresolved, nil
}

func (s Sentence) clone() Sentence {
	s.Acts, s.Mentioned, s.Extra = slices.Clone(s.Acts), slices.Clone(s.Mentioned), maps.Clone(s.Extra)
	return s
}

// supplement adds what only the other annotator's sentence has: other keys,
// offsets, and cues of acts that are the same.
func (s *Sentence) supplement(other Sentence) {
	for key, v := range other.Extra {
		if _, ok := s.Extra[key]; ok {
			continue
		}
		if s.Extra == nil {
			s.Extra = maps.Clone(other.Extra)
			break
		}
		s.Extra[key] = v
	}
	if !s.Located() {
		s.Start, s.End = other.Start, other.End
	}
	for i, a := range s.Acts {
		for _, b := range other.Acts {
			if a.Cue == "" && sameActs([]Annotation{a}, []Annotation{b}) {
				s.Acts[i].Cue = b.Cue
			}
		}
	}
}

// replace gives the sentence another judgement of a label.
func (s *Sentence) replace(l classify.Label, j Judgement) {
	s.Acts = slices.DeleteFunc(s.Acts, func(a Annotation) bool { return a.Label == l })
	s.Acts = append(s.Acts, j.Acts...)
	s.Mentioned = slices.DeleteFunc(s.Mentioned, func(m classify.Label) bool { return m == l })
	if j.Mentioned {
		s.Mentioned = append(s.Mentioned, l)
	}
}

// WriteReport writes a row of counts and agreement for the acts and for the
// mentions of each label, then that on sources and targets.
func (c *Comparison) WriteReport(w io.Writer) error {
	b := bufio.NewWriter(w)
	printf(b, "%d sentences annotated by both, %d only by the first, %d only by the second\n",
		c.Sentences, len(c.OnlyFirst), len(c.OnlySecond))
	width := len("mentions")
	for _, l := range c.Labels {
		width = max(width, utf8.RuneCountInString(string(l.Label)))
	}
	table := func(title string, of func(LabelAgreement) Agreement) {
		printf(b, "\n%-*s %6s %6s %6s %7s %6s %6s\n", width, title, "both", "first", "second", "neither", "kappa", "alpha")
		for _, l := range c.Labels {
			g := of(l)
			kappa, alpha := "-", "-"
			if g.Defined {
				kappa, alpha = fmt.Sprintf("%.3f", g.Kappa), fmt.Sprintf("%.3f", g.Alpha)
			}
			printf(b, "%-*s %6d %6d %6d %7d %6s %6s\n", width, l.Label, g.Both, g.First, g.Second, g.Neither, kappa, alpha)
		}
	}
	table("acts", func(l LabelAgreement) Agreement { return l.Acts })
	table("mentions", func(l LabelAgreement) Agreement { return l.Mentions })
	printf(b, "\n%-*s %6s %6s %6s\n", width, "names", "acts", "exact", "head")
	for _, row := range []struct {
		name string
		n    NameAgreement
	}{{sourceRole, c.Source}, {targetRole, c.Target}} {
		printf(b, "%-*s %6d %6s %6s\n", width, row.name, row.n.Names,
			share(ratio(row.n.Exact, row.n.Names), row.n.Names), share(ratio(row.n.Head, row.n.Names), row.n.Names))
	}
	printf(b, "\n%d differences\n", len(c.Differences))
	return flush(b, "comparison")
}

// WriteDifferences writes each difference with its sentence and both judgements.
func WriteDifferences(w io.Writer, differences []Difference) error {
	b := bufio.NewWriter(w)
	for _, d := range differences {
		printf(b, "%s: %s\n  text    %s\n  first   %s\n  second  %s\n\n", d.ID, d.Label, d.Text, d.First, d.Second)
	}
	return flush(b, "differences")
}
