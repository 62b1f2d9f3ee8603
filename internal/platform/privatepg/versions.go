package privatepg

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var dataFolder = regexp.MustCompile(`^postgres-(\d+)$`)

// versionOfData tells which major version the data in home are of; 0 if there are none. Data of several versions are
// refused: the one that was opened would hide the others.
func versionOfData(home string) (int, error) {
	entries, err := os.ReadDir(home)
	if err != nil {
		return 0, fmt.Errorf("look for data: %w", err)
	}
	for _, entry := range entries {
		if dataFolder.MatchString(entry.Name()) {
			if err := finishUpgrade(home, filepath.Join(home, entry.Name())); err != nil {
				return 0, err
			}
		}
	}
	var majors []int
	for _, entry := range entries {
		match := dataFolder.FindStringSubmatch(entry.Name())
		if match == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(home, entry.Name(), "PG_VERSION")); err != nil {
			continue // moved away just now, or nothing to lose
		}
		major, err := strconv.Atoi(match[1])
		if err != nil {
			return 0, fmt.Errorf("read the version of %s: %w", entry.Name(), err)
		}
		majors = append(majors, major)
	}
	slices.Sort(majors)
	switch len(majors) {
	case 0:
		return 0, nil
	case 1:
		return majors[0], nil
	}
	return 0, fmt.Errorf("in %s are data of Postgres %s: move all of these folders but the one of your shop to another place", home, list(majors))
}

// wrongVersion says how to go on where the binaries at hand are of other versions than the data.
func wrongVersion(data int, found []binaries) error {
	var majors []int
	for _, bin := range found {
		majors = append(majors, bin.major)
	}
	slices.Sort(majors)
	majors = slices.Compact(majors)
	return fmt.Errorf("the data are of Postgres %d, and at hand is Postgres %s: \"pizzeria upgrade-data\" brings the data to %d; "+
		"or install Postgres %d, or name the folder of its programs in PIZZERIA_PG_BIN", data, list(majors), majors[len(majors)-1], data)
}

func list(majors []int) string {
	words := make([]string, len(majors))
	for i, major := range majors {
		words[i] = strconv.Itoa(major)
	}
	return strings.Join(words, " and ")
}
