package tests

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// crashResources are the resources of testdata/crash in the order of their making, each with what the cloud says when
// one is made a second time because the answer to the first was lost; nothing where it makes a second one.
var crashResources = []struct{ token, name, again string }{
	{"aws:ec2/vpc:Vpc", "vpc", ""},
	{"aws:ec2/eip:Eip", "address", ""},
	{"aws:iam/role:Role", "role", "EntityAlreadyExists"},
	{"aws:cloudwatch/logGroup:LogGroup", "logs", "ResourceAlreadyExistsException"},
	{"aws:ec2/subnet:Subnet", "subnet", "InvalidSubnet.Conflict"},
	{"aws:ec2/internetGateway:InternetGateway", "gateway", "InvalidParameterValue"},
	{"aws:ec2/routeTable:RouteTable", "table", ""},
	{"aws:ec2/natGateway:NatGateway", "nat", "Resource.AlreadyAssociated"},
	{"aws:ec2/route:Route", "route", "RouteAlreadyExists"},
	{"aws:ec2/routeTableAssociation:RouteTableAssociation", "association", "Resource.AlreadyAssociated"},
}

var everyCrash = flag.Bool("every-crash", false, "kill the engine in the creation of every resource, not only of some")

// crashProject returns the folder of a project that names the binary of a program, built once: building it for every
// operation takes longer than the operation.
func crashProject(t *testing.T, source string) string {
	t.Helper()
	build, _ := crashProjects.LoadOrStore(source, sync.OnceValues(func() (string, error) { return buildCrashProject(source) }))
	dir, err := build.(func() (string, error))()
	require.NoError(t, err)
	return dir
}

var crashProjects sync.Map // by the program's folder

func buildCrashProject(source string) (string, error) {
	name := filepath.Base(source)
	dir := filepath.Join(filepath.Dir(holdfast), "crash-"+name)
	if out, err := exec.Command("go", "build", "-o", dir+"/program", "./"+source).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	config, err := os.ReadFile(filepath.Join(source, "Pulumi.dev.yaml"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(dir+"/Pulumi.dev.yaml", config, 0o600); err != nil {
		return "", err
	}
	project := "name: " + name + "\nruntime:\n  name: go\n  options:\n    binary: program\n"
	return dir, os.WriteFile(dir+"/Pulumi.yaml", []byte(project), 0o600)
}

// crashProgram is the folder of the program that most tests of crashes run.
const crashProgram = "testdata/crash"

// crashing is a stack whose clouds and engine can be made to fail.
type crashing struct {
	*testing.T
	sim   *simulator.Simulation
	stack *engine.Workspace
}

func newCrashing(t *testing.T, project string, options engine.Options, faults []simulator.Fault) crashing {
	t.Helper()
	sim, err := simulator.Start(t.Context(), simulator.Options{
		Clouds: []simulator.Cloud{aws.New(aws.Options{})}, Faults: faults,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sim.Close()) })
	options.CLI = enginetest.CLI(t)
	options.Dir, options.Stack, options.Progress = project, "dev", os.Stderr
	options.Env = append(options.Env, sim.Env()...)
	stack, err := engine.Open(t.Context(), options)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stack.Close()) })
	return crashing{t, sim, stack}
}

// run runs an operation that must succeed.
func (c crashing) run(op engine.Operation, flags ...string) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 2*time.Minute) // a fault that fires unasked must not hang the test
	defer cancel()
	_, err := c.stack.Run(ctx, op, append(flags, oneByOne)...)
	require.NoError(c, err)
}

// oneByOne keeps creations from being under way when another fails: how often each is called must be certain.
const oneByOne = "--parallel=1"

// refused runs an update that must fail, and returns what the engine says.
func (c crashing) refused() string {
	c.Helper()
	_, err := c.stack.Run(c.Context(), engine.Up, oneByOne)
	var failure *engine.Error
	require.ErrorAs(c, err, &failure)
	return failure.Detail()
}

// named returns what exists in the cloud that the resource of that name made.
func (c crashing) named(name string) []simulator.Resource {
	return slices.DeleteFunc(c.sim.Resources(), func(r simulator.Resource) bool { return r.URN.Name() != name })
}

// converged checks that the stack is whole: the cloud holds each resource once, and destroy leaves nothing, so the
// stack knows them all.
func (c crashing) converged() {
	c.Helper()
	var existing, wanted []string
	for _, r := range c.sim.Resources() {
		existing = append(existing, r.Type+"::"+r.URN.Name())
	}
	for _, r := range crashResources {
		wanted = append(wanted, r.token+"::"+r.name)
	}
	require.ElementsMatch(c, wanted, existing)
	c.run(engine.Destroy)
	require.Empty(c, c.sim.Resources(), "left after destroy")
}

// inTurn makes the fault befall the creation of each resource, one after the other: every cycle of a test makes each
// once before its turn.
func inTurn(fault simulator.Fault) []simulator.Fault {
	var faults []simulator.Fault
	for i, r := range crashResources {
		fault.Operation, fault.Type, fault.Name, fault.Nth = simulator.OpCreate, r.token, r.name, i+1
		faults = append(faults, fault)
	}
	return faults
}

// TestCreationsThatFail: whichever creation fails before it took effect, the next update makes the stack whole.
func TestCreationsThatFail(t *testing.T) {
	t.Parallel()
	c := newCrashing(t, crashProject(t, crashProgram), engine.Options{}, inTurn(simulator.Fault{Effect: simulator.Fail}))
	for i, r := range crashResources {
		require.Contains(t, c.refused(), "ThrottlingException: Rate exceeded", r.name)
		require.Len(t, c.sim.Faults()[i].Fired, 1)
		assert.Empty(t, c.named(r.name))
		c.run(engine.Up)
		c.converged()
	}
}

