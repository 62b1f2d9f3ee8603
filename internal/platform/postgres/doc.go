// Package postgres is the project's way to its database: one connection pool, GORM on top of it, transactions and
// migrations.
package postgres
