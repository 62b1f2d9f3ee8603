package main

import (
	"os"
	"strings"
)

// environment returns the variables by their names.
func environment(environ []string) map[string]string {
	variables := map[string]string{}
	for _, line := range environ {
		if name, value, ok := strings.Cut(line, "="); ok {
			variables[name] = value
		}
	}
	return variables
}

// forgetOthers removes from the process what libraries would read there behind our back, and is meant for other programs: of
// psql and its kin, PGSERVICE, PGTZ and the like. The shop's database is what its own settings say, and nothing else.
func forgetOthers(environ []string) error {
	for name := range environment(environ) {
		if strings.HasPrefix(name, "PG") {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	return nil
}
