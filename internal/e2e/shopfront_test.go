package e2e_test

import (
	"encoding/json"
	"image/color"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
	"pizzeria/internal/server/shopfront"
	"pizzeria/web"
)

// builtPage is what Vite makes of web/shop/index.html, as far as the server looks at it.
const builtPage = `<!doctype html><html lang="en"><head><title>Mario's Pizzeria</title></head><body><div id="root"><!--first-screen--></div><!--first-data--></body></html>`

// front serves the shop's pages of a running server, whatever was built.
func (s *shop) front() string {
	s.Helper()
	api, err := url.Parse(s.first.url)
	require.NoError(s, err)
	build := fstest.MapFS{"shop/index.html": {Data: []byte(builtPage)}}
	settings := shopfront.Settings{Demo: true, SimulatedCards: true}
	pages, err := shopfront.New(build, web.Catalogues(), httputil.NewSingleHostReverseProxy(api), settings, s.log())
	require.NoError(s, err)
	served := httptest.NewServer(pages)
	s.Cleanup(served.Close)
	return served.URL
}

// firstData is what a page holds for the app.
type firstData struct {
	Settings map[string]any
	Places   *struct{ Locations []struct{ ID, Slug string } }
	Menu     *struct {
		LocationID string
		Answer     struct {
			CurrentMenu struct {
				AsOf  string
				Items []struct{ Name string }
			}
		}
	}
}

var dataBlock = regexp.MustCompile(`(?s)<script type="application/json" id="first-data">(.*?)</script>`)

func (s *shop) dataOf(page string) (data firstData) {
	s.Helper()
	block := dataBlock.FindStringSubmatch(page)
	require.NotNil(s, block, page)
	require.NoError(s, json.Unmarshal([]byte(block[1]), &data))
	return data
}

func TestThePageHoldsTheFirstScreenOfTheOnlyLocation(t *testing.T) {
	s := open(t)
	front, visitor := s.front(), s.visitor()
	for _, path := range []string{"/", "/chicago"} {
		status, head, page := visitor.fetch(http.MethodGet, front+path, nil)

		require.Equal(t, http.StatusOK, status, path)
		require.Equal(t, "no-cache", head.Get("Cache-Control"), path)
		require.Equal(t, shopfront.Settings{}.ContentSecurityPolicy(), head.Get("Content-Security-Policy"), path)
		require.Contains(t, page, "<title>Mario&#39;s, Chicago</title>", path)
		require.Contains(t, page, "<h3>Margherita</h3>", path)
		require.Contains(t, page, "from 7.90", path)
		data := s.dataOf(page)
		require.Equal(t, s.locationID("chicago"), data.Menu.LocationID, path)
		require.Len(t, data.Menu.Answer.CurrentMenu.Items, len(s.menu), "the app needs all of it")
		require.NotEmpty(t, data.Menu.Answer.CurrentMenu.AsOf, "so that it goes on from there")
		require.Equal(t, map[string]any{"demo": true, "playground": false, "simulatedCards": true, "cardKey": ""}, data.Settings, path)
	}
}

func TestThePageShowsThePictureOfADish(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	red := manager.uploaded(photo(t, color.RGBA{R: 200, A: 255}, 800, 800))
	require.Empty(t, manager.updateItem(vars{"id": s.menu["Margherita"], "imageId": red.ID}).UserErrors)

	_, _, page := s.visitor().fetch(http.MethodGet, s.front()+"/chicago", nil)

	small, large := red.Sizes[0].URL, red.Sizes[1].URL
	require.Contains(t, page, `<img class="photo" src="`+small+`" srcset="`+small+` 400w, `+large+` 800w"`)
	require.Equal(t, 1, strings.Count(page, "<img"), "the others are drawn")
}

func TestThePageOfSeveralLocationsAsksWhichOne(t *testing.T) {
	s := open(t)
	openChain(s)
	front, visitor := s.front(), s.visitor()

	_, _, page := visitor.fetch(http.MethodGet, front+"/", nil)
	require.Contains(t, page, `href="/chicago"`)
	require.Contains(t, page, `href="/tokyo"`)
	require.Nil(t, s.dataOf(page).Menu)

	_, _, page = visitor.fetch(http.MethodGet, front+"/chicago/checkout", nil)
	require.NotContains(t, page, "Margherita</h3>", "the first screen of this page is its own")
	require.NotNil(t, s.dataOf(page).Menu, "but it needs the menu")
}

