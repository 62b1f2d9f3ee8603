package clock_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// wallClock lists the files and packages where times of day are compared or subtracted, and why they may be: what is stored, or
// comes from elsewhere, has no other clock in common. Everything else measures with clock.Monotonic or time.Since.
var wallClock = map[string]string{
	"internal/inventory/availability.go":          "until when something is sold out is stored",
	"internal/inventory/availability_keeper.go":   "the same",
	"internal/location":                           "opening hours and promises are told by the clocks on the wall",
	"internal/kitchen":                            "when a ticket fires, and what was done to it, is stored, and told by screens",
	"internal/kitchen/kitchenview":                "when a ticket was open is stored",
	"internal/menu/scheduled_rules.go":            "when a change is to be made is stored",
	"internal/ordering/guest.go":                  "when an order is due is stored",
	"internal/ordering/pricing/conditions.go":     "when an offer begins and ends is stored",
	"internal/ordering/supplement.go":             "since when a difference waits for the bank is stored",
	"internal/ordering/replan.go":                 "what was promised before is stored",
	"internal/ordering/promise.go":                "what was promised before is stored",
	"internal/ordering/quote.go":                  "until when a quote is held is stored",
	"internal/ordering/orderstore/made.go":        "when an order was begun, and ready, is stored",
	"internal/screen/claim_screen.go":             "until when a code can be claimed is stored",
	"internal/promotion":                          "when an offer begins and ends is stored",
	"internal/audit/auditview/statement.go":       "the times of entries are stored",
	"internal/customer/eraser.go":                 "when a deletion was asked for is stored",
	"internal/ordering/orderview/detail.go":       "which refunds had been made by an event: both times are stored",
	"internal/ordering/payment.go":                "when an attempt was made is stored, for any server to go on with",
	"internal/payment/simulator/memory.go":        "which intent was made last",
	"internal/payment/stripegateway/signature.go": "the gateway dates its events",
	"internal/platform/auth/authhttp/response.go": "browsers are told how long a session lasts, whose end is stored",
	"internal/platform/auth/sessions.go":          "the end of a session is stored",
	"internal/platform/live/hub.go":               "a metric: the age of an event, which another server may have dated",
	"internal/platform/tracing/events.go":         "the same, in a trace",
	"internal/platform/readmodel/due.go":          "Postgres dates refreshes; a time in the future counts as long ago",
	"internal/server/check/backups.go":            "files are dated by the machine that wrote them",
	"internal/server/check/database.go":           "it is the machine's clock that is checked against the database's and the gateway's",
	"internal/server/check/proxy.go":              "certificates are dated",
	"internal/platform/fleet/fleet.go":            "is given time.Now, which is monotonic",
	"internal/platform/privatepg/cluster.go":      "of time.Now, which is monotonic",
	"internal/platform/postgres/dial.go":          "of time.Now, which is monotonic",
}

func TestDurationsAreNotMeasuredByTheTimeOfDay(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..")
	needed := map[string]bool{}
	for _, folder := range []string{"internal", "cmd", "graph", "web"} {
		require.NoError(t, filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".generated.go") {
				return nil
			}
			name, err := filepath.Rel(root, path)
			require.NoError(t, err)
			found := comparisons(t, path)
			allowed := false
			for _, place := range []string{filepath.ToSlash(name), filepath.ToSlash(filepath.Dir(name))} {
				if _, listed := wallClock[place]; listed {
					allowed = true
					needed[place] = needed[place] || found != nil
				}
			}
			if !allowed {
				require.Empty(t, found, "%s: use clock.Monotonic or time.Since, or say in wallClock why not", name)
			}
			return nil
		}))
	}
	for place := range wallClock {
		require.True(t, needed[place], "%s needs no exception any more", place)
	}
}

// comparisons lists the calls in a file that look like those of time.Time with another time: Sub, Before, After, Compare.
func comparisons(t *testing.T, path string) (found []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := method.X.(*ast.Ident); ok && of.Name == "time" { // time.After
			return true
		}
		switch method.Sel.Name {
		case "Sub", "Before", "After":
			if literal, ok := call.Args[0].(*ast.BasicLit); !ok || literal.Kind != token.STRING { // gorm's Before("*")
				found = append(found, files.Position(call.Pos()).String())
			}
		}
		return true
	})
	return found
}
