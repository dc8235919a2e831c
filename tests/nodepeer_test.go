package tests

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// nodePeerFolder has the packs written with Pulumi's Node SDK, and says which packages they need.
const nodePeerFolder = "testdata/node-peer"

// installedPeer installs the packages of nodePeerFolder once per machine, into the user's cache.
var installedPeer = sync.OnceValues(func() (string, error) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("there is no %s on this machine", tool)
		}
	}
	lock, err := os.ReadFile(filepath.Join(nodePeerFolder, "package-lock.json"))
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(lock)
	folder := filepath.Join(cache, "holdfast", "node-peer-"+hex.EncodeToString(sum[:8]))
	if _, err := os.Stat(folder); err == nil {
		return folder, nil
	}
	return folder, installPeer(folder)
})

// installPeer installs beside the folder and moves the result there, so that the folder is complete or missing.
func installPeer(folder string) error {
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(folder), "node-peer-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }() // it is a cache
	for _, name := range []string{"package.json", "package-lock.json"} {
		text, err := os.ReadFile(filepath.Join(nodePeerFolder, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(work, name), text, 0o600); err != nil {
			return err
		}
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Dir = work
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm cannot install the packages: %w\n%s", err, out)
	}
	if err := os.Rename(work, folder); err != nil {
		if _, taken := os.Stat(folder); taken == nil {
			return nil // another process was first
		}
		return err
	}
	return nil
}

// nodeModules is where the packages of nodePeerFolder are. Where they cannot be had the test skips; in CI it fails.
func nodeModules(t testing.TB) string {
	t.Helper()
	folder, err := installedPeer()
	switch {
	case err == nil:
		return filepath.Join(folder, "node_modules")
	case os.Getenv("CI") != "":
		t.Fatalf("Pulumi's Node SDK cannot be had: %v", err)
	default:
		t.Skipf("Pulumi's Node SDK, which this compares with, cannot be had: %v", err)
	}
	return ""
}

// nodeCommand is node with the packages, in nodePeerFolder: the Node SDK takes a pack's version from the folder.
func nodeCommand(ctx context.Context, t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	modules := nodeModules(t)
	node := exec.CommandContext(ctx, "node", args...)
	node.Dir = nodePeerFolder
	node.Env = append(os.Environ(), "NODE_PATH="+modules)
	return node
}

// startPack starts a policy pack and returns a client such as the engine uses. The pack ends with the test.
func startPack(t testing.TB, pack *exec.Cmd) pulumirpc.AnalyzerClient {
	t.Helper()
	client, stop := launchPack(t, pack)
	t.Cleanup(stop)
	return client
}

// launchPack starts a policy pack and returns a client, and what ends the pack.
func launchPack(t testing.TB, pack *exec.Cmd) (client pulumirpc.AnalyzerClient, stop func()) {
	t.Helper()
	pack.Stderr = os.Stderr
	stdout, err := pack.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, pack.Start())
	port, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err, "the pack tells no port")
	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	return pulumirpc.NewAnalyzerClient(conn), func() {
		_ = conn.Close()
		_ = pack.Process.Kill()
		_ = pack.Wait()
	}
}
