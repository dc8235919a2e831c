package tests

import (
	"context"
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
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// benchPack is one pack, written with one of the SDKs.
type benchPack struct {
	sdk     string
	command func(context.Context) *exec.Cmd
}

// benchPacks are testdata/bench-pack and its peers: the first is this project's.
func benchPacks(b *testing.B) []benchPack {
	b.Helper()
	program := func(source string) func(context.Context) *exec.Cmd {
		file := buildProgram(b, source)
		return func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, file) }
	}
	return []benchPack{
		{"this SDK", program("testdata/bench-pack")},
		{"policyx", program("testdata/bench-policyx")},
		{"Node", func(ctx context.Context) *exec.Cmd { return nodeCommand(ctx, b, "bench.js") }},
	}
}

func buildProgram(b *testing.B, source string) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), filepath.Base(source))
	out, err := exec.CommandContext(b.Context(), "go", "build", "-o", file, "./"+source).CombinedOutput()
	require.NoError(b, err, string(out))
	return file
}

// measured is what a pack takes.
type measured struct {
	started  time.Duration // from the start of the process to the first answer
	p50, p99 time.Duration // of the answers after that
	cpu      time.Duration // the process's whole processor time
	rss      int64         // the most memory it held, in KiB
	found    int           // diagnostics
}

// benchType is the type of the resources that the packs are asked about.
const benchType = "test:index:Group"

