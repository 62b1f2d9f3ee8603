// Package report writes what was measured, in Markdown, with what it should have been.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report is a list of targets and the tables with the figures behind them.
type Report struct {
	targets []target
	tables  []string
}

type target struct {
	what, aim, measured string
	met                 bool
}

// Unit says how a figure is written, as a format of one number.
type Unit string

// The units of targets.
const (
	Share        Unit = "%.3f"
	Times        Unit = "%.1f times"
	Percent      Unit = "%.0f %%"
	Milliseconds Unit = "%.1f ms"
	Seconds      Unit = "%.1f s"
	KiB          Unit = "%.1f KiB"
	PerSecond    Unit = "%.1f /s"
	Count        Unit = "%.0f"
)

func (u Unit) text(v float64) string { return fmt.Sprintf(string(u), v) }

// AtLeast notes a figure that should be no lower.
func (r *Report) AtLeast(what string, least, measured float64, u Unit) {
	r.targets = append(r.targets, target{what, "at least " + u.text(least), u.text(measured), measured >= least})
}

// AtMost notes a figure that should be no higher.
func (r *Report) AtMost(what string, most, measured float64, u Unit) {
	r.targets = append(r.targets, target{what, "at most " + u.text(most), u.text(measured), measured <= most})
}

// Table adds a table; the first row is its head.
func (r *Report) Table(title string, rows ...[]string) {
	r.tables = append(r.tables, "### "+title+"\n\n"+table(rows))
}

// WriteTo writes the targets, each with "met" or "NOT MET", and the tables.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	rows := [][]string{{"what", "target", "measured", ""}}
	for _, t := range r.targets {
		rows = append(rows, []string{t.what, t.aim, t.measured, verdict(t.met)})
	}
	text := strings.Join(slices.Concat([]string{table(rows)}, r.tables), "\n")
	n, err := io.WriteString(w, text)
	return int64(n), err
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "NOT MET"
}

// table writes rows as columns that people can read unrendered too.
func table(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %-*s ", widths[i], cell)
		}
		b.WriteString("|\n")
	}
	line(rows[0])
	for _, width := range widths {
		b.WriteString("|" + strings.Repeat("-", width+2))
	}
	b.WriteString("|\n")
	for _, row := range rows[1:] {
		line(row)
	}
	return b.String()
}
