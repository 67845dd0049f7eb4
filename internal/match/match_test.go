package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// a trial says what one pattern finds in one sentence.
type trial struct {
	pattern, sentence string
	want              []string
}

var nothing = []string{}

func (c *trial) run(t *testing.T, b *bench) {
	t.Helper()
	assert.Equal(t, c.want, b.add(c.pattern).found(c.sentence), "%q in %q", c.pattern, c.sentence)
}

func runAll(t *testing.T, trials []trial) {
	t.Helper()
	for _, c := range trials {
		c.run(t, newBench(t))
	}
}

func TestWords(t *testing.T) {
	runAll(t, []trial{
		{"condemn", "Oslo condemns it, condemned it and is condemning it.", []string{"condemns", "condemned", "condemning"}},
		{"condemn", "The condemnation came late.", nothing},
		{"strike", "Workers struck twice.", []string{"struck"}},
		{"criticise", "The mayor criticized the plan.", []string{"criticized"}},
		{"=strike", "Workers struck; the strike went on.", []string{"strike"}},
		{"=strike", "STRIKE now", []string{"STRIKE"}},
		{"==US", "The US told us.", []string{"US"}},
		{"==Us", "The US told us.", nothing},
		{"isn't", "It isn't and is not.", []string{"isn't", "is not"}},
		{"mayor's bridge", "The mayor’s bridge fell.", []string{"mayor’s bridge"}},
		{"red army", "The red port, the army.", nothing},
		{"red army", "The red armies of the past.", []string{"red armies"}},
		{"sea-port", "A sea-port, a seaport, two sea ports.", []string{"sea-port", "seaport", "sea ports"}},
	})
}

func TestPartsOfSpeech(t *testing.T) {
	runAll(t, []trial{
		{"raid/v", "They raid the port after the raid.", []string{"raid"}},
		{"raid/n", "They will raid the port with a raid.", []string{"raid"}},
		{"raid/vn", "They raid the port after the raid.", []string{"raid", "raid"}},
		{"abroad/r", "They live abroad.", []string{"abroad"}},
		{"=raid/n", "They will raid the port.", nothing},
		{"==Raid/n", "In Oslo the Raid ended, the raid went on.", []string{"Raid"}},
		{"the/v port", "They raid the port.", []string{"the port"}}, // "the" has none of them
	})
}

func TestAlternatives(t *testing.T) {
	runAll(t, []trial{
		{"the (port|bridge)", "The port, the bridge, the army.", []string{"The port", "the bridge"}},
		{"(red army|senate) strike", "Red army strike, senate strike, army strike.", []string{"Red army strike", "senate strike"}},
		{"(in (port|red (city|town)))", "In port, in red town, in city.", []string{"In port", "in red town"}},
		{"(port|port of call) ..1 now", "The port of call now.", []string{"port of call now"}},
		{"(port|port of call)", "The port of call now.", []string{"port of call"}},
		{"(=port|==Army)", "Ports, a port, an army, the Army.", []string{"port", "Army"}},
	})
}

func TestOptional(t *testing.T) {
	runAll(t, []trial{
		{"the cruel? raid", "The raid and the cruel raid and the red raid.", []string{"The raid", "the cruel raid"}},
		{"(of the)? port", "Ports of the port.", []string{"Ports", "of the port"}},
		{"port (of call)?", "A port of call.", []string{"port of call"}},
		{"blame (the|a)? (mayor|army)?", "They blame the bridge and blame a mayor.", []string{"blame the", "blame a mayor"}},
	})
}

func TestGaps(t *testing.T) {
	runAll(t, []trial{
		{"blame ..2 mayor", "They blame mayor Berg.", []string{"blame mayor"}},
		{"blame ..2 mayor", "They blame the old mayor.", []string{"blame the old mayor"}},
		{"blame ..2 mayor", "They blame the very old mayor.", nothing},
		{"blame ..2 mayor", "They blame 3 (old) mayors.", []string{"blame 3 (old) mayors"}},
		{"blame ..2 mayor", "They blame, as ever, mayors.", []string{"blame, as ever, mayors"}},
		{"blame ..2", "They blame the old mayor.", []string{"blame the old"}},
		{"..2 mayor", "They blame the old mayor.", []string{"the old mayor"}},
		{"blame ..1 ..1 mayor", "They blame the old mayor.", []string{"blame the old mayor"}},
		{"blame ..20 mayor", "Blame a b c d e f g h i j k l m n o p q r s t mayor.", []string{"Blame a b c d e f g h i j k l m n o p q r s t mayor"}},
		{"blame ..20 mayor", "Blame a b c d e f g h i j k l m n o p q r s t u mayor.", nothing},
	})
	for _, mark := range []string{";", ":", ".", "?", "!", "…"} {
		for _, common := range []string{"blame", "mayor"} {
			sentence := "They blame it" + mark + " mayors left."
			assert.Empty(t, newBench(t, common).add("blame ..9 mayor").found(sentence), sentence)
		}
	}
	for _, mark := range []string{",", " —", " (", ")", " %"} {
		for _, common := range []string{"blame", "mayor"} {
			sentence := "They blame it" + mark + " mayors left."
			assert.Len(t, newBench(t, common).add("blame ..9 mayor").found(sentence), 1, sentence)
		}
	}
}

