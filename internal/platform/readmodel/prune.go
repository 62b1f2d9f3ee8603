package readmodel

import (
	"context"
	"fmt"
	"slices"
)

// Prune drops every generation of the models chosen that is neither in use, nor being built for the builder's definitions,
// nor needed by others, and returns those that it dropped.
func (b *Builder) Prune(ctx context.Context, chosen, needed func(Generation) bool) (dropped []Generation, err error) {
	for {
		now, left, err := b.pruneNow(ctx, chosen, needed)
		dropped = append(dropped, now...)
		if err == nil && left {
			err = pause(ctx, lookEvery) // whoever builds goes first
		}
		if err != nil {
			return dropped, fmt.Errorf("prune read models: %w", err)
		}
		if !left {
			return dropped, nil
		}
	}
}

// pruneNow drops what it can, and tells whether something is left because others work with it.
func (b *Builder) pruneNow(ctx context.Context, chosen, needed func(Generation) bool) (dropped []Generation, left bool, err error) {
	l, err := awaitLock(ctx, b.Pool, buildLock)
	if err != nil {
		return nil, false, err
	}
	defer l.release(ctx)
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return nil, false, err
	}
	for _, g := range all {
		if g.State == InUse || g.State == Dropped || !chosen(g) || !replaced(all, g) && (b.isBuilding(g) || needed(g)) {
			continue
		}
		done, err := b.tryDrop(ctx, g)
		if err != nil {
			return dropped, left, err
		}
		if left = left || !done; done {
			dropped = append(dropped, g)
		}
	}
	return dropped, left, nil
}

func (b *Builder) isBuilding(g Generation) bool {
	return slices.Contains(unfinished, g.State) &&
		slices.ContainsFunc(b.Definitions, func(d Definition) bool { return d.Name == g.Model && d.Hash == g.Hash })
}

// replaced tells whether the model has another generation of the same definition in use: no server goes back to that one.
func replaced(all []Generation, g Generation) bool {
	return slices.ContainsFunc(all, func(o Generation) bool {
		return o.Model == g.Model && o.Hash == g.Hash && o.State == InUse && o.Number != g.Number
	})
}
