package classify

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/vocab"
)

// A Classifier reads sentences with a fixed set of lexicons. It is immutable
// and safe for use by several goroutines at once.
type Classifier struct {
	labels       []Label
	leastScores  []float64 // by label: the thresholds
	thresholds   []float64 // by label: the combined weights that give them
	curves       []Curve   // by label: from combined weight to score
	disabled     labelSet
	items        []item
	contextItems []contextItem
	words        *vocab.Table
	matcher      *match.Matcher
	transparent  vocab.Symbol
	disjunction  vocab.Symbol
	attribution  attribution.Classes
	particle     vocab.Symbol // of names: "von"
	unattributed bool         // find no sources, targets and speakers
	gazetteer    *Gazetteer
	limits       TextLimits
	readers      sync.Pool // of *reader
	documents    sync.Pool // of *document
}

//go:embed lexicons/*.yaml
var builtinFiles embed.FS

var builtin = sync.OnceValues(func() ([]*Lexicon, error) {
	return loadYAML(builtinFiles, []string{"lexicons/*.yaml"}, "lexicon", func(r io.Reader, name string) (*Lexicon, error) {
		return readYAML(Limits{}, r, name, "lexicon", decodeBuiltin)
	})
})

// builtinClassifier has the built-in lexicons and no options.
var builtinClassifier = sync.OnceValues(func() (*Classifier, error) {
	if c := fromSnapshot(); c != nil {
		return c, nil
	}
	return compileBuiltin()
})

func compileBuiltin() (*Classifier, error) {
	lexicons, err := builtin()
	if err != nil {
		return nil, fmt.Errorf("built-in lexicons: %w", err)
	}
	return compile(lexicons, &options{})
}

var defaultClassifier = sync.OnceValue(func() *Classifier {
	c, err := New()
	if err != nil {
		panic(fmt.Sprintf("classify: built-in lexicons: %v", err)) // a broken build; a test guards it
	}
	return c
})

// Default returns the classifier with the built-in English lexicons. It is
// built at the first call and shared by all later ones.
func Default() *Classifier { return defaultClassifier() }

// An Option changes what [New] builds.
type Option func(*options)

type options struct {
	lexicons   []*Lexicon
	noBuiltin  bool
	thresholds map[Label]float64
	disabled   []Label

	uncalibrated bool
	unattributed bool
	gazetteer    *Gazetteer
	limits       TextLimits
}

// WithLexicon adds lexicons after the built-in ones and those of earlier
// options. What a later lexicon removes or weighs anew is gone or weighs so.
func WithLexicon(lexicons ...*Lexicon) Option {
	return func(o *options) { o.lexicons = append(o.lexicons, lexicons...) }
}

// WithoutBuiltin leaves out the built-in cues, blockers and context. The words
// of English grammar and the shared word classes stay.
func WithoutBuiltin() Option {
	return func(o *options) { o.noBuiltin = true }
}

// WithThreshold sets the least score, in (0,1], at which a sentence performs
// an act of the label. It overrides what lexicons say.
func WithThreshold(l Label, score float64) Option {
	return func(o *options) {
		if o.thresholds == nil {
			o.thresholds = map[Label]float64{}
		}
		o.thresholds[l] = score
	}
}

// WithoutLabel switches labels off: the classifier gives no acts or mentions
// of them. Their cues still take part in deciding the others.
func WithoutLabel(labels ...Label) Option {
	return func(o *options) { o.disabled = append(o.disabled, labels...) }
}

// WithoutAttribution leaves out who speaks, who performs an act and towards
// whom: results have no speaker, acts and mentions no sources and targets. The
// labels stay the same, and reading is faster.
func WithoutAttribution() Option {
	return func(o *options) { o.unattributed = true }
}

// WithoutCalibration makes every score the combined weight of the cues, as the
// lexicons give it, and thresholds likewise. A calibration is fitted to such
// scores.
func WithoutCalibration() Option {
	return func(o *options) { o.uncalibrated = true }
}

// New builds a classifier from the built-in lexicons and the options. If a
// lexicon is bad, the error lists all mistakes (see [LexiconErrors]) and the
// classifier is nil.
func New(opts ...Option) (*Classifier, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	if i := slices.Index(o.lexicons, nil); i >= 0 {
		return nil, fmt.Errorf("classify: lexicon %d of %d is nil", i+1, len(o.lexicons))
	}
	limits, err := o.limits.orDefault()
	if err != nil {
		return nil, err
	}
	c, err := o.compile()
	if err != nil {
		return nil, err
	}
	c.unattributed, c.gazetteer, c.limits = o.unattributed, o.gazetteer, limits
	return c, nil
}

// compile builds a classifier with the lexicons, thresholds and labels of the
// options.
func (o *options) compile() (*Classifier, error) {
	if len(o.lexicons) == 0 && !o.noBuiltin {
		c, err := builtinClassifier()
		if err != nil {
			return nil, err
		}
		return c.configure(o)
	}
	base, err := builtin()
	if err != nil {
		return nil, fmt.Errorf("built-in lexicons: %w", err)
	}
	var lexicons []*Lexicon
	for _, lex := range base {
		if o.noBuiltin {
			lex = &Lexicon{Name: lex.Name, Classes: lex.Classes, grammar: lex.grammar}
		}
		lexicons = append(lexicons, lex)
	}
	return compile(append(lexicons, o.lexicons...), o)
}

// Labels lists the labels that the classifier knows: the built-in four, then
// those that lexicons define, in the order of their definition.
func (c *Classifier) Labels() []Label { return append([]Label(nil), c.labels...) }

// Sentence classifies one sentence. Offsets are relative to it. One that is
// longer than the limit is read up to there and the result marked as cut: see
// [TextLimits].
func (c *Classifier) Sentence(sentence string) Result {
	rd := c.reader()
	defer c.readers.Put(rd)
	cut := len(sentence) > c.limits.Sentence
	if cut {
		sentence = sentence[:cutPoint(sentence, 0, c.limits.Sentence)]
	}
	res := Result{Span: Span{0, len(sentence), sentence}, Text: sentence, Cut: cut}
	rd.speech = !c.unattributed
	rd.sentence(&res, 0, false)
	rd.speech = false
	c.limits.omit(&res)
	if c.gazetteer != nil {
		(&actorFinder{g: c.gazetteer}).fill(&res, func(Span) (string, int) { return sentence, 0 })
	}
	return res
}

func (c *Classifier) reader() *reader {
	if rd, ok := c.readers.Get().(*reader); ok {
		return rd
	}
	return newReader(c)
}
