package main

import (
	"context"
	"fmt"

	"pizzeria/bench/figures"
	"pizzeria/bench/lab"
)

// connections is how many clients send requests at once.
const connections = 16

// variant is one of the ways that are compared, with a figure from each round.
type variant struct {
	name    string
	measure func(ctx context.Context) (float64, error)
	rates   figures.Series
}

// takeTurns measures each variant once a round; who begins changes.
func takeTurns(ctx context.Context, rounds int, variants ...*variant) error {
	for round := range rounds {
		for i := range variants {
			v := variants[(i+round)%len(variants)]
			rate, err := v.measure(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			v.rates = append(v.rates, rate)
		}
	}
	return nil
}

// stopped ends a program and keeps what went wrong, unless something else did before.
func stopped(p *lab.Program, err *error) {
	if failed := p.Stop(); *err == nil {
		*err = failed
	}
}
