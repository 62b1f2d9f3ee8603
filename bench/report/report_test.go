package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/bench/report"
)

func TestReport(t *testing.T) {
	t.Parallel()
	var r report.Report
	r.AtLeast("one order", 0.8, 0.8, report.Share)
	r.AtLeast("the menu", 0.8, 0.796, report.Share)
	r.AtMost("p99", 50, 50.1, report.Milliseconds)
	r.AtMost("start", 300, 120, report.Milliseconds)
	r.Table("Reads", []string{"what", "/s"}, []string{"one order", "9,000"})

	var got strings.Builder
	_, err := r.WriteTo(&got)

	require.NoError(t, err)
	require.Equal(t, strings.Join([]string{
		"| what      | target           | measured |         |",
		"|-----------|------------------|----------|---------|",
		"| one order | at least 0.800   | 0.800    | met     |",
		"| the menu  | at least 0.800   | 0.796    | NOT MET |",
		"| p99       | at most 50.0 ms  | 50.1 ms  | NOT MET |",
		"| start     | at most 300.0 ms | 120.0 ms | met     |",
		"",
		"### Reads",
		"",
		"| what      | /s    |",
		"|-----------|-------|",
		"| one order | 9,000 |",
		"",
	}, "\n"), got.String())
}
