package customerview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// OwnSessions asks for the sessions of an account that are alive, its own first and then the newest.
type OwnSessions struct {
	By    auth.Actor
	Token string // of the session that asks
}

// Session is where somebody is signed in.
type Session struct {
	ID        uuid.UUID
	CreatedAt time.Time `db:"created_at"`
	ExpiresAt time.Time `db:"expires_at"`
	Address   *string
	Client    *string
	IsCurrent bool `db:"is_current"`
}

// OwnSessionsHandler handles OwnSessions.
type OwnSessionsHandler struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
}

// maxSessions bounds the list.
const maxSessions = 100

// Handle reads the rows.
func (h *OwnSessionsHandler) Handle(ctx context.Context, q OwnSessions) ([]*Session, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	current, _ := auth.HashToken(q.Token)
	rows, _ := h.Pool.Query(ctx, `
		SELECT s.id, s.created_at, s.expires_at, s.address, s.client, s.token_sha256 = $2 AS is_current
		FROM public.sessions AS s
		WHERE s.account_id = $1 AND s.expires_at > $3
		ORDER BY is_current DESC, s.created_at DESC, s.id
		LIMIT $4`, q.By.ID, current[:], h.Now(), maxSessions)
	sessions, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Session])
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	return sessions, nil
}
