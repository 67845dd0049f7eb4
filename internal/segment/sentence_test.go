package segment

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sentences splits text, paragraph by paragraph, and returns the sentences as strings.
func sentences(text string) []string {
	var out []string
	for _, s := range document(text, 0) {
		out = append(out, text[s.Start:s.End])
	}
	return out
}

// document splits a whole text, carrying quotations from paragraph to paragraph.
func document(text string, limit int) []Sentence {
	var all []Sentence
	quoted := false
	for p := range Paragraphs(text) {
		all = AppendSentences(all, text, p, limit, quoted)
		quoted = len(all) > 0 && all[len(all)-1].QuotedEnd
	}
	return all
}

// Every example is written with | between the sentences, where a space is in the text.
func TestSentences(t *testing.T) {
	groups := map[string][]string{
		"plain": {
			"One line.|Another line!|A third?|Done.",
			"No mark at the end",
			"First one.|And then no mark",
			"What?!|Really!!!|Yes.",
			"It rained. and rained.",
			"It rained.|12 roads closed.|$5 million was lost.|#Rain was trending.|@mayor replied.",
			"Talks failed.|al-Nusra left.|iPhones were banned.",
			"She left at noon.|É. Duval stayed.|Ökonomen agreed.",
			"Talks ended;|", // checked below to stay one
		},
		"titles": {
			"Mr. Ortega met Mrs. Lindqvist and Ms. Adeyemi.|Dr. Haddad was absent.",
			"Gen. Markovic spoke.|Lt. Gen. Oduya and Lt. Col. Brandt listened.",
			"Then-Sen. Whitlock and ex-Gov. Prado agreed with Rep. Nakamura.",
			"Aides to Pres. Keita, Amb. Rossi, Adm. Lund, Capt. Vega, Maj. Dunn, Sgt. Cole and Prof. Ito met Rev. Ames.",
			"MR. TANAKA: We deny it.|MS. OKORO: So do we.",
			"The sales rep. They met was honest.|", // a common word in lower case
			"It was sent to the Hon. Justice Mwangi and Msgr. Ricci of St. Anne.",
			"Messrs. Hall and Voss, with Mme. Laurent, spoke to Lt.-Gen. Sokolov.",
		},
		"abbreviations": {
			"Aides in the U.S. The president was away.|",
			"The U.S. Navy and U.N. Security Council met the U.K. Foreign Office.",
			"He flew to the U.S.|The minister stayed in the U.K.|Both denied it.",
			"In Washington, D.C., and in D.C. Superior Court, they lost.",
			"U.S. officials and a U.S.-led force left the U.S.’s base.",
			"A Ph.D. in law, i.e. Ms. Roth’s, and e.g. Smith’s.",
			"Tanks, trucks, etc. were seen.|Guns, shells, etc.|They were new.",
			"Acme Inc. Chairman Bo Lund left Zenith Corp. and Delta Co. Ltd. for good.",
			"She works for Acme Inc.|It denies that.",
			"Martin Gray Jr. Said no.|", // said is no starter
			"Martin Gray Jr. was elected.|Paul Reed Sr.|He was not.",
			"He won in Fla. and Calif. Governor Ruiz lost in Ill. Senate races.",
			"Sen. Dell (D-Conn.) Friday met Rep. Moss (R-Fla.).|The two agreed.",
			"Approx. 40 tons, est. 1990, vs. Brazil’s 50.",
			"Roe v. Wade was cited, as was Smith vs. Jones.",
			"The dept. The staff left it.|",
			"The Fed. Powell declined.|",
			"It stood on Main St. The mayor came from St. Louis and Ft. Bragg.|",
			"Ali et al. Report fraud.|",
			"Yu. Petrov and Ye. Sokolova met.",
			"She’s from Baltimore, MD.|Norfolk sent nobody.",
			"They won (in the U.S. Senate).|We lost.",
		},
		"dates and times": {
			"On Jan. 6 and Sept. 11, 2001, and in Oct. 1973.",
			"It begins in Dec.|Russia will attend.",
			"It began at 5 p.m. Monday and ended at 9 a.m. Eastern time.",
			"It began at 5 p.m. Kyiv time, or 3:00 P.M. EST.|We left at 8 a.m.|Talks went on.",
			"The call is at 7 a.m. Israeli Standard Time.",
			"On Tues. The paper said so.|",
		},
		"numbers": {
			"Growth was 1.5 percent, not 2.7.|Prices rose 3.|Then 4.",
			"Order No. 10 and Nos. 5 and 6, under Art. 5 and Art. IV, see fig. 3 and p. 12.",
			"Did you go?|No.|We stayed.|It was no. They lied.|",
			"1. First item.|2. Second item.",
			"a. Some item.",
			"IV. Findings of fact.",
			"1.2. Scope of the treaty.",
			"It happened in 2022.|Nobody knew.",
			"The 6 ft. wall fell.|",
		},
		"initials": {
			"J. D. Banner, George W. Holt and Mikhail S. Petrov met J.D. Crane.",
			"Harold F. Kent’s aide, Ann Q. Lowe, denied it.",
			"We need a plan B. The first failed.|",
			"Vitamin C. Makers objected.|",
			"Choose option A.|Europe did.",
			"So do I.|We agree.|Charles I. Mann did not.",
			"The video is on X.|Moderators removed it from X.|Francis X. Doyle saw it.",
			"J.-P. Morel spoke.|Ö. Demir did not.",
		},
		"ellipses": {
			"We came ... and then we left.|It was ... The end.|",
			"We waited…|Nobody came… and nobody called.",
			"They said . . . nothing at all . . . Then they left.|",
			"Well... maybe.|“Well...” he said.",
			"He paused.... Then he spoke.|",
		},
		"no stop": {
			"Go to www.example.org/a.html or mail a.b@example.co.uk today.|Bring file.txt along.",
			"Yahoo! said so.|Yahoo! Finance reported it.|Yahoo!|The firm.",
			"See example.org.|Then call.",
			"A colon: It goes on; So does this.",
			"He asked why? and left.",
			"Use Node.js or ASP.NET now.",
		},
		"missing space": {
			"They attacked.The city fell.|",
			"Is it war?No one knows.|",
			"“It is war.”He left.|",
			"They lied.“We did not,” he said.|",
			"Booking.Com is a site, and so is Example.Org now.",
		},
		"quotations": {
			"“It was wrong.”|He left.",
			"“We refuse,” the envoy said.|“We always did.”",
			"“We refuse.|We always did,” Foreign Ministry spokesman Ivo Brandt tweeted.",
			"“Are you leaving?” he asked.|“Never!” she said.|“Go!”|They went.",
			"“Is this war?” Foreign Minister Ivo Brandt asked.|“No,” she said.",
			"“Is this war?” Brandt said in a speech.|He smiled.",
			"“Is this war?”|The minister said nothing.",
			"“Is this war?”|Brandt was silent.",
			"\"It was wrong.\"|He left.|\"We refuse,\" she said.|\"Go!\" he cried.",
			"He called it “a lie.”|Iran denied it.",
			"They spoke of “peace,” “order” and “law.”|“[W]e want peace,” she wrote.",
			"'It was wrong.'|He left.|‘So it was.’|She stayed.",
			"``It was wrong.''|He left.",
			"«It was wrong.»|He left.|„So it was.“|She stayed.",
			"“He said, ‘Leave now.’”|They left.",
			"He said: “Stop.|Go home.”|Nobody did.",
			"It was wrong. ”|He left.",
			"The “U.S.”|“Yes,” she said.",
			"We deny it.”|The end.",
			"“Why?”|“Because.”|“Good.”",
		},
		"brackets": {
			"Okay. (Applause.)|We are here. (Laughter and applause.)|Thank you.",
			"Okay. (Applause)|We are here. (Laughs.) (Applause.)|Thank you! (Cheers.)",
			"We — (applause) — will win. (Inaudible.)",
			"Yes. (Cross-talk.)|“No,” he said.",
			"“It is done.” [Statement, 8/29/23]|“It is not.” [Tweet, 8/30/23]",
			"It fell.|(The tower was old and nobody had looked after it.)|They left.",
			"It fell.|(They deny it.)|We left.",
			"The law (see Art. 5) stands.|[The envoy] left.|[T]he rest stayed.",
			"It is so.[12] Others disagree.[3]|They are few.|", // notes
			"It worked (surprisingly!) and (why?) stayed.",
			"In the U.S. (Applause.)|We won.",
			"He left. (see below)|She stayed.",
		},
		"dashes and bullets": {
			"It ended. — Then it began.|It stopped — but not for long.",
			"It ended. - Item one. - Item two.|",
			"It ended. • Item one.|",
			"Good… — it is over.|What was it? — I forgot — a lie.",
		},
		"other scripts": {
			"これは文です。次の文です。|", // no spaces
			"यह वाक्य है।|यह दूसरा है॥",
			"هذا صحيح؟|نعم.",
			"یہ جملہ ہے۔|دوسرا جملہ۔",
		},
	}
	// These are not cut where the | is, or elsewhere; they are listed in full.
	exact := map[string][]string{
		"Talks ended;|":                                         {"Talks ended;"},
		"The sales rep. They met was honest.|":                  {"The sales rep.", "They met was honest."},
		"Aides in the U.S. The president was away.|":            {"Aides in the U.S.", "The president was away."},
		"Martin Gray Jr. Said no.|":                             {"Martin Gray Jr. Said no."},
		"The dept. The staff left it.|":                         {"The dept.", "The staff left it."},
		"The Fed. Powell declined.|":                            {"The Fed.", "Powell declined."},
		"Ali et al. Report fraud.|":                             {"Ali et al. Report fraud."},
		"On Tues. The paper said so.|":                          {"On Tues.", "The paper said so."},
		"Did you go?|No.|We stayed.|It was no. They lied.|":     {"Did you go?", "No.", "We stayed.", "It was no.", "They lied."},
		"The 6 ft. wall fell.|":                                 {"The 6 ft. wall fell."},
		"We need a plan B. The first failed.|":                  {"We need a plan B.", "The first failed."},
		"Vitamin C. Makers objected.|":                          {"Vitamin C.", "Makers objected."},
		"We came ... and then we left.|It was ... The end.|":    {"We came ... and then we left.", "It was ...", "The end."},
		"They said . . . nothing at all . . . Then they left.|": {"They said . . . nothing at all . . .", "Then they left."},
		"He paused.... Then he spoke.|":                         {"He paused....", "Then he spoke."},
		"They attacked.The city fell.|":                         {"They attacked.", "The city fell."},
		"Is it war?No one knows.|":                              {"Is it war?", "No one knows."},
		"“It is war.”He left.|":                                 {"“It is war.”", "He left."},
		"They lied.“We did not,” he said.|":                     {"They lied.", "“We did not,” he said."},
		"It ended. - Item one. - Item two.|":                    {"It ended.", "- Item one.", "- Item two."},
		"It ended. • Item one.|":                                {"It ended.", "• Item one."},
		"これは文です。次の文です。|":                                        {"これは文です。", "次の文です。"},
		"It stood on Main St. The mayor came from St. Louis and Ft. Bragg.|": {
			"It stood on Main St.", "The mayor came from St. Louis and Ft. Bragg."},
		"It ended. — Then it began.|It stopped — but not for long.": {
			"It ended.", "— Then it began.", "It stopped — but not for long."},
		"It is so.[12] Others disagree.[3]|They are few.|": {"It is so.[12]", "Others disagree.[3]", "They are few."},
	}
	for name, examples := range groups {
		t.Run(name, func(t *testing.T) {
			for _, example := range examples {
				want, ok := exact[example]
				if !ok {
					want = strings.Split(example, "|")
				}
				text := strings.TrimSpace(strings.ReplaceAll(example, "|", " "))
				assert.Equal(t, want, sentences(text), text)
			}
		})
	}
}

