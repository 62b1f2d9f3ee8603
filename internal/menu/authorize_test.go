package menu_test

import (
	"reflect"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// A location's manager decides what the location does otherwise, there and about nothing else.
func TestALocationsManagerChangesItsOffersAlone(t *testing.T) {
	t.Parallel()
	here, there := uuid.New(), uuid.New()
	change := menu.UpdateMenuItem{
		By:        auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{here}},
		Locations: []menu.OfferChange{{LocationID: here}},
	}
	require.NoError(t, change.Authorize())

	elsewhere := change
	elsewhere.Locations = append(elsewhere.Locations, menu.OfferChange{LocationID: there})
	require.True(t, fault.Is(elsewhere.Authorize(), fault.Forbidden))
	cook := change
	cook.By.Roles = []auth.Role{auth.RoleCook}
	require.True(t, fault.Is(cook.Authorize(), fault.Forbidden))
	for i := range reflect.TypeFor[menu.UpdateMenuItem]().NumField() {
		more := change
		switch field := reflect.ValueOf(&more).Elem().Field(i); reflect.TypeFor[menu.UpdateMenuItem]().Field(i).Name {
		case "By", "ID", "ExpectedVersion", "Locations", "ScheduledFor":
		default:
			field.Set(reflect.New(field.Type().Elem()))
			require.True(t, fault.Is(more.Authorize(), fault.Forbidden), reflect.TypeFor[menu.UpdateMenuItem]().Field(i).Name)
		}
	}
}
