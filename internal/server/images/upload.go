package images

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"

	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/picture"
)

// uploadTime is how long a picture may take to arrive: a phone's line is slow upwards.
const uploadTime = time.Minute

const (
	unsupported fault.Code = "UNSUPPORTED_MEDIA_TYPE"
	tooLarge    fault.Code = "PAYLOAD_TOO_LARGE"
	tookTooLong fault.Code = "REQUEST_TIMEOUT"
	badRequest  fault.Code = "BAD_REQUEST"
)

// take keeps a picture. Nothing of it is read before it is known that the sender may.
func (h *Handler) take(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return fault.New(notAllowed, "Use POST.")
	}
	if h.Trusted.Check(r) != nil {
		return fault.New(fault.Forbidden, "Requests from other sites are not allowed.")
	}
	ctx := r.Context()
	if token := authhttp.Token(r); token != "" {
		signedIn, err := h.Authenticate(ctx, token)
		if _, refused := fault.As(err); err != nil && !refused {
			return err
		}
		if err == nil {
			ctx = signedIn
		}
	}
	cmd := menu.UploadImage{By: auth.FromContext(ctx)}
	err := cmd.Authorize()
	if err == nil {
		cmd.Upload, err = receive(w, r)
	}
	if err != nil {
		return err
	}
	id, err := h.Upload.Handle(ctx, cmd)
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, menuview.NewImage(id))
}

func receive(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	known := media == "image/jpeg" || media == "image/png" || media == "image/webp"
	if err != nil || !known || r.Header.Get("Content-Encoding") != "" {
		return nil, fault.New(unsupported, "Send a picture as it is: image/jpeg, image/png or image/webp.")
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTime)) // recorders in tests have none
	upload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, menu.MaxImageBytes))
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case large:
		return nil, fault.New(tooLarge, "A picture may have %d MB at most.", menu.MaxImageBytes>>20)
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return nil, fault.New(tookTooLong, "The picture took too long.")
	case err != nil:
		return nil, fault.New(badRequest, "The picture could not be read.")
	case picture.Type(upload) != media:
		return nil, fault.New(unsupported, "The picture is none of the type that Content-Type tells.")
	}
	return upload, nil
}

func answer(w http.ResponseWriter, status int, content any) error {
	body, err := json.Marshal(content)
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Content-Type", "application/json; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is no fault
	return nil
}
