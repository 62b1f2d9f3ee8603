package buildinfo

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestABuildIsDescribedInOneLine(t *testing.T) {
	t.Parallel()
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for says, build := range map[string]debug.BuildInfo{
		"(devel)": {},
		"v1.4.0 (revision 0123456789ab, 2026-11-29T10:00:00Z, go1.26.8)": {
			GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.4.0"},
			Settings: []debug.BuildSetting{
				setting("vcs.revision", "0123456789abcdef"), setting("vcs.time", "2026-11-29T10:00:00Z"), setting("vcs.modified", "false"),
			},
		},
		"(devel) (revision 01, modified, go1.26.8)": {
			GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"},
			Settings: []debug.BuildSetting{setting("vcs.revision", "01"), setting("vcs.modified", "true")},
		},
	} {
		require.Equal(t, says, of(&build).String())
	}
}

func TestARunningProgramHasAVersion(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, Read().Version)
	require.NotEmpty(t, Read().Go)
}
