package classify

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pattern"
	"github.com/demarche/demarche/internal/scope"
	"github.com/demarche/demarche/internal/vocab"
)

// the matchers of a classifier: cues trigger the work on a sentence, context
// is looked for only where there is a cue.
const (
	cueMatcher = iota
	contextMatcher
)

// an item is one pattern of the first matcher, ready for use.
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

// a contextItem is one pattern of the second matcher.
type contextItem struct {
	id       string
	at       position
	kind     contextKind
	category Reason
	scope    scope.Modifier
	labels   labelSet
	frames   frameSet
	only     []vocab.Symbol
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
	defaultThreshold = 0.5
)

// grammarTraits are the classes that the engine's grammar is built from.
var grammarTraits = map[string]vocab.Trait{
	"determiner": vocab.Determiner, "pronoun": vocab.Pronoun, "nominative": vocab.Nominative,
	"possessive": vocab.Possessive, "preposition": vocab.Preposition, "conjunction": vocab.Conjunction,
	"subordinator": vocab.Subordinator, "wh": vocab.WhWord, "be": vocab.Be, "have": vocab.Have, "do": vocab.Do,
	"modal": vocab.Modal, "to": vocab.To, "not": vocab.Not, "adverb": vocab.Adverb, "verb": vocab.Verb,
	"adjective": vocab.Adjective, "noun": vocab.Noun, "number": vocab.NumberWord, "title": vocab.Title,
	"skip": vocab.Skip,
}

// compiler turns merged lexicons into a classifier.
type compiler struct {
	errs    mistakes
	vocab   *vocab.Vocabulary
	classes match.Classes
	cues    *match.Compiler
	context *match.Compiler
	c       *Classifier
	ids     map[string]position
	labels  map[Label]int
	weights map[string]float64
	removed map[string]*bool // set when the id was found
}

