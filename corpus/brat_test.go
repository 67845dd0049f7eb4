package corpus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// What people make in brat: no sentences, no notes, relations or bare words.
func TestReadBratByHand(t *testing.T) {
	const text = "💥 Oslo and Rome slammed the raid.\r\n\r\nLima did not deny it, and warned us.\nIt rained.\n"
	const ann = "T1\tcondemnation 16 23\tslammed\n" +
		"T2\tPerson 2 6\tOslo\n" +
		"T3\tPerson 11 15\tRome\r\n" +
		"E1\tcondemnation:T1 Source:T2 Source2:T3 Target:T4\n" +
		"T4\ttarget 24 32\tthe raid\n" +
		"\n" +
		"T5\tdenial 50 54\n" +
		"M1\tMentioned T5\n" +
		"T6\twarning 63 69\n" +
		"T7\tsource 37 41\n" +
		"R1\tTarget Arg1:T6 Arg2:T8\n" +
		"T8\tx 70 72\tus\n"
	got, err := allFormats[0].read(text + bratGap + ann)
	require.NoError(t, err)
	require.Len(t, got, 3)
	assert.Equal(t, []corpus.Annotation{
		{Label: con, Source: "Oslo", Target: "the raid", Cue: "slammed"},
		{Label: con, Source: "Rome", Target: "the raid", Cue: "slammed"},
	}, got[0].Acts)
	assert.Equal(t, corpus.Sentence{
		ID: "f.2", Text: "Lima did not deny it, and warned us.", Start: 40, End: 76,
		Acts:      []corpus.Annotation{{Label: war, Source: "Lima", Target: "us", Cue: "warned"}},
		Mentioned: []classify.Label{den},
	}, got[1])
	assert.Equal(t, "f.3", got[2].ID)
	for _, s := range got {
		assert.Equal(t, s.Text, text[s.Start:s.End])
	}
}

func TestReadBratSentencesWithoutNotes(t *testing.T) {
	got, err := allFormats[0].read("A b. C d." + bratGap + "T1\tSentence 0 4\tA b.\nT2\tSentence 5 9\tC d.\nT3\tdenial 5 9\n")
	require.NoError(t, err)
	assert.Equal(t, []corpus.Sentence{
		{ID: "f.1", Text: "A b.", End: 4},
		{ID: "f.2", Text: "C d.", Start: 5, End: 9, Acts: []corpus.Annotation{{Label: den}}},
	}, got)
}

