package app

import (
	"context"
	"runtime"

	"github.com/google/uuid"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/node"
	"pizzeria/internal/screen"
	"pizzeria/internal/screen/screenstore"
)

func (a *App) addCustomers(deps Dependencies, p cqrs.Pipeline) node.Type {
	store := customerstore.New(deps.GORM, deps.Now)
	passwords := customer.NewPasswords(runtime.GOMAXPROCS(0))
	attempts := customer.NewAttempts(deps.SignInLimits, deps.Clock)
	confirmation := customer.Confirmation{Accounts: store, Passwords: passwords, Attempts: attempts}
	issuer := customer.Issuer{Now: deps.Now, NewToken: auth.NewToken}
	presence := screen.NewPresence(customerview.NewSessions(deps.Pool), screenstore.New(deps.GORM), deps.Now, deps.Log)
	a.Sessions = auth.NewSessions(presence, deps.Now, deps.Clock)
	a.background = append(a.background, periodically(recordPresenceEvery, presence.Record))

	a.SignUp = cqrs.NewCommand(p, "signUp", &customer.SignUpHandler{
		Accounts: store, Passwords: passwords, Attempts: attempts, Sessions: issuer, NewID: newID,
	})
	a.SignIn = cqrs.NewCommand(p, "signIn", &customer.SignInHandler{
		Accounts: store, Passwords: passwords, Attempts: attempts, Sessions: issuer,
	})
	a.SignOut = cqrs.NewCommand(p, "signOut", &customer.SignOutHandler{Sessions: store, Forget: a.Sessions.Forget})
	a.SignOutEverywhere = cqrs.NewCommand(p, "signOutEverywhere", &customer.SignOutEverywhereHandler{Sessions: store, Forget: a.Sessions.Forget})
	a.ChangePassword = cqrs.NewCommand(p, "changePassword", &customer.ChangePasswordHandler{
		Accounts: store, Passwords: passwords, Confirmation: confirmation, Session: a.Sessions.Authenticate,
	})
	a.DeleteAccount = cqrs.NewCommand(p, "deleteAccount", cqrs.Retry(p, &customer.DeleteAccountHandler{
		Accounts: store, Confirmation: confirmation, Forget: a.Sessions.Forget,
	}))
	profile := &customerview.OwnProfileHandler{Pool: deps.Pool}
	a.UpdateProfile = cqrs.NewCommand(p, "updateProfile", answerWith(
		cqrs.Retry(p, &customer.UpdateProfileHandler{Profiles: store, Forget: a.Sessions.Forget}),
		func(ctx context.Context, id uuid.UUID) (*auth.Actor, error) {
			return profile.Handle(ctx, customerview.OwnProfile{ID: id})
		},
	))
	a.OwnProfile = cqrs.NewQuery(p, "viewer", profile)
	a.OwnAddresses = cqrs.NewQuery(p, "addresses", &customerview.OwnAddressesHandler{Pool: deps.Pool})
	a.OwnSessions = cqrs.NewQuery(p, "sessions", &customerview.OwnSessionsHandler{Pool: deps.Pool, Now: deps.Now})
	a.OrderHistory = cqrs.NewQuery(p, "orderHistory", &customerview.CustomerHistoryHandler{Pool: deps.Pool})

	staff := &customerview.StaffHandler{Pool: deps.Pool}
	invite := &customer.InviteStaffHandler{Accounts: store, Now: deps.Now, NewID: newID, NewToken: auth.NewToken}
	a.InviteStaff = cqrs.NewCommand(p, "inviteStaff", answerWithInvited(cqrs.Retry(p, invite), staff))
	a.AcceptInvite = cqrs.NewCommand(p, "acceptInvite", &customer.AcceptInviteHandler{
		Invitations: store, Passwords: passwords, Attempts: attempts, Sessions: issuer, Now: deps.Now,
	})
	a.UpdateStaff = cqrs.NewCommand(p, "updateStaff", answerWith(cqrs.Retry(p, &customer.ChangeRightsHandler{Accounts: store, Now: deps.Now}), staff.Member))
	a.Staff = cqrs.NewQuery(p, "staff", staff)
	return node.Of("StaffMember", "staff_view", staff.Members, func(by auth.Actor, m *customerview.StaffMember) bool { return m.WorksWith(by) })
}
