package segment

import "strings"

// The tables of this file are what the engine knows about English words. They are about where sentences end, never
// about what sentences mean: words that carry meaning live in the lexicons.

// abbrKind says how a word with a full stop behaves when a capital follows it. Before a lower-case word no full stop
// ends a sentence.
type abbrKind uint8

const (
	notAbbr  abbrKind = iota
	title             // stands before a name, so it never ends a sentence: Gen. Milley
	joint             // joins what is around it, so it never ends a sentence: i.e., vs., Roe v. Wade
	ordinary          // ends a sentence only if the next word is one that starts sentences: Inc., U.S.
	proper            // like ordinary, but only an abbreviation if written with a capital: Miss., Sun.
	counter           // an abbreviation only before a number: No. 10, Art. IV
	month             // an abbreviation before a number; else it ends the sentence: Jan. 6
	clock             // ends a sentence unless a time zone or a day follows: 5 p.m. Monday
	initial           // one letter: J. D. Vance
	capitalI          // the word I, or an initial
)

// abbreviations lists, by kind, words that are written with a full stop. Words in capitals match too (MR., SEN.).
var abbreviations = map[abbrKind]string{
	title: `mr mrs ms mx messrs mme mlle dr drs prof profs pres gov govs lt sen sens rep reps amb rev msgr hon
		gen gens col cols maj capt cmdr cdr comdr sgt sgts cpl pvt pfc spc adm adms brig ens wo cwo cpo tsgt ssgt
		supt insp det dep asst assoc atty ald sec'y secy fr bp abp ven sra srta h.e`,

	joint: `i.e e.g ie eg cf viz vs v a.k.a aka approx`,

	ordinary: `jr sr esq inc ltd co corp cos llc llp plc bros mfg pty pte gmbh n.v s.a u.s u.n u.k e.u d.c
		ph.d ph.d.s m.d ed.d ll.m ll.b dept depts gov't govt int'l intl nat'l natl univ assn ass'n cmte subcmte
		hosp inst intl admin est al ret ave blvd rd hwy pkwy bldg ct cir supp cong resp incl excl misc
		st ste mt ft pt min avg temp tel ext orig transl trans eds dist`,

	proper: `ala ariz ark calif cal colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont
		neb nebr nev okla ore pa penn tenn tex vt va wash wis wisc wyo ont que alta sask
		mon tue tues wed thu thur thurs fri sat sun
		yu ye ya kh zh sh ts dzh`,

	counter: `no nos art arts sec secs fig figs vol vols ch chap chaps para paras par p pp cl ex eq app bk
		res reg ord rule stat rm apt rte c ca circa sched tab ann`,

	month: `jan feb mar apr jun jul aug sep sept oct nov dec`,

	clock: `a.m p.m am pm`,
}

// starters lists words that, written with a capital after an abbreviation, start a sentence, since inside a sentence
// they would be in lower case. Words that also start proper names (May, Will, First) are left out.
const starters = `the a an this that these those such
	he she it we they i you his her its our their my your who whom whose which what when where why how
	in on at by for from with without over of to into as after before during since until till while amid among
	between against within despite following beyond upon unlike like
	if although though because but and or so yet nor unless whether
	however moreover meanwhile furthermore therefore thus hence nevertheless nonetheless instead otherwise indeed
	besides additionally finally eventually recently earlier later then there here now today tomorrow yesterday
	tonight once again also still even only just perhaps maybe
	some any many much most several few all both each every either neither no not another others one two three four
	five six seven eight nine ten dozens hundreds thousands millions more less
	is are was were be been do does did has have had can could would should must let asked speaking according
	it's that's he's she's they're we're there's i'm i've we've you're don't let's what's here's isn't didn't it'll
	we'll they've you've i'll he'd i'd we'd who's
	well yes yeah okay ok oh please thank thanks look`

// labels lists words that are followed by a letter as a name: plan B. After them a single letter is no initial.
const labels = `plan option vitamin group type hepatitis influenza appendix annex team class grade phase point exhibit
	part section article figure table level category schedule zone list tier pillar block schedule entity unit form`

