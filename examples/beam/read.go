package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"syscall"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/sdf"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/rtrackers/offsetrange"
)

// What a file holds.
const (
	formatAuto  = "auto"
	formatText  = "text"
	formatJSONL = "jsonl"
)

// A document is a text to classify.
type document struct {
	ID   string // JSON
	Text []byte // bytes and not a string, since it may be no valid UTF-8
}

// readFn reads the documents of files. What it cannot read goes to a second
// output, as JSON Lines with the keys file, offset, error and record.
//
// It is splittable: a large file of JSON Lines is read by several workers, each
// of which reads the lines that begin in its range of bytes. Text and
// compressed files are read as a whole.
type readFn struct {
	Format    string
	MaxRecord int
	BlockSize int64

	rejected map[string]beam.Counter // by kind
}

// Kinds of rejected records.
const (
	badFile = "file" // damaged
	badSize = "size" // too large
	badJSON = "json" // not a JSON object
	badText = "text" // an object without a text
)

// whole is the range of a file that is not split: it has one position.
var whole = offsetrange.Restriction{Start: 0, End: 1}

// CreateInitialRestriction returns the range of bytes of the file.
func (fn *readFn) CreateInitialRestriction(file fileio.ReadableFile) offsetrange.Restriction {
	if fn.splits(file) {
		return offsetrange.Restriction{Start: 0, End: file.Metadata.Size}
	}
	return whole
}

// SplitRestriction splits a file into blocks.
func (fn *readFn) SplitRestriction(_ fileio.ReadableFile, r offsetrange.Restriction) []offsetrange.Restriction {
	return r.SizedSplits(fn.BlockSize)
}

// RestrictionSize returns the number of bytes of a range.
func (fn *readFn) RestrictionSize(file fileio.ReadableFile, r offsetrange.Restriction) float64 {
	if fn.splits(file) {
		return r.Size()
	}
	return float64(file.Metadata.Size)
}

// CreateTracker returns what keeps account of the range.
func (fn *readFn) CreateTracker(r offsetrange.Restriction) *sdf.LockRTracker {
	return sdf.NewLockRTracker(offsetrange.NewTracker(r))
}

// Setup makes the counters.
func (fn *readFn) Setup() {
	fn.rejected = map[string]beam.Counter{}
	for _, kind := range []string{badFile, badSize, badJSON, badText} {
		fn.rejected[kind] = beam.NewCounter(namespace, "rejected/"+kind)
	}
}

// ProcessElement reads the documents of a file that begin in the tracker's
// range.
func (fn *readFn) ProcessElement(ctx context.Context, rt *sdf.LockRTracker, file fileio.ReadableFile, emit func(document), reject func(string)) error {
	r := reading{fn: fn, ctx: ctx, name: file.Metadata.Path, emit: emit, reject: reject}
	err := r.file(rt, file)
	if !damaged(err) {
		return err
	}
	rest := rt.GetRestriction().(offsetrange.Restriction)
	if rest.Start == 0 { // say it once
		r.bad(badFile, 0, nil, fmt.Errorf("the file cannot be read to its end: %w", err))
	}
	if !rt.IsDone() {
		rt.TryClaim(rest.End)
	}
	return nil
}

// jsonLines reports whether the lines of a file are documents.
func (fn *readFn) jsonLines(file fileio.ReadableFile) bool {
	if fn.Format != formatAuto {
		return fn.Format == formatJSONL
	}
	switch strings.ToLower(path.Ext(strings.TrimSuffix(file.Metadata.Path, ".gz"))) {
	case ".jsonl", ".ndjson":
		return true
	}
	return false
}

// splits reports whether a file can be read from the middle.
func (fn *readFn) splits(file fileio.ReadableFile) bool {
	return fn.jsonLines(file) && path.Ext(file.Metadata.Path) != ".gz"
}

// damaged reports whether the error says that the file is no file or that its
// compressed data are wrong. Other errors may pass if the runner tries again.
func damaged(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, syscall.EISDIR) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt)
}

// reading is the state of reading one file.
type reading struct {
	fn     *readFn
	ctx    context.Context
	name   string
	emit   func(document)
	reject func(string)
}

