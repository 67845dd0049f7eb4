package classify

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// forget sets all places in a lexicon to none, and sees that nothing else is
// left out of what is compared.
func forget(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		forget(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			forget(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if strings.HasPrefix(v.Type().Field(i).Name, "at") {
				reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem().SetZero()
				continue
			}
			forget(f)
		}
	}
}

func roundTrip(t *testing.T, lex *Lexicon) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, lex.WriteYAML(&b))
	written := b.String()
	again, err := ReadLexicon(&b, "again.yaml")
	require.NoError(t, err, written)
	forget(reflect.ValueOf(lex))
	forget(reflect.ValueOf(again))
	assert.Equal(t, lex, again)
	return written
}

func TestWriteBuiltin(t *testing.T) {
	list, err := LoadLexicons(builtinFiles, "lexicons/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, list)
	for _, lex := range list {
		roundTrip(t, lex)
	}
}

const everyKey = `lexicon: {name: every, language: en, version: "1.0", license: MIT}
label: "yes"
defaults: {weight: 0.7, frame: noun, target: [of], needs: source, immune: [negated], mention: never, reason: absent}
grammar: {determiner: [a, =this]}
irregular: {verbs: {say: [said]}, others: {man: [men]}}
common: [a, "no", "on", "1", "~"]
classes: {one: ["@two", "a, b: c"], two: [x]}
extend: {three: ["'s", "#"]}
remove: [a.b, c/d-e]
weights: {a: 0.25, "true": 1}
thresholds: {"yes": 0.6}
calibration: {"yes": {0.25: 0.1, 0.5: 0.55, 1: 0.99}, "no": {}}
cues:
  - {id: a, replaces: b, match: ["=x", "^ y , z? $"], label: l, weight: 0.1, frame: verb, target: [object, "on"], needs: source, immune: [asked, ended], mention: always, reason: refused}
blockers:
  - {id: c, replaces: d, match: ["a very long pattern with many words, which makes it long", "and one more that does not fit on the line"], labels: [l]}
modifiers:
  - {id: e, replaces: f, match: [g], category: presupposed, direction: both, limit: 7, labels: [l], except: [m], frames: [epithet], only: [w], when: question, reach: clause}
pseudo: [{id: h, replaces: i, match: [j]}]
terminators: [{id: k, replaces: l, match: [m]}]
`

func TestWriteEveryKey(t *testing.T) {
	lex, err := ReadLexicon(strings.NewReader(everyKey), "every.yaml")
	require.NoError(t, err)
	full := *lex
	for i := range reflect.TypeFor[Lexicon]().NumField() {
		assert.False(t, reflect.ValueOf(full).Field(i).IsZero(), "the test leaves out %s", reflect.TypeFor[Lexicon]().Field(i).Name)
	}
	written := roundTrip(t, lex)
	assert.Contains(t, written, "lexicon: {name: every,")
	assert.Contains(t, written, `match: ["=x", "^ y , z? $"]`, "short lists on one line")
	assert.Contains(t, written, "    - and one more that does not fit on the line\n", "long ones are not")
}

// The commented example leaves out no key.
func TestExampleHasEveryKey(t *testing.T) {
	list, err := LoadLexicons(os.DirFS("testdata"), "example.yaml")
	require.NoError(t, err)
	used := map[string]bool{}
	var visit func(v reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					name := v.Type().Name() + "." + f.Name
					if f.Name == "Replaces" { // once is enough
						name = "Entry.Replaces"
					}
					used[name] = used[name] || !v.Field(i).IsZero()
					visit(v.Field(i))
				}
			}
		}
	}
	visit(reflect.ValueOf(*list[0]))
	require.Len(t, used, fieldsOf[Lexicon]()+fieldsOf[Class]()+fieldsOf[Cue]()+fieldsOf[Blocker]()+
		fieldsOf[Modifier]()+fieldsOf[Entry]()+fieldsOf[Reweight]()-3)
	for name, in := range used {
		assert.True(t, in, "the example has no %s", name)
	}
	for _, mode := range []MentionMode{MentionAlways, MentionNever} {
		assert.True(t, slices.ContainsFunc(list[0].Cues, func(c Cue) bool { return c.Mention == mode }))
	}
}

func fieldsOf[T any]() int {
	n := 0
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if f.IsExported() {
			n++
		}
	}
	return n
}
