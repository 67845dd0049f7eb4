package vocab

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/internal/pack"
	"github.com/demarche/demarche/internal/pattern"
)

// small is a vocabulary of few words, and their symbols.
func small() (v *Vocabulary, symbols map[string]Symbol) {
	v = New()
	for _, w := range []string{"the", "attack", "strike"} {
		v.AddCommon(w)
	}
	v.AddIrregular("strike", "struck", FormPast)
	symbols = map[string]Symbol{}
	for _, w := range []string{"condemn", "strike", "attack", "criticise", "counter-revolutionary"} {
		symbols[w] = v.Symbol(pattern.Word, w)
	}
	symbols["=raids"] = v.Symbol(pattern.Form, "raids")
	symbols["==US"] = v.Symbol(pattern.Case, "US")
	deeds := v.Symbol(pattern.Class, "deed")
	v.AddMember(deeds, pattern.Word, "attack", pattern.Noun)
	v.AddMember(deeds, pattern.Word, "strike", 0)
	v.GiveTrait(deeds, Noun)
	symbols["@deed"] = deeds
	return v, symbols
}

func TestTableLookup(t *testing.T) {
	v, symbols := small()
	table := v.Table()
	for symbol, forms := range map[string]string{
		"condemn":               "condemn condemns condemned condemning",
		"strike":                "strike strikes struck striking",
		"criticise":             "criticise criticize criticised criticizing",
		"=raids":                "raids",
		"@deed":                 "attack attacks attacked strikes struck",
		"counter-revolutionary": "counter-revolutionary counter-revolutionaries",
	} {
		for form := range strings.FieldsSeq(forms) {
			ref := table.Lookup([]byte(form))
			require.NotZero(t, ref, form)
			w := table.Of(ref)
			assert.True(t, w.Is(symbols[symbol], 0), "%s is %s", form, symbol)
			// in capitals, in the middle and at the ends of a text
			for _, text := range []string{form, strings.ToUpper(form), "a " + form + " b", "a longer text before " + form} {
				start := strings.Index(strings.ToLower(text), form)
				end := start + len(form)
				assert.Equal(t, ref, table.At(text, start, end), "%q in %q", form, text)
			}
		}
	}
	for _, form := range []string{"raid", "condemnation", "condem", "condemne", "counter-revolutionarx", "", strings.Repeat("x", 500)} {
		assert.Zero(t, table.Lookup([]byte(form)), form)
	}
	assert.False(t, table.Word([]byte("condemn")).Is(symbols["strike"], 0))
}

func TestPartsOfSpeech(t *testing.T) {
	v, symbols := small()
	w := v.Table().Word([]byte("attacks"))
	assert.True(t, w.Is(symbols["@deed"], pattern.Noun))
	assert.False(t, w.Is(symbols["@deed"], pattern.Verb))
	assert.True(t, w.Is(symbols["@deed"], 0), "as long as the part of speech is not known")
	assert.NotZero(t, w.Traits&Noun)
}

func TestCapitals(t *testing.T) {
	v, symbols := small()
	w := v.Table().Word([]byte("us"))
	require.Len(t, w.Cased, 1)
	assert.Equal(t, CasedSense{"US", Sense{Symbol: symbols["==US"]}}, w.Cased[0])
}

func TestUnknownWords(t *testing.T) {
	for form, traits := range map[string]Trait{
		"flibberly": Adverb | Skip, "flibbered": FormPast, "flibbering": FormIng, "flibbers": FormS,
		"flibberous": Adjective, "flibberness": Noun, "flibber": 0, strings.Repeat("ly", 200): 0,
	} {
		w := Unknown([]byte(form))
		require.NotNil(t, w, form)
		assert.Equal(t, traits, w.Traits, form)
		assert.Zero(t, w.ID, form)
	}
	v, _ := small()
	table := v.Table()
	assert.Same(t, Unknown([]byte("flibberly")), table.Word([]byte("flibberly")))
	assert.Same(t, table.Of(table.Lookup([]byte("strikes"))), table.Word([]byte("strikes")))
	assert.Zero(t, *table.Of(0))
}

func TestFrequency(t *testing.T) {
	v, symbols := small()
	assert.Greater(t, v.Frequency(symbols["attack"]), v.Frequency(symbols["strike"]), "the one that is listed first")
	assert.Greater(t, v.Frequency(symbols["strike"]), v.Frequency(symbols["condemn"]))
	assert.GreaterOrEqual(t, v.Frequency(symbols["@deed"]), v.Frequency(symbols["attack"])+v.Frequency(symbols["strike"])-1)
	assert.Equal(t, 1, v.Frequency(v.NewSymbol()))
}

func TestTableCode(t *testing.T) {
	v, _ := small()
	table := v.Table()
	w := pack.NewWriter()
	table.Code(w)
	var back Table
	r := pack.NewReader(string(w.Bytes()))
	back.Code(r)
	require.NoError(t, r.Err())
	assert.Equal(t, table, &back)
}

// TestTableFindsAllForms looks up very many words that begin and end alike, and as
// many that are not there.
func TestTableFindsAllForms(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"a", "bo", "con", "demn", "ing", "ation", "s"}
	form := func() string {
		var b strings.Builder
		for range 1 + rng.IntN(12) {
			b.WriteString(syllables[rng.IntN(len(syllables))])
		}
		return b.String()[:min(b.Len(), longest)]
	}
	v := New()
	known := map[string]Symbol{}
	for range 20_000 {
		f := form()
		known[f] = v.Symbol(pattern.Form, f)
	}
	table := v.Table()
	for range 20_000 {
		f := form()
		want, ok := known[f]
		for _, text := range []string{f, strings.ToUpper(f) + " and more of the text"} {
			r := table.At(text, 0, len(f))
			assert.Equal(t, ok, r != 0 && table.Of(r).Is(want, 0), f)
			assert.Equal(t, ok, r != 0, f)
			assert.Equal(t, r, table.Lookup([]byte(f)), f)
			assert.Equal(t, r.ID(), table.Of(r).ID, f)
		}
	}
}

func TestLongestForm(t *testing.T) {
	v := New()
	long, tooLong := strings.Repeat("x", 71), strings.Repeat("x", 72)
	for _, form := range []string{long, tooLong} {
		v.Symbol(pattern.Form, form)
	}
	table := v.Table()
	assert.NotZero(t, table.At(long, 0, len(long)))
	assert.Zero(t, table.At(tooLong, 0, len(tooLong)))
	assert.Zero(t, table.Lookup([]byte(tooLong)))
}

// TestTableSpreadsForms looks at how far from where the search begins forms that
// are much alike stand: the table must not take the square of their number.
func TestTableSpreadsForms(t *testing.T) {
	for _, format := range []string{"%05d", "beginning%05d", "%05dtheending", "beginning%05dtheending", "beginning%05dand a very long rest of it"} {
		v := New()
		for i := range 20_000 {
			v.Symbol(pattern.Form, fmt.Sprintf(format, i))
		}
		table := v.Table()
		for i := range table.buckets {
			for _, s := range table.buckets[i] {
				if s.word != 0 {
					far := (uint64(i) - home(s.key)) & uint64(len(table.buckets)-1)
					require.Less(t, far, uint64(32), format)
				}
			}
		}
	}
}
