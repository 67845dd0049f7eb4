package classify

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yamlCharacters refuses what is not text in UTF-8. The YAML parser does so
// too, but does not say where.
func yamlCharacters(data []byte, file string) error {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		msg := ""
		switch {
		case r == utf8.RuneError && n == 1:
			msg = fmt.Sprintf("byte %#02x is not UTF-8: save the file as UTF-8", data[i])
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f:
			msg = fmt.Sprintf("control character %q, which YAML does not allow", r)
		default:
			i += n
			continue
		}
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		return &LexiconError{File: file, Line: line, Column: i - bytes.LastIndexByte(data[:i], '\n'), Msg: msg}
	}
	return nil
}

// yamlShape refuses nesting and numbers of values that would cost the YAML
// parser dearly, before it makes a node of anything. It reads just enough of
// the syntax to pass over quoted text and comments; what it gets wrong about
// odd YAML can only make it count more, or leave the rest to [decoder.sane].
func yamlShape(data []byte, file string, limits Limits) error {
	depth, line, values := 0, 1, 0
	if tooDeep(data, limits) {
		depth = limits.Depth + 1
	}
	before := byte('\n') // the last byte that is no space
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch c {
		case ' ', '\t', '\r':
			continue
		case '\n':
			line++
			values++
			if tooDeep(data[i+1:], limits) {
				depth = limits.Depth + 1
			}
		case '#':
			if i == 0 || data[i-1] == ' ' || data[i-1] == '\n' || data[i-1] == '\t' {
				for i+1 < len(data) && data[i+1] != '\n' {
					i++
				}
				continue
			}
		case '"', '\'':
			if strings.IndexByte("\n[{,:-?", before) >= 0 {
				end := closingQuote(data, i)
				line += bytes.Count(data[i:end], []byte("\n"))
				i = end
			}
		case '[', '{':
			depth++
			values++
		case ']', '}':
			depth = max(depth-1, 0)
		case ',', ':':
			values++
		}
		before = c
		if depth > limits.Depth {
			return &LexiconError{File: file, Line: line, Column: 1, Msg: fmt.Sprintf("nested deeper than %d, the limit", limits.Depth)}
		}
		if values > limits.Values {
			return &LexiconError{File: file, Line: line, Column: 1, Msg: fmt.Sprintf("more than %d values, the limit", limits.Values)}
		}
	}
	return nil
}

// tooDeep reports whether the line begins with more indentation, or more
// "- - -", than nesting within the limits needs.
func tooDeep(line []byte, limits Limits) bool {
	columns := min(8*limits.Depth, len(line)) // up to eight for each level
	for _, c := range line[:columns] {
		if c != ' ' && c != '-' && c != '?' {
			return false
		}
	}
	return columns == 8*limits.Depth
}

// closingQuote is the index of the quote that ends the text quoted at start,
// or the last index.
func closingQuote(data []byte, start int) int {
	quote := data[start]
	for i := start + 1; i < len(data); i++ {
		switch {
		case quote == '"' && data[i] == '\\':
			i++
		case data[i] == quote:
			if quote == '"' || i+1 == len(data) || data[i+1] != quote {
				return i
			}
			i++ // a doubled quote stands for one
		}
	}
	return len(data) - 1
}

// yamlError makes a LexiconError, with the right line, of what the YAML parser
// says of the data: "yaml: line 3: message".
func yamlError(data []byte, file string, err error) error {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	// Of the first line the parser says nothing or another one: so it gets one
	// more in front.
	if again := yaml.Unmarshal(slices.Concat([]byte("\n"), data), new(yaml.Node)); again != nil {
		err = again
	}
	e := &LexiconError{File: file, Msg: strings.TrimPrefix(err.Error(), "yaml: ")}
	if rest, ok := strings.CutPrefix(e.Msg, "line "); ok {
		if num, text, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(num); err == nil {
				e.Line, e.Column, e.Msg = n, 1, text
			}
		}
	}
	if name, ok := strings.CutPrefix(e.Msg, "unknown anchor '"); ok { // said without a line
		name, _, _ = strings.Cut(name, "'")
		e.Line, e.Column = 2+bytes.Count(data[:max(0, bytes.Index(data, []byte("*"+name)))], []byte("\n")), 1
	}
	switch {
	case e.Line == 0:
	case e.Msg == "did not find expected key", e.Msg == "did not find expected '-' indicator":
		e.Line = blockEnd(data, e.Line, err)
	case strings.HasPrefix(e.Msg, "did not find expected"):
		// counted from zero, which makes up for the line in front
	default:
		e.Line--
	}
	e.Line = min(e.Line, 1+bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))) // not after the end
	parser := e.Msg
	e.Msg = "not valid YAML: " + parser
	if lines := bytes.SplitN(data, []byte("\n"), e.Line+1); e.Line > 0 {
		e.Msg += fmt.Sprintf(", in %q", clip(string(bytes.TrimSpace(lines[e.Line-1]))))
	}
	for said, hint := range yamlHints {
		if strings.Contains(parser, said) {
			e.Msg += ": " + hint
		}
	}
	return e
}

// yamlHints are what to do about what the YAML parser says, mostly.
var yamlHints = map[string]string{
	"cannot start any token":        "indent with spaces, not tabs, and put text that begins with @ or % in quotes",
	"mapping values are not":        "check the indentation, and put text with a colon in quotes",
	"could not find expected ':'":   "check the indentation, and that a colon and a space stand behind each key",
	"did not find expected key":     "check the indentation and the quotes",
	"unknown anchor":                "put text that begins with * in quotes",
	"expected '-' indicator":        "check the indentation",
	"expected ',' or ']'":           "a comma or the end of the list is missing",
	"expected ',' or '}'":           "a comma or the end of the mapping is missing",
	"found unexpected end of str":   "a closing quotation mark is missing",
	"did not find expected node co": "something is missing, or quotes are",
}

// blockEnd finds the line at which a list or mapping ends in an error. The
// parser tells only the line on which that begins.
func blockEnd(data []byte, begin int, err error) int {
	const most = 1 << 20 // bytes that are worth the while
	if len(data) > most {
		return begin
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	n := sort.Search(len(lines), func(n int) bool {
		part := slices.Concat([]byte("\n"), bytes.Join(lines[:n+1], nil))
		again := yaml.Unmarshal(part, new(yaml.Node))
		return again != nil && again.Error() == err.Error()
	})
	return max(begin, n+1)
}
