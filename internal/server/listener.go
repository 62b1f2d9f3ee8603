package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// listener is one address and what is served there.
type listener struct {
	net.Listener
	http *http.Server
}

func (s *Server) listen(ctx context.Context, variable, address string, handler http.Handler) (listener, error) {
	opened, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return listener{}, fmt.Errorf("listen on %s: %w", variable, err)
	}
	s.closers = append(s.closers, func() { _ = opened.Close() }) // closed already, unless starting failed
	return listener{opened, &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute, // no WriteTimeout: it would end event streams
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}}, nil
}

func (l listener) serve() error {
	if err := l.http.Serve(l.Listener); err != nil {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}

func (l listener) url() string { return "http://" + l.Addr().String() }
