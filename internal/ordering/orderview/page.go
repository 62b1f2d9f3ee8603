package orderview

import "pizzeria/internal/platform/readmodel"

// Page is a connection: some orders of a list, and where they stand in it.
type Page struct {
	Nodes    []*Order
	PageInfo readmodel.PageInfo
	AsOf     string // a cursor of the live feed: what the page shows of it
}

// Edge is an order in a list.
type Edge struct {
	Cursor string
	Node   *Order
}

// Edges returns the page's orders with their cursors.
func (p *Page) Edges() []Edge {
	edges := make([]Edge, len(p.Nodes))
	for i, o := range p.Nodes {
		edges[i] = Edge{Cursor: o.key().encode(), Node: o}
	}
	return edges
}
