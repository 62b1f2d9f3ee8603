package server

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// dropEvery is the time between two looks for generations of read models that no server needs any more.
const dropEvery = 5 * time.Second

// dropUnneeded drops, now and then until ctx ends, the generations that neither this server nor another at work needs.
func dropUnneeded(ctx context.Context, models *readmodel.Builder, member *fleet.Member, log *slog.Logger) {
	own := models.Hashes()
	tick := time.NewTicker(dropEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		others := member.Others()
		err := models.DropUnneeded(ctx, func(g readmodel.Generation) bool {
			return slices.Contains(own, g.Hash) || slices.ContainsFunc(others, func(s fleet.Server) bool { return s.Needs(g.Hash) })
		})
		if err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "generations that nobody needs are kept", "error", err)
		}
	}
}

// running names the servers at work of the version given, or an older one; "" if there is none.
func running(ctx context.Context, db postgres.Querier, version string) (string, error) {
	alive, err := fleet.Alive(ctx, db, func(s fleet.Server) bool { return postgres.Outdated(s.Version, version) })
	return names(alive), err
}

// readers names the servers at work that read a model by another definition than the one given.
func readers(pool *pgxpool.Pool) func(context.Context, readmodel.Definition) (string, error) {
	return func(ctx context.Context, d readmodel.Definition) (string, error) {
		alive, err := fleet.Alive(ctx, pool, func(s fleet.Server) bool { return !s.Needs(d.Hash) })
		return names(alive), err
	}
}

func names(servers []fleet.Server) string {
	var all []string
	for _, s := range servers {
		all = append(all, s.String())
	}
	return strings.Join(all, ", ")
}
