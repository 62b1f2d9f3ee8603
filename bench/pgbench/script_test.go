package pgbench

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// added is a command that adds an order with a new id.
func added(order, customer string, price int, at time.Time) []Statement {
	return []Statement{
		{SQL: "begin"},
		{
			"\n\tINSERT INTO orders VALUES ($1, $2, $3, $4, $5)\n",
			[]any{uuid.MustParse(order), customer, price, at, at.Add(20 * time.Second)},
		},
		{
			"SELECT $1::json, $2::uuid, $3, $4, $5, $6",
			[]any{json.RawMessage(`{"of": 'C:\'}`), [16]byte(uuid.MustParse(order)), nil, []byte{1, 0xab}, int64(7), true},
		},
		{"UPDATE keys SET answer = $1", []any{`{"order": "` + customer + `"}`}},
	}
}

const (
	carla, bruno = "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"
	first        = "00000000-0000-7000-8000-00000000000a"
	second       = "00000000-0000-7000-8000-00000000000b"
	third        = "00000000-0000-7000-8000-00000000000c"
	fourth       = "00000000-0000-7000-8000-00000000000d"
)

func TestScript(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

	got, err := Write([]Recording{
		{added(first, carla, 990, at), added(second, carla, 990, at.Add(time.Minute))},
		{added(third, bruno, 1190, at.Add(time.Hour)), added(fourth, bruno, 1190, at.Add(2*time.Hour))},
	}, "inputs", "new_id()")

	require.NoError(t, err)
	require.Equal(t, `\set n random(1, 2)
SELECT c.v[1] AS v1, c.v[2] AS v2, c.v[3] AS v3, new_id() AS id1, now() AS began FROM inputs AS c WHERE c.n = :n \gset
begin;
INSERT INTO orders VALUES (:id1, :v1, :v2, :began::timestamptz, (:began::timestamptz + interval '20 seconds'));
SELECT E'{"of"\x3a ''C\x3a\\''}'::json, :id1::uuid, NULL, E'\\x01ab', 7, true;
UPDATE keys SET answer = :v3;
`, got.Text)
	require.Equal(t, [][]string{
		{carla, "990", `{"order": "` + carla + `"}`},
		{bruno, "1190", `{"order": "` + bruno + `"}`},
	}, got.Values)
}

func TestScriptOfOneInput(t *testing.T) {
	t.Parallel()
	start := func(order string) []Statement {
		return []Statement{{"UPDATE orders SET status = $1 WHERE id = $2", []any{"PREPARING", order}}}
	}

	got, err := Write([]Recording{{start(first), start(second)}}, "inputs", "next_order()")

	require.NoError(t, err)
	require.Equal(t, "SELECT next_order() AS id1 \\gset\nUPDATE orders SET status = E'PREPARING' WHERE id = :id1;\n", got.Text)
}

func TestScriptOfRunsThatDiffer(t *testing.T) {
	t.Parallel()
	one, two := []Statement{{SQL: "SELECT 1"}}, []Statement{{SQL: "SELECT 2"}}
	null, text := []Statement{{"SELECT $1", []any{nil}}}, []Statement{{"SELECT $1", []any{"a"}}}
	for name, given := range map[string][]Recording{
		"statements": {{one, two}}, "length": {{one, append(one, two...)}}, "inputs": {{one, one}, {two, two}},
		"a null": {{null, null}, {text, text}}, "nothing": {{}}, "none": nil,
		"arguments": {{[]Statement{{"SELECT $2", []any{"a"}}}, []Statement{{"SELECT $2", []any{"a"}}}}},
		"type":      {{[]Statement{{"SELECT $1", []any{struct{}{}}}}, []Statement{{"SELECT $1", []any{struct{}{}}}}}},
	} {
		_, err := Write(given, "inputs", "new_id()")
		require.Error(t, err, name)
	}
}
