// Command extend shows how a program makes Demarche its own: it adds a lexicon
// for football governance to the built-in ones and measures what that does, on
// a small annotated corpus of the domain.
//
//	go run ./examples/extend
//
// football.yaml adds a label (apology), cues and blockers; corpus.jsonl holds
// sentences annotated with the built-in labels and the new one.
package main

import (
	"embed"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

//go:embed football.yaml corpus.jsonl
var files embed.FS

// Apology is the label that football.yaml defines.
const Apology classify.Label = "apology"

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "extend:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	lexicons, err := classify.LoadLexicons(files, "*.yaml")
	if err != nil {
		return err
	}
	extended, err := classify.New(classify.WithLexicon(lexicons...))
	if err != nil {
		return err
	}
	gold, err := corpus.ReadFS(files, "corpus.jsonl", corpus.WithLabels(Apology))
	if err != nil {
		return err
	}
	before := corpus.Evaluate(corpus.Predict(gold, classify.Default().Sentence))
	after := corpus.Evaluate(corpus.Predict(gold, extended.Sentence))
	return table(w, before, after)
}

// table sets the F1 of each label before and after side by side, with the
// sentences that were wrongly given the label or wrongly not.
func table(w io.Writer, before, after *corpus.Evaluation) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "label\tF1 before\tafter\tfalse before\tafter\tmissed before\tafter\t")
	for _, a := range after.Acts {
		var b corpus.Counts
		for _, score := range before.Acts {
			if score.Label == a.Label {
				b = score.Counts
			}
		}
		fmt.Fprintf(tw, "%s\t%.2f\t%.2f\t%d\t%d\t%d\t%d\t\n", a.Label, b.F1(), a.F1(), b.FP, a.FP, b.FN, a.FN)
	}
	fmt.Fprintf(tw, "all\t%.2f\t%.2f\t%d\t%d\t%d\t%d\t\n", before.Micro.F1(), after.Micro.F1(),
		before.Micro.FP, after.Micro.FP, before.Micro.FN, after.Micro.FN)
	return tw.Flush()
}
