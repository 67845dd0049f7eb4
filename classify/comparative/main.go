// Command comparative measures Demarche next to other ways to read a text: the
// bare splitting into words, regular expressions, sentiment scores, tagging and
// stemming. It prints a table in Markdown.
//
//	go run .                    # over a made-up text of half a megabyte
//	go run . -text news.txt     # over your own
//	go test -bench .            # the same as a Go benchmark
//
// All run on one core, in turns, several times; the best of each counts, since
// whatever else the machine does can only make a run slower. It is a module of
// its own, so that the library does not depend on the others.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

func main() {
	file := flag.String("text", "", "`file` to read instead of the made-up text")
	rounds := flag.Int("rounds", 7, "how often each is measured")
	flag.Parse()
	if err := run(os.Stdout, *file, *rounds, 300*time.Millisecond); err != nil {
		fmt.Fprintln(os.Stderr, "comparative:", err)
		os.Exit(1)
	}
}

// run measures all peers on one core and writes the table.
func run(w io.Writer, file string, rounds int, each time.Duration) error {
	text, err := loadText(file)
	if err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	speeds := compare(text, rounds, each)
	of := "made-up news and briefings"
	if file != "" {
		of = file
	}
	fmt.Fprintf(w, "%s, %s, one core, %s; %.1f MB of %s.\n\n", time.Now().Format("2 January 2006"), machine(), runtime.Version(), float64(len(text))/1e6, of)
	return writeTable(w, speeds)
}

// compare returns the best speed of each peer, in bytes a second.
func compare(text string, rounds int, each time.Duration) []float64 {
	reads := make([]func() int, len(peers))
	for i, p := range peers {
		reads[i] = p.prepare(text)
		reads[i]() // fill caches
	}
	best := make([]float64, len(peers))
	for range rounds {
		for i, read := range reads {
			runtime.GC()
			n := 0
			start := time.Now()
			for n == 0 || time.Since(start) < each {
				read()
				n++
			}
			best[i] = max(best[i], float64(n*len(text))/time.Since(start).Seconds())
		}
	}
	return best
}

// writeTable writes the speeds, in bytes a second, in the order of peers.
func writeTable(w io.Writer, speeds []float64) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "| | what it does | MB/s | of the word pass | Demarche is |")
	fmt.Fprintln(b, "| --- | --- | ---: | ---: | ---: |")
	yardstick, own := speeds[0], speeds[0]
	for i, p := range peers {
		if p.name == "Demarche" {
			own = speeds[i]
		}
	}
	for i, p := range peers {
		name := p.name
		switch {
		case p.name == "Demarche":
			name = "**Demarche**"
		case p.module != "":
			name = fmt.Sprintf("`%s` %s", strings.TrimPrefix(p.module, "github.com/"), version(p.module))
		}
		fmt.Fprintf(b, "| %s | %s | %.3g | %.2g | %.3g times as fast |\n", name, p.does, speeds[i]/1e6, speeds[i]/yardstick, own/speeds[i])
	}
	return b.Flush()
}

// version is that of a module that the program is built with.
func version(module string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == module {
				v, _, _ := strings.Cut(m.Version, "-0.")
				return v
			}
		}
	}
	return ""
}

// machine names the processor, as far as the system tells.
func machine() string {
	if f, err := os.Open("/proc/cpuinfo"); err == nil {
		defer f.Close() //nolint:errcheck // only read
		for s := bufio.NewScanner(f); s.Scan(); {
			if key, value, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	return runtime.GOOS + "/" + runtime.GOARCH
}
