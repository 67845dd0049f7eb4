package pattern

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// show writes a node in prefix form.
func show(n *Node) string {
	pos := ""
	for i, letter := range "vnar" {
		if n.POS&(1<<i) != 0 {
			pos += string(letter)
		}
	}
	if pos != "" {
		pos = "/" + pos
	}
	switch n.Op {
	case Word:
		return n.Text + pos
	case Form:
		return "=" + n.Text + pos
	case Case:
		return "==" + n.Text + pos
	case Class:
		return "@" + n.Text + pos
	case Comma:
		return ","
	case Gap:
		return ".." + string(rune('0'+n.N))
	case Start:
		return "^"
	case End:
		return "$"
	}
	var kids []string
	for _, k := range n.Kids {
		kids = append(kids, show(k))
	}
	return map[Op]string{Seq: "seq", Alt: "alt", Opt: "opt"}[n.Op] + "[" + strings.Join(kids, " ") + "]"
}

func TestParse(t *testing.T) {
	for src, want := range map[string]string{
		"condemn":             "condemn",
		"attack/vn":           "attack/vn",
		"=condemned":          "=condemned",
		"==US":                "==US",
		"a (b|c d)? ..4 @e/n": "seq[a opt[alt[b seq[c d]]] ..4 @e/n]",
		"^ shame on , you $":  "seq[^ shame on , you $]",
		"don't":               "seq[do not]",
		"sabre-rattling":      "alt[sabre-rattling sabrerattling seq[sabre rattling]]",
		"U.S. law":            "seq[u.s. law]",
		"@noun 's plan":       "seq[@noun 's plan]",
		"(only)":              "only",
		"=Peru's envoy":       "seq[seq[=peru ='s] envoy]",
	} {
		n, err := Parse(src)
		require.NoError(t, err, src)
		assert.Equal(t, want, show(n), src)
	}
}

func TestParseErrors(t *testing.T) {
	for src, want := range map[string]struct {
		offset int
		msg    string
	}{
		"":                        {0, "never matches"},
		"a?":                      {0, "never matches"},
		"..4":                     {0, "never matches"},
		"^ $":                     {0, "never matches"},
		"a (b":                    {2, `"(" without`},
		"a b)":                    {3, `unexpected ')'`},
		"a | b":                   {2, `unexpected '|'`},
		"(a|)":                    {3, "empty alternative"},
		"a ..":                    {2, "gap needs a number"},
		"a ..99 b":                {2, "gap needs a number"},
		"a ..3? b":                {2, "cannot be optional"},
		"a @ b":                   {2, "class name expected"},
		"attack/x":                {6, "part of speech expected"},
		"a *":                     {2, "word expected"},
		"a \xff":                  {2, "invalid UTF-8"},
		strings.Repeat("(", 40):   {17, "nested deeper"},
		strings.Repeat("a", 5000): {4096, "longer than"},
	} {
		_, err := Parse(src)
		var perr *Error
		require.True(t, errors.As(err, &perr), "%.20q: %v", src, err)
		assert.Equal(t, want.offset, perr.Offset, "%.20q: %v", src, err)
		assert.Contains(t, perr.Msg, want.msg, "%.20q", src)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"condemn", "a (b|c)? ..3 @d", "=x ==Y", "^ a , b $", "don't", "a-b-c/n", "((((", "..20", "é’s", "a/vnar?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, err := Parse(src)
		if err != nil {
			var perr *Error
			if !errors.As(err, &perr) || perr.Offset < 0 || perr.Offset > len(src) {
				t.Fatalf("%q: %#v", src, err)
			}
			return
		}
		if show(n) == "" {
			t.Fatalf("%q: empty node", src)
		}
	})
}
