package highlight

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// An element of the HTML, which is written so that an XML parser takes it, too.
type element struct {
	name    string
	attrs   map[string]string
	parent  *element
	content []any // strings and *elements
}

// parse fails the test unless the HTML is well-formed.
func parse(t testing.TB, html string) *element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(html))
	at := &element{name: "document"}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			require.Nil(t, at.parent, "not closed: %s", at.name)
			return at
		}
		if err != nil {
			require.NoError(t, err, html)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attrs: map[string]string{}, parent: at}
			for _, a := range token.Attr {
				if _, twice := e.attrs[a.Name.Local]; twice {
					require.Fail(t, "attribute given twice", a.Name.Local)
				}
				e.attrs[a.Name.Local] = a.Value
			}
			at.content = append(at.content, e)
			at = e
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			at.content = append(at.content, string(token))
		case xml.Directive:
			require.Equal(t, "doctype html", string(token))
		default:
			require.Fail(t, "neither text nor element", "%#v", token)
		}
	}
}

func (e *element) is(class string) bool {
	return slices.Contains(strings.Fields(e.attrs["class"]), class)
}

// all lists the elements within e, in order, for which ok holds.
func (e *element) all(ok func(*element) bool) []*element {
	var list []*element
	for _, c := range e.content {
		if c, isElement := c.(*element); isElement {
			if ok(c) {
				list = append(list, c)
			}
			list = append(list, c.all(ok)...)
		}
	}
	return list
}

// classed lists the elements within e that have all the classes.
func (e *element) classed(classes string) []*element {
	return e.all(func(x *element) bool {
		return !slices.ContainsFunc(strings.Fields(classes), func(c string) bool { return !x.is(c) })
	})
}

func (e *element) named(name string) []*element {
	return e.all(func(x *element) bool { return x.name == name })
}

func (e *element) text() string {
	var b strings.Builder
	for _, c := range e.content {
		switch c := c.(type) {
		case string:
			b.WriteString(c)
		case *element:
			b.WriteString(c.text())
		}
	}
	return b.String()
}

// texts returns the texts of elements.
func texts(list []*element) []string {
	all := make([]string, len(list))
	for i, e := range list {
		all[i] = e.text()
	}
	return all
}

// read returns the text of the document that the element shows: without what is
// added to it, and with what stands behind the numbers.
func (e *element) read(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, c := range e.content {
		switch c := c.(type) {
		case string:
			b.WriteString(c)
		case *element:
			switch {
			case c.is("tag") || c.is("traces") || c.is("ref"):
			case c.is("unseen"):
				b.WriteString(unnumbered(t, c.text()))
			default:
				b.WriteString(c.read(t))
			}
		}
	}
	return b.String()
}

// unnumbered returns what a number stands for.
func unnumbered(t testing.TB, number string) string {
	t.Helper()
	n, err := strconv.ParseUint(number[2:], 16, 32)
	require.NoError(t, err)
	if strings.HasPrefix(number, "0x") {
		return string([]byte{byte(n)})
	}
	return string(rune(n))
}

// shown renders documents and returns their elements.
func shown(t testing.TB, docs ...Document) *element {
	t.Helper()
	var b strings.Builder
	require.NoError(t, Fragment(&b, docs...))
	fragment := parse(t, b.String())
	for i, text := range fragment.classed("text") {
		require.Equal(t, asParsed(docs[i].Text), text.read(t), fmt.Sprint(docs[i]))
	}
	return fragment
}

// asParsed is what every parser of HTML makes of line breaks.
func asParsed(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
