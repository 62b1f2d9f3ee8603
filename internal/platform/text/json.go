package text

import (
	"bytes"
	"encoding/json"
	"strings"
)

// JSON writes a value as the API does, on one line. encoding/json escapes more, for documents inside of HTML.
func JSON(value any) ([]byte, error) {
	var document bytes.Buffer
	to := json.NewEncoder(&document)
	to.SetEscapeHTML(false)
	if err := to.Encode(value); err != nil {
		return nil, err
	}
	out := bytes.TrimSuffix(document.Bytes(), []byte("\n"))
	if !bytes.Contains(out, []byte(`\u202`)) {
		return out, nil
	}
	// An escaped backslash stands for itself: what follows it isn't an escape.
	plain := strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029")
	return []byte(plain.Replace(string(out))), nil
}
