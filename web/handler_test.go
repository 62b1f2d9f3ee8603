package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/web"
)

const (
	page   = "<!doctype html><title>Playground</title>"
	script = "console.log('pizza')"
)

func TestPageIsCheckedAgainOnEveryVisit(t *testing.T) {
	t.Parallel()
	server := serve(t, built(t))

	first := get(t, server, "/playground", nil)
	again := get(t, server, "/playground", http.Header{"If-None-Match": {first.Header.Get("ETag")}})

	require.Equal(t, http.StatusOK, first.StatusCode)
	require.Equal(t, page, body(t, first))
	require.Equal(t, "text/html; charset=utf-8", first.Header.Get("Content-Type"))
	require.Equal(t, "no-cache", first.Header.Get("Cache-Control"))
	require.Equal(t, http.StatusNotModified, again.StatusCode)
}

func TestFilesAtTheRootAreCheckedAgainOnEveryVisit(t *testing.T) {
	t.Parallel()
	build := built(t)
	build["root/service-worker.js"] = &fstest.MapFile{Data: []byte("self.skipWaiting()")}
	build["root/app.webmanifest"] = &fstest.MapFile{Data: []byte("{}")}
	build["root/icon-192.png"] = &fstest.MapFile{Data: []byte("png")}
	server := serve(t, build)

	for path, kind := range map[string]string{
		"/service-worker.js": "text/javascript; charset=utf-8",
		"/app.webmanifest":   "application/manifest+json",
		"/icon-192.png":      "image/png",
	} {
		file := get(t, server, path, nil)

		require.Equal(t, http.StatusOK, file.StatusCode, path)
		require.Equal(t, kind, file.Header.Get("Content-Type"), path)
		require.Equal(t, "no-cache", file.Header.Get("Cache-Control"), path)
		require.Empty(t, file.Header.Get("Service-Worker-Allowed"), path) // its own folder is scope enough
	}
}

func TestChangedPageHasAnotherTag(t *testing.T) {
	t.Parallel()
	rebuilt := built(t)
	rebuilt["playground/index.html"] = &fstest.MapFile{Data: []byte(page + "<p>new</p>")}

	before := get(t, serve(t, built(t)), "/playground", nil)
	after := get(t, serve(t, rebuilt), "/playground", http.Header{"If-None-Match": {before.Header.Get("ETag")}})

	require.Equal(t, http.StatusOK, after.StatusCode)
}

func TestAssetIsKeptForGood(t *testing.T) {
	t.Parallel()

	asset := get(t, serve(t, built(t)), "/assets/app-1a2b.js", nil)

	require.Equal(t, http.StatusOK, asset.StatusCode)
	require.Equal(t, script, body(t, asset))
	require.Equal(t, "text/javascript; charset=utf-8", asset.Header.Get("Content-Type"))
	require.Equal(t, "public, max-age=31536000, immutable", asset.Header.Get("Cache-Control"))
}

func TestGzipIsSentToThoseWhoAcceptIt(t *testing.T) {
	t.Parallel()
	server := serve(t, built(t))

	for accept, zipped := range map[string]bool{
		"gzip, deflate, br": true,
		"br;q=1, GZIP;q=.5": true,
		"gzip;q=0":          false,
		"gzip; q=0.0, *":    false,
		"br":                false,
		"x-gzip":            false,
		"":                  false,
	} {
		asset := get(t, server, "/assets/app-1a2b.js", http.Header{"Accept-Encoding": {accept}})
		content := body(t, asset)

		require.Equal(t, "Accept-Encoding", asset.Header.Get("Vary"), accept)
		if zipped {
			require.Equal(t, "gzip", asset.Header.Get("Content-Encoding"), accept)
			content = gunzip(t, content)
		}
		require.Equal(t, script, content, accept)
	}
}

func TestFileWithoutGzipIsSentAsItIs(t *testing.T) {
	t.Parallel()

	font := get(t, serve(t, built(t)), "/assets/fira-3c4d.woff2", http.Header{"Accept-Encoding": {"gzip"}})

	require.Empty(t, font.Header.Get("Content-Encoding"))
	require.Equal(t, "font/woff2", font.Header.Get("Content-Type"))
	require.Equal(t, "font", body(t, font))
}

func TestEveryAnswerIsSecured(t *testing.T) {
	t.Parallel()
	server := serve(t, built(t))

	for _, path := range []string{"/playground", "/assets/app-1a2b.js", "/assets/missing.js"} {
		answer := get(t, server, path, nil)

		require.Equal(t, web.ContentSecurityPolicy, answer.Header.Get("Content-Security-Policy"), path)
		require.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"), path)
	}
}

func TestOnlyTheBuiltFilesAreServed(t *testing.T) {
	t.Parallel()
	server := serve(t, built(t))

	for _, path := range []string{
		"/assets/", "/assets/missing.js", "/assets/..%2fplayground%2findex.html", "/assets/%2e%2e", "/.gitkeep", "/kitchen",
	} {
		answer := get(t, server, path, nil)

		require.Equal(t, http.StatusNotFound, answer.StatusCode, path)
		require.Empty(t, answer.Header.Get("Cache-Control"), path)
	}
}

