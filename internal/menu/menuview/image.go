package menuview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// ImagePath is below which images are served.
const ImagePath = "/images"

// Image is a dish's picture.
type Image struct {
	ID    uuid.UUID   `json:"id"`
	Sizes []ImageSize `json:"sizes"` // the smallest first
}

// ImageSize is one file of an image.
type ImageSize struct {
	URL    string `json:"url"` // a path below the server
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// NewImage is the image of that id.
func NewImage(id uuid.UUID) *Image {
	image := &Image{ID: id}
	for _, size := range menu.ImageSizes() {
		image.Sizes = append(image.Sizes, ImageSize{URL: ImagePath + "/" + ImageName(id, size.Side), Width: size.Side, Height: size.Side})
	}
	return image
}

// ImageName is the name of an image's file.
func ImageName(id uuid.UUID, side int) string { return fmt.Sprintf("%x-%d.jpg", id[:], side) }

// UnmarshalJSON reads an image as the read model has it: by its id.
func (i *Image) UnmarshalJSON(document []byte) error {
	var stored struct{ ID uuid.UUID }
	if err := json.Unmarshal(document, &stored); err != nil {
		return fmt.Errorf("decode an image: %w", err)
	}
	*i = *NewImage(stored.ID)
	return nil
}

// ImageFile asks for a file of an image.
type ImageFile struct {
	ID   uuid.UUID
	Side int
}

// ImageFileHandler handles ImageFile.
type ImageFileHandler struct{ Pool *pgxpool.Pool }

// Handle reads a JPEG. It fails with NOT_FOUND if there is no such file.
func (h *ImageFileHandler) Handle(ctx context.Context, q ImageFile) ([]byte, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	var body []byte
	err := h.Pool.QueryRow(ctx, `SELECT f.body FROM public.image_files AS f WHERE f.image_id = $1 AND f.side = $2`, q.ID, q.Side).Scan(&body)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "There is no such image.")
	}
	if err != nil {
		return nil, fmt.Errorf("read an image: %w", err)
	}
	return body, nil
}
