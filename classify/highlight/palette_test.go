package highlight

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A colour has the parts red, green and blue, linear in light, from 0 to 1.
type colour [3]float64

func hexColour(t *testing.T, hex string) (c colour) {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	require.NoError(t, err)
	for i := range c {
		v := float64(n>>(16-8*i)&0xff) / 255
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b colour) float64 {
	luminance := func(c colour) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// palettes reads the colours of the style sheet, the light ones and the dark.
func palettes(t *testing.T) map[string]map[string]colour {
	t.Helper()
	light, dark, found := strings.Cut(baseStyle, "@media screen and (prefers-color-scheme: dark) {")
	require.True(t, found)
	dark, _, found = strings.Cut(dark, ".demarche-page")
	require.True(t, found)
	all := map[string]map[string]colour{"light": {}, "dark": {}}
	for name, css := range map[string]string{"light": light, "dark": dark} {
		for _, m := range regexp.MustCompile(`--(\w+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
			all[name][m[1]] = hexColour(t, m[2])
		}
		require.Len(t, all[name], 7+2*colours)
	}
	return all
}

// Text has the contrast that WCAG level AA asks for, 4.5, and lines and borders
// that say something have 3.
func TestContrast(t *testing.T) {
	const text, line = 4.5, 3
	for name, p := range palettes(t) {
		check := func(least float64, ink, ground string) {
			ratio := contrast(p[ink], p[ground])
			assert.GreaterOrEqual(t, ratio, least, "%s: --%s on --%s", name, ink, ground)
		}
		for _, ground := range []string{"page", "panel"} {
			check(text, "ink", ground)
			check(text, "soft", ground)
			check(line, "focus", ground)
			check(line, "edge", ground)
		}
		for i := range colours {
			c, tint := fmt.Sprint("c", i), fmt.Sprint("t", i)
			check(text, "on", c)       // label of an act
			check(text, c, "page")     // label of a mention, tags of sources and targets
			check(text, c, "panel")    // head of a trace
			check(text, "ink", tint)   // a cue
			check(line, c, tint)       // its border, and underlines within it
			check(line, "focus", tint) // around what the keyboard reached
			check(text, "soft", tint)  // a number in a cue
		}
	}
}

// deficiencies are what people see who lack one of the three kinds of cones
// (Machado, Oliveira and Fernandes 2009, severity 1).
var deficiencies = map[string][3]colour{
	"none":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func seen(c colour, with [3]colour) (out colour) {
	for i, row := range with {
		out[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

// difference is the distance of two colours in Oklab. A just noticeable one is
// about 0.02.
func difference(a, b colour) float64 {
	lab := func(c colour) [3]float64 {
		l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
		m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
		s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
		return [3]float64{
			0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
			1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
			0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
		}
	}
	x, y := lab(a), lab(b)
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// The built-in labels can be told apart by everybody, three times as well as
// just noticeably.
func TestColourBlindness(t *testing.T) {
	for name, p := range palettes(t) {
		for kind, matrix := range deficiencies {
			for i := range 4 {
				for j := range i {
					a, b := fmt.Sprint("c", j), fmt.Sprint("c", i)
					d := difference(seen(p[a], matrix), seen(p[b], matrix))
					assert.GreaterOrEqual(t, d, 0.06, "%s, %s: --%s and --%s", name, kind, a, b)
				}
			}
		}
	}
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	white, black, grey := hexColour(t, "ffffff"), hexColour(t, "000000"), hexColour(t, "767676")
	assert.InDelta(t, 21, contrast(white, black), 1e-9)
	assert.InDelta(t, 4.54, contrast(grey, white), 0.005)
	assert.InDelta(t, 1, contrast(grey, grey), 1e-9)
}
