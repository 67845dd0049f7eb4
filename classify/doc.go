// Package classify reads English political text and says, sentence by
// sentence, who condemns, warns, denies or stays neutral, towards whom, in which
// words and by which rule. It works with lexicons and rules only: no model, no
// network, the same answer every time. Lexicons of your own can change the
// built-in ones and add labels.
//
//	c := classify.Default()
//	r := c.Sentence("Paris condemned the attack.")
//	fmt.Println(r.Acts[0].Label, r.Acts[0].Source.Text, r.Acts[0].Target.Text)
//
// # Acts and mentions
//
// An [Act] is performed in the sentence: its author does it in these words, or
// it reports that somebody did or does it. A [Mention] is an act that the
// sentence names and nobody performs: "China refused to condemn the invasion"
// holds a refused condemnation, which is news too, and is never reported as a
// condemnation. The [Reason] of a mention says why nobody does, and its source
// is who would.
//
//	Paris condemned the raid.                     condemnation, Paris -> the raid
//	The envoy warned Oslo of grave consequences.  warning, The envoy -> Oslo
//	Moscow dismissed the report as fiction.       denial, Moscow -> the report
//	Vienna will take no side in the dispute.      neutrality, Vienna -> the dispute
//
//	Nobody in Lima condemned the raid.            mention of a condemnation: negated
//	Lima refused to condemn the raid.             refused
//	Lima failed to condemn the raid.              failed
//	Lima kept silent about the raid.              absent
//	Rome urged Lima to condemn the raid.          requested
//	If Lima condemns the raid, the talks end.     hypothetical
//	Lima will condemn the raid.                   future
//	Will Lima condemn the raid?                   asked
//	Vienna gave up its neutrality.                ended
//
//	The city pulled down the condemned building.  nothing: another sense
//	He was denied entry.                          nothing: another sense
//
// A sentence can hold several acts and mentions, but each label once among the
// acts and once among the mentions. Most sentences of ordinary text hold none.
// Where a label begins and ends, such as that concern alone is no condemnation,
// is in the words of the lexicons, and pinned by the tests in corpus/behaviour.
//
// # Reading text
//
// [Classifier.Sentence] reads one sentence. [Classifier.Document] splits a text
// into sentences and carries speakers from one to the next,
// [Classifier.AppendDocument] does so into a slice that can be used again, and
// [Classifier.Reader] reads a stream that need not fit in memory. [Default] has the
// built-in lexicons; [New] takes options: lexicons of your own ([WithLexicon]),
// actors ([WithActors]), thresholds ([WithThreshold]), only some labels
// ([WithoutLabel]) and others, each with an example. Package highlight, below
// this one, draws results as HTML, and package corpus measures them.
//
// # How a sentence is decided
//
//  1. Every cue, a word or phrase of the lexicon, is looked up.
//  2. A blocker cancels the cues within its words: "condemned building".
//  3. Of cues of one label that lie within each other, the longer one counts if
//     its weight is not smaller. A short fixed phrase also covers the cues of
//     other labels within it, unless they are much stronger.
//  4. Context modifiers that reach a cue turn it into a mention, or drop it.
//  5. The frame of the cue says where its source and target stand. A cue with
//     "needs: source" goes if there is no source.
//  6. The weights of the cues that are left give the score of each label:
//     1-(1-a)(1-b)... for weights a, b, ... of cues apart from each other, and
//     then what the label's calibration makes of that. At or above the label's
//     threshold (0.5 by default) it is an act. A mention must have a weight that
//     gives such a score.
//
// [Classifier.Explain] shows all of this for a sentence: every cue, what became
// of it, and the file and line of the entry that decided.
//
// # Who, whom and who speaks
//
// Sources and targets are the shortest full names or phrases: "Hua Chunying" of
// "Foreign Ministry spokeswoman Hua Chunying", "the envoy to Berlin". If
// several are named, all are listed; who did a deed comes before the deed.
//
// [Classifier.Document] and [Classifier.Reader] also give the speaker of each
// sentence that is a quotation or stands in a transcript, whichever sentence or
// paragraph names the speaker. "He", "she", a surname and an office ("the
// spokeswoman") are tied to the full name that the text has given, if it is
// among the 32 people named last, in the last 32 KiB. In the place of a source
// that is "I", "we" or not given, where the words are the speaker's, stands the
// speaker. Such a span lies outside the sentence.
//
// [WithoutAttribution] leaves all of this out.
//
// # Writing a lexicon
//
// Start from sentences that come out wrong, and ask [Classifier.Explain] why.
// Where no cue was found, a word is missing; this file adds a label with its
// words, and works in the same way for more words of a built-in label:
//
//	label: apology
//	cues:
//	  - id: apology.say
//	    match: [apologise, "be ..2 sorry", "express ..2 (regret|remorse)"]
//	    target: [to, for]
//
// "apologise" stands for all its inflections and for "apologize", "..2" for up to
// two words, and the target stands after "to", or else after "for". All built-in
// context holds for the new label at once: "The premier refused to apologise"
// mentions an apology.
//
// Words that show an act only sometimes get a weight: of ten sentences with them,
// how many perform the act? A noun may count only where the sentence says whose
// it is. A weight below 0.5 is a hint, which needs another cue to count:
//
//	cues:
//	  - id: apology.noun
//	    match: [apology]
//	    weight: 0.7
//	    frame: noun # "the council's apology to the families"
//	    needs: source
//	    target: [to, for]
//	  - id: apology.hint
//	    match: [we got it wrong]
//	    weight: 0.4
//	    frame: statement
//
// Other senses of the words are blockers. A blocker holds all words of the cue
// that it cancels, here "are in a sorry" with what comes after it:
//
//	blockers:
//	  - id: apology.other
//	    match: ["be ..2 sorry (state|sight)", "be ..2 sorry to (hear|learn|say)"]
//
// Modifiers add context of your own, and "remove", "weights" and "replaces"
// change what others have, by the ids that explanations and results show. Then
// measure, on sentences that you did not write the lexicon for:
//
//	go run ./examples/evaluate -lexicon apology.yaml -errors -profile mine.jsonl
//
// # Lexicons
//
// This is the whole format. A lexicon is a YAML mapping, or a [Lexicon] built in Go with the same fields.
// testdata/example.yaml is a commented example with every key. The keys, all of
// them optional:
//
//	lexicon      {name, language, version, license}: metadata
//	label        label of the cues and blockers that give none
//	defaults     keys of a cue, for cues that leave them out (but for
//	             immune, which adds up, and id, replaces, label and match)
//	classes      name: [patterns]; patterns use the class as @name
//	extend       name: [patterns]; more members for a class defined elsewhere
//	remove       [ids] of entries of lexicons merged before
//	weights      id: weight; new weights for cues of lexicons merged before
//	thresholds   label: least score of an act
//	calibration  label: {weight: score, ...}; see Scores below
//	cues         list of words and phrases that show an act
//	blockers     list of other senses of such words
//	modifiers    list of context that makes cues mentions
//	pseudo       list of pseudo-triggers
//	terminators  list of words at which scopes end
//
// The built-in lexicons also have grammar, irregular and common, which say what
// the tagger is to know of English; others need none of these. Files are in
// UTF-8. Where a list of words is expected, a single word will do. All entries
// have
//
//	id        unique over all lexicons
//	match     patterns. If there are several, each has an id of its own: the
//	          entry's, a slash, and the words of the pattern with hyphens
//	replaces  id of an entry, or of one of its patterns, that this entry stands
//	          in for; id may then be left out
//
// Cues have also
//
//	label    any name; a new one defines a label
//	weight   above 0, up to 1 (0.9): of ten sentences with these words, how many
//	         perform the act? 0.5 is just enough; less is a hint that needs
//	         another one
//	frame    where source and target stand, see [Frame] (verb)
//	target   places of the target, the first that is filled counts: object,
//	         subject, or prepositions
//	needs    source: counts only where the sentence names who does it; with the
//	         frame statement, where it names who says so
//	immune   reasons that do not make this cue a mention
//	mention  always or never; what happens when context takes the cue back: a
//	         mention, or nothing. By default verbs and nouns give mentions;
//	         predicates and epithets do not, and only negation, questions and
//	         presupposition take them back
//	reason   the words say themselves that nobody does it ("silence on"): the
//	         cue is always a mention, for this reason
//
// Blockers have "labels", the labels of the cues they cancel: by default the
// lexicon's label, or all if it has none.
//
// Modifiers have
//
//	category   the reason of the mention, or "presupposed", which drops the cue
//	direction  forward (default), backward, both, or inside: cues that share
//	           words with the modifier
//	limit      words it reaches over, 1 to 40 (4)
//	labels     labels it affects (all)
//	except     labels it does not affect
//	frames     frames it affects (all)
//	only       words, one of which the cue must have
//	when       question: in sentences that end in a question mark only
//	reach      clause: reaches into a clause with a subject of its own, as "if"
//	           does; phrase (default): ends before it
//
// # Scopes
//
// A modifier reaches from its words in its direction, over at most limit words,
// adverbs and conjunctions not counted. It ends before a terminator ("but"), at
// dashes, semicolons and the ends of sentences, before a new clause (unless
// reach is clause), and forward also after a verb that has something of its own
// to govern: in "refused to sign the pact condemning", "sign" may hand the scope
// on and "leave" would not. Verbs that hand it on are the class transparent. A
// short aside without a verb is passed over: "did not, in the end, condemn".
// A pseudo-trigger cancels the modifiers within its words, though not those in
// a gap between them: "not only". If several modifiers reach a cue, the first
// one listed gives the reason; a modifier that replaces another takes over its
// place in the list.
//
//	Oslo did not, in the end, condemn the raid.             negated: the aside is passed over
//	Oslo did not attend the talks but condemned the raid.   an act: "but" ends the scope of "not"
//	Oslo did not say why it condemned the raid.             an act: a clause with a subject begins
//	Oslo refused to sign the pact condemning the raid.      refused: "sign" hands the scope on
//	Oslo refused to leave the hall and condemned the raid.  an act: "leave" does not
//	Oslo not only condemned the raid, it left the talks.    an act: "not only" is a pseudo-trigger
//
// The method is that of NegEx (Chapman et al. 2001) and ConText (Harkema et al.
// 2009).
//
// # Patterns
//
//	condemn        any inflection: condemns, condemned, condemning; give the base
//	               form. British and American spellings match each other
//	=condemned     that form only
//	==US           that form in that case
//	attack/v       as a verb; /n noun, /a adjective, /r adverb, /vn either
//	(a|b c)        alternatives
//	x?  (a b)?     optional
//	..4            a gap of up to four words, at most 20, and of 64 words and
//	               marks; not over ; : . ? !, and up to four words not over "not"
//	@name          a class: of a lexicon, or the parts of speech @noun, @name,
//	               @verb, @adj, @adv, @ing and @past, and @num for numbers
//	^  $           start and end of a sentence, quotation or clause
//	,              a comma
//
// The grammar:
//
//	pattern  = { item } .
//	item     = atom [ "?" ] | gap .
//	atom     = word | class | "," | "^" | "$" | "(" pattern { "|" pattern } ")" .
//	word     = [ "=" | "==" ] letters [ "/" pos { pos } ] .
//	class    = "@" name [ "/" pos { pos } ] .
//	gap      = ".." digits .
//	pos      = "v" | "n" | "a" | "r" .
//
// Contractions are split before matching: write "will not" for won't, "it is"
// for it's, "china 's" for China's. "sabre-rattling" matches "sabre rattling"
// too. Figures are words ("article 5", "9-11"), signs are not: write mr holm for
// Mr. Holm. Up to two adverbs between the words of a phrase are passed over, and so is
// a day ("threatened on Monday to"); "not" never is. In YAML, put a pattern in quotes
// unless it is plain words.
//
// # Scores
//
// Weights are what a linguist thinks, and they do not add up to chances: where
// there is one good cue, there is seldom none. So the score of an act is read
// off a [Curve] that is fitted to annotated text: of the acts with score 0.8,
// about eight in ten are right. The curves of the built-in labels are in
// lexicons/calibration.yaml, and
//
//	go run ./examples/evaluate -calibrate FILE...
//
// fits them anew. They leave 0.5 where it is, since that is how weights are
// given: 0.5 is just enough. A label without a curve has the combined weight for
// its score. Thresholds are scores. [WithoutCalibration] turns all curves off.
//
// # Merging
//
// The built-in lexicons come first, then those of [WithLexicon] in their order.
// Each lexicon in turn first removes, then re-weights, then replaces entries of
// those before it, and then adds its own. Classes and labels are shared by all
// lexicons, whatever their order, and a class is first defined and then
// extended. The last threshold and the last calibration of a label count, and
// [WithThreshold] after them.
//
// To switch a rule off, whatever entry it is, remove its id, as traces and
// [Classifier.Explain] show it; the part before the slash stands for all its
// patterns. [WithoutLabel] switches a label off, and [WithoutBuiltin] all that
// is built in.
//
// It is a mistake to use an id twice, to define a class twice, to replace an
// entry with one of another kind or after somebody else has, and to remove,
// re-weight, replace or extend what is not there. [New] reports all such mistakes
// and those in patterns together ([LexiconErrors]), each with file, line and
// column, both places if there are two, and nothing of a bad lexicon is used.
// [Lexicon.Validate] checks a lexicon by itself, and [Lexicon.WriteYAML] writes
// it.
//
// # Actors
//
// [WithActors] names the actors behind sources, targets and speakers by an id,
// for states their ISO 3166-1 alpha-3 code, so that "Beijing" and "Chinese
// officials" count together. See [Gazetteer].
//
// # Text from anywhere
//
// Any bytes can be read. Invalid UTF-8, NUL and other controls stay where they
// are and separate words; a byte order mark, zero-width spaces, soft hyphens,
// bidirectional and combining marks are passed over. All offsets are of the
// bytes as they came. The time is linear in the text and the memory bounded,
// whatever the text: [TextLimits] are the longest sentence and paragraph and the
// number of acts, can be set with [WithTextLimits], and what they cut is marked
// in the [Result].
//
// # Limits of lexicons
//
// [Limits] bounds the size, number of values and nesting of a file, and can be
// set. Anchors and aliases of YAML are refused. Fixed are: 64 labels; patterns
// of 4096 bytes, 16 nested brackets and 32,768 words with those of the classes
// they use; a million members of classes in all; 100 mistakes reported. A
// pattern needs one word, or a class of words, that is not optional: parts of
// speech alone would match anywhere.
//
// # Reloading
//
// A [Classifier] never changes and may be used by several goroutines. To reload
// lexicons in a running server, build a new one and swap the pointer, as the
// example of [New] called Reload does.
package classify
