package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
	"github.com/demarche/demarche/classify/highlight"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2024-03-18\nIt rained.":                          "2024-03-18",
		"Talks\n\n18 March 2024\n\nIt rained.":            "2024-03-18",
		"March 18, 2024\r\nIt rained.":                    "2024-03-18",
		"date 2024-03-18\nIt rained.":                     "2024-03-18",
		"Date: 18 Mar 2024\nIt rained.":                   "2024-03-18",
		"It rained on 18 March 2024.":                     "",
		"a\nb\nc\nd\ne\n2024-03-18":                       "",
		"2024-13-18\nIt rained.":                          "",
		"March 2024":                                      "",
		"":                                                "",
		"30 February 2024":                                "",
		"\u202818 March 2024 was when it rained, he said": "",
	} {
		got := textDate(text)
		if want == "" {
			assert.True(t, got.IsZero(), text)
			continue
		}
		assert.Equal(t, want, got.Format(time.DateOnly), text)
	}
	for name, want := range map[string]bool{
		"2024-03-18.txt": true, "a/2024-03-18-x.txt": true, "2024-03-181.txt": false, "2024-33-18.txt": false, "x-2024-03-18.txt": false,
	} {
		assert.Equal(t, want, !nameDate(name).IsZero(), name)
	}
}

// A date in JSON counts before that of the file's name, and that before one in
// the text.
func TestDateOrder(t *testing.T) {
	dir := folder(t, map[string]string{
		"2024-01-01.txt":   "3 March 2024\n\nOslo condemned Lima.",
		"2024-01-02.jsonl": `{"text":"Oslo condemned Rome.","date":"2024-02-02"}` + "\n" + `{"text":"3 March 2024\n\nOslo condemned Cuba."}`,
	})
	got, _, _, err := made(t, t.Context(), dir)
	require.NoError(t, err)
	for _, want := range []string{`2024-01-01,condemnation,,Oslo,NOR,Lima`, `2024-02-02,condemnation,,Oslo,NOR,Rome`, `2024-01-02,condemnation,,Oslo,NOR,Cuba`} {
		assert.Contains(t, got, want)
	}
}

func TestTimeline(t *testing.T) {
	at := func(days ...string) timeline {
		ty := tally{classifier: classify.Default()}
		for i, day := range days {
			d := deed{label: classify.Denial, act: i}
			if day != "" {
				date, err := time.Parse(time.DateOnly, day)
				require.NoError(t, err)
				d.date = date
			}
			ty.deeds = append(ty.deeds, d)
		}
		return ty.timeline()
	}
	rows := func(tl timeline) (list []string) {
		for _, p := range tl.Periods {
			row := p.Name
			for _, b := range p.Bars {
				row += fmt.Sprintf(" %d/%d", b.Count, b.Width)
			}
			list = append(list, row)
		}
		return list
	}
	assert.Empty(t, rows(at()))
	assert.Equal(t, 2, at("", "").Undated)
	assert.Equal(t, []string{"2024-02-28 0/0 0/0 1/50 0/0", "1 day without", "2024-03-01 0/0 0/0 2/100 0/0"}, rows(at("2024-03-01", "2024-02-28", "2024-03-01", "")))
	assert.Equal(t, []string{"2024-01 0/0 0/0 1/100 0/0", "10 months without", "2024-12 0/0 0/0 1/100 0/0"}, rows(at("2024-01-31", "2024-12-01")))
	assert.Equal(t, []string{"0987 0/0 0/0 1/100 0/0", "1036 years without", "2024 0/0 0/0 1/100 0/0"}, rows(at("0987-01-31", "2024-12-01")))
}

