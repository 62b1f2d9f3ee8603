package simulator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"pizzeria/internal/platform/middleware"
)

// Server is a running simulator.
type Server struct {
	http   *http.Server
	events *webhookSender
	addr   net.Addr
	closed chan struct{}
	served chan error
}

// Listen starts a simulator on a TCP address; "127.0.0.1:0" lets the system choose the port. It answers requests to an
// IP address, to localhost, or to the name in the address, and none from a page of another site. The context only bounds the
// start.
func Listen(ctx context.Context, addr string, store Store, o Options) (*Server, error) {
	if o.Key == "" {
		return nil, errors.New("start simulated gateway: a key is needed")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("start simulated gateway: %w", err)
	}
	o = o.withDefaults()
	s := &Server{
		addr: listener.Addr(), closed: make(chan struct{}), served: make(chan error, 1), events: newWebhookSender(o.Now, o.Log),
	}
	g := &gateway{
		Options: o, url: s.URL(), store: store, now: stamp(o.Now), newID: o.NewID, closed: s.closed, events: s.events,
		running: map[string]bool{}, failed: map[string]bool{},
	}
	s.http = &http.Server{
		Handler: middleware.KnownHosts([]string{addr}, http.NewCrossOriginProtection().Handler(g.handler())), ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout: 120 * time.Second, ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
	go func() { s.served <- s.http.Serve(listener) }()
	return s, nil
}

// URL is the base that a client is set to, e.g. "http://127.0.0.1:40123".
func (s *Server) URL() string { return "http://" + s.addr.String() }

// SendEvents tells the webhook of what happens to intents from now on, also while the server is running; another call
// replaces the webhook. Events are lost when the server is closed.
func (s *Server) SendEvents(to Webhook) { s.events.sendTo(to) }

// Close lets running requests finish, cuts those whose answer is withheld, and returns within two seconds. It is called
// once.
func (s *Server) Close() error {
	close(s.closed)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	s.events.close()
	if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return fmt.Errorf("stop simulated gateway: %w", err)
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = func(prefix string) string { return prefix + rand.Text() }
	}
	if o.Slow == 0 {
		o.Slow = 700 * time.Millisecond
	}
	if o.HoldFor == 0 {
		o.HoldFor = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}