func compile(lexicons []*Lexicon, opts *options) (*Classifier, error) {
	k := &compiler{
		vocab: vocab.New(), classes: match.Classes{}, ids: map[string]position{}, labels: map[Label]int{},
		weights: map[string]float64{}, removed: map[string]*bool{},
		c: &Classifier{thresholds: nil},
	}
	k.c.vocab = k.vocab
	common := map[string]bool{}
	for _, lex := range lexicons {
		for _, w := range lex.grammar.common {
			common[w] = true
		}
	}
	k.cues = match.NewCompiler(k.vocab, k.classes, common, cueMatcher)
	k.context = match.NewCompiler(k.vocab, k.classes, common, contextMatcher)
	for _, l := range []Label{Condemnation, Warning, Denial, Neutrality} {
		k.label(l)
	}
	k.grammar(lexicons)
	k.defineClasses(lexicons)
	k.changes(lexicons)
	for _, lex := range lexicons {
		k.lexiconCues(lex)
	}
	for _, lex := range lexicons {
		k.lexiconContext(lex)
	}
	for id, found := range k.removed {
		if !*found {
			k.errs.addf(k.ids["remove:"+id], "remove: no entry has the id %q%s", id, k.didYouMean(id))
		}
	}
	k.c.cues, k.c.context = k.cues.Matcher(), k.context.Matcher()
	k.c.thresholds = make([]float64, len(k.c.labels))
	for i := range k.c.thresholds {
		k.c.thresholds[i] = defaultThreshold
	}
	for _, lex := range lexicons {
		k.thresholds(lex.Thresholds, position{file: lex.Name})
	}
	k.thresholds(opts.thresholds, position{file: "option"})
	k.disable(opts.disabled)
	if err := k.errs.err(); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	k.c.transparent = k.vocab.Symbol(pattern.Class, "transparent")
	k.c.attribution = attribution.Classes{
		Report:  k.vocab.Symbol(pattern.Class, "report"),
		Control: k.vocab.Symbol(pattern.Class, "control"),
		Receive: k.vocab.Symbol(pattern.Class, "receive"),
	}
	return k.c, nil
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

func (k *compiler) thresholds(m map[Label]float64, at position) {
	for _, l := range slices.Sorted(maps.Keys(m)) {
		i, ok := k.labels[l]
		if !ok {
			k.errs.addf(at, "threshold for %q, which no lexicon defines", l)
			continue
		}
		if v := m[l]; !(v > 0 && v <= 1) {
			k.errs.addf(at, "threshold for %q is %v; a number above 0 and up to 1 is expected", l, v)
			continue
		}
		k.c.thresholds[i] = m[l]
	}
}

func (k *compiler) disable(labels []Label) {
	for _, l := range labels {
		i, ok := k.labels[l]
		if !ok {
			k.errs.addf(position{file: "option"}, "label %q to switch off is defined by no lexicon", l)
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

// classDef is a class while classes are resolved.
type classDef struct {
	at      position
	members []*pattern.Node
	places  []position
	state   uint8 // 0 new, 1 being resolved, 2 done
}

// defineClasses resolves classes that use classes, and reports double
// definitions, undefined names and cycles.
func (k *compiler) defineClasses(lexicons []*Lexicon) {
	defs := map[string]*classDef{}
	var order []string
	for _, lex := range lexicons {
		for _, cl := range slices.Concat(lex.grammar.classes, lex.Classes) {
			at := position{file: lex.Name}
			if len(cl.at) > 0 {
				at = cl.at[0]
			}
			if old := defs[cl.Name]; old != nil {
				k.errs.addf(at, "class %q is already defined at %s", cl.Name, old.at)
				continue
			}
			def := &classDef{at: at}
			for i, m := range cl.Members {
				place := at
				if i < len(cl.at) {
					place = cl.at[i]
				}
				n := k.parse(m, place)
				if n == nil {
					continue
				}
				def.members = append(def.members, n)
				def.places = append(def.places, place)
			}
			defs[cl.Name] = def
			order = append(order, cl.Name)
		}
	}
	for _, name := range order {
		k.resolve(defs, name, nil)
	}
	for _, name := range order {
		k.classes.AddClass(k.vocab, name, defs[name].members)
		if t, ok := grammarTraits[name]; ok {
			k.vocab.GiveTrait(k.vocab.Symbol(pattern.Class, name), t)
		}
	}
}

// resolve copies the members of inner classes into the class.
func (k *compiler) resolve(defs map[string]*classDef, name string, path []string) {
	def := defs[name]
	if def.state == 2 {
		return
	}
	def.state = 1
	path = append(path, name)
	var members []*pattern.Node
	for i, m := range def.members {
		if m.Op != pattern.Class || m.POS != 0 || match.IsTagClass(m.Text) {
			k.innerClasses(defs, m, def.places[i], path)
			members = append(members, m)
			continue
		}
		if members2, ok := k.inner(defs, m.Text, def.places[i], path); ok {
			members = append(members, members2...)
		}
	}
	def.members = members
	def.state = 2
}

func (k *compiler) inner(defs map[string]*classDef, name string, at position, path []string) ([]*pattern.Node, bool) {
	in, ok := defs[name]
	switch {
	case !ok:
		k.undefined(name, at, slices.Collect(maps.Keys(defs)))
		return nil, false
	case in.state == 1:
		k.errs.addf(at, "class cycle: @%s", strings.Join(append(path, name), " uses @"))
		return nil, false
	}
	k.resolve(defs, name, path)
	return in.members, true
}

// innerClasses checks the classes that a phrase in a class uses.
func (k *compiler) innerClasses(defs map[string]*classDef, n *pattern.Node, at position, path []string) {
	if n.Op == pattern.Class && !match.IsTagClass(n.Text) {
		k.inner(defs, n.Text, at, path)
	}
	for _, kid := range n.Kids {
		k.innerClasses(defs, kid, at, path)
	}
}

func (k *compiler) undefined(name string, at position, known []string) {
	msg := fmt.Sprintf("undefined class @%s", name)
	if near := nearest(name, known); near != "" {
		msg += fmt.Sprintf("; did you mean @%s?", near)
	}
	k.errs.addf(at, "%s", msg)
}

// changes collects removals and new weights; they apply to lexicons merged
// earlier, which for ids that are unique comes to the same.
func (k *compiler) changes(lexicons []*Lexicon) {
	for _, lex := range lexicons {
		for _, id := range lex.Remove {
			k.removed[id] = new(bool)
			k.ids["remove:"+id] = position{file: lex.Name}
		}
		for _, w := range lex.Weights {
			k.weights[w.ID] = w.Weight
		}
	}
}

func (k *compiler) didYouMean(id string) string {
	if near := nearest(id, slices.Collect(maps.Keys(k.ids))); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// gone reports whether the entry or its group was removed.
func (k *compiler) gone(group, id string) bool {
	gone := false
	for _, key := range []string{group, id} {
		if found, ok := k.removed[key]; ok {
			*found, gone = true, true
		}
	}
	return gone
}

// claim registers an id and reports a conflict.
func (k *compiler) claim(id string, at position) bool {
	if id == "" {
		k.errs.addf(at, "entry without an id")
		return false
	}
	if old, ok := k.ids[id]; ok {
		k.errs.addf(at, "id %q is already used at %s", id, old)
		return false
	}
	k.ids[id] = at
	return true
}

func (k *compiler) parse(src string, at position) *pattern.Node {
	n, err := pattern.Parse(src)
	if err != nil {
		var perr *pattern.Error
		if errors.As(err, &perr) && at.line > 0 {
			at.column += perr.Offset
		}
		k.errs.addf(at, "pattern %q: %s", src, err)
		return nil
	}
	return n
}

// patterns parses and compiles the patterns of an entry, calling item for each
// with its id.
func (k *compiler) patterns(m *match.Compiler, id string, at position, list []string, places []position, item func(id string, at position, n *pattern.Node) int32) {
	if !k.claim(id, at) {
		return
	}
	if len(list) == 0 {
		k.errs.addf(at, "entry %q has no patterns under match", id)
		return
	}
	used := map[string]int{}
	for i, src := range list {
		place := at
		if i < len(places) {
			place = places[i]
		}
		own := id
		if len(list) > 1 {
			own = id + "/" + slug(src)
			if used[own]++; used[own] > 1 {
				own = fmt.Sprintf("%s-%d", own, used[own])
			}
		}
		if k.gone(id, own) {
			continue
		}
		n := k.parse(src, place)
		if n == nil {
			continue
		}
		if err := m.Add(item(own, place, n), n); err != nil {
			var cerr *match.ClassError
			if errors.As(err, &cerr) {
				k.undefined(cerr.Name, place, k.classes.Names())
				continue
			}
			k.errs.addf(place, "pattern %q: %s", src, err)
		}
	}
}

// maxSlug is the longest part of an id made from a pattern, in bytes.
const maxSlug = 48

// slug turns a pattern into the last part of an id: its words, with hyphens.
func slug(src string) string {
	var b strings.Builder
	gap := false
	for i := range len(src) {
		c := src[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			fallthrough
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c >= 0x80:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteByte(c)
		default:
			gap = true
		}
		if b.Len() >= maxSlug {
			break
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

func (k *compiler) lexiconCues(lex *Lexicon) {
	for i := range lex.Cues {
		c := lex.Cues[i]
		if c.at.file == "" {
			c.at.file = lex.Name
		}
		k.cue(lex, &c)
	}
	for i := range lex.Blockers {
		b := &lex.Blockers[i]
		if b.at.file == "" {
			b.at.file = lex.Name
		}
		var set labelSet
		for _, l := range b.Labels {
			set |= k.labelBit(l, b.at)
		}
		if len(b.Labels) == 0 {
			if lex.Label != "" {
				set = k.labelBit(lex.Label, b.at)
			} else {
				set = ^labelSet(0)
			}
		}
		k.patterns(k.cues, b.ID, b.at, b.Match, b.atPat, func(id string, at position, _ *pattern.Node) int32 {
			k.c.items = append(k.c.items, item{id: id, at: at, label: -1, blocks: set})
			return int32(len(k.c.items) - 1)
		})
	}
}

// labelBit is the bit of a label that some cue defines.
func (k *compiler) labelBit(l Label, at position) labelSet {
	i, ok := k.labels[l]
	if !ok {
		msg := fmt.Sprintf("label %q is used and no cue defines it", l)
		if near := nearest(string(l), labelNames(k.c.labels)); near != "" {
			msg += fmt.Sprintf("; did you mean %q?", near)
		}
		k.errs.addf(at, "%s", msg)
		return 0
	}
	return 1 << i
}

func labelNames(labels []Label) []string {
	names := make([]string, len(labels))
	for i, l := range labels {
		names[i] = string(l)
	}
	return names
}

func (k *compiler) cue(lex *Lexicon, c *Cue) {
	label := firstOf(c.Label, lex.Label)
	if label == "" {
		k.errs.addf(c.at, "cue %q has no label, and its lexicon gives none", c.ID)
		return
	}
	if len(k.c.labels) >= maxLabels {
		k.errs.addf(c.at, "more than %d labels", maxLabels)
		return
	}
	it := item{
		label:  k.label(label),
		weight: firstOf(c.Weight, lex.Defaults.Weight, defaultWeight),
		needs:  c.NeedsSource || lex.Defaults.NeedsSource,
	}
	if !(it.weight > 0 && it.weight <= 1) {
		k.errs.addf(c.at, "weight of %q is %v; a number above 0 and up to 1 is expected", c.ID, it.weight)
	}
	frame := firstOf(c.Frame, lex.Defaults.Frame, FrameVerb)
	if !slices.Contains(allFrames, frame) {
		k.errs.addf(c.at, "frame of %q is %q; one of verb, noun, predicate, epithet, statement is expected", c.ID, frame)
		return
	}
	it.frame = frameOf(frame)
	targets := c.Target
	if targets == nil {
		targets = lex.Defaults.Target
	}
	for _, t := range targets {
		it.slots = append(it.slots, attribution.Slot(t))
	}
	for _, r := range slices.Concat(c.Immune, lex.Defaults.Immune) {
		if !slices.Contains(allReasons, r) {
			k.errs.addf(c.at, "%q is no reason of a mention", r)
			return
		}
		it.immune |= reasonBit(r)
	}
	if c.Reason != "" && !slices.Contains(allReasons, c.Reason) {
		k.errs.addf(c.at, "%q is no reason of a mention", c.Reason)
		return
	}
	it.reason = c.Reason
	switch firstOf(c.Mention, lex.Defaults.Mention) {
	case MentionByFrame:
		it.mention = frame == FrameVerb || frame == FrameNoun
	case MentionAlways:
		it.mention = true
	}
	k.patterns(k.cues, c.ID, c.at, c.Match, c.atPat, func(id string, at position, n *pattern.Node) int32 {
		it := it
		it.id, it.at = id, at
		if match.HasGap(n) {
			it.literals = k.cues.Literals(n)
		}
		if w, ok := k.weights[id]; ok {
			it.weight = w
		} else if w, ok := k.weights[c.ID]; ok {
			it.weight = w
		}
		k.c.items = append(k.c.items, it)
		return int32(len(k.c.items) - 1)
	})
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

func (k *compiler) lexiconContext(lex *Lexicon) {
	for i := range lex.Modifiers {
		m := lex.Modifiers[i]
		if m.at.file == "" {
			m.at.file = lex.Name
		}
		k.modifier(&m)
	}
	for kind, entries := range map[contextKind][]Entry{pseudoItem: lex.Pseudo, terminatorItem: lex.Terminators} {
		for _, e := range entries {
			if e.at.file == "" {
				e.at.file = lex.Name
			}
			k.patterns(k.context, e.ID, e.at, e.Match, e.atPat, func(id string, at position, _ *pattern.Node) int32 {
				k.c.contextItems = append(k.c.contextItems, contextItem{id: id, at: at, kind: kind})
				return int32(len(k.c.contextItems) - 1)
			})
		}
	}
}

func (k *compiler) modifier(m *Modifier) {
	it := contextItem{kind: modifierItem, category: m.Category}
	if m.Category != Presupposed && !slices.Contains(allReasons, m.Category) {
		k.errs.addf(m.at, "modifier %q has the category %q; a reason of a mention or presupposed is expected", m.ID, m.Category)
		return
	}
	direction := firstOf(m.Direction, Forward)
	if !slices.Contains(allDirections, direction) {
		k.errs.addf(m.at, "modifier %q has the direction %q; forward, backward, both or inside is expected", m.ID, direction)
		return
	}
	it.scope = scope.Modifier{
		Direction: scope.Direction(slices.Index(allDirections, direction)),
		Limit:     firstOf(m.Limit, defaultLimit),
		Clause:    m.Clause,
		Question:  m.Question,
	}
	for _, l := range m.Labels {
		it.labels |= k.labelBit(l, m.at)
	}
	if len(m.Labels) == 0 {
		it.labels = ^labelSet(0)
	}
	for _, f := range m.Frames {
		it.frames |= 1 << frameOf(f)
	}
	if len(m.Frames) == 0 {
		it.frames = ^frameSet(0)
	}
	for i, src := range m.Only {
		at := m.at
		if i < len(m.atOnly) {
			at = m.atOnly[i]
		}
		if n := k.parse(src, at); n != nil {
			if n.Op != pattern.Word && n.Op != pattern.Form {
				k.errs.addf(at, "only takes single words, found %q", src)
				continue
			}
			it.only = append(it.only, k.vocab.Symbol(n.Op, n.Text))
		}
	}
	k.patterns(k.context, m.ID, m.at, m.Match, m.atPat, func(id string, at position, _ *pattern.Node) int32 {
		it := it
		it.id, it.at = id, at
		k.c.contextItems = append(k.c.contextItems, it)
		return int32(len(k.c.contextItems) - 1)
	})
}
