package graph

import (
	"context"
	"slices"

	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/projection"
)

// Projection answers from the documents of the read models what they hold.
func Projection() *projection.Extension {
	return &projection.Extension{
		Of: projected, Hide: "staffOnly", MaySee: func(ctx context.Context) bool { return actor(ctx).Staff() },
		Ignore: []string{"cost"},
	}
}

// projected names the results that write themselves.
func projected(ctx context.Context, result any) projection.Object {
	by := actor(ctx)
	switch r := result.(type) {
	case *orderview.Order:
		if r != nil {
			return orderview.Seen{Order: r, By: &by}
		}
	case []*orderview.Order:
		return orderview.SeenAll(r, &by)
	case []orderview.Edge:
		return orderview.SeenEdges(r, &by)
	case []*menuview.MenuItem:
		if !slices.ContainsFunc(r, func(item *menuview.MenuItem) bool { return !item.HasDocument() }) {
			return projection.Objects[*menuview.MenuItem](r)
		}
	}
	return nil
}
