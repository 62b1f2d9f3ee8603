package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// Password opens every demo account.
const Password = "pizzeria-demo"

// Accounts returns the demo accounts, one for each role. Cook and driver work at the locations given, nil for all; the manager
// has all.
func Accounts(at []uuid.UUID) []customer.CreateAccount {
	return []customer.CreateAccount{
		account("customer@example.com", "Carla Customer", auth.RoleCustomer, nil),
		account("cook@example.com", "Coco Cook", auth.RoleCook, at),
		account("driver@example.com", "Dario Driver", auth.RoleDriver, at),
		account("manager@example.com", "Mario Manager", auth.RoleManager, nil),
	}
}

func account(email, name string, role auth.Role, at []uuid.UUID) customer.CreateAccount {
	return customer.CreateAccount{
		ID: accountID(email, 0), Name: name, Email: email, Password: Password, Roles: []auth.Role{role}, LocationIDs: at,
	}
}

// idsPerAccount is how often a demo account is made. Whoever tries out how an account is deleted finds another one at the next
// start; what was the first one's stays forgotten.
const idsPerAccount = 100

// accountID returns the id of a demo account after it was deleted so many times.
func accountID(email string, deleted int) uuid.UUID {
	if deleted == 0 {
		return id("account", email)
	}
	return id("account", fmt.Sprint(email, " ", deleted))
}

// AccountIDs returns the ids of the demo accounts. No other account can have one of them: a sign-up doesn't choose its id.
func AccountIDs() []uuid.UUID {
	var ids []uuid.UUID
	for _, a := range Accounts(nil) {
		for deleted := range idsPerAccount {
			ids = append(ids, accountID(a.Email, deleted))
		}
	}
	return ids
}

// createAccount makes an account that isn't there, with the first of its ids that none was deleted with.
func createAccount(ctx context.Context, accounts cqrs.Command[customer.CreateAccount, uuid.UUID], cmd customer.CreateAccount) (err error) {
	for deleted := range idsPerAccount {
		cmd.ID = accountID(cmd.Email, deleted)
		if _, err = accounts.Handle(ctx, cmd); !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return err
}

// byEmail finds the account with an e-mail address.
type byEmail interface {
	ByEmail(ctx context.Context, email string) (account customer.Account, found bool, err error)
}

// verifier tells whether a hash is the password's.
type verifier interface {
	Verify(ctx context.Context, password, hash string) (bool, error)
}

// OpenAccounts returns the e-mail addresses of the demo accounts that are there and that Password opens. An account of
// another person with such an address, or with that password, is none.
func OpenAccounts(ctx context.Context, accounts byEmail, passwords verifier) ([]string, error) {
	var emails []string
	ids := AccountIDs()
	for _, a := range Accounts(nil) {
		there, found, err := accounts.ByEmail(ctx, a.Email)
		if err != nil {
			return nil, fmt.Errorf("look for demo accounts: %w", err)
		}
		if !found || !slices.Contains(ids, there.ID) {
			continue
		}
		open, err := passwords.Verify(ctx, Password, there.PasswordHash)
		if err != nil {
			return nil, fmt.Errorf("try the password of demo accounts: %w", err)
		}
		if open {
			emails = append(emails, a.Email)
		}
	}
	return emails, nil
}
