package customer

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// Session is what signing in gives: the token opens the account to whoever holds it, until the session expires or ends.
type Session struct {
	Token     string
	Actor     auth.Actor
	ExpiresAt time.Time
}

// OpenSession is the part of a session that is stored.
type OpenSession struct {
	TokenHash auth.TokenHash
	AccountID uuid.UUID
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Issuer makes sessions.
type Issuer struct {
	// Lifetime of a session, 30 days if zero.
	Lifetime time.Duration
	Now      func() time.Time
	// NewToken returns a secret of the form of auth.NewToken.
	NewToken func() string
}

func (i Issuer) issue(actor auth.Actor) (Session, OpenSession) {
	// Postgres keeps microseconds; client and server shall agree on the end.
	now := i.Now().UTC().Truncate(time.Microsecond)
	session := Session{
		Token: i.NewToken(), Actor: actor, ExpiresAt: now.Add(cmp.Or(i.Lifetime, 30*24*time.Hour)),
	}
	hash, _ := auth.HashToken(session.Token)
	return session, OpenSession{TokenHash: hash, AccountID: actor.ID, CreatedAt: now, ExpiresAt: session.ExpiresAt}
}
