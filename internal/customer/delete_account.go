package customer

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Forgotten stands where the name of somebody stood whose account was deleted.
const Forgotten = "Deleted customer"

// DeleteAccount deletes the account that asks, for good.
type DeleteAccount struct {
	By       auth.Actor
	Token    string // of the request's session
	Password string
	Origin   Origin
}

// Validate has nothing to refuse: a password that can't be one is a wrong one.
func (DeleteAccount) Validate() error { return nil }

// deletedAccounts deletes an account with its sessions, devices, invitation and addresses, takes the name from its customer, and
// makes it due to be erased everywhere else: all of it, or nothing. It fails with NOT_FOUND if there is no such account, with
// UNFINISHED_ORDERS if its customer has any, and with BAD_USER_INPUT if nobody could manage the shop any more.
type deletedAccounts interface {
	Delete(ctx context.Context, id uuid.UUID, by auth.Author) error
}

// DeleteAccountHandler handles DeleteAccount.
type DeleteAccountHandler struct {
	Accounts deletedAccounts
	Confirmation
	Forget func(token string) // auth.Sessions.Forget
}

// Handle deletes the account if the password is right. An Eraser does the rest.
func (h *DeleteAccountHandler) Handle(ctx context.Context, cmd DeleteAccount) (bool, error) {
	account, err := h.confirm(ctx, cmd.By, cmd.Password, "password", cmd.Origin)
	if err != nil {
		return false, err
	}
	themself := cmd.By.Author()
	themself.Name = nil
	if err := h.Accounts.Delete(ctx, account.ID, themself); err != nil {
		return false, fmt.Errorf("delete account %s: %w", account.ID, err)
	}
	h.Attempts.forget(account.Email)
	h.Forget(cmd.Token)
	return true, nil
}

// RemoveAccount deletes an account whose owner asked for it elsewhere: for whoever runs the server. No client reaches it.
type RemoveAccount struct{ ID uuid.UUID }

// Validate has nothing to refuse.
func (RemoveAccount) Validate() error { return nil }

// RemoveAccountHandler handles RemoveAccount.
type RemoveAccountHandler struct{ Accounts deletedAccounts }

// Handle deletes the account and returns its id.
func (h *RemoveAccountHandler) Handle(ctx context.Context, cmd RemoveAccount) (uuid.UUID, error) {
	if err := h.Accounts.Delete(ctx, cmd.ID, auth.System().Author()); err != nil {
		return uuid.Nil, fmt.Errorf("delete account %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

// UnfinishedOrders is the refusal to forget somebody who is still waiting for food.
func UnfinishedOrders(ids []uuid.UUID) *fault.Error {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return fault.New(fault.UnfinishedOrders, "There are orders that aren't finished. Cancel them, or wait for them.").
		With(fault.Details{OrderIDs: texts})
}
