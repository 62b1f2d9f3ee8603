package readmodel

import (
	"context"
	"fmt"
)

// Building is a model that isn't there yet as the program defines it, and how far it is.
type Building struct {
	Model string
	State State // of the generation that is being built; "" if none has been begun
	Progress
	waits string // for what, if the builder is in this process
}

// Building lists what Run has still to do, by name.
func (b *Builder) Building(ctx context.Context) ([]Building, error) {
	all, err := Generations(ctx, b.Pool)
	if err != nil {
		return nil, err
	}
	var left []Building
	for _, d := range b.Definitions {
		g := b.newestOf(all, d)
		if g.State == InUse {
			continue
		}
		one := Building{Model: d.Name, State: g.State, waits: b.waits.of(d.Name)}
		if (g.State == Followed || g.State == Filled) && g.Kind != Plain {
			if one.Progress, err = progressOf(ctx, b.Pool, g); err != nil {
				return nil, err
			}
		}
		left = append(left, one)
	}
	return left, nil
}

// String tells an operator what the model waits for.
func (b Building) String() string {
	switch {
	case b.waits != "":
		return "it can't be read yet: " + b.waits
	case b.State == "":
		return "it can't be read yet: its turn to be built has not come"
	case b.State == Prepared:
		return "it can't be read yet: it waits for the tables that it follows"
	case b.State == Followed:
		return "it can't be read yet: it is being filled, " + b.rows()
	case b.State == Filled:
		return "it can't be read yet: it is being verified, " + b.rows()
	default:
		return "it can't be read yet: it is built, and waits to be used"
	}
}

func (b Building) rows() string {
	if b.Of == 0 {
		return fmt.Sprintf("%d rows done", b.Done)
	}
	return fmt.Sprintf("%d of some %d rows done", b.Done, b.Of)
}
