package classify

import (
	"slices"
	"strings"

	"github.com/demarche/demarche/internal/tag"
	"github.com/demarche/demarche/internal/token"
	"github.com/demarche/demarche/internal/vocab"
)

// prepare splits the sentence, whose first byte is at offset base of the
// caller's text, into words, and tags them if any could be part of a cue.
func (rd *reader) prepare(text string, base int, quoted bool) bool {
	untidy := rd.split(text, quoted)
	if rd.people != nil {
		rd.people.look(text, base, rd.toks)
	}
	if untidy {
		rd.clean(text)
	}
	if rd.possible = rd.matcher.Sieve(text, rd.toks); !rd.possible && !rd.always && !(rd.quotes && rd.speech) {
		return false
	}
	for i := range rd.toks {
		if t := &rd.toks[i]; t.ID == 0 && t.Kind == token.Word {
			rd.lower = token.AppendLower(rd.lower[:0], text, &t.Token)
			t.Word = vocab.Unknown(rd.lower)
		}
	}
	tag.Assign(rd.toks)
	rd.finder.Reset(rd.toks, text)
	return true
}

// split splits a text into words and looks them up. It reports whether there may
// be something to clean away.
func (rd *reader) split(text string, quoted bool) (untidy bool) {
	toks := rd.toks[:0]
	odd, flags := false, token.Flag(0) // of the tokens so far
	s := token.NewScanner(text, quoted)
	for {
		n := len(toks)
		toks = slices.Grow(toks, 1)[:n+1]
		t := &toks[n]
		ok := s.Next(&t.Token)
		if s.Closed && n > 0 {
			toks[n-1].Flags |= token.QuoteAfter
		}
		if !ok {
			rd.toks = toks[:n]
			break
		}
		untidy = untidy || odd // it is not the last one
		flags |= t.Flags
		r, skip := vocab.Ref(0), false
		switch t.Kind {
		case token.Word, token.Number: // of numbers, too, a lexicon may name some, "Article 5"
			if r = rd.lookup(text, &t.Token); r == 0 && t.Kind == token.Word { // until the word is tagged
				w := text[t.Start:t.End]
				skip = strings.HasSuffix(w, "ly") || strings.HasSuffix(w, "LY")
			}
		case token.Open, token.Dash, token.Stop:
			odd = true
		}
		t.Word, t.ID, t.Tag, t.POS, t.Skip = rd.c.words.Of(r), r.ID(), 0, 0, skip || r.Skip()
		if r.Skip() && n > 0 && t.Is(vocab.Day) && text[toks[n-1].Start:toks[n-1].End] == "on" {
			toks[n-1].Skip = true // "accused on Monday the"
		}
	}
	rd.quotes = quoted || flags&(token.InQuote|token.QuoteBefore) != 0
	return untidy || flags&token.CutOff != 0
}

// lookup returns what the lexicons have of a word.
func (rd *reader) lookup(text string, t *token.Token) vocab.Ref {
	if t.Plain() {
		return rd.c.words.At(text, int(t.Start), int(t.End))
	}
	rd.lower = token.AppendLower(rd.lower[:0], text, t)
	return rd.c.words.Lookup(rd.lower)
}

// clean leaves the tokens that carry the sentence: without short brackets, the
// stops of titles, and words that the speaker takes back.
func (rd *reader) clean(text string) {
	all := rd.toks
	rd.toks = rd.toks[:0]
	for i := 0; i < len(all); i++ {
		t := &all[i]
		switch {
		case t.Kind == token.Open:
			if end := shortBracket(all, i); end > 0 {
				i = end
				continue
			}
		case t.Has(token.CutOff) && i+1 < len(all) && all[i+1].Kind == token.Dash:
			i++ // "fo- — falsely"
			continue
		case t.Kind == token.Dash && rd.restart(text, all[i+1:]):
			continue
		case t.Kind == token.Stop && abbreviates(all, i):
			continue
		}
		rd.toks = append(rd.toks, *t)
	}
}

// maxTitle is the longest title that is written with a full stop, in bytes.
const maxTitle = 4

// abbreviates reports whether the full stop at i belongs to a title, an initial or
// another short word ("Mr. Xi", "George W. Bush", "Feb. 1", "Acme Inc. said"), and so
// ends nothing.
func abbreviates(toks []tag.Token, i int) bool {
	if i == 0 || i+1 >= len(toks) || toks[i].End-toks[i].Start != 1 {
		return false
	}
	before, after := &toks[i-1], &toks[i+1]
	if before.End != toks[i].Start || !before.Has(token.Capital) || after.Has(token.QuoteBefore) {
		return false
	}
	n := before.End - before.Start
	switch {
	case after.Has(token.Capital):
		return n == 1 && !before.Is(vocab.Listed) || n <= maxTitle && before.Is(vocab.Title)
	case after.Kind == token.Number:
		return n <= maxTitle
	}
	return after.Kind == token.Word && n <= maxTitle && !before.Is(vocab.Listed)
}

// maxBracket is the longest bracket, in tokens, that is passed over.
const maxBracket = 3

// shortBracket returns the closing bracket of an aside such as "(TMC)" that
// opens at i, or 0.
func shortBracket(toks []tag.Token, i int) int {
	for j := i + 1; j < len(toks) && j <= i+maxBracket+1; j++ {
		if toks[j].Kind == token.Close {
			return j
		}
	}
	return 0
}

// restart reports whether the words after a dash say again the words before it
// ("a — a war"), and takes the first ones away.
func (rd *reader) restart(text string, after []tag.Token) bool {
	for n := min(3, len(after), len(rd.toks)); n > 0; n-- {
		same := true
		for k := range n {
			a, b := &rd.toks[len(rd.toks)-n+k], &after[k]
			if a.Kind != token.Word || b.Kind != token.Word || text[a.Start:a.End] != text[b.Start:b.End] {
				same = false
				break
			}
		}
		if same && !rd.dateline() {
			rd.toks = rd.toks[:len(rd.toks)-n]
			return true
		}
	}
	return false
}

// dateline reports whether the tokens so far may say where a story was filed:
// "Rome, Italy — Italy's premier".
func (rd *reader) dateline() bool {
	const longest = 16
	if len(rd.toks) > longest {
		return false
	}
	for i := range rd.toks {
		if t := &rd.toks[i]; t.Kind == token.Word && (!t.Has(token.Capital) || t.Is(vocab.Pronoun|vocab.Determiner)) {
			return false
		}
	}
	return true
}
