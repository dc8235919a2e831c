package engine

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/blang/semver"
	"github.com/gofrs/flock"

	"github.com/holdfast-iac/holdfast/internal/process"
)

const (
	cliPackage    = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
	cliVersionVar = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
	selfModule    = "github.com/holdfast-iac/holdfast"
)

// buildCLI returns the pinned command from the cache, building it first where it is missing. Processes that want it
// at the same moment wait for the one that builds.
func buildCLI(ctx context.Context, progress io.Writer) (CLI, error) {
	cache, err := cacheDir()
	if err != nil {
		return CLI{}, err
	}
	name := "pulumi"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	dir := filepath.Join(cache, "pulumi-v"+PinnedVersion)
	cli := CLI{Path: filepath.Join(dir, name), Version: semver.MustParse(PinnedVersion)}
	if isFile(cli.Path) {
		return cli, nil
	}
	unlock, err := lock(ctx, dir+lockSuffix, func() {
		fmt.Fprintf(progress, "Waiting for another process that is building pulumi v%s\n", PinnedVersion)
	})
	if err != nil {
		return CLI{}, err
	}
	defer unlock()
	if isFile(cli.Path) { // another process built it while this one waited
		return cli, nil
	}
	if err := compileCLI(ctx, progress, cli.Path); err != nil {
		return CLI{}, fmt.Errorf("building pulumi v%s: %w", PinnedVersion, err)
	}
	return cli, nil
}

// compileCLI builds beside target and renames, so that a half-written command is never found.
func compileCLI(ctx context.Context, progress io.Writer, target string) error {
	if _, err := exec.LookPath("go"); err != nil {
		return fmt.Errorf("the go command is needed: install Go, or put pulumi v%s or newer on PATH", MinVersion)
	}
	fmt.Fprintf(progress, "No pulumi v%s or newer on PATH: building v%s from source, once (minutes on a small machine)\n",
		MinVersion, PinnedVersion)
	dir, cleanup, err := toolsModule(ctx, progress)
	if err != nil {
		return err
	}
	defer cleanup()
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	partial := fmt.Sprintf("%s.%d", target, os.Getpid())
	defer os.Remove(partial)
	flags := "-s -w -X " + cliVersionVar + "=v" + PinnedVersion
	start := time.Now()
	if err := goCommand(ctx, dir, noWorkspace, progress, "build", "-v", "-ldflags", flags, "-o", partial, cliPackage); err != nil {
		return err
	}
	if err := os.Rename(partial, target); err != nil {
		return err
	}
	fmt.Fprintf(progress, "Built pulumi v%s in %s\n", PinnedVersion, time.Since(start).Round(time.Second))
	return nil
}

// toolsModule returns a folder whose module pins the Pulumi command: this project's tools folder when the command
// runs inside a checkout of it, and otherwise a module made for the purpose, whose sums Go's checksum database holds.
// (`go install …@version` cannot be used: Pulumi's go.mod has replace directives.)
func toolsModule(ctx context.Context, progress io.Writer) (dir string, cleanup func(), err error) {
	if root, ok := checkoutRoot(ctx); ok {
		return filepath.Join(root, "tools"), func() {}, nil
	}
	dir, err = os.MkdirTemp("", "holdfast-tools-")
	if err != nil {
		return "", nil, err
	}
	cleanup = func() { os.RemoveAll(dir) }
	mod := []byte("module holdfast-tools\n")
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), mod, 0o644); err != nil {
		cleanup()
		return "", nil, err
	}
	if err := goCommand(ctx, dir, noWorkspace, progress, "get", cliPackage+"@v"+PinnedVersion); err != nil {
		cleanup()
		return "", nil, err
	}
	return dir, cleanup, nil
}

func checkoutRoot(ctx context.Context) (string, bool) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", selfModule).Output()
	root := strings.TrimSpace(string(out))
	return root, err == nil && root != "" && isFile(filepath.Join(root, "tools", "go.mod"))
}

// noWorkspace keeps a go.work of the user's from changing what a pinned build contains.
var noWorkspace = []string{"GOWORK=off"}

// goCommand runs the go command in dir and turns what it prints into progress: a line now and then. Its error holds
// the last lines of what it printed, compile errors among them.
func goCommand(ctx context.Context, dir string, env []string, progress io.Writer, args ...string) error {
	cmd := process.Command(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), env...)
	reader, writer := io.Pipe()
	cmd.Stdout, cmd.Stderr = writer, writer
	tail := make(chan []byte)
	go func() { tail <- report(reader, progress) }()
	err := process.Run(cmd)
	_ = writer.Close()
	last := <-tail
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("go %s: %w\n%s", args[0], err, bytes.TrimSpace(last))
	}
	return nil
}

// report forwards a build's output as progress and returns the last few kilobytes that are not progress.
func report(output io.Reader, progress io.Writer) []byte {
	const every = 10 * time.Second
	var tail []byte
	downloaded, compiled, last := 0, 0, time.Now()
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "go: downloading "):
			downloaded++
		case !strings.ContainsAny(line, " :"): // `go build -v` prints each package that it compiles
			compiled++
		default:
			if tail = append(append(tail, line...), '\n'); len(tail) > 8<<10 {
				tail = tail[len(tail)-4<<10:]
			}
		}
		if time.Since(last) >= every {
			last = time.Now()
			fmt.Fprintf(progress, "  … %d modules downloaded, %d packages compiled\n", downloaded, compiled)
		}
	}
	_, _ = io.Copy(io.Discard, output) // a line too long for the scanner must not block the command
	return tail
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// cacheDir is where this program keeps what it builds: $XDG_CACHE_HOME/holdfast, or the system's equivalent.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the user's cache folder: %w", err)
	}
	dir := filepath.Join(base, "holdfast")
	return dir, os.MkdirAll(dir, 0o755)
}

// lock takes the lock file at path. While another process holds it, lock says so once by calling waiting, which may be
// nil, and waits; the system frees the lock when its holder dies.
func lock(ctx context.Context, path string, waiting func()) (unlock func(), err error) {
	file := flock.New(path)
	held, err := file.TryLock()
	if err == nil && !held {
		if waiting != nil {
			waiting()
		}
		_, err = file.TryLockContext(ctx, 200*time.Millisecond)
	}
	if err != nil {
		return nil, fmt.Errorf("taking the lock %s: %w", path, err)
	}
	return func() { _ = file.Unlock() }, nil
}