func (r *reading) file(rt *sdf.LockRTracker, file fileio.ReadableFile) error {
	f, err := file.Open(r.ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", r.name, err)
	}
	defer f.Close() //nolint:errcheck // only read
	rest := rt.GetRestriction().(offsetrange.Restriction)
	switch {
	case !r.fn.splits(file) && !rt.TryClaim(rest.Start):
		return nil
	case !r.fn.jsonLines(file):
		return r.text(f)
	case !r.fn.splits(file):
		return r.lines(f, 0, func(int64) bool { return true })
	}
	// Begin behind the line break before the first line of the range.
	start := max(0, rest.Start-1)
	if seeker, ok := f.(io.Seeker); ok {
		_, err = seeker.Seek(start, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, f, start)
	}
	if err != nil {
		return fmt.Errorf("read %s from byte %d: %w", r.name, start, err)
	}
	return r.lines(f, rest.Start, func(at int64) bool { return rt.TryClaim(at) })
}

// text reads a document that is a whole file.
func (r *reading) text(f io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(f, int64(r.fn.MaxRecord)+1))
	switch {
	case err != nil:
		return fmt.Errorf("read %s: %w", r.name, err)
	case len(data) > r.fn.MaxRecord:
		r.bad(badSize, 0, data, fmt.Errorf("longer than %d bytes, the limit", r.fn.MaxRecord))
		return nil
	}
	r.emit(document{ID: quote(r.name), Text: bytes.TrimPrefix(data, byteOrderMark)})
	return nil
}

// byteOrderMark is what some editors put before UTF-8.
var byteOrderMark = []byte("\uFEFF")

// lines reads documents that are lines. The file stands at start, or at the
// byte before if start is not 0. claim is asked for each line by its offset.
func (r *reading) lines(f io.Reader, start int64, claim func(at int64) bool) error {
	br := bufio.NewReaderSize(f, 1<<20)
	at := start
	if start > 0 {
		_, size, err := readLine(br, 0)
		at += size - 1
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return fmt.Errorf("read %s: %w", r.name, err)
			}
			claim(at) // no line begins in the range: it is done
			return nil
		}
	}
	for claim(at) {
		line, size, err := readLine(br, r.fn.MaxRecord)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", r.name, err)
		}
		if size > 0 {
			r.line(line, at, size)
		}
		at += size
		if err != nil {
			claim(at) // behind the end: the range is done
			return nil
		}
	}
	return nil
}

// line reads one line of a given size with its line break.
func (r *reading) line(line []byte, at, size int64) {
	if at == 0 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	var object map[string]json.RawMessage
	var text *string // tells null from ""
	switch data := bytes.TrimSpace(line); {
	case size > int64(r.fn.MaxRecord)+2 || len(data) > r.fn.MaxRecord:
		r.bad(badSize, at, line, fmt.Errorf("longer than %d bytes, the limit", r.fn.MaxRecord))
	case len(data) == 0:
	case json.Unmarshal(data, &object) != nil || object == nil:
		r.bad(badJSON, at, line, errors.New("not a JSON object"))
	case json.Unmarshal(object["text"], &text) != nil || text == nil:
		r.bad(badText, at, line, errors.New(`no "text" that is a string`))
	default:
		id := string(bytes.ToValidUTF8(object["id"], []byte("\uFFFD")))
		if id == "" {
			id = quote(fmt.Sprintf("%s:%d", r.name, at))
		}
		r.emit(document{ID: id, Text: []byte(*text)})
	}
}

// bad rejects a record, of which it shows the start.
func (r *reading) bad(kind string, at int64, record []byte, why error) {
	counter := r.fn.rejected[kind]
	counter.Inc(r.ctx, 1)
	const shown = 1000 // bytes
	record = bytes.TrimSpace(record[:min(len(record), shown)])
	data, _ := json.Marshal(struct {
		File   string `json:"file"`
		Offset int64  `json:"offset"` // of the record in the file, in bytes
		Error  string `json:"error"`
		Record string `json:"record"`
	}{r.name, at, why.Error(), string(record)})
	r.reject(string(data) + "\n")
}

func quote(s string) string {
	data, _ := json.Marshal(s) // strings can always be encoded
	return string(data)
}

// readLine reads a line and returns its size with the line break. Of a line
// longer than limit it returns only a part. The error is io.EOF with the last
// line.
func readLine(br *bufio.Reader, limit int) (line []byte, size int64, err error) {
	for {
		part, err := br.ReadSlice('\n')
		size += int64(len(part))
		if len(line) <= limit {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}
