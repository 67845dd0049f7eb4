package main

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/classify/highlight"
)

// lexiconName stands for the user's lexicon in errors and traces.
const lexiconName = "lexicon.yaml"

// classifiers builds classifiers with lexicons of the users, one at a time, and
// keeps those used last: each costs a moment and some megabytes.
type classifiers struct {
	limits   classify.Limits
	text     classify.TextLimits
	keep     int
	building chan struct{} // holds a value while one is built
	mu       sync.Mutex
	kept     []built // the one used last comes last
}

type built struct {
	lexicon    string
	classifier *classify.Classifier
	err        error
}

func newClassifiers(limits classify.Limits, text classify.TextLimits, keep int) *classifiers {
	return &classifiers{limits: limits, text: text, keep: keep, building: make(chan struct{}, 1)}
}

// with returns a classifier with the built-in lexicons and the one given. The
// error is that of ctx, or lists the lexicon's mistakes.
func (cs *classifiers) with(ctx context.Context, lexicon string) (*classify.Classifier, error) {
	if strings.TrimSpace(lexicon) == "" {
		return classify.Default(), nil
	}
	if b, ok := cs.get(lexicon); ok {
		return b.classifier, b.err
	}
	select {
	case cs.building <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-cs.building }()
	if b, ok := cs.get(lexicon); ok { // somebody else has built it meanwhile
		return b.classifier, b.err
	}
	b := built{lexicon: lexicon}
	b.classifier, b.err = cs.build(lexicon)
	cs.put(b)
	return b.classifier, b.err
}

func (cs *classifiers) build(lexicon string) (*classify.Classifier, error) {
	lex, err := cs.limits.ReadLexicon(strings.NewReader(lexicon), lexiconName)
	if err != nil {
		return nil, err
	}
	return classify.New(classify.WithLexicon(lex), classify.WithTextLimits(cs.text))
}

func (cs *classifiers) get(lexicon string) (built, bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	i := slices.IndexFunc(cs.kept, func(b built) bool { return b.lexicon == lexicon })
	if i < 0 {
		return built{}, false
	}
	b := cs.kept[i]
	cs.kept = append(slices.Delete(cs.kept, i, i+1), b)
	return b, true
}

func (cs *classifiers) put(b built) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if len(cs.kept) >= cs.keep {
		cs.kept = slices.Delete(cs.kept, 0, 1)
	}
	cs.kept = append(cs.kept, b)
}

// work answers a request.
func (cs *classifiers) work(ctx context.Context, got request) (response, error) {
	res := response{Results: []classify.Result{}}
	c, err := cs.with(ctx, got.Lexicon)
	if err != nil {
		return res, err
	}
	for r := range c.Document(*got.Text) {
		if ctx.Err() != nil {
			return res, ctx.Err()
		}
		res.Results = append(res.Results, r)
	}
	if got.HTML {
		var picture strings.Builder
		if err := highlight.Fragment(&picture, highlight.Document{Text: *got.Text, Results: res.Results}); err != nil {
			return res, err
		}
		res.HTML = picture.String()
	}
	return res, nil
}
