package corpus

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/demarche/demarche/classify"
)

//go:embed behaviour/*.yaml behaviour/written.jsonl
var behaviourFiles embed.FS

// textsFile and writtenFile are the embedded files that hold no behaviour tests.
const (
	textsFile   = "behaviour/texts.yaml"
	writtenFile = "behaviour/written.jsonl"
)

// A Suite is a set of behaviour tests in the manner of CheckList (Ribeiro et
// al. 2020): capabilities of a classifier, each pinned by small tests. Join
// suites with slices.Concat.
type Suite []Capability

// A Capability is something that a classifier should be able to do.
type Capability struct {
	Name  string   // unique in its file
	About string   // one line
	Type  TestType // of all its tests
	Tests []Test   // in the order of the file
}

// A TestType says how the tests of a capability work.
type TestType string

// The types of tests.
const (
	// Minimum functionality: a sentence has exactly the acts expected.
	Minimum TestType = "minimum"
	// Invariance: a change to the sentence does not change its labels.
	Invariance TestType = "invariance"
	// Directional expectation: a change to the sentence changes its labels in
	// a known way.
	Directional TestType = "directional"
)

// A Test is one test of a capability. It passes if all its expectations are
// met: one of a sentence for [Minimum], one for each variant for [Invariance],
// and those before and after the change for [Directional].
type Test struct {
	File   string        // where the test stands
	Line   int           // counted from 1
	Expect []Expectation // what must hold for the test to pass
	// Limit, if not empty, says in a line why the test is known to fail.
	Limit string
}

// An Expectation is what a classifier should say of a sentence.
type Expectation struct {
	Text string // the sentence
	// Acts are the labels of all acts performed, in any order.
	Acts []classify.Label
	// Mentions are the labels of all acts named but not performed. They are
	// not checked if it is nil, save that the variants of an [Invariance] test
	// must then all mention the same.
	Mentions []classify.Label
	// Source and Target are those of the act that Acts names first, or without
	// acts of the mention that Mentions names first, compared by [HeadOverlap];
	// "" if there must be none. They are not checked if nil.
	Source, Target *string
}

// Behaviour returns the project's own behaviour suite: original sentences that
// pin each capability of the built-in lexicons. Each call returns a copy of its
// own.
func Behaviour() Suite {
	names, err := fs.Glob(behaviourFiles, "behaviour/*.yaml")
	if err != nil {
		panic(fmt.Sprintf("corpus: embedded behaviour suite: %v", err)) // a broken build
	}
	var suite Suite
	for _, name := range names {
		if name == textsFile {
			continue
		}
		suite = append(suite, embedded(name, ReadBehaviour)...)
	}
	return suite
}

// Texts returns the project's own whole texts, news stories and briefings, with
// their annotated sentences; see [ReadTexts]. Each call returns a copy of its
// own.
func Texts() []Document { return embedded(textsFile, ReadTexts) }

// Written returns the project's own annotated sentences: a corpus of original
// sentences in many genres, kept apart from those of the behaviour suite to
// evaluate with. Each call returns a copy of its own.
func Written() []Sentence { return embedded(writtenFile, Read) }
