package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/demarche/demarche/classify"
)

// A lexiconFile is read once, where the pipeline is launched, and travels to
// the workers with it.
type lexiconFile struct {
	Name, YAML string
}

// newClassifier builds a classifier with the built-in lexicons and the given
// ones.
func newClassifier(files []lexiconFile) (*classify.Classifier, error) {
	var errs []error
	var all []*classify.Lexicon
	for _, f := range files {
		lex, err := classify.ReadLexicon(strings.NewReader(f.YAML), f.Name)
		errs = append(errs, err)
		all = append(all, lex)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return classify.New(classify.WithLexicon(all...))
}

// classifiers are those of this worker: one for each set of lexicons, whatever
// the number of goroutines and bundles.
var classifiers sync.Map // JSON of []lexiconFile -> func() (*classify.Classifier, error)

func sharedClassifier(files []lexiconFile) (*classify.Classifier, error) {
	key, err := json.Marshal(files)
	if err != nil {
		return nil, err
	}
	build, _ := classifiers.LoadOrStore(string(key), sync.OnceValues(func() (*classify.Classifier, error) {
		return newClassifier(files)
	}))
	return build.(func() (*classify.Classifier, error))()
}

// classifyFn classifies documents. Its output is the lines of a document's
// results, one a sentence.
type classifyFn struct {
	Lexicons []lexiconFile

	classifier                  *classify.Classifier
	documents, sentences, bytes beam.Counter
	acts, mentions              map[classify.Label]beam.Counter
}

// Setup takes the worker's classifier.
func (fn *classifyFn) Setup() (err error) {
	fn.classifier, err = sharedClassifier(fn.Lexicons)
	if err != nil {
		return err
	}
	fn.documents = beam.NewCounter(namespace, "documents")
	fn.sentences = beam.NewCounter(namespace, "sentences")
	fn.bytes = beam.NewCounter(namespace, "bytes")
	fn.acts = map[classify.Label]beam.Counter{}
	fn.mentions = map[classify.Label]beam.Counter{}
	for _, l := range fn.classifier.Labels() {
		fn.acts[l] = beam.NewCounter(namespace, "acts/"+string(l))
		fn.mentions[l] = beam.NewCounter(namespace, "mentions/"+string(l))
	}
	return nil
}

// ProcessElement classifies one document.
func (fn *classifyFn) ProcessElement(ctx context.Context, d document, emit func(lines string)) error {
	fn.documents.Inc(ctx, 1)
	fn.bytes.Inc(ctx, int64(len(d.Text)))
	var lines strings.Builder
	for r := range fn.classifier.Document(string(d.Text)) {
		fn.sentences.Inc(ctx, 1)
		for _, a := range r.Acts {
			counter := fn.acts[a.Label]
			counter.Inc(ctx, 1)
		}
		for _, m := range r.Mentions {
			counter := fn.mentions[m.Label]
			counter.Inc(ctx, 1)
		}
		data, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("encode result of %s: %w", d.ID, err)
		}
		lines.WriteString(`{"id":` + d.ID + ",")
		lines.Write(data[1:]) // without its brace
		lines.WriteByte('\n')
	}
	if lines.Len() > 0 {
		emit(lines.String())
	}
	return nil
}
