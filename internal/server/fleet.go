package server

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"pizzeria/internal/platform/fleet"
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
