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
// A long text shows a progress bar on a terminal. When it is interrupted, the
// sentences read so far are listed.
//
// On a terminal the words that matter are in colour, unless the environment
// variable NO_COLOR is set; elsewhere they are in brackets.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
	"github.com/demarche/demarche/examples/internal/longrun"
)

func main() {
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "article:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
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
	doc, err := document(flags.Arg(0), longrun.Reader(ctx, stdin, nil))
	if err != nil {
		return err
	}
	results, unfinished := read(ctx, doc.Reading(), stderr)

	out := bufio.NewWriter(stdout)
	l := listing{Writer: out, marks: marksFor(stdout), width: columns(*width)}
	l.print(doc, results)
	if len(doc.Sentences) > 0 && unfinished == nil {
		fmt.Fprintln(out)
		if err := score(out, doc, results); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil { // any earlier error of out, too
		return fmt.Errorf("write listing: %w", err)
	}
	return unfinished
}

// read classifies a text until ctx is cancelled, and says so by its error.
func read(ctx context.Context, text string, stderr io.Writer) ([]classify.Result, error) {
	bar := longrun.Bytes(stderr, int64(len(text)), "reading")
	defer bar.Clear()
	var results []classify.Result
	at := 0
	for r := range classify.Default().Document(text) {
		if ctx.Err() != nil {
			return results, fmt.Errorf("stopped after %d of %d bytes: %w", at, len(text), context.Cause(ctx))
		}
		results = append(results, r)
		bar.Add(r.Span.End - at)
		at = r.Span.End
	}
	return results, nil
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
