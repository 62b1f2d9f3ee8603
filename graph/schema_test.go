package graph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	gql "github.com/vektah/gqlparser/v2/ast"

	"pizzeria/graph/generated"
)

func schema() *gql.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// own are the types that the API defines.
func own() (types []*gql.Definition) {
	for _, t := range schema().Types {
		if !t.BuiltIn {
			types = append(types, t)
		}
	}
	return types
}

func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	for _, of := range own() {
		require.NotEmpty(t, of.Description, of.Name)
		for _, f := range of.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			require.NotEmpty(t, f.Description, "%s.%s", of.Name, f.Name)
			for _, a := range f.Arguments {
				if !slices.Contains(spoken, a.Name) {
					require.NotEmpty(t, a.Description, "%s.%s(%s)", of.Name, f.Name, a.Name)
				}
			}
		}
		for _, v := range of.EnumValues {
			require.NotEmpty(t, v.Description, "%s.%s", of.Name, v.Name)
		}
	}
}

// spoken are the arguments that their field's description speaks of, or whose name says all.
var spoken = []string{"input", "id", "ids", "first", "after", "customerId"}

func TestCustomScalarsAreSpecified(t *testing.T) {
	t.Parallel()
	for _, of := range own() {
		if of.Kind == gql.Scalar {
			require.NotNil(t, of.Directives.ForName("specifiedBy"), of.Name)
		}
	}
}

// A mutation takes one input and answers with a payload in which refusals are data. Signing out needs no input. A list of
// results is empty if all of it is refused.
func TestMutationsAreAlike(t *testing.T) {
	t.Parallel()
	types := schema().Types
	for _, f := range types["Mutation"].Fields {
		payload := types[f.Type.Name()]
		require.True(t, f.Type.NonNull && strings.HasSuffix(payload.Name, "Payload"), "%s: %s", f.Name, f.Type)
		require.Equal(t, "[UserError!]!", payload.Fields.ForName("userErrors").Type.String(), payload.Name)
		for _, result := range payload.Fields {
			require.True(t, result.Name == "userErrors" || result.Name == "results" || !result.Type.NonNull, "%s.%s is null if it is refused", payload.Name, result.Name)
		}
		if strings.HasPrefix(f.Name, "signOut") {
			require.Empty(t, f.Arguments)
			continue
		}
		require.Len(t, f.Arguments, 1, f.Name)
		require.Equal(t, "input", f.Arguments[0].Name, f.Name)
		require.True(t, f.Arguments[0].Type.NonNull && strings.HasSuffix(f.Arguments[0].Type.Name(), "Input"), "%s: %s", f.Name, f.Arguments[0].Type)
	}
}

// The API has a value for each that the program knows, but for codes that are no answer of a command.
func TestEnumsHaveTheProgramsValues(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct{ folder, typename, never string }{
		"OrderStatus":    {folder: "ordering", typename: "Status"},
		"OrderEventType": {folder: "ordering", typename: "EventType"},
		"Fulfillment":    {folder: "location", typename: "Fulfillment"},
		"PaymentMethod":  {folder: "payment", typename: "Method"},
		"PaymentStatus":  {folder: "payment", typename: "Status"},
		"RefundStatus":   {folder: "payment", typename: "RefundStatus"},
		"ItemSize":       {folder: "menu", typename: "Size"},
		"Role":           {folder: "platform/auth", typename: "Role"},

		"ScheduledMenuChangeStatus": {folder: "menu", typename: "ScheduledStatus"},
		"UserErrorCode":             {folder: "platform/fault", typename: "Code", never: "FORBIDDEN UNAVAILABLE"},
	} {
		var values []string
		for _, v := range schema().Types[name].EnumValues {
			values = append(values, v.Name)
		}
		known := constants(t, filepath.Join("../internal", of.folder), of.typename)
		require.NotEmpty(t, known, name)
		known = slices.DeleteFunc(known, func(value string) bool { return slices.Contains(strings.Fields(of.never), value) })
		require.ElementsMatch(t, known, values, name)
	}
	roles := append(constants(t, "../internal/platform/auth", "Role"), constants(t, "../internal/platform/auth", "ActorRole")...)
	require.Len(t, schema().Types["ActorRole"].EnumValues, len(roles))
	for _, role := range roles {
		require.NotNil(t, schema().Types["ActorRole"].EnumValues.ForName(role), role)
	}
}

