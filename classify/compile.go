package classify

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/scope"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// an item is one cue or blocker, ready for use.
type item struct {
	id      string
	at      position
	label   int // index into the classifier's labels; -1 for a blocker
	blocks  labelSet
	weight  float64
	frame   attribution.Frame
	slots   []attribution.Slot
	needs   bool
	immune  reasonSet
	mention bool
	// literals are the words of a pattern with gaps: other words between them
	// may be context
	literals []vocab.Symbol
	reason   Reason // the cue names an act that is not performed, for this reason
}

// a contextItem is one pattern of a modifier, pseudo-trigger or terminator.
type contextItem struct {
	id       string
	at       position
	kind     contextKind
	category Reason
	scope    scope.Modifier
	labels   labelSet
	frames   frameSet
	only     []vocab.Symbol
	literals []vocab.Symbol // words of a pseudo-trigger with gaps
}

type contextKind uint8

const (
	modifierItem contextKind = iota
	pseudoItem
	terminatorItem
)

type (
	labelSet  uint64
	frameSet  uint8
	reasonSet uint16
)

// maxLabels is how many labels a classifier can have.
const maxLabels = 64

func (s reasonSet) has(r Reason) bool { return s&reasonBit(r) != 0 }

func reasonBit(r Reason) reasonSet { return 1 << slices.Index(allReasons, r) }

func frameOf(f Frame) attribution.Frame {
	return attribution.Frame(slices.Index(allFrames, f))
}

// defaults of a cue.
const (
	defaultWeight    = 0.9
	defaultLimit     = 4
	maxLimit         = 40
	defaultThreshold = 0.5
)

// grammarTraits are the classes that the engine's grammar is built from.
var grammarTraits = map[string]vocab.Trait{
	"determiner": vocab.Determiner, "pronoun": vocab.Pronoun, "nominative": vocab.Nominative,
	"possessive": vocab.Possessive, "preposition": vocab.Preposition, "conjunction": vocab.Conjunction,
	"subordinator": vocab.Subordinator, "wh": vocab.WhWord, "be": vocab.Be, "have": vocab.Have, "do": vocab.Do,
	"modal": vocab.Modal, "to": vocab.To, "not": vocab.Not, "adverb": vocab.Adverb, "verb": vocab.Verb,
	"adjective": vocab.Adjective, "noun": vocab.Noun, "number": vocab.NumberWord, "title": vocab.Title,
	"skip": vocab.Skip, "weekday": vocab.Day | vocab.Skip,
}

// compiler turns merged lexicons into a classifier.
type compiler struct {
	errs    mistakes
	vocab   *vocab.Vocabulary
	classes match.Classes
	members int            // of all classes so far
	sizes   map[string]int // of classes, see size
	matcher *match.Compiler
	c       *Classifier
	labels  map[Label]int

	listed map[string]bool // answers of grammatical
}

func compile(lexicons []*Lexicon, opts *options) (*Classifier, error) {
	return build(lexicons, opts, false)
}

// build compiles lexicons. open says that some may be missing, so that ids to
// remove, re-weight or replace need not be there.
func build(lexicons []*Lexicon, opts *options, open bool) (*Classifier, error) {
	k := &compiler{
		vocab: vocab.New(), classes: match.Classes{}, sizes: map[string]int{}, labels: map[Label]int{},
		listed: map[string]bool{}, c: &Classifier{},
	}
	for _, lex := range lexicons {
		for _, w := range lex.grammar.common {
			k.vocab.AddCommon(w)
		}
	}
	k.matcher = match.NewCompiler(k.vocab, k.classes)
	k.grammar(lexicons)
	k.defineClasses(lexicons)
	k.defineLabels(lexicons)
	g := merger{errs: &k.errs, byID: map[string]*entry{}, gone: map[string]string{}, open: open}
	k.entries(g.merge(lexicons))
	k.c.leastScores = make([]float64, len(k.c.labels))
	for i := range k.c.leastScores {
		k.c.leastScores[i] = defaultThreshold
	}
	for _, lex := range lexicons {
		k.thresholds(lex.Thresholds, lex.atThresholds, position{file: lex.Name})
	}
	k.calibrate(lexicons)
	k.options(opts)
	if err := k.errs.err(); err != nil {
		return nil, err
	}
	k.c.transparent = k.vocab.Symbol(pattern.Class, "transparent")
	k.c.disjunction = k.vocab.Symbol(pattern.Class, "disjunction")
	k.c.particle = k.vocab.Symbol(pattern.Class, "particle")
	k.c.attribution = attribution.Classes{
		Report:  k.vocab.Symbol(pattern.Class, "report"),
		Control: k.vocab.Symbol(pattern.Class, "control"),
		Of:      k.vocab.Symbol(pattern.Class, "of-verb"),
		Receive: k.vocab.Symbol(pattern.Class, "receive"),
		Commit:  k.vocab.Symbol(pattern.Class, "commit"),
		Equate:  k.vocab.Symbol(pattern.Class, "equate"),
		Desist:  k.vocab.Symbol(pattern.Class, "desist"),
		Stance:  k.vocab.Symbol(pattern.Class, "stance"),
		Purpose: k.vocab.Symbol(pattern.Class, "purpose"),
		Male:    k.vocab.Symbol(pattern.Class, "male"),
		Female:  k.vocab.Symbol(pattern.Class, "female"),
		Actor:   k.vocab.Symbol(pattern.Class, "somebody"),
		Answer:  k.vocab.Symbol(pattern.Class, "answer"),
		Heading: k.vocab.Symbol(pattern.Class, "heading"),
		Text:    k.vocab.Symbol(pattern.Class, "text"),
	}
	var err error
	if k.c.matcher, k.c.words, err = k.matcher.Finish(); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return k.c, nil
}

