package migrations_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/migrations"
)

// small are tables whose indexes are made in a moment, however long the shop has been open, and what has been applied at shops
// already.
var small = map[string]string{
	"00012_location_of_orders.sql: public.orders":                    "applied at shops already",
	"00012_location_of_orders.sql: public.locations":                 "a row a location",
	"00013_inventory_stock_by_location.sql: public.stock_levels":     "a row an ingredient and location",
	"00115_inventory_sold_out.sql: public.stock_levels":              "a row an ingredient and location",
	"00040_payment_keys_and_time_due.sql: simulated_gateway.intents": "of the demo",
	"00042_ordering_refunds.sql: simulated_gateway.ledger":           "of the demo",
	"00050_inventory_folded_names.sql: public.ingredients":           "a row an ingredient",
}

// CREATE INDEX keeps everybody from writing to the table until the index is made, and a transaction until its end. The shop may be
// open meanwhile.
func TestIndexesAreMadeWhileTheShopIsOpen(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(migrations.FS, "*.sql")
	require.NoError(t, err)
	used := map[string]bool{}
	for _, file := range files {
		text, err := fs.ReadFile(migrations.FS, file)
		require.NoError(t, err)
		for _, fault := range indexFaults(string(text)) {
			key := file + ": " + fault
			used[key] = true
			if small[key] == "" {
				t.Errorf("%s: see \"Indexes\" in the README", key)
			}
		}
	}
	for key := range small {
		require.True(t, used[key], "nothing needs this exception any more: %s", key)
	}
}

func TestWhatTheRulesOfIndexesFind(t *testing.T) {
	t.Parallel()
	const apart = "-- +goose NO TRANSACTION\n-- +goose Up\nSET lock_timeout = 0;\n"
	for sql, want := range map[string][]string{
		`CREATE INDEX a_idx ON public.a (b);`:                                                                                              {"public.a"},
		`CREATE UNIQUE INDEX a_key ON ONLY public.a USING gin (b);`:                                                                        {"public.a"},
		"CREATE TABLE public.a (b int);\n-- It is used.\nCREATE INDEX a_idx ON public.a (b);":                                              nil,
		`ALTER TABLE public.a ADD CONSTRAINT a_key UNIQUE (b);`:                                                                            {"public.a"},
		`ALTER TABLE public.a ADD COLUMN c int, ADD PRIMARY KEY (b);`:                                                                      {"public.a"},
		`ALTER TABLE public.a ADD CONSTRAINT a_key UNIQUE USING INDEX a_idx;`:                                                              nil,
		"CREATE INDEX CONCURRENTLY a_idx ON public.a (b);":                                                                                 {"a_idx is not dropped before", "it is in a transaction", "lock_timeout"},
		apart + "DROP INDEX CONCURRENTLY IF EXISTS public.a_idx;\nCREATE INDEX CONCURRENTLY a_idx ON public.a (b);":                        {"lock_timeout"},
		apart + "DROP INDEX CONCURRENTLY IF EXISTS public.a_idx;\nCREATE INDEX CONCURRENTLY a_idx ON public.a (b);\nRESET lock_timeout;\n": nil,
		"-- CREATE INDEX a_idx ON public.a (b);":                                                                                           nil,
	} {
		require.Equal(t, want, indexFaults(sql), sql)
	}
}

var (
	tableMade    = regexp.MustCompile(`(?i)\bCREATE TABLE (?:IF NOT EXISTS )?([\w.]+)`)
	indexMade    = regexp.MustCompile(`(?i)\bCREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?(?:IF NOT EXISTS )?(\w+)\s+ON (?:ONLY )?([\w.]+)`)
	tableAltered = regexp.MustCompile(`(?is)\bALTER TABLE (?:ONLY )?([\w.]+)([^;]*)`)
	keyAdded     = regexp.MustCompile(`(?i)\bADD (?:CONSTRAINT \w+ )?(?:UNIQUE|PRIMARY KEY)\s*\(`)
)

// indexFaults names the tables for whose indexes the shop would have to wait, and what is wrong where it needn't.
func indexFaults(sql string) (faults []string) {
	whole := sql
	sql = sqlComment.ReplaceAllString(sql, "")
	made := map[string]bool{}
	for _, m := range tableMade.FindAllStringSubmatch(sql, -1) {
		made[m[1]] = true
	}
	apart := false
	for _, m := range indexMade.FindAllStringSubmatchIndex(sql, -1) {
		name, table := sql[m[4]:m[5]], sql[m[6]:m[7]]
		switch {
		case m[2] >= 0:
			apart = true
			if !regexp.MustCompile(`DROP INDEX CONCURRENTLY IF EXISTS \w+\.` + name + `;`).MatchString(sql[:m[0]]) {
				faults = append(faults, name+" is not dropped before") // a try that was cut off leaves one that isn't valid
			}
		case !made[table]:
			faults = append(faults, table)
		}
	}
	for _, m := range tableAltered.FindAllStringSubmatch(sql, -1) {
		if !made[m[1]] && keyAdded.MatchString(m[2]) {
			faults = append(faults, m[1])
		}
	}
	if apart && !strings.Contains(whole, "-- +goose NO TRANSACTION\n") {
		faults = append(faults, "it is in a transaction")
	}
	if apart && !regexp.MustCompile(`(?s)SET lock_timeout = 0;.*RESET lock_timeout;\s*$`).MatchString(sql) {
		faults = append(faults, "lock_timeout")
	}
	return faults
}