// measure starts a pack, configures it and asks it about resources, one after another. A tenth of them have no owner.
func measure(b *testing.B, pack benchPack, policies int, types string, resources int) (m measured) {
	b.Helper()
	command := pack.command(b.Context())
	if command.Env == nil {
		command.Env = os.Environ()
	}
	command.Env = append(command.Env, fmt.Sprint("BENCH_POLICIES=", policies), "BENCH_TYPES="+types)
	began := time.Now()
	client, stop := launchPack(b, command)
	ctx := b.Context()
	_, _ = client.Handshake(ctx, &pulumirpc.AnalyzerHandshakeRequest{}) // Node has none
	_, err := client.ConfigureStack(ctx, &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", Project: "bench", DryRun: true})
	require.NoError(b, err)
	owned, orphan := benchProperties(b, fields{"owner": "platform"}), benchProperties(b, fields{"env": "prod"})
	request := &pulumirpc.AnalyzeRequest{Type: benchType, Options: &pulumirpc.AnalyzerResourceOptions{}}
	taken := make([]time.Duration, 0, resources)
	for i := range resources + 1 {
		request.Name = fmt.Sprint("group-", i)
		request.Urn = "urn:pulumi:dev::bench::" + benchType + "::" + request.GetName()
		request.Properties = owned
		if i%10 == 1 {
			request.Properties = orphan
		}
		asked := time.Now()
		answer, err := client.Analyze(ctx, request)
		require.NoError(b, err)
		if i == 0 {
			m.started = time.Since(began)
			continue
		}
		taken = append(taken, time.Since(asked))
		m.found += len(answer.GetDiagnostics())
	}
	stop()
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	m.cpu, m.rss = command.ProcessState.UserTime()+command.ProcessState.SystemTime(), used.Maxrss
	if slices.Sort(taken); resources > 0 {
		m.p50, m.p99 = taken[resources/2], taken[resources*99/100]
		fmt.Fprintf(os.Stderr, "%s, %d policies, %d resources: %v\n", pack.sdk, policies, resources, m.cpu) // it takes minutes
	}
	return m
}

// benchProperties are those of a resource with four rules of two address ranges each.
func benchProperties(b *testing.B, tags fields) *structpb.Struct {
	b.Helper()
	rule := fields{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8", "192.168.0.0/16"}}
	props, err := structpb.NewStruct(fields{
		"name": "web", "vpcId": unknownText, "tags": tags, "ingress": []any{rule, rule, rule, rule},
	})
	require.NoError(b, err)
	return props
}

// BenchmarkPolicySDK measures packs of this project's SDK against the same packs of Pulumi's policyx and Node SDKs, and
// what a pack adds to a preview. With -update it writes the figures to docs/reference/policy-sdk-benchmarks.md.
func BenchmarkPolicySDK(b *testing.B) {
	packs := benchPacks(b)
	report := &benchReport{started: map[string]measured{}, asked: map[benchCase]measured{}, previewed: map[int]preview{}}
	for _, pack := range packs {
		report.started[pack.sdk] = starting(b, pack)
	}
	for _, resources := range []int{1000, 10000} {
		for _, policies := range []int{50, 300} {
			for _, types := range []string{benchType, ""} {
				for _, pack := range packs {
					if pack.sdk == "policyx" && resources*policies > 1_000_000 {
						continue // it decodes a resource once per policy, which takes minutes
					}
					m := measure(b, pack, policies, types, resources)
					require.Equal(b, resources/10*len(types)/len(benchType)*policies/10, m.found, "%s", pack.sdk)
					report.asked[benchCase{pack.sdk, resources, policies, types != ""}] = m
				}
			}
		}
	}
	report.previews(b)
	for b.Loop() { // everything is measured above, once
	}
	report.write(b)
}

// starting is what it takes to start a pack of 50 policies: the median of some starts.
func starting(b *testing.B, pack benchPack) measured {
	b.Helper()
	var all []measured
	for range 11 {
		all = append(all, measure(b, pack, 50, benchType, 0))
	}
	slices.SortFunc(all, func(x, y measured) int { return int(x.started - y.started) })
	return all[len(all)/2]
}

type benchCase struct {
	sdk                 string
	resources, policies int
	applies             bool
}

type benchReport struct {
	started   map[string]measured
	asked     map[benchCase]measured
	previewed map[int]preview // by how many policies
}

// preview is the median of what previews take.
type preview struct{ wall, cpu time.Duration }

// manyTypes are the types of most resources in testdata/many.
const manyTypes = "aws:ec2/subnet:Subnet,aws:ec2/securityGroup:SecurityGroup,aws:ec2/securityGroupRule:SecurityGroupRule," +
	"aws:cloudwatch/logGroup:LogGroup,aws:iam/role:Role"

// previewPolicies is how many policies the packs have under which previews are measured; 0 is no pack.
var previewPolicies = []int{0, 10, 300}

// previews measures previews of 1,004 new resources under packs of which a tenth of the policies apply, in turn.
func (r *benchReport) previews(b *testing.B) {
	b.Helper()
	project, err := buildCrashProject("testdata/many")
	require.NoError(b, err)
	sim, err := simulator.Start(b.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(b, err)
	defer func() { require.NoError(b, sim.Close()) }()
	file := buildProgram(b, "testdata/bench-pack")
	stacks, taken := map[int]*engine.Workspace{}, map[int][]preview{}
	for _, policies := range previewPolicies {
		options := engine.Options{
			CLI: enginetest.CLI(b), Dir: project, Stack: "dev", Progress: os.Stderr,
			Env: append(sim.Env(), fmt.Sprint("BENCH_POLICIES=", policies), "BENCH_TYPES="+manyTypes),
		}
		if policies > 0 {
			options.Packs = []engine.Pack{{Path: file}}
		}
		stack, err := engine.Open(b.Context(), options)
		require.NoError(b, err)
		defer func() { require.NoError(b, stack.Close()) }()
		stacks[policies] = stack
	}
	for range 7 {
		for policies, stack := range stacks {
			taken[policies] = append(taken[policies], previewOf(b, stack))
		}
	}
	for policies, all := range taken {
		r.previewed[policies] = median(all)
	}
}

func previewOf(b *testing.B, stack *engine.Workspace) preview {
	b.Helper()
	spent, began := usage(b, syscall.RUSAGE_CHILDREN), time.Now()
	_, err := stack.Run(b.Context(), engine.Preview)
	require.NoError(b, err)
	return preview{time.Since(began), usage(b, syscall.RUSAGE_CHILDREN) - spent}
}

func median(all []preview) preview {
	walls, cpus := make([]time.Duration, len(all)), make([]time.Duration, len(all))
	for i, p := range all {
		walls[i], cpus[i] = p.wall, p.cpu
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return preview{walls[len(all)/2], cpus[len(all)/2]}
}

// write shows the figures, and puts them on the page if asked to.
func (r *benchReport) write(b *testing.B) {
	b.Helper()
	writeFigures(b, "../docs/reference/policy-sdk-benchmarks.md", "<!-- Figures: written by BenchmarkPolicySDK -->\n", r.figures(b))
}

// writeFigures shows figures, and with -update puts them on a page, below the mark: what is above is written by hand.
func writeFigures(b *testing.B, file, mark, figures string) {
	b.Helper()
	fmt.Println(figures)
	if !*update {
		return
	}
	page, err := os.ReadFile(file)
	require.NoError(b, err)
	byHand, _, found := strings.Cut(string(page), mark)
	require.True(b, found)
	require.NoError(b, os.WriteFile(file, []byte(byHand+mark+figures), 0o600))
}

func (r *benchReport) figures(b *testing.B) string {
	b.Helper()
	var t strings.Builder
	sdks := []string{"this SDK", "policyx", "Node"}
	fmt.Fprintf(&t, "\nMeasured on %s: %s.\n", time.Now().UTC().Format(time.DateOnly), versions(b))
	t.WriteString("\n## Start\n\n| SDK | to the first answer, ms | processor time, ms | memory, MiB |\n| --- | ---: | ---: | ---: |\n")
	for _, sdk := range sdks {
		m := r.started[sdk]
		fmt.Fprintf(&t, "| %s | %.0f | %.0f | %d |\n", sdk, ms(m.started), ms(m.cpu), m.rss/1024)
	}
	t.WriteString("\n## Resources\n\n| resources | policies | that apply | SDK | p50, ms | p99, ms | processor time, s | times this SDK's | memory, MiB |\n" +
		"| ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, resources := range []int{1000, 10000} {
		for _, policies := range []int{50, 300} {
			for _, applies := range []bool{true, false} {
				ours := r.spent(benchCase{sdks[0], resources, policies, applies})
				for _, sdk := range sdks {
					c := benchCase{sdk, resources, policies, applies}
					m, measured := r.asked[c]
					if !measured {
						continue
					}
					applying := 0
					if applies {
						applying = policies / 10
					}
					fmt.Fprintf(&t, "| %d | %d | %d | %s | %.2f | %.2f | %.2f | %.1f | %d |\n", resources, policies, applying, sdk,
						ms(m.p50), ms(m.p99), r.spent(c).Seconds(), r.spent(c).Seconds()/ours.Seconds(), m.rss/1024)
				}
			}
		}
	}
	r.previewFigures(&t)
	return t.String()
}

func (r *benchReport) previewFigures(t *strings.Builder) {
	t.WriteString("\n## A preview of 1,004 new resources through the engine\n\n" +
		"| policies | time, s | added | processor time of engine, program and pack, s | added |\n| ---: | ---: | ---: | ---: | ---: |\n")
	added := func(with, without time.Duration) float64 { return 100 * (with - without).Seconds() / without.Seconds() }
	without := r.previewed[0]
	for _, policies := range previewPolicies {
		p := r.previewed[policies]
		fmt.Fprintf(t, "| %d | %.2f | %.0f %% | %.2f | %.0f %% |\n", policies, p.wall.Seconds(), added(p.wall, without.wall),
			p.cpu.Seconds(), added(p.cpu, without.cpu))
	}
}

// spent is a pack's processor time without that of its start.
func (r *benchReport) spent(c benchCase) time.Duration { return r.asked[c].cpu - r.started[c.sdk].cpu }

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// versions are those of what is measured and of what it is measured on.
func versions(b *testing.B) string {
	b.Helper()
	node, err := exec.CommandContext(b.Context(), "node", "--version").Output()
	require.NoError(b, err)
	sdk, err := exec.CommandContext(b.Context(), "go", "list", "-m", "-f", "{{.Version}}", "github.com/pulumi/pulumi/sdk/v3").Output()
	require.NoError(b, err)
	memory := "" // told where the system tells it
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		memory = " and " + strings.Join(strings.Fields(firstLine(string(text)))[1:], " ") + " of memory"
	}
	return fmt.Sprintf("%d processors%s, %s/%s, %s, Pulumi's Go SDK %s, Node %s with @pulumi/policy 1.21.0", runtime.NumCPU(), memory,
		runtime.GOOS, runtime.GOARCH, runtime.Version(), strings.TrimSpace(string(sdk)), strings.TrimSpace(string(node)))
}
