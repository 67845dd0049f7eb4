package corpus_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/corpus"
)

func TestFurniture(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"paragraphs", "It rained.\n\nAdvertisement\n\nStory continues below advertisement\n\nIt stopped.", []string{"Advertisement", "Story continues below advertisement"}},
		{"lines", "It rained.\nADVERTISEMENT\r\n  Story continues below… \nIt stopped.", []string{"ADVERTISEMENT", "Story continues below…"}},
		{"at either end", "Read more:\n\nIt rained.\n\nShare this article", []string{"Read more:", "Share this article"}},
		{"after a quote", "“It rained.”\nAdvertisement\nShe left.", []string{"Advertisement"}},
		{"newsletter", "It rained.\n\nSign up for our daily newsletter and never miss a story\n\nIt stopped.", []string{"Sign up for our daily newsletter and never miss a story"}},
		{"date", " date 2022-03-18 “It rained.”", []string{"date 2022-03-18"}},
		{"date, then a phrase", "date 2022-03-18 Advertisement\nIt rained.", []string{"date 2022-03-18", "Advertisement"}},

		{"in a sentence", "The advertisement was banned.\n\nAdvertisement is an art.", nil},
		{"in a wrapped sentence", "He told them to\nread more\nand write less.", nil},
		{"an invitation too long to be one", "Sign up for" + strings.Repeat(" one thing", 10) + " or updates.", nil},
		{"sign up for something else", "Sign up for the army, he told them.", nil},
		{"date elsewhere", "It rained.\ndate 2022-03-18 was dry.", nil},
		{"no such date", "date 2022-13-18 it rained.", nil},
		{"longer number", "date 2022-03-181 it rained.", nil},
		{"empty", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range corpus.Furniture(tt.text) {
				assert.Equal(t, tt.text[s.Start:s.End], s.Text)
				got = append(got, s.Text)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestMask(t *testing.T) {
	assert.Equal(t, "                 Été.\n\n             \n\nEnd.", corpus.Mask(" date 2022-03-18 Été.\n\nAdvertisement\n\nEnd."))
}

func FuzzMask(f *testing.F) {
	f.Add(" date 2022-03-18 “Été.”\n\nAdvertisement\n\nEnd.")
	f.Add("date 2022-03-18 date 2022-03-18 Read more\rRead more…\nx\nAd")
	f.Add("a\xff\n\nAd\xff\n\u00a0Ad\u2003\n")
	f.Fuzz(func(t *testing.T, text string) {
		masked := corpus.Mask(text)
		require.Len(t, masked, len(text))
		require.Equal(t, utf8.ValidString(text), utf8.ValidString(masked))
		for i := range len(text) {
			require.True(t, masked[i] == text[i] || masked[i] == ' ')
		}
		require.Equal(t, strings.Count(text, "\n"), strings.Count(masked, "\n"), "lines stay lines")
		require.Empty(t, corpus.Furniture(masked), "all of it is masked at once")
	})
}
