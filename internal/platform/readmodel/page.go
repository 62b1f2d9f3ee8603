package readmodel

import (
	"fmt"
	"strings"
)

// Page is one page of a sorted list over a row model. The model's view gives the same rows, but Postgres would read and
// sort all of them: it pushes neither order nor limit below a union. Here each level is walked along its own index
// and left as soon as it has given a page, and the two are merged.
type Page struct {
	// Model is the model's name, Key its key column.
	Model, Key string
	// Columns to read, unqualified, separated by commas. They contain those that OrderBy sorts by.
	Columns string
	// Where holds conditions over the model's columns that exclude one another; a row of the page meets one of them. Each
	// is walked by itself, so that `outcome = 'A'` and `outcome = 'B'` both stop early by an index that starts with the
	// outcome, which `outcome IN ('A', 'B')` cannot. Empty means all rows. The text stands in the statement once per level:
	// bind its values by name.
	Where []string
	// Each is a statement of one column, named id, for each of whose rows the conditions hold as well: they say each.id. Empty
	// means none. So `location_id = each.id` walks an index that starts with the location once for each, and stops early, which
	// `location_id = ANY (...)` cannot.
	Each string
	// OrderBy must be a total order, e.g. `placed_at DESC, id DESC`.
	OrderBy string
	// Limit is the number of rows. It is written into the statement: with a placeholder Postgres would plan for a tenth
	// of the table.
	Limit int
}

// SQL returns the statement.
func (p Page) SQL() string {
	where := p.Where
	if len(where) == 0 {
		where = []string{"true"}
	}
	var arms []string
	for _, condition := range where {
		arms = append(arms,
			p.arm(fmt.Sprintf("public.%s_fresh AS f WHERE NOT f.tombstone", p.Model), condition),
			p.arm(fmt.Sprintf("public.%[1]s_snapshot AS s WHERE NOT EXISTS (SELECT FROM public.%[1]s_fresh AS f WHERE f.%[2]s = s.%[2]s)",
				p.Model, p.Key), condition),
		)
	}
	return fmt.Sprintf("SELECT %s FROM (%s) AS page ORDER BY %s LIMIT %d",
		p.Columns, strings.Join(arms, " UNION ALL "), p.OrderBy, p.Limit)
}

func (p Page) arm(level, condition string) string {
	arm := fmt.Sprintf("(SELECT %s FROM %s AND (%s) ORDER BY %s LIMIT %d)", p.Columns, level, condition, p.OrderBy, p.Limit)
	if p.Each == "" {
		return arm
	}
	return fmt.Sprintf("(SELECT found.* FROM (%s) AS each CROSS JOIN LATERAL %s AS found ORDER BY %s LIMIT %d)", p.Each, arm, p.OrderBy, p.Limit)
}

// PageInfo says where a page stands in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Cut takes the first rows of a page from those that were read behind the cursor given, one further than asked for, and says
// where the page stands in its list.
func Cut[T any](rows []T, first int, after string, cursor func(T) string) ([]T, PageInfo) {
	info := PageInfo{HasPreviousPage: after != ""}
	if len(rows) > first {
		rows, info.HasNextPage = rows[:first], true
	}
	if n := len(rows); n > 0 {
		start, end := cursor(rows[0]), cursor(rows[n-1])
		info.StartCursor, info.EndCursor = &start, &end
	}
	return rows, info
}
