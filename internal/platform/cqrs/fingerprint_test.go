package cqrs

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
)

type line struct {
	Dish string `json:"dish"`
	Note *string
}

type orderV1 struct {
	Key   string `json:"-"`
	Lines []line `json:"lines"`
	Tip   int    `json:"tip"`
}

// orderV2 is of the version after that: it has fields more, one with a value by default, and in another order.
type orderV2 struct {
	Tip    int      `json:"tip"`
	Source source   `json:"source,omitzero"`
	Gift   bool     `json:"gift"`
	Tags   []string `json:"tags"`
	Where  struct {
		Floor int `json:"floor"`
	} `json:"where"`
	Lines []line `json:"lines"`
}

type source string

func (s source) IsZero() bool { return s == "" || s == "WEB" }

func hashOf(t *testing.T, cmd any) string {
	t.Helper()
	sum, err := Fingerprint(cmd)
	require.NoError(t, err)
	return hex.EncodeToString(sum[:8])
}

func TestAFieldThatIsNotGivenLeavesARequestTheSame(t *testing.T) {
	t.Parallel()
	lines := []line{{Dish: "Margherita"}, {Dish: "Diavola"}}
	v1 := hashOf(t, orderV1{Key: "k", Lines: lines, Tip: 100})

	require.Equal(t, "d5b6fec1feb30ec1", v1, "keys of before are still known")
	require.Equal(t, v1, hashOf(t, orderV2{Lines: lines, Tip: 100, Source: "WEB", Tags: []string{}}))
	require.Equal(t, v1, hashOf(t, orderV2{Lines: lines, Tip: 100}))

	note := "no basil"
	for what, other := range map[string]orderV2{
		"given":       {Lines: lines, Tip: 100, Source: "PHONE"},
		"a bool":      {Lines: lines, Tip: 100, Gift: true},
		"a list":      {Lines: lines, Tip: 100, Tags: []string{""}},
		"no tip":      {Lines: lines},
		"turned":      {Lines: []line{lines[1], lines[0]}, Tip: 100},
		"a line less": {Lines: lines[:1], Tip: 100},
		"a note":      {Lines: []line{{Dish: "Margherita", Note: &note}, lines[1]}, Tip: 100},
	} {
		require.NotEqual(t, v1, hashOf(t, other), what)
	}
}
