package app

import (
	"context"
	"log/slog"
	"runtime"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// Accounts is what whoever runs the server may do to accounts, beside it and with nobody signed in.
type Accounts struct {
	Add          cqrs.Command[customer.AddAccount, uuid.UUID]
	ChangeRights cqrs.Command[customer.ChangeRights, uuid.UUID]
	SetPassword  cqrs.Command[customer.SetPassword, uuid.UUID]
	Remove       cqrs.Command[customer.RemoveAccount, uuid.UUID]
	Staff        cqrs.Query[customerview.Staff, []*customerview.StaffMember]

	store  *customerstore.Store
	eraser *customer.Eraser
}

// NewAccounts wires Accounts on a database.
func NewAccounts(pool *pgxpool.Pool, db *gorm.DB, now func() time.Time, log *slog.Logger) *Accounts {
	store, passwords := customerstore.New(db, now), customer.NewPasswords(runtime.GOMAXPROCS(0))
	return &Accounts{
		Add:          cqrs.Validated(&customer.AddAccountHandler{Accounts: store, Passwords: passwords, NewID: newID}),
		ChangeRights: cqrs.Validated(&customer.ChangeRightsHandler{Accounts: store, Now: now}),
		SetPassword:  cqrs.Validated(&customer.SetPasswordHandler{Accounts: store, Passwords: passwords}),
		Remove:       cqrs.Validated(&customer.RemoveAccountHandler{Accounts: store}),
		Staff:        &customerview.StaffHandler{Pool: pool},
		store:        store,
		eraser:       newEraser(pool, db, now, log),
	}
}

// Invited is the answer to an invitation of staff.
type Invited struct {
	Member *customerview.StaffMember
	Token  string
}

func answerWithInvited(next cqrs.Command[customer.InviteStaff, customer.Invitation], staff *customerview.StaffHandler) cqrs.Command[customer.InviteStaff, Invited] {
	return cqrs.HandlerFunc[customer.InviteStaff, Invited](func(ctx context.Context, cmd customer.InviteStaff) (Invited, error) {
		invitation, err := next.Handle(ctx, cmd)
		if err != nil {
			return Invited{}, err
		}
		member, err := staff.Member(ctx, invitation.AccountID)
		return Invited{member, invitation.Token}, err
	})
}

// IDOf finds an account by its e-mail address. It fails with NOT_FOUND if there is none.
func (a *Accounts) IDOf(ctx context.Context, email string) (uuid.UUID, error) {
	found, ok, err := a.store.ByEmail(ctx, email)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "There is no account with the e-mail address %s.", email)
	}
	return found.ID, err
}

// Erase forgets whose account was deleted wherever something is kept, without waiting for a server to do so.
func (a *Accounts) Erase(ctx context.Context, id uuid.UUID) error {
	_, err := a.eraser.Erase(ctx, id)
	return err
}
