package proof_test

import (
	"bufio"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// metrics returns the metrics that the program exports, by name and labels.
func (p *program) metrics(t *testing.T) map[string]float64 {
	t.Helper()
	response, err := (&clientConn{}).client().Get(p.admin + "/metrics")
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
	told := map[string]float64{}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if name, text, ok := strings.Cut(lines.Text(), " "); ok && name != "#" {
			if value, err := strconv.ParseFloat(text, 64); err == nil {
				told[name] = value
			}
		}
	}
	require.NoError(t, lines.Err())
	return told
}

func openStreams(told map[string]float64) int {
	return int(told[`pizzeria_connections_open{kind="socket"}`] + told[`pizzeria_connections_open{kind="event_stream"}`])
}

// footprint is the resources that clients which come and go may leave in use in a server.
type footprint struct {
	goroutines, files, streams int
}

// atRest returns the footprint once no stream is open and it has stopped changing.
func (p *program) atRest(t *testing.T) footprint {
	t.Helper()
	var last footprint
	for same, deadline := 0, time.Now().Add(time.Minute); same < 5; time.Sleep(200 * time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "it never comes to rest: %+v", last)
		told := p.metrics(t)
		now := footprint{int(told["go_goroutines"]), int(told["process_open_fds"]), openStreams(told)}
		if same++; now != last || now.streams > 0 {
			same = 0
		}
		last = now
	}
	return last
}

func abs(n int) int { return max(n, -n) }
