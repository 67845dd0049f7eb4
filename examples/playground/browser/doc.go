// Package browser tests the pages of the examples playground and highlight in a
// real browser, Chromium. It is a module of its own, for the sake of the driver.
//
//	cd examples/playground/browser && go test ./...
//
// With the environment variable SCREENSHOTS it also leaves pictures of the pages
// in the folder that it names.
package browser
