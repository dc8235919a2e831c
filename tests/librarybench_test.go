package tests

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// librarySizes are how many resources at least the library is asked about.
var librarySizes = []int{1_000, 10_000}

// libraryPacks are the packs whose processes are asked together: all policies in one, and in one for each kind.
var libraryPacks = [][]string{{"all"}, {"security", "reliability", "optimization"}}

// mixedResources are the examples of all policies, each as often, and a fifth of types that no policy is about.
func mixedResources(about int) []*pulumirpc.AnalyzerResource {
	once := 0
	for _, p := range packs.Policies() {
		once += len(p.Bad) + len(p.Good)
	}
	copies := (about*4/5 + once - 1) / once // at least
	var all []*pulumirpc.AnalyzerResource
	for _, p := range packs.Policies() {
		all = append(all, policytest.Copies(p.ID+"-bad-", copies, true, p.Bad)...)
		all = append(all, policytest.Copies(p.ID+"-good-", copies, true, p.Good)...)
	}
	other := policy.Example{Name: "other", Type: "random:index/randomId:RandomId", Properties: fields{"byteLength": 4}}
	return append(all, policytest.Copies("", about/5, true, []policy.Example{other})...)
}

func requestsOf(resources []*pulumirpc.AnalyzerResource) []*pulumirpc.AnalyzeRequest {
	requests := make([]*pulumirpc.AnalyzeRequest, len(resources))
	for i, r := range resources {
		requests[i] = &pulumirpc.AnalyzeRequest{Type: r.Type, Urn: r.Urn, Name: r.Name, Properties: r.Properties, Options: r.Options}
	}
	return requests
}

// libraryFigures are what it takes to ask packs about a stack.
type libraryFigures struct {
	resources, answered int
	p50, p99, stack     time.Duration
	wall, cpu           time.Duration // of the resources; of the packs' processes in all
	rss                 int64         // KiB, of all processes
	live                uint64        // bytes that a pack holds on to afterwards
	allocations, bytes  uint64        // for each resource
}

// BenchmarkLibrary measures the policies that there are, all together. With -update it writes the figures to
// docs/reference/policy-library-benchmarks.md.
func BenchmarkLibrary(b *testing.B) {
	files := map[string]string{}
	for _, names := range libraryPacks {
		for _, name := range names {
			files[name] = filepath.Join(b.TempDir(), name)
			out, err := exec.CommandContext(b.Context(), "go", "build", "-o", files[name], "../policies/packs/"+name).CombinedOutput()
			require.NoError(b, err, string(out))
		}
	}
	var t strings.Builder
	fmt.Fprintf(&t, "\nMeasured on %s: %d policies; %s.\n\n## Resources\n\n"+
		"| resources | packs | p50, ms | p99, ms | resources a second | the stack, ms | processor time of the packs, s | their memory, MiB |\n"+
		"| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n", time.Now().UTC().Format(time.DateOnly), len(packs.Policies()), versions(b))
	for _, size := range librarySizes {
		for _, names := range libraryPacks {
			m := askLibrary(b, names, files, mixedResources(size))
			fmt.Fprintf(&t, "| %d | %s | %.2f | %.2f | %.0f | %.0f | %.2f | %d |\n", m.resources, strings.Join(names, ", "), ms(m.p50), ms(m.p99),
				float64(m.resources)/m.wall.Seconds(), ms(m.stack), m.cpu.Seconds(), m.rss/1024)
		}
	}
	t.WriteString("\n## Without the transport\n\n" +
		"| resources | allocations a resource | KiB a resource | allocations of the stack, a resource | KiB | KiB held afterwards |\n" +
		"| ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, size := range librarySizes {
		resource, stack := allocatedBy(b, mixedResources(size))
		fmt.Fprintf(&t, "| %d | %d | %.1f | %d | %.1f | %d |\n", resource.resources, resource.allocations, kib(resource.bytes), stack.allocations,
			kib(stack.bytes), stack.live/1024)
	}
	libraryPreviews(b, &t, files)
	for b.Loop() { // everything is measured above, once
	}
	writeFigures(b, "../docs/reference/policy-library-benchmarks.md", "<!-- Figures: written by BenchmarkLibrary -->\n", t.String())
}

func kib(bytes uint64) float64 { return float64(bytes) / 1024 }