// TestQuoted checks the state of quotations: every sentence is written with [ where it starts inside a quotation and ]
// where it ends inside one.
func TestQuoted(t *testing.T) {
	tests := map[string]string{
		"“We refuse.|We do,” he said.":                          "- ]|[ -",
		"“We refuse,” he said.|“We do.”":                        "- -|- -",
		"He said: “Stop.|Go home.|Now.”|They did.":              "- ]|[ ]|[ -|- -",
		"\"We refuse.|We do,\" he said.":                        "- ]|[ -",
		"'We refuse.|We do,' he said.":                          "- ]|[ -",
		"‘We refuse.|We won’t,’ he said.":                       "- ]|[ -",
		"‘The states’ rights are gone.|We know,’ he said.":      "- ]|[ -",
		"“He said ‘no.|Never,’ to me.|So be it.”|Yes.":          "- ]|[ ]|[ -|- -",
		"In the ’90s it failed.|’Tis over, the states’ men say": "- -|- -",
		"In the '90s it failed.|'Tis over, the states' men say": "- -|- -",
		"Rock ‘n’ roll.|It’s the boys’ game.|Don’t.":            "- -|- -|- -",
		"“One.¶“Two.¶“Three,” he said.¶They left.":              "- ]|[ ]|[ -|- -",
		"“One.¶Two.¶“Three,” he said.":                          "- ]|- -|- -",
		"“One.¶Two,” he said.¶Three.":                           "- ]|[ -|- -",
		"“One.¶He called it a “lie,” twice.":                    "- ]|- -",
		"\"One.¶\"Two,\" he said.¶\"Three,\" she said.":         "- ]|[ -|- -",
		"A 6'2\" man left.|So did she.":                         "- -|- -",
		"A lie” he said.|We left.":                              "- -|- -",
		"``We refuse.|We do,'' he said.":                        "- ]|[ -",
		"«We refuse.|We do», he said.":                          "- ]|[ -",
		"„We refuse.|We do“, he said.":                          "- ]|[ -",
		"「We refuse.|We do」 he said.":                           "- ]|[ -",
		"(\"We refuse.|We do\") he said.":                       "- ]|[ -",
	}
	for example, want := range tests {
		text := strings.NewReplacer("|", " ", "¶", "\n\n").Replace(example)
		var got, parts []string
		for _, s := range document(text, 0) {
			parts = append(parts, text[s.Start:s.End])
			g := "-"
			if s.QuotedStart {
				g = "["
			}
			if g += " "; s.QuotedEnd {
				g += "]"
			} else {
				g += "-"
			}
			got = append(got, g)
		}
		require.Equal(t, strings.FieldsFunc(example, func(r rune) bool { return r == '|' || r == '¶' }), parts)
		assert.Equal(t, want, strings.Join(got, "|"), example)
	}
}

