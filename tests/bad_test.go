package tests

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// TestBadStacks: what is planted in the programs of bad is found, each fault once and by the policy that it names, and
// nothing else is. A preview finds all but what says that it needs an update.
func TestBadStacks(t *testing.T) {
	t.Parallel()
	for dir, stack := range map[string]string{"bad/aws": "prod", "bad/aws-bare": "dev"} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			faults := plantedIn(t, dir)
			b := openBad(t, dir, stack)
			for _, op := range []engine.Operation{engine.Preview, engine.Up} {
				t.Run(string(op), func(t *testing.T) { // one after another
					result, err := b.run(t, op)
					assert.NoError(t, err) // what is found before tells the more
					var want []string
					for _, f := range faults {
						if op == engine.Up || !f.late {
							want = append(want, f.finding)
						}
					}
					compareFindings(t, want, foundBy(result))
				})
			}
		})
	}
}

// TestEveryPolicyHasAFault: it is planted in one of the bad stacks, or there is a reason why not.
func TestEveryPolicyHasAFault(t *testing.T) {
	t.Parallel()
	var found, all []string
	for _, dir := range []string{"bad/aws", "bad/aws-bare"} {
		for _, f := range plantedIn(t, dir) {
			policy, _, _ := strings.Cut(f.finding, " on ")
			found = append(found, policy)
		}
	}
	for _, policies := range unplanted {
		found = append(found, policies...)
	}
	for _, p := range packs.Policies() {
		all = append(all, p.ID)
	}
	slices.Sort(found)
	assert.ElementsMatch(t, all, slices.Compact(found))
}

// bad is a workspace of a bad stack, under the pack of every policy.
type bad struct {
	*engine.Workspace
	flags []string
}

func openBad(t *testing.T, dir, stack string) bad {
	t.Helper()
	sim, err := simulator.Start(t.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sim.Close()) })
	// What is mandatory would stop an update at the first fault.
	advice := filepath.Join(t.TempDir(), "advice.json")
	require.NoError(t, os.WriteFile(advice, levels(t), 0o600))
	w, err := engine.Open(t.Context(), engine.Options{
		CLI: enginetest.CLI(t), Dir: dir, Stack: stack, Env: sim.Env(), Packs: []engine.Pack{{Path: builtinPack(t, "all")}}, Progress: os.Stderr,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	return bad{w, []string{"--policy-pack-config", advice}}
}

// agreedOn are settings of the policies that ask nothing without: what the owners of the bad stacks agreed on.
var agreedOn = map[string]map[string]any{
	"any-images-from-registries": {"registries": []string{"example.com"}},
	"any-regions-allowed":        {"allowed": []string{"eu-*"}},
	"any-tags-required":          {"keys": []string{"owner"}},
	"any-types-allowed":          {"denied": []string{"aws:ec2/keyPair:*"}},
}

// levels is the pack's configuration: all is advice, and what no fault is planted for does not look.
func levels(t *testing.T) []byte {
	t.Helper()
	levels := map[string]any{"all": "advisory"}
	for policy, settings := range agreedOn {
		settings := maps.Clone(settings)
		settings["enforcementLevel"] = "advisory"
		levels[policy] = settings
	}
	for _, policies := range unplanted {
		for _, policy := range policies {
			levels[policy] = "disabled"
		}
	}
	text, err := json.Marshal(levels)
	require.NoError(t, err)
	return text
}

func (b bad) run(t *testing.T, op engine.Operation) (*engine.Result, error) {
	t.Helper()
	flags := b.flags
	if op == engine.Up {
		flags = append(slices.Clone(flags), "--continue-on-error") // tells of all refusals at once
	}
	return b.Run(t.Context(), op, flags...)
}

// compareFindings says of each finding that is missing, or too many, what it is.
func compareFindings(t *testing.T, want, got []string) {
	t.Helper()
	for _, finding := range slices.Sorted(maps.Keys(countOf(append(slices.Clone(want), got...)))) {
		if planted, found := countOf(want)[finding], countOf(got)[finding]; planted != 1 || found != 1 {
			t.Errorf("%s: planted %d times, found %d times", finding, planted, found)
		}
	}
}

func countOf(texts []string) map[string]int {
	counts := map[string]int{}
	for _, text := range texts {
		counts[text]++
	}
	return counts
}

// foundBy are the violations of an operation, each as "policy on resource". What is not known yet is none.
func foundBy(result *engine.Result) (found []string) {
	for _, v := range result.Violations {
		if !strings.HasPrefix(v.Message, "can't run policy") {
			name := v.URN[strings.LastIndex(v.URN, "::")+2:]
			if strings.Contains(v.URN, "::pulumi:pulumi:Stack::") {
				name = theStack
			}
			found = append(found, finding(v.Policy, name))
		}
	}
	return found
}

const theStack = "the stack"

func finding(policy, resource string) string { return policy + " on " + resource }

// planted is a fault that a program is given on purpose.
type planted struct {
	finding string // the policy that must find it, on the resource with the name
	late    bool   // it is known only when resources are made
}

var wantComment = regexp.MustCompile(`^// want(?: (after up))?: ([a-z0-9, -]+)$`)

// plantedIn reads the faults that comments in a program tell of.
func plantedIn(t *testing.T, dir string) (all []planted) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, comment := range commentsOf(syntax) {
			where := set.Position(comment.Pos())
			m := wantComment.FindStringSubmatch(comment.Text)
			if m == nil {
				assert.False(t, strings.HasPrefix(comment.Text, "// want"), "%s: this is no expectation", where)
				continue
			}
			for policy := range strings.SplitSeq(m[2], ", ") {
				all = append(all, planted{finding: finding(policy, resourceAt(set, syntax, where.Line)), late: m[1] != ""})
			}
		}
	}
	return all
}

func commentsOf(file *ast.File) (all []*ast.Comment) {
	for _, group := range file.Comments {
		all = append(all, group.List...)
	}
	return all
}

// resourceAt is the name of the resource that a line is a part of: that of the innermost call of the form
// f(ctx, "name", …). A line outside of all is about the stack.
func resourceAt(set *token.FileSet, file *ast.File, line int) string {
	name := theStack
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || set.Position(call.Pos()).Line > line || set.Position(call.End()).Line < line || len(call.Args) < 2 {
			return true
		}
		if text, ok := call.Args[1].(*ast.BasicLit); ok && fmt.Sprint(call.Args[0]) == "ctx" {
			name, _ = strconv.Unquote(text.Value)
		}
		return true
	})
	return name
}

// builtinPack is one of the command's own packs, as a file that serves it.
func builtinPack(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), engine.BuiltinPrefix+name)
	require.NoError(t, os.Symlink(holdfast, file))
	return file
}
