package screen_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/screen"
	"pizzeria/internal/screen/screenstore"
)

func TestAScreenIsPairedClaimedOnceAndRevoked(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	sessions := customerview.NewSessions(k.db.Pool)
	id, code := k.paired("Oven 2")
	require.Len(t, code, 8)
	waiting := k.shown(id)
	require.Equal(t, k.now().Add(15*time.Minute), waiting.CodeExpiresAt.UTC())
	require.Nil(t, waiting.ClaimedAt)

	claimed, err := handle(k, &k.claim, screen.ClaimScreen{Code: " " + strings.ToLower(code[:4]) + "-" + code[4:]})

	require.NoError(t, err)
	require.Equal(t, id, claimed.ScreenID)
	k.refuses(fault.NotFound, k.claims(code), "code")
	require.Empty(t, k.code(id), "who has a device needs no code")
	hash, _ := auth.HashToken(claimed.Token)
	live, err := sessions.Live(t.Context(), []auth.TokenHash{hash}, k.now().AddDate(3, 0, 0))
	require.NoError(t, err)
	require.Equal(t, auth.Screen(id, "Oven 2", k.at), live[hash].Actor, "it has no end")
	require.Nil(t, k.shown(id).CodeExpiresAt)
	require.Equal(t, 2, k.shown(id).Version)

	for range 2 {
		_, err = handle(k, &k.revoke, screen.RevokeScreen{By: k.manager, ID: id})
		require.NoError(t, err)
	}

	live, err = sessions.Live(t.Context(), []auth.TokenHash{hash}, k.now())
	require.NoError(t, err)
	require.Empty(t, live)
	require.Empty(t, k.code(id))
	require.Equal(t, 3, k.shown(id).Version)
	again, _ := k.paired("oven 2")
	require.NotEqual(t, id, again, "the name is free")
}

func TestACodeThatExpiredWasReplacedOrIsOfARevokedScreenIsNone(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	id, first := k.paired("Oven")
	second := k.code(id)
	revoked, third := k.paired("Counter")
	_, err := handle(k, &k.revoke, screen.RevokeScreen{By: k.manager, ID: revoked})
	require.NoError(t, err)

	k.refuses(fault.NotFound, k.claims(first), "code")
	k.refuses(fault.NotFound, k.claims(third), "code")
	k.passes(15 * time.Minute)
	k.refuses(fault.NotFound, k.claims(second), "code")

	require.NoError(t, k.claims(k.code(id)))
}

func TestOfTwoWhoClaimOneCodeAtOnceOneGetsIt(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	_, code := k.paired("Oven")
	var all sync.WaitGroup
	tokens := make(chan string, 8)
	for range 8 {
		all.Go(func() {
			claimed, err := k.claim.Handle(t.Context(), screen.ClaimScreen{Code: code})
			if err == nil {
				tokens <- claimed.Token
				return
			}
			assert.True(t, fault.Is(err, fault.NotFound), "%v", err)
		})
	}
	all.Wait()

	require.Len(t, tokens, 1)
}

func TestGuessingCodes(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{PerAddress: customer.Limit{Every: 20 * time.Second, Burst: 3}})
	_, code := k.paired("Oven")

	for _, wrong := range []string{"", "AAAAAAAA", "AAAAAAAA; --"} {
		k.refuses(fault.NotFound, k.claims(wrong), "code")
	}
	k.refuses(fault.RateLimited, k.claims(code))
	_, err := k.claim.Handle(t.Context(), screen.ClaimScreen{Code: "AAAAAAAA", Address: "198.51.100.1"})
	k.refuses(fault.NotFound, err)

	k.passes(20 * time.Second)
	require.NoError(t, k.claims(code))
}

func TestCodesCanBeTyped(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		code := screen.NewCode()
		require.Regexp(t, `^[AC-FHJKMNPQRTUWXY3479]{8}$`, code)
		seen[code] = true
	}
	require.Len(t, seen, 200)
}

func TestWhoPairsChangesAndRevokesScreens(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	id, _ := k.paired("Oven")
	other, _ := k.paired("Counter")
	itself := auth.Screen(id, "Oven", k.at)
	cook := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCook}}
	elsewhere := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{uuid.New()}}
	dark := func(by auth.Actor, id uuid.UUID) screen.UpdateScreen {
		return screen.UpdateScreen{By: by, ID: id, SettingsChange: screen.SettingsChange{Theme: new(screen.Dark)}}
	}

	for _, by := range []auth.Actor{{}, cook, elsewhere, auth.Screen(other, "Counter", k.at)} {
		_, err := handle(k, &k.update, dark(by, id))
		k.refuses(fault.NotFound, err, "id")
	}
	for _, by := range []auth.Actor{{}, cook, elsewhere, itself} {
		_, err := handle(k, &k.revoke, screen.RevokeScreen{By: by, ID: id})
		k.refuses(fault.NotFound, err, "id")
		_, err = handle(k, &k.issue, screen.IssueCode{By: by, ID: id})
		k.refuses(fault.NotFound, err, "id")
		_, err = handle(k, &k.pair, screen.PairScreen{ID: uuid.New(), By: by, IdempotencyKey: "k", Name: "Bar"})
		require.Error(t, err)
	}
	_, err := handle(k, &k.update, screen.UpdateScreen{By: itself, ID: id, Name: new("Bar")})
	k.refuses(fault.Forbidden, err)
	require.Equal(t, screen.System, k.shown(id).Settings.Theme)

	_, err = handle(k, &k.update, dark(itself, id))
	require.NoError(t, err)
	require.Equal(t, screen.Dark, k.shown(id).Settings.Theme)
}

