package web

import (
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// serve sends the file, gzipped if the build has it so and the client takes it. tag names this version of the content.
func serve(w http.ResponseWriter, r *http.Request, build fs.FS, name, tag string) {
	file, coding, err := open(build, name, AcceptsGzip(r.Header.Values("Accept-Encoding")))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() { _ = file.Close() }()
	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("Vary", "Accept-Encoding")
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	header.Set("ETag", strconv.Quote(tag+coding))
	http.ServeContent(w, r, name, time.Time{}, file.(io.ReadSeeker)) // embedded files can seek
}

func open(build fs.FS, name string, gzipped bool) (file fs.File, coding string, err error) {
	if gzipped {
		if file, err = build.Open(name + ".gz"); err == nil {
			return file, "gzip", nil
		}
	}
	file, err = build.Open(name)
	return file, "", err
}

// The types are fixed here because the machine's own table, which the standard library reads, may lack or change them.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".ttf":
		return "font/ttf"
	case ".woff":
		return "font/woff"
	case ".woff2":
		return "font/woff2"
	default:
		return "application/octet-stream"
	}
}

// AcceptsGzip reports whether Accept-Encoding names gzip without refusing it by q=0.
func AcceptsGzip(accepted []string) bool {
	for coding := range strings.SplitSeq(strings.Join(accepted, ","), ",") {
		name, params, _ := strings.Cut(coding, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		quality, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		q, err := strconv.ParseFloat(quality, 64)
		return !found || err == nil && q > 0
	}
	return false
}
