package orderview

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// Pages reads pages of orders, each with the cursor with which the feed goes on.
type Pages struct {
	Pool *pgxpool.Pool
	Feed feed
}

// feed makes cursors of the live feed: CursorAt of what the expression MomentSQL was in the statement that read a page.
type feed interface {
	MomentSQL() string
	CursorAt(answered string) (string, error)
}

// readPage reads a page and the moment that it shows in one statement, so that the feed goes on exactly there. It reads
// one row more than asked for, which tells whether there is a next page. The rows may come in any order. into says where a
// row's columns are scanned to.
func readPage[N any](ctx context.Context, p Pages, l list, columns string, into func(*N) []any) (found []*N, asOf string, err error) {
	if err := l.validate(); err != nil {
		return nil, "", err
	}
	where, values, err := l.conditions()
	if err != nil {
		return nil, "", err
	}
	page := readmodel.Page{
		Model: "order", Key: "id", Columns: columns, Where: where, OrderBy: "placed_at DESC, id DESC", Limit: l.First + 1,
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := p.Pool.Query(ctx, `
		SELECT (SELECT `+p.Feed.MomentSQL()+`), p.*
		FROM (SELECT) AS always
		LEFT JOIN LATERAL (`+page.SQL()+`) AS p ON true`, values...)
	if err != nil {
		return nil, "", fmt.Errorf("read orders: %w", err)
	}
	defer rows.Close()
	var moment string
	for rows.Next() {
		if rows.RawValues()[1] == nil { // an empty page is one row without an order
			if err := rows.Scan(append([]any{&moment}, make([]any, len(rows.RawValues())-1)...)...); err != nil {
				return nil, "", fmt.Errorf("read no orders: %w", err)
			}
			break
		}
		row := new(N)
		if err := rows.Scan(append([]any{&moment}, into(row)...)...); err != nil {
			return nil, "", fmt.Errorf("read an order: %w", err)
		}
		found = append(found, row)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, "", fmt.Errorf("read orders: %w", err)
	}
	if asOf, err = p.Feed.CursorAt(moment); err != nil {
		return nil, "", fmt.Errorf("read orders: %w", err)
	}
	return found, asOf, nil
}

// cut makes a page, newest first, of rows that were read one further than asked for. Postgres merges a model's levels in
// this order, but a join may lose it. So it is established here: to sort, Postgres would copy the documents.
func cut[N node](rows []N, l list, asOf string) ([]N, place) {
	slices.SortFunc(rows, func(a, b N) int { return b.key().compare(a.key()) })
	at := place{AsOf: asOf, PageInfo: PageInfo{HasPreviousPage: l.After != ""}}
	if len(rows) > l.First {
		rows, at.PageInfo.HasNextPage = rows[:l.First], true
	}
	if n := len(rows); n > 0 {
		start, end := rows[0].key().encode(), rows[n-1].key().encode()
		at.PageInfo.StartCursor, at.PageInfo.EndCursor = &start, &end
	}
	return rows, at
}
