package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// conformance is a workspace of a program in testdata under the pack testdata/conformance-pack.
type conformance struct {
	*engine.Workspace
	evidence string // the folder of the pack's evidence
}

func openConformance(t *testing.T, program string, env ...string) conformance {
	t.Helper()
	c := conformance{evidence: t.TempDir()}
	w, err := engine.Open(t.Context(), engine.Options{
		CLI: enginetest.CLI(t), Dir: testdata(t, program), Stack: "dev", Progress: os.Stderr,
		Packs: []engine.Pack{{Path: testdata(t, "conformance-pack")}},
		Env:   append(env, policy.EvidenceVariable+"="+c.evidence),
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	c.Workspace = w
	return c
}

// run runs an operation with the pack configured. The engine splits the flag at commas: the name of a test has none.
func (c conformance) run(t *testing.T, op engine.Operation, packConfig string) (*engine.Result, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.json")
	require.NoError(t, os.WriteFile(file, []byte(packConfig), 0o600))
	return c.Run(t.Context(), op, "--policy-pack-config", file)
}

// kept is the pack's evidence since it was last asked for.
func (c conformance) kept(t *testing.T) (all []policy.Evidence) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.evidence, "*"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var evidence policy.Evidence
		require.NoError(t, json.Unmarshal(text, &evidence))
		all = append(all, evidence)
		require.NoError(t, os.Remove(file))
	}
	return all
}

// told are the violations, each as "level resource: message".
func told(result *engine.Result) string {
	var lines []string
	for _, v := range result.Violations {
		lines = append(lines, v.Level+" "+v.URN[strings.LastIndex(v.URN, ":")+1:]+": "+v.Message)
	}
	return strings.Join(lines, "\n")
}

