package tests

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

var holdfast string // the command, as built for these tests

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "holdfast-tests-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		holdfast = filepath.Join(dir, "holdfast")
		if out, err := exec.Command("go", "build", "-o", holdfast, "../cmd/holdfast").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building holdfast: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// run runs holdfast and returns its standard output, its standard error and its exit code.
func run(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	enginetest.CLI(t)
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), holdfast, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func rehearse(t *testing.T, args ...string) (report rehearsal.Report, code int) {
	t.Helper()
	out, errs, code := run(t, append([]string{"rehearse", "--json"}, args...)...)
	require.NoError(t, json.Unmarshal([]byte(out), &report), "%s\n%s", out, errs)
	return report, code
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("testdata", name))
	require.NoError(t, err)
	return dir
}

func TestStacks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../Pulumi.*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		stack := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "Pulumi."), ".yaml")
		t.Run(stack, func(t *testing.T) {
			t.Parallel()
			report, code := rehearse(t, "..", "--stack", stack, "--pack", "all")
			assert.True(t, report.Passed, "%+v", report)
			assert.Zero(t, code)
			phases := map[string]rehearsal.Phase{}
			for _, phase := range report.Phases {
				phases[phase.Name] = phase
				locked := phase.Name == "unlock" && strings.HasSuffix(stack, "-dev") // never locked
				assert.True(t, phase.Status == rehearsal.Passed || locked, "%+v", phase)
			}
			up, change, destroy := phases["up"], phases["change"], phases["destroy"]
			assert.Greater(t, change.Changes["same"], up.Changes["create"]/2, "a change must leave most of the stack alone")
			assert.Zero(t, change.Changes["replace"])
			assert.Greater(t, destroy.Changes["delete"], up.Changes["create"])
			assert.Contains(t, report.Outputs, "vpcId")
			assertInventory(t, filepath.Join("testdata", "inventories", stack+".json"), report)
			require.Greater(t, len(report.Policies), 20)
			for _, policy := range report.Policies {
				assert.Positive(t, policy.Passed+policy.Failed, "%+v", policy)
			}
			assertAdvice(t, stack, report)
		})
	}
}

// findings returns the messages of the phase that failed, which must be the named one and the last to run.
func findings(t *testing.T, report rehearsal.Report, phase string) string {
	t.Helper()
	var texts []string
	failed := false
	for _, p := range report.Phases {
		if failed {
			assert.Equal(t, rehearsal.Skipped, p.Status, "%s must not run after a failure", p.Name)
		}
		if p.Status == rehearsal.Failed {
			failed = true
			assert.Equal(t, phase, p.Name)
		}
		for _, finding := range p.Findings {
			texts = append(texts, finding.URN+" "+finding.Policy+" "+finding.Message)
		}
	}
	assert.True(t, failed, "%s must fail", phase)
	return strings.Join(texts, "\n")
}

func TestMistakesInConfigurationAreFoundAllAtOnce(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("Pulumi.yaml", "name: holdfast\nruntime: go\nmain: "+root+"\n")
	write("Pulumi.bad.yaml", `config:
  aws:region: eu-west-1
  holdfast:cloud: aws
  holdfast:network:
    cidr: 10.0.0.0/99
    zones: 0
    flowlogz: true
`)
	report, code := rehearse(t, dir, "--stack", "bad")
	assert.Equal(t, 1, code)
	text := findings(t, report, "preview")
	assert.Contains(t, text, `holdfast:network.cidr: "10.0.0.0/99"`)
	assert.Contains(t, text, "holdfast:network.zones: 0")
	assert.Contains(t, text, "holdfast:network.flowlogz")
	assert.Contains(t, text, "did you mean flowLogs?")
	for _, trace := range []string{"goroutine", ".go:", "panic", "main.main"} {
		assert.NotContains(t, text, trace)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 2, "nothing may be left in the project")
}

// A program that ends without telling the engine why has often printed it.
func TestWhatAProgramPrintedBeforeItEndedIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"Pulumi.yaml": "name: ends\nruntime: go\n", "Pulumi.dev.yaml": "config: {}\n", "go.mod": "module example.org/ends\n\ngo 1.24\n",
		"main.go": "package main\n\nimport \"log\"\n\nfunc main() { log.Fatal(\"no such image\") }\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	report, code := rehearse(t, dir, "--no-packs")
	assert.Equal(t, 1, code)
	text := findings(t, report, "preview")
	assert.Contains(t, text, "the program ended with exit code 1\n")
	assert.Contains(t, text, "no such image")
}

func TestMisspeltPropertyIsRefusedAtPreview(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, testdata(t, "misspelt"))
	assert.Equal(t, 1, code)
	text := findings(t, report, "preview")
	assert.Contains(t, text, "cidrBlok")
	assert.Contains(t, text, `"cidrBlock"`, "the right name")
}

func TestMandatoryViolationStopsBeforeUp(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, testdata(t, "openssh"))
	assert.Equal(t, 1, code)
	text := findings(t, report, "preview")
	assert.Contains(t, text, "::aws:ec2/securityGroup:SecurityGroup::open holdfast-security/aws-ec2-no-open-management-ports")
	assert.Contains(t, text, "ports 20-30/tcp")
	assert.Contains(t, text, "::aws:ec2/vpc:Vpc::main holdfast-security/aws-ec2-vpc-flow-logs", "all violations at once")

	out, _, code := run(t, "rehearse", testdata(t, "openssh"))
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "Rehearsal of dev FAILED")
	assert.Contains(t, out, `aws:ec2/securityGroup:SecurityGroup "open": critical holdfast-security/aws-ec2-no-open-management-ports`)
	assert.Contains(t, out, "Remediation", "how to mend it")
}

