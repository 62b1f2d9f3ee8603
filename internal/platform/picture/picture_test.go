package picture_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/fault/faulttest"
	"pizzeria/internal/platform/picture"
)

var sizes = []picture.Size{{Side: 100, Bytes: 5_000}, {Side: 200, Bytes: 20_000}}

// corners is a picture with a colour in each corner, clockwise from the upper left: red, green, blue, white.
func corners(width, height int) *image.RGBA {
	drawn := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{255, 0, 0, 255}
			switch right, below := x >= width/2, y >= height/2; {
			case right && below:
				c = color.RGBA{0, 0, 255, 255}
			case right:
				c = color.RGBA{0, 255, 0, 255}
			case below:
				c = color.RGBA{255, 255, 255, 255}
			}
			drawn.SetRGBA(x, y, c)
		}
	}
	return drawn
}

func asJPEG(t testing.TB, drawn image.Image) []byte {
	t.Helper()
	var to bytes.Buffer
	require.NoError(t, jpeg.Encode(&to, drawn, &jpeg.Options{Quality: 95}))
	return to.Bytes()
}

func asPNG(t testing.TB, drawn image.Image) []byte {
	t.Helper()
	var to bytes.Buffer
	require.NoError(t, png.Encode(&to, drawn))
	return to.Bytes()
}

// held has a JPEG tell how its camera was held, where it was, and more.
func held(upload []byte, order binary.AppendByteOrder, how uint16) []byte {
	tiff := append([]byte("II*\x00"), 8, 0, 0, 0)
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = append([]byte("MM\x00*"), 0, 0, 0, 8)
	}
	tiff = order.AppendUint16(tiff, 2)
	for tag, value := range map[uint16]uint16{0x0100: 7, 0x0112: how} {
		tiff = order.AppendUint16(order.AppendUint16(tiff, tag), 3)
		tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(tiff, 1), value), 0)
	}
	exif := append([]byte("Exif\x00\x00"), append(tiff, "Via Tribunali 32, Napoli"...)...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2)), exif...)
	return append(append([]byte{0xff, 0xd8}, segment...), upload[2:]...)
}

// cornersOf names the corners' colours, clockwise from the upper left.
func cornersOf(t *testing.T, file picture.File) string {
	t.Helper()
	decoded, err := jpeg.Decode(bytes.NewReader(file.Body))
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, file.Side, file.Side), decoded.Bounds())
	near, far := file.Side/4, 3*file.Side/4
	var names []byte
	for _, at := range []image.Point{{near, near}, {far, near}, {far, far}, {near, far}} {
		r, g, b, _ := decoded.At(at.X, at.Y).RGBA()
		names = append(names, map[[3]bool]byte{{true, false, false}: 'R', {false, true, false}: 'G', {false, false, true}: 'B', {true, true, true}: 'W'}[[3]bool{r > 0x8000, g > 0x8000, b > 0x8000}])
	}
	return string(names)
}

func TestAPictureIsCutSquareInEachSize(t *testing.T) {
	t.Parallel()
	for name, upload := range map[string][]byte{
		"wide JPEG": asJPEG(t, corners(400, 200)), "tall JPEG": asJPEG(t, corners(200, 500)), "PNG": asPNG(t, corners(840, 800)),
	} {
		files, err := picture.Squares(t.Context(), upload, sizes...)
		require.NoError(t, err, name)
		require.Len(t, files, 2)
		for i, file := range files {
			require.Equal(t, sizes[i].Side, file.Side)
			require.LessOrEqual(t, len(file.Body), sizes[i].Bytes, name)
			require.Equal(t, "RGBW", cornersOf(t, file), name)
		}
	}
}

func TestWebPIsRead(t *testing.T) {
	t.Parallel()
	// 2 × 2 pixels of one colour, lossless.
	tiny, err := hex.DecodeString("524946461e000000574542505650384c110000002f0140000007d0fffef7bfff8188e87f0000")
	require.NoError(t, err)
	_, err = picture.Squares(t.Context(), tiny, picture.Size{Side: 2, Bytes: 5_000})
	require.NoError(t, err)
}

