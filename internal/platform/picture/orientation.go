package picture

import (
	"encoding/binary"
	"image"
)

// orientation is what a camera tells of how it was held, 1 to 8 as in EXIF: 1 is upright.
type orientation int

// source tells where the pixel at x, y of a square upright picture is in the one that the camera wrote.
func (o orientation) source(x, y, side int) (int, int) {
	last := side - 1
	switch o {
	case 2:
		return last - x, y
	case 3:
		return last - x, last - y
	case 4:
		return x, last - y
	case 5:
		return y, x
	case 6:
		return y, last - x
	case 7:
		return last - y, last - x
	case 8:
		return last - y, x
	}
	return x, y
}

// apply turns a square picture upright.
func (o orientation) apply(from *image.RGBA) *image.RGBA {
	if o == 1 {
		return from
	}
	side := from.Bounds().Dx()
	to := image.NewRGBA(from.Bounds())
	for y := range side {
		for x := range side {
			to.SetRGBA(x, y, from.RGBAAt(o.source(x, y, side)))
		}
	}
	return to
}

// orientationOf reads the orientation out of a JPEG's EXIF; 1 where there is none, and of other formats, whose viewers pass it
// over.
func orientationOf(upload []byte) orientation {
	if Type(upload) != "image/jpeg" {
		return 1
	}
	for rest := upload[2:]; len(rest) >= 4 && rest[0] == 0xff; {
		const app1, startOfScan = 0xe1, 0xda
		marker, length := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if marker == startOfScan || length < 2 || len(rest) < 2+length {
			return 1
		}
		segment := rest[4 : 2+length]
		if marker == app1 && len(segment) > 6 && string(segment[:6]) == "Exif\x00\x00" {
			return inTIFF(segment[6:])
		}
		rest = rest[2+length:]
	}
	return 1
}

// inTIFF finds the tag in the first directory of what EXIF writes.
func inTIFF(tiff []byte) orientation {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	const tag, entryBytes = 0x0112, 12
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entryBytes {
			return 1
		}
		if order.Uint16(entries) == tag {
			if told := orientation(order.Uint16(entries[8:])); told >= 1 && told <= 8 {
				return told
			}
			return 1
		}
		entries = entries[entryBytes:]
	}
	return 1
}
