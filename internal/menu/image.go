package menu

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/picture"
)

// ImageSizes are the files of each image, the smallest first: a dish on the menu, and on a page of its own, on screens of twice
// the density. An image is square, as the drawing is that it replaces.
func ImageSizes() []picture.Size {
	return []picture.Size{{Side: 400, Bytes: 25_000}, {Side: 800, Bytes: 90_000}}
}

// MaxImageBytes is what an upload may have.
const MaxImageBytes = 8 << 20

// UploadImage keeps a picture that items can have from then on. One that no item has for a day is forgotten.
type UploadImage struct {
	By     auth.Actor
	Upload []byte // JPEG, PNG or WebP
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c UploadImage) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate refuses, with BAD_USER_INPUT, an upload that is none, or too large.
func (c UploadImage) Validate() error {
	if len(c.Upload) == 0 || len(c.Upload) > MaxImageBytes {
		return fault.New(fault.BadUserInput, "A picture has 1 byte to %d MB.", MaxImageBytes>>20)
	}
	return nil
}

// Image is a picture as it is stored: its id is of what its files hold, so that a file never changes.
type Image struct {
	ID         uuid.UUID
	Files      []picture.File
	UploadedAt time.Time
}

// newImages stores an image that no item has yet. One that is there already stays, for another day at least.
type newImages interface {
	AddImage(ctx context.Context, image Image) error
}

// UploadImageHandler handles UploadImage.
type UploadImageHandler struct {
	images newImages
	now    func() time.Time
	turn   chan struct{} // one picture is read at a time: that takes much memory
}

// NewUploadImageHandler returns a handler that keeps images in a store.
func NewUploadImageHandler(images newImages, now func() time.Time) *UploadImageHandler {
	return &UploadImageHandler{images: images, now: now, turn: make(chan struct{}, 1)}
}

// Handle makes the image's files, stores them and returns the image's id. It fails as picture.Squares does, and with
// UNAVAILABLE if other uploads take all of its time.
func (h *UploadImageHandler) Handle(ctx context.Context, cmd UploadImage) (uuid.UUID, error) {
	files, err := h.read(ctx, cmd.Upload)
	if err != nil {
		return uuid.Nil, fmt.Errorf("read an image: %w", err)
	}
	image := Image{ID: idOf(files), Files: files, UploadedAt: h.now()}
	if err := h.images.AddImage(ctx, image); err != nil {
		return uuid.Nil, fmt.Errorf("keep an image: %w", err)
	}
	return image.ID, nil
}

func (h *UploadImageHandler) read(ctx context.Context, upload []byte) ([]picture.File, error) {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, "Other pictures are being read. Try again.")
	}
	defer func() { <-h.turn }()
	return picture.Squares(ctx, upload, ImageSizes()...)
}

// idOf is the beginning of the hash of all files together.
func idOf(files []picture.File) uuid.UUID {
	hash := sha256.New()
	for _, file := range files {
		hash.Write(file.Body)
	}
	return uuid.UUID(hash.Sum(nil)[:16])
}

// UnknownImage is the refusal for an image that was never uploaded, or has been forgotten.
func UnknownImage() *fault.Error {
	return fault.New(fault.BadUserInput, "There is no such image; one that no item has is kept for a day.").At("imageId")
}
