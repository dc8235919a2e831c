package tests

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
	"github.com/holdfast-iac/holdfast/simulator"
)

// TestRehearsalOutlastsFaults: a production network comes up, changes and goes although calls fail on the way, and the
// report says which.
func TestRehearsalOutlastsFaults(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, "../examples/aws-network",
		"--fault", "create * 1 fail", "--fault", "create * 20 fail InternalError: An internal error has occurred",
		"--fault", "create aws:ec2/route:Route 4 throttle 1", "--fault", "delete * 9 fail", "--fault", "update * 1 fail",
		"--fault", "delete aws:ec2/vpc:Vpc 1 lose-answer")
	require.Zero(t, code, "%+v", report)
	assert.True(t, report.Passed)
	require.Len(t, report.Faults, 6)
	for _, fault := range report.Faults {
		if strings.HasPrefix(fault.Fault, "update") {
			assert.Empty(t, fault.Fired, "the example updates nothing")
			continue
		}
		assert.Len(t, fault.Fired, 1, fault.Fault)
	}
	up, destroy := report.Phases[1], report.Phases[len(report.Phases)-1]
	assert.Equal(t, 3, up.Attempts)
	var provoked []string
	for _, finding := range up.Provoked {
		provoked = append(provoked, finding.Message)
	}
	assert.Contains(t, strings.Join(provoked, "\n"), "ThrottlingException: Rate exceeded")
	assert.Contains(t, strings.Join(provoked, "\n"), "InternalError: An internal error has occurred")
	assert.Equal(t, 3, destroy.Attempts)
}

// TestRehearsalFindsWhatAnAnswerThatWasLostLeaves: an address that the cloud has made and the stack does not know costs
// money until somebody notices.
func TestRehearsalFindsWhatAnAnswerThatWasLostLeaves(t *testing.T) {
	t.Parallel()
	dir := crashProject(t, crashProgram)
	report, code := rehearse(t, dir, "--no-packs", "--fault", "create aws:ec2/eip:Eip 1 lose-answer")
	assert.Equal(t, 1, code)
	text := findings(t, report, "up")
	assert.Contains(t, text, "::aws:ec2/eip:Eip::address")
	assert.Regexp(t, `eipalloc-[0-9a-f]+ exists, but the stack does not know it: destroy will leave it`, text)
	assert.Len(t, report.Phases[1].Findings, 1)

	out, _, code := run(t, "rehearse", dir, "--no-packs", "--fault", "create aws:iam/*::role 1 lose-answer",
		"--fault", "create *::nothing all fail")
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "up failed while faults fired, and was repeated:\n")
	assert.Contains(t, out, "EntityAlreadyExists", "what has a name cannot be made again")
	assert.Contains(t, out, "crash exists, but the stack does not know it")
	assert.Contains(t, out, "create aws:iam/*::role 1 lose-answer: fired 1 times, calls that it selects from: 2\n"+
		"    create aws:iam/role:Role \"role\"\n")
	assert.Contains(t, out, "create *::nothing all fail: NEVER FIRED, calls that it selects from: 0\n")
}

// TestRehearsalGivesUp: a fault that always fires ends the rehearsal, not the patience of whoever waits for it.
func TestRehearsalGivesUp(t *testing.T) {
	t.Parallel()
	dir := crashProject(t, crashProgram)
	report, code := rehearse(t, dir, "--no-packs", "--fault", "check aws:ec2/vpc:Vpc all fail")
	assert.Equal(t, 1, code)
	assert.Contains(t, findings(t, report, "preview"), "ThrottlingException")
	assert.Equal(t, 10, report.Phases[0].Attempts)
}