func TestTheKitchenIsOnePageForAllOfItsPaths(t *testing.T) {
	t.Parallel()
	build := built(t)
	build["kitchen/index.html"] = &fstest.MapFile{Data: []byte("<!doctype html><title>Kitchen</title>")}
	server := httptest.NewServer(web.Kitchen(build))
	t.Cleanup(server.Close)

	for _, path := range []string{"/kitchen", "/kitchen/", "/kitchen/counter", "/kitchen/print/1"} {
		answer := get(t, server, path, nil)

		require.Equal(t, http.StatusOK, answer.StatusCode, path)
		require.Contains(t, body(t, answer), "<title>Kitchen</title>", path)
		require.Equal(t, "no-cache", answer.Header.Get("Cache-Control"), path)
		require.NotContains(t, answer.Header.Get("Content-Security-Policy"), "unsafe-inline", path)
	}
	require.Equal(t, http.StatusNotFound, get(t, server, "/kitchens", nil).StatusCode)
}

func TestTrailingSlashLeadsToThePage(t *testing.T) {
	t.Parallel()

	answer := get(t, serve(t, built(t)), "/playground/", nil)

	require.Equal(t, http.StatusPermanentRedirect, answer.StatusCode)
	require.Equal(t, "/playground", answer.Header.Get("Location"))
}

func TestPagesAreOnlyRead(t *testing.T) {
	t.Parallel()
	server := serve(t, built(t))

	answer, err := server.Client().Post(server.URL+"/playground", "text/plain", nil)
	require.NoError(t, err)
	defer answer.Body.Close()

	require.Equal(t, http.StatusMethodNotAllowed, answer.StatusCode)
}

func TestPageThatWasNotBuiltExplainsHowToBuildIt(t *testing.T) {
	t.Parallel()
	unbuilt := fstest.MapFS{".gitkeep": {}}

	answer := get(t, serve(t, unbuilt), "/playground", nil)

	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	require.Equal(t, "text/html; charset=utf-8", answer.Header.Get("Content-Type"))
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	require.Contains(t, body(t, answer), "make web")
}

func TestWithoutAPageItsFilesAreServed(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(web.Handler(built(t)))
	t.Cleanup(server.Close)

	require.Equal(t, http.StatusOK, get(t, server, "/assets/app-1a2b.js", nil).StatusCode)
	require.Equal(t, http.StatusNotFound, get(t, server, "/playground", nil).StatusCode)
}

func TestEmbeddedPlaygroundAnswersWithOrWithoutABuild(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(web.Handler(web.Build(), "playground"))
	t.Cleanup(server.Close)

	answer := get(t, server, "/playground", nil)

	require.Contains(t, []int{http.StatusOK, http.StatusServiceUnavailable}, answer.StatusCode)
	require.Contains(t, body(t, answer), "Mario's Pizzeria")
}

// built is the output of a build: one page with a script, zipped as well, and a font.
func built(t *testing.T) fstest.MapFS {
	t.Helper()
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, err := zip.Write([]byte(script))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	return fstest.MapFS{
		".gitkeep":               {},
		"playground/index.html":  {Data: []byte(page)},
		"assets/app-1a2b.js":     {Data: []byte(script)},
		"assets/app-1a2b.js.gz":  {Data: zipped.Bytes()},
		"assets/fira-3c4d.woff2": {Data: []byte("font")},
	}
}

func serve(t *testing.T, build fstest.MapFS) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(web.Handler(build, "playground"))
	t.Cleanup(server.Close)
	return server
}

// get asks for exactly what is given: it follows no redirect and leaves the encoding alone.
func get(t *testing.T, server *httptest.Server, path string, header http.Header) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	require.NoError(t, err)
	for name, values := range header {
		request.Header[name] = values
	}
	transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	require.NoError(t, err)
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func body(t *testing.T, answer *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(content)
}

func gunzip(t *testing.T, content string) string {
	t.Helper()
	unzip, err := gzip.NewReader(bytes.NewReader([]byte(content)))
	require.NoError(t, err)
	plain, err := io.ReadAll(unzip)
	require.NoError(t, err)
	return string(plain)
}

// Each row of these pages that says yes names the test that shows it.
func TestWhatCustomersAndCooksAreToldIsShownByATest(t *testing.T) {
	var named [][]string
	for _, name := range []string{"customers", "kitchen"} {
		page, err := os.ReadFile("../docs/" + name + ".md")
		require.NoError(t, err)
		found := regexp.MustCompile(`\[([^\]]+)\]\(\.\./([a-z0-9/_.-]+(?:\.test\.mjs|\.test\.ts|_test\.go))\)`).FindAllStringSubmatch(string(page), -1)
		require.Greater(t, len(found), 20, name)
		named = append(named, found...)
	}

	for _, story := range named {
		tests, err := os.ReadFile("../" + story[2])
		require.NoError(t, err)
		require.Contains(t, strings.ReplaceAll(string(tests), `\'`, `'`), story[1], story[2])
	}
}
