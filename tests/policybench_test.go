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

// measure starts a pack, configures it and asks it about resources, one after another.
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
	request := benchResource(b)
	taken := make([]time.Duration, 0, resources)
	for i := range resources + 1 {
		request.Name = fmt.Sprint("group-", i)
		request.Urn = "urn:pulumi:dev::bench::" + benchType + "::" + request.GetName()
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

// benchResource is a resource with four rules of two address ranges each; it has no owner.
func benchResource(b *testing.B) *pulumirpc.AnalyzeRequest {
	b.Helper()
	rule := fields{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8", "192.168.0.0/16"}}
	props, err := structpb.NewStruct(fields{
		"name": "web", "vpcId": unknownText, "tags": fields{"team": "platform", "env": "prod"}, "ingress": []any{rule, rule, rule, rule},
	})
	require.NoError(b, err)
	return &pulumirpc.AnalyzeRequest{Type: benchType, Properties: props, Options: &pulumirpc.AnalyzerResourceOptions{}}
}

// BenchmarkPolicySDK measures packs of this project's SDK against the same packs of Pulumi's policyx and Node SDKs, and
// what a pack adds to a preview. With -update it writes the figures to docs/reference/policy-sdk-benchmarks.md.
func BenchmarkPolicySDK(b *testing.B) {
	packs := benchPacks(b)
	report := &benchReport{started: map[string]measured{}, asked: map[benchCase]measured{}}
	for _, pack := range packs {
		report.started[pack.sdk] = starting(b, pack)
	}
	for _, resources := range []int{1000, 10000} {
		for _, policies := range []int{50, 300} {
			for _, types := range []string{benchType, ""} {
				for _, pack := range packs {
					m := measure(b, pack, policies, types, resources)
					require.Equal(b, resources*len(types)/len(benchType)*policies/10, m.found, "%s", pack.sdk)
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
	started        map[string]measured
	asked          map[benchCase]measured
	without, under preview
}

// preview is the median of what previews take.
type preview struct{ wall, cpu time.Duration }

// manyTypes are the types of most resources in testdata/many.
const manyTypes = "aws:ec2/subnet:Subnet,aws:ec2/securityGroup:SecurityGroup,aws:ec2/securityGroupRule:SecurityGroupRule," +
	"aws:cloudwatch/logGroup:LogGroup,aws:iam/role:Role"

// previews measures previews of 1,004 new resources without a pack and under one of 300 policies, a tenth of which apply,
// in turn.
func (r *benchReport) previews(b *testing.B) {
	b.Helper()
	project, err := buildCrashProject("testdata/many")
	require.NoError(b, err)
	sim, err := simulator.Start(b.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(b, err)
	defer func() { require.NoError(b, sim.Close()) }()
	open := func(packs ...engine.Pack) *engine.Workspace {
		stack, err := engine.Open(b.Context(), engine.Options{
			CLI: enginetest.CLI(b), Dir: project, Stack: "dev", Progress: os.Stderr, Packs: packs,
			Env: append(sim.Env(), "BENCH_POLICIES=300", "BENCH_TYPES="+manyTypes),
		})
		require.NoError(b, err)
		return stack
	}
	without, under := open(), open(engine.Pack{Path: buildProgram(b, "testdata/bench-pack")})
	defer func() { require.NoError(b, without.Close()); require.NoError(b, under.Close()) }()
	var plain, checked []preview
	for range 11 {
		plain, checked = append(plain, previewOf(b, without)), append(checked, previewOf(b, under))
	}
	r.without, r.under = median(plain), median(checked)
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

const benchPage = "../docs/reference/policy-sdk-benchmarks.md"

// figuresBelow divides the page: what is above is written by hand, what is below by BenchmarkPolicySDK.
const figuresBelow = "<!-- Figures: written by BenchmarkPolicySDK -->\n"

// write shows the figures, and puts them on the page if asked to.
func (r *benchReport) write(b *testing.B) {
	b.Helper()
	figures := r.figures(b)
	fmt.Println(figures)
	if !*update {
		return
	}
	page, err := os.ReadFile(benchPage)
	require.NoError(b, err)
	byHand, _, found := strings.Cut(string(page), figuresBelow)
	require.True(b, found)
	require.NoError(b, os.WriteFile(benchPage, []byte(byHand+figuresBelow+figures), 0o600))
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
					m, applying := r.asked[c], 0
					if applies {
						applying = policies / 10
					}
					fmt.Fprintf(&t, "| %d | %d | %d | %s | %.2f | %.2f | %.2f | %.1f | %d |\n", resources, policies, applying, sdk,
						ms(m.p50), ms(m.p99), r.spent(c).Seconds(), r.spent(c).Seconds()/ours.Seconds(), m.rss/1024)
				}
			}
		}
	}
	added := func(with, without time.Duration) float64 { return 100 * (with - without).Seconds() / without.Seconds() }
	t.WriteString("\n## A preview of 1,004 new resources through the engine\n\n| | time, s | processor time of the engine, program and pack, s |\n" +
		"| --- | ---: | ---: |\n")
	fmt.Fprintf(&t, "| without a pack | %.2f | %.2f |\n", r.without.wall.Seconds(), r.without.cpu.Seconds())
	fmt.Fprintf(&t, "| under 300 policies, 30 of which apply | %.2f | %.2f |\n", r.under.wall.Seconds(), r.under.cpu.Seconds())
	fmt.Fprintf(&t, "| added | %.1f %% | %.1f %% |\n", added(r.under.wall, r.without.wall), added(r.under.cpu, r.without.cpu))
	return t.String()
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
	return fmt.Sprintf("%d processors, %s/%s, %s, Pulumi's Go SDK %s, Node %s with @pulumi/policy 1.21.0", runtime.NumCPU(), runtime.GOOS,
		runtime.GOARCH, runtime.Version(), strings.TrimSpace(string(sdk)), strings.TrimSpace(string(node)))
}
