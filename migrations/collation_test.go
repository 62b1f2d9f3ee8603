package migrations_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// exceptions are what the rules would refuse, and why it is right, by file and offending text.
var exceptions = map[string]string{
	"migrations/00001_customer_accounts.sql: lower(":                "replaced by 00051",
	"migrations/00002_menu_items.sql: lower(":                       "replaced by 00050",
	"migrations/00012_location_of_orders.sql: lower(":               "a currency, once, where a shop is older than its locations",
	"migrations/00031_customer_folded_emails.sql: lower(":           "for rows of versions before, which aren't folded",
	"migrations/00050_inventory_folded_names.sql: lower(":           "for rows of versions before, which aren't folded",
	"migrations/00051_customer_one_email_key.sql: lower(":           "for rows of versions before, by a named collation where they are folded",
	"internal/inventory/inventorystore/add_missing.go: lower(":      "as the index of 00050",
	"internal/inventory/inventorystore/folded_names.go: lower(":     "as the index of 00050",
	"internal/customer/customerstore/store.go: lower(":              "as the index of 00031",
	"internal/customer/customerstore/invites.go: lower(":            "as the index of 00031",
	"internal/ordering/orderstore/place.go: ORDER BY o.status":      "in which order the index has them, to be counted: it must be that of the index",
	"internal/location/locationview/services.go: ORDER BY b.status": "as in place.go",
	"internal/platform/readmodel/mechanism/generations.sql: ILIKE":  "a keyword, without an i",
	"internal/payment/stripegateway/gateway.go: strings.ToLower":    "a currency's code",
	"internal/payment/stripegateway/units.go: strings.ToUpper":      "a currency's code",
	"internal/payment/simulator/currency.go: strings.ToUpper":       "a currency's code",
	"internal/payment/simulator/currency.go: strings.ToLower":       "a currency's code",
	"internal/ordering/pricing/words.go: strings.ToLower":           "enums' English words",
	"internal/platform/readmodel/page.go: ORDER BY %s":              "each page's OrderBy is looked at where it is written",
	"migrations/00060_inventory_allergens_and_diet.sql: upper(":     "of English words, by a named collation",
}

// What people read is sorted by one collation, whatever the database's own is, and what machines read by C; letters of both
// cases are compared by what Go has folded. A database folds and sorts by its locale: I is ı in a Turkish one, and Ü no ü in C.
func TestTextIsSortedAndFoldedAlikeInEveryDatabase(t *testing.T) {
	t.Parallel()
	texts := textColumns(t)
	used := map[string]bool{}
	for _, piece := range allSQL(t) {
		for _, offence := range offences(piece.text, texts) {
			key := piece.file + ": " + offence
			used[key] = true
			if exceptions[key] == "" {
				t.Errorf("%s needs COLLATE \"und-x-icu\" (for people) or \"C\" (for machines), or a column folded in Go", key)
			}
		}
	}
	for key := range exceptions {
		require.True(t, used[key], "nothing needs this exception any more: %s", key)
	}
}

func TestWhatTheRulesOfCollationFind(t *testing.T) {
	t.Parallel()
	texts := map[string]bool{"name": true, "status": true}
	for sql, want := range map[string][]string{
		`SELECT id FROM a ORDER BY a.name, id LIMIT 1`:                              {"ORDER BY a.name"},
		`SELECT id FROM a ORDER BY id DESC, name DESC NULLS LAST) AS b`:             {"ORDER BY name"},
		`json_agg(b ORDER BY array_position(ARRAY['X'], b.name), coalesce(b.name))`: {"ORDER BY coalesce(b.name)"},
		`ORDER BY b.name COLLATE "und-x-icu", b.id FOR UPDATE`:                      nil,
		`ORDER BY a.name = b.name, a.at`:                                            nil,
		`ORDER BY t::text`:                                                          {"ORDER BY t::text"},
		`SELECT x FROM a ORDER BY 1, x`:                                             {"ORDER BY 1"},
		`WHERE Lower (a.x) = $1 OR a.x ilike $2 OR a.x ~* 'y'`:                      {"lower(", "ILIKE", "~*"},
		`WHERE a.name > $1 OR a.status <> 'X' OR a.id >= $2`:                        {"name >"},
		`SELECT max(a.name), min(a.id)`:                                             {"max(a.name)"},
		"-- ORDER BY name\nSELECT 1":                                                nil,
	} {
		require.Equal(t, want, offences(sql, texts), sql)
	}
}

// textColumns are the names of columns that hold text, in every table or view that has one.
func textColumns(t *testing.T) map[string]bool {
	t.Helper()
	rows, err := pgtest.New(t).Pool.Query(t.Context(), `
		SELECT a.attname
		FROM pg_catalog.pg_attribute AS a
		JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
		WHERE c.relnamespace IN ('public'::regnamespace, 'readmodel'::regnamespace) AND a.attnum > 0 AND c.relkind IN ('r', 'v', 'm')
		GROUP BY a.attname
		HAVING bool_and(a.atttypid::regtype::text IN ('text', 'character varying', 'character', 'citext'))`)
	require.NoError(t, err)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	texts := map[string]bool{}
	for _, name := range names {
		texts[name] = true
	}
	require.True(t, texts["name"] && texts["category"] && !texts["id"] && !texts["placed_at"])
	return texts
}

