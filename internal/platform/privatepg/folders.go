package privatepg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// DataDir returns the folder for the project's data: configured (the value of PIZZERIA_DATA_DIR) if that is set, else
// the user's data directory. For root that is /var/lib/pizzeria, because Postgres refuses to run as root and the
// account that it gets instead cannot enter root's home.
func DataDir(configured string) (string, error) {
	if configured != "" {
		dir, err := filepath.Abs(configured)
		if err != nil {
			return "", fmt.Errorf("resolve data folder %q: %w", configured, err)
		}
		return dir, nil
	}
	if os.Geteuid() == 0 {
		return "/var/lib/pizzeria", nil
	}
	// The XDG specification has relative paths ignored.
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "pizzeria"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find a data folder (set PIZZERIA_DATA_DIR): %w", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "pizzeria"), nil
	}
	return filepath.Join(home, ".local", "share", "pizzeria"), nil
}

// clusterFolder names the data folder within the home. Postgres reads only the data of its own major version.
func clusterFolder(major int, throwaway bool) string {
	name := "postgres-" + strconv.Itoa(major)
	if throwaway {
		name += "-throwaway"
	}
	return name
}

// prepareHome makes the folder that holds the data folders and says who the server shall run as. It returns the
// folder's path without symbolic links, so that one folder has one spelling.
func prepareHome(dir string) (string, account, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", account{}, fmt.Errorf("resolve data folder: %w", err)
	}
	who, err := serverAccount(dir)
	if err != nil {
		return "", account{}, err
	}
	if err := who.canReach(dir); err != nil {
		return "", account{}, err
	}
	mode := fs.FileMode(0o700)
	if who.dropped {
		mode = 0o755
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, mode); err != nil {
			return "", account{}, fmt.Errorf("create data folder: %w", err)
		}
		// A strict umask would lock the server's account out.
		if err := os.Chmod(dir, mode); err != nil {
			return "", account{}, fmt.Errorf("open data folder to the server: %w", err)
		}
		if err := who.canReach(dir); err != nil {
			return "", account{}, err
		}
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", account{}, fmt.Errorf("resolve data folder: %w", err)
	}
	return dir, who, nil
}

// socketFolder names the folder of the Unix socket. It lies in the system's temporary folder since a socket's path may
// have about 100 bytes.
func socketFolder(data string) string {
	sum := sha256.Sum256([]byte(data))
	name := fmt.Sprintf("pizzeria-%d-%s", os.Geteuid(), hex.EncodeToString(sum[:6]))
	parent := os.TempDir()
	if len(filepath.Join(parent, name, ".s.PGSQL."+port)) > 100 {
		parent = "/tmp"
	}
	return filepath.Join(parent, name)
}

// createSocketFolder makes the folder. Anybody could have made it before us, hence the checks. The caller holds the lock
// of the data and has stopped any other server on them.
func createSocketFolder(dir string, who account) error {
	if err := who.canReach(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create socket folder: %w", err)
	}
	if err := who.adopt(dir); err != nil {
		return fmt.Errorf("use socket folder: %w", err)
	}
	// What a killed server left names a process, whose number another may have got since.
	for _, stale := range []string{".s.PGSQL." + port, ".s.PGSQL." + port + ".lock"} {
		if err := os.Remove(filepath.Join(dir, stale)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("clear socket folder: %w", err)
		}
	}
	return nil
}

// lockFile takes the lock that the kernel gives back when this process ends, in whichever way.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path)
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s is run by process %s; stop it, or set PIZZERIA_DATA_DIR to another folder",
				ErrInUse, strings.TrimSuffix(path, ".lock"), strings.TrimSpace(string(holder)))
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, strconv.Itoa(os.Getpid()))); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("write lock: %w", err)
	}
	return f, nil
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}
