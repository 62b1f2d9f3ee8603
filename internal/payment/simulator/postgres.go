package simulator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

// Postgres keeps everything in the schema simulated_gateway, for any number of servers at once.
type Postgres struct{ pool *pgxpool.Pool }

// NewPostgres uses a pool of a migrated database. The pool stays the caller's.
func NewPostgres(pool *pgxpool.Pool) *Postgres { return &Postgres{pool: pool} }

// Sweep forgets the answers given to keys after a week; Stripe keeps them for a day at least.
func Sweep() postgres.Sweep {
	return postgres.Sweep{Table: "simulated_gateway.answers", Column: "given_at", Keep: 7 * 24 * time.Hour}
}

const intentColumns = `id, order_id, attempt, amount, currency, payment_method, state, captured, refunded, decline_code, created_at, action_url, return_url, refunds`

// Apply implements Store.
func (p *Postgres) Apply(ctx context.Context, r Request, decide func(Intent) Change) (Answer, error) {
	var answer Answer
	err := pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		if r.Key != "" {
			stored, given, err := claim(ctx, tx, r)
			if err != nil || given {
				answer = stored
				return err
			}
		}
		var in Intent
		if r.IntentID != "" {
			var err error
			if in, err = selectIntent(ctx, tx, r.IntentID, "FOR UPDATE"); err != nil {
				return err
			}
		}
		c := decide(in)
		answer = c.Answer
		return save(ctx, tx, r, c)
	})
	if err != nil {
		return Answer{}, fmt.Errorf("change intent: %w", err)
	}
	return answer, nil
}

// claim makes the key this transaction's own or gives the answer that it got before. The insert waits for another
// transaction with the same key to end.
func claim(ctx context.Context, tx pgx.Tx, r Request) (stored Answer, given bool, err error) {
	tag, err := tx.Exec(ctx, `INSERT INTO simulated_gateway.answers (key, fingerprint) VALUES ($1, $2)
		ON CONFLICT (key) DO NOTHING`, r.Key, r.Fingerprint)
	if err != nil {
		return Answer{}, false, fmt.Errorf("claim key: %w", err)
	}
	if tag.RowsAffected() == 1 {
		return Answer{}, false, nil
	}
	var s storedAnswer
	err = tx.QueryRow(ctx, `SELECT fingerprint, status, body FROM simulated_gateway.answers WHERE key = $1`, r.Key).
		Scan(&s.fingerprint, &s.answer.Status, &s.answer.Body)
	if err != nil {
		return Answer{}, false, fmt.Errorf("read stored answer: %w", err)
	}
	stored, err = s.replay(r.Fingerprint)
	return stored, true, err
}

func save(ctx context.Context, tx pgx.Tx, r Request, c Change) error {
	var batch pgx.Batch
	if c.Intent.ID != "" {
		queueIntent(&batch, c.Intent)
	}
	for _, e := range c.Entries {
		batch.Queue(`INSERT INTO simulated_gateway.ledger (intent_id, order_id, kind, amount, at) VALUES ($1, $2, $3, $4, $5)`,
			e.IntentID, e.OrderID, e.Kind, e.Amount, e.At)
	}
	if r.Key != "" {
		batch.Queue(`UPDATE simulated_gateway.answers SET status = $2, body = $3 WHERE key = $1`, r.Key, c.Answer.Status, c.Answer.Body)
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("save change: %w", err)
	}
	return nil
}

func queueIntent(batch *pgx.Batch, in Intent) {
	batch.Queue(`INSERT INTO simulated_gateway.intents (`+intentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET payment_method = excluded.payment_method, state = excluded.state,
			captured = excluded.captured, refunded = excluded.refunded, refunds = excluded.refunds, decline_code = excluded.decline_code`,
		in.ID, in.OrderID, in.Attempt, in.Amount, in.Currency, in.PaymentMethod, in.State, in.Captured, in.Refunded, in.DeclineCode, in.CreatedAt,
		in.ActionURL, in.ReturnURL, append([]RefundRecord{}, in.Refunds...))
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func selectIntent(ctx context.Context, q querier, id, lock string) (Intent, error) {
	return selectIntentWhere(ctx, q, `id = $1 `+lock, id)
}

func selectIntentWhere(ctx context.Context, q querier, condition string, value any) (Intent, error) {
	var in Intent
	err := q.QueryRow(ctx, `SELECT `+intentColumns+` FROM simulated_gateway.intents WHERE `+condition, value).
		Scan(&in.ID, &in.OrderID, &in.Attempt, &in.Amount, &in.Currency, &in.PaymentMethod, &in.State, &in.Captured,
			&in.Refunded, &in.DeclineCode, &in.CreatedAt, &in.ActionURL, &in.ReturnURL, &in.Refunds)
	if errors.Is(err, pgx.ErrNoRows) {
		return Intent{}, errNoIntent
	}
	if err != nil {
		return Intent{}, fmt.Errorf("select intent: %w", err)
	}
	return in, nil
}

// Intent implements Store.
func (p *Postgres) Intent(ctx context.Context, id string) (Intent, error) {
	return selectIntent(ctx, p.pool, id, "")
}

// Of implements Store.
func (p *Postgres) Of(ctx context.Context, attempt string) (Intent, error) {
	return selectIntentWhere(ctx, p.pool, `attempt = $1 LIMIT 1`, attempt)
}

// Waiting implements Store.
func (p *Postgres) Waiting(ctx context.Context, orderID string) (string, error) {
	var id string
	err := p.pool.QueryRow(ctx, `SELECT id FROM simulated_gateway.intents WHERE order_id = $1 AND state = $2
		ORDER BY created_at DESC LIMIT 1`, orderID, RequiresAction).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", errNoIntent
	}
	if err != nil {
		return "", fmt.Errorf("select waiting intent: %w", err)
	}
	return id, nil
}

// Entries implements Store.
func (p *Postgres) Entries(ctx context.Context, orderID string) ([]Entry, error) {
	where, args := "", []any{}
	if orderID != "" {
		where, args = "WHERE order_id = $1", []any{orderID}
	}
	rows, err := p.pool.Query(ctx, `SELECT kind, amount, intent_id, order_id, at FROM simulated_gateway.ledger `+where+
		` ORDER BY position`, args...)
	if err != nil {
		return nil, fmt.Errorf("select ledger: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Entry])
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return all, nil
}
