package ordering

import (
	"time"

	"pizzeria/internal/platform/fault"
)

// Problem is why something can't be ordered as it is; the contract's QuoteProblem.
type Problem struct {
	Code fault.Code
	// Reason is more exact, and what is told with it is for whoever says it in other words than the message's.
	Reason  ProblemReason
	Names   []string // of dishes, options or groups
	Count   int      // TooFewOptions, TooManyOptions
	Amount  int64    // TotalTooLarge, BelowMinimum: the bound
	Message string
	Item    *int // of the items asked for, from 0; nil for what concerns all
	// Alternative is what would do instead; nil if nothing is known.
	Alternative *string
}

// ProblemReason is why something can't be ordered, more exactly than a refusal's code; the contract's QuoteProblemReason.
type ProblemReason string

// The reasons that refusals of one code may have.
const (
	NotOnMenu         ProblemReason = "NOT_ON_MENU"
	NotInSize         ProblemReason = "NOT_IN_SIZE"
	OptionNotOffered  ProblemReason = "OPTION_NOT_OFFERED"
	OptionNotInSize   ProblemReason = "OPTION_NOT_IN_SIZE"
	OptionNotInAmount ProblemReason = "OPTION_NOT_IN_AMOUNT"
	OptionNotOnHalf   ProblemReason = "OPTION_NOT_ON_HALF"
	OptionTwice       ProblemReason = "OPTION_TWICE"
	TooFewOptions     ProblemReason = "TOO_FEW_OPTIONS"
	TooManyOptions    ProblemReason = "TOO_MANY_OPTIONS"
	HalvesCantDiffer  ProblemReason = "HALVES_CANT_DIFFER"
	DishesCantShare   ProblemReason = "DISHES_CANT_SHARE"
	TipTooLarge       ProblemReason = "TIP_TOO_LARGE"
	TotalTooLarge     ProblemReason = "TOTAL_TOO_LARGE"
	NotPayable        ProblemReason = "NOT_PAYABLE"
	SoldOut           ProblemReason = "SOLD_OUT"
)

// because refuses input for a reason.
func because(reason ProblemReason, names []string, format string, args ...any) *fault.Error {
	return fault.New(fault.BadUserInput, format, args...).With(fault.Details{Reason: &fault.Reason{Code: string(reason), Names: names}})
}

// problemOf tells a refusal. Where its code says all, that is the reason.
func problemOf(refusal *fault.Error, item *int) Problem {
	p := Problem{
		Code: refusal.Code, Reason: ProblemReason(refusal.Code), Names: []string{}, Amount: refusal.Details.Minimum,
		Message: refusal.Message, Item: item, Alternative: alternative(refusal),
	}
	switch r := refusal.Details.Reason; {
	case r != nil:
		p.Reason, p.Names, p.Count, p.Amount = ProblemReason(r.Code), append(p.Names, r.Names...), r.Count, r.Amount
	case refusal.Code == fault.InsufficientStock:
		p.Reason = SoldOut
	case refusal.Code == fault.BadUserInput:
		p.Reason = NotPayable
	}
	return p
}

// alternative is what would do instead of what was refused; nil if nothing is known.
func alternative(refusal *fault.Error) *string {
	if refusal.Details.NextSlot == nil {
		return nil
	}
	return new(refusal.Details.NextSlot.Start.UTC().Format(time.RFC3339))
}
