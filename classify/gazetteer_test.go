package classify_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// phrases and the ids of their actors; "" for nobody.
var phraseActors = []struct{ name, pairs string }{
	{"one actor", `
		Beijing = CHN
		Chinese officials = CHN
		the Foreign Ministry in Beijing = CHN
		China's Foreign Ministry = CHN
		China’s Foreign Ministry = CHN
		China´s Foreign Ministry = CHN
		the People's Liberation Army = CHN`},
	{"longest name", `
		Guinea = GIN
		Guinea-Bissau = GNB
		Equatorial Guinea = GNQ
		Papua New Guinea = PNG
		Papua New Guinean officials = PNG
		Niger = NER
		Nigerien soldiers = NER
		Nigeria = NGA
		Nigerian soldiers = NGA
		Dominica = DMA
		the Dominican Republic = DOM
		North Korean officials = PRK
		South Korean officials = KOR
		South Sudan = SSD
		South Africa = ZAF
		Northern Cyprus = NCYPRUS
		Northern Ireland = GB-NIR
		Trinidad and Tobago = TTO
		Bosnia and Herzegovina = BIH
		the United Arab Emirates = ARE
		Chinese Taipei = TWN
		the Republic of China = TWN
		the People’s Republic of China = CHN
		American Samoa = ASM
		Islamic State militants = IS
		the Islamic Republic = IRN
		New Mexico = US-NM`},
	{"shared names", `
		Georgia = GEO
		Georgian officials = GEO
		the Georgia legislature = US-GA/parliament
		the state of Georgia = US-GA
		Congo = COD
		DR Congo = COD
		the Republic of Congo = COG
		Brazzaville = COG
		Korean officials = KOR
		Korea = KOR
		the Korean peninsula =
		Washington = USA
		Washington state = US-WA
		Dominican officials = DOM`},
	{"capitals", `
		US = USA
		U.S. = USA
		the U.S = USA
		us =
		Us =
		Turkey = TUR
		TURKEY = TUR
		turkey =
		Polish farmers = POL/people
		polish =
		WHO = WHO
		who =
		Cote d'Ivoire = CIV
		Côte d’Ivoire = CIV
		the Élysée = FRA
		the E\u0301lyse\u0301e = FRA
		the Elysee Palace = FRA`},
	{"metonyms and organs", `
		the Kremlin = RUS
		Kremlin propaganda = RUS
		Downing Street = GBR
		Foggy Bottom = USA
		Pentagon officials = USA
		the White House = USA
		the Knesset = ISR/parliament
		Capitol Hill = USA/parliament
		Congress = USA/parliament
		Peru's Congress = PER/parliament
		Russia's Security Council = RUS
		the Turkish Red Crescent = TUR
		the UN Security Council = UNSC
		the Lebanese Hezbollah = HEZBOLLAH
		the European Commission = EU
		the European Parliament = EU/parliament
		Brussels = EU`},
	{"longer names", `
		Washington Post = WAPO
		the Washington Monument =
		Paris Saint-Germain =
		American Airlines = AMERICANAIRLINES
		Canadian Pacific =
		Radio Tirana =
		New Paris =
		Michael Jordan =
		South China Sea =
		the Paris Agreement =
		the Minsk agreements =
		Native Americans =
		Bank of America =
		the Bank of England = GBR
		Paris Hilton =
		Make America Great Again =
		Boston police =`},
	{"embassies", `
		the Russian embassy in London = RUS
		the U.S. embassy in Moscow = USA
		the embassy in London = embassy
		China's ambassador to the United States = CHN
		China's UN ambassador = CHN
		the ambassador of France = FRA`},
	{"crowds", `
		protesters in Tehran = IRN/crowd
		Iranian protesters = IRN/crowd
		protesters = crowd
		anti-government protesters = crowd
		anti-Russian protesters = crowd`},
	{"roles", `
		critics = critic
		government critics = critic
		Beijing's critics = critic
		critics of Beijing = critic
		Chinese critics = CHN/critic
		Kremlin critics = critic
		Kremlin officials = RUS
		China experts = expert
		Chinese experts = CHN/expert
		the police = police
		police in Hong Kong = HKG
		the Ankara public prosecutor's office = TUR/court
		Moscow police = RUS
		troops in Mali = military
		Malian troops = MLI
		the Lesotho Defence Force = LSO
		the government of Iran = IRN
		an opposition spokesman in Caracas = VEN/opposition
		the head of the Iranian parliament = IRN/parliament
		a spokesman for the Chinese foreign ministry = CHN
		a spokesman for the opposition = opposition
		a spokesman for Kofi Example =
		former Russian officials = RUS/former
		Chinese state media = CHN/media
		US allies = USA/rival
		your allies =
		the Supreme Court = court
		Israel's Supreme Court = ISR/court
		an Israeli company = ISR/company
		members of Hamas = HAMAS
		Hamas fighters = HAMAS
		the Taliban government = TALIBAN
		Republican senators = REPUBLICANS
		Western governments = WEST
		western officials = WEST`},
	{"people", `
		the Russians = RUS
		Russians = RUS/people
		a Russian = RUS/people
		the Chinese = CHN
		every American = USA/people
		many Chinese = CHN/people
		many Chinese officials = CHN
		two Danes = DNK/people
		Danes = DNK/people
		the Danes = DNK
		Republicans = REPUBLICANS`},
	{"titles and names", `
		Russian President Vladimir Putin = RUS
		President Putin =
		Saudi Crown Prince Mohammed bin Salman = SAU
		Egyptian President Abdel-Fattah al-Sisi = EGY
		NATO Secretary General Jens Stoltenberg = NATO
		UN rights chief Ann Example = OHCHR
		the EU's Borrell = EU
		Germany's Scholz = DEU
		Jordan's King Abdullah = JOR
		Dr. King =
		the Biden administration = USA
		the Example administration =`},
	{"deeds", `
		Russia's invasion of Ukraine = RUS
		the Israeli strike on Gaza = ISR
		the attack on Gaza by Israel = ISR
		US sanctions = USA
		further Russian aggression against Ukraine = RUS
		the policies of Iran = IRN
		pressure from Washington = USA
		Chinese state media reports = CHN/media
		China's media crackdown = CHN
		Chinese migrant policy = CHN
		Iran's terrorist activities = IRN
		Russia's public threats = RUS
		Iranian opposition demands = IRN/opposition
		the Israeli military's silence = ISR
		the American public = USA/people
		the Ukraine crisis =
		the Ukrainian crisis =
		Paris attacks =
		the attack on Ukraine =
		police violence =
		military action =
		the new police's violence = police
		the police's silence = police
		these allegations =`},
	{"compounds", `
		pro-Russian separatists = rebels
		the US-led coalition =
		the U.S.-backed fighters = rebels
		Franco-German talks =
		the Israel/Palestine question =`},
	{"several", `
		France and Germany = FRA
		the US and its allies = USA
		foreign and defence ministers of Chile = CHL`},
	{"nobody", `
		=
		We =
		it =
		the =
		of =
		the attack =
		, =
		- - - =
		the climate =`},
}

