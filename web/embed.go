// Package web serves the browser's side: the pages that Vite builds from this folder, embedded in the binary.
package web

import (
	"embed"
	"fmt"
	"io/fs"
)

// The dist folder always exists: git keeps it by its .gitkeep, which is all that it holds until `make web` runs.
//
//go:embed all:dist
var embedded embed.FS

// Places is the query by which the shop knows its locations. Who draws its first screen asks the same.
//
//go:embed shop/place/places.graphql
var Places string

// Menu is the query by which the shop knows a location's menu; its variable is locationId.
//
//go:embed shop/menu/menu.graphql
var Menu string

// The texts of the shop.
//
//go:embed shop/locales/*.po
var catalogues embed.FS

// Build is the root of Vite's output: <page>/index.html and assets/. It is empty if nothing was built.
func Build() fs.FS { return within(embedded, "dist") }

// Catalogues is the folder of the shop's texts, a file <language>.po for each language.
func Catalogues() fs.FS { return within(catalogues, "shop/locales") }

func within(all embed.FS, folder string) fs.FS {
	part, err := fs.Sub(all, folder)
	if err != nil {
		panic(fmt.Errorf("open the embedded folder %s: %w", folder, err)) // only an invalid name fails
	}
	return part
}
