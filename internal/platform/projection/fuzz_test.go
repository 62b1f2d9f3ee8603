package projection

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzDocument gives a document, good or bad, to several plans. What is written is JSON, and has the values that
// encoding/json finds in the document.
func FuzzDocument(f *testing.F) {
	for _, doc := range []string{
		`{"id":"1","name":"n","note":null,"count":0,"price":-0.5e-7,"ready":true,"colour":"RED","any":1,"part":{"id":"p","name":"P"},"parts":[],"tags":null,"grid":[[1]]}`,
		`{"grid":[[],[-1]],"parts":[{"name":null,"id":"\ud83c\udf55"}],"part":{"name":"\\\"","id":""},"name":"\u2028","id":"1","count":10,"tags":["a"]}`,
		` { "\u0069d" : "1" , "x" : [ { } , [ ] , "]" ] } `, `{"id":"1","id":"2"}`, `{"count":01}`, `{"id":"1","count":0.0}`, `{"count":-}`, `{"id":"` + "\x7f\x80\xff" + `"}`, `[`, `{"id":"\u12"}`,
		`{"part":{"id":"p"},"part":{"id":"q"}}`, `{"":"","id":"a"}`, `{"parts":[{"id":"1"},null]}`,
	} {
		f.Add([]byte(doc))
	}
	var all []*Plan
	for _, selection := range []string{
		`{ id name note count price ready colour any part { id name } parts { id name } tags grid }`,
		`{ grid tags parts { name id } part { p: id id } c: count count id __typename }`, `{ id }`, `{ count }`, `{ part { id } }`, `{ parts { id } id }`,
	} {
		all = append(all, planned(f, selection))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		for _, plan := range all {
			out, err := plan.Document(nil, doc, nil)
			if err != nil {
				continue
			}
			require.True(t, json.Valid(out), "%q of %q", out, doc)
			if found, ok := decoded(doc); ok { // what is passed over isn't looked at closely
				written, ok := decoded(out)
				require.True(t, ok)
				requireSelected(t, plan, found, written)
			}
		}
	})
}

func decoded(doc []byte) (any, bool) {
	var v any
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	err := d.Decode(&v)
	_, end := d.Token()
	return v, err == nil && errors.Is(end, io.EOF)
}

func requireSelected(t *testing.T, plan *Plan, found, written any) {
	t.Helper()
	if list, ok := found.([]any); ok {
		require.Len(t, written, len(list))
		for i := range list {
			requireSelected(t, plan, list[i], written.([]any)[i])
		}
		return
	}
	if plan == nil || found == nil {
		require.Equal(t, found, written)
		return
	}
	require.Len(t, written, len(plan.fields))
	for _, f := range plan.fields {
		value, ok := written.(map[string]any)[f.key[1:len(f.key)-2]]
		require.True(t, ok, f.key)
		if f.fixed != "" {
			require.Equal(t, plan.typename, value)
			continue
		}
		requireSelected(t, f.plan, found.(map[string]any)[f.name], value)
	}
}