func TestHeat(t *testing.T) {
	assert.Equal(t, []step{{1, "1"}, {2, "2"}, {3, "3"}}, legend(3, 3))
	assert.Equal(t, []step{{1, "1–2"}, {2, "3–4"}, {3, "5–6"}, {4, "7–8"}, {5, "9 or more"}}, legend(10, 10))
	assert.Empty(t, legend(0, 0))
	assert.Equal(t, []step{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5 or more"}}, legend(2, 90))
	assert.Equal(t, []step{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5"}}, legend(5, 5))
	assert.Equal(t, heats, heat(1000, 1000))
	assert.Equal(t, heats, heat(1000, 2), "of the others there may be more")
	assert.Equal(t, heats, heat(1000, 20))
	assert.Equal(t, 1, heat(1, 1000))
}

// A colour has the parts red, green and blue, from 0 to 1 as in a style sheet.
type colour [3]float64

func (c colour) mix(other colour, share float64) (m colour) {
	for i := range c {
		m[i] = c[i]*share + other[i]*(1-share)
	}
	return m
}

func (c colour) luminance() float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Numbers can be read on every shade, and the shades of a label differ.
func TestContrast(t *testing.T) {
	light, dark, found := strings.Cut(style, "@media screen and (prefers-color-scheme: dark) {")
	require.True(t, found)
	dark, _, found = strings.Cut(dark, ".c0 {")
	require.True(t, found)
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		p, share := map[string]colour{}, map[string]float64{}
		for _, m := range regexp.MustCompile(`--(\w+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
			n, err := strconv.ParseUint(m[2], 16, 32)
			require.NoError(t, err)
			p[m[1]] = colour{float64(n>>16) / 255, float64(n>>8&0xff) / 255, float64(n&0xff) / 255}
		}
		for _, m := range regexp.MustCompile(`--(h\d): (\d+)%;`).FindAllStringSubmatch(css, -1) {
			n, err := strconv.Atoi(m[2])
			require.NoError(t, err)
			share[m[1]] = float64(n) / 100
		}
		require.Len(t, p, 8+2*colours)
		require.Len(t, share, heats-2)
		check := func(least float64, a, b colour, what string) {
			assert.GreaterOrEqual(t, contrast(a, b), least, "%s: %s", scheme, what)
		}
		for _, ink := range []string{"ink", "soft", "wrong"} {
			check(4.5, p[ink], p["page"], ink)
		}
		check(4.5, p["ink"], p["panel"], "ink on panel")
		check(3, p["focus"], p["page"], "focus")
		check(3, p["edge"], p["page"], "edge")
		for i := range colours {
			c, tint := p[fmt.Sprint("c", i)], p[fmt.Sprint("t", i)]
			check(4.5, p["on"], c, fmt.Sprint("on c", i))
			check(3, c, p["page"], fmt.Sprint("bar c", i))
			shades := []colour{tint, c.mix(tint, share["h2"]), c.mix(tint, share["h3"]), c.mix(tint, share["h4"]), c}
			for h, shade := range shades[:heats-1] {
				check(4.5, p["ink"], shade, fmt.Sprintf("ink on shade %d of c%d", h+1, i))
				check(1.1, shades[h+1], shade, fmt.Sprintf("shades %d and %d of c%d", h+1, h+2, i))
			}
		}
	}
}

// Labels have the colours that they have in marked text.
func TestPalette(t *testing.T) {
	colour := regexp.MustCompile(`--([ct][0-7]): (#[0-9a-f]{6});`)
	assert.Equal(t, colour.FindAllString(highlight.Style(), -1), colour.FindAllString(style, -1))
}

func TestNames(t *testing.T) {
	ty := tally{gazetteer: classify.DefaultGazetteer()}
	for text, want := range map[string]string{
		"":                     notNamed,
		"We":                   notNamed,
		"it":                   notNamed,
		"Ana Roe":              "Ana Roe",
		"the Orchard League":   "Orchard League",
		"The Orchard League’s": "Orchard League",
		"Roe’s war of choice":  "Roe",
		"Roe's":                "Roe",
		"the claim":            other,
		"Any such claim":       other,
		"The":                  "The",
	} {
		assert.Equal(t, want, ty.party(text, "").name, text)
	}
	assert.Equal(t, "China", ty.party("Beijing", "CHN").name)
	assert.Equal(t, "China (protesters)", ty.party("marchers", "CHN/crowd").name)
}
