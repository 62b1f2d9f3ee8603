package orderview

import "context"

// OrdersInFull asks for one page of orders in full, newest first. A customer sees only their own.
type OrdersInFull list

// OrdersInFullHandler handles OrdersInFull.
type OrdersInFullHandler struct{ Pages }

// Handle reads the page.
func (h *OrdersInFullHandler) Handle(ctx context.Context, q OrdersInFull) (*FullPage, error) {
	found, asOf, err := readPage(ctx, h.Pages, list(q), columns, (*Order).into)
	if err != nil {
		return nil, err
	}
	nodes, place := cut(found, list(q), asOf)
	return &FullPage{Nodes: nodes, place: place}, nil
}
