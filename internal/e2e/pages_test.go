package e2e_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caarlos0/env/v11"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// repository is the folder that holds all documents, and the files that they name.
var repository = os.DirFS("../..")

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(repository, name)
	require.NoError(t, err)
	return string(text)
}

// files returns the names of all files with one of the endings.
func files(t *testing.T, endings ...string) (found []string) {
	t.Helper()
	require.NoError(t, fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{"node_modules", ".git", ".tools", "dist", "bin"}, entry.Name()) {
			return fs.SkipDir
		}
		if slices.Contains(endings, path.Ext(name)) || slices.Contains(endings, path.Base(name)) {
			found = append(found, name)
		}
		return err
	}))
	require.NotEmpty(t, found)
	return found
}

var link = regexp.MustCompile(`(?:\]\(|<img src=")([^)"\s]+)[)"]`)

// links returns where a document links to inside the repository: a file, and a heading in it or "".
func links(document, text string) (targets [][2]string) {
	for _, match := range link.FindAllStringSubmatch(text, -1) {
		if strings.Contains(match[1], "://") {
			continue
		}
		file, heading, _ := strings.Cut(match[1], "#")
		if file == "" {
			file = path.Base(document)
		}
		targets = append(targets, [2]string{path.Join(path.Dir(document), file), heading})
	}
	return targets
}

// anchors are the anchors of a document's headings, as GitHub makes them.
func anchors(text string) (names []string) {
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile("[^a-z0-9 _-]").ReplaceAllString(strings.ToLower(heading[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

func TestLinksBetweenDocumentsLeadSomewhere(t *testing.T) {
	t.Parallel()
	for _, document := range files(t, ".md") {
		for _, target := range links(document, read(t, document)) {
			_, err := fs.Stat(repository, target[0])
			require.NoError(t, err, "%s leads to %s", document, target[0])
			if target[1] != "" {
				require.Contains(t, anchors(read(t, target[0])), target[1], "%s leads to %s#%s", document, target[0], target[1])
			}
		}
	}
}

func TestReadmeIsShortAndLeadsToEveryPage(t *testing.T) {
	t.Parallel()
	readme := read(t, "README.md")
	require.LessOrEqual(t, strings.Count(readme, "\n"), 150)

	var led []string
	for _, target := range links("README.md", readme) {
		led = append(led, target[0])
	}
	pages, err := fs.Glob(repository, "docs/*.*")
	require.NoError(t, err)
	for _, page := range append(pages, "docs/decisions", "CONTRIBUTING.md", "migrations/README.md") {
		if path.Ext(page) != ".svg" {
			require.Contains(t, led, page, "README leads to it by one click")
		}
	}
}

// A page of settings names what the program reads, and nothing else.
func TestSettingsAreThoseThatTheProgramReads(t *testing.T) {
	t.Parallel()
	var named []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*) \\|").FindAllStringSubmatch(read(t, "docs/settings.md"), -1) {
		for _, name := range regexp.MustCompile("`([A-Z]\\w+)`").FindAllStringSubmatch(row[1], -1) {
			named = append(named, name[1])
		}
	}
	settings, err := env.GetFieldParams(&server.Config{})
	require.NoError(t, err)
	var known []string
	for _, setting := range settings {
		require.Contains(t, named, "PIZZERIA_"+setting.Key, "the page leaves it out")
		known = append(known, "PIZZERIA_"+setting.Key)
	}
	var sources strings.Builder
	for _, file := range files(t, ".go", ".mjs", ".ts") {
		if file != "internal/e2e/pages_test.go" {
			sources.WriteString(read(t, file))
		}
	}
	for _, name := range named {
		others := strings.HasPrefix(name, "OTEL_") || slices.Contains([]string{"GOGC", "GOMEMLIMIT"}, name) // read by libraries and by Go
		require.True(t, others || slices.Contains(known, name) || strings.Contains(sources.String(), name), "nothing reads %s", name)
	}
}

func TestMetricsOfThePageAreThoseOfTheServer(t *testing.T) {
	t.Parallel()
	var declared []string
	for _, file := range files(t, ".go") {
		if strings.HasPrefix(file, "internal/") && !strings.HasSuffix(file, "_test.go") {
			text := regexp.MustCompile(`Namespace:\s+"pizzeria",\s+Name:\s+"`).ReplaceAllString(read(t, file), `"pizzeria_`)
			for _, match := range regexp.MustCompile(`"(pizzeria_[a-z_]+)"`).FindAllStringSubmatch(text, -1) {
				declared = append(declared, match[1])
			}
		}
	}
	page := regexp.MustCompile(`\bpizzeria_[a-z_]+`).FindAllString(read(t, "docs/operations.md"), -1)
	for i, name := range page {
		page[i] = strings.TrimSuffix(name, "_count")
	}
	slices.Sort(declared)
	slices.Sort(page)

	require.Greater(t, len(declared), 10)
	require.Equal(t, slices.Compact(declared), slices.Compact(page))
}

// What the log says and a page explains is said somewhere.
func TestLogLinesOfThePageAreWritten(t *testing.T) {
	t.Parallel()
	_, lines, found := strings.Cut(read(t, "docs/operations.md"), "## What the log says")
	require.True(t, found)
	var sources strings.Builder
	for _, file := range files(t, ".go") {
		sources.WriteString(read(t, file))
	}
	for _, line := range regexp.MustCompile("`([a-z][^`]*)`").FindAllStringSubmatch(lines, -1) {
		text := strings.Join(strings.Fields(line[1]), " ")
		require.True(t, strings.HasPrefix(text, "pizzeria ") || strings.Contains(sources.String(), `"`+text+`"`), text)
	}
}

func TestDocumentsPicturesAreSmall(t *testing.T) {
	t.Parallel()
	pictures, err := filepath.Glob("../../docs/screens/*.webp")
	require.NoError(t, err)
	require.NotEmpty(t, pictures)
	var all int64
	for _, picture := range pictures {
		info, err := os.Stat(picture)
		require.NoError(t, err)
		require.Less(t, info.Size(), int64(150_000), picture)
		all += info.Size()
	}
	require.Less(t, all, int64(3_000_000))
}