func TestSettingsAreKept(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	station := uuid.New()
	id, err := handle(k, &k.pair, screen.PairScreen{ID: uuid.New(), By: k.manager, IdempotencyKey: "k", Name: " Oven  2 ", SettingsChange: screen.SettingsChange{
		StationIDs: &[]uuid.UUID{station}, TextSize: new(250), Theme: new(screen.HighContrast),
		Keys:   &[]screen.Key{{Key: "Space", Action: "BUMP"}, {Key: "Digit1", Action: "SELECT_1"}, {Key: "Enter", Action: "BUMP"}},
		Sounds: &screen.Sounds{Volume: 0, Events: []screen.Sound{}},
	}})
	require.NoError(t, err)

	require.Equal(t, "Oven 2", k.shown(id).Name)
	require.Equal(t, screen.Settings{
		StationIDs: []uuid.UUID{station}, TextSize: 250, Theme: screen.HighContrast,
		Keys:   []screen.Key{{Key: "Digit1", Action: "SELECT_1"}, {Key: "Enter", Action: "BUMP"}, {Key: "Space", Action: "BUMP"}},
		Sounds: screen.Sounds{Volume: 0, Events: []screen.Sound{}},
	}, k.shown(id).Settings)

	same := screen.UpdateScreen{By: k.manager, ID: id, ExpectedVersion: new(1), Name: new("Oven 2"), SettingsChange: screen.SettingsChange{
		Keys: &[]screen.Key{{Key: "Enter", Action: "BUMP"}, {Key: "Space", Action: "BUMP"}, {Key: "Digit1", Action: "SELECT_1"}},
	}}
	_, err = handle(k, &k.update, same)
	require.NoError(t, err)
	require.Equal(t, 1, k.shown(id).Version, "nothing changed")
	_, err = handle(k, &k.update, screen.UpdateScreen{By: k.manager, ID: id, SettingsChange: screen.SettingsChange{
		StationIDs: &[]uuid.UUID{}, Keys: &[]screen.Key{{Key: "F1", Action: "UNDO"}}, Sounds: &screen.Sounds{Volume: 100, Events: []screen.Sound{screen.OrderLate}},
	}})
	require.NoError(t, err)
	after := k.shown(id)
	require.Equal(t, screen.Settings{
		StationIDs: []uuid.UUID{}, TextSize: 250, Theme: screen.HighContrast, Keys: []screen.Key{{Key: "F1", Action: "UNDO"}},
		Sounds: screen.Sounds{Volume: 100, Events: []screen.Sound{screen.OrderLate}},
	}, after.Settings)
	_, err = handle(k, &k.update, same)
	k.refuses(fault.VersionConflict, err, "expectedVersion")
	defaults, _ := k.paired("Counter")
	require.Equal(t, screen.DefaultSettings(), k.shown(defaults).Settings)
}

