package orderview

import "context"

// Orders asks for one page of orders at a glance, newest first. A customer sees only their own.
type Orders list

// OrdersHandler handles Orders.
type OrdersHandler struct{ Pages }

// Handle reads the page.
func (h *OrdersHandler) Handle(ctx context.Context, q Orders) (*Page, error) {
	found, asOf, err := readPage(ctx, h.Pages, list(q), summaryColumns, (*Summary).into)
	if err != nil {
		return nil, err
	}
	nodes, place := cut(found, list(q), asOf)
	return &Page{Nodes: nodes, place: place}, nil
}
