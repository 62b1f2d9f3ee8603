package proof_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// transport carries one subscription and passes each item to take, until the connection ends. It returns how the server
// ended it: "closed 1012", "error NOT_FOUND", "complete", "refused 503", two of these, or "" if the connection ended
// without a message.
type transport func(ctx context.Context, client *http.Client, url, token string, s subscription, take func(item)) (ended string)

// result is a payload of either transport.
type result struct {
	Data   struct{ Feed item }
	Errors graphqlErrors
}

type graphqlErrors []struct{ Extensions struct{ Code string } }

func (f graphqlErrors) String() string {
	codes := []string{"error"}
	for _, failure := range f {
		codes = append(codes, failure.Extensions.Code)
	}
	return strings.Join(codes, " ")
}

// bySocket is graphql-transport-ws.
func bySocket(ctx context.Context, client *http.Client, url, token string, s subscription, take func(item)) (ended string) {
	conn, response, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: client, Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		if response == nil {
			return ""
		}
		return fmt.Sprint("refused ", response.StatusCode)
	}
	defer conn.CloseNow()
	conn.SetReadLimit(1 << 20)
	err = wsjson.Write(ctx, conn, map[string]any{"type": "connection_init", "payload": map[string]any{"authorization": "Bearer " + token}})
	for err == nil {
		var message struct {
			Type    string
			Payload json.RawMessage
		}
		if err = wsjson.Read(ctx, conn, &message); err != nil {
			break
		}
		switch message.Type {
		case "connection_ack":
			err = wsjson.Write(ctx, conn, map[string]any{"id": "1", "type": "subscribe", "payload": s.request()})
		case "next":
			var r result
			if err = json.Unmarshal(message.Payload, &r); err == nil && r.Errors == nil {
				take(r.Data.Feed)
			}
		case "error":
			var f graphqlErrors
			if err = json.Unmarshal(message.Payload, &f); err == nil {
				return joinEndings(f.String(), awaitClose(ctx, conn))
			}
		case "complete":
			return "complete"
		}
	}
	return closeReason(err)
}

// awaitClose waits, after an error, whether the server closes the socket too.
func awaitClose(ctx context.Context, conn *websocket.Conn) string {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			return closeReason(err)
		}
	}
}

func closeReason(err error) string {
	if closed, ok := errors.AsType[websocket.CloseError](err); ok {
		return fmt.Sprint("closed ", int(closed.Code))
	}
	return ""
}

func joinEndings(said, then string) string { return strings.Trim(said+", "+then, ", ") }

// byEvents is a stream of server-sent events that names its cursor as the argument `after`.
func byEvents(ctx context.Context, client *http.Client, url, token string, s subscription, take func(item)) (ended string) {
	return stream(ctx, client, url, token, s, "", take)
}

// byEventsWithHeader names its cursor in the header Last-Event-ID, as browsers do.
func byEventsWithHeader(ctx context.Context, client *http.Client, url, token string, s subscription, take func(item)) (ended string) {
	last := s.after
	s.after = ""
	return stream(ctx, client, url, token, s, last, take)
}

func stream(ctx context.Context, client *http.Client, url, token string, s subscription, last string, take func(item)) (ended string) {
	body, err := json.Marshal(s.request())
	if err != nil {
		return err.Error()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err.Error()
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer " + token, "Content-Type": "application/json", "Accept": "text/event-stream", "Last-Event-ID": last,
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := client.Do(request)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Sprint("refused ", response.StatusCode)
	}
	return readEvents(bufio.NewScanner(response.Body), take)
}

func readEvents(lines *bufio.Scanner, take func(item)) (said string) {
	lines.Buffer(nil, 1<<20)
	kind, id, data := "", "", ""
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case name == "event":
			kind = value
		case name == "id":
			id = value
		case name == "data":
			data = value
		case lines.Text() != "": // a comment
		case kind == "complete":
			return joinEndings(said, "complete")
		case kind == "next":
			var r result
			if err := json.Unmarshal([]byte(data), &r); err != nil {
				return err.Error()
			}
			if r.Errors != nil {
				said = r.Errors.String()
			} else {
				r.Data.Feed.Cursor = id // what a browser would remember
				take(r.Data.Feed)
			}
			kind, id, data = "", "", ""
		}
	}
	return said
}
