// Command convert turns annotated corpora from one format into another, marks a
// text for people to correct, and compares two annotators.
//
//	go run ./examples/convert corpus.jsonl corpus.csv
//	go run ./examples/convert -to doccano corpus.jsonl doccano.jsonl
//	go run ./examples/convert -from text speech.txt speech.ann
//	go run ./examples/convert -compare first.csv second.csv
//	go run ./examples/convert -compare -merge gold.jsonl -prefer first first.csv second.csv
//
// The formats are jsonl (that of package corpus), brat, doccano, labelstudio and
// csv, and, to read, text: plain text, which the classifier annotates. Where
// -from or -to is not given, the ending of the file says it: .jsonl, .ann for brat,
// .json for labelstudio, and .csv. Without a second file the result goes to
// standard output. A corpus in brat is two files, .txt and .ann.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

type program struct {
	from, to  string
	options   []corpus.Option
	labels    []classify.Label
	stdout    io.Writer
	merge     string
	prefer    string
	document  string // the text that sentences stand in
	annotated bool   // by the classifier, from document
}

func run(args []string, stdout, stderr io.Writer) error {
	p := program{stdout: stdout}
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&p.from, "from", "", "`format` of the first file: "+formats+", text")
	flags.StringVar(&p.to, "to", "", "`format` of the result: "+formats)
	compare := flags.Bool("compare", false, "compare the annotations in two files")
	flags.StringVar(&p.merge, "merge", "", "with -compare, write what both agree on, and what -prefer decides, to this `file`")
	flags.StringVar(&p.prefer, "prefer", "none", "with -merge, who is right where they differ: first, second or `none`")
	config := flags.Bool("config", false, "print the configuration that -to brat or labelstudio needs, and stop")
	labels := flags.String("labels", "", "`labels` besides the built-in ones, with commas")
	annotator := flags.String("annotator", "", "read the annotation of this `user` of Label Studio")
	codePoints := flags.Bool("codepoints", false, "offsets in Label Studio files count code points, not UTF-16 units")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: convert [-from FORMAT] [-to FORMAT] IN [OUT]\n       convert -compare [-merge OUT] [-prefer WHO] FIRST SECOND")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	for label := range strings.SplitSeq(*labels, ",") {
		if label = strings.TrimSpace(label); label != "" {
			p.labels = append(p.labels, classify.Label(label))
		}
	}
	p.options = []corpus.Option{corpus.WithLabels(p.labels...), corpus.WithAnnotator(*annotator)}
	if *codePoints {
		p.options = append(p.options, corpus.WithCodePoints())
	}
	switch {
	case *config:
		return p.config()
	case *compare && flags.NArg() == 2:
		return p.compare(flags.Arg(0), flags.Arg(1))
	case !*compare && (flags.NArg() == 1 || flags.NArg() == 2):
		return p.convert(flags.Arg(0), flags.Arg(1))
	}
	flags.Usage()
	return fmt.Errorf("wrong number of files")
}

func (p *program) convert(in, out string) error {
	sentences, err := p.read(in, p.from)
	if err != nil {
		return err
	}
	return p.write(out, p.to, sentences)
}

func (p *program) compare(first, second string) error {
	a, err := p.read(first, p.from)
	if err != nil {
		return err
	}
	b, err := p.read(second, p.from)
	if err != nil {
		return err
	}
	c, err := corpus.Compare(a, b)
	if err != nil {
		return err
	}
	if err := c.WriteReport(p.stdout); err != nil {
		return err
	}
	differences := c.Differences
	if p.merge != "" {
		choice, ok := map[string]corpus.Choice{
			"none": corpus.Unresolved, "first": corpus.First, "second": corpus.Second,
		}[p.prefer]
		if !ok {
			return fmt.Errorf("-prefer %s: expected first, second or none", p.prefer)
		}
		var merged []corpus.Sentence
		if merged, differences, err = corpus.Merge(a, b, corpus.Prefer(choice)); err != nil {
			return err
		}
		if err := p.write(p.merge, p.to, merged); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%d sentences merged, %d differences left unresolved\n", len(merged), len(differences))
	}
	fmt.Fprintln(p.stdout)
	return corpus.WriteDifferences(p.stdout, differences)
}

func (p *program) config() error {
	labels := append([]classify.Label{classify.Condemnation, classify.Warning, classify.Denial, classify.Neutrality}, p.labels...)
	text := ""
	switch p.to {
	case "brat":
		text = corpus.BratConfig(labels...)
	case "labelstudio":
		text = corpus.LabelStudioConfig(labels...)
	default:
		return fmt.Errorf("-config needs -to brat or -to labelstudio")
	}
	_, err := io.WriteString(p.stdout, text)
	return err
}

// base takes the ending off the name of one of a pair of files.
func base(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
