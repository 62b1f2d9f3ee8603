package transport_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sent is an answer as it came over the wire, and unpacked.
func (s *server) sent(document, accepted string) (head http.Header, text string) {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document})
	require.NoError(s.t, err)
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url, strings.NewReader(string(body)))
	require.NoError(s.t, err)
	req.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {graphqlResponse}, "Accept-Encoding": {accepted}}
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	from := io.Reader(resp.Body)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		from, err = gzip.NewReader(resp.Body)
		require.NoError(s.t, err)
	}
	unpacked, err := io.ReadAll(from)
	require.NoError(s.t, err)
	return resp.Header, string(unpacked)
}

const long = `{ items(first: 100) { id items(first: 10) { id } } }`

func TestLongAnswersAreCompressedForThoseWhoCanReadThem(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, plain := s.sent(long, "identity")
	require.Greater(t, len(plain), 4<<10)

	for accepted, packed := range map[string]bool{
		"gzip": true, "br, gzip;q=0.5": true, "*": true, "GZIP": true, "deflate, *;q=0.1": true, "gzip, gzip": true,
		"br": false, "gzip;q=0": false, "*, gzip;q=0": false, "*;q=0": false, "gzip;q=x": false, "xgzip": false,
	} {
		head, text := s.sent(long, accepted)

		require.Equal(t, plain, text, accepted)
		require.Equal(t, packed, head.Get("Content-Encoding") == "gzip", accepted)
		require.Contains(t, head.Values("Vary"), "Accept-Encoding", accepted)
		require.NotEmpty(t, head.Get("Content-Length"), accepted)
	}
}

// What is short is no shorter when it is packed; and what may hand out a secret isn't packed: see compresses.
func TestWhatIsNotCompressed(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, document := range []string{
		`{ hello }`, `{ nothing }`, `mutation {` + strings.Repeat(" touch", 400) + `}`, `{ fails ` + strings.Repeat("hello ", 300) + `}`,
	} {
		head, _ := s.sent(document, "gzip")

		require.Empty(t, head.Get("Content-Encoding"), document)
	}
}
