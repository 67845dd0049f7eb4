// Package highlight draws what package classify says of a text: the text itself
// as HTML, with the words that matter marked in it.
//
//	text := "Paris condemned the raid. Lima refused to."
//	doc := highlight.Document{Text: text, Results: slices.Collect(classify.Default().Document(text))}
//	err := highlight.Page(w, "A raid", doc)
//
// Each act has a number. Its cue stands in a box with the label in words, its
// source is underlined once and its target twice, both with the act's number; to
// point at one, or to focus it, shows them all, and the score and the rules that
// gave them. Mentions are drawn with dashed lines and say their reason. A source
// or target in another sentence, such as the speaker of a quotation, is named
// before the sentence, with a link to where it stands. A legend counts the labels
// and hides what is not wanted.
//
// The HTML is the text and nothing else: there is no script in it, it loads
// nothing, and whatever the text contains is escaped. Control characters, marks
// that change the direction of writing and bytes that are not UTF-8 are shown by
// their numbers. It follows the reader's choice of light or dark and can be read
// without colours and on paper.
package highlight

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/demarche/demarche/classify"
)

// A Document is a text and what a classifier says of it.
type Document struct {
	Title string // the heading; none if empty
	Note  string // shown below the heading, such as where the text is from
	Text  string // the whole text, to which the spans of the results refer
	// Results are the results for the text, in its order. Sentences of which
	// there are none are shown as they are.
	Results []classify.Result
}

// Page writes a whole HTML page with a title and the documents one after the
// other. The page is self-contained, and its content security policy allows
// nothing but its own style. An error says which result does not belong to the
// text of its document, or comes from w.
func Page(w io.Writer, title string, docs ...Document) error {
	return write(w, "page", title, docs)
}

// Fragment writes the documents as one element, without head and body, for a
// page of one's own that has [Style] in its style sheets. Its ids are unique
// among those documents only.
func Fragment(w io.Writer, docs ...Document) error {
	return write(w, "fragment", "", docs)
}

// Style returns the style sheet that a [Fragment] needs. All of it applies to
// the fragment's element only, but for a rule for the class demarche-page.
func Style() string { return style() }

//go:embed highlight.css
var baseStyle string

//go:embed highlight.html
var templates string

// The style sheet has rules for this many ...
const (
	colours = 8  // of labels: further labels have them again
	filters = 16 // of labels: further labels share the last
	ties    = 12 // of acts and mentions with their words in a sentence: further ones share the last
)

var style = sync.OnceValue(func() string {
	var b strings.Builder
	b.WriteString(baseStyle)
	for i := range colours {
		fmt.Fprintf(&b, ".demarche .c%d{--c:var(--c%[1]d);--t:var(--t%[1]d)}\n", i)
	}
	for i := range ties {
		tied := fmt.Sprintf(".demarche .s:has(.k%d:is(:hover,:focus))", i)
		fmt.Fprintf(&b, "%s .cue.k%d{box-shadow:0 -2px var(--c),0 2px var(--c)}\n", tied, i)
		fmt.Fprintf(&b, "%s :is(.source,.target).k%d{background:var(--t);text-decoration-thickness:3px}\n", tied, i)
		fmt.Fprintf(&b, "%s :is(.tag,.ref).k%d{outline:2px solid var(--c)}\n", tied, i)
		fmt.Fprintf(&b, "%s .trace.k%d{display:block}\n", tied, i)
	}
	for i := range filters {
		hidden := fmt.Sprintf(".demarche:has(.f%d:not(:checked))", i)
		fmt.Fprintf(&b, "%s .l%d{%s}\n%[1]s :is(.tag,.ref,.trace).l%[2]d{display:none!important}\n", hidden, i, unmarked)
		fmt.Fprintf(&b, `.demarche:has(.only:checked):has(.f%d:checked) .s:has(.act.l%[1]d),`+
			`.demarche:has(.only:checked):has(.mentions:checked):has(.f%[1]d:checked) .s:has(.mention.l%[1]d){display:block}
`, i)
	}
	return b.String()
})

// unmarked undoes what the style sheet does to marked words.
const unmarked = "background:none;text-decoration:none;border-color:transparent;font-weight:inherit"

var page = sync.OnceValue(func() *template.Template {
	sum := sha256.Sum256([]byte(style()))
	source := strings.Replace(templates, "STYLE-HASH", "sha256-"+base64.StdEncoding.EncodeToString(sum[:]), 1)
	return template.Must(template.New("highlight").Parse(source))
})

func write(w io.Writer, name, title string, docs []Document) error {
	v := view{Title: legible(title), Style: template.CSS(style()), legend: newLegend()}
	for i, d := range docs {
		doc, err := v.legend.layout(i+1, d)
		if err != nil {
			return fmt.Errorf("highlight: document %d: %w", i+1, err)
		}
		v.Docs = append(v.Docs, doc)
	}
	v.Keys = v.legend.keys
	if err := page().ExecuteTemplate(w, name, v); err != nil {
		return fmt.Errorf("highlight: %w", err)
	}
	return nil
}

// A view is what the templates show.
type view struct {
	Title  string
	Style  template.CSS
	Keys   []*key
	Docs   []docView
	legend *legend
}

type docView struct {
	ID, Title, Note           string
	Sentences, Acts, Mentions int
	Nodes                     []node
}

// Summary says in words how much there is.
func (d docView) Summary() string {
	return plural(d.Sentences, "sentence") + ", " + plural(d.Acts, "act") + ", " + plural(d.Mentions, "mention")
}
