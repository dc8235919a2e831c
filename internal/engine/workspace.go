package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/holdfast-iac/holdfast/internal/process"
)

// Options say what a workspace runs and how.
type Options struct {
	CLI   CLI
	Dir   string   // the project's folder: where Pulumi.yaml is
	Stack string   // the stack's name, without organisation; its Pulumi.<stack>.yaml need not exist
	Env   []string // KEY=value, added to the environment of every operation
	Packs []Pack   // the policy packs that previews and updates run under
	// Checkpoints has the state written after every step, as Pulumi does, and not only at the end of an operation: what
	// an engine that is killed leaves behind is then what a real one leaves. It costs about 10 ms a resource and step.
	Checkpoints bool

	Progress io.Writer                            // what slow builds report to
	OnEvent  func(Operation, apitype.EngineEvent) // sees every event as it comes; may be nil
}

// Workspace runs a project's stack in isolation: state, configuration, secrets key and Pulumi home lie in a folder of
// its own, and nothing is written into the project. It needs no Pulumi account. Use it from one goroutine.
type Workspace struct {
	options Options
	root    string // holds everything below
	lock    *flock.Flock
	host    *GoHost // nil when an installed language host is used
	secrets *keyService
	packs   []string
	patches map[string]map[string]any
}

// Open makes the workspace and its empty stack. Close it in any case.
func Open(ctx context.Context, options Options) (*Workspace, error) {
	root, held, err := newRoot(ctx)
	if err != nil {
		return nil, err
	}
	w := &Workspace{options: options, root: root, lock: held}
	if err := w.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("preparing stack %s of %s: %w", options.Stack, options.Dir, err), w.Close())
	}
	return w, nil
}

func (w *Workspace) prepare(ctx context.Context) error {
	for _, dir := range []string{w.home(), w.state()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	if err := noLogs(w.home()); err != nil {
		return err
	}
	linkPlugins(w.home())
	var err error
	if w.secrets, err = startKeyService(); err != nil {
		return err
	}
	if LanguageHostMissing(w.options.CLI.Path) {
		host, err := StartGoHost(filepath.Join(w.root, "bin"), w.options.Progress)
		if err != nil {
			return err
		}
		host.BuildOnce() // all operations are on the program as it was at the first
		w.host = host
	}
	for _, pack := range w.options.Packs {
		path, err := w.resolvePack(ctx, pack)
		if err != nil {
			return err
		}
		w.packs = append(w.packs, path)
	}
	return w.initStack(ctx)
}

// initStack makes the stack in a project that stands in for the real one: its stack file is changed, and has a key of its
// own for secrets.
func (w *Workspace) initStack(ctx context.Context) error {
	project, err := readProject(w.options.Dir)
	if err != nil {
		return err
	}
	standIn := map[string]any{"name": project.Name, "runtime": "go"}
	if err := writeYAML(filepath.Join(w.root, "Pulumi.yaml"), standIn); err != nil {
		return err
	}
	stack, err := project.stackConfig(w.options.Stack)
	if err != nil {
		return err
	}
	w.patches = stack.patches
	file, err := w.secrets.stackFile(ctx, stack)
	if err != nil {
		return err
	}
	if err := writeYAML(w.configFile(), file); err != nil {
		return err
	}
	return w.pulumi(ctx, "stack", "init", w.options.Stack, "--no-select", "--secrets-provider", secretsProvider)
}

// Root is the workspace's folder.
func (w *Workspace) Root() string { return w.root }

// Change applies a JSON merge patch (RFC 7396) over the stack's configuration: keys as in the stack file, null to
// remove.
func (w *Workspace) Change(patch map[string]any) error { return changeConfig(w.configFile(), patch) }

// Patch is what the stack file defines under [ChangeKey] or [UnlockKey], or nil.
func (w *Workspace) Patch(key string) map[string]any { return w.patches[key] }

// DropPacks makes what is run from now on run under no policy pack.
func (w *Workspace) DropPacks() { w.packs = nil }

// Detach gives the folder up: it stays when the workspace is closed.
func (w *Workspace) Detach() string {
	kept := w.root
	w.root = ""
	return kept
}

// Close ends what the workspace runs and removes its folder.
func (w *Workspace) Close() error {
	if w.host != nil {
		w.host.Close()
	}
	var err error
	if w.secrets != nil {
		err = w.secrets.Close()
	}
	if w.root != "" {
		err = errors.Join(err, os.RemoveAll(w.root))
	}
	return errors.Join(err, w.lock.Close(), os.Remove(w.lock.Path()))
}

// noLogs keeps the command from writing everything that it does into a compressed log, which took a third of its time and
// which nobody would read: there is no option for it, but it does without where it finds no folder for logs.
func noLogs(home string) error { return os.WriteFile(filepath.Join(home, "logs"), nil, 0o600) }

func (w *Workspace) home() string  { return filepath.Join(w.root, "home") }
func (w *Workspace) state() string { return filepath.Join(w.root, "state") }
func (w *Workspace) configFile() string {
	return filepath.Join(w.root, "Pulumi."+w.options.Stack+".yaml")
}

// environment is this process's, less every setting of the user's own Pulumi, plus the isolated ones.
func (w *Workspace) environment() []string {
	var env []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "PULUMI_") {
			env = append(env, entry)
		}
	}
	env = append(env,
		"PATH="+filepath.Dir(w.options.CLI.Path)+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PULUMI_HOME="+w.home(),
		"PULUMI_BACKEND_URL=file://"+filepath.ToSlash(w.state()),
		"PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DEBUG_COMMANDS=true", // makes --event-log known
		"PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS=true",
	)
	if os.Getenv("GOGC") == "" {
		// The engine, the program and the packs live for seconds and on little: collecting less often saves a fifth of
		// their processor time.
		env = append(env, "GOGC=400")
	}
	if !w.options.Checkpoints {
		// The state is written once at the end of an operation instead of after every step.
		env = append(env, "PULUMI_EXPERIMENTAL=true", "PULUMI_SKIP_CHECKPOINTS=true")
	}
	env = append(env, w.secrets.env()...)
	if w.host != nil {
		env = append(env, w.host.Env()...)
	}
	return append(env, w.options.Env...)
}

// pulumi runs a command that is not an operation, on the stand-in project; its output is the error's text.
func (w *Workspace) pulumi(ctx context.Context, args ...string) error {
	_, err := w.ask(ctx, args...)
	return err
}

// ask is pulumi for commands that answer something.
func (w *Workspace) ask(ctx context.Context, args ...string) (string, error) {
	var output, complaints strings.Builder
	cmd := process.Command(ctx, w.options.CLI.Path, append(args, "--non-interactive", "--color", "never")...)
	cmd.Dir, cmd.Env = w.root, w.environment()
	cmd.Stdout, cmd.Stderr = &output, &complaints
	if err := process.Run(cmd); err != nil {
		said := strings.TrimSpace(output.String() + complaints.String())
		return "", fmt.Errorf("pulumi %s: %w: %s", strings.Join(args[:2], " "), err, said)
	}
	return output.String(), nil
}
