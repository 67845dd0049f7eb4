package classify

import (
	"crypto/sha256"
	_ "embed" // for the snapshot
	"io/fs"

	"github.com/demarche/demarche/internal/attribution"
	"github.com/demarche/demarche/internal/match"
	"github.com/demarche/demarche/internal/pack"
	"github.com/demarche/demarche/internal/vocab"
)

// Compiling the built-in lexicons takes several hundred milliseconds, most of
// it for reading YAML and for finding the inflections of words. The snapshot is
// the classifier that comes out, ready to be loaded by [Default] in a few. It
// holds the hash of the lexicons that it was made from: if they have changed,
// they are compiled, and nothing but time is lost.

//go:generate go test -run TestSnapshot -update-snapshot .

//go:embed lexicons/snapshot.bin
var snapshot string

// sourceHash identifies the built-in lexicons and the format of snapshots.
func sourceHash() ([]byte, error) {
	const format = "demarche snapshot 8\n"
	h := sha256.New()
	h.Write([]byte(format))
	files, err := fs.Glob(builtinFiles, "lexicons/*.yaml")
	for _, name := range files {
		data, err := builtinFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		h.Write([]byte(name))
		h.Write(data)
	}
	return h.Sum(nil), err
}

// fromSnapshot returns the classifier of the snapshot, or nil if it is not of
// the built-in lexicons as they are.
func fromSnapshot() *Classifier {
	hash, err := sourceHash()
	if err != nil || len(snapshot) < len(hash) || snapshot[:len(hash)] != string(hash) {
		return nil
	}
	c := &Classifier{words: &vocab.Table{}, matcher: &match.Matcher{}}
	r := pack.NewReader(snapshot[len(hash):])
	c.code(r)
	if r.Err() != nil {
		return nil
	}
	return c
}

// toSnapshot returns the snapshot of a classifier with the built-in lexicons
// and no options.
func (c *Classifier) toSnapshot() ([]byte, error) {
	hash, err := sourceHash()
	if err != nil {
		return nil, err
	}
	w := pack.NewWriter()
	c.code(w)
	return append(hash, w.Bytes()...), nil
}

// code writes or reads what the lexicons say of a classifier.
func (k *Classifier) code(c *pack.Codec) {
	pack.Slice(c, &k.labels, func(l *Label) { pack.String(c, l) })
	pack.Slice(c, &k.leastScores, c.Float)
	pack.Slice(c, &k.curves, func(curve *Curve) {
		pack.Slice(c, (*[]CurvePoint)(curve), func(p *CurvePoint) {
			c.Float(&p.Weight)
			c.Float(&p.Score)
		})
	})
	symbols := func(s *[]vocab.Symbol) { pack.Slice(c, s, func(x *vocab.Symbol) { pack.Number(c, x) }) }
	pack.Slice(c, &k.items, func(it *item) {
		pack.String(c, &it.id)
		it.at.code(c)
		pack.Number(c, &it.label)
		pack.Number(c, &it.blocks)
		c.Float(&it.weight)
		pack.Number(c, &it.frame)
		pack.Slice(c, &it.slots, func(s *attribution.Slot) { pack.String(c, s) })
		c.Bool(&it.needs)
		pack.Number(c, &it.immune)
		c.Bool(&it.mention)
		symbols(&it.literals)
		pack.String(c, &it.reason)
	})
	pack.Slice(c, &k.contextItems, func(it *contextItem) {
		pack.String(c, &it.id)
		it.at.code(c)
		pack.Number(c, &it.kind)
		pack.String(c, &it.category)
		pack.Number(c, &it.scope.Direction)
		pack.Number(c, &it.scope.Limit)
		c.Bool(&it.scope.Clause)
		c.Bool(&it.scope.Question)
		pack.Number(c, &it.labels)
		pack.Number(c, &it.frames)
		symbols(&it.only)
		symbols(&it.literals)
	})
	pack.Number(c, &k.transparent)
	pack.Number(c, &k.disjunction)
	pack.Number(c, &k.particle)
	for _, s := range k.attribution.All() {
		pack.Number(c, s)
	}
	k.words.Code(c)
	k.matcher.Code(c)
}

func (p *position) code(c *pack.Codec) {
	pack.String(c, &p.file)
	pack.Number(c, &p.line)
	pack.Number(c, &p.column)
	pack.String(c, &p.entry)
}
