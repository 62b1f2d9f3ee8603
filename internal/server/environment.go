package server

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/caarlos0/env/v11"
)

// prefix may begin the name of each variable that is ours: with it, a setting is told from another program's of the same name.
const prefix = "PIZZERIA_"

// prefixed are the settings whose names are too common to be read without the prefix.
var prefixed = []string{"DATA_DIR", "CACHE_DIR", "PG_BIN", "BACKUPS"}

// file ends the name of a variable that holds, in place of a value, the path of a file with it.
const file = "_FILE"

// ofTests are variables of ours that other programs than this one read: those that test it.
var ofTests = []string{prefix + "TEST_DATABASE_URL", prefix + "URL"}

// links are variables that Kubernetes and Docker make of a service called pizzeria, or pizzeria-admin: they describe where it
// is, and are no settings.
var links = regexp.MustCompile(`^PIZZERIA_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$`)

// readFile reads a file that a variable names.
type readFile func(path string) ([]byte, error)

// settings are the variables that are ours, with the values that files hold and without surrounding spaces; one that is empty
// counts as not set. A name of ours that means nothing is an error of one line, which tells the one that may be meant.
func settings(environment map[string]string, read readFile) (map[string]string, error) {
	names := settingNames()
	if err := misspelt(environment, names); err != nil {
		return nil, err
	}
	values := make(map[string]string, len(names))
	for _, name := range names {
		for _, written := range spellings(name) {
			value, err := valueOf(written, environment, read)
			if err != nil {
				return nil, err
			}
			if value != "" {
				values[name] = value
				break
			}
		}
	}
	return values, nil
}

// spellings are the names under which a setting is looked for, the one that counts first.
func spellings(name string) []string {
	short := strings.TrimPrefix(name, prefix)
	if slices.Contains(prefixed, short) {
		return []string{name}
	}
	return []string{name, short}
}

// valueOf is what a variable, or the file that it names, holds; "" if there is neither.
func valueOf(name string, environment map[string]string, read readFile) (string, error) {
	value, path := strings.TrimSpace(environment[name]), strings.TrimSpace(environment[name+file])
	if value != "" && path != "" {
		return "", fmt.Errorf("%s and %s are both set, and only one can hold", name, name+file)
	}
	if path == "" {
		return value, nil
	}
	content, err := read(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name+file, err)
	}
	if value = strings.TrimSpace(string(content)); value == "" {
		return "", fmt.Errorf("%s: the file %q is empty", name+file, path)
	}
	return value, nil
}

// settingNames are the names of all settings, without those ending in _FILE.
func settingNames() []string {
	fields, _ := env.GetFieldParamsWithOptions(&Config{}, env.Options{Prefix: prefix}) // it fails for what is no struct
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Key
	}
	return names
}

// misspelt refuses names that are ours and mean nothing, all of them in one line.
func misspelt(environment map[string]string, names []string) error {
	var known, wrong []string
	for _, name := range names {
		for _, written := range spellings(name) {
			known = append(known, written, written+file)
		}
	}
	for variable := range environment {
		if slices.Contains(known, variable) || slices.Contains(ofTests, variable) || links.MatchString(variable) {
			continue
		}
		meant, corrections := nearest(strings.ToUpper(variable), known)
		switch begins := len(variable) >= len(prefix) && strings.EqualFold(variable[:len(prefix)], prefix); {
		case corrections <= slips(meant), begins && corrections <= len(meant)/4:
			wrong = append(wrong, printable(variable)+" (is it "+meant+"?)")
		case begins:
			wrong = append(wrong, printable(variable))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("there is no setting %s", strings.Join(wrong, ", nor "))
}

// printable is a variable's name on one line, also if the name has line ends.
func printable(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return fmt.Sprintf("%q", name)
	}
	return name
}

// slips is how many corrections another name may need to be taken for this one: a short word is soon near to any other.
func slips(name string) int {
	switch {
	case len(name) < len("RATE_LIMIT"):
		return -1
	case len(name) < len("DATABASE_URL"):
		return 1
	}
	return 2
}

// maxFile is what a file with a setting may hold, in bytes.
const maxFile = 64 << 10

// fromDisk is the readFile of the program.
func fromDisk(path string) ([]byte, error) {
	opened, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	content, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = errors.New("the file is too large for a setting")
	}
	return content, err
}
