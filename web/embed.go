// Package web serves the browser's side: the pages that Vite builds from this folder, embedded in the binary.
package web

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
)

// The dist folder always exists: git keeps it by its .gitkeep, which is all that it holds until `make web` runs.
//
//go:embed all:dist
var embedded embed.FS

// Playground serves /playground and the files it is made of. Mount it at /playground, /playground/ and /assets/.
func Playground() http.Handler {
	return Handler(build(), "playground")
}

func build() fs.FS {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(fmt.Errorf("open the embedded dist folder: %w", err)) // only an invalid name fails
	}
	return dist
}
