package shopfront

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
)

// page is the app's page as Vite built it, with what is put in for each visitor in the place of marks.
type page struct{ filled *template.Template }

// What Vite's page has in the places that are filled in.
var marks = strings.NewReplacer(
	`<html lang="en">`, `<html lang="{{.Language}}">`,
	`<title>Mario's Pizzeria</title>`, `<title>{{.Title}}</title>`,
	`<!--first-screen-->`, `{{template "screen" .}}`,
	`<!--first-data-->`, `<script type="application/json" id="first-data">{{.Data}}</script>`,
)

// readPage fails if there is no page in the build, and if it lacks one of the marks.
func readPage(build fs.FS) (*page, error) {
	html, err := fs.ReadFile(build, "shop/index.html")
	if err != nil {
		return nil, fmt.Errorf("read the shop's page: %w", err)
	}
	text := marks.Replace(string(html))
	for _, field := range []string{"{{.Language}}", "{{.Title}}", `{{template "screen" .}}`, "{{.Data}}"} {
		if strings.Count(text, field) != 1 {
			return nil, fmt.Errorf("the shop's page has no place for %s: build it anew", field)
		}
	}
	filled, err := template.New("page").Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read the shop's page: %w", err)
	}
	if _, err := filled.New("screen").Parse(screenHTML); err != nil {
		return nil, fmt.Errorf("read the first screen: %w", err)
	}
	return &page{filled: filled}, nil
}

func (p *page) write(to io.Writer, s screen) error { return p.filled.Execute(to, s) }
