package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
)

// ContentSecurityPolicy is what these pages need and no more: scripts, workers, fonts and connections of their own origin
// only. The editor writes its theme into style elements and draws squiggles as data: images. The shop, which isn't served
// here, needs less.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Kitchen serves the kitchen's app: one page for all of its paths, at and below /kitchen, with a policy that allows nothing inline.
func Kitchen(build fs.FS) http.Handler {
	page := pageHandler(build, "kitchen")
	mux := http.NewServeMux()
	mux.Handle("GET /kitchen", page)
	mux.Handle("GET /kitchen/{path...}", page)
	return secured(kitchenPolicy, mux)
}

const kitchenPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the pages named, each at /<page>, the files that they share below /assets/, and RootFiles. build is the root of
// Vite's output; it holds <page>/index.html, assets/ and root/. A page that was not built answers 503 and says how to build it.
func Handler(build fs.FS, pages ...string) http.Handler {
	mux := http.NewServeMux()
	for _, page := range pages {
		mux.Handle("GET /"+page, pageHandler(build, page))
		mux.Handle("GET /"+page+"/{$}", http.RedirectHandler("/"+page, http.StatusPermanentRedirect))
	}
	mux.Handle("GET /assets/{file}", assetHandler(build))
	for _, name := range RootFiles(build) {
		mux.Handle("GET /"+name, checkedAgain(build, path.Join(rootFolder, name)))
	}
	return secured(ContentSecurityPolicy, mux)
}

const rootFolder = "root"

// RootFiles are the files that Handler serves at the root, because others know them by their names: the service worker, whose
// scope is the folder it is served from, and what makes the shop installable.
func RootFiles(build fs.FS) []string {
	files, err := fs.ReadDir(build, rootFolder)
	if err != nil {
		return nil // nothing was built
	}
	var names []string
	for _, file := range files {
		if path.Ext(file.Name()) != ".gz" {
			names = append(names, file.Name())
		}
	}
	return names
}

func secured(policy string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func pageHandler(build fs.FS, page string) http.Handler {
	name := path.Join(page, "index.html")
	if _, err := fs.Stat(build, name); err != nil {
		return NotBuilt(page)
	}
	return checkedAgain(build, name)
}

// checkedAgain has browsers ask again each time: a page, or a service worker, is what names the hashed files of the current build.
func checkedAgain(build fs.FS, name string) http.Handler {
	content, err := fs.ReadFile(build, name)
	if err != nil {
		return http.NotFoundHandler()
	}
	sum := sha256.Sum256(content)
	tag := hex.EncodeToString(sum[:8])
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		serve(w, r, build, name, tag)
	})
}

// NotBuilt answers in the place of a page that the server was compiled without, and says how to build it.
func NotBuilt(page string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintf(w, notBuiltPage, page)
	})
}

const notBuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Mario's Pizzeria</title>
<style>body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>
<h1>Not built yet</h1>
<p>This server was compiled without the %s. With Node 20.19 or later installed, run <code>make web</code>, then
build and start the server again. The GraphQL API at <code>/graphql</code> works without it.</p>
</html>
`

// assetHandler lets browsers keep a file for good: its name changes whenever its content does.
func assetHandler(build fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := "assets/" + r.PathValue("file") // not joined: a name with dots must stay invalid
		if info, err := fs.Stat(build, name); err != nil || !info.Mode().IsRegular() {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		serve(w, r, build, name, path.Base(name))
	})
}
