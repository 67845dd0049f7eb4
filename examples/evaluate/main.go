// Command evaluate scores the built-in classifier on annotated corpora.
//
//	go run ./examples/evaluate [-errors] [-profile] [-lexicon FILE]... FILE...
//
// Each FILE is a corpus in JSON Lines (see package corpus). The report gives
// precision, recall and F1 for each label with bootstrap confidence intervals,
// macro- and micro-F1, mentions, sources and targets, and calibration.
//
// -errors adds each wrong sentence, and -profile what every entry of the
// lexicons does: how often it fired and how often rightly, what context took
// away, and which acts nothing found. -lexicon adds lexicons of your own.
//
//	go run ./examples/evaluate -calibrate FILE... > calibration.yaml
//
// writes a lexicon that makes scores mean what they say, fitted to the corpora.
// The built-in one is classify/lexicons/calibration.yaml; fit it anew when the
// lexicons have changed.
//
// Many sentences show a progress bar on a terminal. When it is interrupted, it
// reports on the sentences read so far, and then fails.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
	"github.com/demarche/demarche/examples/internal/lexicons"
	"github.com/demarche/demarche/examples/internal/longrun"
)

func main() {
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	wrong := flags.Bool("errors", false, "print each wrong sentence with the rules that explain it")
	profile := flags.Bool("profile", false, "print how often every entry and rule fired and how often rightly, and what was missed")
	calibrate := flags.Bool("calibrate", false, "print only a calibration fitted to the corpora, as a lexicon")
	var files []string
	flags.Func("lexicon", "add the lexicon in this `file` to the built-in ones; may be given several times", func(path string) error {
		files = append(files, path)
		return nil
	})
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: evaluate [-errors] [-profile] [-calibrate] [-lexicon FILE]... FILE...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return fmt.Errorf("no corpus given")
	}
	own, err := lexicons.Read(files)
	if err != nil {
		return err
	}
	c, err := lexicons.Classifier(own)
	if err != nil {
		return err
	}
	var sentences []corpus.Sentence
	for _, path := range flags.Args() {
		more, err := corpus.ReadFile(path, corpus.WithLabels(c.Labels()...))
		if err != nil {
			return err
		}
		sentences = append(sentences, more...)
	}
	if *calibrate {
		fit, err := corpus.FitCalibration(sentences, classify.WithLexicon(own...))
		if err != nil {
			return err
		}
		return fit.WriteYAML(stdout)
	}
	predicted, unfinished := predict(ctx, c, sentences, longrun.Items(stderr, len(sentences), "sentences"))
	eval := corpus.Evaluate(predicted)
	if err := eval.WriteReport(stdout); err != nil {
		return err
	}
	if *wrong {
		fmt.Fprintln(stdout)
		if err := eval.WriteErrors(stdout); err != nil {
			return err
		}
	}
	if *profile {
		fmt.Fprintln(stdout)
		read := sentences[:eval.Sentences]
		if err := corpus.NewProfile(read, c.Explain).WriteReport(stdout); err != nil {
			return err
		}
	}
	return unfinished
}

// predict classifies the sentences one after the other until ctx is cancelled,
// and says so by its error.
func predict(ctx context.Context, c *classify.Classifier, sentences []corpus.Sentence, bar *longrun.Bar) (iter.Seq2[corpus.Sentence, classify.Result], error) {
	defer bar.Clear()
	results := make([]classify.Result, 0, len(sentences))
	var err error
	for _, s := range sentences {
		if ctx.Err() != nil {
			err = fmt.Errorf("%d of %d sentences read: %w", len(results), len(sentences), context.Cause(ctx))
			break
		}
		results = append(results, c.Sentence(s.Text))
		bar.Add(1)
	}
	return func(yield func(corpus.Sentence, classify.Result) bool) {
		for i, r := range results {
			if !yield(sentences[i], r) {
				return
			}
		}
	}, err
}
