// Package corpus is the evaluation kit of Demarche: it reads and writes
// annotated corpora, splits them, aligns them with the results of a document,
// scores a classifier on them and reports where it goes wrong and by which
// rule.
//
// A corpus is a slice of [Sentence], each with the public acts that the
// annotators found in it. [Read] loads one from JSON Lines and checks it
// strictly, because a silent slip in the annotation looks like a mistake of the
// classifier. [Predict] or [Align] pair the sentences with results, and
// [Evaluate] turns the pairs into scores:
//
//	gold, err := corpus.ReadFile("dev.jsonl")
//	if err != nil {
//		return err
//	}
//	e := corpus.Evaluate(corpus.Predict(gold, classify.Default().Sentence))
//	return e.WriteReport(os.Stdout)
//
// Corpora come from annotation tools and spreadsheets, and go there:
// [ReadBrat], [ReadDoccano], [ReadLabelStudio], [ReadCSV] and the functions that
// write them lose nothing, or say what the format cannot hold. [Preannotate]
// gives people something to correct; [Compare] says how far two of them agree,
// and [Merge] makes one corpus of what they say.
//
// [Article] is a real news article with its annotation, built in.
package corpus
