package customer

import (
	"cmp"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/text"
)

// Session is what signing in gives: the token opens the account to whoever holds it, until the session expires or ends.
type Session struct {
	Token     string
	Actor     auth.Actor
	ExpiresAt time.Time
	// DeviceToken makes the device known to the account; "" if nothing was said of one.
	DeviceToken string
}

// OpenSession is the part of a session that is stored.
type OpenSession struct {
	TokenHash auth.TokenHash
	AccountID uuid.UUID
	CreatedAt time.Time
	ExpiresAt time.Time
	Origin    Origin
	Device    auth.TokenHash // to be remembered; zero for one that is known already
}

// Origin is where a request came from.
type Origin struct {
	Address string // the IP address; "" is not counted
	Client  string // the program, as it calls itself
	Device  string // the token of a device that has signed in before; "" if there is none
}

// anew forgets a device that another account may know.
func (o Origin) anew() Origin {
	o.Device = ""
	return o
}

const maxClient = 200

// shown is what is kept of the program's name, which may be anything.
func (o Origin) shown() Origin {
	o.Client, _ = text.Line(o.Client)
	if all := []rune(o.Client); len(all) > maxClient {
		o.Client = string(all[:maxClient])
	}
	if strings.ContainsFunc(o.Client, unicode.IsControl) {
		o.Client = ""
	}
	return o
}

// Issuer makes sessions.
type Issuer struct {
	// Lifetime of a session, 30 days if zero.
	Lifetime time.Duration
	Now      func() time.Time
	// NewToken returns a secret of the form of auth.NewToken.
	NewToken func() string
}

func (i Issuer) issue(actor auth.Actor, from Origin) (Session, OpenSession) {
	// Postgres keeps microseconds; client and server shall agree on the end.
	now := i.Now().UTC().Truncate(time.Microsecond)
	session := Session{
		Token: i.NewToken(), Actor: actor, ExpiresAt: now.Add(cmp.Or(i.Lifetime, 30*24*time.Hour)),
	}
	hash, _ := auth.HashToken(session.Token)
	session.DeviceToken = from.Device
	var device auth.TokenHash
	if from.Device == "" {
		session.DeviceToken = i.NewToken()
		device, _ = auth.HashToken(session.DeviceToken)
	}
	return session, OpenSession{TokenHash: hash, AccountID: actor.ID, CreatedAt: now, ExpiresAt: session.ExpiresAt, Origin: from.shown(), Device: device}
}
