package locationview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/postgres"
)

// Zone is one row of public.delivery_zone_view, as the API shows it.
type Zone struct {
	ID           uuid.UUID
	LocationID   uuid.UUID
	Name         string
	PostalCodes  []string
	Fee          int64 // in minor units of the location's currency, as MinimumOrder
	MinimumOrder int64
	Minutes      int
}

// IsNode marks the zone as a node of the API.
func (*Zone) IsNode() {}

// Zones asks where a location delivers, the first zone first.
type Zones struct{ LocationID uuid.UUID }

// ZonesHandler handles Zones.
type ZonesHandler struct {
	pool   *pgxpool.Pool
	shared *batch.Batcher[uuid.UUID, []*Zone]
}

// NewZonesHandler returns a handler that runs at most concurrency statements at once; queries that come meanwhile share the
// next one.
func NewZonesHandler(pool *pgxpool.Pool, concurrency int) *ZonesHandler {
	h := &ZonesHandler{pool: pool}
	h.shared = batch.New(concurrency, h.byLocation)
	return h
}

// Handle reads the rows.
func (h *ZonesHandler) Handle(ctx context.Context, q Zones) ([]*Zone, error) {
	zones, _, err := h.shared.One(ctx, q.LocationID)
	return zones, err
}

func (h *ZonesHandler) byLocation(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID][]*Zone, error) {
	all, err := readZones(ctx, h.pool, `WHERE z.location_id = ANY ($1) ORDER BY z.location_id, z.position`, ids)
	if err != nil {
		return nil, err
	}
	zones := make(map[uuid.UUID][]*Zone, len(ids))
	for _, id := range ids {
		zones[id] = []*Zone{}
	}
	for _, z := range all {
		zones[z.LocationID] = append(zones[z.LocationID], z)
	}
	return zones, nil
}

// ByID reads the zones named; those that don't exist are missing.
func (h *ZonesHandler) ByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Zone, error) {
	all, err := readZones(ctx, h.pool, `WHERE z.id = ANY ($1)`, ids)
	if err != nil {
		return nil, err
	}
	zones := make(map[uuid.UUID]*Zone, len(all))
	for _, z := range all {
		zones[z.ID] = z
	}
	return zones, nil
}

// Delivers asks whether a location delivers to a postal code, and for what.
type Delivers struct {
	LocationID uuid.UUID
	PostalCode string
}

// Offer is the answer. Both are nil if the location delivers anywhere.
type Offer struct {
	Zone    *Zone
	Refusal *string
}

// DeliversHandler handles Delivers.
type DeliversHandler struct{ Pool *pgxpool.Pool }

// Handle finds the first zone that has the code. It fails with NOT_FOUND if there is no such location.
func (h *DeliversHandler) Handle(ctx context.Context, q Delivers) (*Offer, error) {
	zones, err := readZones(ctx, h.Pool, `
		WHERE z.location_id = $1
		ORDER BY NOT z.postal_codes && $2::text[], z.position
		LIMIT 1`, q.LocationID, postal.Patterns(q.PostalCode))
	switch {
	case err != nil:
		return nil, err
	case len(zones) == 0:
		there, err := read(ctx, h.Pool, `WHERE l.id = $1`, q.LocationID)
		if err == nil && len(there) == 0 {
			err = location.NotFound()
		}
		return &Offer{}, err
	case !postal.Among(zones[0].PostalCodes, q.PostalCode):
		return &Offer{Refusal: &location.OutsideDeliveryArea().Message}, nil
	}
	return &Offer{Zone: zones[0]}, nil
}

func readZones(ctx context.Context, pool *pgxpool.Pool, which string, arguments ...any) ([]*Zone, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := pool.Query(ctx, `
		SELECT z.id, z.location_id, z.name, z.postal_codes, z.fee, z.minimum_order, z.minutes
		FROM public.delivery_zone_view AS z `+which, arguments...)
	zones, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Zone])
	if err != nil {
		return nil, fmt.Errorf("read delivery zones: %w", err)
	}
	return zones, nil
}
