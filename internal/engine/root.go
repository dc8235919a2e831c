package engine

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

const lockSuffix = ".lock"

// newRoot makes a workspace's folder and holds its lock, which the system frees when the process dies. Folders whose
// lock is free were left by a process that was killed; they are removed.
func newRoot(ctx context.Context) (string, *flock.Flock, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", nil, err
	}
	parent := filepath.Join(cache, "workspaces")
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", nil, err
	}
	unlock, err := lock(ctx, parent+lockSuffix, nil) // a new folder is not swept before its lock is held
	if err != nil {
		return "", nil, err
	}
	defer unlock()
	sweep(parent)
	lockFile, err := os.CreateTemp(parent, "*"+lockSuffix)
	if err != nil {
		return "", nil, fmt.Errorf("making a workspace: %w", err)
	}
	_ = lockFile.Close()
	held := flock.New(lockFile.Name())
	if ok, err := held.TryLock(); err != nil || !ok {
		return "", nil, fmt.Errorf("locking %s: taken=%t: %w", lockFile.Name(), ok, err)
	}
	root := strings.TrimSuffix(lockFile.Name(), lockSuffix)
	return root, held, os.Mkdir(root, 0o700)
}

func sweep(parent string) {
	locks, _ := filepath.Glob(filepath.Join(parent, "*"+lockSuffix))
	for _, path := range locks {
		held := flock.New(path)
		if ok, err := held.TryLock(); err != nil || !ok {
			continue
		}
		_ = os.RemoveAll(strings.TrimSuffix(path, lockSuffix))
		_ = os.Remove(path)
		_ = held.Close()
	}
}

// linkPlugins lets the isolated Pulumi home use the plugins that the user has installed. Without them the engine asks
// for those that a program needs beyond the simulated clouds, so a failure here is not one.
func linkPlugins(home string) {
	userHome := os.Getenv("PULUMI_HOME")
	if userHome == "" {
		dir, err := os.UserHomeDir()
		if err != nil {
			return
		}
		userHome = filepath.Join(dir, ".pulumi")
	}
	if plugins := filepath.Join(userHome, "plugins"); isDir(plugins) {
		_ = os.Symlink(plugins, filepath.Join(home, "plugins"))
	}
}

// LanguageHostMissing tells whether neither PATH nor the folder of the command at cli has pulumi-language-go.
func LanguageHostMissing(cli string) bool {
	const name = "pulumi-language-go"
	if _, err := exec.LookPath(name); err == nil {
		return false
	}
	_, err := exec.LookPath(filepath.Join(filepath.Dir(cli), name))
	return err != nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
