package corpus_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/corpus"
)

// annotated is a sentence as an annotator leaves it.
func annotated() []corpus.Sentence {
	return []corpus.Sentence{{
		ID: "s1", Text: "Oslo 💥 slammed the raid.",
		Acts:      []corpus.Annotation{{Label: classify.Condemnation, Source: "Oslo", Target: "the raid", Cue: "slammed"}},
		Mentioned: []classify.Label{classify.Denial},
	}}
}

func ExampleWriteBrat() {
	var txt strings.Builder
	if err := corpus.WriteBrat(&txt, os.Stdout, annotated()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// T1	Sentence 0 24	Oslo 💥 slammed the raid.
	// #1	AnnotatorNotes T1	{"id":"s1"}
	// T2	condemnation 7 14	slammed
	// T3	source 0 4	Oslo
	// T4	target 15 23	the raid
	// T5	denial 0 24	Oslo 💥 slammed the raid.
	// E1	condemnation:T2 Source:T3 Target:T4
	// E2	denial:T5
	// A1	Mentioned E2
}

func ExampleReadBrat() {
	const text = "Oslo slammed the raid.\nIt rained.\n"
	const ann = "T1\tcondemnation 5 12\tslammed\nT2\tsource 0 4\tOslo\n"
	sentences, err := corpus.ReadBrat(strings.NewReader(text), strings.NewReader(ann), "news")
	if err != nil {
		fmt.Println(err)
	}
	for _, s := range sentences {
		fmt.Println(s.ID, s.Start, s.End, s.Acts)
	}
	// Output:
	// news.1 0 22 [{condemnation Oslo  slammed}]
	// news.2 23 33 []
}

func ExampleBratConfig() {
	fmt.Print(corpus.BratConfig(classify.Denial))
	// Output:
	// [entities]
	// Sentence
	// source
	// target
	//
	// [relations]
	//
	// [events]
	// denial	Source*:source, Target*:target
	//
	// [attributes]
	// Mentioned	Arg:<EVENT>
}

func ExampleWriteDoccano() {
	if err := corpus.WriteDoccano(os.Stdout, annotated()[:1]); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"id":"s1","text":"Oslo 💥 slammed the raid.","entities":[{"id":1,"label":"condemnation","start_offset":7,"end_offset":14},{"id":2,"label":"source","start_offset":0,"end_offset":4},{"id":3,"label":"target","start_offset":15,"end_offset":23},{"id":4,"label":"denial mentioned","start_offset":0,"end_offset":24}],"relations":[{"id":1,"from_id":1,"to_id":2,"type":"source"},{"id":2,"from_id":1,"to_id":3,"type":"target"}]}
}

func ExampleReadDoccano() {
	const in = `{"id": 7, "text": "Oslo 💥 slammed it.", "label": [[7, 14, "condemnation"], [0, 4, "source"]]}`
	sentences, err := corpus.ReadDoccano(strings.NewReader(in), "doccano.jsonl")
	fmt.Println(sentences[0].ID, sentences[0].Acts, err)
	// Output:
	// 7 [{condemnation Oslo  slammed}] <nil>
}

