// Package picture makes of a picture that somebody sent the small files that pages show: decoded within bounds, turned upright,
// cut square, and written anew, so that nothing of the upload but its colours is passed on.
package picture

import (
	"context"
	"image"

	"pizzeria/internal/platform/fault"
)

// Size is a file to be made.
type Size struct {
	Side  int // in pixels: width and height
	Bytes int // what it is to have at most; a picture full of detail may have more
}

// File is a square picture in JPEG.
type File struct {
	Side int
	Body []byte
}

// Squares makes the files of the middle of a picture in JPEG, PNG or WebP. It refuses, with BAD_USER_INPUT, what is none of
// them, is damaged, is too small for the largest file, or would take too much memory.
func Squares(ctx context.Context, upload []byte, sizes ...Size) ([]File, error) {
	largest := 0
	for _, size := range sizes {
		largest = max(largest, size.Side)
	}
	decoded, err := decode(ctx, upload, largest)
	if err != nil {
		return nil, err
	}
	square, err := shrink(ctx, decoded, largest)
	if err != nil {
		return nil, err
	}
	upright := orientationOf(upload).apply(square)
	files := make([]File, len(sizes))
	for i, size := range sizes {
		if files[i], err = encode(upright, size); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// middle is the largest square in the middle.
func middle(of image.Rectangle) image.Rectangle {
	side := min(of.Dx(), of.Dy())
	at := image.Pt(of.Min.X+(of.Dx()-side)/2, of.Min.Y+(of.Dy()-side)/2)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(side, side))}
}

func refuse(message string, args ...any) *fault.Error {
	return fault.New(fault.BadUserInput, message, args...)
}