func TestNarrowGapsDoNotPassNot(t *testing.T) {
	for _, common := range []string{"blame", "mayor"} { // from either end
		for _, c := range []trial{
			{"blame ..4 mayor", "They blame it not on mayors.", nothing},
			{"blame ..4 mayor", "They blame, never the mayor.", nothing},
			{"blame ..5 mayor", "They blame it not on mayors.", []string{"blame it not on mayors"}},
			{"blame ..2 not mayor", "They blame it not mayors.", []string{"blame it not mayors"}},
			{"blame not ..2 mayor", "They blame not the mayor.", []string{"blame not the mayor"}},
		} {
			c.run(t, newBench(t, common))
		}
	}
}

func TestCommas(t *testing.T) {
	for _, common := range []string{"mayor", "senate"} {
		for _, c := range []trial{
			{"mayor , senate", "The mayor, senate and port.", []string{"mayor, senate"}},
			{"mayor , senate", "The mayor senate and port.", nothing},
			{"mayor , senate", "The mayor; senate and port.", nothing},
			{"mayor ,? senate", "The mayor senate.", []string{"mayor senate"}},
			{"mayor ,? senate", "The mayor, senate.", []string{"mayor, senate"}},
			{"mayor , ..2 senate ,", "The mayor, not the senate, left.", nothing},
			{"mayor , ..2 senate ,", "The mayor, like the senate, left.", []string{"mayor, like the senate,"}},
		} {
			c.run(t, newBench(t, common))
		}
	}
}

// Whichever word a pattern hangs on, adverbs are passed on the same sides of
// its comma.
func TestAdverbsBesideCommas(t *testing.T) {
	for _, common := range []string{"mayor", "senate"} {
		for _, c := range []trial{
			{"mayor , senate", "The mayor, quickly senate.", []string{"mayor, quickly senate"}},
			{"mayor , senate", "The mayor quickly, senate.", []string{"mayor quickly, senate"}},
		} {
			c.run(t, newBench(t, common))
		}
	}
}

func TestAnchors(t *testing.T) {
	runAll(t, []trial{
		{"^ mayor", "Mayor Berg met a mayor.", []string{"Mayor"}},
		{"^ mayor", "The man (mayor of Lund) said: mayor; mayor — mayor.", []string{"mayor", "mayor", "mayor", "mayor"}},
		{"^ mayor", "The tall, mayor.", nothing},
		{"^ mayor", "He said “mayor” and 'mayor Dahl'.", []string{"mayor", "mayor"}},
		{"mayor $", "The mayor met a mayor", []string{"mayor"}},
		{"mayor $", "The mayor. A mayor! One mayor? This mayor; that mayor — (every mayor).", []string{"mayor", "mayor", "mayor", "mayor", "mayor", "mayor"}},
		{"mayor $", "The mayor, tall.", nothing},
		{"mayor $", "“A mayor” he said, “mayor Dahl”.", []string{"mayor"}},
		{"^ mayor $", "The mayor. Mayor. Mayor Dahl.", []string{"Mayor"}},
		{"^ ..2 mayor", "The old mayor and the mayor.", []string{"The old mayor"}},
		{"mayor ..1 $", "The old mayor left. The mayor did not.", []string{"mayor left"}},
		{"^ the? mayor", "The mayor; mayor.", []string{"The mayor", "mayor"}},
		{"^ (the mayor|senate)", "The mayor; senate, senate.", []string{"The mayor", "senate"}},
		{"blame ..3 $ ..2 mayor", "They blame him — (mayors) again.", []string{"blame him — (mayors"}},
	})
	// from either end of the phrase
	for _, common := range []string{"mayor", "senate"} {
		for _, c := range []trial{
			{"^ mayor senate $", "Mayor senate.", []string{"Mayor senate"}},
			{"^ mayor senate $", "The mayor senate.", nothing},
			{"^ mayor senate $", "Mayor senate, too.", nothing},
		} {
			c.run(t, newBench(t, common))
		}
	}
}

