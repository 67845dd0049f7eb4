package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"path"
	"reflect"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/metrics"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/sdf"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

func init() {
	beam.RegisterType(reflect.TypeFor[document]())
	register.DoFn5x1[context.Context, *sdf.LockRTracker, fileio.ReadableFile, func(document), func(string), error](&readFn{})
	register.DoFn3x1[context.Context, document, func(string), error](&classifyFn{})
	register.DoFn1x2[string, int, string](&shardFn{})
	register.Function1x2(blank)
	register.DoFn3x1[context.Context, int, func(*string) bool, error](&writeFn{})
	register.Emitter1[document]()
	register.Emitter1[string]()
	register.Iter1[string]()
}

// A job says what a pipeline does.
type job struct {
	Inputs           []string // patterns of files
	Output, Rejected string   // files
	Format           string
	Lexicons         []lexiconFile
	MaxRecord        int   // bytes
	BlockSize        int64 // bytes of a file that one worker is given to begin with
	Shards           int
}

// blockSize is the usual size of a block.
const blockSize = 64 << 20

// namespace is that of the counters.
const namespace = "demarche"

// build adds the steps of the job to a pipeline:
//
//	files -> documents -> results -> output
//	                 \-> rejected
func (j job) build(s beam.Scope) {
	patterns := beam.CreateList(s.Scope("Input"), j.Inputs)
	matched := fileio.MatchAll(s, patterns, fileio.MatchEmptyDisallow())
	files := fileio.ReadMatches(s, beam.Reshuffle(s, matched)) // let every worker take files
	read := &readFn{Format: j.Format, MaxRecord: j.MaxRecord, BlockSize: j.BlockSize}
	documents, rejected := beam.ParDo2(s.Scope("Read"), read, files)
	results := beam.ParDo(s.Scope("Classify"), &classifyFn{Lexicons: j.Lexicons}, documents)
	write(s.Scope("Write"), results, j.Output, j.Shards)
	write(s.Scope("Reject"), rejected, j.Rejected, 1)
}

// run runs the pipeline and returns its counters, nil if the runner does not
// wait for the end of the job.
func (j job) run(ctx context.Context) (map[string]int64, error) {
	p, s := beam.NewPipelineWithRoot()
	j.build(s)
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("run the pipeline: %w", err)
	}
	if result == nil || result.JobID() == "" {
		return nil, nil
	}
	return counters(result.Metrics()), nil
}

// counters adds up the pipeline's own counters by name.
func counters(results metrics.Results) map[string]int64 {
	sums := map[string]int64{}
	ours := results.Query(func(r metrics.SingleResult) bool { return r.Namespace() == namespace })
	for _, c := range ours.Counters() {
		sums[c.Name()] += cmp.Or(c.Committed, c.Attempted)
	}
	return sums
}

// write writes the elements, which are whole lines, to one file for each shard.
func write(s beam.Scope, lines beam.PCollection, output string, shards int) {
	numbers := make([]int, shards)
	for i := range numbers {
		numbers[i] = i
	}
	sharded := beam.Flatten(s,
		beam.ParDo(s, &shardFn{Shards: shards}, lines),
		beam.ParDo(s, blank, beam.CreateList(s, numbers))) // so that no file of an earlier run stays
	beam.ParDo0(s, &writeFn{Output: output, Shards: shards}, beam.GroupByKey(s, sharded))
}

// blank gives a shard nothing to write.
func blank(shard int) (int, string) { return shard, "" }

// shardFn spreads lines over the output files. All results of a document
// are one element, so that they stay together and in order.
type shardFn struct {
	Shards int
}

// ProcessElement gives the lines the number of their file.
func (fn *shardFn) ProcessElement(lines string) (int, string) {
	h := fnv.New32a()
	h.Write([]byte(lines)) //nolint:errcheck // never fails
	return int(h.Sum32() % uint32(fn.Shards)), lines
}

// writeFn writes one output file. A retry overwrites what a failed try left.
type writeFn struct {
	Output string
	Shards int
}

// ProcessElement writes the lines of a shard.
func (fn *writeFn) ProcessElement(ctx context.Context, shard int, lines func(*string) bool) error {
	name := shardName(fn.Output, shard, fn.Shards)
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return err
	}
	defer fs.Close() //nolint:errcheck // what counts is that the file is closed
	file, err := fs.OpenWrite(ctx, name)
	if err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	w := bufio.NewWriterSize(file, 1<<20)
	for s := ""; lines(&s); {
		w.WriteString(s)
	}
	if err := w.Flush(); err != nil { // any error before it, too
		file.Close() //nolint:errcheck // the first error says more
		return fmt.Errorf("write results to %s: %w", name, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write results to %s: %w", name, err)
	}
	return nil
}

// shardName is acts-00003-of-00010.jsonl for acts.jsonl; a single file has its
// plain name.
func shardName(output string, shard, shards int) string {
	if shards == 1 {
		return output
	}
	ext := path.Ext(output)
	return fmt.Sprintf("%s-%05d-of-%05d%s", strings.TrimSuffix(output, ext), shard, shards, ext)
}
