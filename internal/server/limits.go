package server

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/transport"
	"pizzeria/internal/platform/transport/guard"
	"pizzeria/internal/screen"
)

// Limits are what one client may ask for. A zero field means the default of the package that enforces the limit.
type Limits struct {
	BodyBytes        Size    `env:"BODY_BYTES"`
	Tokens           Limit   `env:"TOKENS"`
	Aliases          Limit   `env:"ALIASES"`
	Depth            Limit   `env:"DEPTH"`
	Cost             Limit   `env:"COST"`
	CacheBytes       Size    `env:"CACHE_BYTES"`
	SocketOperations Limit   `env:"SOCKET_OPERATIONS"`
	UserSockets      Limit   `env:"USER_SOCKETS"`
	ScreenSockets    Limit   `env:"SCREEN_SOCKETS"`
	AddressSockets   Limit   `env:"ADDRESS_SOCKETS"`
	UserEventStreams Limit   `env:"USER_EVENT_STREAMS"`
	QueueMessages    Size    `env:"QUEUE_MESSAGES"`
	QueueBytes       Size    `env:"QUEUE_BYTES"`
	SignInAccount    Attempt `env:"SIGN_IN_ACCOUNT"`
	SignInAnywhere   Attempt `env:"SIGN_IN_ANYWHERE"`
	SignInAddress    Attempt `env:"SIGN_IN_ADDRESS"`
	ScreenClaims     Attempt `env:"SCREEN_CLAIMS"`
}

// Size is a number above zero: of memory, of which there is always an end.
type Size int

// UnmarshalText reads a number above zero.
func (s *Size) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n <= 0 {
		return errors.New("write a number above zero")
	}
	*s = Size(n)
	return nil
}

// Limit is a number above zero, or -1 for none.
type Limit int

// UnmarshalText reads "off" or a number above zero.
func (l *Limit) UnmarshalText(text []byte) error {
	var n Size
	switch err := n.UnmarshalText(text); {
	case string(text) == "off":
		*l = -1
	case err != nil:
		return errors.New(`write "off" or a number above zero`)
	default:
		*l = Limit(n)
	}
	return nil
}

// Attempt is how often something may be tried. Off means without limit.
type Attempt struct {
	customer.Limit
	Off bool
}

// UnmarshalText reads "off", or a number at once and the time until one more, as in "10/30s".
func (a *Attempt) UnmarshalText(text []byte) error {
	if string(text) == "off" {
		*a = Attempt{Off: true}
		return nil
	}
	burst, every, _ := strings.Cut(string(text), "/")
	n, err := strconv.Atoi(burst)
	pause, wrong := time.ParseDuration(every)
	if err != nil || wrong != nil || n <= 0 || pause <= 0 {
		return errors.New(`write "off" or, for example, 10/30s: 10 at once, then one each 30 seconds`)
	}
	*a = Attempt{Limit: customer.Limit{Burst: n, Every: pause}}
	return nil
}

func (a Attempt) or(standard customer.Limit) customer.Limit {
	if a == (Attempt{}) {
		return standard
	}
	return a.Limit
}

func (l Limits) attempts() customer.AttemptLimits {
	standard := customer.StandardAttemptLimits()
	return customer.AttemptLimits{
		PerAccountHere: l.SignInAccount.or(standard.PerAccountHere),
		PerAccount:     l.SignInAnywhere.or(standard.PerAccount),
		PerAddress:     l.SignInAddress.or(standard.PerAddress),
	}
}

// screenClaims bound the guessing of screens' codes.
func (l Limits) screenClaims() customer.AttemptLimits {
	return customer.AttemptLimits{PerAddress: l.ScreenClaims.or(screen.StandardClaims())}
}

func (l Limits) documents(introspection bool) guard.Limits {
	return guard.Limits{
		Tokens: int(l.Tokens), Aliases: int(l.Aliases), Depth: int(l.Depth), Cost: int(l.Cost), CacheBytes: int(l.CacheBytes),
		// One of these an operation: aliases would multiply guesses and charges.
		Once:          []string{"placeOrder", "processPayment", "amendOrder", "signIn", "signUp", "acceptInvite", "changePassword", "deleteAccount", "claimScreen"},
		Introspection: introspection,
	}
}

func (l Limits) connections() transport.ConnectionLimits {
	return transport.ConnectionLimits{
		PerSocket: int(l.SocketOperations), SocketsPerUser: int(l.UserSockets), SocketsPerDevice: int(l.ScreenSockets), SocketsPerAddress: int(l.AddressSockets),
		EventStreamsPerUser: int(l.UserEventStreams), QueueMessages: int(l.QueueMessages), QueueBytes: int(l.QueueBytes),
	}
}
