package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A file is one that documents are read from.
type file struct {
	name string
	open func() (fs.File, error)
}

// A document is a text with its date, the zero time if nobody knows.
type document struct {
	name string
	date time.Time
	text string
}

// find lists the files that the paths stand for; none at all stand for the
// sample. What cannot be read is in the error.
func find(paths []string) (files []file, unreadable error) {
	if len(paths) == 0 {
		return sampleFiles(), nil
	}
	add := func(path string) {
		files = append(files, file{name: path, open: func() (fs.File, error) { return os.Open(path) }})
	}
	for _, root := range paths {
		info, err := os.Stat(root)
		if err != nil {
			unreadable = errors.Join(unreadable, err)
			continue
		}
		if !info.IsDir() {
			add(root)
			continue
		}
		before := len(files)
		err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				unreadable = errors.Join(unreadable, err)
				if entry != nil && entry.IsDir() {
					return fs.SkipDir
				}
			case path != root && strings.HasPrefix(entry.Name(), "."):
				if entry.IsDir() {
					return fs.SkipDir
				}
			case !entry.IsDir() && (filepath.Ext(path) == ".txt" || isLines(path)):
				add(path)
			}
			return nil
		})
		unreadable = errors.Join(unreadable, err)
		if len(files) == before {
			unreadable = errors.Join(unreadable, fmt.Errorf("%s: no files *.txt or *.jsonl in this folder", root))
		}
	}
	return files, unreadable
}

func isLines(name string) bool { return filepath.Ext(name) == ".jsonl" }

// documents calls do for each document of the file, with its size in bytes of
// the file.
func (f file) documents(do func(d document, size int) error) error {
	in, err := f.open()
	if err != nil {
		return err // it names the file
	}
	defer in.Close()
	if isLines(f.name) {
		return f.lines(in, do)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	d := document{name: f.name, text: string(data), date: nameDate(f.name)}
	if d.date.IsZero() {
		d.date = textDate(d.text)
	}
	return do(d, len(data))
}

func (f file) lines(r io.Reader, do func(d document, size int) error) error {
	in := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			d, parseErr := f.line(line, number)
			if parseErr != nil {
				return parseErr
			}
			if err := do(d, len(line)); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// line reads a document from a line of JSON.
func (f file) line(line []byte, number int) (document, error) {
	var object struct {
		ID   any     `json:"id"`
		Text *string `json:"text"`
		Date string  `json:"date"`
	}
	if err := json.Unmarshal(line, &object); err != nil {
		return document{}, fmt.Errorf("%s:%d: %w", f.name, number, err)
	}
	if object.Text == nil {
		return document{}, fmt.Errorf("%s:%d: the object has no \"text\"", f.name, number)
	}
	d := document{name: fmt.Sprintf("%s:%d", f.name, number), text: *object.Text}
	if object.ID != nil {
		d.name = fmt.Sprint(f.name, "#", object.ID)
	}
	if object.Date != "" {
		day, _, _ := strings.Cut(object.Date, "T") // of a time, the day
		date, ok := parseDate(day)
		if !ok {
			return document{}, fmt.Errorf("%s:%d: the date %q is not like 2024-03-18", f.name, number, object.Date)
		}
		d.date = date
		return d, nil
	}
	if d.date = nameDate(f.name); d.date.IsZero() {
		d.date = textDate(d.text)
	}
	return d, nil
}

var (
	leadingDate = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:\D|$)`)
	dateLine    = regexp.MustCompile(`(?i)^(?:date:?\s+)?([\w,-]+(?: [\w,]+){0,2})\.?$`)
)

// nameDate is the date that the name of a file begins with.
func nameDate(path string) time.Time {
	if m := leadingDate.FindStringSubmatch(filepath.Base(path)); m != nil {
		date, _ := parseDate(m[1])
		return date
	}
	return time.Time{}
}

// textDate is the date that stands by itself in one of the first lines.
func textDate(text string) time.Time {
	for range 5 {
		line, rest, more := strings.Cut(text, "\n")
		if m := dateLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			if date, ok := parseDate(m[1]); ok {
				return date
			}
		}
		if text = rest; !more {
			break
		}
	}
	return time.Time{}
}

func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006"} {
		if date, err := time.Parse(layout, s); err == nil {
			return date, true
		}
	}
	return time.Time{}, false
}