// configure returns a classifier with the same lexicons and the thresholds and
// labels of the options.
func (c *Classifier) configure(opts *options) (*Classifier, error) {
	k := &compiler{labels: map[Label]int{}, c: &Classifier{
		labels: c.labels, leastScores: slices.Clone(c.leastScores), curves: c.curves, disabled: c.disabled,
		items: c.items, contextItems: c.contextItems, words: c.words, matcher: c.matcher,
		transparent: c.transparent, disjunction: c.disjunction, particle: c.particle, attribution: c.attribution,
	}}
	for i, l := range c.labels {
		k.labels[l] = i
	}
	k.options(opts)
	if err := k.errs.err(); err != nil {
		return nil, err
	}
	return k.c, nil
}

// options sets the thresholds and switches off the labels and curves of the
// options.
func (k *compiler) options(opts *options) {
	k.thresholds(opts.thresholds, nil, position{file: "option"})
	k.disable(opts.disabled)
	if opts.uncalibrated {
		k.c.curves = make([]Curve, len(k.c.labels))
	}
	k.c.thresholds = make([]float64, len(k.c.labels))
	for i, curve := range k.c.curves {
		k.c.thresholds[i] = curve.weight(k.c.leastScores[i])
	}
}

// defineLabels numbers the labels: the built-in ones, then those of cues in
// the order of the lexicons. A label stays when all its cues are removed.
func (k *compiler) defineLabels(lexicons []*Lexicon) {
	for _, l := range []Label{Condemnation, Warning, Denial, Neutrality} {
		k.label(l)
	}
	for _, lex := range lexicons {
		for i := range lex.Cues {
			if l := firstOf(lex.Cues[i].Label, lex.Label); l != "" {
				k.label(l)
			}
		}
	}
	if len(k.c.labels) > maxLabels {
		k.errs.addf(position{}, "%d labels; at most %d are expected", len(k.c.labels), maxLabels)
	}
}

// entries compiles what merging has left: the cues and blockers, then the
// context, in the order in which modifiers win over each other.
func (k *compiler) entries(list []*entry) {
	patterns := 0
	for _, e := range list {
		patterns += len(e.match)
	}
	k.c.items = make([]item, 0, patterns)
	for _, e := range list {
		switch e.kind {
		case cueEntry:
			k.cue(e)
		case blockerEntry:
			k.blocker(e)
		case modifierEntry:
			k.modifier(e)
		case pseudoEntry:
			k.patterns(match.Context, e, k.contextItem(contextItem{kind: pseudoItem}, e))
		case terminatorEntry:
			k.patterns(match.Context, e, k.contextItem(contextItem{kind: terminatorItem}, e))
		}
	}
}

func (k *compiler) label(l Label) int {
	if i, ok := k.labels[l]; ok {
		return i
	}
	i := len(k.c.labels)
	k.labels[l] = i
	k.c.labels = append(k.c.labels, l)
	return i
}

func (k *compiler) thresholds(m map[Label]float64, places map[Label]position, at position) {
	for _, l := range slices.Sorted(maps.Keys(m)) {
		if p, ok := places[l]; ok {
			at = p
		}
		i, ok := k.labels[l]
		if !ok {
			k.errs.lackf("label", at, "threshold for %q, which no lexicon defines%s", l, k.nearLabel(l))
			continue
		}
		if v := m[l]; !(v > 0 && v <= 1) {
			k.errs.addf(at, "threshold for %q is %v; a number above 0 and up to 1 is expected", l, v)
			continue
		}
		k.c.leastScores[i] = m[l]
	}
}

