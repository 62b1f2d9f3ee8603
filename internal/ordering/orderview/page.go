package orderview

import (
	"slices"

	"pizzeria/internal/platform/projection"
)

// Page is a connection: some orders of a list at a glance, and where they stand in it.
type Page struct {
	Nodes []*Summary
	place
}

// FullPage is a Page of orders in full.
type FullPage struct {
	Nodes []*Order
	place
}

// place is where a page stands in its list, and what it shows of the live feed.
type place struct {
	PageInfo PageInfo
	AsOf     string // a cursor of the live feed
}

// PageInfo says where a page stands in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Edge is an order in a list.
type Edge struct {
	Cursor string
	Node   *Summary
}

// FullEdge is an order in full in a list.
type FullEdge struct {
	Cursor string
	Node   *Order
}

// Edges returns the page's orders with their cursors.
func (p *Page) Edges() []*Edge {
	edges := make([]*Edge, len(p.Nodes))
	for i, s := range p.Nodes {
		edges[i] = &Edge{Cursor: s.key().encode(), Node: s}
	}
	return edges
}

// Edges returns the page's orders with their cursors.
func (p *FullPage) Edges() []*FullEdge {
	edges := make([]*FullEdge, len(p.Nodes))
	for i, o := range p.Nodes {
		edges[i] = &FullEdge{Cursor: o.key().encode(), Node: o}
	}
	return edges
}

// AppendSelected implements projection.Object.
func (p *Page) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return appendPage(out, plan, p.Nodes, &p.place)
}

// AppendSelected implements projection.Object.
func (p *FullPage) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	most := 512 // for what is around the documents
	for _, o := range p.Nodes {
		most += len(o.Document) + 128
	}
	return appendPage(slices.Grow(out, most), plan, p.Nodes, &p.place)
}

// node is what a list is made of.
type node interface {
	projection.Object
	key() key
}

func appendPage[N node](out []byte, plan *projection.Plan, nodes []N, at *place) ([]byte, error) {
	return plan.Object(out, func(out []byte, f *projection.Field) ([]byte, error) {
		switch f.Name {
		case "nodes":
			return projection.List(out, nodes, func(out []byte, n N) ([]byte, error) {
				return n.AppendSelected(out, f.Plan)
			})
		case "edges":
			return projection.List(out, nodes, func(out []byte, n N) ([]byte, error) {
				return appendEdge(out, f.Plan, n)
			})
		case "pageInfo":
			return at.PageInfo.AppendSelected(out, f.Plan)
		case "asOf":
			return projection.Text(out, at.AsOf), nil
		default:
			return nil, projection.ErrUnknownField
		}
	})
}

func appendEdge[N node](out []byte, plan *projection.Plan, n N) ([]byte, error) {
	return plan.Object(out, func(out []byte, f *projection.Field) ([]byte, error) {
		switch f.Name {
		case "cursor":
			return projection.Text(out, n.key().encode()), nil
		case "node":
			return n.AppendSelected(out, f.Plan)
		default:
			return nil, projection.ErrUnknownField
		}
	})
}

// AppendSelected implements projection.Object.
func (i PageInfo) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return plan.Object(out, func(out []byte, f *projection.Field) ([]byte, error) {
		switch f.Name {
		case "hasNextPage":
			return projection.Bool(out, i.HasNextPage), nil
		case "hasPreviousPage":
			return projection.Bool(out, i.HasPreviousPage), nil
		case "startCursor":
			return projection.Nullable(out, i.StartCursor, projection.Text), nil
		case "endCursor":
			return projection.Nullable(out, i.EndCursor, projection.Text), nil
		default:
			return nil, projection.ErrUnknownField
		}
	})
}
