package corpus_test

import (
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/corpus"
)

func TestHeadOverlap(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Hua", "Hua Chunying", true},
		{"Foreign Ministry spokeswoman Hua Chunying", "Chunying", true},
		{"the United States", "United States", true},
		{"THE KREMLIN", "Kremlin’s", true},
		{"Beijing's", "Beijing", true},
		{"officials’", "Chinese officials", true},
		{"the United States and NATO", "NATO", true},
		{"“critics,”", "critics", true},
		{"U.S.", "the U.S. government", true},
		{"Russia", "Russian officials", false},
		{"China", "the United States", false},
		{"Foreign Ministry", "Foreign Office", false},
		{"the", "the", false},
		{"", "Beijing", false},
		{"", "", false},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, corpus.HeadOverlap(tt.a, tt.b), "%q, %q", tt.a, tt.b)
	}
}

func TestHeadOverlapProperties(t *testing.T) {
	vocabulary := []string{"the", "a", "Hua", "hua’s", "Ministry", "of", "—", "NATO's", "US", "and"}
	name := func(picks []uint8) string {
		s := ""
		for _, p := range picks[:min(len(picks), 4)] {
			s += vocabulary[int(p)%len(vocabulary)] + " "
		}
		return s
	}
	symmetrical := func(a, b []uint8) bool {
		return corpus.HeadOverlap(name(a), name(b)) == corpus.HeadOverlap(name(b), name(a))
	}
	require.NoError(t, quick.Check(symmetrical, nil))
	reflexive := func(a []uint8) bool {
		return corpus.HeadOverlap(name(a)+"Hua", name(a)+"Hua") && corpus.HeadOverlap(name(a)+"Hua", "the Hua’s")
	}
	require.NoError(t, quick.Check(reflexive, nil))
}
