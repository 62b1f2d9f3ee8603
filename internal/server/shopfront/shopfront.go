// Package shopfront serves the shop's app: one page for all of its paths, into which it puts the first screen, as HTML to be seen
// before any script runs, and as JSON that the app takes over.
package shopfront

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"

	"pizzeria/web"
)

// Settings are what the app knows of its server.
type Settings struct {
	Demo           bool   `json:"demo"`           // nobody bakes
	Playground     bool   `json:"playground"`     // /playground is there
	SimulatedCards bool   `json:"simulatedCards"` // the gateway moves no money, and knows cards of its own
	CardKey        string `json:"cardKey"`        // by which Stripe.js makes tokens of cards; "": it isn't loaded
}

// shop serves the app's page.
type shop struct {
	page      *page
	languages languages
	settings  Settings
	api       api
	log       *slog.Logger
}

// New serves the app of a build at all of its paths; mount it at /. The first screen is asked of the API, as the visitor's
// own first request would be, so that it is bounded like that. Without a build it says how to make one.
func New(build, catalogues fs.FS, graphql http.Handler, settings Settings, log *slog.Logger) (http.Handler, error) {
	page, err := readPage(build)
	if errors.Is(err, fs.ErrNotExist) {
		return web.NotBuilt("shop"), nil
	}
	if err != nil {
		return nil, err
	}
	languages, err := readLanguages(catalogues)
	if err != nil {
		return nil, fmt.Errorf("read the shop's texts: %w", err)
	}
	return &shop{page: page, languages: languages, settings: settings, api: api{graphql}, log: log}, nil
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Pages are only read.", http.StatusMethodNotAllowed)
		return
	}
	if strings.Contains(path.Base(r.URL.Path), ".") {
		http.NotFound(w, r) // a file, and none of ours
		return
	}
	screen, found := s.screen(r)
	head := w.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	head.Set("Content-Security-Policy", s.settings.ContentSecurityPolicy())
	head.Set("Cache-Control", "no-cache")
	head.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	var to io.Writer = w
	if web.AcceptsGzip(r.Header.Values("Accept-Encoding")) {
		head.Set("Content-Encoding", "gzip")
		zipped := gzip.NewWriter(w)
		defer func() { _ = zipped.Close() }()
		to = zipped
	}
	if !found {
		w.WriteHeader(http.StatusNotFound)
	}
	if err := s.page.write(to, screen); err != nil {
		s.log.WarnContext(r.Context(), "the shop's page was not sent", "error", err)
	}
}

// screen is what the visitor sees first; false if the address is none of the app's.
func (s *shop) screen(r *http.Request) (screen, bool) {
	seen := screen{Title: "Mario's Pizzeria", words: s.languages.of(r), Data: firstData{Settings: s.settings}}
	seen.Language = seen.words.tag.String()
	at := pathOf(r.URL.Path)
	var places struct{ Locations []place }
	seen.Data.Places = s.api.ask(r.Context(), web.Places, nil, &places)
	if seen.Data.Places == nil {
		return seen, at.known // the app asks itself, and tells what is wrong
	}
	of := slices.IndexFunc(places.Locations, func(p place) bool { return p.Slug == at.slug })
	switch {
	case at.slug != "" && of < 0:
		return seen, false
	case at.isFront && len(places.Locations) == 1:
		of = 0
	case of < 0:
		if at.isFront {
			seen.Places = places.Locations
		}
		return seen, at.known
	}
	here := places.Locations[of]
	var menu struct {
		CurrentMenu struct{ Items []dish }
		Deals       []deal
	}
	answer := s.api.ask(r.Context(), web.Menu, map[string]string{"locationId": here.ID}, &menu)
	if answer == nil {
		return seen, at.known
	}
	seen.Title = here.Name
	seen.Data.Menu = &menuData{LocationID: here.ID, Answer: answer}
	if at.isFront || at.isMenu {
		seen.Places, seen.Place, seen.dishes, seen.Deals = places.Locations, &here, menu.CurrentMenu.Items, menu.Deals
	}
	return seen, at.known
}
