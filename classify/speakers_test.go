package classify_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// TestSpeakers pins who utters each sentence of a text.
func TestSpeakers(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // the speaker of each sentence
	}{
		{"named after", "“The ban is wrong. It will go,” Ada Roe said.", []string{"Ada Roe", "Ada Roe"}},
		{"named before", "Ada Roe said: “The ban is wrong. It will go.”", []string{"Ada Roe", "Ada Roe"}},
		{"named between", "“The ban,” said Ada Roe, “is wrong. It will go.”", []string{"Ada Roe", "Ada Roe"}},
		{"goes on", "“The ban is wrong,” Ada Roe said. “It will go.”", []string{"Ada Roe", "Ada Roe"}},
		{
			"a text of a text", "The report is long. “The ban is wrong,” the statement said.",
			[]string{"", "the statement"},
		},
		{
			"a text of somebody", "Ada Roe released a report. “The ban is wrong,” the statement said.",
			[]string{"", "Ada Roe"},
		},
		{
			"over paragraphs", "“The ban is wrong,” Ada Roe said. “It will go.\n\n“We shall see to that.\n\n“It is a disgrace.”\n\nThe hall was silent.",
			[]string{"Ada Roe", "Ada Roe", "Ada Roe", "Ada Roe", ""},
		},
		{
			"named at the end", "“The ban is wrong.\n\n“We shall see to that.\n\n“It is a disgrace,” Ada Roe said.",
			[]string{"Ada Roe", "Ada Roe", "Ada Roe"},
		},
		{"never named", "“The ban is wrong.\n\n“We shall see to that.", []string{"", ""}},
		{"indirect speech", "Ada Roe said the ban was wrong.", []string{""}},
		{"he", "Jan Kok left the hall. “I am done,” he said.", []string{"", "Jan Kok"}},
		{
			"she and he", "Ada Roe, a lawyer and mother, met Jan Kok, the chairman. “I lost,” he said. “I won,” she added.",
			[]string{"", "Jan Kok", "Ada Roe"},
		},
		{"by title", "Mr. Kok met Ms. Roe. “I won,” she said.", []string{"", "Roe"}},
		{"added", "“I won,” Ada Roe said.\n\nThe hall fell silent.\n\n“Ask Jan Kok,” she added.", []string{"Ada Roe", "", "Ada Roe"}},
		{"surname", "Foreign Minister Ada Roe met her staff.\n\n“I won,” Roe said.", []string{"", "Ada Roe"}},
		{"surname with title", "Ada Roe met her staff.\n\n“I won,” Ms. Roe said.", []string{"", "Ada Roe"}},
		{"family name first", "Li Wen, an envoy, met the press.\n\n“I won,” Li said.", []string{"", "Li Wen"}},
		{"particle", "The deputy Karla van der Berg rose.\n\n“I won,” Berg said.", []string{"", "Karla van der Berg"}},
		{"office after the name", "Ada Roe, a ministry spokeswoman, rose.\n\n“I won,” the spokeswoman said.", []string{"", "Ada Roe"}},
		{"office before the name", "The port's director, Jan Kok, rose.\n\n“I won,” the director said.", []string{"", "Jan Kok"}},
		{"office in apposition", "“I won,” said the port's director, Jan Kok.", []string{"Jan Kok"}},
		{"another office", "The ministry's spokeswoman, Ada Roe, rose.\n\n“I won,” the ministry said.", []string{"", "the ministry"}},
		{"borrowed word", "Ada Roe said the ban was “wrong”.", []string{""}},
		{"unknown office", "“I won,” the director said.", []string{"the director"}},
		{"statement", "Acme, the miller, put out a statement on Monday. “The flour is safe,” the statement said.", []string{"", "Acme"}},
		{"went on", "“I won,” Ada Roe went on.", []string{"Ada Roe"}},
		{
			"transcript", "MS. ROE: Good morning.\n\nThe talks go on.\n\nQ    Thank you. When?\n\nMR. McKAY: Today.\n\nSecretary Kok: Tomorrow.",
			[]string{"MS. ROE", "MS. ROE", "Q", "Q", "MR. McKAY", "Secretary Kok"},
		},
		{"quotation in a transcript", "MS. ROE: I saw it. “I won,” Jan Kok told me.", []string{"MS. ROE", "Jan Kok"}},
		{"no transcript", "Update: The talks go on.", []string{""}},
		{"heading", "FACT SHEET: The talks go on.", []string{""}},
		{"form of address", "TO THE MEMBERS: The talks go on.", []string{""}},
		{"borrowed words", "MS. ROE: Was there any word on Kok calling her “a poor clerk”?", []string{"MS. ROE"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for r := range classify.Default().Document(tt.text) {
				got = append(got, r.Speaker.Text)
				assert.Equal(t, r.Speaker.Text, tt.text[r.Speaker.Start:r.Speaker.End])
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestDocumentSources pins that the speaker, or somebody named before, stands in
// for sources that only refer to them.
func TestDocumentSources(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // the source of the last act
	}{
		{"we in a quotation", "“We condemn the raid,” Ada Roe said.", "Ada Roe"},
		{"we later in it", "“It was a sad day,” Ada Roe said. “We condemn the raid.”", "Ada Roe"},
		{"we in a transcript", "MS. ROE: Good morning.\n\nWe condemn the raid.", "MS. ROE"},
		{"our position", "MS. ROE: Our position on the war is neutral.", "MS. ROE"},
		{"nobody in a quotation", "“It was a sad day,” Ada Roe said. “The raid is a disgrace.”", "Ada Roe"},
		{"passive", "MS. ROE: The raid was condemned.", ""},
		{"somebody else", "MS. ROE: Paris condemned the raid.", "Paris"},
		{"quoted he", "Jan Kok rose. “The raid is a disgrace,” he said.", "Jan Kok"},
		{"she", "Ada Roe met the press. She condemned the raid.", "Ada Roe"},
		{"surname", "President Ada Roe met the press. Roe condemned the raid.", "Ada Roe"},
		{"place", "Ada Roe met the press. Paris condemned the raid.", "Paris"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got classify.Span
			for r := range classify.Default().Document(tt.text) {
				for _, a := range r.Acts {
					got = a.Source
				}
			}
			assert.Equal(t, tt.want, got.Text)
			assert.Equal(t, got.Text, tt.text[got.Start:got.End])
		})
	}
	results := slices.Collect(classify.Default().Document("President Ada Roe met the press. “We will not condemn the raid,” Roe said."))
	assert.Equal(t, "Ada Roe", results[1].Mentions[0].Source.Text)
}

// TestReaderSpeakers pins that a stream gives the same speakers as the text in
// one piece, held back or not, before its error too.
func TestReaderSpeakers(t *testing.T) {
	text := "Ada Roe rose.\n\n“The ban is wrong.\n\n“We condemn it,” Roe said.\n\n“It is a disgrace.\n\n“We shall see."
	want := slices.Collect(classify.Default().Document(text))
	require.Len(t, want, 5)
	var got []classify.Result
	for r, err := range classify.Default().Reader(context.Background(), iotest.OneByteReader(strings.NewReader(text))) {
		require.NoError(t, err)
		got = append(got, r)
	}
	assert.Equal(t, want, got)
	assert.Equal(t, "Ada Roe", got[1].Speaker.Text)

	for range classify.Default().Document(text) {
		break // what is held back is not yielded after that
	}
}

// TestManyPeople pins that memory is bounded: who was named long ago is
// forgotten, and the text stays right.
func TestManyPeople(t *testing.T) {
	var b strings.Builder
	b.WriteString("Ada Roe rose.\n\n")
	for i := range 3000 {
		b.WriteString("Jan Kok" + strconv.Itoa(i%7) + " left. “I am done,” he said.\n\n")
	}
	b.WriteString("“I won,” Roe said.")
	last := ""
	for r := range classify.Default().Document(b.String()) {
		last = r.Speaker.Text
	}
	assert.Equal(t, "Roe", last)
}

// TestSpeakersCostNoMemory pins that speakers cost next to no memory in
// sentences without acts: what they need is used again.
func TestSpeakersCostNoMemory(t *testing.T) {
	text := strings.Repeat("The ferry left at noon on Monday. “Fog lay on the bay,” Jan Kok told the radio. “It was cold,” he added.\n\n", 100)
	bare, err := classify.New(classify.WithoutAttribution())
	require.NoError(t, err)
	allocations := func(c *classify.Classifier) float64 {
		return testing.AllocsPerRun(5, func() {
			for r := range c.Document(text) {
				require.Empty(t, r.Acts)
			}
		})
	}
	assert.Less(t, allocations(classify.Default())-allocations(bare), 100.0, "for 300 sentences")
}

// A surname stands for the full name from where the text gives that, however
// often it stood alone before.
func TestNameIntroducedLate(t *testing.T) {
	text := strings.Repeat("Holm condemned the raid. ", 40) + "The mayor, Ada Holm, denied it. Holm condemned the raid."
	var sources []string
	for r := range classify.Default().Document(text) {
		for _, a := range r.Acts {
			sources = append(sources, a.Source.Text)
		}
	}
	require.Len(t, sources, 42)
	assert.Equal(t, slices.Repeat([]string{"Holm"}, 40), sources[:40])
	assert.Equal(t, []string{"Ada Holm", "Ada Holm"}, sources[40:])
}
