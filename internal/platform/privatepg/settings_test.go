package privatepg

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADurableServerTakesItsShareOfTheMemory(t *testing.T) {
	t.Parallel()
	const gibibyte = 1024 * mebibyte

	for memory, want := range map[uint64][]string{
		0:             {"shared_buffers=128MB", "maintenance_work_mem=64MB"}, // unknown
		gibibyte:      {"shared_buffers=128MB", "maintenance_work_mem=64MB"},
		4 * gibibyte:  {"shared_buffers=512MB", "maintenance_work_mem=256MB"},
		64 * gibibyte: {"shared_buffers=1024MB", "maintenance_work_mem=2048MB"},
	} {
		require.Subset(t, serverSettings("/run", false, memory), want, "of %d bytes", memory)
	}
	require.Contains(t, serverSettings("/run", true, 64*gibibyte), "shared_buffers=128MB", "there are many of the tests' own")
}

func TestTheMemoryOfThisMachineIsFound(t *testing.T) {
	t.Parallel()

	require.Greater(t, usableMemory(), uint64(256*mebibyte))
}
