package shopfront

import "strings"

// address is what a path of the app leads to; web/shop/routes.ts has the same ones.
type address struct {
	known   bool   // it is one of the app's, as far as its form tells
	slug    string // of the location that it is at; "" of none
	isFront bool
	isMenu  bool
}

func pathOf(path string) address {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case path == "/":
		return address{known: true, isFront: true}
	case parts[0] == "orders":
		return address{known: len(parts) <= 2}
	case parts[0] == "account", parts[0] == "sign-in":
		return address{known: len(parts) == 1}
	case len(parts) == 1:
		return address{known: true, slug: parts[0], isMenu: true}
	case len(parts) == 2:
		return address{known: parts[1] == "cart" || parts[1] == "checkout", slug: parts[0]}
	default:
		return address{known: len(parts) == 3 && parts[1] == "dishes", slug: parts[0]}
	}
}
