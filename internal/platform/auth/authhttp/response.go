package authhttp

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// response holds the cookies that resolvers set until the answer's head is written. Resolvers run in goroutines of
// their own and may outlive the request, so none of them touches the head itself.
type response struct {
	plain   bool
	now     func() time.Time
	session string // the token of the session, as the request's cookie brought it
	device  string // the token of the device, likewise
	quote   string // the id of the quote, likewise

	mu        sync.Mutex
	cookies   []*http.Cookie
	newDevice *http.Cookie
	newQuote  *http.Cookie
	sent      bool
}

type responseKey struct{}

// SetSession makes the browser that sent the request of ctx keep the session, until it expires. It does nothing on a
// socket or once an event stream has begun: there the token itself is the answer. The last call counts.
func SetSession(ctx context.Context, token string, expiresAt time.Time) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		r.set(sessionCookies(r.plain, token, expiresAt.Sub(r.now())))
	}
}

// KeepSession is SetSession by how long the session is kept.
func KeepSession(ctx context.Context, token string, lasts time.Duration) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		r.set(sessionCookies(r.plain, token, lasts))
	}
}

// RenewSession is KeepSession for a browser that brought the session's cookie; other clients keep the token by themselves.
func RenewSession(ctx context.Context, token string, lasts time.Duration) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok && r.session == token {
		KeepSession(ctx, token, lasts)
	}
}

// ClearSession makes the browser that sent the request of ctx forget its session, within the limits of SetSession.
func ClearSession(ctx context.Context) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		r.set(clearedCookies(r.plain))
	}
}

// Device returns the device's token that the request of ctx brought, "" if none.
func Device(ctx context.Context) string {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		return r.device
	}
	return ""
}

// SetDevice makes the browser that sent the request of ctx keep the device's token for a year, within the limits of SetSession.
func SetDevice(ctx context.Context, token string) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.newDevice = deviceCookie(r.plain, token)
	}
}

// Quote returns the id of the quote that the browser which sent the request of ctx was given last, "" if none.
func Quote(ctx context.Context) string {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		return r.quote
	}
	return ""
}

// SetQuote makes that browser name the quote until it expires, within the limits of SetSession.
func SetQuote(ctx context.Context, id string, expiresAt time.Time) {
	if r, ok := ctx.Value(responseKey{}).(*response); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.newQuote = quoteCookie(r.plain, id, expiresAt.Sub(r.now()))
	}
}

func (r *response) set(cookies []*http.Cookie) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cookies = cookies
}

func (r *response) addTo(head http.Header) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sent {
		return
	}
	r.sent = true
	for _, cookie := range r.cookies {
		head.Add("Set-Cookie", cookie.String())
	}
	for _, cookie := range []*http.Cookie{r.newDevice, r.newQuote} {
		if cookie != nil {
			head.Add("Set-Cookie", cookie.String())
		}
	}
}

// writer adds the cookies at the last moment.
type writer struct {
	http.ResponseWriter
	response *response
}

func (w *writer) WriteHeader(status int) {
	if status >= http.StatusOK {
		w.response.addTo(w.Header())
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(body []byte) (int, error) {
	w.response.addTo(w.Header())
	return w.ResponseWriter.Write(body)
}

// FlushError implements what http.ResponseController looks for.
func (w *writer) FlushError() error {
	w.response.addTo(w.Header())
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap gives http.ResponseController the connection's deadlines.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