func TestThePageSpeaksTheReadersLanguage(t *testing.T) {
	s := open(t)
	front, visitor := s.front(), s.visitor()
	for _, c := range []struct{ accept, cookie, language, says string }{
		{"", "", "en", "from 7.90"},
		{"fr-FR, fr", "", "en", "from 7.90"},
		{"it-CH, en;q=0.5", "", "it", "da 7,90"},
		{"it", "language=de", "de", "ab 7,90"},
		{"it", "language=nonsense", "it", "da 7,90"},
	} {
		_, _, page := visitor.fetch(http.MethodGet, front+"/chicago", http.Header{"Accept-Language": {c.accept}, "Cookie": {c.cookie}})

		require.Contains(t, page, `<html lang="`+c.language+`">`, c)
		require.Contains(t, page, c.says, c)
	}
}

func TestAnAddressThatLeadsNowhereIsThePageAndNotFound(t *testing.T) {
	s := open(t)
	front, visitor := s.front(), s.visitor()
	for path, expected := range map[string]int{
		"/orders": 200, "/orders/6e9a1f5e-0000-4000-8000-000000000000": 200, "/account": 200, "/sign-in?back=/": 200,
		"/chicago/cart": 200, "/chicago/dishes/" + s.menu["Margherita"]: 200,
		"/nowhere": 404, "/nowhere/cart": 404, "/chicago/nothing": 404, "/account/x": 404, "/a/b/c/d": 404,
	} {
		status, head, page := visitor.fetch(http.MethodGet, front+path, nil)

		require.Equal(t, expected, status, path)
		require.Equal(t, "text/html; charset=utf-8", head.Get("Content-Type"), path)
		require.Contains(t, page, `<div id="root">`, path)
	}
	for _, path := range []string{"/favicon.ico", "/chicago/x.js", "/.env"} {
		status, head, _ := visitor.fetch(http.MethodGet, front+path, nil)
		require.Equal(t, 404, status, path)
		require.Equal(t, "text/plain; charset=utf-8", head.Get("Content-Type"), path)
	}
	status, _, _ := visitor.fetch(http.MethodPost, front+"/", nil)
	require.Equal(t, http.StatusMethodNotAllowed, status)
}

func TestWhatManagersWriteIsTextOnThePage(t *testing.T) {
	s := open(t)
	s.signIn("manager").createItem(vars{
		"name": `</script><img src=x onerror=alert(1)>`, "category": `"><b>`, "isPizza": true, "prices": []vars{{"size": "MEDIUM", "price": 1}},
	})

	_, _, page := s.visitor().fetch(http.MethodGet, s.front()+"/", nil)

	require.NotContains(t, page, "<img")
	require.NotContains(t, page, `"><b>`)
	require.Len(t, dataBlock.FindAllString(page, -1), 1)
	require.Contains(t, page, "&#34;&gt;&lt;b&gt;")
	s.dataOf(page)
}

func TestALocationTakesNoOtherPagesAddress(t *testing.T) {
	s := open(t)
	routes, err := os.ReadFile("../../web/shop/routes.ts")
	require.NoError(t, err)
	manager := s.signIn("manager")
	addresses := append([]string{server.WebhookPath, "/graphql", "/playground", "/assets"}, regexp.MustCompile("['`]/[a-z-]+").FindAllString(string(routes), -1)...)
	require.Greater(t, len(addresses), 6)
	for _, address := range addresses {
		slug := strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune("'`/", r) })[0]

		refused := manager.createLocation(tokyo().with("slug", slug)).UserErrors

		require.Len(t, refused, 1, slug)
		require.Equal(t, []string{"slug"}, refused[0].Path, slug)
	}
}

func TestAVisitorOverTheLimitGetsThePageWithoutAMenu(t *testing.T) {
	s := open(t, func(c *server.Config) { c.RateLimit = 1 })
	front, visitor := s.front(), s.visitor()
	var page string
	for range 60 {
		_, _, page = visitor.fetch(http.MethodGet, front+"/chicago", nil)
		if s.dataOf(page).Places == nil {
			break
		}
	}

	require.Nil(t, s.dataOf(page).Places, "the app asks itself, and tells what is wrong")
	require.NotContains(t, page, "Margherita")
}
