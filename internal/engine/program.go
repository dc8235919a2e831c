package engine

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/holdfast-iac/holdfast/internal/process"
)

// buildProgram builds the main package in dir and returns a copy in binDir that nobody else writes to.
//
// The build itself goes to a fixed place in the cache: `go build` links again only when what is there is out of date,
// so an unchanged program costs a fraction of a second instead of a link of hundreds of megabytes.
func buildProgram(ctx context.Context, dir, binDir string, progress io.Writer) (string, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	built := filepath.Join(cache, "programs", pathSum(dir))
	if err := os.MkdirAll(filepath.Dir(built), 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(ctx, built+lockSuffix, nil)
	if err != nil {
		return "", err
	}
	defer unlock()
	if err := goBuild(ctx, dir, built, progress); err != nil {
		return "", err
	}
	now := time.Now()
	_ = os.Chtimes(built, now, now) // prune goes by it; that it fails does no harm
	prune(filepath.Dir(built), now.Add(-keptFor))
	return place(built, binDir)
}

// keptFor is how long a program that nobody runs stays in the cache.
const keptFor = 14 * 24 * time.Hour

// prune removes what nobody has used since then: programs are large, and folders come and go.
func prune(dir string, since time.Time) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if filepath.Ext(path) == lockSuffix {
			continue // goes with its program; its own time says nothing
		}
		if info, err := entry.Info(); err == nil && info.ModTime().Before(since) {
			_ = os.Remove(path)
			_ = os.Remove(path + lockSuffix)
		}
	}
}

// pathSum is a name for path that is short and fit for a file.
func pathSum(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:8])
}

// goBuild honours the module's own workspace and the user's GOFLAGS, as the official language host does.
func goBuild(ctx context.Context, dir, output string, progress io.Writer) error {
	return goCommand(ctx, dir, nil, progress, "build", "-v", "-o", output, ".")
}

// place links (or, across file systems, copies) built into dir. A later build replaces the original, not this one.
func place(built, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	target := filepath.Join(dir, filepath.Base(built)+".exe") // the suffix that Windows needs harms nowhere else
	if err := os.Remove(target); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if os.Link(built, target) == nil {
		return target, nil
	}
	return target, copyFile(built, target)
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// runProgram runs bin and returns its exit code. Every line it prints goes to the log.
func runProgram(ctx context.Context, bin, dir string, args, env []string, log engineLog) (code int, err error) {
	cmd := process.Command(ctx, bin, args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), env...)
	output := &lineWriter{each: log.info}
	cmd.Stdout, cmd.Stderr = output, output
	err = process.Run(cmd)
	output.flush()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 0, fmt.Errorf("running the program: %w", err)
	}
	return 0, nil
}

// lineWriter passes on what is written to it line by line.
type lineWriter struct {
	each func(string)

	mu      sync.Mutex
	partial []byte
}

func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.partial = append(w.partial, p...)
	for {
		advance, line, _ := bufio.ScanLines(w.partial, false)
		if advance == 0 {
			return len(p), nil
		}
		w.each(string(line))
		w.partial = w.partial[advance:]
	}
}

func (w *lineWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.partial) > 0 {
		w.each(string(w.partial))
		w.partial = nil
	}
}
