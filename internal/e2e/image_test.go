package e2e_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/server"
)

type picture struct {
	ID    string
	Sizes []struct {
		URL           string
		Width, Height int
	}
}

// photo is a JPEG of one colour in the upper half, and white below.
func photo(t *testing.T, of color.RGBA, width, height int) []byte {
	t.Helper()
	drawn := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		if c := of; i < width*height/2 {
			copy(drawn.Pix[4*i:], []byte{c.R, c.G, c.B, 255})
		} else {
			copy(drawn.Pix[4*i:], []byte{255, 255, 255, 255})
		}
	}
	var to bytes.Buffer
	require.NoError(t, jpeg.Encode(&to, drawn, nil))
	return to.Bytes()
}

// with returns the same person with a header that is sent with every request.
func (p *person) with(name, value string) *person {
	copied := *p
	copied.also = http.Header{name: {value}}
	return &copied
}

// upload sends a picture.
func (p *person) upload(body []byte, media string) answer {
	p.Helper()
	r := p.request(http.MethodPost, p.at.url+"/images", string(body), "application/json")
	r.Header.Set("Content-Type", media)
	return p.receive(r)
}

func (p *person) uploaded(body []byte) (made picture) {
	p.Helper()
	got := p.upload(body, "image/jpeg")
	require.Equal(p, http.StatusCreated, got.status, got.body)
	require.NoError(p, json.Unmarshal([]byte(got.body), &made))
	return made
}

// download reads a file below the server.
func (p *person) download(method, path string, headers ...string) (*http.Response, []byte) {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), method, p.at.url+path, nil)
	require.NoError(p, err)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	resp, err := p.http.Do(r)
	require.NoError(p, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(p, err)
	return resp, body
}

func (p *person) imageOf(id string) *picture {
	p.Helper()
	return ask[struct{ MenuItem struct{ Image *picture } }](p, `query($id: ID!) {
		menuItem(id: $id) { image { id sizes { url width height } } }
	}`, vars{"id": id}).MenuItem.Image
}

func TestImageOfADish(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	margherita := s.menu["Margherita"]
	require.Nil(t, visitor.imageOf(margherita))
	asOf := ask[struct{ CurrentMenu struct{ AsOf string } }](visitor, `{ currentMenu { asOf } }`, nil).CurrentMenu.AsOf
	watching := visitor.connect().subscribe(watchMenu, after(asOf))

	red := manager.uploaded(photo(t, color.RGBA{R: 255}, 1200, 900))
	require.Empty(t, manager.updateItem(vars{"id": margherita, "imageId": red.ID}).UserErrors)

	require.Equal(t, red, *visitor.imageOf(margherita))
	require.Equal(t, margherita, watching.nextOnMenu().MenuItemID)
	require.Len(t, red.Sizes, 2)
	for _, size := range red.Sizes {
		resp, body := visitor.download(http.MethodGet, size.URL)
		require.Equal(t, http.StatusOK, resp.StatusCode)
		require.Equal(t, "image/jpeg", resp.Header.Get("Content-Type"))
		require.Equal(t, "public, max-age=31536000, immutable", resp.Header.Get("Cache-Control"))
		require.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"))
		require.Equal(t, "default-src 'none'; frame-ancestors 'none'", resp.Header.Get("Content-Security-Policy"))
		decoded, err := jpeg.Decode(bytes.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, image.Rect(0, 0, size.Width, size.Height), decoded.Bounds())

		head, none := visitor.download(http.MethodHead, size.URL)
		require.EqualValues(t, len(body), head.ContentLength)
		require.Empty(t, none)
		same, none := visitor.download(http.MethodGet, size.URL, "If-None-Match: "+resp.Header.Get("ETag"))
		require.Equal(t, http.StatusNotModified, same.StatusCode)
		require.Empty(t, none)
	}
	onMenu := ask[struct {
		CurrentMenu struct {
			Items []struct {
				ID    string
				Image *picture
			}
		}
	}](visitor, `{ currentMenu { items { id image { id sizes { url width height } } } } }`, nil).CurrentMenu.Items
	for _, item := range onMenu {
		require.Equal(t, item.ID == margherita, item.Image != nil)
	}
	told := manager.audit(vars{"f": vars{"entityId": margherita}}).did()
	require.Contains(t, told[0], "imageId: - > "+red.ID)

	require.Equal(t, 2, manager.updateItem(vars{"id": margherita, "imageId": red.ID}).Item.Version, "nothing has changed")
	require.Equal(t, red, *visitor.imageOf(margherita), "what is left out stays")
	require.Empty(t, manager.updateItem(vars{"id": margherita, "imageId": nil}).UserErrors)
	require.Nil(t, visitor.imageOf(margherita))
	for _, id := range []string{uuid.NewString(), "none"} {
		unknown := manager.updateItem(vars{"id": margherita, "imageId": id}).UserErrors
		require.Len(t, unknown, 1)
		require.Equal(t, []string{"imageId"}, unknown[0].Path)
	}
	made := manager.createItem(vars{"name": "Rossa", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 900}}, "imageId": red.ID})
	require.Empty(t, made.UserErrors)
	require.Equal(t, red, *visitor.imageOf(made.Item.ID))
}