var (
	sqlComment = regexp.MustCompile(`(?m)--.*$|^\s*#.*$`) // of SQL, and of its declaration
	folding    = regexp.MustCompile(`(?i)\b(lower|upper|initcap)\s*\(|\b(ilike|citext)\b|(~\*|\bstrings\.\w+)`)
	compared   = regexp.MustCompile(`\b(\w+)\s+(<|>|<=|>=)\s`)
	extreme    = regexp.MustCompile(`(?i)\b(?:min|max)\(\s*(?:\w+\.)?(\w+)\s*\)`)
	ordered    = regexp.MustCompile(`(?i)\bORDER\s+BY\s+`)
	ends       = regexp.MustCompile(`(?i)^(;|(LIMIT|OFFSET|FOR|ROWS|RANGE|GROUPS|UNION|LOOP|FETCH)\b)`)
	yamlGoesOn = regexp.MustCompile(`^\n\s*(-\s|\w+:\s|\*/)`) // behind a query in a declaration
	direction  = regexp.MustCompile(`(?i)(\s+(ASC|DESC))?(\s+NULLS\s+(FIRST|LAST))?\s*$`)
	number     = regexp.MustCompile(`^\d+$`)
	word       = regexp.MustCompile(`\w+`)
	noText     = regexp.MustCompile(`(?i)^(array_position|length|count|sum)\(|\s(=|<>|IS)\s`)
)

// offences are what sorts or folds text by the database's locale in an SQL text.
func offences(sql string, texts map[string]bool) (found []string) {
	sql = sqlComment.ReplaceAllString(sql, "")
	for _, at := range ordered.FindAllStringIndex(sql, -1) {
		for _, item := range items(sql[at[1]:]) {
			if sortsText(item, texts) {
				found = append(found, "ORDER BY "+item)
			}
		}
	}
	for _, m := range folding.FindAllStringSubmatch(sql, -1) {
		switch {
		case m[1] != "":
			found = append(found, strings.ToLower(m[1])+"(")
		case m[2] != "":
			found = append(found, strings.ToUpper(m[2]))
		default:
			found = append(found, m[3])
		}
	}
	for _, m := range compared.FindAllStringSubmatch(sql, -1) {
		if texts[m[1]] {
			found = append(found, m[1]+" "+m[2])
		}
	}
	for _, m := range extreme.FindAllStringSubmatch(sql, -1) {
		if texts[m[1]] {
			found = append(found, m[0])
		}
	}
	return found
}

// items are the expressions of a list, which ends with the brackets that it stands in, or before the next clause.
func items(list string) (all []string) {
	depth, begin, i := 0, 0, 0
	for ; i < len(list); i++ {
		switch c := list[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth == 0 && c == ',':
			all, begin = append(all, list[begin:i]), i+1
		}
		if depth < 0 || yamlGoesOn.MatchString(list[i:]) || depth == 0 && (i == 0 || !word.MatchString(list[i-1:i])) && ends.MatchString(list[i:]) {
			break
		}
	}
	all = append(all, list[begin:i])
	for i := range all {
		all[i] = strings.TrimSpace(direction.ReplaceAllString(strings.TrimSpace(all[i]), ""))
	}
	return all
}

func sortsText(item string, texts map[string]bool) bool {
	if strings.Contains(strings.ToUpper(item), "COLLATE") || noText.MatchString(item) {
		return false
	}
	if number.MatchString(item) || strings.HasSuffix(item, "::text") || strings.HasPrefix(item, "%") {
		return true
	}
	for _, name := range word.FindAllString(item, -1) {
		if texts[name] {
			return true
		}
	}
	return false
}

// piece is an SQL text, or a string that may be one.
type piece struct{ file, text string }

// allSQL is what stands in the project's SQL files and in the strings of its programs.
func allSQL(t *testing.T) (all []piece) {
	t.Helper()
	root := ".."
	for _, dir := range []string{"migrations", "internal", "graph", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			file, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			switch {
			case strings.HasSuffix(file, ".sql"):
				text, err := os.ReadFile(path)
				all = append(all, piece{file, string(text)})
				return err
			case strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") && !strings.Contains(file, "generated"):
				pieces, err := stringsOf(path, file)
				all = append(all, pieces...)
				return err
			}
			return nil
		})
		require.NoError(t, err)
	}
	require.Greater(t, len(all), 1000)
	return all
}

// stringsOf are the strings of a Go file, those that are added up as one, with _ for what isn't known of them. What stands in
// Order("...") and OrderBy: "..." is an ORDER BY; where a feature folds case in Go by other means than text.FoldName, that is
// told as SQL, too.
func stringsOf(path, file string) (all []piece, err error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", file, err)
	}
	feature := strings.HasPrefix(file, "internal/") && !strings.HasPrefix(file, "internal/platform/") && !strings.HasPrefix(file, "internal/server/")
	ast.Inspect(parsed, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.SelectorExpr:
			from, _ := n.X.(*ast.Ident)
			if feature && from != nil && from.Name == "strings" && (n.Sel.Name == "ToLower" || n.Sel.Name == "ToUpper" || n.Sel.Name == "EqualFold") {
				all = append(all, piece{file, "strings." + n.Sel.Name + "()"})
			}
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Order" && len(n.Args) == 1 {
				all = append(all, piece{file, "ORDER BY " + literal(n.Args[0])})
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "OrderBy" {
				all = append(all, piece{file, "ORDER BY " + literal(n.Value)})
			}
		case *ast.BinaryExpr:
			if n.Op == token.ADD {
				all = append(all, piece{file, literal(n)})
				return false
			}
		case *ast.BasicLit:
			all = append(all, piece{file, literal(n)})
		}
		return true
	})
	return all, nil
}

func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return text
		}
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return " _ "
}
