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
	}
}

// projected names the results that write themselves.
func projected(result any) projection.Object {
	switch r := result.(type) {
	case *orderview.Order:
		if r != nil {
			return r
		}
	case []*orderview.Order:
		return projection.Objects[*orderview.Order](r)
	case []orderview.Edge:
		return projection.Objects[orderview.Edge](r)
	case []*menuview.MenuItem:
		if !slices.ContainsFunc(r, func(item *menuview.MenuItem) bool { return !item.HasDocument() }) {
			return projection.Objects[*menuview.MenuItem](r)
		}
	}
	return nil
}