// constants are the texts that a package declares of a type.
func constants(t *testing.T, folder, typename string) (values []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, entry := range files {
		if filepath.Ext(entry.Name()) != ".go" || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, entry.Name()), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			of, ok := spec.Type.(*ast.Ident)
			if imported, is := spec.Type.(*ast.SelectorExpr); is {
				of, ok = imported.Sel, true
			}
			if ok && of.Name == typename {
				for _, v := range spec.Values {
					if text, ok := v.(*ast.BasicLit); ok {
						value, err := strconv.Unquote(text.Value)
						require.NoError(t, err)
						values = append(values, value)
					}
				}
			}
			return true
		})
	}
	return values
}

// What has a stream in the log of events can be told of by the audit, but for tickets, which tell of themselves.
func TestEveryStreamIsAnEntityOfTheAudit(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../internal/*/*.go")
	require.NoError(t, err)
	declared := regexp.MustCompile(`(?m)^(?:const|\t)\s*\w*Stream\s*=\s*"(\w+)"`)
	var streams, entities []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, found := range declared.FindAllSubmatch(text, -1) {
			streams = append(streams, string(found[1]))
		}
	}
	for _, v := range schema().Types["AuditEntity"].EnumValues {
		entities = append(entities, v.Name)
	}
	require.ElementsMatch(t, streams, append(entities, "TICKET"))
}

// What a manager can change of a dish or a location is told by the audit.
func TestEverySettingIsAudited(t *testing.T) {
	t.Parallel()
	for input, file := range map[string]string{
		"UpdateMenuItemInput": "../internal/menu/menustore/audited.go", "UpdateLocationInput": "../internal/location/locationstore/audited.go",
	} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, f := range schema().Types[input].Fields {
			if f.Name != "id" && f.Name != "expectedVersion" {
				require.Contains(t, string(text), `json:"`+f.Name+`"`, input)
			}
		}
	}
}

// What a manager can change of a dish or an option group can wait for its time, and is shown while it waits.
func TestEveryChangeCanBeScheduled(t *testing.T) {
	t.Parallel()
	written, err := os.ReadFile("../internal/menu/written_change.go")
	require.NoError(t, err)
	told, err := os.ReadFile("../internal/menu/menustore/audited_change.go")
	require.NoError(t, err)
	for _, input := range []string{"UpdateMenuItemInput", "UpdateOptionGroupInput"} {
		for _, f := range schema().Types[input].Fields {
			require.Contains(t, string(written), `json:"`+f.Name, input)
			if f.Name != "id" {
				require.Contains(t, string(told), `"`+f.Name+`"`, input)
			}
		}
	}
}

// codes are those that a package declares: as its own type, or as fault's.
func codes(t *testing.T, folder string) []string { return constants(t, folder, "Code") }

// Every code that an error or a refusal can have is in the schema, and there is no other.
func TestCodesAreInTheSchema(t *testing.T) {
	t.Parallel()
	known := func(enum string) (values []string) {
		for _, v := range schema().Types[enum].EnumValues {
			values = append(values, v.Name)
		}
		return values
	}
	edge := append(codes(t, "../internal/platform/transport"), codes(t, "../internal/platform/transport/guard")...)
	ofFields := []string{"BAD_USER_INPUT", "NOT_FOUND", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE", "INTERNAL_SERVER_ERROR"}
	require.ElementsMatch(t, append(ofFields, edge...), known("ErrorCode"))

	all := append(known("ErrorCode"), known("UserErrorCode")...)
	require.NoError(t, filepath.WalkDir("../internal", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || entry.Name() == "stripegateway" { // which answers the gateway, not clients
			return err
		}
		for _, code := range codes(t, path) {
			require.Contains(t, all, code, path)
		}
		return nil
	}))
}

// What a client can write it can read: each field of what makes or changes a thing is a field of the thing, or what it became.
func TestWhatCanBeWrittenCanBeRead(t *testing.T) {
	t.Parallel()
	types, checked := schema().Types, 0
	became := map[string]string{
		"MenuItem.ingredients": "recipe", "MenuItem.isAvailable": "isHidden", "MenuItem.imageId": "image", "Order.paymentMethod": "payment", "Order.tip": "totals", "Order.locationId": "location", "Order.couponCodes": "coupons", "Order.contact": "customer",
		"Ingredient.stock":        "onHand", // by location
		"StationRoute.stationIds": "stations",
		"Screen.stationIds":       "settings", "Screen.textSize": "settings", "Screen.theme": "settings", "Screen.keys": "settings", "Screen.sounds": "settings",
	}
	kept := []string{"idempotencyKey", "id", "expectedVersion", "password", "paymentToken", "expectedTotal", "locationId", "ingredientId", "stationId", "quoteId"} // ways, not contents
	made := map[string]string{"SignUpInput": "Viewer", "UpdateProfileInput": "Viewer", "PlaceOrderInput": "Order", "PairScreenInput": "Screen", "OrderItemInput": "OrderItem", "AddressInput": "Address", "ContactInput": "OrderCustomer"}
	for _, input := range own() {
		if input.Kind != gql.InputObject {
			continue
		}
		name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(input.Name, "Create"), "Update"), "Input")
		if made[input.Name] != "" {
			name = made[input.Name]
		}
		of := types[name]
		if of == nil {
			continue
		}
		for _, f := range input.Fields {
			written := f.Name
			if other := became[name+"."+written]; other != "" {
				written = other
			}
			if !slices.Contains(kept, written) {
				require.NotNil(t, of.Fields.ForName(written), "%s.%s is nowhere in %s", input.Name, f.Name, name)
			}
		}
		checked++
	}
	require.GreaterOrEqual(t, checked, 8)
}

// What an update leaves out stays. Null would say nothing else, but where it says that there is none: it is refused.
func TestUpdatesTellNullFromAbsent(t *testing.T) {
	t.Parallel()
	free := []string{"expectedVersion", "locationId", "halves", "imageId"}
	for _, input := range []string{"UpdateMenuItemInput", "UpdateLocationInput", "UpdateServiceInput", "UpdateScreenInput"} {
		for _, f := range schema().Types[input].Fields {
			require.True(t, f.Type.NonNull || slices.Contains(free, f.Name) || f.Directives.ForName("notNull") != nil, "%s.%s", input, f.Name)
		}
	}
}

// What makes something takes a key: sent twice, it makes one. Other mutations are safe to repeat.
func TestWhatMakesSomethingTakesAKey(t *testing.T) {
	t.Parallel()
	// An e-mail address has one account, a token or a code is good once, a change or a pause says how it is to be; the workflow has
	// each move once, a client one quote, of which the next takes the place, and an order so many links, of which the oldest makes
	// room. What is cancelled or revoked stays so. Of what is applied, each part has an id of its own.
	repeatable, move := regexp.MustCompile(`^(sign|invite|accept|change|update|archive|delete|set|end|pause|resume|quote|share|cancel|claim|revoke|apply)[A-Z]`), "OrderActionInput"
	types := schema().Types
	for _, f := range types["Mutation"].Fields {
		if repeatable.MatchString(f.Name) || f.Arguments[0].Type.Name() == move {
			continue
		}
		key := types[f.Arguments[0].Type.Name()].Fields.ForName("idempotencyKey")
		require.NotNil(t, key, f.Name)
		require.Equal(t, "String!", key.Type.String(), f.Name)
	}
}

// A directive that the projection doesn't know has gqlgen answer, field by field: twice as slow, and nothing else tells it.
func TestFieldsAreProjectedWhateverDirectivesCost(t *testing.T) {
	t.Parallel()
	projection := Projection()
	known := append([]string{"deprecated", "separate", projection.Hide}, projection.Ignore...)
	runtime := reflect.TypeFor[generated.DirectiveRoot]()
	for _, of := range own() {
		for _, f := range of.Fields {
			for _, d := range f.Directives {
				_, acts := runtime.FieldByName(strings.ToUpper(d.Name[:1]) + d.Name[1:])
				require.True(t, acts || slices.Contains(known, d.Name), "%s.%s has @%s", of.Name, f.Name, d.Name)
				require.False(t, acts && slices.Contains(projection.Ignore, d.Name), "@%s does something", d.Name)
			}
		}
	}
}
