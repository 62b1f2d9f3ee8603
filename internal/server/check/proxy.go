package check

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// renewal is how long before its end a certificate should have been renewed.
const renewal = 14 * 24 * time.Hour

func (s *shop) tls(ctx context.Context) []string {
	switch {
	case s.config.PublicURL == "":
		return []string{"PIZZERIA_PUBLIC_URL isn't set: whether customers come by HTTPS can't be tried"}
	case strings.HasPrefix(s.config.PublicURL, "http:"):
		return []string{"PIZZERIA_PUBLIC_URL is plain HTTP: passwords can be read on the way, and browsers keep no session"}
	}
	var p problems
	api, err := s.ask(ctx, http.MethodGet, s.api(), nil)
	if err != nil {
		return failed("the shop can't be reached", err)
	}
	left := api.certified.Sub(s.now())
	p.when(left < renewal, fmt.Sprintf("the certificate ends in %d days", int(left.Hours()/24)))
	p.when(api.status != http.StatusOK || !strings.Contains(api.body, `"__typename":"Query"`), "the API is answered "+api.statusText()+": the address doesn't lead here, or the server isn't open")
	plain, err := s.ask(ctx, http.MethodGet, "http"+strings.TrimPrefix(s.api(), "https"), nil)
	p.when(err == nil && plain.status < 300, "the API answers over plain HTTP too: have the proxy redirect")
	return p
}

// proxy tries what the proxy passes on, and what it must not.
func (s *shop) proxy(ctx context.Context) []string {
	var p problems
	p.when(len(s.config.TrustedProxies) == 0, "PIZZERIA_TRUSTED_PROXIES names none: all visitors behind it count as one client")
	if !strings.HasPrefix(s.config.PublicURL, "https:") {
		return append(p, "what it passes on can't be tried without an HTTPS address in PIZZERIA_PUBLIC_URL")
	}
	api, err := s.ask(ctx, http.MethodGet, s.api(), nil)
	if err != nil {
		return append(p, failed("it can't be reached", err)...)
	}
	p.when(api.header.Get("Strict-Transport-Security") == "", "it doesn't pass X-Forwarded-Proto on")
	socket, err := s.ask(ctx, http.MethodGet, s.config.PublicURL+"/graphql", http.Header{
		"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Origin": {s.config.PublicURL}, "Sec-Websocket-Protocol": {"graphql-transport-ws"},
		"Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"cGl6emVyaWEgY2hlY2tzIQ=="},
	})
	p.when(err != nil || socket.status != http.StatusSwitchingProtocols, "it doesn't let sockets through, or doesn't pass Host on: pages can't watch orders by websocket")
	metrics, err := s.ask(ctx, http.MethodGet, s.config.PublicURL+"/metrics", nil)
	p.when(err == nil && strings.Contains(metrics.body, "pizzeria_build_info"), "all clients reach the admin address through it")
	return p
}

func (s *shop) api() string { return s.config.PublicURL + "/graphql?query=%7B__typename%7D" }

// answer is what came back.
type answer struct {
	status    int
	header    http.Header
	body      string
	certified time.Time // until then, if it came by TLS
}

func (a answer) statusText() string { return fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)) }

// ask sends a request without a body and follows no redirect.
func (s *shop) ask(ctx context.Context, method, url string, header http.Header) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return answer{}, err
	}
	if header != nil {
		request.Header = header
	}
	if method == http.MethodGet && header == nil {
		request.Header.Set("Accept", "application/graphql-response+json")
	}
	// Sockets want HTTP/1.1.
	transport := &http.Transport{DisableKeepAlives: header == nil, Protocols: http1()}
	defer transport.CloseIdleConnections()
	if !strings.HasPrefix(url, s.config.PublicURL+"/") {
		transport.Proxy = http.ProxyFromEnvironment // as payments go; customers don't come by this machine's proxy
	}
	client := http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	a := answer{status: response.StatusCode, header: response.Header}
	if response.TLS != nil && len(response.TLS.PeerCertificates) > 0 {
		a.certified = response.TLS.PeerCertificates[0].NotAfter
	}
	if response.StatusCode == http.StatusSwitchingProtocols {
		return a, nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	a.body = string(body)
	return a, err
}

func http1() *http.Protocols {
	var only http.Protocols
	only.SetHTTP1(true)
	return &only
}
