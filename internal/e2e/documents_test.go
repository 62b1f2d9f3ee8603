package e2e_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/graph/generated"
)

// The documents claim nothing by the name of a test that isn't there.
func TestTheDocumentsNameTestsThatExist(t *testing.T) {
	t.Parallel()
	declared, named := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`), regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w+)`")
	exist, claimed := map[string]bool{}, map[string]string{}
	root := os.DirFS("../..")
	require.NoError(t, fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "node_modules" || name == ".git" || name == ".tools") {
			return fs.SkipDir
		}
		test, _ := filepath.Match("*_test.go", entry.Name())
		document := filepath.Ext(path) == ".md"
		if !test && !document {
			return nil
		}
		text, err := fs.ReadFile(root, path)
		if test {
			for _, match := range declared.FindAllSubmatch(text, -1) {
				exist[string(match[1])] = true
			}
			return err
		}
		for _, match := range named.FindAllSubmatch(text, -1) {
			claimed[string(match[1])] = path
		}
		return err
	}))

	require.NotEmpty(t, claimed)
	for name, document := range claimed {
		require.True(t, exist[name], "%s names %s", document, name)
	}
}

// Each command of the promises runs a test of the package that it names, for each of its alternatives.
func TestThePromisesProofsRunSomething(t *testing.T) {
	t.Parallel()
	page := read(t, "docs/promises.md")
	proofs := regexp.MustCompile("`prove (\\w+) ([a-z0-9/]+)`").FindAllStringSubmatch(page, -1)
	require.Greater(t, len(proofs), 20)
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(t `)
	for _, proof := range proofs {
		files, err := filepath.Glob("../" + proof[2] + "/*_test.go")
		require.NoError(t, err)
		var tests []string
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, match := range declared.FindAllStringSubmatch(string(text), -1) {
				tests = append(tests, match[1])
			}
		}
		require.True(t, slices.ContainsFunc(tests, func(test string) bool { return strings.Contains(test, proof[1]) }), proof[0])
	}
}

// The page on security says of each field that asks for a role which one, as the schema does.
func TestTheTableOfRightsIsTheSchemas(t *testing.T) {
	t.Parallel()
	told := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+`) \\| ([A-Z, ]+) \\| [^|]+ \\|$").FindAllStringSubmatch(read(t, "docs/security.md"), -1) {
		for field := range strings.SplitSeq(row[1], ", ") {
			told[strings.Trim(field, "`")] = row[2]
		}
	}

	known := map[string]string{}
	for _, of := range generated.NewExecutableSchema(generated.Config{}).Schema().Types {
		for _, f := range of.Fields {
			asked := f.Directives.ForName("hasRole")
			if asked == nil || asked.Arguments.ForName("any") == nil {
				continue
			}
			var roles []string
			for _, role := range asked.Arguments.ForName("any").Value.Children {
				roles = append(roles, role.Value.Raw)
			}
			name := of.Name + "." + f.Name
			if slices.Contains([]string{"Query", "Mutation", "Subscription"}, of.Name) {
				name = f.Name
			}
			known[name] = strings.Join(slices.Sorted(slices.Values(roles)), ", ")
		}
	}
	require.Equal(t, known, told)
}
