package pgbench

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Recording is one command as the server carried it out, twice with the same input: an id that differs between the two is
// made anew for each order.
type Recording struct{ First, Again []Statement }

// Script repeats a command, with the input of one of its recordings each time.
type Script struct {
	// Text is what pgbench runs. Every transaction picks a row of Values at random, from the table given to Write.
	Text string
	// Values are the arguments that differ between recordings: one row for each.
	Values [][]string
}

// Write makes a script of recordings of the same command with different inputs. What is the same in all of them stands
// in the statements; what isn't becomes a parameter. Times are when the command began, or as much later as they were. The ids
// are asked of newIDs, SQL expressions, in the order in which they occur, and all further ones of the last; table is a table or
// query with the columns n, from 1, and v, a text[]: a row of Values.
func Write(recordings []Recording, table string, newIDs ...string) (Script, error) {
	if len(recordings) == 0 || len(recordings[0].First) == 0 {
		return Script{}, errors.New("nothing was recorded")
	}
	w := writer{recordings: recordings, values: make([][]string, len(recordings)), ids: map[uuid.UUID]string{}, began: earliest(recordings[0].First)}
	var body strings.Builder
	for i, s := range recordings[0].First {
		for _, r := range recordings {
			if len(r.First) != len(r.Again) || len(r.First) != len(recordings[0].First) || r.First[i].SQL != s.SQL || r.Again[i].SQL != s.SQL {
				return Script{}, fmt.Errorf("the runs of the command differ: statement %d is not always %s", i+1, s.SQL)
			}
		}
		text, err := w.statement(i)
		if err != nil {
			return Script{}, fmt.Errorf("write statement %d, %s: %w", i+1, s.SQL, err)
		}
		body.WriteString(text + ";\n")
	}
	return Script{Text: w.head(table, newIDs) + body.String(), Values: w.values}, nil
}

// writer writes the statements of the first recording.
type writer struct {
	recordings []Recording
	values     [][]string
	ids        map[uuid.UUID]string // those made anew, of the first recording, and the variables that stand for them
	generated  []generatedID
	began      time.Time // of the first recording
	timed      bool      // a time occurs
}

// generatedID is an id that is made anew: the variable that stands for it, and its value in each recording.
type generatedID struct {
	variable string
	was      []string
}

// head picks a row of values, makes ids and reads the clock, in one statement.
func (w *writer) head(table string, newIDs []string) string {
	var columns []string
	for n := range w.values[0] {
		columns = append(columns, fmt.Sprintf("c.v[%d] AS v%[1]d", n+1))
	}
	for n := range len(w.ids) {
		columns = append(columns, fmt.Sprintf("%s AS id%d", newIDs[min(n, len(newIDs)-1)], n+1))
	}
	if w.timed {
		columns = append(columns, "now() AS began")
	}
	switch {
	case len(columns) == 0:
		return ""
	case len(w.values[0]) == 0:
		return "SELECT " + strings.Join(columns, ", ") + " \\gset\n"
	default:
		return fmt.Sprintf("\\set n random(1, %d)\nSELECT %s FROM %s AS c WHERE c.n = :n \\gset\n",
			len(w.values), strings.Join(columns, ", "), table)
	}
}

var placeholder = regexp.MustCompile(`\$[0-9]+`)

func (w *writer) statement(i int) (string, error) {
	var failed error
	text := placeholder.ReplaceAllStringFunc(w.recordings[0].First[i].SQL, func(name string) string {
		n, _ := strconv.Atoi(name[1:])
		value, err := w.argument(i, n-1)
		failed = errors.Join(failed, err)
		return value
	})
	return strings.TrimSpace(text), failed
}

// argument writes what stands in the place of one argument.
func (w *writer) argument(statement, n int) (string, error) {
	of := make([]value, len(w.recordings))
	anew := true
	for i, r := range w.recordings {
		var err error
		if of[i], err = valueOf(r.First[statement], n); err != nil {
			return "", err
		}
		again, err := valueOf(r.Again[statement], n)
		if err != nil {
			return "", err
		}
		anew = anew && of[i] != again
	}
	if id, err := uuid.Parse(of[0].text); err == nil && anew {
		if w.ids[id] == "" {
			w.ids[id] = fmt.Sprintf(":id%d", len(w.ids)+1)
			w.generated = append(w.generated, generatedID{w.ids[id], texts(of)})
		}
		return w.ids[id], nil
	}
	text, err := w.fixed(n, of)
	return w.replaceIDs(of, text), err
}

// replaceIDs replaces the ids that are made anew within a longer text. fixed has put marks in their places before.
func (w *writer) replaceIDs(of []value, text string) string {
	for _, id := range w.generated {
		if strings.Contains(of[0].text, mark(id)) {
			text = fmt.Sprintf("replace(%s::text, '%s', %s::text)", text, mark(id), id.variable)
		}
	}
	return text
}

// mark stands for an id in a text. It has no colon, which pgbench would take for a variable's.
func mark(id generatedID) string { return "{" + strings.TrimPrefix(id.variable, ":") + "}" }

func texts(of []value) []string {
	all := make([]string, len(of))
	for i, v := range of {
		all[i] = v.text
	}
	return all
}

// fixed writes an argument that isn't made anew: a constant if it is the same in all recordings, and else a parameter.
func (w *writer) fixed(n int, of []value) (string, error) {
	for _, id := range w.generated {
		for i := range of {
			of[i].text = strings.ReplaceAll(of[i].text, id.was[i], mark(id))
		}
	}
	if of[0].at != nil {
		return w.time(*of[0].at), nil
	}
	for _, v := range of[1:] {
		if v.null != of[0].null {
			return "", fmt.Errorf("argument %d is null in one of the runs, and pgbench's parameters can't be", n+1)
		}
		if v != of[0] {
			return w.parameter(of), nil
		}
	}
	return of[0].literal(), nil
}

func (w *writer) parameter(of []value) string {
	for i, v := range of {
		w.values[i] = append(w.values[i], v.text)
	}
	return fmt.Sprintf(":v%d", len(w.values[0]))
}

func (w *writer) time(at time.Time) string {
	w.timed = true
	if later := at.Sub(w.began).Round(time.Second); later > 0 {
		return fmt.Sprintf("(:began::timestamptz + interval '%d seconds')", int(later.Seconds()))
	}
	return ":began::timestamptz"
}

// earliest returns the first time among the arguments, which is when the command began.
func earliest(statements []Statement) time.Time {
	var first time.Time
	for _, s := range statements {
		for _, argument := range s.Arguments {
			if at, ok := argument.(time.Time); ok && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}
