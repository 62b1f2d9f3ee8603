// Package fault is the language of refusals: errors that may be shown to clients.
//
// An error that is not (and does not wrap) an *Error is a fault of ours: the edge hides it behind a request id and logs
// it.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Code is stable and upper-case; clients decide by it.
type Code string

// The codes of expected refusals.
const (
	BadUserInput        Code = "BAD_USER_INPUT"
	NotFound            Code = "NOT_FOUND"
	Unauthenticated     Code = "UNAUTHENTICATED"
	Forbidden           Code = "FORBIDDEN"
	InsufficientStock   Code = "INSUFFICIENT_STOCK"
	InvalidTransition   Code = "INVALID_TRANSITION"
	VersionConflict     Code = "VERSION_CONFLICT"
	PriceChanged        Code = "PRICE_CHANGED"
	PaymentDeclined     Code = "PAYMENT_DECLINED"
	IdempotencyConflict Code = "IDEMPOTENCY_CONFLICT"
	AlreadyExists       Code = "ALREADY_EXISTS"
	RateLimited         Code = "RATE_LIMITED"
	LimitReached        Code = "LIMIT_REACHED"
	BelowMinimum        Code = "BELOW_MINIMUM"
	ServiceClosed       Code = "SERVICE_CLOSED"
	ServicePaused       Code = "SERVICE_PAUSED"
	SlotUnavailable     Code = "SLOT_UNAVAILABLE"
	OutsideDeliveryArea Code = "OUTSIDE_DELIVERY_AREA"
	CouponRefused       Code = "COUPON_REFUSED"
	QuoteExpired        Code = "QUOTE_EXPIRED"
	UnfinishedOrders    Code = "UNFINISHED_ORDERS"
	Unavailable         Code = "UNAVAILABLE"
	PaymentInProgress   Code = "PAYMENT_IN_PROGRESS"
	PaymentUnavailable  Code = "PAYMENT_UNAVAILABLE"
)

// Transient tells whether the same request may succeed in a moment: such a refusal is not the answer to an intent.
func (c Code) Transient() bool { return c == Unavailable || c == PaymentInProgress }

// Passing tells whether the same request may succeed later, since nothing was done and something else decides: what is in
// stock, what it costs, when it is open. Such a refusal is not the answer to an intent either.
func (c Code) Passing() bool {
	switch c {
	case InsufficientStock, PriceChanged, LimitReached, BelowMinimum, CouponRefused, PaymentUnavailable,
		ServiceClosed, ServicePaused, SlotUnavailable, OutsideDeliveryArea:
		return true
	default:
		return c.Transient()
	}
}

// Error is a refusal that may be shown: its text never holds driver errors, other people's data or echoed input.
//
// It marshals to JSON without loss, because a refusal can be the stored answer to an idempotent command.
type Error struct {
	Code    Code     `json:"code"`
	Message string   `json:"message"`
	Path    []string `json:"path,omitempty"`
	Details Details  `json:"details,omitzero"`
}

// Details carry what a client needs to go on after a refusal; each field belongs to the code named.
type Details struct {
	MenuItemIDs    []string `json:"menuItemIds,omitempty"`    // INSUFFICIENT_STOCK
	From           string   `json:"from,omitempty"`           // INVALID_TRANSITION
	Allowed        []string `json:"allowed,omitempty"`        // INVALID_TRANSITION
	CurrentVersion int      `json:"currentVersion,omitempty"` // VERSION_CONFLICT
	DeclineCode    string   `json:"declineCode,omitempty"`    // PAYMENT_DECLINED
	Total          int64    `json:"total,omitempty"`          // PRICE_CHANGED: in minor units
	Minimum        int64    `json:"minimum,omitempty"`        // BELOW_MINIMUM: in minor units
	OrderIDs       []string `json:"orderIds,omitempty"`       // UNFINISHED_ORDERS
	Reason         *Reason  `json:"reason,omitempty"`         // BAD_USER_INPUT, of what is ordered
	NextSlot       *Slot    `json:"nextSlot,omitempty"`       // SERVICE_CLOSED, SERVICE_PAUSED, SLOT_UNAVAILABLE: nil if there is none
}

// Reason is why, more exactly than by a code, with what a client needs to say it in its own words.
type Reason struct {
	Code   string   `json:"code"`
	Names  []string `json:"names,omitempty"` // of what it is about
	Count  int      `json:"count,omitempty"`
	Amount int64    `json:"amount,omitempty"` // in minor units
}

// Slot is a time for which an order may be placed.
type Slot struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// Error implements error.
func (e *Error) Error() string { return string(e.Code) + ": " + e.Message }

// New makes a refusal with a formatted message.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// At says where in the input the refusal belongs, e.g. At("items", "0", "quantity").
func (e *Error) At(path ...string) *Error {
	e.Path = path
	return e
}

// With adds what the client needs to go on.
func (e *Error) With(d Details) *Error {
	e.Details = d
	return e
}

// As finds the refusal in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is tells whether err is a refusal with this code.
func Is(err error, code Code) bool {
	e, ok := As(err)
	return ok && e.Code == code
}
