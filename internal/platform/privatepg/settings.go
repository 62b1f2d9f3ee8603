package privatepg

import (
	"fmt"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

const mebibyte = 1 << 20

// usableMemory tells how many bytes this process and its children may use together: the container's limit if there is
// one, otherwise the machine's memory; 0 where neither can be found out.
func usableMemory() uint64 {
	bytes, err := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)()
	if err != nil {
		return 0
	}
	return bytes
}

// serverSettings are set on the command line: what stands in postgresql.conf is then of no weight.
func serverSettings(socket string, fast bool, memory uint64) []string {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + socket, "unix_socket_permissions=0700", "port=" + port,
		"jit=off", "timezone=UTC", "log_timezone=UTC",
		// Neither statements nor the values in a constraint's detail belong in a log.
		"log_min_error_statement=panic", "log_error_verbosity=terse", "log_checkpoints=off",
	}
	if fast {
		return append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "max_connections=300", "shared_buffers=128MB",
			// It would hold on to databases that a test wants to drop.
			"autovacuum=off")
	}
	return append(settings, "fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=100",
		"shared_buffers="+share(memory, 8, 128, 1024),
		// A refresh compares the old snapshot with the new one in as much; beyond that it goes through the disk, twice.
		"maintenance_work_mem="+share(memory, 16, 64, 2048), "autovacuum_work_mem=64MB",
		// A checkpoint makes the next write to each page log all of it: by time, every five minutes, not by the log's size.
		"max_wal_size=4GB")
}

// share is a part of the memory, within limits in MiB, as Postgres writes it.
func share(memory, part, least, most uint64) string {
	return fmt.Sprintf("%dMB", min(max(memory/part/mebibyte, least), most))
}
