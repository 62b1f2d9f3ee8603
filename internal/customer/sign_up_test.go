package customer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestSignUpSignsInAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	cmd := anna()
	cmd.Name, cmd.Email = "  Anna ", " Anna@Example.com\n"

	session, err := handle(t, &w.signUp, cmd)
	require.NoError(t, err)

	actor, expiresAt, err := w.sessions.Authenticate(t.Context(), session.Token)
	require.NoError(t, err)
	require.Equal(t, session.Actor, actor)
	require.True(t, session.ExpiresAt.Equal(expiresAt))
	require.WithinDuration(t, time.Now().Add(30*24*time.Hour), expiresAt, time.Hour)
	require.Equal(t, auth.Actor{
		ID: actor.ID, Name: "Anna", Email: "Anna@Example.com", Phone: new("+49 30 123"), Roles: []auth.Role{auth.RoleCustomer},
	}, actor)
}

func TestTheDatabaseHoldsNeitherTokenNorPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	session := w.signUpAnna()

	var rows string
	err := w.db.Pool.QueryRow(t.Context(), `
		SELECT string_agg(s::text || a::text || c::text, '')
		FROM public.sessions AS s, public.accounts AS a, public.customers AS c`).Scan(&rows)
	require.NoError(t, err)
	require.NotContains(t, rows, session.Token)
	require.NotContains(t, rows, anna().Password)
	require.Contains(t, rows, "$argon2id$v=19$m=19456,t=2,p=1$")
}

func TestSignUpRefusesATakenEmailHoweverItIsSpelled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	first := anna()
	first.Email = "anna@b\u00fccher.example"
	_, err := handle(t, &w.signUp, first)
	require.NoError(t, err)
	for _, spelled := range []string{"ANNA@B\u00dcCHER.Example", "\uff41nna@xn--bcher-kva.example", "an\u200bna@bu\u0308cher.example"} {
		again := anna()
		again.Email = spelled

		_, err := handle(t, &w.signUp, again)

		refused := refusal(t, err)
		require.Equal(t, fault.AlreadyExists, refused.Code)
		require.Equal(t, []string{"email"}, refused.Path)
		require.Equal(t, 1, w.count("public.customers"), "the refused customer is gone too")
		_, err = handle(t, &w.signIn, customer.SignIn{Email: spelled, Password: first.Password})
		require.NoError(t, err, spelled)
	}
}

func TestTryingNamesFromOneAddressIsLimited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{PerAddress: customer.Limit{Every: time.Hour, Burst: 2}})
	try := func(email, address string) error {
		cmd := anna()
		cmd.Email, cmd.Origin.Address = email, address
		_, err := handle(t, &w.signUp, cmd)
		return err
	}
	require.NoError(t, try("anna@example.com", "192.0.2.1"))
	require.True(t, fault.Is(try("anna@example.com", "192.0.2.1"), fault.AlreadyExists))

	require.True(t, fault.Is(try("anna@example.com", "192.0.2.1"), fault.RateLimited))
	require.True(t, fault.Is(try("new@example.com", "192.0.2.1"), fault.RateLimited))
	require.NoError(t, try("new@example.com", "192.0.2.2"))
}

func TestOfManySignUpsWithOneEmailOneWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	const tries = 8
	errs := make([]error, tries)
	var all errgroup.Group
	for i := range tries {
		all.Go(func() error {
			_, errs[i] = handle(t, &w.signUp, anna())
			return nil
		})
	}
	require.NoError(t, all.Wait())

	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.True(t, fault.Is(err, fault.AlreadyExists), "%v", err)
	}
	require.Equal(t, 1, won)
	require.Equal(t, 1, w.count("public.customers"))
	require.Equal(t, 1, w.count("public.accounts"))
	require.Equal(t, 1, w.count("public.sessions"))
}

