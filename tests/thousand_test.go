package tests

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// BenchmarkThousandResources takes a stack of 1,004 resources through preview, up and destroy. Beside the time of each it
// reports the processor time of the simulated cloud and of all the rest, which is the engine and the program. To repeat:
//
//	go test ./tests -run '^$' -bench ThousandResources -benchtime 3x
func BenchmarkThousandResources(b *testing.B) {
	project, err := buildCrashProject("testdata/many")
	require.NoError(b, err)
	var cloud, others time.Duration
	spent := map[engine.Operation]time.Duration{}
	for b.Loop() {
		sim, err := simulator.Start(b.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
		require.NoError(b, err)
		stack, err := engine.Open(b.Context(), engine.Options{
			CLI: enginetest.CLI(b), Dir: project, Stack: "dev", Progress: os.Stderr, Env: sim.Env(),
		})
		require.NoError(b, err)
		own, children := usage(b, syscall.RUSAGE_SELF), usage(b, syscall.RUSAGE_CHILDREN)
		for _, op := range []engine.Operation{engine.Preview, engine.Up, engine.Destroy} {
			began := time.Now()
			_, err := stack.Run(b.Context(), op)
			require.NoError(b, err)
			spent[op] += time.Since(began)
			if op == engine.Up {
				require.Len(b, sim.Resources(), 1004)
			}
		}
		require.Empty(b, sim.Resources())
		cloud += usage(b, syscall.RUSAGE_SELF) - own
		require.NoError(b, stack.Close())
		require.NoError(b, sim.Close())
		others += usage(b, syscall.RUSAGE_CHILDREN) - children
	}
	for op, total := range spent {
		b.ReportMetric(total.Seconds()/float64(b.N), string(op)+"-s")
	}
	b.ReportMetric(cloud.Seconds()/float64(b.N), "cloud-cpu-s")
	b.ReportMetric(others.Seconds()/float64(b.N), "engine-cpu-s")
}

// usage returns the processor time spent so far.
func usage(b *testing.B, who int) time.Duration {
	b.Helper()
	var used syscall.Rusage
	require.NoError(b, syscall.Getrusage(who, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