// zones lists what may follow 5 p.m. inside a sentence.
const zones = `et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eet eest msk ist jst kst hst akst
	akdt aest aedt eastern central pacific mountain greenwich zulu local
	monday tuesday wednesday thursday friday saturday sunday
	mon tue tues wed thu thur thurs fri sat sun
	january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec`

// exclaimers lists names that are written with an exclamation mark.
const exclaimers = `yahoo yum jeopardy oklahoma`

// speakers lists verbs, and speakerLinks words that may stand among the names before them, by which the words after a
// quoted question are recognised as its attribution: “Is it war?” Foreign Minister Sergei Lavrov asked.
const (
	speakers = `said says say asked asks ask added adds told tells wrote writes tweeted tweets posted replied replies
		responded responds answered exclaimed shouted yelled cried continued wondered quipped joked demanded inquired
		declared insisted retorted remarked recalled mused warned noted`
	speakerLinks = `of the for and to at bin al de von van der den el spokesman spokeswoman spokesperson minister
		chief secretary president ambassador adviser advisor leader then later also once rhetorically`
	speakerTails = `in on at to during after before as when while with via of by from last this rhetorically
		reporters monday tuesday wednesday thursday friday saturday sunday`
)

// directions lists words that make a remark in brackets a stage direction of a transcript.
const directions = `applause laughter laughs laughing cheers cheering booing boos crosstalk cross-talk inaudible
	indiscernible unintelligible audience gap break pause pauses gavel chuckles sings singing music translated
	interpreter interpretation video playing ends begins`

var (
	abbrTable      = abbrIndex()
	starterSet     = wordSet(starters)
	labelSet       = wordSet(labels)
	zoneSet        = wordSet(zones)
	exclaimerSet   = wordSet(exclaimers)
	speakerSet     = wordSet(speakers)
	speakerLinkSet = wordSet(speakerLinks)
	speakerTailSet = wordSet(speakerTails)
	directionSet   = wordSet(directions)
)

// pronounI holds the words that are always written with a capital.
var pronounI = wordSet(`i i'm i've i'd i'll`)

// maxWord is the length in bytes of the longest word that any table may hold.
const maxWord = 16

func abbrIndex() map[string]abbrKind {
	m := make(map[string]abbrKind)
	for kind, words := range abbreviations {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	return m
}

func wordSet(words string) map[string]struct{} {
	m := make(map[string]struct{})
	for w := range strings.FieldsSeq(words) {
		m[w] = struct{}{}
	}
	return m
}

// fold writes w in lower case, with straight apostrophes, into buf and returns its length, or 0 if w is too long for
// any table. Only ASCII is folded: the tables hold nothing else.
func fold(buf *[maxWord]byte, w string) int {
	n := 0
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c == 0xE2 && strings.HasPrefix(w[i:], "’") {
			c = '\''
			i += 2
		}
		if n == maxWord {
			return 0
		}
		if isUpperASCII(c) {
			c |= 0x20
		}
		buf[n] = c
		n++
	}
	return n
}

// in says whether w, whatever its case, is a word of set.
func in(set map[string]struct{}, w string) bool {
	var buf [maxWord]byte
	n := fold(&buf, w)
	_, ok := set[string(buf[:n])]
	return ok
}

// lookup returns the kind of the abbreviation w, given without its last full stop.
func lookup(w string) abbrKind {
	var buf [maxWord]byte
	n := fold(&buf, w)
	if n == 0 || n > 8 {
		return notAbbr
	}
	kind := abbrTable[string(buf[:n])]
	if kind == proper && n == 2 && isUpperASCII(w[1]) { // MD is no Md.
		return notAbbr
	}
	if isLowerASCII(w[0]) {
		switch kind {
		case title: // "the sales rep. They", but "see gen. Milley"
			return ordinary
		case proper, month: // "he sat. They"
			return notAbbr
		}
		if n == 2 && kind == clock { // "I am. They"
			return notAbbr
		}
	}
	return kind
}
