package cqrs

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// Fingerprint is what two requests of one intent are compared by: the SHA-256 of what was asked for beyond what holds by
// default. Servers of two versions may see the requests: names are sorted, and what is zero is left out, so that a field
// that one version doesn't know changes nothing as long as it isn't given. A field whose value by default isn't zero has a type
// whose IsZero says so, and the tag omitzero.
func Fingerprint(cmd any) ([sha256.Size]byte, error) {
	text, err := json.Marshal(cmd)
	if err != nil {
		return [sha256.Size]byte{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var request any
	if err := decoder.Decode(&request); err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("read it again: %w", err)
	}
	if text, err = json.Marshal(withoutZeros(request)); err != nil {
		return [sha256.Size]byte{}, err
	}
	return sha256.Sum256(text), nil
}

// withoutZeros leaves out the members of objects that are null, false, 0, or empty. Elements of arrays keep their places.
func withoutZeros(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if member = withoutZeros(member); isZero(member) {
				delete(v, name)
			} else {
				v[name] = member
			}
		}
	case []any:
		for i := range v {
			v[i] = withoutZeros(v[i])
		}
	}
	return value
}

func isZero(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case json.Number:
		return v == "0"
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
