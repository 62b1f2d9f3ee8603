// Package migrations holds the tables as forward-only goose migrations, and the definitions of the read models over them,
// embedded in the binary.
package migrations

import "embed"

//go:generate go run ./print ../docs/schema.sql

// FS holds every migration, named NNNNN_<feature>_<what>.sql, and every read model's definition, readmodels/<model>.sql.
//
//go:embed *.sql readmodels/*.sql
var FS embed.FS
