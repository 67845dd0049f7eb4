// Command licences lists what the modules of this repository are built from,
// with the licence of each, in .github/DEPENDENCIES.md:
//
//	go run .ci/licences.go            # fails if the list is not what it should be
//	go run .ci/licences.go -update    # writes it
//
// A module whose licence it cannot tell, or that is none of those it knows, is
// an error.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const list = ".github/DEPENDENCIES.md"

func main() {
	update := flag.Bool("update", false, "write the list")
	flag.Parse()
	if err := run(*update); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(update bool) error {
	want, err := document()
	if err != nil {
		return err
	}
	if update {
		if err := os.MkdirAll(filepath.Dir(list), 0o755); err != nil {
			return err
		}
		return os.WriteFile(list, want, 0o644)
	}
	got, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		return fmt.Errorf("%s is out of date: run go run .ci/licences.go -update", list)
	}
	return nil
}

// document is what the list should say.
func document() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("# What this is built from\n\n" +
		"The modules that each module of this repository needs, with their licences. Who imports the library gets those that are\n" +
		"used by all. `go run .ci/licences.go -update` writes this list, and `.ci/run` fails if it is out of date.\n")
	modules, err := ourModules()
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, dir := range modules {
		name, library := filepath.ToSlash(dir), []string{"./..."}
		if dir == "." {
			name, library = "The library, its examples and tests", []string{"./classify/...", "./corpus/...", "./internal/..."}
		}
		built, err := dependencies(dir, false, library...)
		if err != nil {
			return nil, err
		}
		examples, err := dependencies(dir, false, "./...")
		if err != nil {
			return nil, err
		}
		tested, err := dependencies(dir, true, "./...")
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n## %s\n\n", name)
		if len(tested) == 0 {
			b.WriteString("Nothing but the standard library.\n")
			continue
		}
		b.WriteString("| module | licence | used by |\n| --- | --- | --- |\n")
		for _, path := range slices.Sorted(maps.Keys(tested)) {
			licence, err := licenceOf(tested[path])
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", path, err))
			}
			use := "tests"
			if _, ok := built[path]; ok {
				use = "all"
			} else if _, ok := examples[path]; ok {
				use = "examples"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", path, licence, use)
		}
	}
	return b.Bytes(), errors.Join(errs...)
}

// ourModules returns the folders of this repository's modules, but not that of
// the tools that check it.
func ourModules() ([]string, error) {
	var dirs []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.Name() == "go.mod":
			dirs = append(dirs, filepath.Dir(name))
		}
		return nil
	})
	slices.Sort(dirs)
	return dirs, err
}

// dependencies returns the modules of the packages that those in dir import,
// with the folders that hold them.
func dependencies(dir string, tests bool, patterns ...string) (map[string]string, error) {
	// for the same list on every system, build for one
	args := []string{"list", "-deps", fmt.Sprintf("-test=%v", tests), "-f", "{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}"}
	cmd := exec.Command("go", append(args, patterns...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages of %s: %w", dir, err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) == 2 && !strings.HasPrefix(fields[0], "github.com/demarche/demarche") {
			found[fields[0]] = fields[1]
		}
	}
	return found, nil
}

// licences are told by words that only they have, in this order.
var licences = []struct {
	name  string
	words []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"MPL-2.0", []string{"Mozilla Public License", "2.0"}},
	{"ISC", []string{"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "contributors may be used to endorse"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "may not be used to endorse"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
	{"MIT", []string{"Permission is hereby granted, free of charge"}},
	{"Unlicense", []string{"This is free and unencumbered software released into the public domain"}},
}

// licenceOf reads the licences in the folder of a module: the first file that
// has one known, and what else it has in the same file.
func licenceOf(dir string) (string, error) {
	var names []string
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "License*", "license*", "COPYING*"} {
		matches, _ := filepath.Glob(filepath.Join(dir, pattern)) // the patterns are good
		names = append(names, matches...)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		text := strings.Join(strings.Fields(string(data)), " ")
		var found []string
		for _, l := range licences {
			has := func(words string) bool { return strings.Contains(text, words) }
			bsd := strings.HasPrefix(l.name, "BSD") && slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, "BSD") })
			if !bsd && !slices.ContainsFunc(l.words, func(w string) bool { return !has(w) }) {
				found = append(found, l.name)
			}
		}
		if len(found) > 0 {
			return strings.Join(found, ", "), nil
		}
	}
	return "unknown", fmt.Errorf("no licence that is known in %d files", len(names))
}
