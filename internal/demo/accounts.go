package demo

import (
	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
)

// Password opens every demo account.
const Password = "pizzeria-demo"

// Accounts returns the demo accounts, one for each role.
func Accounts() []customer.CreateAccount {
	return []customer.CreateAccount{
		account("customer@example.com", "Carla Customer", auth.RoleCustomer),
		account("cook@example.com", "Coco Cook", auth.RoleCook),
		account("driver@example.com", "Dario Driver", auth.RoleDriver),
		account("manager@example.com", "Mario Manager", auth.RoleManager),
	}
}

func account(email, name string, role auth.Role) customer.CreateAccount {
	return customer.CreateAccount{
		ID: id("account", email), Name: name, Email: email, Password: Password, Roles: []auth.Role{role},
	}
}
