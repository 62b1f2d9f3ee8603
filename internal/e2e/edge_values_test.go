package e2e_test

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
)

// knownThings has the ids of things that exist, by the kinds that the names of fields end in, and a cursor.
type knownThings struct {
	ids    map[string]string
	cursor string
}

// absent marks a value that is not given at all.
type absent struct{}

// id is that of something of the kind that the field is about, by the longest name that it contains, or of nothing.
func (k knownThings) id(of, field string) string {
	if strings.EqualFold(field, "id") || strings.EqualFold(field, "ids") {
		field = of
	}
	found := ""
	for _, kind := range slices.Sorted(maps.Keys(k.ids)) {
		if len(kind) > len(found) && strings.Contains(strings.ToLower(field), strings.ToLower(kind)) {
			found = kind
		}
	}
	if found == "" {
		return "00000000-0000-4000-8000-000000000000"
	}
	return k.ids[found]
}

// edgeValues are the values of a type that lie at its edges: nothing, null, the empty ones, those at limits and beyond, and a whole
// one. What it is of, an input type or a field, and the name tell which id would be right.
func (i inputs) edgeValues(k knownThings, of, name string, r reference) []any {
	switch r.Kind {
	case "NON_NULL":
		return i.edgeValues(k, of, name, *r.OfType)
	case "LIST":
		one := i.plausible(k, of, name, *r.OfType)
		values := []any{absent{}, nil, []any{}, []any{nil}, slices.Repeat([]any{one}, 2), slices.Repeat([]any{one}, 21), slices.Repeat([]any{one}, 101)}
		for _, entry := range i.edgeValues(k, of, name, *r.OfType) {
			if entry != (any)(absent{}) {
				values = append(values, []any{entry})
			}
		}
		return values
	case "ENUM":
		values := []any{absent{}, nil}
		for _, value := range i[r.Name].EnumValues {
			values = append(values, enum(value.Name))
		}
		return values
	case "INPUT_OBJECT":
		return append([]any{absent{}, nil, vars{}}, i.objects(k, r)...)
	}
	return append([]any{absent{}, nil}, k.scalars(r.Name)...)
}

func (k knownThings) scalars(name string) []any {
	switch name {
	case "Boolean":
		return []any{false, true}
	case "Int":
		return []any{math.MinInt32, -1, 0, 1, 2, 50, 51, 100, 101, math.MaxInt32, math.MaxInt32 + 1}
	case "Cents":
		return []any{math.MinInt64, -1, 0, 1, 100_000_000, 100_000_001, math.MaxInt64, json.Number("9223372036854775808")}
	case "DateTime":
		return []any{
			"", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59.999999999Z", "2026-01-31T18:00:00-12:00",
			"2026-02-30T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59",
		}
	case "Cursor":
		return []any{"", "x", k.cursor, k.cursor + "A", k.cursor[1:], strings.Repeat("A", 400)}
	case "ID":
		values := []any{"", "x", "00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-000000000000"}
		for _, kind := range slices.Sorted(maps.Keys(k.ids)) {
			id := k.ids[kind]
			values = append(values, id, strings.ToUpper(id), "{"+id+"}", "urn:uuid:"+id)
		}
		return values
	}
	return []any{
		"", " ", "x", "\u00e9\u0301", "\x00", "\n", "\u202e", "\ufeff", "\U0001f355", "%_\\'\"", "1", "04:00", "2026-01-31", "USD", "Europe/Rome",
		strings.Repeat("\u00e9", 255), strings.Repeat("x", 256), strings.Repeat("x", 2001), strings.Repeat("x", 100_000),
	}
}

// objects are input objects that have everything, but one of the values around in a field; and those that have what is needed,
// and nothing, null or an empty value in a field.
func (i inputs) objects(k knownThings, r reference) []any {
	needed := i.object(k, r, func(f input) bool { return f.Type.Kind == "NON_NULL" })
	everything := i.object(k, r, func(input) bool { return true })
	values := []any{needed, everything}
	for n, base := range []vars{everything, needed} {
		for _, f := range i[r.Name].InputFields {
			around := i.edgeValues(k, r.Name, f.Name, f.Type)
			if n == 1 {
				around = around[:min(3, len(around))]
			}
			for _, value := range around {
				object := vars{}
				for name, other := range base {
					object[name] = other
				}
				if object[f.Name] = value; value == (any)(absent{}) {
					delete(object, f.Name)
				}
				values = append(values, object)
			}
		}
	}
	return values
}

func (i inputs) object(k knownThings, r reference, has func(input) bool) vars {
	object := vars{}
	for _, f := range i[r.Name].InputFields {
		if has(f) {
			object[f.Name] = i.plausible(k, r.Name, f.Name, f.Type)
		}
	}
	return object
}

// plausible is a value that is likely to be accepted.
func (i inputs) plausible(k knownThings, of, name string, r reference) any {
	switch r.Kind {
	case "NON_NULL":
		return i.plausible(k, of, name, *r.OfType)
	case "LIST":
		return []any{i.plausible(k, of, name, *r.OfType)}
	case "INPUT_OBJECT":
		return i.object(k, r, func(input) bool { return true })
	case "ENUM":
		return enum(i[r.Name].EnumValues[0].Name)
	}
	switch {
	case r.Name == "ID":
		return k.id(of, name)
	case r.Name == "Cursor":
		return k.cursor
	case name == "email":
		return "rossi@example.org"
	case name == "password":
		return "open-sesame"
	case name == "paymentToken":
		return "tok_ok"
	}
	return i.validValue(r)
}
