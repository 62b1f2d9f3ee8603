package pricing

import (
	"fmt"
	"strings"
)

// BasisCode is how an amount comes about; the contract's PriceBasisCode.
type BasisCode string

// How amounts come about.
const (
	Times           BasisCode = "TIMES"
	DearerHalf      BasisCode = "DEARER_HALF"
	AverageOfHalves BasisCode = "AVERAGE_OF_HALVES"
	LightAmount     BasisCode = "LIGHT"
	ExtraAmount     BasisCode = "EXTRA"
	OnFirstHalf     BasisCode = "ON_FIRST_HALF"
	OnSecondHalf    BasisCode = "ON_SECOND_HALF"
	AmongFree       BasisCode = "AMONG_FREE"
	BeyondFree      BasisCode = "BEYOND_FREE"
	InsteadOf       BasisCode = "INSTEAD_OF"
	PercentOf       BasisCode = "PERCENT_OF"
	UpTo            BasisCode = "UP_TO"
	CheapestFree    BasisCode = "CHEAPEST_FREE"
	TogetherFor     BasisCode = "TOGETHER_FOR"
)

// Basis is one thing of which the amount of a price line comes about; the contract's PriceBasis. What is of another code is
// zero, or empty.
type Basis struct {
	Code        BasisCode `json:"code"`
	Count       int       `json:"count"`       // Times: portions; AmongFree, BeyondFree: how many are free; CheapestFree: of how many
	Amount      int64     `json:"amount"`      // Times: of each; AverageOfHalves: of the first; the others: what is in the text
	OtherAmount int64     `json:"otherAmount"` // AverageOfHalves: of the second
	BasisPoints int       `json:"basisPoints"` // PercentOf
	Name        string    `json:"name"`        // AmongFree, BeyondFree: the group's; InsteadOf: the promotion's
}

// inEnglish tells all that an amount comes about by; nil if there is nothing to tell.
func (b Basket) inEnglish(bases []Basis) *string {
	if len(bases) == 0 {
		return nil
	}
	parts := make([]string, len(bases))
	for i, basis := range bases {
		parts[i] = b.basisInWords(basis)
	}
	return new(strings.Join(parts, ", "))
}

func (b Basket) basisInWords(basis Basis) string {
	amount := b.amount(basis.Amount)
	switch basis.Code {
	case Times:
		return fmt.Sprintf("%d × %s", basis.Count, amount)
	case DearerHalf:
		return "dearer half"
	case AverageOfHalves:
		return fmt.Sprintf("average of %s and %s", amount, b.amount(basis.OtherAmount))
	case LightAmount:
		return "light"
	case ExtraAmount:
		return "extra"
	case OnFirstHalf:
		return "on the first half"
	case OnSecondHalf:
		return "on the second half"
	case AmongFree:
		return fmt.Sprintf("among %d free of %s", basis.Count, basis.Name)
	case BeyondFree:
		return fmt.Sprintf("more than %d free of %s", basis.Count, basis.Name)
	case InsteadOf:
		return fmt.Sprintf("%s, instead of %s", basis.Name, amount)
	case PercentOf:
		return fmt.Sprintf("%s of %s", percent(basis.BasisPoints), amount)
	case UpTo:
		return "up to " + amount
	case CheapestFree:
		return fmt.Sprintf("the cheapest of each %d is free", basis.Count)
	case TogetherFor:
		return "together for " + amount
	}
	return ""
}
