package kitchenstore

import (
	"encoding/json"
	"fmt"

	"pizzeria/internal/kitchen"
)

// encoded are rows of a ticket's lines and tasks, as the statements that store them read them.
type encoded struct{ items, tasks string }

// part names lines and tasks of a ticket.
type part struct {
	lines map[int]bool
	tasks map[[2]int]bool // by line and step
}

func (p part) add(d kitchen.Delta) {
	for line := range d.Fire {
		p.lines[line] = true
	}
	for _, t := range d.Tasks {
		p.tasks[[2]int{t.Line, t.Step}] = true
	}
}

// touched is what events have changed.
func touched(events []kitchen.Event) part {
	p := part{map[int]bool{}, map[[2]int]bool{}}
	for _, e := range events {
		p.add(e.Delta)
	}
	return p
}

// everything is all of a ticket.
func everything(s kitchen.State) part {
	p := touched(nil)
	for i, l := range s.Lines {
		p.lines[i] = true
		for step := range l.Tasks {
			p.tasks[[2]int{i, step}] = true
		}
	}
	return p
}

func encodeRows(s kitchen.State, only part) (encoded, error) {
	items, tasks := []itemRow{}, []taskRow{}
	for i, l := range s.Lines {
		if only.lines[i] {
			items = append(items, itemRowOf(s.ID, i, l))
		}
		for step, task := range l.Tasks {
			if only.tasks[[2]int{i, step}] {
				tasks = append(tasks, taskRowOf(s.ID, i, step, task))
			}
		}
	}
	itemList, err := json.Marshal(items)
	if err != nil {
		return encoded{}, fmt.Errorf("write lines of a ticket: %w", err)
	}
	taskList, err := json.Marshal(tasks)
	if err != nil {
		return encoded{}, fmt.Errorf("write tasks of a ticket: %w", err)
	}
	return encoded{string(itemList), string(taskList)}, nil
}
