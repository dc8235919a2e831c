package tests

import (
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
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// TestBadStack: what is planted in bad/aws is found, each fault once and by the policy that it names, and nothing else is.
// A preview finds all but what says that it needs an update.
func TestBadStack(t *testing.T) {
	t.Parallel()
	faults := plantedIn(t, "bad/aws")
	sim, err := simulator.Start(t.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sim.Close()) })
	var packs []engine.Pack
	var asAdvice []string
	advisory := filepath.Join(t.TempDir(), "advisory.json")
	require.NoError(t, os.WriteFile(advisory, []byte(`{"all": "advisory"}`), 0o600))
	for _, pack := range []string{"security", "reliability", "optimization"} { // between them they hold every policy
		packs = append(packs, engine.Pack{Path: builtinPack(t, pack)})
		asAdvice = append(asAdvice, "--policy-pack-config", advisory)
	}
	w, err := engine.Open(t.Context(), engine.Options{
		CLI: enginetest.CLI(t), Dir: "bad/aws", Stack: "dev", Env: sim.Env(), Packs: packs, Progress: os.Stderr,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	for _, op := range []engine.Operation{engine.Preview, engine.Up} {
		t.Run(string(op), func(t *testing.T) { // one after another
			result, err := w.Run(t.Context(), op, asAdvice...)
			require.NoError(t, err)
			var want []string
			for _, f := range faults {
				if op == engine.Up || !f.late {
					want = append(want, f.finding)
				}
			}
			compareFindings(t, want, foundBy(result))
		})
	}
}

// compareFindings says of each finding that is missing, or too many, what it is.
func compareFindings(t *testing.T, want, got []string) {
	t.Helper()
	for _, finding := range slices.Sorted(maps.Keys(countOf(append(slices.Clone(want), got...)))) {
		assert.Equal(t, countOf(want)[finding], countOf(got)[finding], finding)
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
			found = append(found, finding(v.Policy, v.URN[strings.LastIndex(v.URN, "::")+2:]))
		}
	}
	return found
}

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

// badStackName is the resource that is the stack itself.
const badStackName = "bad-aws-dev"

// resourceAt is the name of the resource that a line is a part of: that of the innermost call of the form f(ctx, "name", …).
func resourceAt(set *token.FileSet, file *ast.File, line int) string {
	name := badStackName
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
