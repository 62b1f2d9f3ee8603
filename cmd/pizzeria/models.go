package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/server"
)

const (
	modelsManual = `Shows every generation of every read model that is kept or being built: its hash, its rows and those that are
fresh (estimates), what it takes on disk, the age of its snapshot, and how far it is if it is being built.`
	rebuildManual = `Builds a new generation of every read model, or of one, as this program defines it, while the shop goes on, and then
uses it. If another program's definition is in use, and the generation before it was this one's and is still kept, it uses
that at once: that is how to go back. Peak disk is told beforehand.`
	pruneManual = `Drops every generation that is neither in use nor being built, nor read by a server at work. There is no going back to
those at once then.`
)

// eachDefinition has work done on the read models of the configured database, those of -model.
func eachDefinition(ctx context.Context, p program, work func(b *readmodel.Builder) error) error {
	return inDatabase(ctx, p, func(db *server.Database) error {
		return server.WithModels(ctx, db.DSN, p.log, func(b *readmodel.Builder) error {
			known := func(d readmodel.Definition) bool { return d.Name == p.flags.model }
			if p.flags.model != "" && !slices.ContainsFunc(b.Definitions, known) {
				return fmt.Errorf("there is no read model %q", p.flags.model)
			}
			return work(b)
		})
	})
}

func models(ctx context.Context, p program) error {
	return eachDefinition(ctx, p, func(b *readmodel.Builder) error {
		all, err := readmodel.Statuses(ctx, b.Pool)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(table, "GENERATION\tHASH\tSTATE\tROWS\tFRESH\tMB\tSNAPSHOT\tBUILDING")
		for _, s := range all {
			age := "-"
			if s.Age != nil {
				age = s.Age.Round(time.Second).String() + " old"
			}
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n",
				s.Name(), s.Hash, s.State, s.Rows, s.Fresh, s.Bytes>>20, age, cmp.Or(s.Building(), "-"))
		}
		return table.Flush()
	})
}

func rebuild(ctx context.Context, p program) error {
	return eachDefinition(ctx, p, func(b *readmodel.Builder) error {
		for _, d := range b.Definitions {
			if p.flags.model != "" && p.flags.model != d.Name {
				continue
			}
			began := time.Now()
			if err := b.Rebuild(ctx, d); err != nil {
				return err
			}
			_, _ = fmt.Fprintf(p.out, "%-18s rebuilt in %s\n", d.Name, time.Since(began).Round(time.Millisecond))
		}
		return nil
	})
}

func prune(ctx context.Context, p program) error {
	return eachDefinition(ctx, p, func(b *readmodel.Builder) error {
		servers, err := fleet.Alive(ctx, b.Pool, func(fleet.Server) bool { return true })
		if err != nil {
			return err
		}
		chosen := func(g readmodel.Generation) bool { return p.flags.model == "" || g.Model == p.flags.model }
		dropped, err := b.Prune(ctx, chosen, func(g readmodel.Generation) bool {
			reader := slices.IndexFunc(servers, func(s fleet.Server) bool { return s.Needs(g.Hash) })
			if reader >= 0 {
				_, _ = fmt.Fprintf(p.out, "%s is kept: server %s reads it\n", g.Name(), servers[reader])
			}
			return reader >= 0
		})
		for _, g := range dropped {
			_, _ = fmt.Fprintf(p.out, "%s dropped\n", g.Name())
		}
		return err
	})
}