// TestPolicyConformance has the engine run packs of the SDK, and looks at what comes of it.
func TestPolicyConformance(t *testing.T) {
	t.Parallel()
	c := openConformance(t, "conformance")
	for _, test := range []struct {
		name   string
		text   string // the program's
		config string // the pack's
		op     engine.Operation
		failed string   // what the engine's error says; empty if it succeeds
		told   []string // parts of the violations
		count  int      // of violations
	}{
		{name: "simple passes", text: "good", config: `{"simple": "mandatory"}`, op: engine.Up},
		{name: "simple fails", text: "bad", config: `{"simple": "mandatory"}`, op: engine.Preview, failed: "failed", count: 2,
			told: []string{"mandatory first: Texts must not be bad.\nIt is bad.", "mandatory second: "}},
		{name: "a violation stops an update at once", text: "bad", config: `{"simple": "mandatory"}`, op: engine.Up,
			failed: "failed", count: 1, told: []string{"mandatory first: "}},
		{name: "advisory", text: "bad", config: `{"simple": "advisory"}`, op: engine.Up, count: 2, told: []string{"advisory first: "}},
		{name: "disabled", text: "bad", config: `{"simple": "disabled"}`, op: engine.Up},
		{name: "disabled by the pack", text: "bad", config: `{}`, op: engine.Up},
		{name: "all", text: "bad", config: `{"all": "disabled", "simple": {"enforcementLevel": "advisory"}}`, op: engine.Preview, count: 2},
		{name: "mandatory instead of mended", text: "good", config: `{"mend": "mandatory"}`, op: engine.Preview, failed: "failed",
			count: 2, told: []string{"mandatory first: Texts must be mended.\nIt is not."}},
		{name: "mended", text: "good", config: `{"mend": "remediate"}`, op: engine.Up},
		{name: "mended before others look", text: "bad", config: `{"mend": "remediate", "simple": "mandatory"}`, op: engine.Up},
		{name: "settings by default", text: "good", config: `{"limits": "advisory"}`, op: engine.Preview, count: 2,
			told: []string{"{Most:10 Names:[short]}"}},
		{name: "settings", text: "good", op: engine.Preview, count: 2, told: []string{"{Most:99 Names:[long short]}"},
			config: `{"limits": {"enforcementLevel": "advisory", "most": 99, "names": ["long", "short"]}}`},
		{name: "a setting beyond its bounds", text: "good", config: `{"limits": {"enforcementLevel": "advisory", "most": 101}}`,
			op: engine.Preview, failed: "most: Must be less than or equal to 100"},
		{name: "a setting of another kind", text: "good", config: `{"limits": {"enforcementLevel": "advisory", "most": "x"}}`,
			op: engine.Preview, failed: "most: Invalid type. Expected: integer, given: string"},
		{name: "a setting that is none of its names", text: "good", config: `{"limits": {"enforcementLevel": "advisory", "names": ["x"]}}`,
			op: engine.Preview, failed: "names.0 must be one of the following"},
		{name: "a level that does not exist", text: "good", config: `{"simple": "strict"}`, op: engine.Preview, failed: `"strict"`},
		{name: "metadata and options", text: "good", config: `{"metadata": "advisory"}`, op: engine.Preview, count: 2, told: []string{
			"first: Metadata is told.\nurn:pulumi:dev::conformance::conformance:index:Thing::first conformance:index:Thing first protect=false parent=urn:pulumi:dev::conformance::pulumi:pulumi:Stack::conformance-dev",
			"conformance:index:Thing second protect=true parent=urn:pulumi:dev::conformance::conformance:index:Thing::first",
		}},
		{name: "the stack in a preview", text: "good", config: `{"stack": "advisory"}`, op: engine.Preview, count: 2,
			told: []string{"conformance/dev dry=true text=good token=[secret]"}},
		{name: "the stack in an update", text: "good", config: `{"stack": "advisory"}`, op: engine.Up, count: 2,
			told: []string{"conformance/dev dry=false text=good token=[secret]"}},
		{name: "the stack as a whole", text: "good", config: `{"whole": "advisory"}`, op: engine.Preview, count: 2, told: []string{
			"advisory second: The graph is told.\nchild of first", "advisory conformance-dev: The graph is told.\n2 things"}},
		{name: "the stack as a whole fails an update", text: "good", config: `{"whole": "mandatory"}`, op: engine.Up, failed: "failed", count: 2,
			told: []string{"mandatory conformance-dev: The graph is told."}},
		{name: "a panic in a policy that is mandatory", text: "good", config: `{"panics": "mandatory"}`, op: engine.Up, failed: "failed", count: 1,
			told: []string{"mandatory first: ", "could not check", "(with a string)"}},
		{name: "a panic in a policy that is advisory", text: "good", config: `{"panics": "advisory"}`, op: engine.Up, count: 2,
			told: []string{"advisory second: "}},
	} {
		t.Run(test.name, func(t *testing.T) { // one after another: they share a workspace
			require.NoError(t, c.Change(map[string]any{"conformance:text": test.text}))
			result, err := c.run(t, test.op, test.config)
			if test.failed == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.failed)
			}
			for _, part := range test.told {
				assert.Contains(t, told(result), part)
			}
			assert.Len(t, result.Violations, test.count, told(result))
			evidence := c.kept(t)
			if refused := test.failed != "" && test.count == 0; refused {
				assert.Empty(t, evidence, "nothing was checked")
				return
			}
			require.Len(t, evidence, 1)
			assert.Equal(t, map[engine.Operation]string{engine.Preview: "preview", engine.Up: "update"}[test.op], evidence[0].Operation)
			stopped := test.op == engine.Up && test.count == 1
			assert.Equal(t, !stopped, evidence[0].Complete)
		})
	}
}

func TestInvalidPackIsRefused(t *testing.T) {
	t.Parallel()
	c := openConformance(t, "conformance", "CONFORMANCE_PACK=invalid")
	_, err := c.Run(t.Context(), engine.Preview)
	var failure *engine.Error
	require.ErrorAs(t, err, &failure)
	assert.Contains(t, failure.Error(), "failed to start")
	assert.Contains(t, failure.Output, `policy "all": its ID is "all"`)
	assert.Empty(t, c.kept(t))
}

func TestStackTagsComeToPolicies(t *testing.T) {
	t.Parallel()
	c := openConformance(t, "conformance")
	stacks, err := filepath.Glob(filepath.Join(c.Root(), "state", ".pulumi", "stacks", "conformance", "dev.json"))
	require.NoError(t, err)
	require.Len(t, stacks, 1)
	tags := strings.TrimSuffix(stacks[0], ".json") + ".pulumi-tags"
	require.NoError(t, os.WriteFile(tags, []byte(`{"version": 1, "tags": {"team": "net"}}`), 0o600))
	result, err := c.run(t, engine.Preview, `{"stack": "advisory"}`)
	require.NoError(t, err)
	assert.Contains(t, told(result), "team:net")
}
