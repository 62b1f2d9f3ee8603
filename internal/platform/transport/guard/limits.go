// Package guard refuses GraphQL operations that would cost too much, before they are validated or run.
//
// The order is: tokens, then aliases, depth and cost, then validation, then the coercion of variables; the client's rate
// comes last, once it is known who asks (Admit). Everything up to validation is linear in the length of the document, so
// that no document can turn the guard itself into the attack.
package guard

// Limits bound one operation. A zero field means the default named with it; a negative one means no limit.
type Limits struct {
	// Tokens of the document, comments included. 1,000.
	Tokens int
	// Aliases written in the document. 15.
	Aliases int
	// Depth of nested fields, introspection apart. 12.
	Depth int
	// Cost: one for each field, 50 for one at the root, or what @cost says, multiplied by the size of each list around it. 10,000.
	Cost int
	// PageSize is the largest value of an argument that sizes a list. 100.
	PageSize int
	// ListSize is assumed for lists that no argument sizes. 10.
	ListSize int
	// Errors reported for one operation. 10.
	Errors int
	// CacheBytes is the memory for validated documents, estimated. 16 MiB.
	CacheBytes int

	// Once names mutation fields of which an operation may hold one in all: payments and sign-in, so that nobody
	// guesses many passwords or cards with one request.
	Once []string
	// Introspection allows __schema and __type. Without it, errors don't name parts of the schema either.
	Introspection bool
}

// WithDefaults fills the fields that are zero.
func (l Limits) WithDefaults() Limits {
	for field, standard := range map[*int]int{
		&l.Tokens: 1000, &l.Aliases: 15, &l.Depth: 12, &l.Cost: 10_000, &l.PageSize: 100, &l.ListSize: 10,
		&l.Errors: 10, &l.CacheBytes: 16 << 20,
	} {
		if *field == 0 {
			*field = standard
		}
	}
	return l
}

func over(n, limit int) bool { return limit >= 0 && n > limit }
