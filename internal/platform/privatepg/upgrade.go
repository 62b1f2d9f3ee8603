package privatepg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
)

// Copy fills an empty database, given its URL, with everything that another one holds. It may be killed at any time.
type Copy func(ctx context.Context, from, to string) error

// Upgrade brings the data to the newest major version of Postgres at hand, by running both versions' servers and having
// copy carry the data from one to the other. It returns both versions, which are the same if there was nothing to do. The
// old data stay beside the new ones, in a folder whose name ends in ".before-upgrade". Until the copy is complete nothing
// but a draft is written; a run that was killed is begun anew by the next. It fails with ErrInUse while a server runs.
//
// The new data are another cluster's: its identifier and its transaction numbers have nothing to do with the old ones.
func Upgrade(ctx context.Context, o Options, transfer Copy) (from, to int, err error) {
	o = o.withDefaults()
	home, who, err := prepareHome(o.Dir)
	if err != nil {
		return 0, 0, err
	}
	from, err = versionOfData(home)
	if err != nil || from == 0 {
		return 0, 0, cmp.Or(err, fmt.Errorf("there are no data in %s", home))
	}
	target, err := newestBinaries(ctx, o, who, from)
	if err != nil || target.major == from {
		return from, from, err
	}
	anywhere := *o.search
	anywhere.explicit = ""
	source, err := anywhere.find(ctx, who, from, true, o.Log)
	if err != nil {
		return from, from, err
	}
	old := filepath.Join(home, clusterFolder(from, false))
	draft := filepath.Join(home, clusterFolder(target.major, false)+".draft")
	o.Log.Info("upgrading the data", "from", from, "to", target.major, "data", old)
	if err := carry(ctx, o, who, place{source, old}, place{target, draft}, transfer); err != nil {
		return from, from, fmt.Errorf("upgrade the data from Postgres %d to %d, which left them as they were: %w", from, target.major, err)
	}
	if err := replace(home, old, draft, target.major); err != nil {
		return from, from, fmt.Errorf("put the upgraded data in place: %w", err)
	}
	return from, target.major, nil
}

// place is a data folder and the binaries for it.
type place struct {
	bin  binaries
	data string
}

// clear removes what a run that was killed left.
func (p place) clear(log *slog.Logger) error {
	if err := stopOrphan(p.data, log); err != nil {
		return err
	}
	return os.RemoveAll(p.data)
}

// carry makes the draft, from its beginning, and returns once it is complete on the disk.
func carry(ctx context.Context, o Options, who account, from, draft place, transfer Copy) (err error) {
	old, err := launch(ctx, from, who, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.Stop()) }()
	if err := draft.clear(o.Log); err != nil {
		return fmt.Errorf("remove an unfinished upgrade: %w", err)
	}
	made, err := launch(ctx, draft, who, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, made.Stop()) }()
	return transfer(ctx, old.DSN(), made.DSN())
}

// upgradedFrom is a file in data that were upgraded: it names the folder of the old ones until that is out of the way.
const upgradedFrom = "upgraded-from"

// replace puts the draft in the place of the old data. The first rename is what counts; see finishUpgrade.
func replace(home, old, draft string, major int) error {
	if err := writeFile(filepath.Join(draft, upgradedFrom), filepath.Base(old)); err != nil {
		return err
	}
	data := filepath.Join(home, clusterFolder(major, false))
	if err := errors.Join(os.Rename(draft, data), syncFolder(home)); err != nil {
		return err
	}
	_ = os.Remove(draft + ".lock")
	_ = os.Rename(draft+".log", data+".log")
	return finishUpgrade(home, data)
}

// finishUpgrade moves away the data that others were made from, which a run that was killed may have left undone.
func finishUpgrade(home, data string) error {
	marker := filepath.Join(data, upgradedFrom)
	name, err := os.ReadFile(marker)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	old := filepath.Join(home, filepath.Base(string(name)))
	if err == nil {
		if err = os.Rename(old, old+".before-upgrade"); errors.Is(err, fs.ErrNotExist) {
			err = nil // it has been moved, but for the marker
		}
	}
	if err := errors.Join(err, syncFolder(home)); err != nil {
		return fmt.Errorf("move the data from before an upgrade away: %w", err)
	}
	return os.Remove(marker)
}

// newestBinaries returns the newest binaries at hand, or the only ones that may be used.
func newestBinaries(ctx context.Context, o Options, who account, data int) (binaries, error) {
	found, _, err := o.search.atHand(ctx, who)
	if err != nil {
		return binaries{}, err
	}
	if len(found) == 0 { // then all there can be is what is fetched for these data
		return binaries{major: data}, nil
	}
	return slices.MaxFunc(found, func(a, b binaries) int { return a.major - b.major }), nil
}

func writeFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(writeAt(f, text), f.Sync(), f.Close())
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
