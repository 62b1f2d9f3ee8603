package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// shrink cuts out the middle and makes it smaller by a whole factor, to twice the side needed or a little more: each pixel is
// the average of a square of pixels. It needs no memory but the answer's, as scaling at once by a better filter would. What is
// transparent becomes white.
func shrink(ctx context.Context, from image.RGBA64Image, needed int) (*image.RGBA, error) {
	area := middle(from.Bounds())
	factor := max(1, area.Dx()/(2*needed))
	side := area.Dx() / factor
	to := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for x := range side {
			average(from, area.Min.Add(image.Pt(x*factor, y*factor)), factor, to.Pix[to.PixOffset(x, y):])
		}
	}
	return to, nil
}

func average(from image.RGBA64Image, at image.Point, factor int, to []byte) {
	var red, green, blue, white uint64
	for y := range factor {
		for x := range factor {
			c := from.RGBA64At(at.X+x, at.Y+y)
			red, green, blue = red+uint64(c.R), green+uint64(c.G), blue+uint64(c.B)
			white += uint64(0xffff - c.A)
		}
	}
	count := uint64(factor) * uint64(factor) << 8
	to[0], to[1], to[2], to[3] = byte((red+white)/count), byte((green+white)/count), byte((blue+white)/count), 0xff
}

// qualities of JPEG, the best first.
var qualities = [...]int{85, 78, 70, 62, 54, 46, 38, 30}

// encode writes a picture in a size, as well as its bytes allow.
func encode(from *image.RGBA, size Size) (File, error) {
	scaled := image.NewRGBA(image.Rect(0, 0, size.Side, size.Side))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), from, from.Bounds(), draw.Src, nil)
	var body bytes.Buffer
	for _, quality := range qualities {
		body.Reset()
		if err := jpeg.Encode(&body, scaled, &jpeg.Options{Quality: quality}); err != nil {
			return File{}, fmt.Errorf("write a picture: %w", err)
		}
		if body.Len() <= size.Bytes {
			break
		}
	}
	return File{Side: size.Side, Body: body.Bytes()}, nil
}
