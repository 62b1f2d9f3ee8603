package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// TokenHash is what the database knows of a session's token.
type TokenHash [sha256.Size]byte

const tokenBytes = 32

// NewToken returns a token that nobody can guess: 32 random bytes as 43 characters of base64url.
func NewToken() string {
	var secret [tokenBytes]byte
	_, _ = rand.Read(secret[:]) // never fails: without randomness the program ends
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// HashToken returns the hash of a token; ok is false for what can't be one, which needs no look at the database.
func HashToken(token string) (hash TokenHash, ok bool) {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return TokenHash{}, false
	}
	return sha256.Sum256([]byte(token)), true
}

type tokenKey struct{}

// WithToken remembers the token that the actor of ctx signed in with.
func WithToken(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, tokenKey{}, token)
}

// TokenFromContext returns the token of the request's session, "" for a visitor.
func TokenFromContext(ctx context.Context) string {
	token, _ := ctx.Value(tokenKey{}).(string)
	return token
}
