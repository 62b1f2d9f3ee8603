//go:build race

package proof_test

// raceFlag has the program watched for races like its tests.
var raceFlag = []string{"-race"}
