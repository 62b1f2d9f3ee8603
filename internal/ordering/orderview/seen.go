package orderview

import (
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/projection"
)

// Seen is an order as somebody sees it: orders are shared by all who read them, and what one may do with them is not.
type Seen struct {
	*Order
	By *auth.Actor
}

// SeenAll are orders as somebody sees them.
func SeenAll(orders []*Order, by *auth.Actor) projection.Object {
	seen := make(projection.Objects[Seen], len(orders))
	for i, o := range orders {
		seen[i] = Seen{o, by}
	}
	return seen
}

// SeenEdges are orders of a list as somebody sees them.
func SeenEdges(edges []Edge, by *auth.Actor) projection.Object {
	seen := make(projection.Objects[seenEdge], len(edges))
	for i, e := range edges {
		seen[i] = seenEdge{e.Cursor, Seen{e.Node, by}}
	}
	return seen
}

// AppendSelected implements projection.Object.
func (s Seen) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	if !s.By.At(s.LocationID).Staff() {
		plan = plan.Hidden()
	}
	if s.brief != nil {
		return plan.Values(out, s.column)
	}
	if s.viewer(*s.By).OnlyWatches() {
		shown, err := s.shared()
		if err != nil {
			return nil, err
		}
		return plan.Document(out, shown.Document, s.computed)
	}
	return plan.Document(out, s.Document, s.computed)
}

func (s Seen) computed(out []byte, field string) ([]byte, bool) {
	if field != "allowedTransitions" {
		return out, false
	}
	out, err := projection.List(out, s.allowed(s.viewer(*s.By)), func(out []byte, status ordering.Status) ([]byte, error) {
		return projection.Text(out, string(status)), nil
	})
	return out, err == nil
}

type seenEdge struct {
	cursor string
	node   Seen
}

// AppendSelected implements projection.Object: a list of edges is as long as one of orders.
func (e seenEdge) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return plan.Values(out, func(out []byte, field string, of *projection.Plan) ([]byte, error) {
		switch field {
		case "cursor":
			return projection.Text(out, e.cursor), nil
		case "node":
			return e.node.AppendSelected(out, of)
		}
		return nil, projection.ErrUnknownField
	})
}
