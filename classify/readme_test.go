package classify_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/demarche/demarche/classify"
)

// The lexicon of the README does what the README says.
func TestReadmeLexicon(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 1)
	lex, err := classify.ReadLexicon(strings.NewReader(blocks[0][1]), "apology.yaml")
	require.NoError(t, err)
	c, err := classify.New(classify.WithLexicon(lex))
	require.NoError(t, err)
	for sentence, want := range map[string]bool{
		"The minister apologised to the families.": true,
		"We are deeply sorry for the delay.":       true,
		"The roads are in a sorry state.":          false,
		"The minister refused to apologise.":       false,
	} {
		assert.Equal(t, want, c.Sentence(sentence).Has("apology"), sentence)
	}
}
