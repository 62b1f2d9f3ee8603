// Package images takes pictures of dishes from managers and serves them to everybody. It is beside GraphQL, which takes no
// files.
package images

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// Handler answers at menuview.ImagePath, where pictures are sent by POST, and below it, where they are read.
type Handler struct {
	Upload cqrs.Command[menu.UploadImage, uuid.UUID]
	File   cqrs.Query[menuview.ImageFile, []byte]
	// Authenticate adds to ctx who is asking by a session's token. It refuses a token that isn't one's.
	Authenticate func(ctx context.Context, token string) (context.Context, error)
	// Trusted are the sites that may send pictures.
	Trusted *http.CrossOriginProtection
	// Open tells whether anything can be answered.
	Open func() bool
	Log  *slog.Logger
}

const notAllowed fault.Code = "METHOD_NOT_ALLOWED"

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			h.fail(w, r, fmt.Errorf("panicked: %v", p))
		}
	}()
	name, isFile := strings.CutPrefix(r.URL.Path, menuview.ImagePath+"/")
	var err error
	switch {
	case !h.Open():
		err = fault.New(fault.Unavailable, "The service is not open yet. Try again.")
	case isFile:
		err = h.serve(w, r, name)
	default:
		err = h.take(w, r)
	}
	if err != nil {
		h.fail(w, r, err)
	}
}

// serve sends a file. It never changes, since its name tells what it holds.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, name string) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return fault.New(notAllowed, "Images are only read.")
	}
	q, ok := parse(name)
	if !ok {
		return fault.New(fault.NotFound, "There is no such image.")
	}
	body, err := h.File.Handle(r.Context(), q)
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Content-Type", "image/jpeg")
	head.Set("Cache-Control", "public, max-age=31536000, immutable")
	head.Set("ETag", `"`+name+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// parse reads a file's name; only as it is written, so that a file has one.
func parse(name string) (menuview.ImageFile, bool) {
	hash, rest, _ := strings.Cut(name, "-")
	side, err := strconv.Atoi(strings.TrimSuffix(rest, ".jpg"))
	id, notHex := hex.DecodeString(hash)
	if err != nil || notHex != nil || len(id) != len(uuid.UUID{}) || side < 1 || side > 1<<15 {
		return menuview.ImageFile{}, false
	}
	q := menuview.ImageFile{ID: uuid.UUID(id), Side: side}
	return q, menuview.ImageName(q.ID, q.Side) == name
}