func TestWhatIsTransparentBecomesWhite(t *testing.T) {
	t.Parallel()
	files, err := picture.Squares(t.Context(), asPNG(t, image.NewNRGBA(image.Rect(0, 0, 300, 300))), sizes...)
	require.NoError(t, err)
	require.Equal(t, "WWWW", cornersOf(t, files[0]))
}

// A phone that was turned writes the picture as its sensor saw it, and says how to turn it.
func TestAPictureIsTurnedUprightAndTellsNothingOfItsCamera(t *testing.T) {
	t.Parallel()
	plain := asJPEG(t, corners(120, 120))
	for how, want := range map[uint16]string{0: "RGBW", 1: "RGBW", 2: "GRWB", 3: "BWRG", 4: "WBGR", 5: "RWBG", 6: "WRGB", 7: "BGRW", 8: "GBWR", 9: "RGBW"} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			files, err := picture.Squares(t.Context(), held(plain, order, how), sizes[0])
			require.NoError(t, err)
			for _, file := range files {
				require.Equal(t, want, cornersOf(t, file), "orientation %d", how)
				require.NotContains(t, string(file.Body), "Exif")
				require.NotContains(t, string(file.Body), "Napoli")
			}
		}
	}
}

// claims is a PNG of a few bytes that says how large it is.
func claims(width, height uint32, depth byte) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	head = append(head, depth, 6, 0, 0, 0)
	chunk := append(binary.BigEndian.AppendUint32(nil, 13), head...)
	return append([]byte("\x89PNG\r\n\x1a\n"), binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(head))...)
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	whole := asJPEG(t, corners(400, 400))
	manyScans := append(bytes.Clone(whole[:len(whole)-2]), bytes.Repeat([]byte{0xff, 0xda}, 100)...)
	for name, upload := range map[string][]byte{
		"nothing": nil, "a page": []byte("<!doctype html><script>alert(1)</script>"), "a drawing": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"a GIF": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "cut off": whole[:len(whole)/2], "only its head": whole[:20], "too small": asJPEG(t, corners(199, 400)),
		"a bomb": claims(50_000, 50_000, 8), "of sides whose product overflows": claims(1<<31-1, 1<<31-1, 8), "just too many pixels": claims(40_000, 1_001, 8),
		"16 bits of too many pixels": claims(6_000, 6_000, 16), "PNG without an end": claims(400, 400, 8), "more scans than any": manyScans,
	} {
		files, err := picture.Squares(t.Context(), upload, sizes...)
		require.True(t, fault.Is(err, fault.BadUserInput), "%s: %v", name, err)
		require.Empty(t, files)
	}
}

func TestReadingEndsWithItsTime(t *testing.T) {
	t.Parallel()
	over, end := context.WithCancel(t.Context())
	end()
	_, err := picture.Squares(over, asJPEG(t, corners(400, 400)), sizes...)
	require.ErrorIs(t, err, context.Canceled)
}

func FuzzSquares(f *testing.F) {
	whole := asJPEG(f, corners(64, 48))
	f.Add(whole)
	f.Add(held(whole, binary.BigEndian, 6))
	f.Add(held(whole, binary.LittleEndian, 6)[:40])
	f.Add(asPNG(f, corners(40, 40)))
	f.Add(claims(50_000, 50_000, 8))
	f.Add([]byte("RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, upload []byte) {
		files, err := picture.Squares(t.Context(), upload, picture.Size{Side: 16, Bytes: 1_000})
		if err != nil {
			faulttest.Refusal(t, err)
			return
		}
		decoded, err := jpeg.DecodeConfig(bytes.NewReader(files[0].Body))
		require.NoError(t, err)
		require.Equal(t, [2]int{16, 16}, [2]int{decoded.Width, decoded.Height})
	})
}
