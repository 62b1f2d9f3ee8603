package projection

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	const thing = `{"id":"1","name":"a\"\\\u2028é🍕","note":null,"count":9007199254740993,"price":-1.5e+30,"ready":false,` +
		`"colour":"RED","part":{"id":"p","name":"P","thing":null},"parts":[{"id":"q","name":null},{"id":"r","name":"R"}],` +
		`"tags":[],"grid":[[1,2],[]],"any":"x","unknown":{"a":[{"}":"]"}]}}`
	for _, c := range []struct{ name, selection, doc, expected string }{
		{"as it stands", `{ id name note }`, thing, `{"id":"1","name":"a\"\\\u2028é🍕","note":null}`},
		{"another order", `{ note id }`, thing, `{"note":null,"id":"1"}`},
		{"aliases", `{ a: id b: id id c: note }`, thing, `{"a":"1","b":"1","id":"1","c":null}`},
		{"the last again", `{ count id c: count }`, thing, `{"count":9007199254740993,"id":"1","c":9007199254740993}`},
		{"typename", `{ __typename id t: __typename part { __typename } }`, thing, `{"__typename":"Thing","id":"1","t":"Thing","part":{"__typename":"Part"}}`},
		{"merged", `{ part { id } ... { part { name } } }`, thing, `{"part":{"id":"p","name":"P"}}`},
		{"of an interface", `{ ... on Named { name } id }`, thing, `{"name":"a\"\\\u2028é🍕","id":"1"}`},
		{"numbers", `{ count price ready colour }`, thing, `{"count":9007199254740993,"price":-1.5e+30,"ready":false,"colour":"RED"}`},
		{"lists", `{ parts { name } tags grid }`, thing, `{"parts":[{"name":null},{"name":"R"}],"tags":[],"grid":[[1,2],[]]}`},
		{"nothing", `{ id @skip(if: true) }`, thing, `{}`},
		{
			"blanks", `{ count parts { id } }`, " {\n \"count\" : 1 ,\t\"parts\":[ {\"id\" : \"q\" , \"x\":[ ] } , { \"id\":\"r\" } ] }\r\n",
			`{"count":1,"parts":[{"id":"q"},{"id":"r"}]}`,
		},
		{"names with escapes", `{ id }`, `{"\u0069d":"1"}`, `{"id":"1"}`},
		{"deprecated", `{ old }`, `{"old":"o"}`, `{"old":"o"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, err := planned(t, c.selection).Document([]byte("before "), []byte(c.doc), nil)
			require.NoError(t, err)
			require.Equal(t, "before "+c.expected, string(out))
		})
	}
}

func TestDocumentRefusesWhatIsNotOfItsType(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ selection, doc, said string }{
		{`{ id }`, `{}`, "id: it is missing"},
		{`{ id }`, `{"id":null}`, "id: it is null"},
		{`{ part { id } }`, `{"part":{"id":null}}`, "part: id: it is null"},
		{`{ id name }`, `{"id":"1","id":"2","name":"n"}`, "id: it stands there twice"},
		{`{ id name }`, `{"name":"n","name":"n","id":"1"}`, "name: it stands there twice"},
		{`{ id }`, `{"id":1}`, "malformed"},
		{`{ count }`, `{"count":1.5}`, "malformed"},
		{`{ count }`, `{"count":"1"}`, "malformed"},
		{`{ id count }`, `{"count":1.0,"id":"1"}`, "malformed"},
		{`{ ready }`, `{"ready":1}`, "malformed"},
		{`{ tags }`, `{"tags":{}}`, "malformed"},
		{`{ parts { id } }`, `{"parts":[{"id":"1"},]}`, "malformed"},
		{`{ part { id } }`, `{"part":[]}`, "malformed"},
		{`{ id }`, `{"id":"1"} {}`, "malformed"},
		{`{ id }`, `{"id":"1",}`, "malformed"},
		{`{ id }`, `{"id":"1"`, "malformed"},
		{`{ id }`, `{"id":"\x"}`, "malformed"},
		{`{ id }`, "{\"id\":\"\n\"}", "malformed"},
		{`{ id }`, ``, "malformed"},
		{`{ id }`, `null`, "malformed"},
	} {
		_, err := planned(t, c.selection).Document(nil, []byte(c.doc), nil)
		require.ErrorContains(t, err, c.said, "%s of %s", c.selection, c.doc)
	}
}

func TestComputedFields(t *testing.T) {
	t.Parallel()
	computed := func(out []byte, field string) ([]byte, bool) {
		return append(out, "[true]"...), field == "tags"
	}

	out, err := planned(t, `{ id tags t: tags }`).Document(nil, []byte(`{"id":"1"}`), computed)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"1","tags":[true],"t":[true]}`, string(out))

	_, err = planned(t, `{ id note }`).Document(nil, []byte(`{"id":"1"}`), computed)
	require.ErrorContains(t, err, "note: it is missing")
}

func TestAPlanOfManyFields(t *testing.T) {
	t.Parallel()
	selection, expected := "{ note", `{"note":null`
	for _, c := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		selection += " " + c + ": id"
		expected += `,"` + c + `":"1"`
	}

	out, err := planned(t, selection+" }").Document(nil, []byte(`{"id":"1","note":null}`), nil)

	require.NoError(t, err)
	require.Equal(t, expected+"}", string(out))
}

func TestText(t *testing.T) {
	t.Parallel()
	require.Equal(t, `"a\"\\\n\r\t\u0001\u001F`+"\u2028é🍕<&>\"", string(Text(nil, "a\"\\\n\r\t\x01\x1f\u2028é🍕<&>")))
	require.Equal(t, `""`, string(Text(nil, "")))
}
