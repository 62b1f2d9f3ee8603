package picture

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

const (
	// maxPixels is more than phones make.
	maxPixels = 40_000_000
	// maxMemory bounds what decoding takes, in bytes.
	maxMemory = 200 << 20
	// maxScans bounds the time that a progressive JPEG takes; real ones have some ten scans.
	maxScans = 64
)

// format is a way to write pictures.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// memory is about what decoding takes, in bytes a pixel.
	memory func(upload []byte, c image.Config) int
}

// Type is the media type of a picture by its first bytes; "" if it is none that can be read.
func Type(upload []byte) string {
	switch {
	case bytes.HasPrefix(upload, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(upload, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case len(upload) >= 12 && string(upload[:4]) == "RIFF" && string(upload[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}

func formatOf(upload []byte) (format, bool) {
	switch Type(upload) {
	case "image/jpeg":
		return format{jpeg.DecodeConfig, jpeg.Decode, jpegMemory}, true
	case "image/png":
		return format{png.DecodeConfig, png.Decode, pngMemory}, true
	case "image/webp":
		return format{webp.DecodeConfig, webp.Decode, func([]byte, image.Config) int { return 5 }}, true
	}
	return format{}, false
}

// jpegMemory knows that the decoder keeps all coefficients of a progressive picture.
func jpegMemory(upload []byte, _ image.Config) int {
	if bytes.Contains(upload, []byte{0xff, 0xc2}) {
		return 15
	}
	return 4
}

func pngMemory(_ []byte, c image.Config) int {
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}

// decode reads a picture whose bounds are told before anything is allocated for it.
func decode(ctx context.Context, upload []byte, least int) (image.RGBA64Image, error) {
	known, ok := formatOf(upload)
	if !ok {
		return nil, refuse("The picture must be a JPEG, PNG or WebP file.")
	}
	config, err := known.config(bytes.NewReader(upload))
	switch {
	case err != nil:
		return nil, damaged()
	case config.Width < least || config.Height < least:
		return nil, refuse("The picture needs %d pixels in width and in height at least.", least)
	case config.Width > maxPixels/config.Height:
		return nil, refuse("The picture may have %d million pixels at most.", maxPixels/1_000_000)
	case config.Width*config.Height*known.memory(upload, config) > maxMemory, bytes.Count(upload, []byte{0xff, 0xda}) > maxScans && Type(upload) == "image/jpeg":
		return nil, refuse("The picture takes too much to read. Save it smaller, or as an ordinary JPEG.")
	}
	decoded, err := known.decode(&upTo{ctx, bytes.NewReader(upload)})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	readable, ok := decoded.(image.RGBA64Image)
	if err != nil || !ok {
		return nil, damaged()
	}
	return readable, nil
}

func damaged() error { return refuse("The picture is damaged.") }

// upTo reads until ctx ends, which ends decoders that take too long.
type upTo struct {
	ctx  context.Context
	from io.Reader
}

func (r *upTo) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
