package classify

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

var (
	allFrames     = []Frame{FrameVerb, FrameNoun, FramePredicate, FrameEpithet, FrameStatement}
	allReasons    = []Reason{Negated, Refused, Failed, Absent, Requested, Hypothetical, Future, Asked, Ended}
	allDirections = []Direction{Forward, Backward, Both, Inside}
)

func (d *decoder) lexicon(lex *Lexicon, n *yaml.Node) {
	d.fields(n, "the lexicon", map[string]func(*yaml.Node){
		"lexicon": func(n *yaml.Node) {
			d.fields(n, "lexicon", map[string]func(*yaml.Node){
				"name": d.str(&lex.Name), "language": d.str(&lex.Language),
				"version": d.str(&lex.Version), "license": d.str(&lex.License),
			})
		},
		"label":       d.str((*string)(&lex.Label)),
		"defaults":    func(n *yaml.Node) { d.cueFields(&lex.Defaults, n, "defaults", false) },
		"classes":     func(n *yaml.Node) { d.classes(&lex.Classes, n, "classes") },
		"extend":      func(n *yaml.Node) { d.classes(&lex.Extend, n, "extend") },
		"cues":        d.each(func(n *yaml.Node) { lex.Cues = append(lex.Cues, d.cue(n)) }),
		"blockers":    d.each(func(n *yaml.Node) { lex.Blockers = append(lex.Blockers, d.blocker(n)) }),
		"modifiers":   d.each(func(n *yaml.Node) { lex.Modifiers = append(lex.Modifiers, d.modifier(n)) }),
		"pseudo":      d.each(func(n *yaml.Node) { lex.Pseudo = append(lex.Pseudo, d.entry(n, "pseudo-trigger")) }),
		"terminators": d.each(func(n *yaml.Node) { lex.Terminators = append(lex.Terminators, d.entry(n, "terminator")) }),
		"remove":      d.list(&lex.Remove, &lex.atRemove),
		"weights":     func(n *yaml.Node) { d.weights(lex, n) },
		"thresholds":  func(n *yaml.Node) { d.thresholds(lex, n) },
		"calibration": func(n *yaml.Node) { d.calibration(lex, n) },
		"grammar":     func(n *yaml.Node) { d.classes(&lex.grammar.classes, n, "grammar") },
		"irregular":   func(n *yaml.Node) { d.irregular(lex, n) },
		"common":      d.list(&lex.grammar.common, nil),
	})
}

func (d *decoder) classes(dst *[]Class, n *yaml.Node, what string) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "%s must be a mapping of class names to lists, found %s", what, kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		c := Class{Name: n.Content[i].Value, at: d.at(n.Content[i])}
		d.list(&c.Members, &c.atPat)(n.Content[i+1])
		*dst = append(*dst, c)
	}
}

func (d *decoder) cueFields(c *Cue, n *yaml.Node, what string, full bool) {
	needs := ""
	mention := ""
	fields := map[string]func(*yaml.Node){
		"weight":  d.float(&c.Weight),
		"frame":   oneOf(d, &c.Frame, allFrames...),
		"target":  d.list(&c.Target, &c.atTarget),
		"immune":  listOf(d, &c.Immune, allReasons...),
		"mention": oneOf(d, &mention, "always", "never"),
		"needs":   oneOf(d, &needs, "source"),
		"reason":  oneOf(d, &c.Reason, allReasons...),
	}
	if full {
		fields["id"] = d.str(&c.ID)
		fields["replaces"] = d.str(&c.Replaces)
		fields["label"] = d.str((*string)(&c.Label))
		fields["match"] = d.list(&c.Match, &c.atPat)
	}
	d.fields(n, what, fields)
	c.NeedsSource = needs == "source"
	switch mention {
	case "always":
		c.Mention = MentionAlways
	case "never":
		c.Mention = MentionNever
	}
}

func (d *decoder) cue(n *yaml.Node) Cue {
	c := Cue{at: d.at(n)}
	d.cueFields(&c, n, "cue", true)
	return c
}

func (d *decoder) blocker(n *yaml.Node) Blocker {
	b := Blocker{at: d.at(n)}
	d.fields(n, "blocker", map[string]func(*yaml.Node){
		"id": d.str(&b.ID), "replaces": d.str(&b.Replaces), "labels": d.labels(&b.Labels, &b.atLabels), "match": d.list(&b.Match, &b.atPat),
	})
	return b
}

