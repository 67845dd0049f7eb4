package corpus

import (
	"embed"
	"fmt"
	"time"
)

//go:embed article/article.txt article/gold.jsonl
var articleFiles embed.FS

// A Document is a text with its annotated sentences.
type Document struct {
	ID     string    // unique among the documents
	Source string    // who published it
	Date   time.Time // the day of publication, UTC
	// Text is the document as it was published, web-page furniture included.
	Text string
	// Sentences have offsets into Text, in ascending order.
	Sentences []Sentence
}

// Reading returns the text for a classifier to read: the furniture of the web
// page is overwritten by spaces (see [Mask]), and the offsets of the sentences
// hold in it too.
func (d Document) Reading() string { return Mask(d.Text) }

// Article returns a news article of The Washington Post of 18 March 2022, about
// the call between the presidents of the United States and China that day, with
// the annotation of its 33 sentences. It is there to evaluate with; its text
// belongs to its publisher and is not covered by the licence of this project.
// Each call returns a copy of its own.
func Article() Document {
	text, err := articleFiles.ReadFile("article/article.txt")
	if err != nil {
		panic(fmt.Sprintf("corpus: embedded article: %v", err)) // a broken build
	}
	sentences, err := ReadFS(articleFiles, "article/gold.jsonl", WithDocument(string(text)))
	if err != nil {
		panic(fmt.Sprintf("corpus: embedded article: %v", err))
	}
	return Document{
		ID:        "washington-post-2022-03-18",
		Source:    "The Washington Post",
		Date:      time.Date(2022, time.March, 18, 0, 0, 0, 0, time.UTC),
		Text:      string(text),
		Sentences: sentences,
	}
}
