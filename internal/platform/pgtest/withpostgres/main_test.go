package main

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRunGivesTheCommandAServerAndReturnsItsStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, script string
		status       int
	}{
		{"success", `case "$PIZZERIA_TEST_DATABASE_URL" in postgres://*) exit 0 ;; *) exit 9 ;; esac`, 0},
		{"failure", "exit 7", 7},
		{"killed", "kill -9 $$", 128 + int(syscall.SIGKILL)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			status, err := run([]string{"sh", "-c", c.script})

			require.NoError(t, err)
			require.Equal(t, c.status, status)
		})
	}
}

func TestRunOfACommandThatDoesNotExist(t *testing.T) {
	t.Parallel()
	status, err := run([]string{"/no/such/command"})

	require.Equal(t, 1, status)
	require.ErrorContains(t, err, "/no/such/command")
}
