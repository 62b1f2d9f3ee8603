// Package reference runs the programs that the server is compared with.
package reference

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// Serve serves the handler on a port of its own until ctx ends, and prints a line with the name and the address first.
func Serve(ctx context.Context, name string, handler http.Handler) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Printf("%s: http://%s\n", name, listener.Addr())
	server := &http.Server{Handler: handler} //nolint:gosec // for the load on this machine alone
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
