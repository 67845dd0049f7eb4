package classify_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/demarche/demarche/classify"
)

func ExampleGazetteer_Find() {
	g := classify.DefaultGazetteer()
	for _, phrase := range []string{
		"Beijing", "Chinese officials", "the Foreign Ministry in Beijing",
		"the Russian embassy in London", "protesters in Tehran", "the Washington Monument",
	} {
		a, ok := g.Find(phrase)
		fmt.Printf("%s: %s %q %t\n", phrase, a.ID, a.Role, ok)
	}
	// Output:
	// Beijing: CHN "" true
	// Chinese officials: CHN "official" true
	// the Foreign Ministry in Beijing: CHN "government" true
	// the Russian embassy in London: RUS "embassy" true
	// protesters in Tehran: IRN/crowd "crowd" true
	// the Washington Monument:  "" false
}

func ExampleWithActors() {
	c, err := classify.New(classify.WithActors(classify.DefaultGazetteer()))
	if err != nil {
		fmt.Println(err)
		return
	}
	count := map[[2]string]int{}
	for r := range c.Document("Paris condemned the Russian raid. French officials criticised the Kremlin. Moscow denied it.") {
		for _, a := range r.Acts {
			count[[2]string{a.SourceActor, a.TargetActor}]++
		}
	}
	fmt.Println(count)
	// Output:
	// map[[FRA RUS]:2 [RUS ]:1]
}

// Lists of your own are put on top of the built-in ones.
func ExampleNewGazetteer() {
	list, err := classify.ReadActors(strings.NewReader(`
kind: person
actors:
  - {id: MACRON, name: Emmanuel Macron, of: FRA, names: [Macron]}
extend:
  - {id: US-GA, names: [Georgia]}
remove: [GEO/georgia]
`), "mine.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := classify.NewGazetteer(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, phrase := range []string{"Macron", "Macron's decision", "Georgia", "Georgian officials"} {
		a, _ := g.Find(phrase)
		fmt.Printf("%s: %s\n", phrase, a.ID)
	}
	// Output:
	// Macron: MACRON
	// Macron's decision: MACRON
	// Georgia: US-GA
	// Georgian officials: GEO
}

// The id of a result stands for an actor with a name and a kind.
func ExampleGazetteer_Actor() {
	g := classify.DefaultGazetteer()
	for _, id := range []string{"CHN", "NATO", "IRN/crowd"} {
		a, _ := g.Actor(id)
		fmt.Printf("%s: %s, %s\n", a.ID, a.Name, a.Kind)
	}
	// Output:
	// CHN: China, state
	// NATO: NATO, organisation
	// IRN/crowd: Iran (protesters), role
}

// A folder of lists, embedded in the program or on disk (os.DirFS).
func ExampleLoadActors() {
	folder := fstest.MapFS{"actors/clubs.yaml": {Data: []byte(`
kind: organisation
actors:
  - {id: UNION, name: Rowing Union, names: [oarsmen's union]}
`)}}
	g := must(classify.NewGazetteer(must(classify.LoadActors(folder, "actors/*.yaml"))...))
	a, ok := g.Find("a spokesman for the Rowing Union")
	fmt.Println(a.ID, a.Role, ok)
	// Output: UNION official true
}
