package proof_test

// subscription is one subscription that a client asks for.
type subscription struct {
	query string
	menu  bool   // the feed of the menu; else that of orders
	order string // "" for all
	after string // a cursor; "" for none
	// latest is a subscription in that mode: each order's newest state, what was in between or not.
	latest bool
}

// stream returns the log's name for the kind of stream that is watched.
func (s subscription) stream() string {
	if s.menu {
		return "MENU_ITEM"
	}
	return "ORDER"
}

// item is one item of a feed: a change of an order, a change of a menu item, or a notice.
type item struct {
	Typename   string `json:"__typename"`
	Cursor     string
	Event      struct{ Version int }
	Order      struct{ ID string }
	MenuItemID string
	Item       *struct{ Version int } // as it is now
}

const changed = `{ __typename ... on OrderChanged { cursor event { version } order { id } } }`

func allChanges(after string) subscription {
	return subscription{query: `subscription ($after: Cursor) { feed: kitchenFeed(after: $after) ` + changed + ` }`, after: after}
}

func changesOf(id, after string) subscription {
	return subscription{query: `subscription ($order: ID!, $after: Cursor) { feed: orderStatusChanged(orderId: $order, after: $after) ` + changed + ` }`, order: id, after: after}
}

func latestOfAll(after string) subscription {
	return subscription{
		query: `subscription ($after: Cursor) { feed: kitchenFeed(after: $after, mode: LATEST) ` + changed + ` }`, after: after, latest: true,
	}
}

func menuChanges(after string) subscription {
	return subscription{menu: true, after: after, query: `subscription ($after: Cursor) {
		feed: menuChanged(after: $after) { __typename ... on MenuItemChanged { cursor menuItemId item { version } } }
	}`}
}

func (s subscription) request() map[string]any {
	variables := map[string]any{}
	if s.order != "" {
		variables["order"] = s.order
	}
	if s.after != "" {
		variables["after"] = s.after
	}
	return map[string]any{"query": s.query, "variables": variables}
}
