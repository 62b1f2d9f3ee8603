// Package buildinfo tells which build of the program this is.
package buildinfo

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// Info is what the Go command wrote into the binary. What it doesn't know is "".
type Info struct {
	// Version is the module's: a tag such as v1.4.0, a pseudo-version made of time and revision, or "(devel)".
	Version  string
	Revision string // of the repository, in full
	Time     string // of the revision, RFC 3339
	Modified bool   // the working tree differed from the revision
	Go       string // the compiler's version
}

// Read returns that of the running program.
func Read() Info {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return Info{Version: devel}
	}
	return of(b)
}

// devel is what the Go command calls a build without a version.
const devel = "(devel)"

func of(b *debug.BuildInfo) Info {
	info := Info{Version: cmp.Or(b.Main.Version, devel), Go: b.GoVersion}
	for _, s := range b.Settings {
		switch s.Key {
		case "vcs.revision":
			info.Revision = s.Value
		case "vcs.time":
			info.Time = s.Value
		case "vcs.modified":
			info.Modified = s.Value == "true"
		}
	}
	return info
}

// String is one line: the version, and in brackets what else is known.
func (i Info) String() string {
	var more []string
	if i.Revision != "" {
		more = append(more, "revision "+i.Revision[:min(12, len(i.Revision))])
	}
	if i.Time != "" {
		more = append(more, i.Time)
	}
	if i.Modified {
		more = append(more, "modified")
	}
	if i.Go != "" {
		more = append(more, i.Go)
	}
	if len(more) == 0 {
		return i.Version
	}
	return i.Version + " (" + strings.Join(more, ", ") + ")"
}
