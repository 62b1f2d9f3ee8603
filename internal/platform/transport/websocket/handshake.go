package websocket

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Acceptor makes connections out of requests.
type Acceptor struct {
	// Subprotocol is agreed upon if the client offers it. Another that it offers is, too, in the place of none: a browser gives
	// up a connection without agreement, and would never hear the close code that tells why.
	Subprotocol  string
	MaxMessage   int           // from the client, in bytes
	WriteTimeout time.Duration // for the client to take a frame, or to answer a close frame

	readers sync.Pool // of *bufio.Reader
}

// Refusal is why a request is no handshake. Nothing has been answered yet.
type Refusal struct{ Status int }

// Error implements error.
func (r *Refusal) Error() string { return fmt.Sprintf("no handshake: %d", r.Status) }

// guid is the same for all (RFC 6455, section 1.3).
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

// Accept takes over the request's connection. It fails with a *Refusal, or because the connection is gone.
func (a *Acceptor) Accept(w http.ResponseWriter, r *http.Request) (*Conn, error) {
	key, err := check(w, r)
	if err != nil {
		return nil, err
	}
	sum := sha1.Sum([]byte(key + guid))
	head := w.Header()
	head.Set("Upgrade", "websocket")
	head.Set("Connection", "Upgrade")
	head.Set("Sec-WebSocket-Accept", base64.StdEncoding.EncodeToString(sum[:]))
	offered := tokens(r.Header, "Sec-WebSocket-Protocol")
	agreed := slices.Contains(offered, a.Subprotocol)
	switch {
	case agreed:
		head.Set("Sec-WebSocket-Protocol", a.Subprotocol)
	case len(offered) > 0 && isName(offered[0]):
		head.Set("Sec-WebSocket-Protocol", offered[0])
	}
	w.WriteHeader(http.StatusSwitchingProtocols)
	raw, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, fmt.Errorf("take over the connection: %w", err)
	}
	early, _ := buffered.Peek(buffered.Reader.Buffered())
	return &Conn{acceptor: a, raw: raw, SubprotocolAgreed: agreed, unread: slices.Clone(early)}, nil
}

// check returns the key of a handshake (RFC 6455, section 4.2.1), which is a GET.
func check(w http.ResponseWriter, r *http.Request) (key string, err error) {
	has := func(header, token string) bool {
		return slices.ContainsFunc(tokens(r.Header, header), func(t string) bool { return strings.EqualFold(t, token) })
	}
	keys := r.Header.Values("Sec-WebSocket-Key")
	switch {
	case !r.ProtoAtLeast(1, 1) || !has("Connection", "Upgrade") || !has("Upgrade", "websocket"):
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", "websocket")
		return "", &Refusal{http.StatusUpgradeRequired}
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		w.Header().Set("Sec-WebSocket-Version", "13")
		return "", &Refusal{http.StatusBadRequest}
	case len(keys) != 1:
		return "", &Refusal{http.StatusBadRequest}
	}
	key = strings.TrimSpace(keys[0])
	if nonce, err := base64.StdEncoding.DecodeString(key); err != nil || len(nonce) != 16 {
		return "", &Refusal{http.StatusBadRequest}
	}
	return key, nil
}

// isName tells whether a subprotocol may be repeated as it is.
func isName(subprotocol string) bool {
	return subprotocol != "" && !strings.ContainsFunc(subprotocol, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
	})
}

// tokens are the elements of a header's lists.
func tokens(h http.Header, name string) []string {
	var all []string
	for _, line := range h.Values(name) {
		for token := range strings.SplitSeq(line, ",") {
			all = append(all, strings.TrimSpace(token))
		}
	}
	return all
}
