package testbed

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// RSS returns how much memory the program has, in bytes, as the kernel counts it.
func (p *Program) RSS() (int64, error) {
	path := fmt.Sprintf("/proc/%d/smaps_rollup", p.cmd.Process.Pid)
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("read memory: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "Rss:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("there is no Rss in %s", path)
}

// CPU returns the processor time that the program has used.
func (p *Program) CPU() (time.Duration, error) { return CPU(p.cmd.Process.Pid) }

// tick is the unit of times in /proc, on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// CPU returns the processor time that a process has used.
func CPU(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("read CPU time: %w", err)
	}
	_, rest, _ := strings.Cut(string(text), ") ") // behind the program's name, which may hold anything
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("read CPU time: %q", text)
	}
	user, wrongUser := strconv.ParseInt(fields[11], 10, 64)
	system, wrongSystem := strconv.ParseInt(fields[12], 10, 64)
	if wrongUser != nil || wrongSystem != nil {
		return 0, fmt.Errorf("read CPU time: %q", text)
	}
	return time.Duration(user+system) * tick, nil
}