func TestGazetteer(t *testing.T) {
	g := classify.DefaultGazetteer()
	for _, group := range phraseActors {
		t.Run(group.name, func(t *testing.T) {
			for line := range strings.Lines(strings.TrimSpace(group.pairs)) {
				phrase, want, ok := strings.Cut(strings.TrimSpace(line), "=")
				require.True(t, ok, line)
				phrase = strings.ReplaceAll(strings.TrimSpace(phrase), `\u0301`, "\u0301")
				a, found := g.Find(phrase)
				assert.Equal(t, strings.TrimSpace(want), a.ID, phrase)
				assert.Equal(t, a.ID != "", found, phrase)
			}
		})
	}
}

func TestFindInText(t *testing.T) {
	g := classify.DefaultGazetteer()
	for _, tt := range []struct{ text, name, want string }{
		{"Chilean President Ana Example spoke.", "Ana Example", "CHL"},
		{"The Chilean Foreign Ministry spokesman Example spoke.", "Example", "CHL"},
		{"Ana Example, a Chilean foreign ministry spokeswoman, said so.", "Ana Example", "CHL"},
		{"Ana Example, spokeswoman for the Foreign Ministry in Santiago, said so.", "Ana Example", "CHL"},
		{"Ana Example, the Chilean president and Jo Sample met.", "Ana Example", ""},
		{"Peru met Chilean officials. Example spoke.", "Example", ""},
		{"Ana Example, Chile and Peru met.", "Ana Example", ""},
		{"Chilean Mines Minister Ana Example spoke.", "Ana Example", "CHL"},
		{"Prime Minister Ana Example of Chile spoke.", "Ana Example", "CHL"},
		{"Prime Minister Ana Example of the Example Party spoke.", "Ana Example", ""},
		{"Example Mines Minister Ana Example spoke.", "Ana Example", ""},
		{"President Ana Example spoke.", "Ana Example", ""},
		{"They warned protesters in Tehran on Monday.", "protesters", "IRN/crowd"},
		{"The government of Chile spoke.", "The government", "CHL"},
		{"Protesters in Tehran burned flags.", "Protesters", "IRN/crowd"},
		{"They condemned the raid on Gaza by Israel.", "the raid", ""},
		{"They condemned the raid by Israel.", "the raid", "ISR"},
		{"They condemned critics in a speech in Lima.", "critics", "critic"},
		{"The UN Support Mission in Libya warned them.", "The UN Support Mission", "UNSMIL"},
		{"The UN mission in Oslo warned them.", "The UN mission", "UN"},
		{"They blamed Washington Post reporters.", "Washington", "WAPO"},
		{"Minister Ana Example of supporting Chile spoke.", "Ana Example", ""},
		{"They met the Danes.", "Danes", "DNK"},
		{"They met two Danes.", "Danes", "DNK/people"},
		{"Chilean President, she said.", "she", ""},
	} {
		i := strings.Index(tt.text, tt.name)
		a, _ := g.FindIn(tt.text, i, i+len(tt.name))
		assert.Equal(t, tt.want, a.ID, "%s in %s", tt.name, tt.text)
	}
	assert.Panics(t, func() { g.FindIn("short", 2, 9) })
}

