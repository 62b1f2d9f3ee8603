package scalar_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/graph/scalar"
	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzScalars reads arbitrary input as an id, an amount and a time. A value that is accepted is written back as it was meant.
func FuzzScalars(f *testing.F) {
	for _, text := range []string{
		"", "1", "-1", "1.0", "1e3", "9223372036854775807", "9223372036854775808", "-0", "NaN", "01890a5d-ac96-774b-bcce-b302099a8057",
		"{01890a5d-ac96-774b-bcce-b302099a8057}", "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057", "' OR 1=1 --", "\x00", "2026-01-31T18:00:00Z",
		"2026-01-31T18:00:00.123456789+14:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z", "2016-12-31T23:59:60Z",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, given := range []any{text, json.Number(text), faulttest.Marker + text, json.Number(faulttest.Marker + text), []any{text}, map[string]any{text: text}, nil, true} {
			id, err := scalar.UnmarshalID(given)
			if !faulttest.Refusal(t, err) && id != uuid.Nil {
				again, err := scalar.UnmarshalID(id.String())
				require.NoError(t, err)
				require.Equal(t, id, again)
			}
			cents, err := scalar.UnmarshalCents(given)
			if !faulttest.Refusal(t, err) {
				var written bytes.Buffer
				scalar.MarshalCents(cents).MarshalGQL(&written)
				again, err := scalar.UnmarshalCents(json.Number(written.String()))
				require.NoError(t, err)
				require.Equal(t, cents, again)
			}
			at, err := scalar.UnmarshalDateTime(given)
			if !faulttest.Refusal(t, err) {
				var written bytes.Buffer
				scalar.MarshalDateTime(at).MarshalGQL(&written)
				var text string
				require.NoError(t, json.Unmarshal(written.Bytes(), &text))
				again, err := time.Parse(time.RFC3339Nano, text)
				require.NoError(t, err)
				require.True(t, at.Equal(again))
			}
		}
	})
}
