package transport

import "context"

// share is a part of what one client may hold open.
type share struct {
	owner string // a user, a device or an address; "" is not counted
	limit int    // negative: none
}

// place is what an open socket is counted for; the zero place is for nothing.
type place struct{ user, address share }

// placeOf is what a socket of the client of ctx is counted for: a device's for itself alone, so that a shop's screens aren't locked
// out by its guests, who share the address.
func (s *Server) placeOf(ctx context.Context) place {
	user := s.auth.User(ctx)
	if s.auth.IsDevice(ctx) {
		return place{user: share{user, s.limits.SocketsPerDevice}}
	}
	return place{user: share{user, s.limits.SocketsPerUser}, address: share{clientAddress(ctx), s.limits.SocketsPerAddress}}
}

// exchange takes one place for another. It is false, and all stays as it was, if the other is taken.
func (c *connections) exchange(held, wanted place) bool {
	user, address := wanted.user, wanted.address
	if address.owner == held.address.owner { // it keeps what it has, also of what is full
		address.limit = -1
	}
	if user.owner == held.user.owner {
		user.limit = -1
	}
	if !c.claim(address.owner, address.limit) {
		return false
	}
	if !c.claim(user.owner, user.limit) {
		c.release(address.owner)
		return false
	}
	c.release(held.address.owner)
	c.release(held.user.owner)
	return true
}
