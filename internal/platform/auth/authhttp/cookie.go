package authhttp

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// The session's cookie. Browsers take one with the prefix __Host- only over HTTPS, for exactly this host, so that no
// other site and nobody on the network can plant it.
const (
	secureCookie = "__Host-session"
	// plainCookie serves development on http://localhost, where not every browser keeps Secure cookies. It is neither
	// sent nor accepted anywhere else: over plain HTTP to another machine a browser stays signed out.
	plainCookie = "session"

	// The device's cookie stays when the session ends: it tells the accounts that were signed in to here that this is no stranger.
	secureDevice   = "__Host-device"
	plainDevice    = "device"
	deviceLifetime = 365 * 24 * time.Hour

	// The quote's cookie tells which quote a visitor's browser was given last, and nothing of who that is.
	secureQuote = "__Host-quote"
	plainQuote  = "quote"
)

// plain tells whether the request came over unencrypted HTTP from the same machine. A proxy that hides the host's name
// and the protocol from us is given away by the page's own origin.
func plain(r *http.Request) bool {
	forwarded, _, _ := strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	encrypted := r.TLS != nil || strings.EqualFold(strings.TrimSpace(forwarded), "https") ||
		strings.HasPrefix(r.Header.Get("Origin"), "https:")
	return !encrypted && loopback(r.Host)
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

func cookieOf(r *http.Request) string { return cookieNamed(r, secureCookie, plainCookie) }

func cookieNamed(r *http.Request, secure, unencrypted string) string {
	names := []string{secure}
	if plain(r) {
		names = []string{unencrypted, secure}
	}
	for _, name := range names {
		if cookie, err := r.Cookie(name); err == nil {
			return cookie.Value
		}
	}
	return ""
}

// sessionCookies returns what makes the browser keep the token.
func sessionCookies(plain bool, token string, lifetime time.Duration) []*http.Cookie {
	if lifetime < time.Second {
		return clearedCookies(plain)
	}
	if plain {
		return []*http.Cookie{newCookie(plainCookie, token, int(lifetime.Seconds()))}
	}
	return []*http.Cookie{newCookie(secureCookie, token, int(lifetime.Seconds()))}
}

// deviceCookie returns what makes the browser keep the device's token.
func deviceCookie(plain bool, token string) *http.Cookie {
	name := secureDevice
	if plain {
		name = plainDevice
	}
	return newCookie(name, token, int(deviceLifetime.Seconds()))
}

// quoteCookie returns what makes the browser name the quote as long as it is held.
func quoteCookie(plain bool, id string, lifetime time.Duration) *http.Cookie {
	name := secureQuote
	if plain {
		name = plainQuote
	}
	if lifetime < time.Second {
		return newCookie(name, "", -1)
	}
	return newCookie(name, id, int(lifetime.Seconds()))
}

// clearedCookies returns what makes the browser drop the token, wherever cookieOf would look for it.
func clearedCookies(plain bool) []*http.Cookie {
	cookies := []*http.Cookie{newCookie(secureCookie, "", -1)}
	if plain {
		cookies = append(cookies, newCookie(plainCookie, "", -1))
	}
	return cookies
}

func newCookie(name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: strings.HasPrefix(name, "__Host-"), SameSite: http.SameSiteLaxMode,
	}
}
