package server

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A stop takes ten seconds at most: sockets and event streams may take their leave within farewell, requests under way
// end within grace, and background work within rest; what is then still there is left to the end of the process.
const (
	farewell = 4 * time.Second
	grace    = 6 * time.Second
	rest     = 2 * time.Second
)

var errUnfinished = errors.New("background work did not stop in time")

// Serve answers until ctx ends. Then the server tells that it isn't ready any more, sockets are told to come back,
// requests under way are answered, background work stops, and everything is closed in the reverse order of its opening.
func (s *Server) Serve(ctx context.Context) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.app.Run(background)
	}()
	failed := make(chan error, 2)
	go func() { failed <- s.public.serve() }()
	go func() { failed <- s.admin.serve() }()

	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	err = errors.Join(err, s.drain(context.WithoutCancel(ctx)))
	stop()
	select {
	case <-stopped:
	case <-time.After(rest):
		return errors.Join(err, errUnfinished) // what it still holds can't be closed
	}
	err = errors.Join(err, s.admin.http.Close())
	s.close()
	return err
}

// drain takes no new work and waits for what is under way. The admin address goes on telling so.
func (s *Server) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	s.ready.stopping.Store(true)
	dismissed := make(chan struct{})
	go func() {
		defer close(dismissed)
		s.dismiss(ctx)
	}()
	err := s.public.http.Shutdown(ctx)
	<-dismissed
	if err != nil {
		s.log.InfoContext(ctx, "cut off requests that did not end", "error", err)
		if err := s.public.http.Close(); err != nil {
			return fmt.Errorf("shut down: %w", err)
		}
	}
	return nil
}

// dismiss asks sockets and event streams to come back. A client that doesn't take its leave is cut off, but no failure:
// otherwise any of them could make a stop look like one.
func (s *Server) dismiss(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	if err := s.graphql.Shutdown(ctx); err != nil {
		s.log.InfoContext(ctx, "cut off clients that did not take their leave", "error", err)
	}
}
