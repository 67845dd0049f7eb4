// Command stream classifies what it reads from standard input and writes one
// JSON object for each sentence to standard output, so that a program in any
// language can use the library.
//
//	go run ./examples/stream < news.txt
//	go run ./examples/stream -unit sentence < sentences.jsonl
//
// An input line that is a JSON object with a string "text" stands for that
// text, and its "id", if it has one, is passed on as it is. Any other line is
// plain text. Lines can have any length; each is held in memory on its own.
//
// By default a line is a document: it is split into sentences, and a line
// without words gives no result. With -unit sentence each line is one sentence,
// so that every input line gives exactly one output line; a sentence of many
// thousand bytes is cut, and its result says so by "cut": true. All offsets are
// in bytes of the line's text, after decoding it from JSON.
//
// With -actors, results also have the keys source_actor, target_actor and
// speaker_actor, where the actor is known: "CHN" for "Beijing".
//
// While it reads a file and writes to another, a bar on the terminal shows how
// far it is. When it is interrupted, the results so far have been written. It
// fails, with a message and exit status 1, if it cannot read on or write on.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"os/signal"
	"syscall"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/examples/internal/longrun"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // or it would end the program without a word when nobody reads on
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "stream:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("stream", flag.ContinueOnError)
	flags.SetOutput(stderr)
	unit := flags.String("unit", "document", "what an input line is: sentence or document")
	actors := flags.Bool("actors", false, "name the actors behind sources, targets and speakers by ids")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: stream [-unit sentence|document] [-actors] < INPUT > OUTPUT")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() > 0 {
		flags.Usage()
		return fmt.Errorf("unexpected argument %q: the text is read from standard input", flags.Arg(0))
	}
	var bar *longrun.Bar
	if longrun.IsFile(stdin) && longrun.IsFile(stdout) { // or it might stand between other lines
		bar = longrun.Bytes(stderr, longrun.Size(stdin), "reading")
	}
	defer bar.Clear()
	in := longrun.Reader(ctx, stdin, bar)
	c := classify.Default()
	if *actors {
		var err error
		if c, err = classify.New(classify.WithActors(classify.DefaultGazetteer())); err != nil {
			return err
		}
	}
	switch *unit {
	case "document":
		return stream(ctx, in, stdout, c.Document)
	case "sentence":
		return stream(ctx, in, stdout, func(text string) iter.Seq[classify.Result] {
			return func(yield func(classify.Result) bool) { yield(c.Sentence(text)) }
		})
	}
	flags.Usage()
	return fmt.Errorf("unknown unit %q: expected sentence or document", *unit)
}

// stream writes what read says of the text of each input line, until ctx is
// cancelled.
func stream(ctx context.Context, stdin io.Reader, stdout io.Writer, read func(text string) iter.Seq[classify.Result]) error {
	out := bufio.NewWriterSize(stdout, bufferSize)
	in := bufio.NewReaderSize(flusher{stdin, out}, bufferSize)
	err := eachLine(in, func(line []byte) error {
		id, text := parse(line)
		for r := range read(text) {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := write(out, id, r); err != nil {
				return err
			}
		}
		return nil
	})
	if flushErr := out.Flush(); flushErr != nil { // any earlier error of out, too
		return fmt.Errorf("write results: %w", flushErr)
	}
	return err
}

const bufferSize = 64 << 10

// A flusher writes out all results so far before it reads on: input that comes
// slowly, as from a terminal, is answered at once, and a file in large blocks.
type flusher struct {
	in  io.Reader
	out *bufio.Writer
}

func (f flusher) Read(p []byte) (int, error) {
	if err := f.out.Flush(); err != nil {
		return 0, err
	}
	return f.in.Read(p)
}

// eachLine calls do for each line without its line break, LF or CRLF. The last
// line needs none.
func eachLine(in *bufio.Reader, do func(line []byte) error) error {
	for {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read input: %w", err)
		}
		if len(line) > 0 {
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
			if err := do(line); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// parse returns the text that a line stands for and, from a JSON object, the
// JSON of its "id"; nil if there is none.
func parse(line []byte) (id json.RawMessage, text string) {
	data := bytes.TrimPrefix(line, []byte("\uFEFF")) // a byte order mark, as some shells put in front
	if start := bytes.TrimSpace(data); len(start) == 0 || start[0] != '{' {
		return nil, string(line)
	}
	var object map[string]json.RawMessage
	var decoded *string // tells null from ""
	if json.Unmarshal(data, &object) != nil || json.Unmarshal(object["text"], &decoded) != nil || decoded == nil {
		return nil, string(line)
	}
	return object["id"], *decoded
}

// write writes the JSON of r as one line, with id, if any, as the first key.
func write(out *bufio.Writer, id json.RawMessage, r classify.Result) error {
	data, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode result: %w", err)
	}
	if id != nil {
		out.WriteString(`{"id":`)
		out.Write(bytes.ToValidUTF8(id, []byte("\uFFFD")))
		out.WriteByte(',')
		data = data[1:] // without its brace
	}
	out.Write(data)
	if err := out.WriteByte('\n'); err != nil { // the first error sticks
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}
