package segment

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func paragraphs(text string) []string {
	var out []string
	for p := range Paragraphs(text) {
		out = append(out, text[p.Start:p.End])
	}
	return out
}

func TestParagraphs(t *testing.T) {
	wrapped := "The ministry said on Tuesday that it had summoned the envoy of\n" +
		"the neighbouring country and handed him a note of protest. The\n" +
		"envoy, Mr.\nOrtega, denied everything. He was asked to leave by President\n" +
		"Lindqvist himself, who had come from the capital by train, and\n" +
		"left.\n"
	long := strings.Repeat("The long line of a text that was never wrapped goes on ", 3) + "and ends."
	tests := map[string]struct {
		text string
		want []string
	}{
		"empty":            {"", nil},
		"white space":      {" \n\t\r\n\u2028\u00a0\f ", nil},
		"one":              {"  One.  ", []string{"One."}},
		"blank line":       {"One,\n\ntwo", []string{"One,", "two"}},
		"blank with space": {"One,\n \t \u00a0\ntwo\n\n\n\n", []string{"One,", "two"}},
		"CRLF":             {"One,\r\n\r\ntwo,\r\nthree", []string{"One,", "two,\r\nthree"}},
		"CR":               {"One,\r\rtwo,\rthree", []string{"One,", "two,\rthree"}},
		"separators":       {"one,\u2029two,\u2028three\ffour", []string{"one,", "two,\u2028three", "four"}},
		"next line":        {"one,\u0085two\u0085\u0085three", []string{"one,\u0085two", "three"}},
		"sentences":        {"One ended.\nTwo did!\n“Three?”\nFour:\nFive", []string{"One ended.", "Two did!", "“Three?”", "Four:", "Five"}},
		"abbreviation":     {"It was said on Tuesday by an aide to the new envoy of the U.S.\nofficials", []string{"It was said on Tuesday by an aide to the new envoy of the U.S.\nofficials"}},
		"headline":         {"Envoy summoned\nThe ministry summoned the envoy.", []string{"Envoy summoned", "The ministry summoned the envoy."}},
		"long headline":    {"Ministry summons the envoy of its neighbour over new tariffs\n" + long, []string{"Ministry summons the envoy of its neighbour over new tariffs", long}},
		"furniture":        {"Advertisement\nStory continues below\n“We refuse,” he said.", []string{"Advertisement", "Story continues below", "“We refuse,” he said."}},
		"long lines":       {long + "\n" + long, []string{long, long}},
		"bullets":          {"We ask for:\n• peace\n• bread\n- land\n1. a vote\n(a) a voice", []string{"We ask for:", "• peace", "• bread", "- land", "1. a vote", "(a) a voice"}},
		"turns": {
			"Q Is that a yes\nMS. OKORO: It is —\nQ Is it\nTHE PRESIDENT: no\nQ: why\nA: because",
			[]string{"Q Is that a yes", "MS. OKORO: It is —", "Q Is it", "THE PRESIDENT: no", "Q: why", "A: because"}},
		"wrapped":  {wrapped, []string{strings.TrimSpace(wrapped)}},
		"two":      {wrapped + "\n" + wrapped, []string{strings.TrimSpace(wrapped), strings.TrimSpace(wrapped)}},
		"indented": {"It ended with a line that was not at all as long as others.\n    The next began.", []string{"It ended with a line that was not at all as long as others.", "The next began."}},
		"wrapped name": {
			"He was asked to leave the country by the new President\nLindqvist on a Monday.",
			[]string{"He was asked to leave the country by the new President\nLindqvist on a Monday."}},
		"deliberate break in wrapped text": {
			"The ministry said on Tuesday that it had summoned the envoy\nof the neighbouring country.\nHe left.",
			[]string{"The ministry said on Tuesday that it had summoned the envoy\nof the neighbouring country.", "He left."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, paragraphs(tt.text)) })
	}
}

func TestParagraphsStops(t *testing.T) {
	n := 0
	for range Paragraphs("a.\n\nb.\n\nc.") {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}
