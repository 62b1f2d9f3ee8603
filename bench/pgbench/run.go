package pgbench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Find returns the path of pgbench: beside the program that process runs, a Postgres, or else on PATH.
func Find(postgres int) (string, error) {
	if program, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", postgres)); err == nil {
		if beside := filepath.Join(filepath.Dir(program), "pgbench"); isFile(beside) {
			return beside, nil
		}
	}
	found, err := exec.LookPath("pgbench")
	if err != nil {
		return "", fmt.Errorf("find pgbench, which comes with Postgres's server or as postgresql-contrib: %w", err)
	}
	return found, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// warmUp is left out of every measurement: new connections prepare their statements first, which the server did long ago.
const warmUp = time.Second

var (
	progress = regexp.MustCompile(`progress: [0-9.]+ s, ([0-9.]+) tps`)
	latency  = regexp.MustCompile(`latency average = ([0-9.]+) ms`)
)

// Rate runs a script with the given number of clients for d, in whole seconds, and returns its runs per second.
func Rate(ctx context.Context, pgbench, dsn, script string, clients int, d time.Duration) (float64, error) {
	seconds := strconv.Itoa(int((d + warmUp).Seconds()))
	out, err := run(ctx, pgbench, dsn, script, "-c", strconv.Itoa(clients), "-j", "2", "-T", seconds, "-P", "1")
	if err != nil {
		return 0, err
	}
	return rate(out)
}

// rate averages over all seconds but the first.
func rate(out string) (float64, error) {
	found := progress.FindAllStringSubmatch(out, -1)
	if len(found) < 2 {
		return 0, fmt.Errorf("pgbench told no progress: %s", out)
	}
	sum := 0.0
	for _, second := range found[1:] {
		tps, err := strconv.ParseFloat(second[1], 64)
		if err != nil {
			return 0, fmt.Errorf("read pgbench's progress: %w", err)
		}
		sum += tps
	}
	return sum / float64(len(found)-1), nil
}

// Once runs a script a single time, alone, and returns how long it took.
func Once(ctx context.Context, pgbench, dsn, script string) (time.Duration, error) {
	out, err := run(ctx, pgbench, dsn, script, "-c", "1", "-t", "1")
	if err != nil {
		return 0, err
	}
	found := latency.FindStringSubmatch(out)
	if found == nil {
		return 0, fmt.Errorf("pgbench told no latency: %s", out)
	}
	ms, err := strconv.ParseFloat(found[1], 64)
	return time.Duration(ms * float64(time.Millisecond)), err
}

func run(ctx context.Context, pgbench, dsn, script string, arguments ...string) (string, error) {
	cmd := exec.CommandContext(ctx, pgbench, append(arguments, "-n", "-M", "prepared", "--max-tries", "10", "-f", "-", dsn)...)
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("run pgbench: %w\n%.2000s", err, out)
	}
	return string(out), nil
}
