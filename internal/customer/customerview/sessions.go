package customerview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
)

// Sessions finds the sessions that are alive; it stands before every request.
type Sessions struct{ pool *pgxpool.Pool }

// NewSessions returns Sessions on the pool.
func NewSessions(pool *pgxpool.Pool) *Sessions { return &Sessions{pool: pool} }

// Live returns those of the sessions that are alive at the time given, with their accounts as they are, and those of the tokens
// that are of an order or a screen, in one statement.
func (s *Sessions) Live(ctx context.Context, tokens []auth.TokenHash, at time.Time) (map[auth.TokenHash]auth.LiveSession, error) {
	hashes := make([][]byte, len(tokens))
	for i := range tokens {
		hashes[i] = tokens[i][:]
	}
	rows, _ := s.pool.Query(ctx, `
		SELECT
			s.token_sha256, s.expires_at, c.id, c.name, c.phone, a.email, a.roles, a.location_ids,
			NULL::uuid AS order_id, NULL::uuid AS customer_id, false AS read_only, false AS is_screen
		FROM public.sessions AS s
		JOIN public.accounts AS a ON a.customer_id = s.account_id
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE s.token_sha256 = ANY ($1) AND s.expires_at > $2 AND a.suspended_at IS NULL
		UNION ALL
		SELECT
			t.token_sha256, t.expires_at, '00000000-0000-0000-0000-000000000000', t.guest_name, NULL, '', '{}', NULL,
			t.order_id, t.customer_id, t.scope <> 'GUEST', false
		FROM public.order_tokens AS t
		WHERE t.token_sha256 = ANY ($1) AND t.expires_at > $2
		UNION ALL
		SELECT
			d.token_sha256, $2 + interval '1 day', d.id, d.name, NULL, '', '{}', ARRAY[d.location_id], NULL, NULL, false, true
		FROM public.screens AS d
		WHERE d.token_sha256 = ANY ($1) AND d.revoked_at IS NULL`, hashes, at)
	live := make(map[auth.TokenHash]auth.LiveSession, len(tokens))
	var hash []byte
	var row auth.LiveSession
	var order struct {
		id, customerID *uuid.UUID
		readOnly       bool
	}
	var isScreen bool // whose token doesn't expire: it is good for longer than anybody remembers that it is
	_, err := pgx.ForEachRow(rows, []any{
		&hash, &row.ExpiresAt, &row.Actor.ID, &row.Actor.Name, &row.Actor.Phone, &row.Actor.Email, &row.Actor.Roles,
		&row.Actor.LocationIDs, &order.id, &order.customerID, &order.readOnly, &isScreen,
	}, func() error {
		if order.id != nil {
			row.Actor.Order = &auth.OrderGrant{ID: *order.id, CustomerID: *order.customerID, ReadOnly: order.readOnly}
		}
		if isScreen {
			row.Actor = auth.Screen(row.Actor.ID, row.Actor.Name, row.Actor.LocationIDs[0])
		}
		live[auth.TokenHash(hash)] = row
		// The next row must not be read into this one's memory.
		row = auth.LiveSession{}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read live sessions: %w", err)
	}
	return live, nil
}
