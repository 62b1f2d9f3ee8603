package server

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A stop takes ten seconds at most: clients may close their sockets and event streams within connectionCloseTimeout, requests
// under way end within requestDrainTimeout, and background work within backgroundStopTimeout after that. The end of the
// process ends whatever is left.
const (
	connectionCloseTimeout = 4 * time.Second
	requestDrainTimeout    = 6 * time.Second
	backgroundStopTimeout  = 2 * time.Second
)

var errUnfinished = errors.New("background work did not stop in time")

// Serve answers until ctx ends; clients once everything that they ask for is there. Then the server reports that it isn't ready
// any more, sockets are asked to reconnect, requests under way are answered, background work stops, and everything is closed in
// the reverse order of its opening.
func (s *Server) Serve(ctx context.Context) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var running sync.WaitGroup
	running.Go(func() {
		select {
		case <-s.opening.acting:
			s.app.Run(background)
		case <-background.Done():
		}
	})
	running.Go(func() { s.opening.run(background) })
	running.Go(func() { s.member.Run(background) })
	running.Go(func() { dropUnneeded(background, s.opening.models, s.member, s.log) })
	stopped := make(chan struct{})
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
	go func() {
		running.Wait()
		close(stopped)
	}()
	select {
	case <-stopped:
	case <-time.After(backgroundStopTimeout):
		return errors.Join(err, errUnfinished) // what it still holds can't be closed
	}
	err = errors.Join(err, s.admin.http.Close())
	s.close()
	return err
}

// drain takes no new work and waits for what is under way. The admin address goes on telling so.
func (s *Server) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, requestDrainTimeout)
	defer cancel()
	s.ready.stopping.Store(true)
	connectionsClosed := make(chan struct{})
	go func() {
		defer close(connectionsClosed)
		s.closeConnections(ctx)
	}()
	err := s.public.http.Shutdown(ctx)
	<-connectionsClosed
	if err != nil {
		s.log.InfoContext(ctx, "cut off requests that did not end", "error", err)
		if err := s.public.http.Close(); err != nil {
			return fmt.Errorf("shut down: %w", err)
		}
	}
	return nil
}

// closeConnections asks the clients of sockets and event streams to connect again. A client that doesn't close its connection
// in time is cut off. That is no error: otherwise any client could make a stop fail.
func (s *Server) closeConnections(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, connectionCloseTimeout)
	defer cancel()
	if err := s.graphql.Shutdown(ctx); err != nil {
		s.log.InfoContext(ctx, "cut off clients that did not close their connections", "error", err)
	}
}
