package main

import (
	"context"
	"fmt"

	"pizzeria/bench/figures"
	"pizzeria/bench/testbed"
)

// connections is how many clients send requests at once.
const connections = 16

// variant is one of the ways that are compared, with a figure from each round.
type variant struct {
	name    string
	measure func(ctx context.Context) (float64, error)
	rates   figures.Series
}

// takeTurns measures each variant once a round. The variant that begins changes from round to round.
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

// stopProgram ends a program, and sets *err to what failed in doing so unless *err is an error already.
func stopProgram(p *testbed.Program, err *error) {
	if failed := p.Stop(); *err == nil {
		*err = failed
	}
}
