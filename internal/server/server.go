package server

import (
	"io"
	"log/slog"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/transport"
)

// Server is one running pizzeria: the app, its way to database and gateway, and the addresses it listens on.
type Server struct {
	log      *slog.Logger
	public   listener
	admin    listener
	ready    *readiness
	opening  *opening
	member   *fleet.Member
	graphql  *transport.Server
	app      *app.App
	payments *payments
	closers  []func() // in the order of opening
}

// URL is where the server answers its clients.
func (s *Server) URL() string { return s.public.url() }

// AdminURL is where the server tells how it is.
func (s *Server) AdminURL() string { return s.admin.url() }

// Opened is closed once the server answers its clients.
func (s *Server) Opened() <-chan struct{} { return s.opening.opened }

// GatewayURL is where the simulated payment gateway listens; "" if another is configured.
func (s *Server) GatewayURL() string {
	if s.payments.simulator == nil {
		return ""
	}
	return s.payments.simulator.URL()
}

func (s *Server) close() {
	for i := len(s.closers) - 1; i >= 0; i-- {
		s.closers[i]()
	}
	s.closers = nil
}

func closer(log *slog.Logger, c io.Closer) func() {
	return func() {
		if err := c.Close(); err != nil {
			log.Warn("close", "error", err)
		}
	}
}
