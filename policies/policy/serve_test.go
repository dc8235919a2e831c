package policy

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/types/known/emptypb"
)

// roleVariable makes the test binary play a part in the tests of processes: "pack" serves a pack as a real one does;
// "parent" starts one and waits, as an engine would.
const roleVariable = "POLICY_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "pack":
		time.AfterFunc(20*time.Second, func() { os.Exit(3) }) // a pack that does not end by itself outlives no test by much
		Main(servedPack())
	case "canary pack":
		time.AfterFunc(time.Minute, func() { os.Exit(3) })
		Main(canaryPack())
	case "unusable pack":
		Main(PackSpec{Name: "no pack"})
	case "parent":
		playParent()
	}
	os.Exit(m.Run())
}

func servedPack() PackSpec {
	return PackSpec{Name: "served", Version: "1.2.3", Level: Mandatory, Policies: []Policy{failing("p")}}
}

// inRole is the test binary in another role.
func inRole(role string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	return cmd
}

// playParent starts a pack with this process's arguments, passes on what it prints, and waits to be killed.
func playParent() {
	cmd := inRole("pack", os.Args[1:]...)
	cmd.Stdout = os.Stdout
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	time.Sleep(time.Minute)
	os.Exit(1)
}

// engine is a server as the Pulumi engine's, as far as a pack sees it.
func engine(t *testing.T) (address string, stop func()) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	srv := grpc.NewServer()
	healthpb.RegisterHealthServer(srv, health.NewServer())
	go func() { _ = srv.Serve(listener) }() // ends with stop
	t.Cleanup(srv.Stop)
	return listener.Addr().String(), srv.Stop
}

func client(t *testing.T, port string) pulumirpc.AnalyzerClient {
	t.Helper()
	conn, err := grpc.NewClient("127.0.0.1:"+port, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage)))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return pulumirpc.NewAnalyzerClient(conn)
}

// readPort reads the one line that a pack prints.
func readPort(t *testing.T, stdout io.Reader) string {
	t.Helper()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.Regexp(t, `^\d+\n$`, line)
	return strings.TrimSpace(line)
}

func assertGone(t *testing.T, port string) {
	t.Helper()
	assert.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	}, 3*time.Second, 50*time.Millisecond, "the pack still listens")
}

// startParent starts a parent of a pack, and returns it and the pack's port.
func startParent(t *testing.T, args ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := inRole("parent", args...)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, readPort(t, stdout)
}

func TestServedPackAnswersTheEngine(t *testing.T) {
	t.Parallel()
	address, stop := engine(t)
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- serve(servedPack(), []string{"--logtostderr", "-v=9", "--tracing", "tcp://127.0.0.1:1", address}, writer)
	}()
	c := client(t, readPort(t, reader))

	ctx := context.Background()
	_, err := c.Handshake(ctx, &pulumirpc.AnalyzerHandshakeRequest{EngineAddress: address})
	require.NoError(t, err)
	info, err := c.GetAnalyzerInfo(ctx, &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "served", info.Name)
	answer, err := c.Analyze(ctx, request(t, props{"a": strings.Repeat("x", 5<<20)}))
	require.NoError(t, err, "messages of more than 4 MB are fine")
	assert.Equal(t, "Title of p.\nfailed", answer.Diagnostics[0].Message)

	stop()
	select {
	case err := <-ended:
		assert.NoError(t, err, "it ends with the engine")
	case <-time.After(3 * time.Second):
		t.Fatal("the pack outlives its engine")
	}
}

func TestPackLearnsOfTheEngineAtTheHandshake(t *testing.T) {
	t.Parallel()
	address, stop := engine(t)
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- serve(servedPack(), nil, writer) }()
	c := client(t, readPort(t, reader))
	_, err := c.Handshake(context.Background(), &pulumirpc.AnalyzerHandshakeRequest{EngineAddress: address})
	require.NoError(t, err)
	stop()
	select {
	case err := <-ended:
		assert.NoError(t, err)
	case <-time.After(3 * time.Second):
		t.Fatal("the pack outlives its engine")
	}
}

func TestPackEndsWithItsKilledParent(t *testing.T) {
	t.Parallel()
	address, _ := engine(t) // which lives on
	for name, args := range map[string][]string{"engine lives": {address}, "no engine": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parent, port := startParent(t, args...)
			_, err := client(t, port).GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
			require.NoError(t, err)
			require.NoError(t, parent.Process.Kill())
			assertGone(t, port)
		})
	}
}

func TestPackEndsWithItsEngineThoughItsParentLives(t *testing.T) {
	t.Parallel()
	address, stop := engine(t)
	_, port := startParent(t, address)
	_, err := client(t, port).GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	stop()
	assertGone(t, port)
}

func TestUnusablePackSaysWhy(t *testing.T) {
	t.Parallel()
	cmd := inRole("unusable pack")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	assert.Equal(t, 1, exit.ExitCode())
	assert.Empty(t, string(stdout))
	assert.Contains(t, stderr.String(), `pack "no pack": it has no policies`)
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestServeWithoutAReader(t *testing.T) {
	t.Parallel()
	err := serve(servedPack(), nil, brokenWriter{})
	assert.EqualError(t, err, `policy pack "served" cannot tell the engine its port: broken pipe`)
}

func TestEngineAddress(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"127.0.0.1:7": {"127.0.0.1:7"},
		"127.0.0.1:8": {"--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:1", "127.0.0.1:8", "."},
		"[::1]:9":     {"[::1]:9"},
		"":            {".", "-v=9"},
	} {
		assert.Equal(t, want, engineAddress(args))
	}
}

// lazyEngine answers health checks as it is told.
type lazyEngine struct {
	healthpb.UnimplementedHealthServer
}

func TestAnEngineWithoutHealthChecksLives(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	srv := grpc.NewServer()
	healthpb.RegisterHealthServer(srv, lazyEngine{})
	go func() { _ = srv.Serve(listener) }() // ends with Stop
	gone := make(chan struct{})
	go watchEngine(t.Context(), listener.Addr().String(), func() { close(gone) })
	select {
	case <-gone:
		t.Fatal("an engine that answers is alive")
	case <-time.After(3 * watchInterval):
	}
	srv.Stop()
	select {
	case <-gone:
	case <-time.After(3 * time.Second):
		t.Fatal("an engine that is stopped is not")
	}
}

func TestWatchingWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	watchEngine(t.Context(), "\x00://", func() { t.Error("nothing is gone") })
}

func TestWatchParent(t *testing.T) {
	t.Parallel()
	parents := []int{7, 7, 1}
	asked := 0
	watchParent(t.Context(), func() int { asked++; return parents[asked-1] }, func() {
		assert.Equal(t, 3, asked, fmt.Sprint("gone when the parent is another: ", asked))
	})
	assert.Equal(t, 3, asked)
}
