package readmodel

import (
	"context"
	"fmt"
	"slices"
)

// DropUnneeded drops the generations that were in use before and that no server needs any more, and what is left of a rebuild
// that was killed, and goes on with those whose drop was interrupted. It does nothing while another session builds or drops.
func (b *Builder) DropUnneeded(ctx context.Context, needed func(Generation) bool) error {
	l, err := tryLock(ctx, b.Pool, buildLock)
	if err != nil || l == nil {
		return err
	}
	defer l.release(ctx)
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return err
	}
	for _, g := range all {
		kept := g.State == Retired || slices.Contains(unfinished, g.State)
		gone := g.State == Dropping || kept && replaced(all, g) || g.State == Retired && !needed(g)
		if !gone {
			continue
		}
		done, err := b.tryDrop(ctx, g)
		if err != nil {
			return fmt.Errorf("drop what nobody needs: %w", err)
		}
		if !done {
			continue
		}
		b.Log.InfoContext(ctx, "dropped a generation of a read model that no server needs", "generation", g.Name())
	}
	return nil
}

// Hashes of the builder's definitions.
func (b *Builder) Hashes() []string {
	hashes := make([]string, 0, len(b.Definitions))
	for _, d := range b.Definitions {
		hashes = append(hashes, d.Hash)
	}
	return hashes
}