func TestReadBratErrors(t *testing.T) {
	const text = "Oslo slammed Rome.\nIt did.\n" + bratGap
	checkErrors(t, allFormats[0].read, map[string]readCase{
		"not UTF-8 text":  {"a\n\xff" + bratGap, "f.txt:2:1: invalid UTF-8"},
		"not UTF-8":       {text + "T1\tdenial 0 4\tOsl\xff", "f.ann:1:18: invalid UTF-8"},
		"no tab":          {text + "T1 denial 0 4", "f.ann:1:1: not a line of brat's: expected an id, a tab and an annotation"},
		"nothing behind":  {text + "T1\t ", "f.ann:1:4: not a line of brat's: expected an annotation behind the tab"},
		"offsets":         {text + "T1\tdenial 0", `f.ann:1:4: offsets "0": expected a start and an end`},
		"outside":         {text + "T1\tdenial 5 99", "f.ann:1:4: 5 to 99 is not a stretch of the text, which has 27 characters"},
		"backwards":       {text + "T1\tdenial 5 2", "f.ann:1:4: 5 to 2 is not a stretch of the text, which has 27 characters"},
		"gap":             {text + "T1\tdenial 0 4;13 17", `f.ann:1:4: a stretch with a gap cannot be held: " slammed " is left out`},
		"other words":     {text + "T1\tdenial 0 4\tRome", `f.ann:1:15: the words "Rome" do not stand there: the text has "Oslo"`},
		"duplicate id":    {text + "T1\tdenial 0 4\nT1\tdenial 0 4", `f.ann:2:1: duplicate id "T1", first used in line 1`},
		"no trigger":      {text + "E1\tdenial:T9", `f.ann:1:4: trigger "T9" is not there`},
		"trigger's type":  {text + "T1\tdenial 0 4\nE1\twarning:T1", `f.ann:2:4: the trigger "T1" is not of the type of its event, "warning"`},
		"no argument":     {text + "T1\tdenial 0 4\nE1\tdenial:T1 Source:T9", `f.ann:2:4: Source "T9" is not there`},
		"event argument":  {text + "T1\tdenial 0 4\nE1\tdenial:T1\nT2\tdenial 5 12\nE2\tdenial:T2 Target:E1", `f.ann:4:4: Target "E1" is an act itself, which cannot be held`},
		"bad event":       {text + "E1\tdenial", `f.ann:1:4: event "denial" without a trigger: expected type:id`},
		"bad argument":    {text + "T1\tdenial 0 4\nE1\tdenial:T1 T2", `f.ann:2:4: argument "T2": expected role:id`},
		"bad relation":    {text + "R1\tsource T1 T2", `f.ann:1:1: relation "source T1 T2": expected a type and two arguments`},
		"other role":      {text + "T1\tdenial 5 12\nT2\tx 0 4\nE1\tdenial:T1 Place:T2", `f.ann:3:4: sentence "f.1": link "Place" cannot be held: expected source or target`},
		"other attribute": {text + "T1\tdenial 5 12\nA1\tNegation T1", `f.ann:2:1: attribute "Negation T1" cannot be held: expected Mentioned`},
		"attribute of":    {text + "A1\tMentioned T1", `f.ann:1:1: attribute of "T1", which is no act, or several`},
		"note":            {text + "T1\tdenial 5 12\n#1\tAnnotatorNotes T1\tnot sure", `f.ann:2:22: note "not sure" on T1 cannot be held`},
		"bad note":        {text + "#1\tAnnotatorNotes", `f.ann:1:1: a note has a type and the id that it is about, not "AnnotatorNotes"`},
		"note id":         {text + "T1\tSentence 0 18\n#1\tAnnotatorNotes T1\t{\"genre\":\"x\"}", `f.ann:2:22: missing key "id" in the note of a sentence`},
		"equivalence":     {text + "*\tEquiv T1 T2", `f.ann:1:1: annotation "*" cannot be held: expected text-bound ones, events, relations and the attribute Mentioned`},
		"normalisation":   {text + "N1\tReference T1 Wikipedia:1", `f.ann:1:1: annotation "N1" cannot be held: expected text-bound ones, events, relations and the attribute Mentioned`},
		"label":           {text + "T1\tDenial 5 12", `f.ann:1:4: sentence "f.1": unknown label "Denial": did you mean "denial"?`},
		"unlinked":        {text + "T1\tsource 0 4", `f.ann:1:4: sentence "f.1": source "Oslo" is linked to no act, and there are 0: link it to its own`},
		"across":          {text + "T1\tdenial 13 21", "f.ann:1:4: denial \"Rome.\\nIt\" does not lie within a sentence"},
		"twice within":    {text + "T1\tSentence 0 18\nT2\tSentence 0 18\nT3\tdenial 5 12", `f.ann:3:4: denial "slammed" lies within 2 sentences`},
		"other sentence":  {text + "T1\tdenial 5 12\nT2\tx 19 21\nE1\tdenial:T1 Source:T2", `f.ann:3:4: Source links sentence "f.1" to "f.2"`},
		"white space":     {text + "T1\tdenial 5 13\nT2\tx 0 5\nE1\tdenial:T1 Source:T2", "f.ann:2:4: sentence \"f.1\": source \"Oslo \" is empty or has white space around it\n" + `f.ann:3:4: sentence "f.1": the words of denial, "slammed ", are empty or have white space around them`},
		"mention's":       {text + "T1\tdenial 5 12\nT2\tx 0 4\nE1\tdenial:T1 Source:T2\nA1\tMentioned E1", `f.ann:3:4: sentence "f.1": the source of an act that is only mentioned cannot be held`},
		"several":         {text + "T1\tdenial 5 12\nE1\tdenial:T1\nE2\tdenial:T1\nA1\tMentioned T1", `f.ann:4:1: attribute of "T1", which is no act, or several`},
		"all together":    {text + "T1\tsource 0 4\nT2\tdennial 0 4\nT3\twarning 19 21\n#9\tAnnotatorNotes T3\tx", `f.ann:4:22: note "x" on T3 cannot be held`},
	})
}

func TestBratConfig(t *testing.T) {
	config := corpus.BratConfig()
	assert.Contains(t, config, "[entities]\nSentence\nsource\ntarget\n")
	assert.Contains(t, config, "[events]\ncondemnation\tSource*:source, Target*:target\n")
	assert.Contains(t, config, "[attributes]\nMentioned\tArg:<EVENT>\n")
	assert.Contains(t, corpus.BratConfig("apology"), "[events]\napology\t")
}
