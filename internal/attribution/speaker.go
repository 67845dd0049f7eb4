package attribution

import (
	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
)

// Speaker returns who utters the sentence by a reporting verb, "according to" or
// a colon, and the token of the verb; the phrase is empty if nobody does.
func (f *Finder) Speaker() (Phrase, int) {
	for i := range f.Tokens {
		t := &f.Tokens[i]
		if t.Has(token.InQuote) || !t.Word.Is(f.Classes.Report, 0) {
			continue
		}
		if f.according(i) {
			if p := f.After(i + 2); !p.Empty() {
				return f.apposition(p), i
			}
			continue
		}
		if !t.Tag.VerbLike() || f.Passive(i) {
			continue
		}
		if f.closes(i - 1) {
			if p := f.After(i + 1); !p.Empty() {
				return f.apposition(p), i
			}
		}
		if p := f.Subject(i); !p.Empty() {
			return f.resolved(p, i), i
		}
		if i > 0 && f.kind(i-1) == token.Comma {
			if p := f.After(i + 1); !p.Empty() && f.tag(p.Start) != tag.Pronoun {
				return f.apposition(p), i
			}
		}
	}
	return f.beside()
}

// closes reports whether a quotation ends with the token at i, or before the
// comma there.
func (f *Finder) closes(i int) bool {
	if i > 0 && f.kind(i) == token.Comma && !f.Tokens[i].Has(token.QuoteAfter) {
		i--
	}
	return i >= 0 && f.Tokens[i].Has(token.QuoteAfter)
}

// beside returns who stands with another verb beside a quotation: "...," Roe
// went on, or before it with a colon: Roe: "...".
func (f *Finder) beside() (Phrase, int) {
	for i := range f.Tokens {
		switch {
		case f.kind(i) == token.Semicolon && i+1 < len(f.Tokens) && f.Tokens[i+1].Has(token.QuoteBefore):
			if p := f.After(0); !p.Empty() && f.tag(p.End-1) == tag.Name {
				return p, i
			}
		case i > 0 && f.closes(i-1) && f.kind(i) != token.Comma && !f.Tokens[i].Has(token.InQuote):
			p := f.After(i)
			v := f.skipAdverbs(p.End)
			if !p.Empty() && f.tag(v).VerbLike() {
				return f.name(p), v
			}
		}
	}
	return Phrase{}, none
}

// resolved returns what the subject p of the verb at v stands for: a pronoun
// may stand for a name in the sentence.
func (f *Finder) resolved(p Phrase, v int) Phrase {
	if f.tag(p.Start) == tag.Pronoun && p.End-p.Start == 1 {
		if q := f.antecedent(p, v); f.actor(q) && !f.Tokens[q.Start].Has(token.InQuote) {
			return q
		}
	}
	return p
}

// apposition returns the name that follows an office after a comma: "the
// director, Ada Roe".
func (f *Finder) apposition(p Phrase) Phrase {
	if p.Empty() || f.tag(p.End-1) == tag.Name || f.tag(p.End-1) == tag.Pronoun || f.kind(p.End) != token.Comma {
		return p
	}
	if end := f.chunk(p.End + 1); end > p.End+1 && f.tag(end-1) == tag.Name && !f.temporal(Phrase{p.End + 1, end}) && !f.finite(end) {
		return f.shortest(Phrase{p.End + 1, end})
	}
	return p
}
