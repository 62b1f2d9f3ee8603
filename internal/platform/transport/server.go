// Package transport serves a GraphQL schema over HTTP, graphql-transport-ws and server-sent events, and holds the
// limits that keep one client from harming the others.
package transport

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/clientaddr"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/guard"
	"pizzeria/internal/platform/transport/websocket"
)

// Options configure a Server. Every zero field has a usable meaning.
type Options struct {
	Limits guard.Limits
	// Rate bounds what one account may ask for, or one address for visitors, by what it costs; the zero Rate is no limit.
	Rate        guard.Rate
	Connections ConnectionLimits
	Timing      Timing
	// MaxBody bounds a request body and a message received on a socket. 256 KiB.
	MaxBody int64
	// Authenticator knows who is asking. Without one, everybody is a visitor.
	Authenticator Authenticator
	// Token finds the session's token in a request, "" if there is none. By default there never is.
	Token func(r *http.Request) string
	// TrustedOrigins may send requests and open sockets besides the server's own host: "https://shop.example.com".
	TrustedOrigins []string
	// Present turns an error of a resolver into what the client sees. The server's own refusals don't pass it.
	Present graphql.ErrorPresenterFunc
	// Recover turns a panic into an error, which Present then gets.
	Recover graphql.RecoverFunc
	// Extensions run around every operation, the first outermost: metrics, logs, traces.
	Extensions []graphql.HandlerExtension
	// Cursor finds the resume position in the data of an event, for the `id:` of server-sent events; "" if there is
	// none. By default it is the field `cursor` of the event's root field.
	Cursor func(data []byte) string
	// Open tells whether operations can be run at all. As long as it is false, all requests are refused with 503. By default it
	// always is true.
	Open    func() bool
	Log     *slog.Logger
	Metrics prometheus.Registerer // nil: none
}

// ConnectionLimits bound what one client holds open. A zero field means the default named, a negative one no limit.
type ConnectionLimits struct {
	// PerSocket counts the operations running on one socket. 20.
	PerSocket int
	// SocketsPerUser counts the open sockets of one account. 10.
	SocketsPerUser int
	// SocketsPerDevice counts the open sockets of one device, which aren't counted for its address. 5.
	SocketsPerDevice int
	// SocketsPerAddress counts the open sockets of one address, visitors' too. 200: many may share an address.
	SocketsPerAddress int
	// EventStreamsPerUser counts the open event streams of one account or device: each carries one operation. 40.
	EventStreamsPerUser int
	// QueueMessages and QueueBytes bound what waits for a slow socket; operations beyond it wait. 64 and 1 MiB.
	QueueMessages int
	QueueBytes    int
}

// Timing is how long things may take. A zero field means the default named.
type Timing struct {
	// Init is the time for connection_init. 3 s.
	Init time.Duration
	// Write is the time for a client to take one message or answer. 5 s.
	Write time.Duration
	// Ping is the time between checks of a socket; one that was written to must answer a ping within Pong. 5 s and 4 s.
	Ping time.Duration
	Pong time.Duration
	// KeepAlive is the time between the comments on an event stream. 12 s.
	KeepAlive time.Duration
	// SessionCheck is the time between checks that an open connection's session is still alive. 1.5 s.
	SessionCheck time.Duration
}

// Server is the handler of one GraphQL endpoint.
type Server struct {
	exec        *guard.Executor
	csrf        *http.CrossOriginProtection
	connections *connections

	sessions   *timerWheel[connection] // the connections of accounts; visitors have no session
	pings      *timerWheel[*socket]
	keepAlives *timerWheel[*events]
	sockets    *websocket.Acceptor
	compressor compressor

	present graphql.ErrorPresenterFunc
	recover graphql.RecoverFunc
	auth    Authenticator
	token   func(*http.Request) string
	limits  ConnectionLimits
	timing  Timing
	maxBody int64
	cursor  func([]byte) string
	open    func() bool
	origins map[string]bool
	log     *slog.Logger
	metrics *metrics
}

