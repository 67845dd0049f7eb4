// Package lexicons is for programs that can be given lexicon files besides the
// built-in ones.
package lexicons

import (
	"errors"
	"os"

	"github.com/demarche/demarche/classify"
)

// Read reads the files, or returns the mistakes of all of them.
func Read(paths []string) ([]*classify.Lexicon, error) {
	lexicons := make([]*classify.Lexicon, len(paths))
	mistakes := make([]error, len(paths))
	for i, path := range paths {
		lexicons[i], mistakes[i] = read(path)
	}
	return lexicons, errors.Join(mistakes...)
}

func read(path string) (*classify.Lexicon, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return classify.ReadLexicon(f, path)
}

// Classifier returns a classifier with the lexicons merged on top of the built-in
// ones.
func Classifier(lexicons []*classify.Lexicon) (*classify.Classifier, error) {
	if len(lexicons) == 0 {
		return classify.Default(), nil
	}
	return classify.New(classify.WithLexicon(lexicons...))
}
