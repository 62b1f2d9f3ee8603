package shopfront

const (
	own = "default-src 'none'; worker-src 'self'; manifest-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
	ownScripts = "script-src 'self'; connect-src 'self'"
	// What Stripe asks for its library: it loads parts of itself, and its fields and the bank's page are frames.
	stripeScripts = "script-src 'self' https://js.stripe.com https://*.js.stripe.com; connect-src 'self' https://api.stripe.com; " +
		"frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com"
)

// ContentSecurityPolicy is what the app needs and no more: everything of its own origin, nothing inline but data, and Stripe's
// library only where it reads cards. One document goes from the menu to the checkout, so that the policy can't be another there.
func (s Settings) ContentSecurityPolicy() string {
	if s.CardKey == "" {
		return own + ownScripts
	}
	return own + stripeScripts
}
