package readmodel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Builder brings the models of a database to the definitions of a program, while they are read and written. Of several at once, one
// builds and the others wait. It may be killed at any moment: the next one takes up what it left.
type Builder struct {
	Pool        *pgxpool.Pool
	Definitions []Definition
	Log         *slog.Logger
	// Readers names the servers at work that read a model by another definition than the one given, "" if there is none. Nil:
	// there never is.
	Readers func(ctx context.Context, d Definition) (string, error)

	version string // of the program; "" if it has none
	waits   waits

	// after is told of each step that has been committed, in tests; its error ends the build as a crash would.
	after func(State) error
}

// buildLock is held by who builds.
const buildLock = "build"

// ErrDiffers is why a new generation isn't used: its view and its definition are not equal. That is a fault of the
// definition's declaration, or of this package.
var ErrDiffers = errors.New("a new generation differs from its definition")

// Run builds every model that isn't there as its definition says, and points the views at it. A model whose generation in
// use is newer than the program's definition stays as it is: a newer program has been here, and its view shows all that
// this one reads.
func (b *Builder) Run(ctx context.Context) error {
	missing, err := b.Missing(ctx)
	if err != nil || len(missing) == 0 {
		return err
	}
	l, err := awaitLock(ctx, b.Pool, buildLock)
	if err != nil {
		return fmt.Errorf("build read models: %w", err)
	}
	defer l.release(ctx)
	for _, d := range missing {
		if err := b.build(ctx, d); err != nil {
			return fmt.Errorf("build read model %s: %w", d.Name, err)
		}
	}
	return nil
}

// Missing lists the definitions that no generation in use has, nor a newer one replaces.
func (b *Builder) Missing(ctx context.Context) ([]Definition, error) {
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(b.Definitions), func(d Definition) bool { return b.newestOf(all, d).State == InUse }), nil
}

// unfinished are the states of a generation that is being built.
var unfinished = []State{Prepared, Followed, Filled, Verified}

// newestOf returns the generation that serves the definition, or could: the one in use if the definition is its own or an
// older one's; or else the newest that is being built from the definition; or else one without a state. Which definition is older,
// the versions of the programs tell that brought them. Where one has none, definitions are as old as the first generation that was
// begun from them: one that is rebuilt, or gone back to, is not a newer one.
func (b *Builder) newestOf(all []Generation, d Definition) (serving Generation) {
	first := map[string]int{} // generation, by hash
	var used Generation
	for _, g := range all {
		if g.Model != d.Name {
			continue
		}
		if _, known := first[g.Hash]; !known {
			first[g.Hash] = g.Number
		}
		if g.Hash == d.Hash {
			serving = g
		}
		if g.State == InUse {
			used = g
		}
	}
	own, known := first[d.Hash]
	switch {
	case used.State != InUse:
	case used.Hash == d.Hash, older(b.version, used.version):
		return used
	case !older(used.version, b.version) && known && own < first[used.Hash]:
		return used
	}
	if slices.Contains(unfinished, serving.State) {
		return serving
	}
	return Generation{}
}

// build takes the definition's generation through the states that it hasn't been in yet.
func (b *Builder) build(ctx context.Context, d Definition) error {
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return err
	}
	g := b.newestOf(all, d)
	if g.State == InUse {
		return nil // another builder has built it meanwhile
	}
	if err := b.dropOthers(ctx, all, g, d); err != nil {
		return err
	}
	if g.State == "" {
		if g, err = b.prepare(ctx, d); err != nil {
			return err
		}
	}
	return b.advance(ctx, d, g)
}

// dropOthers drops the generations of a model, but for the one given, that others began to build or to drop.
func (b *Builder) dropOthers(ctx context.Context, all []Generation, but Generation, d Definition) error {
	for _, g := range all {
		abandoned := slices.Contains(unfinished, g.State) || g.State == Dropping
		if g.Model == d.Name && g.Number != but.Number && abandoned {
			if err := b.dropAbandoned(ctx, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rebuild makes a new generation of the definition, even if one is in use already, and points the views at it. If a generation
// of the definition is still kept from before the one in use, it is that one.
func (b *Builder) Rebuild(ctx context.Context, d Definition) error {
	l, err := awaitLock(ctx, b.Pool, buildLock)
	if err != nil {
		return fmt.Errorf("rebuild read model %s: %w", d.Name, err)
	}
	defer l.release(ctx)
	if err := b.rebuild(ctx, d); err != nil {
		return fmt.Errorf("rebuild read model %s: %w", d.Name, err)
	}
	return nil
}

func (b *Builder) rebuild(ctx context.Context, d Definition) error {
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return err
	}
	g := kept(all, d)
	if err := b.dropOthers(ctx, all, g, d); err != nil {
		return err
	}
	if g.State == "" {
		if g, err = b.prepare(ctx, d); err != nil {
			return err
		}
	}
	return b.advance(ctx, d, g)
}

// kept returns a retired generation of the definition, if another definition's is in use.
func kept(all []Generation, d Definition) (kept Generation) {
	for _, g := range all {
		switch {
		case g.Model != d.Name:
		case g.State == InUse && g.Hash == d.Hash:
			return Generation{}
		case g.State == Retired && g.Hash == d.Hash:
			kept = g
		}
	}
	return kept
}

// advance takes a generation to its use, step by step.
func (b *Builder) advance(ctx context.Context, d Definition, g Generation) error {
	steps := map[State]func(context.Context, Definition, Generation) (State, error){
		Prepared: b.follow, Followed: b.fill, Filled: b.verify, Verified: b.use, Retired: b.use,
	}
	if g.Kind == Plain {
		steps = map[State]func(context.Context, Definition, Generation) (State, error){Prepared: b.use, Retired: b.use}
	}
	for g.State != InUse {
		start := time.Now()
		next, err := steps[g.State](ctx, d, g)
		if err != nil {
			return fmt.Errorf("%s, which is %s: %w", g.Name(), g.State, err)
		}
		g.State = next
		level, took := slog.LevelDebug, time.Since(start)
		if took > time.Second || next == InUse {
			level = slog.LevelInfo
		}
		b.Log.Log(ctx, level, "built a step of a read model", "generation", g.Name(), "state", g.State, "took", took)
		if err := b.stepDone(next); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) stepDone(reached State) error {
	if b.after == nil {
		return nil
	}
	return b.after(reached)
}
