package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBriefRunOverSeveralLocations(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer

	require.NoError(t, run(t.Context(), options{scale: scales()["brief"], only: []string{"commands"}, locations: 3}, &out))

	require.Contains(t, out.String(), "placeOrder at 3 locations, of that at one")
	require.NotContains(t, out.String(), "NaN")
}

// A brief run measures everything, for too short a time to be exact.
func TestBriefRun(t *testing.T) {
	t.Parallel()
	picture := filepath.Join(t.TempDir(), "plot.svg")
	var out bytes.Buffer

	require.NoError(t, run(t.Context(), options{scale: scales()["brief"], svg: picture}, &out))

	for _, expected := range []string{
		"one order in full, of its raw limit", "a page of 20 orders in full, of plain gqlgen", "the menu, of its raw limit", "placeOrder through HTTP, of the same statements by pgbench",
		"startPreparingOrder through HTTP", "commit to client, p99, 40 sockets", "40 sockets, beside a refresh", "The live feed: idle sockets",
		"a menu of 200 dishes with 30 groups of options", "orders by quote, of orders placed at once",
		"refresh of 100 orders", "first serve with a new private Postgres",
	} {
		require.Contains(t, out.String(), expected)
	}
	require.NotContains(t, out.String(), "NaN")
	require.GreaterOrEqual(t, strings.Count(out.String(), "met")+strings.Count(out.String(), "NOT MET"), 15)
	svg, err := os.ReadFile(picture)
	require.NoError(t, err)
	require.Contains(t, string(svg), "refresh in trigger")
}
