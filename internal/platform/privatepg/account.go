package privatepg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who the server runs as.
type account struct {
	name     string
	uid, gid uint32
	dropped  bool // we are root and the server is not
}

// serverAccount is the current user. Postgres refuses to run as root, so root hands it to the owner of the data, or
// to an account without rights of its own.
func serverAccount(dir string) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{name: "uid " + strconv.Itoa(uid), uid: uint32(uid), gid: uint32(os.Getegid())}, nil
	}
	if info, err := os.Stat(dir); err == nil {
		if st := info.Sys().(*syscall.Stat_t); st.Uid != 0 {
			return account{name: "uid " + strconv.Itoa(int(st.Uid)), uid: st.Uid, gid: st.Gid, dropped: true}, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, fmt.Errorf("read account %s: %w", name, err)
		}
		return account{name: name, uid: uint32(uid), gid: uint32(gid), dropped: true}, nil
	}
	return account{}, errors.New("no account for Postgres, which refuses to run as root: make one called postgres, or run as another user")
}

func (a account) credential() *syscall.Credential {
	if !a.dropped {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// canReach says whether the account may enter every existing folder on the way to path, and path itself if it exists.
func (a account) canReach(path string) error {
	if !a.dropped {
		return nil // the kernel tells us directly
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("look at %s: %w", dir, err)
		}
		if err == nil && info.IsDir() && !a.mayEnter(info) {
			return fmt.Errorf("account %s, which Postgres runs as instead of root, cannot enter %s (mode %04o): "+
				"set PIZZERIA_DATA_DIR to a folder that it can, such as /var/lib/pizzeria", a.name, dir, info.Mode().Perm())
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	st, mode := info.Sys().(*syscall.Stat_t), info.Mode().Perm()
	switch {
	case st.Uid == a.uid:
		return mode&0o100 != 0
	case st.Gid == a.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// adopt makes a folder the account's alone. It refuses symbolic links and folders of other users.
func (a account) adopt(dir string) error {
	f, err := os.OpenFile(dir, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_DIRECTORY, 0)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; owner != a.uid && owner != uint32(os.Geteuid()) {
		return fmt.Errorf("%s belongs to another user (uid %d): have it removed", dir, owner)
	}
	if a.dropped {
		if err := f.Chown(int(a.uid), int(a.gid)); err != nil {
			return err
		}
	}
	return f.Chmod(0o700)
}