// An image that no item has is kept for a day: so long may a manager take to save the item.
func TestImageThatNobodyUsesIsForgotten(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	margherita, marinara := s.menu["Margherita"], s.menu["Marinara"]
	used, unused := manager.uploaded(photo(t, color.RGBA{R: 200}, 800, 800)), manager.uploaded(photo(t, color.RGBA{G: 200}, 800, 800))
	for _, id := range []string{margherita, marinara} {
		require.Empty(t, manager.updateItem(vars{"id": id, "imageId": used.ID}).UserErrors)
	}
	sweep := func() {
		s.run(`UPDATE public.images AS i SET unused_since = i.unused_since - interval '25 hours'`)
		_, err := menustore.SweepImages().Run(t.Context(), s.db.Pool, time.Now())
		require.NoError(t, err)
	}
	status := func(of picture) int {
		resp, _ := manager.download(http.MethodGet, of.Sizes[0].URL)
		return resp.StatusCode
	}

	sweep()
	require.Equal(t, http.StatusOK, status(used))
	require.Equal(t, http.StatusNotFound, status(unused))
	manager.updateItem(vars{"id": margherita, "imageId": nil})
	sweep()
	require.Equal(t, http.StatusOK, status(used), "the other item has it")
	manager.updateItem(vars{"id": marinara, "imageId": nil})
	require.Equal(t, used, manager.uploaded(photo(t, color.RGBA{R: 200}, 800, 800)), "the same again")
	sweep()
	require.Equal(t, http.StatusNotFound, status(used))
}

func TestImageUploadsThatAreRefused(t *testing.T) {
	s := open(t, func(c *server.Config) { c.TrustedOrigins = []string{"https://manage.example.com"} })
	manager := s.signIn("manager")
	fine := photo(t, color.RGBA{B: 255}, 800, 800)
	expired := manager.with("X-Nothing", "")
	expired.token = "nonsense"

	for name, c := range map[string]struct {
		by     *person
		status int
		code   string
	}{
		"a visitor":          {s.visitor(), http.StatusUnauthorized, "UNAUTHENTICATED"},
		"a customer":         {s.signIn("customer"), http.StatusForbidden, "FORBIDDEN"},
		"a cook":             {s.signIn("cook"), http.StatusForbidden, "FORBIDDEN"},
		"a session's end":    {expired, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"another site":       {manager.with("Origin", "https://evil.example"), http.StatusForbidden, "FORBIDDEN"},
		"another site, told": {manager.with("Sec-Fetch-Site", "cross-site"), http.StatusForbidden, "FORBIDDEN"},
	} {
		got := c.by.upload(fine, "image/jpeg")
		require.Equal(t, c.status, got.status, name)
		require.Equal(t, c.code, got.code(), name)
	}
	for name, c := range map[string]struct {
		body   []byte
		media  string
		status int
		code   string
	}{
		"no picture":      {[]byte("\xff\xd8\xff<script>alert(1)</script>"), "image/jpeg", 400, "BAD_USER_INPUT"},
		"a page":          {[]byte("<!doctype html>"), "text/html", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"a drawing":       {[]byte("<svg/>"), "image/svg+xml", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"a form":          {fine, "multipart/form-data; boundary=x", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"another type":    {fine, "image/png", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"no type":         {fine, "", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"nothing":         {nil, "image/jpeg", 415, "UNSUPPORTED_MEDIA_TYPE"},
		"cut off":         {fine[:len(fine)/2], "image/jpeg", 400, "BAD_USER_INPUT"},
		"too small":       {photo(t, color.RGBA{R: 255}, 799, 900), "image/jpeg", 400, "BAD_USER_INPUT"},
		"too many bytes":  {append(bytes.Clone(fine), make([]byte, 8<<20)...), "image/jpeg", 413, "PAYLOAD_TOO_LARGE"},
		"too many pixels": {bomb(), "image/png", 400, "BAD_USER_INPUT"},
	} {
		got := manager.upload(c.body, c.media)
		require.Equal(t, c.status, got.status, "%s: %s", name, got.body)
		require.Equal(t, c.code, got.code(), name)
		require.Equal(t, "no-store", got.header.Get("Cache-Control"), name)
	}
	s.countImages(0)

	require.Equal(t, http.StatusCreated, manager.with("Origin", "https://manage.example.com").upload(fine, "image/jpeg").status, "a site that is trusted")
	s.countImages(1)
	for path, want := range map[string]int{
		"/images": 405, "/images/": 404, "/images/none": 404, "/images/00112233445566778899aabbccddeeff-400.jpg": 404,
		"/images/00112233445566778899AABBCCDDEEFF-400.jpg": 404, "/images/00112233445566778899aabbccddeeff-0400.jpg": 404,
	} {
		resp, body := s.visitor().download(http.MethodGet, path)
		require.Equal(t, want, resp.StatusCode, path)
		require.Contains(t, string(body), `"code":`, path)
	}
}

// bomb is a PNG of some 40 bytes that claims 50,000 × 50,000 pixels.
func bomb() []byte {
	head := []byte("IHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x06\x00\x00\x00")
	chunk := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(head))
}

func (s *shop) countImages(want int) {
	s.Helper()
	var count int
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT count(*) FROM public.images`).Scan(&count))
	require.Equal(s, want, count)
}
