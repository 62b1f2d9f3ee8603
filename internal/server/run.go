package server

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A stop takes ten seconds at most: requests under way may end within grace, background work within rest; what is then
// still there is left to the end of the process.
const (
	grace = 6 * time.Second
	rest  = 2 * time.Second
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
	streams := make(chan error, 1)
	go func() { streams <- s.graphql.Shutdown(ctx) }()
	err := s.public.http.Shutdown(ctx)
	if err := errors.Join(err, <-streams); err != nil {
		err = errors.Join(err, s.public.http.Close()) // whoever is still there has had its time
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
