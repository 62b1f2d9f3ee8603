package middleware

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// SlowBody limits the time in which a client must send a request's body, on every route: what a handler leaves unread
// net/http waits for before it answers, without an end of its own. A handler that reads the body gets
// os.ErrDeadlineExceeded then.
func SlowBody(limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			conn := http.NewResponseController(w)
			_ = conn.SetReadDeadline(time.Now().Add(limit)) // recorders in tests have none
			r.Body = body{r.Body, func() { _ = conn.SetReadDeadline(time.Time{}) }}
		}
		next.ServeHTTP(w, r)
	})
}

// body calls onEOF when it has been read to its end.
type body struct {
	io.ReadCloser
	onEOF func()
}

func (b body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		b.onEOF()
	}
	return n, err
}
