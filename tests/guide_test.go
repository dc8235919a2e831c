package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
	"gopkg.in/yaml.v3"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// block is one of code in a document: its language, what follows that on the line, and the code.
type block struct{ language, name, code string }

var fenced = regexp.MustCompile("(?ms)^```([a-z]+) ?([^\n]*)\n(.*?)^```$")

func blocks(t *testing.T, path string) []block {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var found []block
	for _, m := range fenced.FindAllStringSubmatch(string(text), -1) {
		found = append(found, block{m[1], m[2], m[3]})
	}
	assert.Equal(t, 2*len(found), strings.Count("\n"+string(text), "\n```"), "every block has a language")
	return found
}

// TestGuideToWritingAPolicy follows the guide: the Go in it makes a pack, whose tests pass, and which takes the
// configuration in it. A block is of the file that its first line names; "written" is one that `policies new` writes.
func TestGuideToWritingAPolicy(t *testing.T) {
	t.Parallel()
	dir := newPack(t, "aws-ebs-volume-encrypted")
	var configurations []string
	files := 0
	for _, b := range blocks(t, "../docs/guides/write-a-policy.md") {
		switch b.language {
		case "go":
			files++
			name, written := strings.CutSuffix(b.name, " written")
			require.Regexp(t, `^[a-z_]+\.go$`, name, "a block of Go must name its file")
			path := filepath.Join(dir, name)
			if written {
				text, err := os.ReadFile(path)
				require.NoError(t, err)
				assert.Equal(t, string(text), b.code, "the guide shows another %s than is written", name)
			}
			require.NoError(t, os.WriteFile(path, []byte(b.code), 0o600))
		case "json":
			configurations = append(configurations, b.code)
		case "yaml":
			var anything map[string]any
			assert.NoError(t, yaml.Unmarshal([]byte(b.code), &anything))
		}
	}
	require.Equal(t, 8, files)
	require.Len(t, configurations, 2)
	goIn(t, dir, "vet", "./...")
	out := goIn(t, dir, "test", "-v", "./...")
	for _, test := range []string{"TestPackCanBeUsed", "TestStorageEncrypted", "TestBackups", "TestSize", "TestOwnerIsFilledIn"} {
		assert.Contains(t, out, "--- PASS: "+test)
	}
	bin := filepath.Join(dir, "bin", "storage")
	goIn(t, dir, "build", "-o", bin, ".")
	for _, text := range configurations {
		configure(t, servePack(t, bin), text)
	}
	report, code := rehearse(t, testdata(t, "volume"), "--stack", "closed", "--pack", bin)
	assert.Zero(t, code)
	assert.True(t, report.Passed, "%+v", report)
}

// TestGuideToEnforcingPolicies configures the pack of every policy as the guide does, and finds the violation that it shows.
func TestGuideToEnforcingPolicies(t *testing.T) {
	t.Parallel()
	var shown string
	configurations := 0
	for _, b := range blocks(t, "../docs/guides/enforce-policies.md") {
		switch b.language {
		case "json":
			configurations++
			configure(t, policytest.Serve(t, packs.Everything()), b.code)
		case "yaml":
			var anything map[string]any
			assert.NoError(t, yaml.Unmarshal([]byte(b.code), &anything))
		case "text":
			shown = strings.Join(strings.Fields(b.code), " ")
		}
	}
	assert.Equal(t, 3, configurations)
	report, _ := rehearse(t, testdata(t, "openssh"), "--pack", "all")
	assert.Contains(t, strings.Join(strings.Fields(findings(t, report, "preview")), " "), shown)
}

// TestGuideToPlatforms rehearses the guide's example with the command that the guide recommends.
func TestGuideToPlatforms(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	dir, example := t.TempDir(), blocks(t, "../docs/guides/platform.md")[0]
	require.Equal(t, "yaml", example.language)
	for name, text := range map[string]string{"Pulumi.yaml": "name: holdfast\nruntime: go\nmain: " + root + "\n", "Pulumi.guide.yaml": example.code} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	report, code := rehearse(t, dir, "--stack", "guide")
	assert.Zero(t, code)
	assert.True(t, report.Passed, "%+v", report.Phases)
	for _, phase := range report.Phases {
		assert.Equal(t, rehearsal.Passed, phase.Status, phase.Name)
	}
}

// configure configures a pack as the engine does from a file.
func configure(t *testing.T, pack pulumirpc.AnalyzerClient, text string) {
	t.Helper()
	var file map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &file))
	info, err := pack.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	request := &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{}}
	for id, value := range file {
		properties, ok := value.(map[string]any)
		if !ok {
			properties = map[string]any{"enforcementLevel": value} // the short form
		}
		config := &pulumirpc.PolicyConfig{}
		for _, p := range info.Policies {
			if p.Name == id {
				config.EnforcementLevel = p.EnforcementLevel
			}
		}
		if name, ok := properties["enforcementLevel"].(string); ok {
			level, ok := pulumirpc.EnforcementLevel_value[strings.ToUpper(name)]
			require.True(t, ok, name)
			config.EnforcementLevel = pulumirpc.EnforcementLevel(level)
			delete(properties, "enforcementLevel")
		}
		config.Properties, err = structpb.NewStruct(properties)
		require.NoError(t, err)
		request.PolicyConfig[id] = config
	}
	_, err = pack.Configure(t.Context(), request)
	assert.NoError(t, err, text)
}