// askLibrary asks the packs about each resource, as the engine does, and then about the stack.
func askLibrary(b *testing.B, names []string, files map[string]string, resources []*pulumirpc.AnalyzerResource) libraryFigures {
	b.Helper()
	ctx, m := b.Context(), libraryFigures{resources: len(resources)}
	var clients []pulumirpc.AnalyzerClient
	var processes []*exec.Cmd
	var stops []func()
	for _, name := range names {
		command := exec.CommandContext(ctx, files[name])
		client, stop := launchPack(b, command)
		_, err := client.ConfigureStack(ctx, &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", Project: "bench", DryRun: true})
		require.NoError(b, err)
		clients, processes, stops = append(clients, client), append(processes, command), append(stops, stop)
	}
	taken := make([]time.Duration, 0, len(resources))
	began := time.Now()
	for _, request := range requestsOf(resources) {
		asked := time.Now()
		for _, client := range clients {
			_, err := client.Remediate(ctx, request)
			require.NoError(b, err)
			_, err = client.Analyze(ctx, request)
			require.NoError(b, err)
		}
		taken = append(taken, time.Since(asked))
	}
	m.wall = time.Since(began)
	began = time.Now()
	for _, client := range clients {
		answer, err := client.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: resources}, grpc.MaxCallRecvMsgSize(400<<20))
		require.NoError(b, err)
		m.answered += len(answer.GetDiagnostics())
	}
	require.Positive(b, m.answered, "the examples hold violations")
	m.stack = time.Since(began)
	for i, stop := range stops {
		stop()
		used := processes[i].ProcessState.SysUsage().(*syscall.Rusage)
		m.cpu += processes[i].ProcessState.UserTime() + processes[i].ProcessState.SystemTime()
		m.rss += used.Maxrss
	}
	slices.Sort(taken)
	m.p50, m.p99 = taken[len(taken)/2], taken[len(taken)*99/100]
	return m
}

// allocatedBy is what a pack of all policies asks memory for: for each resource by itself, and for each in the stack.
func allocatedBy(b *testing.B, resources []*pulumirpc.AnalyzerResource) (resource, stack libraryFigures) {
	b.Helper()
	pack, err := policy.NewPack(packs.Everything())
	require.NoError(b, err)
	server, requests := policy.NewServer(pack), requestsOf(resources)
	count := func(f func()) (m libraryFigures) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		m.resources = len(resources)
		m.allocations = (after.Mallocs - before.Mallocs) / uint64(len(resources))
		m.bytes = (after.TotalAlloc - before.TotalAlloc) / uint64(len(resources))
		runtime.GC()
		runtime.ReadMemStats(&after)
		m.live = max(after.HeapAlloc, before.HeapAlloc) - before.HeapAlloc
		return m
	}
	askEach := func() {
		for _, request := range requests {
			_, err := server.Analyze(b.Context(), request)
			require.NoError(b, err)
		}
	}
	askEach() // what is made once is not counted
	resource = count(askEach)
	stack = count(func() {
		_, err := server.AnalyzeStack(b.Context(), &pulumirpc.AnalyzeStackRequest{Resources: resources})
		require.NoError(b, err)
	})
	stack.live = max(stack.live, resource.live)
	runtime.KeepAlive(requests)
	runtime.KeepAlive(server)
	return resource, stack
}

// libraryPreviews measures previews of 1,004 new resources without a pack and with the library's, in turn.
func libraryPreviews(b *testing.B, t *strings.Builder, files map[string]string) {
	b.Helper()
	project, err := buildCrashProject("testdata/many")
	require.NoError(b, err)
	sim, err := simulator.Start(b.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(b, err)
	defer func() { require.NoError(b, sim.Close()) }()
	cases := slices.Concat([][]string{nil}, libraryPacks)
	stacks, taken := make([]*engine.Workspace, len(cases)), make([][]preview, len(cases))
	for i, names := range cases {
		options := engine.Options{CLI: enginetest.CLI(b), Dir: project, Stack: "dev", Progress: os.Stderr, Env: sim.Env()}
		for _, name := range names {
			options.Packs = append(options.Packs, engine.Pack{Path: files[name]})
		}
		stacks[i], err = engine.Open(b.Context(), options)
		require.NoError(b, err)
		defer func() { require.NoError(b, stacks[i].Close()) }()
	}
	for range 3 {
		for i, stack := range stacks {
			p, err := tryPreview(b, stack) // goes to its end, and fails then, when the packs find something
			require.True(b, err == nil || i > 0, "%v", err)
			taken[i] = append(taken[i], p)
		}
	}
	t.WriteString("\n## A preview of 1,004 new resources through the engine\n\n" +
		"| packs | time, s | processor time of engine, program and packs, s |\n| --- | ---: | ---: |\n")
	for i, names := range cases {
		if i == 0 {
			names = []string{"none"}
		}
		p := median(taken[i])
		fmt.Fprintf(t, "| %s | %.2f | %.2f |\n", strings.Join(names, ", "), p.wall.Seconds(), p.cpu.Seconds())
	}
}