func TestSignUpRefusesWhatNoAccountCanHave(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*customer.SignUp)
		path   string
	}{
		"no name":             {func(c *customer.SignUp) { c.Name = " \t" }, "name"},
		"long name":           {func(c *customer.SignUp) { c.Name = strings.Repeat("ä", 201) }, "name"},
		"NUL in name":         {func(c *customer.SignUp) { c.Name = "An\x00na" }, "name"},
		"broken UTF-8":        {func(c *customer.SignUp) { c.Name = "An\xffna" }, "name"},
		"no e-mail":           {func(c *customer.SignUp) { c.Email = "" }, "email"},
		"e-mail without @":    {func(c *customer.SignUp) { c.Email = "anna.example.com" }, "email"},
		"e-mail with two @":   {func(c *customer.SignUp) { c.Email = "anna@b@example.com" }, "email"},
		"e-mail without name": {func(c *customer.SignUp) { c.Email = "@example.com" }, "email"},
		"e-mail without dot":  {func(c *customer.SignUp) { c.Email = "anna@example" }, "email"},
		"e-mail with a space": {func(c *customer.SignUp) { c.Email = "an na@example.com" }, "email"},
		"long e-mail":         {func(c *customer.SignUp) { c.Email = strings.Repeat("a", 309) + "@example.com" }, "email"},
		"short password":      {func(c *customer.SignUp) { c.Password = "9 letters" }, "password"},
		"common password":     {func(c *customer.SignUp) { c.Password = "1234567890" }, "password"},
		"look-alike letters":  {func(c *customer.SignUp) { c.Email = "\u0430nna@example.com" }, "email"},
		"two lines":           {func(c *customer.SignUp) { c.Name = "Anna\nMaria" }, "name"},
		"long password":       {func(c *customer.SignUp) { c.Password = strings.Repeat("x", 1001) }, "password"},
		"long phone":          {func(c *customer.SignUp) { c.Phone = new(strings.Repeat("1", 41)) }, "phone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := anna()
			c.change(&cmd)

			refusal, ok := fault.As(cmd.Validate())

			require.True(t, ok)
			require.Equal(t, fault.BadUserInput, refusal.Code)
			require.Equal(t, []string{c.path}, refusal.Path)
		})
	}
}

func TestTheLongestInputsFitTheDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	long := customer.SignUp{
		Name: strings.Repeat("ä", 200), Email: strings.Repeat("ö", 308) + "@example.com",
		Password: strings.Repeat("ü", 994) + "-pizza", Phone: new(strings.Repeat("ß", 40)),
	}
	_, err := handle(t, &w.signUp, long)
	require.NoError(t, err)
	blank := customer.SignUp{Name: "B", Email: "b@c.de", Password: "quiet horse", Phone: new("  ")}

	session, err := handle(t, &w.signUp, blank)

	require.NoError(t, err)
	require.Nil(t, session.Actor.Phone)
}

func TestCreateAccountIsRepeatable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	cook := customer.CreateAccount{
		ID: newID(), Name: "Cook", Email: "cook@example.com", Password: "pizzeria-demo", Roles: []auth.Role{auth.RoleCook, auth.RoleDriver},
	}
	ids := make([]string, 4)
	var all errgroup.Group
	for i := range ids {
		all.Go(func() error {
			cmd := cook
			cmd.ID = newID()
			id, err := handle(t, &w.createAccount, cmd)
			ids[i] = id.String()
			return err
		})
	}
	require.NoError(t, all.Wait())
	id, err := handle(t, &w.createAccount, cook)
	require.NoError(t, err)

	for _, each := range ids {
		require.Equal(t, id.String(), each)
	}
	require.Zero(t, w.count("public.sessions"))
	session, err := handle(t, &w.signIn, customer.SignIn{Email: cook.Email, Password: cook.Password})
	require.NoError(t, err)
	require.Equal(t, id, session.Actor.ID)
	require.Equal(t, cook.Roles, session.Actor.Roles)
}

func TestCreateAccountNeedsARole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})

	_, err := handle(t, &w.createAccount, customer.CreateAccount{ID: newID(), Name: "X", Email: "x@example.com", Password: "quiet horse"})

	require.Error(t, err)
	require.Zero(t, w.count("public.customers"))
}
