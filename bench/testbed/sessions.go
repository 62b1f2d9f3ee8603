package testbed

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/auth"
)

// Sessions makes accounts with the given role, opens a session for each, and returns the tokens.
func (l *Testbed) Sessions(ctx context.Context, database string, role auth.Role, accounts int) ([]string, error) {
	tokens, hashes, ids := make([]string, accounts), make([][]byte, accounts), make([]uuid.UUID, accounts)
	for i := range accounts {
		tokens[i], ids[i] = auth.NewToken(), uuid.Must(uuid.NewV7())
		hash, _ := auth.HashToken(tokens[i])
		hashes[i] = hash[:]
	}
	err := l.Conn(ctx, database, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `
			WITH account AS (
				SELECT a.id, a.hash FROM unnest($1::uuid[], $2::bytea[]) AS a (id, hash)
			),
			customer AS (
				INSERT INTO public.customers (id, name, created_at) SELECT a.id, 'Account ' || a.id, now() FROM account AS a
			),
			signed_up AS (
				INSERT INTO public.accounts (customer_id, email, password_hash, roles, created_at)
				SELECT a.id, a.id || '@example.com', 'none', ARRAY[$3], now() FROM account AS a
			)
			INSERT INTO public.sessions (token_sha256, account_id, created_at, expires_at)
			SELECT a.hash, a.id, now(), now() + interval '1 day' FROM account AS a`, ids, hashes, string(role))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open %d sessions: %w", accounts, err)
	}
	return tokens, nil
}
