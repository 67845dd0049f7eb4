// Command matrix counts who did what to whom in a folder of texts. It writes
// every act as a row of a CSV file, and one HTML page with a heat map of sources
// and targets for each label, a timeline, and the sentences behind each number.
//
//	go run ./examples/matrix                          # the texts that come with it
//	go run ./examples/matrix -html m.html -csv m.csv FOLDER FILE...
//
// Files named *.jsonl hold a document a line: JSON objects with "text" and,
// where there is one, "date" and "id". Any other file is a document in plain
// text. In folders, those beneath them too, the files *.txt and *.jsonl are
// read, but for hidden ones.
//
// The date of a document is, of what there is: the "date" of its JSON object;
// the date that its file's name begins with ("2024-03-18-talks.txt"); a line
// among its first five that is a date and nothing else, in one of the forms
// "2024-03-18", "18 March 2024" and "March 18, 2024", with or without "date"
// before it.
//
// Sources and targets are counted by their actors, so that "Beijing" and
// "Chinese officials" are one; -actors adds a list of your own. What is neither
// an actor nor a name, such as the claim that is denied, is counted as other.
//
// On a terminal a bar shows how far it is. When it is interrupted or a file
// cannot be read, it writes what it has, says so, and ends with status 1.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/examples/internal/longrun"
)

//go:embed sample/*.txt
var sample embed.FS

func main() {
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "matrix:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("matrix", flag.ContinueOnError)
	flags.SetOutput(stderr)
	csvFile := flags.String("csv", "matrix.csv", "file to write the acts to; none if empty")
	htmlFile := flags.String("html", "matrix.html", "file to write the page to; none if empty")
	title := flags.String("title", "Who did what to whom", "title of the page")
	top := flags.Int("top", 12, "sources and targets to show by name in each heat map")
	var lists []*classify.ActorList
	flags.Func("actors", "YAML file with actors of your own; can be given several times", func(path string) error {
		list, err := readActors(path)
		lists = append(lists, list)
		return err
	})
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: matrix [-csv FILE] [-html FILE] [-title TITLE] [-top N] [-actors LIST] [FOLDER|FILE...]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if *top < 1 {
		return fmt.Errorf("-top %d: a number above 0 is expected", *top)
	}
	gazetteer, err := classify.NewGazetteer(lists...)
	if err != nil {
		return err
	}
	c, err := classify.New(classify.WithActors(gazetteer))
	if err != nil {
		return err
	}
	files, unreadable := find(flags.Args())
	if len(files) == 0 {
		return errors.Join(unreadable, errors.New("nothing to read: no files *.txt or *.jsonl"))
	}

	t := tally{classifier: c, gazetteer: gazetteer, files: len(files)}
	stopped := t.read(ctx, files, stderr)
	report := report{tally: &t, Title: *title, top: *top}
	t.summary(stdout)
	return errors.Join(unreadable, stopped,
		writeFile(*csvFile, stdout, t.writeCSV),
		writeFile(*htmlFile, stdout, report.write))
}

func readActors(path string) (*classify.ActorList, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return classify.ReadActors(f, path)
}

// writeFile writes a file, if it has a name, and says so.
func writeFile(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "" {
		return nil
	}
	f, err := os.Create(name)
	if err != nil {
		return err // it names the file
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	fmt.Fprintln(stdout, "wrote", name)
	return nil
}

// sampleFiles are the texts that come with the example.
func sampleFiles() []file {
	names, err := fs.Glob(sample, "sample/*.txt")
	if err != nil {
		panic(err) // the pattern is valid
	}
	files := make([]file, len(names))
	for i, name := range names {
		files[i] = file{name: name, open: func() (fs.File, error) { return sample.Open(name) }}
	}
	return files
}