func ExampleWriteLabelStudio() {
	if err := corpus.WriteLabelStudio(os.Stdout, annotated()[:1]); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [
	// {"data":{"id":"s1","text":"Oslo 💥 slammed the raid."},"annotations":[{"result":[{"id":"r1","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":15,"text":"slammed","labels":["condemnation"]}},{"id":"r2","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":4,"text":"Oslo","labels":["source"]}},{"id":"r3","from_name":"label","to_name":"text","type":"labels","value":{"start":16,"end":24,"text":"the raid","labels":["target"]}},{"id":"r4","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":25,"text":"Oslo 💥 slammed the raid.","labels":["denial mentioned"]}},{"from_id":"r1","to_id":"r2","type":"relation","direction":"right","labels":["source"]},{"from_id":"r1","to_id":"r3","type":"relation","direction":"right","labels":["target"]}]}]}
	// ]
}

func ExampleReadLabelStudio() {
	const in = `[{"id": 1, "data": {"text": "It rained."}, "annotations": [
  {"completed_by": 4, "result": []},
  {"completed_by": 5, "result": [{"type": "choices", "value": {"choices": ["denial"]}}]}]}]`
	_, err := corpus.ReadLabelStudio(strings.NewReader(in), "export.json")
	fmt.Println(err)
	sentences, err := corpus.ReadLabelStudio(strings.NewReader(in), "export.json", corpus.WithAnnotator("5"))
	fmt.Println(sentences[0].Acts[0].Label, err)
	// Output:
	// export.json:1:59: sentence "1": 2 annotations: choose an annotator
	// denial <nil>
}

func ExampleLabelStudioConfig() {
	fmt.Print(corpus.LabelStudioConfig(classify.Denial))
	// Output:
	// <View>
	//   <Relations>
	//     <Relation value="source"/>
	//     <Relation value="target"/>
	//   </Relations>
	//   <Labels name="label" toName="text">
	//     <Label value="denial"/>
	//     <Label value="denial mentioned"/>
	//     <Label value="source"/>
	//     <Label value="target"/>
	//   </Labels>
	//   <Text name="text" value="$text"/>
	// </View>
}

func ExampleWriteCSV() {
	sentences := append(annotated(), corpus.Sentence{ID: "s2", Text: "-- It rained."})
	var b strings.Builder
	if err := corpus.WriteCSV(&b, sentences); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.TrimPrefix(b.String(), "\uFEFF")) // the byte order mark
	// Output:
	// id,text,label,status,source,target,cue
	// s1,Oslo 💥 slammed the raid.,condemnation,performed,Oslo,the raid,slammed
	// s1,Oslo 💥 slammed the raid.,denial,mentioned,,,
	// s2,'-- It rained.,,,,,
}

func ExampleReadCSV() {
	const in = "id;text;label;source\ns1;Oslo slammed it.;condemnation;Rome\ns2;It rained.;rain;\n"
	_, err := corpus.ReadCSV(strings.NewReader(in), "table.csv")
	fmt.Println(err)
	// Output:
	// table.csv:2:34: sentence "s1": source "Rome" does not occur in the text: it must be an exact copy
	// table.csv:3:15: sentence "s2": unknown label "rain": expected one of condemnation, warning, denial, neutrality
}

func ExampleCompare() {
	first := annotated()
	second := annotated()
	second[0].Acts[0].Target = ""
	c, err := corpus.Compare(first, second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Labels[0].Label, c.Labels[0].Acts.Both, c.Target.Exact, "of", c.Target.Names)
	if err := corpus.WriteDifferences(os.Stdout, c.Differences); err != nil {
		fmt.Println(err)
	}
	// Output:
	// condemnation 1 0 of 1
	// s1: condemnation
	//   text    Oslo 💥 slammed the raid.
	//   first   condemnation (Oslo -> the raid)
	//   second  condemnation (Oslo -> ?)
}

func ExampleMerge() {
	first := []corpus.Sentence{{ID: "a", Text: "Oslo slammed it.", Acts: []corpus.Annotation{{Label: classify.Condemnation}}}}
	second := []corpus.Sentence{{ID: "a", Text: "Oslo slammed it."}, {ID: "b", Text: "It rained."}}
	merged, unresolved, err := corpus.Merge(first, second, func(d corpus.Difference) corpus.Choice {
		if len(d.First.Acts) > 0 { // rather too much than too little
			return corpus.First
		}
		return corpus.Second
	})
	fmt.Println(len(merged), merged[0].Acts[0].Label, len(unresolved), err)
	// Output:
	// 2 condemnation 0 <nil>
}

func ExampleCohenKappa() {
	kappa, _ := corpus.CohenKappa([]bool{true, true, false, false}, []bool{true, false, false, false})
	fmt.Println(kappa)
	// Output:
	// 0.5
}

func ExampleKrippendorffAlpha() {
	units := [][]string{{"warning", "warning"}, {"denial", "warning", "denial"}, {"denial", "denial"}}
	alpha, _ := corpus.KrippendorffAlpha(units)
	fmt.Println(alpha)
	// Output:
	// 0.5
}

func ExamplePreannotate() {
	r := classify.Default().Sentence("Oslo condemned the raid.")
	s := corpus.Preannotate("s1", r)
	fmt.Println(s.ID, s.Acts)
	// Output:
	// s1 [{condemnation Oslo the raid condemned}]
}
