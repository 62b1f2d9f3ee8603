package readmodel

import (
	"context"
	"fmt"
)

// DropUnneeded drops the generations that were in use before and that nobody needs any more, and goes on with those whose
// drop was interrupted. It does nothing while somebody builds or drops.
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
		if g.State != Dropping && (g.State != Retired || !replaced(all, g) && needed(g)) {
			continue
		}
		if err := b.Drop(ctx, g); err != nil {
			return fmt.Errorf("drop what nobody needs: %w", err)
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
