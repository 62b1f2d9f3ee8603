package events

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Changes are the part of a payload that tells an audit what became of an aggregate's fields: what each was before and is after.
// Both are named as the API names them, and hold nothing of a person, since they are kept for good.
type Changes struct {
	Before map[string]json.RawMessage `json:"before,omitempty"`
	After  map[string]json.RawMessage `json:"after,omitempty"`
}

// Compare lists the fields in which two values of one type differ, whose JSON is an object each. What is made has no before:
// it is nil.
func Compare(before, after any) (Changes, error) {
	was, err := fieldsOf(before)
	if err != nil {
		return Changes{}, err
	}
	is, err := fieldsOf(after)
	if err != nil {
		return Changes{}, err
	}
	for name, value := range is {
		if old, had := was[name]; had && bytes.Equal(old, value) {
			delete(was, name)
			delete(is, name)
		}
	}
	return Changes{was, is}, nil
}

func fieldsOf(value any) (fields map[string]json.RawMessage, err error) {
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	if err != nil {
		return nil, fmt.Errorf("list what changed: %w", err)
	}
	return fields, nil
}

// Named tells which fields changed, and not from what to what: for those of a person.
func Named(fields ...string) Changes {
	c := Changes{After: make(map[string]json.RawMessage, len(fields))}
	for _, name := range fields {
		c.After[name] = json.RawMessage("null")
	}
	return c
}
