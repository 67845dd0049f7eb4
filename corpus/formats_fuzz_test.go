package corpus_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// fuzzFormat checks that a reader takes whatever it is given, and that what it
// accepts is written, in any format that can hold it, and read back the same.
func fuzzFormat(f *testing.F, n int, seeds ...string) {
	out, err := allFormats[n].write(zoo())
	require.NoError(f, err)
	f.Add(out)
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		sentences, err := allFormats[n].read(in)
		if err != nil {
			require.Nil(t, sentences)
			require.NotEmpty(t, err.Error())
			return
		}
		for _, format := range allFormats {
			out, err := format.write(sentences)
			if err != nil {
				continue // it cannot hold them, and has checked that itself
			}
			back, err := format.read(out)
			require.NoError(t, err, format.name)
			require.Equal(t, len(sentences), len(back), format.name)
			for i := range sentences {
				require.Equal(t, sentences[i], back[i], format.name)
			}
		}
	})
}

func FuzzReadBrat(f *testing.F) {
	fuzzFormat(f, 0, "Oslo slammed it.\n"+bratGap+"T1\tdenial 0 4;5 12\tOslo slammed\nT2\tx 0 4\nR1\tsource Arg1:T1 Arg2:T2\nA1\tMentioned T1\n")
}

func FuzzReadDoccano(f *testing.F) {
	fuzzFormat(f, 1, `{"id":1,"text":"💥 Oslo","label":[[0,1,"denial"],[2,6,"source"]]}`)
}

func FuzzReadLabelStudio(f *testing.F) { fuzzFormat(f, 2, studioExport) }

func FuzzReadCSV(f *testing.F) {
	fuzzFormat(f, 3, "id;text;label;x\n1;'-Oslo;denial;'''=\n", "id\ttext\tlabel\n\"a\nb\"\tx\t\n",
		"id,text,label\n1,\x00Oslo\u2028slammed it,denial\n")
}