// TestCreationsWhoseAnswerIsLost: Pulumi takes such a creation for failed and does not know of what was made. The next
// update makes a second one or, where there can be one only, is refused; it never takes over the first. Once somebody
// has deleted what the stack does not know, an update makes the stack whole.
func TestCreationsWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	c := newCrashing(t, crashProject(t, crashProgram), engine.Options{}, inTurn(simulator.Fault{Effect: simulator.LoseAnswer}))
	for i, r := range crashResources {
		require.Contains(t, c.refused(), "the connection was lost before the answer came", r.name)
		require.Len(t, c.sim.Faults()[i].Fired, 1)
		orphan := c.named(r.name)
		require.Len(t, orphan, 1, r.name)
		forget := func() {
			require.NoError(t, c.sim.Account("aws").Vanish(r.token, orphan[0].Region, orphan[0].ID))
		}
		if r.again == "" {
			c.run(engine.Up)
			require.Len(t, c.named(r.name), 2, r.name)
			forget()
		} else {
			assert.Contains(t, c.refused(), r.again+": ", r.name)
			require.Equal(t, orphan, c.named(r.name))
			forget()
			c.run(engine.Up)
		}
		c.converged()
	}
}

// TestKilledEngine kills the engine while a resource is being made, before and after that took effect. Pulumi then knows
// that the creation was under way, and forgets it when told to. Once it has taken over what exists, the next update makes
// the stack whole, without a second one.
func TestKilledEngine(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("finding processes by their environment needs Linux's /proc")
	}
	t.Parallel()
	for effect, made := range map[simulator.Effect]int{simulator.Slow: 0, simulator.SlowAnswer: 1} {
		t.Run(string(effect), func(t *testing.T) {
			t.Parallel()
			mark := "HOLDFAST_TEST_MARK=" + t.TempDir()
			faults := inTurn(simulator.Fault{Effect: effect, Delay: time.Hour})
			turns := 0
			for i, r := range crashResources {
				if !*everyCrash && !slices.Contains([]string{"vpc", "nat"}, r.name) {
					continue
				}
				faults[turns], turns = faults[i], turns+1
				faults[turns-1].Nth = turns
			}
			c := newCrashing(t, crashProject(t, crashProgram), engine.Options{Checkpoints: true, Env: []string{mark}}, faults[:turns])
			for i, fault := range faults[:turns] {
				c.killedWhile(mark, func() bool {
					return len(c.sim.Faults()[i].Fired) == 1 && len(c.named(fault.Name)) == made
				})
				c.resolvePending(fault.Name)
				c.run(engine.Up)
				require.Len(t, c.named(fault.Name), 1)
				c.converged()
			}
		})
	}
}

// killedWhile runs an update and kills the engine, which the mark in its environment tells, once the condition holds.
func (c crashing) killedWhile(mark string, condition func() bool) {
	c.Helper()
	var killing sync.WaitGroup
	killing.Go(func() {
		assert.Eventually(c, func() bool { return condition() && c.settled() }, time.Minute, 5*time.Millisecond)
		assert.NoError(c, killPulumi(mark))
	})
	ctx, cancel := context.WithTimeout(c.Context(), 2*time.Minute)
	defer cancel()
	_, err := c.stack.Run(ctx, engine.Up, oneByOne)
	killing.Wait()
	var failure *engine.Error
	require.ErrorAs(c, err, &failure)
	require.NoError(c, c.stack.Unlock(c.Context()))
}

// settled tells whether the engine has written all it has to say of the steps under way. It does not write a local
// checkpoint in one piece: killed meanwhile, it leaves half a file, which is another story than this test's.
func (c crashing) settled() bool {
	files, _ := filepath.Glob(filepath.Join(c.stack.Root(), "state", ".pulumi", "stacks", "*", "*.json"))
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || time.Since(info.ModTime()) < time.Second {
			return false
		}
		if text, err := os.ReadFile(file); err != nil || !json.Valid(text) {
			return false
		}
	}
	return len(files) > 0
}

// resolvePending has Pulumi forget the creations that were under way, and take over what they made, as the cloud's
// console would tell a person. (Flag --import-pending-creates of pulumi v3.259.0 only forgets.) The named one must be
// among them.
func (c crashing) resolvePending(name string) {
	c.Helper()
	state, err := c.stack.State(c.Context())
	require.NoError(c, err)
	var names []string
	for _, pending := range state.Pending {
		names = append(names, resource.URN(pending.URN).Name())
	}
	require.Contains(c, names, name)
	c.run(engine.Refresh, "--clear-pending-creates")
	for _, name := range names {
		for _, r := range c.named(name) {
			require.NoError(c, c.stack.Import(c.Context(), r.Type, name, r.ID))
		}
	}
}

func killPulumi(mark string) error {
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environments {
		environment, _ := os.ReadFile(path)
		program, _ := os.Readlink(filepath.Join(filepath.Dir(path), "exe"))
		if !bytes.Contains(environment, []byte("\x00"+mark+"\x00")) || filepath.Base(program) != "pulumi" {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil {
			return err
		}
		return syscall.Kill(pid, syscall.SIGKILL)
	}
	return errors.Join(err, errors.New("no engine runs"))
}
