package server

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// texts are the files that tell people and machines of settings, by their paths.
func texts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, place := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "Dockerfile", "compose.yaml", "docs", "deploy", "web/test", ".ci"} {
		err := filepath.WalkDir(filepath.Join("../..", place), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || slices.Contains([]string{".png", ".svg", ".sql", ".graphql"}, filepath.Ext(path)) {
				return err
			}
			text, err := os.ReadFile(path)
			found[path] = string(text)
			return err
		})
		require.NoError(t, err)
	}
	return found
}

func TestEverySettingThatIsWrittenAnywhereExists(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`\bPIZZERIA_[A-Z][A-Z_]*`)
	for path, text := range texts(t) {
		for _, name := range named.FindAllString(text, -1) {
			require.True(t, known(name) || strings.HasSuffix(name, "_"), "%s: %s", path, name)
		}
	}
	page := texts(t)["../../docs/settings.md"]
	for _, name := range settingNames() {
		require.Contains(t, page, "`"+name+"`", "docs/settings.md explains each setting")
	}
}

// Without its prefix a setting isn't read, so no text may tell readers to set it.
func TestNoSettingIsWrittenWithoutItsPrefix(t *testing.T) {
	t.Parallel()
	var names []string
	for _, name := range settingNames() {
		names = append(names, strings.TrimPrefix(name, prefix))
	}
	short := regexp.MustCompile("\\b(?:" + strings.Join(names, "|") + ")[=`]")
	for path, text := range texts(t) {
		if strings.HasSuffix(path, "CHANGELOG.md") || strings.HasSuffix(path, "names-of-settings.md") {
			continue // they tell of the names of before
		}
		require.Empty(t, short.FindString(text), path)
	}
}

func TestManifestsProbeWhatTheServerAnswers(t *testing.T) {
	t.Parallel()
	manifests := yaml.NewDecoder(bytes.NewReader([]byte(texts(t)["../../deploy/kubernetes/pizzeria.yaml"])))
	kinds := map[string]map[string]any{}
	for {
		var one map[string]any
		err := manifests.Decode(&one)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		kinds[one["kind"].(string)] = one
	}
	for _, kind := range []string{"Secret", "ConfigMap", "Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy", "Ingress"} {
		require.Contains(t, kinds, kind)
	}
	settings, _ := kinds["ConfigMap"]["data"].(map[string]any)
	require.NotEmpty(t, settings)
	text := texts(t)["../../deploy/kubernetes/pizzeria.yaml"]
	require.Equal(t, 2, strings.Count(text, "path: /healthz"))
	require.Equal(t, 1, strings.Count(text, "path: /readyz"))
	var compose map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(texts(t)["../../compose.yaml"]), &compose))
	require.Contains(t, compose, "services")
}
