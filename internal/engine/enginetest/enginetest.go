// Package enginetest gives tests the `pulumi` command.
package enginetest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/holdfast-iac/holdfast/internal/engine"
)

// margin is what a test needs after the command is there.
const margin = 2 * time.Minute

// CLI returns a usable `pulumi` command. On a fresh machine the first test to ask builds it, which can take longer than
// `go test` lets a package run: a test then skips, and the next run goes on where this one stopped. In CI it fails.
func CLI(t testing.TB) engine.CLI {
	t.Helper()
	ctx := t.Context()
	if limited, ok := t.(interface{ Deadline() (time.Time, bool) }); ok { // a benchmark is not
		if deadline, ok := limited.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, deadline.Add(-margin))
			defer cancel()
		}
	}
	cli, err := engine.FindCLI(ctx, os.Stderr)
	switch {
	case err == nil:
		return cli
	case ctx.Err() == nil || os.Getenv("CI") != "":
		t.Fatalf("finding or building the pulumi command: %v", err)
	default:
		t.Skip("building the pulumi command takes longer than a test may: run the tests again, or with -timeout 30m")
	}
	return engine.CLI{}
}
