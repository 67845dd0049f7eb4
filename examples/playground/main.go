// Command playground serves a page to try the classifier on: text on one side,
// what is said of it on the other, and a lexicon of your own beside them, whose
// effect or mistakes show as you type.
//
//	go run ./examples/playground [-addr 127.0.0.1:8080]
//
// By default only this computer can reach it. It keeps nothing, and the page
// loads nothing from anywhere else. An interrupt or a request to terminate lets
// the answers under way finish.
//
// # The API
//
// The page is a client of it, and so can any program be:
//
//	POST /v1/classify
//	Content-Type: application/json
//
//	{"text": "Paris condemned the raid.", "lexicon": "label: ...", "html": true}
//
// text is classified as a document. lexicon, if it is given, is a lexicon in YAML
// that is merged on top of the built-in ones. With html, the answer holds a
// picture of the text, too, that wants the style sheet /highlight.css. The answer
// is
//
//	{"results": [...], "html": "<div ..."}
//
// with one result for each sentence, as package classify writes it. Offsets are
// in bytes of the text in UTF-8. With a lexicon, sentences are cut at 2 KiB. If
// something is wrong, the answer is
//
//	{"error": "...", "lexicon": [{"line": 3, "column": 7, "message": "..."}]}
//
// where lexicon lists the mistakes of the lexicon. Lines and columns are counted
// from 1, columns in bytes; they are left out where a mistake has no place. The
// status says what went wrong:
//
//	400  not the JSON expected
//	403  asked by the page of another site
//	405  not POST
//	413  the request is larger than 2 MiB, the text than 256 KiB or the lexicon
//	     than 64 KiB
//	415  the content type is not application/json
//	422  mistakes in the lexicon
//	503  too much to do; try again later
//
// GET /healthz answers 200 as long as the server takes requests.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/demarche/demarche/examples/internal/longrun"
)

func main() {
	ctx, stop := longrun.Context(context.Background())
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
		os.Exit(1)
	}
}

// run serves until ctx is cancelled.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("playground", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:8080", "address to serve at; port 0 is any free one")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: playground [-addr HOST:PORT]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() > 0 {
		flags.Usage()
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "serving at http://%s/\n", listener.Addr())
	return serve(ctx, listener, newHandler(defaultLimits))
}

// serve answers requests until ctx is cancelled, and then those under way.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	const (
		patience = 10 * time.Second // with a client that is slow to ask
		grace    = 15 * time.Second // for the answers under way at the end
	)
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: patience / 2,
		ReadTimeout:       patience,
		WriteTimeout:      3 * patience,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
