// Package corpus is the evaluation kit of Demarche: it reads and writes
// annotated corpora, splits them, aligns them with the results of a document,
// scores a classifier on them and reports where it goes wrong and by which
// rule.
//
// # An annotated sentence
//
// A corpus is a slice of [Sentence]. In a file it is JSON Lines, an object for
// each sentence:
//
//	{"id": "s1", "text": "Oslo condemned the raid.", "acts": [{"label": "condemnation", "source": "Oslo", "target": "the raid"}]}
//	{"id": "s2", "text": "Lima refused to condemn it.", "acts": [], "mentioned": ["condemnation"]}
//	{"id": "s3", "text": "It rained.", "acts": []}
//
// acts are those that somebody performs in the sentence, mentioned the labels of
// those that it names and nobody performs. Source and target are copied from the
// text, as the shortest full name or phrase, and empty where it does not say.
// Sentences without any act belong in a corpus as well: without them, precision
// says little. [Read] checks a file strictly, because a silent slip in the
// annotation looks like a mistake of the classifier.
//
// # Measuring
//
// [Predict] or [Align] pair the sentences with results, and [Evaluate] turns the
// pairs into scores:
//
//	gold, err := corpus.ReadFile("dev.jsonl")
//	if err != nil {
//		return err
//	}
//	e := corpus.Evaluate(corpus.Predict(gold, classify.Default().Sentence))
//	return e.WriteReport(os.Stdout)
//
// The report gives precision, recall and F1 of each label with a confidence
// interval: where the intervals of two versions overlap widely, the corpus is too
// small to tell them apart. [Evaluation.WriteErrors] shows each wrong sentence
// with the rules at work in it. [NewProfile] turns the question round and says of
// each entry of the lexicons how often it fired and how often rightly, and which
// acts were missed and why. [FitCalibration] makes scores mean what they say on
// your text. The example program evaluate does all of this from the command line.
//
// What the lexicons are tuned on says little about other text: [Split] sets a
// part aside, which is looked at only in the end.
//
// # Behaviour tests
//
// A corpus says how often a classifier is right, a behaviour test that it can do
// one thing: [Behaviour] is the project's own [Suite] of them, [ReadBehaviour]
// reads yours, and [Suite.Run] runs either.
//
// # Annotating
//
// Corpora come from annotation tools and spreadsheets, and go there:
// [ReadBrat], [ReadDoccano], [ReadLabelStudio], [ReadCSV] and the functions that
// write them lose nothing, or say what the format cannot hold. [Preannotate]
// gives people something to correct; [Compare] says how far two of them agree,
// and [Merge] makes one corpus of what they say.
//
// # Built-in corpora
//
// [Article] is a real news article with its annotation. [Written] are original
// sentences in many genres, and [Texts] whole texts with their speakers.
package corpus