func TestWhatNoScreenCanBe(t *testing.T) {
	t.Parallel()
	one := uuid.New()
	keys := func(n int) *[]screen.Key {
		all := make([]screen.Key, n)
		for i := range all {
			all[i] = screen.Key{Key: fmt.Sprint("F", i), Action: "BUMP"}
		}
		return &all
	}
	for name, c := range map[string]struct {
		cmd  screen.UpdateScreen
		path []string
	}{
		"no name":              {screen.UpdateScreen{Name: new(" ")}, []string{"name"}},
		"a long name":          {screen.UpdateScreen{Name: new(strings.Repeat("x", 61))}, []string{"name"}},
		"a station twice":      {screen.UpdateScreen{SettingsChange: screen.SettingsChange{StationIDs: &[]uuid.UUID{one, one}}}, []string{"stationIds"}},
		"many stations":        {screen.UpdateScreen{SettingsChange: screen.SettingsChange{StationIDs: new(make([]uuid.UUID, 51))}}, []string{"stationIds"}},
		"small text":           {screen.UpdateScreen{SettingsChange: screen.SettingsChange{TextSize: new(79)}}, []string{"textSize"}},
		"large text":           {screen.UpdateScreen{SettingsChange: screen.SettingsChange{TextSize: new(251)}}, []string{"textSize"}},
		"many keys":            {screen.UpdateScreen{SettingsChange: screen.SettingsChange{Keys: keys(61)}}, []string{"keys"}},
		"a key twice":          {screen.UpdateScreen{SettingsChange: screen.SettingsChange{Keys: new(append(*keys(2), (*keys(1))[0]))}}, []string{"keys"}},
		"a key without a name": {screen.UpdateScreen{SettingsChange: screen.SettingsChange{Keys: &[]screen.Key{{Key: "F1"}, {Key: " "}}}}, []string{"keys", "1", "key"}},
		"a loud screen":        {screen.UpdateScreen{SettingsChange: screen.SettingsChange{Sounds: &screen.Sounds{Volume: 101}}}, []string{"sounds", "volume"}},
		"less than silent":     {screen.UpdateScreen{SettingsChange: screen.SettingsChange{Sounds: &screen.Sounds{Volume: -1}}}, []string{"sounds", "volume"}},
		"an event twice": {
			screen.UpdateScreen{SettingsChange: screen.SettingsChange{Sounds: &screen.Sounds{Events: []screen.Sound{screen.OrderLate, screen.OrderLate}}}},
			[]string{"sounds", "events"},
		},
	} {
		paired := screen.PairScreen{IdempotencyKey: "k", Name: "Oven", SettingsChange: c.cmd.SettingsChange}
		if c.cmd.Name != nil {
			paired.Name = *c.cmd.Name
		}
		for _, err := range []error{c.cmd.Validate(), paired.Validate()} {
			refusal, ok := fault.As(err)
			require.True(t, ok, "%s: %v", name, err)
			require.Equal(t, fault.BadUserInput, refusal.Code, name)
			require.Equal(t, c.path, refusal.Path, name)
		}
	}
	require.NoError(t, screen.UpdateScreen{SettingsChange: screen.SettingsChange{Keys: keys(60), TextSize: new(80)}}.Validate())
}

func TestALocationHasAHundredScreensOfDifferentNames(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	first, _ := k.paired("Oven")
	pair := func(name string) error {
		_, err := handle(k, &k.pair, screen.PairScreen{ID: uuid.New(), By: k.manager, IdempotencyKey: "k", Name: name})
		return err
	}
	k.refuses(fault.AlreadyExists, pair("OVEN"), "name")
	second, _ := k.paired("Counter")
	_, err := handle(k, &k.update, screen.UpdateScreen{By: k.manager, ID: second, Name: new("oven")})
	k.refuses(fault.AlreadyExists, err, "name")
	for i := range screen.MaxScreens - 2 {
		require.NoError(t, pair(fmt.Sprint("Screen ", i)))
	}

	k.refuses(fault.LimitReached, pair("One more"))

	_, err = handle(k, &k.revoke, screen.RevokeScreen{By: k.manager, ID: first})
	require.NoError(t, err)
	require.NoError(t, pair("One more"))
}

// live answers with one screen and one person.
type live map[auth.TokenHash]auth.LiveSession

func (l live) Live(context.Context, []auth.TokenHash, time.Time) (map[auth.TokenHash]auth.LiveSession, error) {
	if l == nil {
		return nil, errors.New("the database is away")
	}
	return l, nil
}

func TestItIsKnownWhenAScreenWasLastSeen(t *testing.T) {
	t.Parallel()
	k := newKitchen(t, customer.AttemptLimits{})
	id, _ := k.paired("Oven")
	presence := screen.NewPresence(live{
		{1}: {Actor: auth.Screen(id, "Oven", k.at)}, {2}: {Actor: k.manager},
	}, screenstore.New(k.db.Gorm), k.now, nil)
	require.Nil(t, k.shown(id).LastSeenAt)

	_, err := presence.Live(t.Context(), nil, k.now())
	require.NoError(t, err)
	presence.Record(t.Context())
	seen := k.now()
	k.passes(time.Hour)
	presence.Record(t.Context()) // nobody has been seen since

	require.Equal(t, seen, k.shown(id).LastSeenAt.UTC())
	_, err = presence.Live(t.Context(), nil, k.now())
	require.NoError(t, err)
	presence.Record(t.Context())
	k.passes(-time.Minute)
	require.NoError(t, screenstore.New(k.db.Gorm).Saw(t.Context(), []uuid.UUID{id}, k.now()))
	require.Equal(t, seen.Add(time.Hour), k.shown(id).LastSeenAt.UTC(), "another server's clock is behind")

	_, err = screen.NewPresence(live(nil), nil, k.now, nil).Live(t.Context(), nil, k.now())
	require.ErrorContains(t, err, "away")
}
