package transport

import (
	"bytes"
	"context"
	"encoding/json"
)

type lastEventIDKey struct{}

func withLastEventID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, lastEventIDKey{}, id)
}

// LastEventID is the id of the last event that a client of an event stream has got: the position to resume from, before any
// that the operation names. It is "" for a first connection and for other transports.
func LastEventID(ctx context.Context) string {
	id, _ := ctx.Value(lastEventIDKey{}).(string)
	return id
}

// cursorField reads data.<root field>.cursor, where a live event has its position.
func cursorField(data []byte) string {
	if !bytes.Contains(data, []byte(`"cursor"`)) {
		return ""
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return ""
	}
	for _, field := range fields {
		var event struct {
			Cursor string `json:"cursor"`
		}
		if json.Unmarshal(field, &event) == nil && event.Cursor != "" {
			return event.Cursor
		}
	}
	return ""
}