// New makes the handler. It fails if a trusted origin is not of the form scheme://host.
func New(schema graphql.ExecutableSchema, o Options) (*Server, error) {
	o = o.withDefaults()
	counted := newMetrics(o.Metrics)
	s := &Server{
		connections: newConnections(counted.open), auth: o.Authenticator, token: o.Token, metrics: counted, limits: o.Connections, timing: o.Timing, maxBody: o.MaxBody,
		cursor: o.Cursor, origins: map[string]bool{}, log: o.Log, recover: o.Recover, present: presenter(o.Present), open: o.Open,
	}
	s.sessions = newTimerWheel(s.timing.SessionCheck, s.checkSessions)
	s.pings = newTimerWheel(s.timing.Ping, func(open []*socket) {
		for _, one := range open {
			one.pingIfDue()
		}
	})
	s.keepAlives = newTimerWheel(s.timing.KeepAlive, func(open []*events) {
		for _, one := range open {
			go one.put(":\n\n")
		}
	})
	s.sockets = &websocket.Acceptor{Subprotocol: subprotocol, MaxMessage: int(o.MaxBody), WriteTimeout: o.Timing.Write}
	s.exec = guard.New(schema, o.Limits, o.Rate, guard.Clients{Of: s.client, Address: clientAddress})
	s.exec.SetErrorPresenter(s.present)
	s.exec.SetRecoverFunc(o.Recover)
	for _, extension := range o.Extensions {
		s.exec.Use(extension)
	}
	csrf := http.NewCrossOriginProtection()
	for _, origin := range o.TrustedOrigins {
		if err := csrf.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
		s.origins[origin] = true
	}
	s.csrf = csrf
	return s, nil
}

// ServeHTTP implements http.Handler. The connection must not be wrapped in a writer that hides deadlines and hijacking
// without an Unwrap method.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.route(w, r.WithContext(graphql.StartOperationTrace(r.Context())))
}

func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			s.answer(w, r, http.StatusInternalServerError, gqlerror.List{s.panicked(r.Context(), p)})
		}
	}()
	if s.fromAnotherSite(r) {
		s.refuse(w, r, guard.Refuse(fault.Forbidden, http.StatusForbidden, "Requests from other sites are not allowed."))
		return
	}
	if !s.open() {
		w.Header().Set("Retry-After", "1")
		s.refuse(w, r, guard.Refuse(fault.Unavailable, http.StatusServiceUnavailable, "The service is not open yet. Try again."))
		return
	}
	if wantsSocket(r) {
		s.upgrade(w, r)
		return
	}
	s.serve(w, r)
}

// fromAnotherSite tells whether a page of a site that isn't trusted sent the request. The library lets such a page read by GET,
// since reading changes nothing; but the answer would be that for the account that is signed in here. What asks only what may
// be sent, OPTIONS, is answered all the same.
func (s *Server) fromAnotherSite(r *http.Request) bool {
	if r.Method == http.MethodOptions {
		return false
	}
	asIfItWrote := *r
	asIfItWrote.Method = http.MethodPost
	return s.csrf.Check(&asIfItWrote) != nil
}

// Shutdown refuses new sockets and event streams, and closes the open ones with a code that clients retry. It returns when
// all are closed; when ctx ends first, it aborts the rest and returns ctx's error. Call it before the source of the events
// stops, and besides http.Server.Shutdown, which ignores sockets and waits for event streams.
func (s *Server) Shutdown(ctx context.Context) error { return s.connections.stop(ctx) }

func (s *Server) panicked(ctx context.Context, p any) *gqlerror.Error {
	return s.present(ctx, s.recover(ctx, p))
}

// client names the client that an operation counts for: an account, or a visitor's address.
func (s *Server) client(ctx context.Context) string {
	if user := s.auth.User(ctx); user != "" {
		return "user " + user
	}
	return clientAddress(ctx)
}

func clientAddress(ctx context.Context) string {
	return "address " + clientaddr.Network(clientaddr.FromContext(ctx))
}