func (k *compiler) disable(labels []Label) {
	for _, l := range labels {
		i, ok := k.labels[l]
		if !ok {
			k.errs.addf(position{file: "option"}, "label %q to switch off is defined by no lexicon%s", l, k.nearLabel(l))
			continue
		}
		k.c.disabled |= 1 << i
	}
}

// grammar builds what the tagger needs.
func (k *compiler) grammar(lexicons []*Lexicon) {
	for _, lex := range lexicons {
		for _, irr := range lex.grammar.irregular {
			for _, form := range irr.forms {
				var t vocab.Trait
				if irr.verb && !strings.HasSuffix(form, "ing") && !strings.HasSuffix(form, "s") {
					t = vocab.FormPast
				}
				k.vocab.AddIrregular(irr.lemma, form, t)
			}
		}
	}
}

func (k *compiler) parse(src string, at position) *pattern.Node {
	n, err := pattern.Parse(src)
	if err != nil {
		var perr *pattern.Error
		if errors.As(err, &perr) && at.line > 0 {
			at.column += perr.Offset
		}
		k.errs.addf(at, "pattern %q: %s", clip(src), err)
		return nil
	}
	if sign := signIn(n); sign != "" {
		if at.line > 0 {
			at.column += max(0, strings.Index(src, sign))
		}
		k.errs.addf(at, "pattern %q: never matches: %q is no word", clip(src), sign)
		return nil
	}
	return n
}

// signIn returns what the pattern has for a word and is a sign, if anything.
func signIn(n *pattern.Node) string {
	switch n.Op {
	case pattern.Word, pattern.Form, pattern.Case:
		if len(n.Text) > utf8.UTFMax { // signs are short
			break
		}
		for _, t := range token.Append(nil, n.Text, false) {
			if t.Kind > token.Number {
				return n.Text
			}
		}
	}
	for _, kid := range n.Kids {
		if sign := signIn(kid); sign != "" {
			return sign
		}
	}
	return ""
}

// patterns parses and compiles the patterns of an entry that are left, calling
// item for each with its number to get the number of its item.
func (k *compiler) patterns(stage match.Stage, e *entry, item func(i int, n *pattern.Node) int32) {
	if len(e.match) == 0 {
		k.errs.lackf("match", e.at, "%s %q has no patterns under match", e.kind, e.id)
		return
	}
	for i, src := range e.match {
		if e.without[i] {
			continue
		}
		place := e.place(i)
		n := k.parse(src, place)
		if n == nil {
			continue
		}
		err := k.matcher.Check(n)
		if err == nil && k.size(n, maxSize) > maxSize {
			err = match.ErrTooLarge
		}
		if err == nil {
			err = k.matcher.Add(stage, item(i, n), n)
		}
		var cerr *match.ClassError
		switch {
		case errors.As(err, &cerr):
			if place.line > 0 {
				place.column += max(0, strings.Index(src, "@"+cerr.Name))
			}
			k.undefined("", cerr.Name, place, k.classes.Names())
		case err != nil:
			k.errs.addf(place, "pattern %q: %s", clip(src), err)
		}
	}
}

func (k *compiler) blocker(e *entry) {
	var set labelSet
	for i, l := range e.blocker.Labels {
		set |= k.labelBit(l, placeOr(e.blocker.atLabels, i, e.at))
	}
	if len(e.blocker.Labels) == 0 {
		set = ^labelSet(0)
		if e.lex.Label != "" {
			set = k.labelBit(e.lex.Label, e.at)
		}
	}
	k.patterns(match.Blockers, e, func(i int, _ *pattern.Node) int32 {
		k.c.items = append(k.c.items, item{id: e.patternIDs()[i], at: e.place(i), label: -1, blocks: set})
		return int32(len(k.c.items) - 1)
	})
}

// labelBit is the bit of a label that some cue defines.
func (k *compiler) labelBit(l Label, at position) labelSet {
	i, ok := k.labels[l]
	if !ok {
		k.errs.lackf("label", at, "label %q is used and no cue defines it%s", l, k.nearLabel(l))
		return 0
	}
	return 1 << i
}

func (k *compiler) nearLabel(l Label) string {
	names := make([]string, len(k.c.labels))
	for i, known := range k.c.labels {
		names[i] = string(known)
	}
	if near := nearest(string(l), names); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func join[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}

func firstOf[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}