func TestAdverbsInsidePhrases(t *testing.T) {
	for _, common := range []string{"army", "blame"} {
		for _, c := range []trial{
			{"army blame", "The army blames the mayor.", []string{"army blames"}},
			{"army blame", "The army also blames the mayor.", []string{"army also blames"}},
			{"army blame", "The army also openly blames the mayor.", []string{"army also openly blames"}},
			{"army blame", "The army also very openly sadly blames the mayor.", nothing},
			{"army blame", "The army also sadly openly blames the mayor.", nothing},
			{"army blame", "The army abroad blames the mayor.", nothing}, // an adverb, but not one to skip
			{"army blame", "The army not blames the mayor.", nothing},
			{"army blame", "The army never blames the mayor.", nothing},
			{"army also blame", "The army also blames the mayor.", []string{"army also blames"}},
			{"army ..1 blame", "The army also openly blames the mayor.", nothing}, // a gap counts adverbs
			{"army x? blame", "The army also openly blames the mayor.", []string{"army also openly blames"}},
		} {
			c.run(t, newBench(t, common))
		}
	}
	runAll(t, []trial{
		{"army", "Sadly the army openly left.", []string{"army"}}, // none outside
		{"^ army", "Sadly army left.", nothing},
		{"army $", "The army left; they blame an army sadly.", nothing},
	})
}

func TestTagClasses(t *testing.T) {
	runAll(t, []trial{
		{"the @noun", "They blame the mayor, the Volga.", []string{"the mayor", "the Volga"}},
		{"blame @name", "They blame Dahl, we blame mayors.", []string{"blame Dahl"}},
		{"@verb the port", "They raid the port and raided the port.", []string{"raid the port", "raided the port"}},
		{"the @adj raid", "The cruel raid and the bridge raid.", []string{"The cruel raid"}},
		{"@adv raid/v", "They openly raid it.", []string{"openly raid"}},
		{"@ing the port", "Raiding the port, they raid the port.", []string{"Raiding the port"}},
		{"@past the port", "They raided the port; they raid the port.", []string{"raided the port"}},
		{"@num raid", "They blame 48 raids and 1,200 raids on red raids.", []string{"48 raids", "1,200 raids"}},
	})
	assert.True(t, IsTagClass("noun"))
	assert.False(t, IsTagClass("nouns"))
}

// Of the very many ways through a pattern of optional parts none is tried twice.
func TestManyWays(t *testing.T) {
	reds := strings.Repeat(" red", 8)
	ways := "blame" + strings.Repeat(" red?", 16) + reds // the last way is the one
	runAll(t, []trial{
		{ways + " port", "They blame" + reds + " port.", []string{"blame" + reds + " port"}},
		{ways + " port army", "They blame" + reds + " port.", nothing},
	})
}

// TestPhrasesWithinPhrases looks for phrases that are only there once others have
// been found, or found in another place too.
func TestPhrasesWithinPhrases(t *testing.T) {
	b := newBench(t, "the").class("deed", "((red|the the|port) @noun|(raid raid|@noun mayor|raid)|port) red?", "mayor mayor")
	assert.Equal(t, []string{"Red mayors", "red port", "port"}, b.add("@deed").found("Red mayors the, red port the army;"))
	b = newBench(t, "the").class("deed", "..4 @noun (..2 raid raid?|port)")
	assert.Equal(t, []string{"of also raids raid, red raids", "also raids raid, red raids", "raids raid, red raids", "raid, red raids"}, b.add("@deed").found("of also raids raid, red raids,"))
}

func TestMatchRelations(t *testing.T) {
	long, short := Match{Start: 1, End: 5}, Match{Start: 2, End: 5}
	assert.True(t, long.Longer(short))
	assert.False(t, short.Longer(long))
	assert.False(t, long.Longer(long))
	assert.True(t, long.Contains(short))
	assert.True(t, long.Contains(long))
	assert.False(t, short.Contains(long))
}

// TestManyFacts has more facts than there are bits for: what shares one is found all
// the same.
func TestManyFacts(t *testing.T) {
	b := newBench(t)
	name := func(i int) string { // of letters only
		s := []byte("word")
		for ; i > 0; i /= 20 {
			s = append(s, "bcdfghjklmnpqrtvwxza"[i%20])
		}
		return string(s)
	}
	const n = maxFacts + 500
	for i := range n {
		b.add("=" + name(i) + " ..3 =" + name(i+n))
	}
	require.Greater(t, len(b.comp.facts), maxFacts)
	for _, i := range []int{0, 1, maxFacts / 2, maxFacts - 1, maxFacts, n - 1} {
		both := name(i) + " and the " + name(i+n)
		assert.Equal(t, []string{both}, b.found("We saw "+both+"."))
		assert.Empty(t, b.found("We saw "+name(i)+" and the "+name(i+n-1)+"."))
	}
}
