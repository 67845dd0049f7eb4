package highlight_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/classify/highlight"
)

// A page for the browser.
func ExamplePage() {
	text := "Norland condemned the raid. Lima refused to condemn it."
	doc := highlight.Document{
		Title:   "The raid",
		Text:    text,
		Results: slices.Collect(classify.Default().Document(text)),
	}
	var page strings.Builder
	if err := highlight.Page(&page, "Our reading", doc); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.HasPrefix(page.String(), "<!doctype html>"))
	// Output: true
}

// A fragment for a page of one's own, which has the style sheet in its head.
func ExampleFragment() {
	var fragment strings.Builder
	if err := highlight.Fragment(&fragment, highlight.Document{Text: "It rained."}); err != nil {
		fmt.Println(err)
		return
	}
	page := "<head><style>" + highlight.Style() + "</style></head><body>" + fragment.String() + "</body>"
	fmt.Println(strings.Count(page, `<div class="demarche">`))
	// Output: 1
}
