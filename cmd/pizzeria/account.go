package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/server"
)

const (
	accountAddManual = `Makes an account of staff that can be signed in to at once; so a new shop gets its first manager. The password is the first
line of the standard input. Brings the schema up to date first.

  pizzeria account add -name 'Mario Rossi' -email mario@shop.example -role MANAGER < password.txt`
	accountListManual  = `Shows who works for the shop: roles, where they are held, and since when an account is suspended.`
	accountRolesManual = `Gives an account other roles, in the place of those that it has, for all locations or for those named. All its sessions and
streams end, within 5 s. The last manager of all locations stays one.`
	accountPasswordManual = `Gives an account another password, the first line of the standard input. All its sessions and streams end, within 5 s.`
	accountDeleteManual   = `Deletes an account for good, for somebody who asks for it by letter: the person is forgotten, and what was sold to them stays in the
books. All its sessions and streams end, within 5 s. Refused while an order of theirs isn't finished, and for the last manager of all
locations. Whatever servers write of them meanwhile, and old copies in read models, they erase by themselves, within a day.`
	accountSuspendManual = `Keeps an account from signing in, until -lift. All its sessions and streams end, within 5 s.`
)

// accountFlags say which account, and what becomes of it.
type accountFlags struct {
	name, email string
	roles       []auth.Role
	locations   []uuid.UUID // nil: all
	lift        bool
}

// register declares the flags of a command on accounts.
func (f *accountFlags) register(command string, set *flag.FlagSet) {
	if command == "account list" {
		return
	}
	set.StringVar(&f.email, "email", "", "the account's e-mail `address`")
	switch command {
	case "account add":
		set.StringVar(&f.name, "name", "", "what the person is called")
		fallthrough
	case "account roles":
		set.Func("role", "CUSTOMER, COOK, DRIVER or MANAGER; give it again for another `role`", func(text string) error {
			f.roles = append(f.roles, auth.Role(strings.ToUpper(text)))
			return nil
		})
		set.Func("location", "the `id` of a location; give it again for another one; none: all locations", func(text string) error {
			id, err := uuid.Parse(text)
			f.locations = append(f.locations, id)
			return err
		})
	case "account suspend":
		set.BoolVar(&f.lift, "lift", false, "let the account sign in again")
	}
}

// onAccounts runs work on the accounts of the configured database. A refusal is told in its words for people.
func onAccounts(ctx context.Context, p program, work func(a *app.Accounts) error) error {
	return inDatabase(ctx, p, func(db *server.Database) error { return onAccountsOf(ctx, p, db, work) })
}

func onAccountsOf(ctx context.Context, p program, db *server.Database, work func(a *app.Accounts) error) error {
	err := server.WithAccounts(ctx, db.DSN, p.log, work)
	if refusal, ok := fault.As(err); ok {
		return errors.New(refusal.Message)
	}
	return err
}

func addAccount(ctx context.Context, p program) error {
	f := p.flags.account
	password, err := p.firstLine()
	if err != nil {
		return err
	}
	return inDatabase(ctx, p, func(db *server.Database) error {
		if err := db.Migrate(ctx, server.ThisRelease(), p.log); err != nil {
			return err
		}
		return onAccountsOf(ctx, p, db, func(a *app.Accounts) error {
			id, err := a.Add.Handle(ctx, customer.AddAccount{
				Name: f.name, Email: f.email, Password: password, Roles: f.roles, LocationIDs: f.locations,
			})
			if err == nil {
				_, _ = fmt.Fprintf(p.out, "%s can sign in now; the account's id is %s.\n", f.email, id)
			}
			return err
		})
	})
}

func setRoles(ctx context.Context, p program) error {
	f := p.flags.account
	if len(f.roles) == 0 {
		return errors.New("give it a role: -role COOK")
	}
	return onAccount(ctx, p, func(a *app.Accounts, id uuid.UUID) error {
		_, err := a.ChangeRights.Handle(ctx, customer.ChangeRights{ID: id, Roles: f.roles, LocationIDs: &f.locations})
		return err
	}, "has other roles now")
}

func setPassword(ctx context.Context, p program) error {
	password, err := p.firstLine()
	if err != nil {
		return err
	}
	return onAccount(ctx, p, func(a *app.Accounts, id uuid.UUID) error {
		_, err := a.SetPassword.Handle(ctx, customer.SetPassword{ID: id, Password: password})
		return err
	}, "has another password now")
}

func suspend(ctx context.Context, p program) error {
	suspended, done := !p.flags.account.lift, "can't sign in any more"
	if !suspended {
		done = "can sign in again"
	}
	return onAccount(ctx, p, func(a *app.Accounts, id uuid.UUID) error {
		_, err := a.ChangeRights.Handle(ctx, customer.ChangeRights{ID: id, Suspended: &suspended})
		return err
	}, done)
}

func deleteAccount(ctx context.Context, p program) error {
	return onAccount(ctx, p, func(a *app.Accounts, id uuid.UUID) error {
		if _, err := a.Remove.Handle(ctx, customer.RemoveAccount{ID: id}); err != nil {
			return err
		}
		if err := a.Erase(ctx, id); err != nil { // the account is gone all the same, and servers go on
			p.log.WarnContext(ctx, "what else is kept of a deleted account is left for servers to erase", "account", id, "error", err)
		}
		return nil
	}, "is deleted")
}

// onAccount runs work on the account of -email, and says what was done.
func onAccount(ctx context.Context, p program, work func(a *app.Accounts, id uuid.UUID) error, done string) error {
	return onAccounts(ctx, p, func(a *app.Accounts) error {
		email := p.flags.account.email
		if email == "" {
			return errors.New("say whose account: -email mario@shop.example")
		}
		id, err := a.IDOf(ctx, email)
		if err != nil {
			return err
		}
		if err := work(a, id); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.out, "%s %s.\n", email, done)
		return err
	})
}

func listAccounts(ctx context.Context, p program) error {
	return onAccounts(ctx, p, func(a *app.Accounts) error {
		staff, err := a.Staff.Handle(ctx, customerview.Staff{})
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(table, "NAME\tEMAIL\tROLES\tLOCATIONS\tSUSPENDED")
		for _, s := range staff {
			where, since := "all", "-"
			if s.LocationIDs != nil {
				where = words(s.LocationIDs)
			}
			if s.SuspendedAt != nil {
				since = "since " + s.SuspendedAt.UTC().Format(time.RFC3339)
			}
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", s.Name, s.Email, words(s.Roles), where, since)
		}
		return table.Flush()
	})
}

func words[T any](all []T) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = fmt.Sprint(one)
	}
	slices.Sort(texts)
	return strings.Join(texts, ",")
}
