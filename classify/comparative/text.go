package main

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
)

// paragraphs is news and briefing text written for this benchmark, with
// ordinary sentences for the most part. Names and numbers are places to fill.
//
//go:embed text.txt
var paragraphs string

var places = regexp.MustCompile(`\{[A-Z]\}`)

// madeUpText repeats the paragraphs, in another order and with other names each
// time, up to about size bytes. It is the same text on every call.
func madeUpText(size int) string {
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(from []string) string { return from[rng.IntN(len(from))] }
	name := func() string { // an open vocabulary, as that of names is
		s := pick(onsets)
		for range 1 + rng.IntN(2) {
			s += pick(vowels) + pick(codas)
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var b strings.Builder
	all := strings.Split(strings.TrimSpace(paragraphs), "\n\n")
	for b.Len() < size {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, p := range all {
			b.WriteString(places.ReplaceAllStringFunc(p, func(place string) string {
				switch place {
				case "{P}":
					return pick(firstNames) + " " + name()
				case "{U}":
					return strings.ToUpper(name())
				case "{O}":
					return name() + pick([]string{" & Sons", " Group", " Holding", "", ""})
				case "{N}":
					return name() + pick([]string{"ia", "land", "stan", "o"})
				case "{D}":
					return fmt.Sprint(2 + rng.IntN(900))
				case "{Y}":
					return pick(weekdays)
				case "{F}":
					return pick(months)
				case "{M}":
					return fmt.Sprint(pick(months), " ", 1+rng.IntN(28))
				}
				return name() // {C}, a city, and {S}, a surname
			}))
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

var (
	onsets     = strings.Fields("b br ch d dr f g gr h j k kl l m n p pr r s st t tr v w z")
	vowels     = strings.Fields("a e i o u ai ei ou")
	codas      = strings.Fields("b ck d l ll m n nd r rk s st t v z")
	firstNames = strings.Fields("Ana Boris Chloe David Elena Farid Grace Hana Ivan Julia Karim Lena Marco Nadia Omar Petra Rosa Samir Tara Victor")
	weekdays   = strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	months     = strings.Fields("January February March April May June July August September October November December")
)

// loadText returns the text of the named file, or the made-up one without a
// name.
func loadText(name string) (string, error) {
	if name == "" {
		return madeUpText(500_000), nil
	}
	data, err := os.ReadFile(name)
	if err == nil && len(data) == 0 {
		err = fmt.Errorf("%s is empty", name)
	}
	return string(data), err
}
