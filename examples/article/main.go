// Command article labels a news article sentence by sentence and shows who
// does what towards whom, in which words, and by which rules.
//
//	go run ./examples/article [-width N] [FILE]
//
// Without FILE it reads the annotated article that package corpus has built in,
// and then says how well the classifier did on it. FILE is plain text; - stands
// for standard input. The buttons and advertisements of a web page between the
// paragraphs are not read.
//
// On a terminal the words that matter are in colour, unless the environment
// variable NO_COLOR is set; elsewhere they are in brackets.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "article:", err)
		os.Exit(1)
	}
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("article", flag.ContinueOnError)
	flags.SetOutput(stderr)
	width := flags.Int("width", 0, "columns of the listing (default: the COLUMNS of the environment, or 80)")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: article [-width N] [FILE]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() > 1 {
		flags.Usage()
		return fmt.Errorf("%d files given, expected at most one", flags.NArg())
	}
	doc, err := document(flags.Arg(0), stdin)
	if err != nil {
		return err
	}
	results := slices.Collect(classify.Default().Document(doc.Reading()))

	out := bufio.NewWriter(stdout)
	l := listing{Writer: out, marks: marksFor(stdout), width: columns(*width)}
	l.print(doc, results)
	if len(doc.Sentences) > 0 {
		fmt.Fprintln(out)
		if err := score(out, doc, results); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil { // any earlier error of out, too
		return fmt.Errorf("write listing: %w", err)
	}
	return nil
}

// document reads the file; "" stands for the built-in article and "-" for
// standard input.
func document(path string, stdin io.Reader) (corpus.Document, error) {
	switch path {
	case "":
		return corpus.Article(), nil
	case "-":
		text, err := io.ReadAll(stdin)
		if err != nil {
			return corpus.Document{}, fmt.Errorf("read standard input: %w", err)
		}
		return corpus.Document{Source: "standard input", Text: string(text)}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return corpus.Document{}, err // it names the file
	}
	return corpus.Document{Source: path, Text: string(text)}, nil
}

// score compares the results with the annotation of the document.
func score(w io.Writer, doc corpus.Document, results []classify.Result) error {
	aligned := corpus.Align(slices.Values(results), doc.Sentences)
	fmt.Fprintf(w, "Compared with the annotation (%d of %d sentences split alike):\n\n",
		len(aligned.Matched), len(doc.Sentences))
	e := corpus.Evaluate(aligned.All())
	if err := e.WriteReport(w); err != nil {
		return err
	}
	if len(e.Errors) == 0 {
		_, err := fmt.Fprintln(w, "\nNothing differs from the annotation.")
		return err
	}
	verb := "differ"
	if len(e.Errors) == 1 {
		verb = "differs"
	}
	fmt.Fprintf(w, "\n%s %s from the annotation:\n\n", plural(len(e.Errors), "sentence"), verb)
	return e.WriteErrors(w)
}
