// Command evaluate scores the built-in classifier on annotated corpora.
//
//	go run ./examples/evaluate FILE...
//
// Each FILE is a corpus in JSON Lines (see package corpus). The report gives
// precision, recall and F1 for each label with bootstrap confidence intervals,
// macro- and micro-F1, mentions, sources and targets, and calibration.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	errors := flags.Bool("errors", false, "print each wrong sentence with the rules that explain it")
	profile := flags.Bool("profile", false, "print how often every entry and rule fired, and how often rightly")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: evaluate [-errors] [-profile] FILE...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if err == flag.ErrHelp {
			return nil
		}
		return err
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return fmt.Errorf("no corpus given")
	}
	var sentences []corpus.Sentence
	for _, path := range flags.Args() {
		more, err := corpus.ReadFile(path)
		if err != nil {
			return err
		}
		sentences = append(sentences, more...)
	}
	c := classify.Default()
	eval := corpus.Evaluate(corpus.Predict(sentences, c.Sentence))
	if err := eval.WriteReport(stdout); err != nil {
		return err
	}
	if *errors {
		fmt.Fprintln(stdout)
		if err := eval.WriteErrors(stdout); err != nil {
			return err
		}
	}
	if *profile {
		fmt.Fprintln(stdout)
		return corpus.WriteProfile(stdout, corpus.Profile(corpus.Predict(sentences, c.Sentence)))
	}
	return nil
}