func TestLimit(t *testing.T) {
	text := "“" + strings.Repeat("word ", 40) + "end” and “" + strings.Repeat("x", 50) + strings.Repeat("é", 50) + ".”"
	got := AppendSentences(nil, text, Range{0, len(text)}, 32, false)
	require.Greater(t, len(got), 8)
	for i, s := range got {
		assert.LessOrEqual(t, s.End-s.Start, 32)
		assert.Equal(t, i < len(got)-1, s.Cut)
		assert.NotContains(t, text[s.Start:s.End], "\ufffd")
		if i > 0 {
			assert.Equal(t, got[i-1].QuotedEnd, s.QuotedStart, "%d", i)
		}
	}
	assert.True(t, got[0].QuotedEnd)
	assert.False(t, got[len(got)-1].QuotedEnd)
	assert.Equal(t, len(text), got[len(got)-1].End)

	// A limit below the size of one character still makes progress.
	got = AppendSentences(nil, "漢字", Range{0, 6}, 1, false)
	assert.Equal(t, []Sentence{{Range{0, 3}, false, false, true}, {Range{3, 6}, false, false, false}}, got)
}

func TestAppendSentencesAppends(t *testing.T) {
	text := "  One. Two.  "
	dst := []Sentence{{Range: Range{7, 8}}}
	got := AppendSentences(dst, text, Range{0, len(text)}, 0, false)
	assert.Equal(t, []Sentence{{Range: Range{7, 8}}, {Range: Range{2, 6}}, {Range: Range{7, 11}}}, got)
	assert.Empty(t, AppendSentences(nil, text, Range{0, 2}, 0, true))
	assert.Equal(t, 0.0, testing.AllocsPerRun(100, func() {
		got = AppendSentences(got[:0], text, Range{0, len(text)}, 0, false)
	}))
}

func TestAbbreviationTable(t *testing.T) {
	seen := map[string]abbrKind{}
	for kind, words := range abbreviations {
		for w := range strings.FieldsSeq(words) {
			assert.LessOrEqual(t, len(w), 8, w)
			assert.Equal(t, strings.ToLower(w), w)
			if other, ok := seen[w]; ok {
				assert.Equal(t, other, kind, "%s is listed twice", w)
			}
			seen[w] = kind
		}
	}
	for _, list := range []string{starters, labels, zones, exclaimers, speakers, speakerLinks, speakerTails, directions} {
		for w := range strings.FieldsSeq(list) {
			assert.LessOrEqual(t, len(w), maxWord, w)
		}
	}
}