func TestFaultUsage(t *testing.T) {
	t.Parallel()
	for want, fault := range map[string]string{
		"did you mean create?":                        "creat * 1 fail",
		"an effect is missing":                        "create * 1",
		"did you mean aws:ec2/vpc:Vpc?":               "create aws:ec2/vcp:Vpc 1 fail",
		simulator.FaultForm:                           "x",
		"HOLDFAST_FAULTS: the fault \"from outside\"": "create * 1 fail",
	} {
		for _, args := range [][]string{
			{"rehearse", testdata(t, "slow"), "--fault", fault}, {"simulate", "--fault", fault, "--", "true"},
		} {
			cmd := exec.CommandContext(t.Context(), holdfast, args...)
			if strings.HasPrefix(want, "HOLDFAST_FAULTS") {
				cmd.Env = append(os.Environ(), "HOLDFAST_FAULTS=create * 1 fail; from outside")
			}
			out, err := cmd.CombinedOutput()
			require.Error(t, err)
			assert.Equal(t, 2, cmd.ProcessState.ExitCode(), "%s", out)
			assert.Contains(t, string(out), want)
		}
	}
}

func TestFaultsFromTheEnvironment(t *testing.T) {
	t.Parallel()
	dir := crashProject(t, crashProgram)
	cmd := exec.CommandContext(t.Context(), holdfast, "rehearse", dir, "--no-packs", "--json", "--fault", "delete *::logs 1 fail")
	cmd.Env = append(os.Environ(), "HOLDFAST_FAULTS=create *::logs 1 fail; read * every-3 slow 1ms")
	out, err := cmd.Output()
	require.NoError(t, err)
	var report rehearsal.Report
	require.NoError(t, json.Unmarshal(out, &report))
	var got []string
	for _, fault := range report.Faults {
		got = append(got, fault.Fault)
		assert.NotEmpty(t, fault.Fired, fault.Fault)
	}
	assert.Equal(t, []string{"delete *::logs 1 fail", "create *::logs 1 fail", "read * every-3 slow 1ms"}, got)
}

func TestSimulateReportsFaults(t *testing.T) {
	t.Parallel()
	_, errs, code := run(t, "simulate", "--fault", "create * 1 fail", "--", "sh", "-c", "exit 7")
	assert.Equal(t, 7, code)
	assert.Contains(t, errs, "create * 1 fail: NEVER FIRED")
}

func TestExplain(t *testing.T) {
	t.Parallel()
	out, _, code := run(t, "simulate", "--explain", "aws:ec2/subnet:Subnet")
	assert.Zero(t, code)
	assert.True(t, strings.HasPrefix(out, "aws:ec2/subnet:Subnet: modelled, as EC2 Subnet\n"), out)
	assert.Regexp(t, `(?m)^  required +vpcId$`, out)
	assert.Regexp(t, `(?m)^  refers to +vpcId: EC2 VPC, which must exist and cannot be deleted meanwhile$`, out)
	assert.Regexp(t, `(?s)\n  only echoed +.*\btags\b`, out)
	assert.NotRegexp(t, `(?s)\n  made up .*ownerId`, out, "the table computes it")

	out, _, code = run(t, "simulate", "--explain", "aws:ec2/subnet:Subnet", "--json")
	assert.Zero(t, code)
	var explanation simulator.Explanation
	require.NoError(t, json.Unmarshal([]byte(out), &explanation))
	assert.True(t, explanation.Modelled)
	assert.Equal(t, "EC2 Subnet", explanation.Kind)

	out, _, code = run(t, "simulate", "--explain", "aws:codecommit/repository:Repository")
	assert.Zero(t, code)
	assert.Contains(t, out, "not modelled: checked against the schema, and echoed")

	for want, args := range map[string][]string{
		`did you mean "aws:ec2/subnet:Subnet"?`:                {"--explain", "aws:ec2/subnett:Subnet"},
		"there is no simulated cloud for oci:x: there are aws": {"--explain", "oci:x"},
		"unknown command":            {"--explain", "aws:ec2/subnet:Subnet", "--", "true"},
		"--json goes with --explain": {"--json", "--", "true"},
	} {
		_, errs, code := run(t, append([]string{"simulate"}, args...)...)
		assert.Equal(t, 2, code, errs)
		assert.Contains(t, errs, want)
	}
}
