package e2e_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// change is one item of a feed.
type change struct {
	Type   string `json:"__typename"`
	Cursor string
	Event  event
	Order  order
	Reason string
}

// message is what a feed's client received: an item, or what ended the feed.
type message struct {
	data  json.RawMessage // {"feed": ...}, or the whole result if it has errors
	ended string          // "complete", "closed 1012", "error {...}", "end of stream"
}

// feed is one subscription, over a socket or as an event stream.
type feed struct {
	*testing.T
	messages <-chan message
	cancel   func()
}

const (
	watchOrder = `subscription($id: ID!, $after: Cursor) {
		feed: orderStatusChanged(orderId: $id, after: $after) { ...item }
	}` + itemFragment
	watchKitchen = `subscription($after: Cursor, $statuses: [OrderStatus!]) {
		feed: kitchenFeed(after: $after, statuses: $statuses) { ...item }
	}` + itemFragment
	itemFragment = ` fragment item on OrderFeed {
		__typename
		... on OrderChanged { cursor event { version type from to actor { role name } reason at promise { likely latest reason } } order { ...full } }
		... on ResyncRequired { cursor reason }
	}` + orderFragment
)

// after returns the variables of a subscription after the cursor. "" is from now on.
func after(cursor string) vars {
	if cursor == "" {
		return vars{}
	}
	return vars{"after": cursor}
}

func (v vars) and(name string, value any) vars {
	v[name] = value
	return v
}

// next returns the next item.
func (f *feed) next() change {
	f.Helper()
	var result struct {
		Feed   *change
		Errors json.RawMessage
	}
	sent := f.nextRaw()
	require.NoError(f, json.Unmarshal([]byte(sent), &result))
	require.NotNil(f, result.Feed, sent)
	return *result.Feed
}

// nextRaw returns the next item as it was sent.
func (f *feed) nextRaw() string {
	f.Helper()
	select {
	case m, open := <-f.messages:
		require.True(f, open && m.ended == "", "the feed has ended: %s", m.ended)
		return string(m.data)
	case <-time.After(soon):
		require.Fail(f, "nothing came")
	}
	return ""
}

// states is the state to which each type of event leads.
var states = map[string]string{
	"PLACED": "PENDING", "CONFIRMED": "CONFIRMED", "REJECTED": "REJECTED", "PREPARATION_STARTED": "PREPARING", "READY": "READY",
	"DISPATCHED": "OUT_FOR_DELIVERY", "RETURNED": "READY", "DELIVERED": "DELIVERED", "PICKED_UP": "PICKED_UP", "CANCELLED": "CANCELLED",
}

// expect reads items that must be exactly the given events of one order, each with the order as it was after the event.
func (f *feed) expect(orderID string, versionBefore int, types ...string) []change {
	f.Helper()
	var changes []change
	for i, kind := range types {
		c := f.next()
		require.Equal(f, "OrderChanged", c.Type, c.Reason)
		require.Equal(f, orderID, c.Order.ID)
		require.Equal(f, kind, c.Event.Type)
		require.Equal(f, versionBefore+1+i, c.Event.Version)
		require.Equal(f, states[kind], c.Event.To)
		require.Equal(f, c.Event.Version == 1, c.Event.From == "", "only the first comes from nowhere")
		if i > 0 {
			require.Equal(f, changes[i-1].Event.To, c.Event.From)
		}
		require.Equal(f, c.Event.Version, c.Order.Version)
		require.Equal(f, c.Event.To, c.Order.Status)
		require.Len(f, c.Order.Timeline, c.Event.Version)
		require.Equal(f, c.Event, c.Order.Timeline[c.Event.Version-1])
		require.NotEmpty(f, c.Cursor)
		changes = append(changes, c)
	}
	return changes
}

// expectNothing requires that nothing comes for 300 ms.
func (f *feed) expectNothing() {
	f.Helper()
	select {
	case m := <-f.messages:
		require.Fail(f, "something came", "%s %s", m.data, m.ended)
	case <-time.After(300 * time.Millisecond):
	}
}

// awaitEnd skips the remaining items and returns how the feed ended.
func (f *feed) awaitEnd() string {
	f.Helper()
	deadline := time.After(soon)
	for {
		select {
		case m, open := <-f.messages:
			require.True(f, open, "the feed was left")
			if m.ended != "" {
				return m.ended
			}
		case <-deadline:
			require.Fail(f, "the feed goes on")
		}
	}
}
