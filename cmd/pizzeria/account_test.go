package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

func TestTheFirstManagerOfANewShop(t *testing.T) {
	t.Parallel()
	environment := []string{"DATABASE_URL=" + pgtest.New(t).DSN}
	add := []string{"account", "add", "-name", "Mario Rossi", "-email", "Mario@shop.example", "-role", "manager"}

	made := tell(t, environment, "correct horse battery\r\nnot read", add...)

	require.Zero(t, made.status, made.errs)
	require.Regexp(t, `^Mario@shop\.example can sign in now; the account's id is [0-9a-f-]{36}\.\n$`, made.out)
	require.Contains(t, tell(t, environment, "correct horse battery", add...).errs,
		"pizzeria account add: There is an account with this e-mail address already.\n")
	require.Regexp(t, `(?m)^Mario Rossi +Mario@shop\.example +MANAGER +all +-$`, call(t, environment, "account", "list").out)

	alone := call(t, environment, "account", "suspend", "-email", "mario@shop.example")
	require.Equal(t, failed, alone.status)
	require.Contains(t, alone.errs, "Make another manager first.")
}

func TestAccountsOfStaffAreChanged(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := []string{"DATABASE_URL=" + db.DSN}
	require.Zero(t, call(t, environment, "seed").status)
	const cook = "cook@example.com"
	somewhere := db.AddLocation(t, "USD").String()
	open := func() (sessions int) {
		require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.sessions`).Scan(&sessions))
		return sessions
	}
	signIn := func() {
		_, err := db.Pool.Exec(t.Context(), `
			INSERT INTO public.sessions (token_sha256, account_id, created_at, expires_at)
			SELECT sha256(gen_random_uuid()::text::bytea), a.customer_id, now(), now() + interval '1 day'
			FROM public.accounts AS a WHERE a.email = $1`, cook)
		require.NoError(t, err)
	}
	for _, step := range []struct {
		input, says, listed string
		arguments           []string
	}{
		{"", "has other roles now", `COOK,DRIVER +` + somewhere + ` +-$`, []string{"roles", "-role", "COOK", "-role", "DRIVER", "-location", somewhere}},
		{"another password\n", "has another password now", `COOK,DRIVER`, []string{"password"}},
		{"", "can't sign in any more", `since 20`, []string{"suspend"}},
		{"", "can sign in again", `-$`, []string{"suspend", "-lift"}},
		{"", "has other roles now", `COOK +all`, []string{"roles", "-role", "COOK"}},
	} {
		signIn()

		got := tell(t, environment, step.input, append([]string{"account", step.arguments[0], "-email", cook}, step.arguments[1:]...)...)

		require.Zero(t, got.status, got.errs)
		require.Equal(t, cook+" "+step.says+".\n", got.out)
		require.Zero(t, open(), "its sessions have ended")
		require.Regexp(t, `(?m)^Coco Cook +cook@example\.com +.*`+step.listed, call(t, environment, "account", "list").out)
	}

	signIn()
	gone := call(t, environment, "account", "delete", "-email", cook)
	require.Zero(t, gone.status, gone.errs)
	require.Equal(t, cook+" is deleted.\n", gone.out)
	require.Zero(t, open())
	require.NotContains(t, call(t, environment, "account", "list").out, "Cook")
	require.Contains(t, call(t, environment, "account", "delete", "-email", cook).errs, "There is no account")
	require.Contains(t, call(t, environment, "account", "delete", "-email", "manager@example.com").errs, "Make another manager first.")
}

// What is left of the person somewhere else, servers erase: the account is gone, and that is what is told.
func TestAnAccountIsDeletedThoughNotAllCanBeErasedAtOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := []string{"DATABASE_URL=" + db.DSN}
	require.Zero(t, call(t, environment, "seed").status)
	busy, err := db.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = busy.Exec(t.Context(), `SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE public.idempotency_keys IN ACCESS EXCLUSIVE MODE`)
	require.NoError(t, err)

	gone := call(t, environment, "account", "delete", "-email", "cook@example.com")

	require.NoError(t, busy.Rollback(t.Context()))
	require.Zero(t, gone.status, gone.errs)
	require.Equal(t, "cook@example.com is deleted.\n", gone.out)
	require.Contains(t, gone.errs, "is left for servers to erase")
	require.Contains(t, call(t, environment, "account", "delete", "-email", "cook@example.com").errs, "There is no account")
}

func TestAccountsAreRefusedInWordsForPeople(t *testing.T) {
	t.Parallel()
	environment := []string{"DATABASE_URL=" + pgtest.New(t).DSN}
	mario := []string{"account", "add", "-name", "Mario", "-email", "mario@shop.example"}
	for name, c := range map[string]struct {
		input, says string
		arguments   []string
	}{
		"no password":    {"", "write the password to the standard input", append(mario, "-role", "MANAGER")},
		"a short one":    {"pizza\n", "A password has ", append(mario, "-role", "MANAGER")},
		"no role":        {"correct horse battery", "An account needs a role.", mario},
		"no such role":   {"correct horse battery", "There is no such role.", append(mario, "-role", "BOSS")},
		"nobody's":       {"", "There is no account with the e-mail address nobody@shop.example.", []string{"account", "suspend", "-email", "nobody@shop.example"}},
		"whose":          {"", "say whose account", []string{"account", "suspend"}},
		"roles to none":  {"", "give it a role", []string{"account", "roles", "-email", "mario@shop.example"}},
		"no location id": {"", "-location", append(mario, "-role", "COOK", "-location", "Chicago")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			got := tell(t, environment, c.input, c.arguments...)

			require.NotZero(t, got.status)
			require.Contains(t, got.errs, c.says)
		})
	}
}
