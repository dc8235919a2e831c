// Package mutation finds changes of a package's code that its tests do not notice.
//
// All changes are compiled into one test binary, each behind a number; a process makes one of them and runs only the
// tests that reach it. Tools such as gremlins and go-mutesting compile anew for each change: ten seconds, two thousand
// times for policies/aws, where this takes a minute for all. Changed are
//   - truths, to true and to false
//   - constants, to their neighbours, but for texts for people
//   - bounds of comparisons, which are taken in or out
//   - calls and assignments, which are left out
package mutation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// Mutant is a change of the code.
type Mutant struct {
	File           string // its name
	Line           int
	In             string // the function or variable at the top level of the file
	Source, Change string // what it was, and is
	Killed         bool   // a test fails, or does not end
}

// String tells the mutant from others of the package, but for the same change in the same function. It stays when lines
// move.
func (m Mutant) String() string {
	return fmt.Sprintf("%s %s: %s → %s", m.File, m.In, m.Source, m.Change)
}

// Options say what to change, and how long to wait.
type Options struct {
	// Skip are the types of composite literals to leave as they are, and fields, such as "policy.Policy.Title".
	Skip []string
	// Files are the names of those to change; by default, all.
	Files []string
	// OneIn makes only every so many-th change; by default, every one.
	OneIn int
	// Timeout is that of the tests of one mutant, whose loops may have no end; by default, 20 seconds.
	Timeout time.Duration
}

// Run makes every change of the package in the folder, one by one, and runs the tests that reach it.
func Run(ctx context.Context, folder string, options Options) ([]Mutant, error) {
	if options.Timeout == 0 {
		options.Timeout = 20 * time.Second
	}
	work, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	mutants, overlay, err := mutate(ctx, folder, work, options)
	if err != nil {
		return nil, err
	}
	binary := filepath.Join(work, "mutants.test")
	if _, err := run(ctx, folder, 0, "go", "test", "-c", "-overlay", overlay, "-o", binary, "."); err != nil {
		return nil, err
	}
	// One test at a time, so that what is printed tells which of them reaches what.
	printed, err := run(ctx, folder, -1, binary, "-test.v", "-test.parallel=1")
	if err != nil {
		return nil, fmt.Errorf("before anything is changed: %w", err)
	}
	tests := reaching(printed, mutants)
	errs := make([]error, len(mutants))
	step := max(1, options.OneIn)
	each((len(mutants)+step-1)/step, func(i int) {
		i *= step
		for _, pattern := range tests[i] {
			_, err := run(ctx, folder, i+1, binary, "-test.failfast", "-test.timeout="+options.Timeout.String(), "-test.run="+pattern)
			if failed := new(exec.ExitError); errors.As(err, &failed) {
				mutants[i].Killed = true
				return
			}
			errs[i] = errors.Join(errs[i], err)
		}
	})
	made := mutants[:0]
	for i := 0; i < len(mutants); i += step {
		made = append(made, mutants[i])
	}
	return made, errors.Join(append(errs, ctx.Err())...)
}

// each calls f for 0 to n-1, as many at once as there are processors.
func each(n int, f func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// run runs a command with a mutant made, and returns what it prints. Its failure says so, too.
func run(ctx context.Context, folder string, mutant int, name string, args ...string) (string, error) {
	printed, err := os.CreateTemp("", "mutation") // and no pipe: the support asks how much was printed
	if err != nil {
		return "", err
	}
	defer func() {
		_ = printed.Close()
		_ = os.Remove(printed.Name())
	}()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = folder
	cmd.Env = append(cmd.Environ(), fmt.Sprintf("%s=%d", variable, mutant))
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = printed, &stderr
	failed := cmd.Run()
	out, err := os.ReadFile(printed.Name())
	if failed != nil {
		return "", fmt.Errorf("%s: %w: %s%s", name, failed, stderr.String(), out)
	}
	return string(out), err
}
