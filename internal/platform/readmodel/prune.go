package readmodel

import (
	"context"
	"fmt"
	"slices"
)

// Prune drops every generation of the models chosen that is neither in use, nor being built for the builder's definitions,
// nor needed by others, and returns those that it dropped.
func (b *Builder) Prune(ctx context.Context, chosen, needed func(Generation) bool) (dropped []Generation, err error) {
	l, err := awaitLock(ctx, b.Pool, buildLock)
	if err != nil {
		return nil, fmt.Errorf("prune read models: %w", err)
	}
	defer l.release(ctx)
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return nil, fmt.Errorf("prune read models: %w", err)
	}
	for _, g := range all {
		if g.State == InUse || g.State == Dropped || !chosen(g) || !replaced(all, g) && (b.isBuilding(g) || needed(g)) {
			continue
		}
		if err := b.Drop(ctx, g); err != nil {
			return dropped, fmt.Errorf("prune read models: %w", err)
		}
		dropped = append(dropped, g)
	}
	return dropped, nil
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
