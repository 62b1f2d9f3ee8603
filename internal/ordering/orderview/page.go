package orderview

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
)

// Summary is an order at a glance; Total is in minor units.
type Summary struct {
	ID                  uuid.UUID
	Number              int
	Version             int
	Status              ordering.Status
	Fulfillment         ordering.Fulfillment
	CustomerName        string
	Total               int64 `gorm:"column:total_cents"`
	ItemsCount          int
	PlacedAt            time.Time
	EstimatedDeliveryAt *time.Time
}

// IsNode marks the summary as a node of the API.
func (*Summary) IsNode() {}

// Page is a connection: some orders of a list, where they stand in it, and what the page shows of the live feed.
type Page struct {
	Nodes    []*Summary
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

// Edges returns the page's orders with their cursors.
func (p *Page) Edges() []*Edge {
	edges := make([]*Edge, len(p.Nodes))
	for i, s := range p.Nodes {
		edges[i] = &Edge{Cursor: s.key().encode(), Node: s}
	}
	return edges
}

func (s *Summary) key() key { return key{placedAt: s.PlacedAt, id: s.ID} }

// newPage cuts a page from rows that were read one further than asked for.
func newPage(rows []*Summary, first int, after bool, asOf string) *Page {
	page := &Page{Nodes: rows, AsOf: asOf, PageInfo: PageInfo{HasPreviousPage: after}}
	if len(rows) > first {
		page.Nodes, page.PageInfo.HasNextPage = rows[:first], true
	}
	if n := len(page.Nodes); n > 0 {
		start, end := page.Nodes[0].key().encode(), page.Nodes[n-1].key().encode()
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &start, &end
	}
	return page
}
