package readmodel

import "golang.org/x/mod/semver"

// older tells whether one version of the program came before another. Of a build without a version that isn't known.
func older(one, other string) bool {
	return semver.IsValid(one) && semver.IsValid(other) && semver.Compare(one, other) < 0
}
