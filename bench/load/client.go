// Package load puts servers under load, at little cost of its own: the load shares the processors with what it measures.
package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// Client is one keep-alive HTTP connection. It writes requests that were made beforehand and reads no more of an answer than
// it must. Only one goroutine may use it.
type Client struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte
}

// Dial connects to a URL's host.
func Dial(ctx context.Context, url string) (*Client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", host(url))
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", url, err)
	}
	return &Client{conn: conn, in: bufio.NewReaderSize(conn, 16<<10)}, nil
}

func host(url string) string {
	rest := strings.TrimPrefix(url, "http://")
	address, _, _ := strings.Cut(rest, "/")
	return address
}

// Post makes a request of JSON to a URL of the form http://host:port/path. The token may be "".
func Post(url, token string, body []byte) []byte {
	address := host(url)
	request := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n",
		strings.TrimPrefix(url, "http://"+address), address, len(body))
	if token != "" {
		request = fmt.Appendf(request, "Authorization: Bearer %s\r\n", token)
	}
	return append(append(request, "\r\n"...), body...)
}

// Do sends a request and returns the answer's body, which is valid until the next call. An answer other than 200, or
// without a length, is an error.
func (c *Client) Do(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, fmt.Errorf("send request: %w", err)
	}
	status, length, err := c.readHead()
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.in, c.body); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if status != 200 {
		return nil, fmt.Errorf("answered with %d: %s", status, c.body)
	}
	return c.body, nil
}

// ErrRetry is what a check returns for an answer that asks the client to send the same request again.
var ErrRetry = errors.New("to be tried again")

// Ask sends a request and checks the answer. It sends the request again as long as check returns ErrRetry and ctx isn't over.
func (c *Client) Ask(ctx context.Context, request []byte, check func(body []byte) error) error {
	for {
		body, err := c.Do(request)
		if err != nil {
			return err
		}
		if err := check(body); !errors.Is(err, ErrRetry) || ctx.Err() != nil {
			return err
		}
	}
}

func (c *Client) readHead() (status, length int, err error) {
	first, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(first) < 12 {
		return 0, 0, fmt.Errorf("no status line: %q", first)
	}
	if status, err = strconv.Atoi(string(first[9:12])); err != nil {
		return 0, 0, fmt.Errorf("no status line: %q", first)
	}
	length = -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		if len(line) <= 2 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, 0, fmt.Errorf("length of answer: %w", err)
			}
		}
	}
	if length < 0 {
		return 0, 0, fmt.Errorf("an answer with %d has no length", status)
	}
	return status, length, nil
}

// Close ends the connection.
func (c *Client) Close() { _ = c.conn.Close() }

// Clients are several connections to one URL.
type Clients []*Client

// DialAll opens n connections.
func DialAll(ctx context.Context, url string, n int) (Clients, error) {
	var all Clients
	for range n {
		c, err := Dial(ctx, url)
		if err != nil {
			all.Close()
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// Close ends all connections.
func (all Clients) Close() {
	for _, c := range all {
		c.Close()
	}
}
