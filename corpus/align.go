package corpus

import (
	"cmp"
	"iter"
	"slices"

	"github.com/demarche/demarche/classify"
)

// A Pair is an annotated sentence with what the classifier says of it.
type Pair struct {
	Sentence Sentence        // what the annotators say
	Result   classify.Result // what the classifier says
}

// An Alignment relates the annotated sentences of a document to the results of
// reading it. Everything is in the order of the document.
type Alignment struct {
	// Matched pairs every sentence with the result of exactly the same span.
	Matched []Pair
	// Sentences are those without such a result, and Results those without
	// such a sentence.
	Sentences []Sentence
	Results   []classify.Result
	// Overlaps pairs each of Sentences with each of Results that shares a part
	// of the text with it: the two were split differently.
	Overlaps []Pair
}

// Align relates sentences to the results of one document by their byte offsets.
// Sentences without offsets match nothing. If several have the same span, each
// result matches one of them.
func Align(results iter.Seq[classify.Result], sentences []Sentence) Alignment {
	type span struct{ start, end int }
	bySpan := map[span][]int{} // the unmatched sentences there
	sorted := slices.SortedStableFunc(slices.Values(sentences), func(a, b Sentence) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	for i, s := range sorted {
		if s.Located() {
			at := span{s.Start, s.End}
			bySpan[at] = append(bySpan[at], i)
		}
	}
	var a Alignment
	matched := make([]bool, len(sorted))
	for r := range results {
		at := span{r.Span.Start, r.Span.End}
		if here := bySpan[at]; len(here) > 0 {
			bySpan[at], matched[here[0]] = here[1:], true
			a.Matched = append(a.Matched, Pair{Sentence: sorted[here[0]], Result: r})
		} else {
			a.Results = append(a.Results, r)
		}
	}
	for i, s := range sorted {
		if !matched[i] {
			a.Sentences = append(a.Sentences, s)
		}
	}
	for _, s := range a.Sentences {
		for _, r := range a.Results {
			if s.Start < r.Span.End && r.Span.Start < s.End {
				a.Overlaps = append(a.Overlaps, Pair{Sentence: s, Result: r})
			}
		}
	}
	return a
}

// All yields what [Evaluate] needs to judge the reading of the document, wrong
// splitting included: the matched pairs; then each unmatched sentence with an
// empty result, so that its acts count as missed; then each overlapping result
// with an empty sentence, so that its acts count as spurious. Results where
// nothing is annotated are left out.
func (a Alignment) All() iter.Seq2[Sentence, classify.Result] {
	return func(yield func(Sentence, classify.Result) bool) {
		for _, p := range a.Matched {
			if !yield(p.Sentence, p.Result) {
				return
			}
		}
		for _, s := range a.Sentences {
			if !yield(s, classify.Result{}) {
				return
			}
		}
		for _, r := range a.Results {
			overlaps := slices.ContainsFunc(a.Overlaps, func(p Pair) bool { return p.Result.Span == r.Span })
			if overlaps && !yield(Sentence{Text: r.Text}, r) {
				return
			}
		}
	}
}

// Predict pairs each sentence with what read, usually the Sentence method
// of a classifier, says of its text.
func Predict(sentences []Sentence, read func(text string) classify.Result) iter.Seq2[Sentence, classify.Result] {
	return func(yield func(Sentence, classify.Result) bool) {
		for _, s := range sentences {
			if !yield(s, read(s.Text)) {
				return
			}
		}
	}
}
