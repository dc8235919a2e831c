package tests

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// newPack writes a policy pack by `holdfast policies new`, to be built with this checkout.
func newPack(t *testing.T, policy string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "storage")
	cmd := exec.CommandContext(t.Context(), holdfast, "policies", "new", policy, dir, "--module", "example.com/storage")
	out, err := cmd.CombinedOutput() // run in this folder, which is inside the checkout
	require.NoError(t, err, "%s", out)
	return dir
}

// goIn runs the go command in the folder, without a network: all modules that a pack needs are this module's, too.
func goIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off", "GOSUMDB=off", "GOFLAGS=-mod=mod -buildvcs=false")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "go %s: %s", strings.Join(args, " "), out)
	return string(out)
}

// servePack runs a pack as the engine does, until the test ends.
func servePack(t *testing.T, path string) pulumirpc.AnalyzerClient {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), path)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	port, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return pulumirpc.NewAnalyzerClient(conn)
}

// TestNewPack: what `policies new` writes compiles, its test passes, and it stops what it is against; first over the
// protocol, then in the real engine.
func TestNewPack(t *testing.T) {
	t.Parallel()
	dir := newPack(t, "aws-ebs-volume-encrypted")
	goIn(t, dir, "vet", "./...")
	out := goIn(t, dir, "test", "-v", "./...")
	assert.Contains(t, out, "--- PASS: TestAwsEbsVolumeEncrypted/not_known_yet")
	bin := filepath.Join(dir, "bin", "storage")
	goIn(t, dir, "build", "-o", bin, ".")

	pack := servePack(t, bin)
	info, err := pack.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "storage", info.Name)
	require.Len(t, info.Policies, 2, "the policy, and exemptions from it")
	for _, encrypted := range []bool{true, false} {
		properties, err := structpb.NewStruct(map[string]any{"encrypted": encrypted})
		require.NoError(t, err)
		answer, err := pack.Analyze(t.Context(), &pulumirpc.AnalyzeRequest{
			Type: "aws:ebs/volume:Volume", Urn: "urn:data", Name: "data", Properties: properties,
		})
		require.NoError(t, err)
		if encrypted {
			assert.Empty(t, answer.Diagnostics)
			continue
		}
		require.Len(t, answer.Diagnostics, 1)
		assert.Equal(t, "aws-ebs-volume-encrypted", answer.Diagnostics[0].PolicyName)
		assert.Equal(t, pulumirpc.EnforcementLevel_MANDATORY, answer.Diagnostics[0].EnforcementLevel)
		assert.Contains(t, answer.Diagnostics[0].Message, "It stores its data in the clear.")
	}

	report, code := rehearse(t, testdata(t, "volume"), "--stack", "dev", "--pack", bin)
	assert.Equal(t, 1, code)
	assert.Contains(t, findings(t, report, "preview"),
		"::aws:ebs/volume:Volume::data storage/aws-ebs-volume-encrypted Volumes must be encrypted at rest.")
	report, code = rehearse(t, testdata(t, "volume"), "--stack", "closed", "--pack", bin)
	assert.Zero(t, code)
	assert.True(t, report.Passed, "%+v", report)
}

// TestPoliciesAnswersWrongCalls with the exit code and the names that are right.
func TestPoliciesAnswersWrongCalls(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		text string
	}{
		{[]string{"list", "--pack", "secruity"}, `did you mean "security"?`},
		{[]string{"explain", "aws-ec2-vpc-flowlogs"}, `did you mean "aws-ec2-vpc-flow-logs"?`},
		{[]string{"new"}, "accepts between 1 and 2 arg(s)"},
		{[]string{"new", "Encrypted"}, `"any-encrypted" can`},
		{[]string{"new", "aws-ebs-encrypted", "."}, "nothing is overwritten"},
	} {
		cmd := exec.CommandContext(t.Context(), holdfast, append([]string{"policies"}, test.args...)...)
		out, err := cmd.CombinedOutput()
		assert.Error(t, err, "%q", test.args)
		assert.Equal(t, 2, cmd.ProcessState.ExitCode(), "%q", test.args)
		assert.Contains(t, string(out), test.text)
	}
}
