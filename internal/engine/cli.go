package engine

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/blang/semver"

	"github.com/holdfast-iac/holdfast/internal/process"
)

// PinnedVersion is the version of the `pulumi` command that this package builds; a test keeps it equal to tools/go.mod.
const PinnedVersion = "3.259.0"

// MinVersion is the oldest `pulumi` on PATH that is used as it is: 3.255.0 is the first that accepts a policy pack as
// a binary (pulumi/pulumi#24052).
const MinVersion = "3.255.0"

// CLI is a usable `pulumi` command.
type CLI struct {
	Path    string // absolute
	Version semver.Version
}

// FindCLI returns the `pulumi` on PATH when it is at least [MinVersion], and otherwise the pinned one, which it builds
// once into the user's cache folder. Building takes minutes, so it reports what it does to progress.
func FindCLI(ctx context.Context, progress io.Writer) (CLI, error) {
	if path, err := exec.LookPath("pulumi"); err == nil {
		version, err := cliVersion(ctx, path)
		if err == nil && version.GTE(semver.MustParse(MinVersion)) {
			return CLI{Path: path, Version: version}, nil
		}
		if err == nil {
			fmt.Fprintf(progress, "pulumi v%s at %s is older than v%s: using a build of v%s instead\n",
				version, path, MinVersion, PinnedVersion)
		}
	}
	return buildCLI(ctx, progress)
}

func cliVersion(ctx context.Context, path string) (semver.Version, error) {
	var out bytes.Buffer
	cmd := process.Command(ctx, path, "version")
	cmd.Env = append(cmd.Environ(), "PULUMI_SKIP_UPDATE_CHECK=true")
	cmd.Stdout = &out
	if err := process.Run(cmd); err != nil {
		return semver.Version{}, fmt.Errorf("asking %s for its version: %w", path, err)
	}
	version, err := semver.ParseTolerant(strings.TrimSpace(out.String()))
	if err != nil {
		return semver.Version{}, fmt.Errorf("%s reports the version %q: %w", path, strings.TrimSpace(out.String()), err)
	}
	return version, nil
}