func TestWithoutThePackThereIsNoViolation(t *testing.T) {
	t.Parallel()
	pack, err := filepath.Abs("../policies/packs/security")
	require.NoError(t, err)
	report, code := rehearse(t, testdata(t, "openssh"), "--pack", pack)
	assert.Equal(t, 1, code, "a pack's folder works like its name")
	assert.Contains(t, findings(t, report, "preview"), "aws-ec2-no-open-management-ports")

	report, code = rehearse(t, testdata(t, "openssh"), "--no-packs")
	assert.Zero(t, code)
	assert.True(t, report.Passed)
	assert.Empty(t, report.Policies)
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		text string
	}{
		"no project":      {[]string{"rehearse", os.TempDir()}, "has no Pulumi.yaml"},
		"no such stack":   {[]string{"rehearse", "..", "--stack", "aws-def"}, "aws-dev, aws-prod"},
		"no such pack":    {[]string{"rehearse", "..", "--pack", "secruity"}, `"secruity"`},
		"no such flag":    {[]string{"rehearse", "..", "--jason"}, "unknown flag: --jason"},
		"packs or none":   {[]string{"rehearse", "..", "--pack", "security", "--no-packs"}, "contradict"},
		"no such command": {[]string{"rehears"}, `"rehears"`},
		"nothing to run":  {[]string{"simulate"}, "requires at least 1 arg"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, errs, code := run(t, test.args...)
			assert.Equal(t, 2, code)
			assert.Contains(t, errs, test.text)
		})
	}
}

func TestSimulateGivesAnyPulumiCommandTheClouds(t *testing.T) {
	t.Parallel()
	out, errs, code := deployed(t, "slow", "eu-west-1", `pulumi stack export
		pulumi destroy --yes --skip-preview
		exit 7`)
	assert.Equal(t, 7, code, "%s\n%s", out, errs)
	assert.Contains(t, out, `"arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/slow/main"`)
}

// deployed has `holdfast simulate` run a script that deploys a program of testdata in a region, and then what follows.
func deployed(t *testing.T, program, region, then string) (stdout, stderr string, code int) {
	t.Helper()
	dir := t.TempDir()
	project := "name: " + program + "\nruntime: go\nmain: " + testdata(t, program) + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(project), 0o600))
	script := `set -e
		cd "` + dir + `"
		export PULUMI_HOME="$PWD" PULUMI_BACKEND_URL="file://$PWD" PULUMI_CONFIG_PASSPHRASE=x PULUMI_SKIP_UPDATE_CHECK=true
		pulumi stack init dev
		pulumi config set aws:region ` + region + `
		pulumi up --yes --skip-preview
		` + then
	return run(t, "simulate", "--", "sh", "-c", script)
}

// TestKilledRehearsalLeavesNothing ends a rehearsal in the middle of an update in two ways. Its processes are known by
// an environment variable that they inherit.
func TestKilledRehearsalLeavesNothing(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("finding processes by their environment needs Linux's /proc")
	}
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			enginetest.CLI(t)
			mark := "HOLDFAST_TEST_MARK=" + t.TempDir()
			cmd := exec.CommandContext(t.Context(), holdfast, "rehearse", testdata(t, "slow"), "--stack", "wait")
			cmd.Env = append(os.Environ(), mark)
			progress := &watched{text: "preview passed", seen: make(chan struct{})}
			cmd.Stderr = progress
			require.NoError(t, cmd.Start())
			select {
			case <-progress.seen:
			case <-time.After(time.Minute):
				t.Fatal("the rehearsal did not come to its update: ", progress.String())
			}
			// holdfast, pulumi, the policy pack and the program
			require.Eventually(t, func() bool { return len(marked(mark)) >= 4 }, 30*time.Second, 50*time.Millisecond)
			require.NoError(t, cmd.Process.Signal(signal))
			_ = cmd.Wait()
			assert.Eventually(t, func() bool { return len(marked(mark)) == 0 }, 20*time.Second, 50*time.Millisecond,
				"still running: %v", marked(mark))

			report, code := rehearse(t, testdata(t, "slow"), "--stack", "dev")
			assert.Zero(t, code)
			assert.True(t, report.Passed)
		})
	}
}

// watched remembers what is written and closes seen once it contains text.
type watched struct {
	text string
	seen chan struct{}

	mu   sync.Mutex
	all  bytes.Buffer
	once sync.Once
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all.Write(p)
	if strings.Contains(w.all.String(), w.text) {
		w.once.Do(func() { close(w.seen) })
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all.String()
}

// marked returns the command lines of the processes whose environment has the entry.
func marked(entry string) []string {
	var found []string
	environments, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environments {
		environment, err := os.ReadFile(path)
		if err != nil || !strings.Contains("\x00"+string(environment), "\x00"+entry+"\x00") {
			continue
		}
		line, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		found = append(found, strings.ReplaceAll(string(line), "\x00", " "))
	}
	return found
}

// TestRefusalsAtApply: what passes a preview and fails in the middle of an update is found, all of it at once, by the names
// of the rules that it breaks.
func TestRefusalsAtApply(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, testdata(t, "refused"), "--no-packs")
	assert.Equal(t, 1, code)
	text := findings(t, report, "up")
	for _, want := range []string{
		"ValidationError: At least two subnets in two different Availability Zones must be specified [aws-elb-two-zones]",
		"DBSubnetGroupDoesNotCoverEnoughAZs: ", "[aws-rds-subnet-group-two-zones]",
		"InsufficientS3BucketPolicyException: ", "[aws-cloudtrail-bucket-policy]",
		"BadRequestException: The request is rejected because a detector already exists for the current account. [aws-guardduty-one-detector]",
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "waiting for RPCs", "what only says that something failed is left out")
}