func TestActorValues(t *testing.T) {
	g := classify.DefaultGazetteer()
	for phrase, want := range map[string]classify.Actor{
		"China":                {ID: "CHN", Name: "China", Kind: classify.KindState},
		"Chinese diplomats":    {ID: "CHN", Name: "China", Kind: classify.KindState, Role: "embassy"},
		"Chinese protesters":   {ID: "CHN/crowd", Name: "China (protesters)", Kind: classify.KindRole, Role: "crowd", Of: "CHN"},
		"critics":              {ID: "critic", Name: "critics", Kind: classify.KindRole, Role: "critic"},
		"the Security Council": {ID: "UNSC", Name: "UN Security Council", Kind: classify.KindOrganisation, Of: "UN"},
	} {
		a, ok := g.Find(phrase)
		require.True(t, ok, phrase)
		assert.Equal(t, want, a)
		b, ok := g.Actor(a.ID)
		require.True(t, ok, a.ID)
		assert.Equal(t, a.Name, b.Name)
	}
	for _, id := range []string{"", "/", "XYZ", "CHN/", "/crowd", "CHN/CHN", "crowd/CHN", "CHN/official", "CHN/xyz", "XYZ/crowd"} {
		_, ok := g.Actor(id)
		assert.False(t, ok, id)
	}
}

// The member states of the United Nations are 193; Kosovo, Palestine, Taiwan
// and the Holy See are the others listed as states.
func TestBuiltinActors(t *testing.T) {
	g, err := classify.NewGazetteer()
	require.NoError(t, err)
	states, ids := 0, map[string]bool{}
	for a := range g.Actors() {
		require.False(t, ids[a.ID], a.ID)
		ids[a.ID] = true
		if a.Kind == classify.KindState {
			states++
			assert.Regexp(t, `^[A-Z]{3}$`, a.ID)
		}
		if a.Kind == classify.KindRole {
			continue
		}
		found, ok := g.Find(a.Name)
		assert.True(t, ok, a.Name)
		assert.Equal(t, a.ID, found.ID, a.Name)
	}
	assert.Equal(t, 197, states)
	for a := range g.Actors() {
		if a.Of != "" {
			assert.True(t, ids[a.Of], a.Of)
		}
	}
}

// Each adjective, demonym, capital and organ of a state leads back to it.
func TestStateWords(t *testing.T) {
	lists, err := classify.LoadActors(os.DirFS("actors"), "states.yaml", "territories.yaml")
	require.NoError(t, err)
	g := classify.DefaultGazetteer()
	for _, list := range lists {
		for _, e := range list.Actors {
			owner := func(phrase string) string {
				a, _ := g.Find(phrase)
				return strings.Split(a.ID, "/")[0]
			}
			for _, w := range slices.Concat(e.Names, e.Capitals) {
				assert.Equal(t, e.ID, owner(w), w)
				assert.Equal(t, e.ID, owner(strings.TrimSuffix(w, "'s")+"'s decision"), w)
			}
			for _, w := range e.Adjectives {
				assert.Equal(t, e.ID, owner(w+" officials"), w)
			}
			for _, w := range e.Demonyms {
				assert.Equal(t, e.ID, owner("the "+w), w)
			}
			for _, organ := range e.Organs {
				for _, w := range organ {
					assert.Equal(t, e.ID, owner("the "+w), w)
				}
			}
		}
	}
}

func TestFindMakesNoGarbage(t *testing.T) {
	g := classify.DefaultGazetteer()
	text := "A spokeswoman for the Chinese Foreign Ministry, Ana Example, a Chilean, warned protesters in Tehran."
	at := strings.Index(text, "Ana")
	find := func() {
		g.Find("a spokeswoman for the Chinese Foreign Ministry in Beijing")
		g.Find("protesters in Tehran")
		g.FindIn(text, at, at+len("Ana Example"))
	}
	find()
	assert.Zero(t, testing.AllocsPerRun(100, find))
}

func BenchmarkFind(b *testing.B) {
	g := classify.DefaultGazetteer()
	phrases := []string{"Beijing", "Chinese officials", "the Foreign Ministry in Beijing", "We", "Russia's invasion of Ukraine"}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range phrases {
			g.Find(p)
		}
	}
}

func FuzzFind(f *testing.F) {
	g := classify.DefaultGazetteer()
	f.Add("U.S. Secretary of State Ann Example, a Dane, warned the E\u0301lyse\u0301e's al-Qaeda.", 5, 30)
	f.Add("000000000000000000000000000 EX", 29, 30)
	f.Add("the \xff' 's. 'U.S", 0, 3)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if start < 0 || start > end || end > len(text) {
			t.Skip()
		}
		if a, ok := g.FindIn(text, start, end); ok {
			b, known := g.Actor(a.ID)
			require.True(t, known)
			require.Equal(t, a.ID, b.ID)
		}
	})
}
