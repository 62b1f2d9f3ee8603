package e2e_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/stretchr/testify/require"
)

// eventStream subscribes by server-sent events. lastEventID is what a browser sends when it comes back, "" at first.
// The ids seen go to the channel beside.
func (p *person) eventStream(document string, v vars, lastEventID string) (*feed, <-chan string) {
	p.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": v})
	require.NoError(p, err)
	ctx, cancel := context.WithCancel(p.Context())
	r := p.request(http.MethodPost, p.at.url+"/graphql", string(body), "text/event-stream").WithContext(ctx)
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	client := &http.Client{Transport: p.http.Transport} // no timeout: a stream lasts
	resp, err := client.Do(r)
	require.NoError(p, err)
	require.Equal(p, http.StatusOK, resp.StatusCode)
	require.Equal(p, "text/event-stream; charset=utf-8", resp.Header.Get("Content-Type"))

	messages, ids, done := make(chan message, 1000), make(chan string, 1000), make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = resp.Body.Close() }()
		readEvents(bufio.NewScanner(resp.Body), messages, ids)
	}()
	stop := func() { cancel(); <-done }
	p.Cleanup(stop)
	return &feed{T: p.T, messages: messages, cancel: stop}, ids
}

func readEvents(lines *bufio.Scanner, messages chan<- message, ids chan<- string) {
	lines.Buffer(nil, 1<<20)
	kind, data := "", ""
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "event":
			kind = value
		case "id":
			ids <- value
		case "data":
			data = value
		case "": // an empty line ends an event; one with a colon is a comment
			if lines.Text() == "" && kind == "next" {
				var result struct{ Data, Errors json.RawMessage }
				_ = json.Unmarshal([]byte(data), &result)
				if result.Errors != nil {
					messages <- message{ended: "error " + string(result.Errors)}
				} else {
					messages <- message{data: result.Data}
				}
			} else if lines.Text() == "" && kind == "complete" {
				messages <- message{ended: "complete"}
				return
			}
			if lines.Text() == "" {
				kind, data = "", ""
			}
		}
	}
	messages <- message{ended: "end of stream"}
}
