// Package migrations holds the database's schema as forward-only goose migrations, embedded in the binary.
package migrations

import "embed"

// FS holds every migration, named NNNNN_<feature>_<what>.sql.
//
//go:embed *.sql
var FS embed.FS
