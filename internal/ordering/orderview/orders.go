package orderview

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// Orders asks for one page of orders, newest first. Staff see those of the locations where they work, and customers, as who
// works elsewhere is, their own.
type Orders struct {
	By     auth.Actor
	First  int    // 0 to 100
	After  string // an edge's cursor, "" for the start
	Filter Filter
	// LocationID is where they were placed; nil: wherever the actor may see them.
	LocationID *uuid.UUID
	// Brief is for pages of which nothing is shown that a brief order doesn't have: their documents are not read.
	Brief bool
}

// OrdersHandler handles Orders. A page comes with the cursor with which the feed goes on.
type OrdersHandler struct {
	Pool *pgxpool.Pool
	Feed feed
}

// feed makes cursors of the live feed: CursorAt of what the expression MomentSQL was in the statement that read a page.
type feed interface {
	MomentSQL() string
	CursorAt(answered string) (string, error)
}

// Handle reads the page. It fails with fault.Forbidden if staff name a location where they don't work.
func (h *OrdersHandler) Handle(ctx context.Context, q Orders) (*Page, error) {
	if err := q.validate(); err != nil {
		return nil, err
	}
	found, moment, err := h.read(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read a page of orders: %w", err)
	}
	page := cut(found, q)
	if page.AsOf, err = h.Feed.CursorAt(moment); err != nil {
		return nil, fmt.Errorf("read a page of orders: %w", err)
	}
	return page, nil
}

// read reads the page's rows and the moment that it shows in one statement, so that the feed goes on exactly there. It
// reads one row more than asked for, which tells whether there is a next page. The rows may come in any order.
func (h *OrdersHandler) read(ctx context.Context, q Orders) (found []*Order, moment string, err error) {
	where, each, values, err := q.conditions()
	if err != nil {
		return nil, "", err
	}
	columns, into := columns, (*Order).into
	if q.Brief {
		columns, into = briefColumns, (*Order).intoBrief
	}
	page := readmodel.Page{
		Model: "order", Key: "id", Columns: columns, Where: where, Each: each, OrderBy: "placed_at DESC, id DESC", Limit: q.First + 1,
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := h.Pool.Query(ctx, `
		SELECT (SELECT `+h.Feed.MomentSQL()+`), p.*
		FROM (SELECT) AS always
		LEFT JOIN LATERAL (`+page.SQL()+`) AS p ON true`, values...)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	for rows.Next() {
		if rows.RawValues()[1] == nil { // an empty page is one row without an order
			if err := rows.Scan(append([]any{&moment}, make([]any, len(rows.RawValues())-1)...)...); err != nil {
				return nil, "", err
			}
			break
		}
		order := &Order{}
		if err := rows.Scan(append([]any{&moment}, into(order)...)...); err != nil {
			return nil, "", err
		}
		found = append(found, order)
	}
	rows.Close()
	return found, moment, rows.Err()
}

// cut makes a page, newest first, of rows that were read one further than asked for. Postgres merges a model's levels in
// this order, but a join may lose it. So it is established here: to sort, Postgres would copy the documents.
func cut(rows []*Order, q Orders) *Page {
	slices.SortFunc(rows, func(a, b *Order) int { return b.key().compare(a.key()) })
	page := &Page{}
	page.Nodes, page.PageInfo = readmodel.Cut(rows, q.First, q.After, func(o *Order) string { return o.key().encode() })
	return page
}
