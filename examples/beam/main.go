// Command beam classifies files with Apache Beam, on this machine or on a
// cluster, and writes one JSON object for each sentence, as examples/stream
// does.
//
//	go run . --input 'news/*.jsonl,briefings/*.txt' --output acts.jsonl
//
// That runs the pipeline on Prism, a runner that is part of the program. Other
// runners are chosen with Beam's own flags; README.md shows Flink, Spark and
// Dataflow.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
)

var (
	input     = flag.String("input", "", "files to read: patterns such as news/*.jsonl, with commas between them (required)")
	output    = flag.String("output", "", "file to write the results to (required)")
	rejected  = flag.String("rejected", "", "file for the records that cannot be read; by default OUTPUT with .rejected before its extension")
	format    = flag.String("format", formatAuto, "what the files hold: text (a file is a document), jsonl (a line is a document), or auto, which goes by their names")
	lexicons  = flag.String("lexicon", "", "lexicons to add to the built-in ones: YAML files, with commas between them")
	shards    = flag.Int("shards", 1, "number of files to write the results to, from 1 to 10000")
	maxRecord = flag.Int("max_record", 16<<20, "bytes of the longest document or line; a longer one is rejected")
	logLevel  = flag.String("log_level", "warn", "what Beam reports on standard error: debug, info, warn or error")
)

func main() {
	flag.Parse()
	log.LogLevel = *logLevel
	beam.Init() // a worker goes no further
	if err := run(context.Background(), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "beam:", err)
		os.Exit(1)
	}
}

// run runs the pipeline that the flags ask for and reports its counters.
func run(ctx context.Context, report io.Writer) error {
	job, err := jobFromFlags(ctx)
	if err != nil {
		return err
	}
	sums, err := job.run(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(report, "%12d %s\n", sums[name], name)
	}
	return nil
}

// jobFromFlags checks the flags, so that mistakes show before anything is sent
// to a cluster.
func jobFromFlags(ctx context.Context) (job, error) {
	j := job{
		Inputs: list(*input), Output: *output, Rejected: *rejected,
		Format: *format, MaxRecord: *maxRecord, BlockSize: blockSize, Shards: *shards,
	}
	switch {
	case flag.NArg() > 0:
		return job{}, fmt.Errorf("unexpected argument %q: files are named by --input, in quotes if it is a pattern", flag.Arg(0))
	case len(j.Inputs) == 0 || j.Output == "":
		return job{}, errors.New("--input and --output are required")
	case !slices.Contains([]string{formatAuto, formatText, formatJSONL}, j.Format):
		return job{}, fmt.Errorf("unknown --format %q: expected auto, text or jsonl", j.Format)
	case j.Shards < 1 || j.Shards > 10_000:
		return job{}, fmt.Errorf("--shards %d: expected 1 to 10000", j.Shards)
	case j.MaxRecord < 1:
		return job{}, fmt.Errorf("--max_record %d: expected a number of bytes above 0", j.MaxRecord)
	}
	if j.Rejected == "" {
		ext := path.Ext(j.Output)
		j.Rejected = strings.TrimSuffix(j.Output, ext) + ".rejected" + ext
	}
	for _, name := range list(*lexicons) {
		text, err := readAll(ctx, name)
		if err != nil {
			return job{}, fmt.Errorf("read lexicon: %w", err)
		}
		j.Lexicons = append(j.Lexicons, lexiconFile{Name: name, YAML: text})
	}
	if _, err := newClassifier(j.Lexicons); err != nil {
		return job{}, err
	}
	return j, nil
}

// list splits a flag's value at commas.
func list(value string) []string {
	var items []string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// readAll reads a file of any file system that Beam knows.
func readAll(ctx context.Context, name string) (string, error) {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return "", err
	}
	defer fs.Close() //nolint:errcheck // only read
	r, err := fs.OpenRead(ctx, name)
	if err != nil {
		return "", err
	}
	defer r.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(r)
	return string(data), err
}
