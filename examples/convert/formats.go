package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

const formats = "jsonl, brat, doccano, labelstudio, csv"

// formatOf is the format that is asked for, or else that of the file's ending.
func formatOf(asked, file string) string {
	if asked != "" {
		return asked
	}
	return map[string]string{".ann": "brat", ".json": "labelstudio", ".csv": "csv"}[filepath.Ext(file)]
}

// read reads the corpus in a file.
func (p *program) read(file, format string) ([]corpus.Sentence, error) {
	f, err := os.Open(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	switch format = formatOf(format, file); format {
	case "", "jsonl":
		return corpus.Read(f, file, p.options...)
	case "doccano":
		return corpus.ReadDoccano(f, file, p.options...)
	case "labelstudio":
		return corpus.ReadLabelStudio(f, file, p.options...)
	case "csv":
		return corpus.ReadCSV(f, file, p.options...)
	case "text":
		return p.annotate(f, base(filepath.Base(file)))
	case "brat":
		var files [2][]byte
		for i, ending := range []string{".txt", ".ann"} {
			if files[i], err = os.ReadFile(base(file) + ending); err != nil {
				return nil, err
			}
		}
		return corpus.ReadBrat(bytes.NewReader(files[0]), bytes.NewReader(files[1]), base(file), p.options...)
	}
	return nil, fmt.Errorf("format %q to read: expected %s, text", format, formats)
}

// annotate reads plain text with the classifier.
func (p *program) annotate(r io.Reader, name string) ([]corpus.Sentence, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	p.document, p.annotated = string(text), true
	var sentences []corpus.Sentence
	for r := range classify.Default().Document(p.document) {
		sentences = append(sentences, corpus.Preannotate(fmt.Sprintf("%s.%d", name, len(sentences)+1), r))
	}
	return sentences, nil
}

// write writes a corpus to a file, or to standard output.
func (p *program) write(file, format string, sentences []corpus.Sentence) error {
	var out, text bytes.Buffer
	var err error
	switch format = formatOf(format, file); format {
	case "", "jsonl":
		err = corpus.Write(&out, sentences)
	case "doccano":
		err = corpus.WriteDoccano(&out, sentences)
	case "labelstudio":
		err = corpus.WriteLabelStudio(&out, sentences, p.options...)
	case "csv":
		err = corpus.WriteCSV(&out, sentences)
	case "brat":
		if file == "" {
			return fmt.Errorf("brat needs a file to write to: NAME.ann, with NAME.txt beside it")
		}
		options := p.options
		if p.annotated {
			options = append(options, corpus.WithDocument(p.document))
		}
		err = corpus.WriteBrat(&text, &out, sentences, options...)
		file = base(file) + ".ann"
	default:
		return fmt.Errorf("format %q to write: expected %s", format, formats)
	}
	if err != nil {
		return err
	}
	if format == "brat" {
		if err := save(base(file)+".txt", text.Bytes()); err != nil {
			return err
		}
	}
	if file == "" {
		_, err = p.stdout.Write(out.Bytes())
		return err
	}
	return save(file, out.Bytes())
}

// save writes a file, which others may read as the system has it.
func save(name string, data []byte) error {
	f, err := os.Create(filepath.Clean(name))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
