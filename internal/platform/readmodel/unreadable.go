package readmodel

import (
	"context"
	"slices"
)

// Unreadable lists the models whose views in use can't be read by the builder's definitions: a newer program took columns
// away. What an older one took away by going back to its own is no reason: Run brings it again.
func (b *Builder) Unreadable(ctx context.Context) ([]string, error) {
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range b.Definitions {
		if b.broken(all, d) {
			names = append(names, d.Name)
		}
	}
	return names, nil
}

// broken tells whether a generation that took columns away came after the definition's own ones, or of a definition that this
// database never had, from a newer version of the program; and has not been gone back from.
func (b *Builder) broken(all []Generation, d Definition) bool {
	used, first, last := 0, map[string]int{}, map[string]int{} // numbers, by hash
	for _, g := range all {
		if g.Model != d.Name {
			continue
		}
		if _, known := first[g.Hash]; !known {
			first[g.Hash] = g.Number
		}
		last[g.Hash] = g.Number
		if g.State == InUse {
			used = g.Number
		}
	}
	own, known := first[d.Hash]
	for _, g := range all {
		if g.Model != d.Name || !g.breaks || g.Number > used || wentBack(all, g) {
			continue
		}
		if known && g.Number > last[d.Hash] && own < first[g.Hash] || !known && older(b.version, g.version) {
			return true
		}
	}
	return false
}

// wentBack tells whether the generation came in the place of a newer version's: what it took away, only newer ones had.
func wentBack(all []Generation, g Generation) bool {
	return slices.ContainsFunc(all, func(o Generation) bool {
		return o.Model == g.Model && o.Number < g.Number && older(g.version, o.version)
	})
}