func (d *decoder) entry(n *yaml.Node, what string) Entry {
	e := Entry{at: d.at(n)}
	d.fields(n, what, map[string]func(*yaml.Node){
		"id": d.str(&e.ID), "replaces": d.str(&e.Replaces), "match": d.list(&e.Match, &e.atPat),
	})
	return e
}

func (d *decoder) modifier(n *yaml.Node) Modifier {
	m := Modifier{at: d.at(n)}
	when, reach := "", ""
	d.fields(n, "modifier", map[string]func(*yaml.Node){
		"id":        d.str(&m.ID),
		"replaces":  d.str(&m.Replaces),
		"category":  oneOf(d, &m.Category, append(slices.Clone(allReasons), Presupposed)...),
		"match":     d.list(&m.Match, &m.atPat),
		"direction": oneOf(d, &m.Direction, allDirections...),
		"limit":     d.integer(&m.Limit, 1, maxLimit),
		"labels":    d.labels(&m.Labels, &m.atLabels),
		"except":    d.labels(&m.Except, &m.atExcept),
		"frames":    listOf(d, &m.Frames, allFrames...),
		"only":      d.list(&m.Only, &m.atOnly),
		"when":      oneOf(d, &when, "question"),
		"reach":     oneOf(d, &reach, "phrase", "clause"),
	})
	m.Question, m.Clause = when == "question", reach == "clause"
	return m
}

func (d *decoder) weights(lex *Lexicon, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "weights must be a mapping of ids to numbers, found %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		w := Reweight{ID: n.Content[i].Value, at: d.at(n.Content[i])}
		if d.float(&w.Weight)(n.Content[i+1]); w.Weight > 0 {
			lex.Weights = append(lex.Weights, w)
		}
	}
}

func (d *decoder) thresholds(lex *Lexicon, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "thresholds must be a mapping of labels to numbers, found %s", kindOf(n))
		return
	}
	lex.Thresholds, lex.atThresholds = map[Label]float64{}, map[Label]position{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var v float64
		d.float(&v)(n.Content[i+1])
		l := Label(n.Content[i].Value)
		if old, ok := lex.atThresholds[l]; ok {
			d.errs.addf(d.at(n.Content[i]), "threshold of %q is already set at %s", l, old)
		}
		if v > 0 {
			lex.Thresholds[l], lex.atThresholds[l] = v, d.at(n.Content[i])
		}
	}
}

func (d *decoder) calibration(lex *Lexicon, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errs.addf(d.at(n), "calibration must be a mapping of labels to weights with their scores, found %s", kindOf(n))
		return
	}
	lex.Calibration, lex.atCalibration = map[Label]Curve{}, map[Label]position{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		l, points := Label(n.Content[i].Value), n.Content[i+1]
		if old, ok := lex.atCalibration[l]; ok {
			d.errs.addf(d.at(n.Content[i]), "calibration of %q is already set at %s", l, old)
		}
		if points.Kind != yaml.MappingNode {
			d.errs.addf(d.at(points), "calibration of %q must be a mapping of weights to scores, found %s", l, kindOf(points))
			continue
		}
		good := len(d.errs.list)
		curve := make(Curve, len(points.Content)/2)
		for j := range curve {
			d.float(&curve[j].Weight)(points.Content[2*j])
			d.float(&curve[j].Score)(points.Content[2*j+1])
		}
		if len(d.errs.list) == good {
			lex.Calibration[l], lex.atCalibration[l] = curve, d.at(n.Content[i])
		}
	}
}

func (d *decoder) irregular(lex *Lexicon, n *yaml.Node) {
	group := func(verb bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if n.Kind != yaml.MappingNode {
				d.errs.addf(d.at(n), "irregular forms must be a mapping of words to lists, found %s", kindOf(n))
				return
			}
			for i := 0; i+1 < len(n.Content); i += 2 {
				irr := irregular{lemma: n.Content[i].Value, verb: verb}
				d.list(&irr.forms, nil)(n.Content[i+1])
				lex.grammar.irregular = append(lex.grammar.irregular, irr)
			}
		}
	}
	d.fields(n, "irregular", map[string]func(*yaml.Node){"verbs": group(true), "others": group(false)})
}
