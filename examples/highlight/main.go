// Command highlight draws what the classifier says of text files: one HTML page
// with each act's cue, label, source, target and rules marked in the text.
//
//	go run ./examples/highlight -o page.html FILE...
//	go run ./examples/highlight < news.txt > page.html
//
// FILE is plain text; - stands for standard input, and so does no FILE at all.
// The page is self-contained: it loads nothing and has no script in it. With
// -lexicon, lexicons of your own are merged on top of the built-in ones.
//
// Long work shows a progress bar on a terminal. When it is interrupted, the page
// holds what was read so far.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/classify/highlight"
	"github.com/demarche/demarche/examples/internal/lexicons"
	"github.com/demarche/demarche/examples/internal/longrun"
)

func main() {
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "highlight:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("highlight", flag.ContinueOnError)
	flags.SetOutput(stderr)
	output := flags.String("o", "", "file to write the page to (default: standard output)")
	title := flags.String("title", "Who condemns, warns, denies and stays neutral", "title of the page")
	var files []string
	flags.Func("lexicon", "YAML file with words of your own; can be given several times", func(path string) error {
		files = append(files, path)
		return nil
	})
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: highlight [-o PAGE] [-title TITLE] [-lexicon LEXICON] [FILE...]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	own, err := lexicons.Read(files)
	if err != nil {
		return err
	}
	c, err := lexicons.Classifier(own)
	if err != nil {
		return err
	}
	docs, err := load(ctx, flags.Args(), stdin)
	if err != nil {
		return err
	}
	docs, unfinished := classifyAll(ctx, c, docs, stderr)
	if *output == "" {
		return cmp.Or(write(stdout, *title, docs), unfinished)
	}
	file, err := os.Create(*output)
	if err != nil {
		return err // it names the file
	}
	return cmp.Or(write(file, *title, docs), file.Close(), unfinished)
}

// load reads the files; "-" and no files at all stand for standard input.
func load(ctx context.Context, paths []string, stdin io.Reader) ([]highlight.Document, error) {
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	docs := make([]highlight.Document, len(paths))
	for i, path := range paths {
		docs[i].Title = path
		var text []byte
		var err error
		if path == "-" {
			docs[i].Title = "Standard input"
			text, err = io.ReadAll(longrun.Reader(ctx, stdin, nil))
			if err != nil {
				err = fmt.Errorf("read standard input: %w", err)
			}
		} else {
			text, err = os.ReadFile(path) // the error names the file
		}
		if err != nil {
			return nil, err
		}
		docs[i].Text = string(text)
	}
	return docs, nil
}

// classifyAll adds the results to the documents. When ctx is cancelled, it
// returns those read so far, the last one cut where the reading ended, and an
// error that says so.
func classifyAll(ctx context.Context, c *classify.Classifier, docs []highlight.Document, stderr io.Writer) ([]highlight.Document, error) {
	total := 0
	for _, d := range docs {
		total += len(d.Text)
	}
	bar := longrun.Bytes(stderr, int64(total), "classifying")
	defer bar.Clear()
	for i := range docs {
		d := &docs[i]
		at := 0
		for r := range c.Document(d.Text) {
			if ctx.Err() != nil {
				d.Note = fmt.Sprintf("Interrupted: the first %d of %d bytes.", at, len(d.Text))
				d.Text = d.Text[:at]
				return docs[:i+1], fmt.Errorf("stopped in file %d of %d: %w", i+1, len(docs), context.Cause(ctx))
			}
			d.Results = append(d.Results, r)
			bar.Add(r.Span.End - at)
			at = r.Span.End
		}
		bar.Add(len(d.Text) - at)
	}
	return docs, nil
}

func write(w io.Writer, title string, docs []highlight.Document) error {
	out := bufio.NewWriter(w)
	if err := highlight.Page(out, title, docs...); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
