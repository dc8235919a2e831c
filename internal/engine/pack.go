package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Pack is a policy pack to run an operation under. Exactly one of its fields is set.
type Pack struct {
	// Path is an executable, or a folder with a PulumiPolicy.yaml. A folder of a Go pack is built; packs in other
	// languages need Pulumi's language host for theirs.
	Path string
	// Builtin names a pack that this very executable serves when it is started as [BuiltinPrefix] + Builtin.
	Builtin string
}

// BuiltinPrefix begins the name under which this executable is started to serve one of its own packs.
const BuiltinPrefix = "holdfast-pack-"

// resolvePack returns what `--policy-pack` takes.
func (w *Workspace) resolvePack(ctx context.Context, pack Pack) (string, error) {
	if pack.Builtin != "" {
		return w.linkBuiltin(pack.Builtin)
	}
	path, err := filepath.Abs(pack.Path)
	if err != nil {
		return "", err
	}
	if isFile(path) {
		return path, nil
	}
	var project struct {
		Runtime any `yaml:"runtime"` // a name, or a map with a name
	}
	manifest := filepath.Join(path, "PulumiPolicy.yaml")
	if err := readYAML(manifest, &project); err != nil {
		return "", fmt.Errorf("policy pack %s is neither an executable nor a folder of a pack: %w", pack.Path, err)
	}
	if name := runtimeName(project.Runtime); name != "go" {
		return path, nil
	}
	dir := filepath.Join(w.root, "packs", pathSum(path))
	bin, err := buildProgram(ctx, path, dir, w.options.Progress)
	if err != nil {
		return "", fmt.Errorf("policy pack %s does not build: %w", pack.Path, err)
	}
	// The engine reads a pack's version and description from the manifest beside the executable.
	return bin, copyFile(manifest, filepath.Join(dir, "PulumiPolicy.yaml"))
}

func runtimeName(value any) string {
	if options, ok := value.(map[string]any); ok {
		value = options["name"]
	}
	name, _ := value.(string)
	return name
}

func (w *Workspace) linkBuiltin(name string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(w.root, "packs", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	link := filepath.Join(dir, BuiltinPrefix+name)
	if runtime.GOOS == "windows" {
		link += ".exe"
	}
	if os.Symlink(self, link) == nil {
		return link, nil
	}
	return link, copyFile(self, link)
}
