package server

import (
	"io/fs"

	"pizzeria/internal/platform/buildinfo"
	"pizzeria/migrations"
)

// Release is what distinguishes one version of the program from another on the same database.
type Release struct {
	Version string // of the build, e.g. v1.4.0
	Files   fs.FS  // migrations, and the definitions of read models
}

// ThisRelease is that of the running program.
func ThisRelease() Release { return Release{Version: buildinfo.Read().Version, Files: migrations.FS} }
