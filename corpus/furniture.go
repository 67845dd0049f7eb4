package corpus

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/demarche/demarche/classify"
)

// furniture holds what web pages put between the paragraphs of an article, in
// lower case and without the punctuation after it. The list is short on
// purpose: losing a sentence of the article is worse than keeping a button.
var furniture = []string{
	"ad", "advertisement", "advertisements", "skip advertisement", "article continues after advertisement",
	"article continues below", "article continues below advertisement", "continue reading the main story",
	"story continues after advertisement", "story continues below", "story continues below advertisement",
	"read more", "share this", "share this article", "share this story",
}

// subscription matches an invitation to a newsletter: "Sign up for our daily
// newsletter".
var subscription = regexp.MustCompile(`(?i)^(?:click here to )?sign up for\b.*\b(?:newsletters?|alerts?|e-?mails?|updates)\b`)

// maxInvitation is how many words an invitation has at the most.
const maxInvitation = 20

// dateline matches the date that some scrapers put before a text.
var dateline = regexp.MustCompile(`^\s*(date (\d{4}-\d{2}-\d{2}))(?:\s|$)`)

// Furniture finds the parts of a web page's text that are not the article's: a
// leading "date YYYY-MM-DD", and lines made of nothing but a known phrase such
// as "Advertisement", "Story continues below advertisement", "Read more" or an
// invitation to a newsletter. Such a line must be a paragraph of its own, which
// it is unless the line before it breaks off in the middle of a sentence. The
// spans are in the order of the text.
func Furniture(text string) []classify.Span {
	var spans []classify.Span
	start := 0
	for {
		m := dateline.FindStringSubmatchIndex(text[start:])
		if m == nil {
			break
		}
		if _, err := time.Parse(time.DateOnly, text[start+m[4]:start+m[5]]); err != nil {
			break
		}
		spans = append(spans, spanOf(text, start+m[2], start+m[3]))
		start += m[3]
	}
	ownParagraph := true
	for start < len(text) {
		end := len(text)
		if i := strings.IndexAny(text[start:], "\r\n"); i >= 0 {
			end = start + i
		}
		line := text[start:end]
		trimmed := strings.TrimSpace(line)
		if ownParagraph && isFurniture(trimmed) {
			from := start + strings.Index(line, trimmed)
			spans = append(spans, spanOf(text, from, from+len(trimmed)))
		} else {
			ownParagraph = endsParagraph(trimmed)
		}
		start = end + 1
	}
	return spans
}

// Mask returns text with its [Furniture] overwritten by spaces, one for each
// byte: every offset into the masked text is an offset into text.
func Mask(text string) string {
	masked := []byte(text)
	for _, s := range Furniture(text) {
		copy(masked[s.Start:s.End], strings.Repeat(" ", s.End-s.Start))
	}
	return string(masked)
}

func spanOf(text string, start, end int) classify.Span {
	return classify.Span{Start: start, End: end, Text: text[start:end]}
}

func isFurniture(line string) bool {
	phrase := strings.ToLower(strings.TrimRight(line, ".:…»>! "))
	if slices.Contains(furniture, strings.Join(strings.Fields(phrase), " ")) {
		return true
	}
	return subscription.MatchString(line) && len(strings.Fields(line)) <= maxInvitation
}

// endsParagraph reports whether the next line can be a paragraph of its own:
// after an empty line or the end of a sentence.
func endsParagraph(line string) bool {
	line = strings.TrimRightFunc(line, func(r rune) bool {
		return unicode.In(r, unicode.Pe, unicode.Pf) || r == '"' || r == '\''
	})
	last, _ := utf8.DecodeLastRuneInString(line)
	return line == "" || strings.ContainsRune(".!?:…", last)
}
