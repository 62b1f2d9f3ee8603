package proof_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	serving "pizzeria/internal/server"
)

// revokedSeed fixes what happens meanwhile.
const revokedSeed = 34

func TestStreamsEndWithTheirSessionAndTheirRoles(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 2)
	start := f.now()
	w := f.newWorkload()
	orders := w.placeOrders(t, 3)
	working, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	defer busy.Wait()
	defer stop()
	busy.Go(func() { w.run(working, 20, rand.New(rand.NewPCG(revokedSeed, 1)), orders[1:]) })

	for name, end := range map[string]func(t *testing.T, token string){
		"signed out at another server": func(t *testing.T, token string) {
			_, err := ask[json.RawMessage](t.Context(), f.at(1).url, token, `mutation { signOut { userErrors { code } } }`, nil)
			require.NoError(t, err)
		},
		"session deleted": func(t *testing.T, token string) {
			f.change(t, `DELETE FROM public.sessions AS s WHERE s.token_sha256 = sha256($1)`, []byte(token))
		},
		"suspended": func(t *testing.T, token string) {
			f.suspend(t, token)
		},
		"moved to another location": func(t *testing.T, token string) {
			f.change(t, `
				UPDATE public.accounts AS a
				SET location_ids = ARRAY[gen_random_uuid()]
				FROM public.sessions AS s
				WHERE s.account_id = a.customer_id AND s.token_sha256 = sha256($1)`, []byte(token))
		},
		"one role less": func(t *testing.T, token string) {
			f.change(t, `
				UPDATE public.accounts AS a
				SET roles = ARRAY['CUSTOMER']
				FROM public.sessions AS s
				WHERE s.account_id = a.customer_id AND s.token_sha256 = sha256($1)`, []byte(token))
		},
	} {
		t.Run(name, func(t *testing.T) {
			token, stays := f.account(auth.RoleCook), f.subscribe(f.at(0), bySocket, f.account(auth.RoleCook), allChanges(""))
			quiet, now := changesOf(orders[0], start), f.now()
			sockets := []*feedClient{f.subscribe(f.at(0), bySocket, token, quiet), f.subscribe(f.at(0), bySocket, token, allChanges(now))}
			streams := []*feedClient{f.subscribe(f.at(0), byEvents, token, quiet), f.subscribe(f.at(0), byEvents, token, allChanges(now))}
			for i := range 2 {
				sockets[i].next(t)
				streams[i].next(t)
			}

			end(t, token)
			ended := time.Now()

			var took durations
			for _, socket := range sockets {
				require.Equal(t, "closed 4403", socket.awaitEnd(t))
				took = append(took, time.Since(ended))
			}
			for _, stream := range streams {
				require.Equal(t, "error FORBIDDEN, complete", stream.awaitEnd(t))
				took = append(took, time.Since(ended))
			}
			stays.next(t)
			t.Logf("seed %d: over after %s", revokedSeed, took)
			require.Less(t, slices.Max(took), long(15*time.Second, 5*time.Second), "five are promised; machines are busy")
		})
	}
}

// A client that may see an order when it subscribes is checked again at each event.
func TestAnEventIsOnlyForThoseWhoMaySeeItsOrderNow(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 1)
	w := f.newWorkload()
	order := w.placeOrders(t, 1)[0]
	socket := f.subscribe(f.at(0), bySocket, w.customer, changesOf(order, ""))
	stream := f.subscribe(f.at(0), byEvents, w.customer, changesOf(order, ""))
	_, err := w.move(t.Context(), f.at(0).url, "startPreparingOrder", order)
	require.NoError(t, err)
	socket.await(t, order, 3)
	stream.await(t, order, 3)

	stranger := f.account(auth.RoleCustomer)
	f.change(t, `
		UPDATE public.orders AS o
		SET customer_id = s.account_id
		FROM public.sessions AS s
		WHERE o.id = $2 AND s.token_sha256 = sha256($1)`, []byte(stranger), order)
	_, err = w.move(t.Context(), f.at(0).url, "markOrderReady", order)
	require.NoError(t, err)

	require.Equal(t, "error NOT_FOUND", socket.awaitEnd(t))
	require.Equal(t, "error NOT_FOUND, complete", stream.awaitEnd(t))
	require.Empty(t, socket.items)
	require.Empty(t, stream.items)
}

// suspend suspends the account of a session, beside the servers, as the command line does.
func (f *fleet) suspend(t *testing.T, token string) {
	t.Helper()
	var id uuid.UUID
	require.NoError(t, f.db.Pool.QueryRow(t.Context(), `
		SELECT s.account_id FROM public.sessions AS s WHERE s.token_sha256 = sha256($1)`, []byte(token)).Scan(&id))
	err := serving.WithAccounts(t.Context(), f.db.DSN, slog.New(slog.DiscardHandler), func(a *app.Accounts) error {
		_, err := a.ChangeRights.Handle(t.Context(), customer.ChangeRights{ID: id, Suspended: new(true)})
		return err
	})
	require.NoError(t, err)
}

// change changes one row without the servers' knowledge.
func (f *fleet) change(t *testing.T, statement string, arguments ...any) {
	t.Helper()
	done, err := f.db.Pool.Exec(t.Context(), statement, arguments...)
	require.NoError(t, err)
	require.EqualValues(t, 1, done.RowsAffected())
}
