package classify

import (
	"fmt"
	"unicode/utf8"
)

// TextLimits bound what is read of a text at a time, so that text from anywhere
// can be read: none costs more time than another of its length, or more memory
// than a few times the longest paragraph. What goes beyond a limit is cut, and
// the results say so. A field that is zero stands for the default.
type TextLimits struct {
	// Sentence is the length in bytes of the longest sentence; default 8 KiB. A
	// longer one is cut at white space, or between two characters where there
	// is none, into pieces that are sentences of their own, and all but the last
	// are marked [Result.Cut]. [Classifier.Sentence] reads the first piece.
	Sentence int
	// Paragraph is the length in bytes of the longest paragraph; default 256
	// KiB. A longer one is cut in the same way, and the last sentence before the
	// cut is marked.
	Paragraph int
	// Acts is how many acts a sentence may have, and how many mentions; default
	// 64, as many as there can be labels. Those with the best scores are kept,
	// of mentions the first ones. [Result.Omitted] counts the others.
	Acts int
}

// the defaults of TextLimits.
const (
	defaultSentence  = 8 << 10
	defaultParagraph = 256 << 10
	defaultActs      = 64
)

// WithTextLimits sets what is read of a text at a time.
func WithTextLimits(l TextLimits) Option {
	return func(o *options) { o.limits = l }
}

// orDefault fills in the defaults and checks the rest.
func (l TextLimits) orDefault() (TextLimits, error) {
	l = TextLimits{
		Sentence:  firstOf(l.Sentence, defaultSentence),
		Paragraph: firstOf(l.Paragraph, defaultParagraph),
		Acts:      firstOf(l.Acts, defaultActs),
	}
	switch {
	case l.Sentence < utf8.UTFMax:
		return l, fmt.Errorf("classify: longest sentence of %d bytes: it needs room for a character, %d bytes", l.Sentence, utf8.UTFMax)
	case l.Paragraph < utf8.UTFMax:
		return l, fmt.Errorf("classify: longest paragraph of %d bytes: it needs room for a character, %d bytes", l.Paragraph, utf8.UTFMax)
	case l.Acts < 0:
		return l, fmt.Errorf("classify: %d acts in a sentence: expected 1 or more", l.Acts)
	}
	return l, nil
}

// omit leaves out the acts and mentions that are too many.
func (l TextLimits) omit(res *Result) {
	for len(res.Acts) > l.Acts {
		least := len(res.Acts) - 1
		for i := least - 1; i >= 0; i-- {
			if res.Acts[i].Score < res.Acts[least].Score {
				least = i
			}
		}
		res.Acts = append(res.Acts[:least], res.Acts[least+1:]...)
		res.Omitted++
	}
	if n := len(res.Mentions) - l.Acts; n > 0 {
		res.Mentions = res.Mentions[:l.Acts]
		res.Omitted += n
	}
}
