package privatepg

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// other is an account that is not ours.
var other = account{name: "somebody", uid: 54321, gid: 54321, dropped: true}

func TestServerNeverRunsAsRoot(t *testing.T) {
	t.Parallel()
	p := start(t, Options{Dir: folder(t)})

	info, err := os.Stat(p.data)
	require.NoError(t, err)
	owner := info.Sys().(*syscall.Stat_t).Uid
	require.NotZero(t, owner)
	if uid := os.Geteuid(); uid != 0 {
		require.EqualValues(t, uid, owner)
	}
}

// As root this runs as an ordinary user, and so covers the other kind of start.
func TestServerOfAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	var credential *syscall.Credential
	if os.Geteuid() == 0 {
		nobody, err := user.Lookup("nobody") // initdb wants an account with a name
		require.NoError(t, err)
		uid, err := strconv.Atoi(nobody.Uid)
		require.NoError(t, err)
		credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}
		require.NoError(t, os.Chown(dir, uid, uid))
	}

	line, kill := startHelper(t, "server", dir, credential)
	pid, err := strconv.Atoi(line)
	require.NoError(t, err, line)
	kill()

	requireGone(t, pid)
}

func TestFolderThatTheServerCannotEnter(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(folder(t), "closed")
	require.NoError(t, os.Mkdir(closed, 0o700))

	err := other.canReach(filepath.Join(closed, "deep", "inside"))

	require.ErrorContains(t, err, "cannot enter "+closed)
	require.ErrorContains(t, err, "set PIZZERIA_DATA_DIR")
	require.NoError(t, other.canReach(folder(t)))
}

func TestSocketFolderOfAnotherUserIsRefused(t *testing.T) {
	t.Parallel()
	me := account{uid: uint32(os.Geteuid())}
	foreign := "/"
	if os.Geteuid() == 0 {
		foreign = folder(t)
		require.NoError(t, os.Chown(foreign, int(other.uid), int(other.gid)))
	}
	link := filepath.Join(folder(t), "link")
	require.NoError(t, os.Symlink(folder(t), link))

	require.ErrorContains(t, me.adopt(foreign), "belongs to another user")
	require.Error(t, me.adopt(link))
}

func TestDataDir(t *testing.T) {
	for _, c := range []struct{ name, configured, xdg, home, want string }{
		{"configured", "/srv/shop", "/xdg", "/home/mario", "/srv/shop"},
		{"XDG", "", "/xdg", "/home/mario", "/xdg/pizzeria"},
		{"home", "", "", "/home/mario", "/home/mario/.local/share/pizzeria"},
		{"relative XDG is ignored", "", "xdg", "/home/mario", "/home/mario/.local/share/pizzeria"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("XDG_DATA_HOME", c.xdg)
			t.Setenv("HOME", c.home)
			if os.Geteuid() == 0 && c.configured == "" {
				c.want = "/var/lib/pizzeria"
			}

			got, err := DataDir(c.configured)

			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}
