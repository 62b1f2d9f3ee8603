package main

import (
	"context"
	"fmt"

	"pizzeria/internal/platform/buildinfo"
)

const versionManual = `Prints the program's version, the revision that it was built from and when that was made. The server logs it at its
start, and pizzeria_build_info among the metrics has it too.`

func version(_ context.Context, p program) error {
	_, err := fmt.Fprintln(p.out, "pizzeria", buildinfo.Read())
	return err
}
