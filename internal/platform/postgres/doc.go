// Package postgres is the project's way to its database: one connection pool, GORM on top of it, transactions,
// migrations, and a private server for those who have not set one up.
package postgres
