package main

import (
	"bytes"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPolicyNames(t *testing.T) {
	t.Parallel()
	for name, right := range map[string]string{
		"aws-ebs-volume-encrypted": "",
		"any-1":                    "",
		"":                         "aws-ebs-volume-encrypted",
		"--":                       "aws-ebs-volume-encrypted",
		"all":                      "any-all",
		"exemptions":               "any-exemptions",
		"func":                     "any-func",
		"Aws-EBS-Encrypted":        "aws-ebs-encrypted",
		"volumesEncrypted":         "volumes-encrypted",
		"aws ebs/encrypted":        "aws-ebs-encrypted",
		"aws_ebs_encrypted":        "aws-ebs-encrypted",
		"3-zones":                  "any-3-zones",
		"aws--ebs-":                "aws-ebs",
		"größe":                    "gr-e",
		"../../etc/passwd":         "etc-passwd",
		strings.Repeat("a", 101):   "any-" + strings.Repeat("a", 96),
		strings.Repeat("a-b", 40):  strings.Repeat("a-b", 40)[:100],
	} {
		err := checkPolicyName(name)
		if right == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorAs(t, err, &usageError{}, name)
		assert.ErrorContains(t, err, `"`+right+`" can`, name)
		assert.NoError(t, checkPolicyName(right), "what is proposed for %q", name)
	}
}

// FuzzRightName: whatever is given, what is proposed instead is right, and makes Go names.
func FuzzRightName(f *testing.F) {
	for _, seed := range []string{"", "a", "9-9", "Ä b", strings.Repeat("x9", 70), strings.Repeat("a-", 99) + "b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		name := rightName(given)
		require.NoError(t, checkPolicyName(name))
		p, err := describePack(name, "/pack", newFlags{replace: "../.."})
		require.NoError(t, err)
		assert.True(t, token.IsIdentifier(p.Var) && token.IsIdentifier("Test"+p.Test), "%+v", p)
	})
}

func TestModuleNames(t *testing.T) {
	t.Parallel()
	for path, ok := range map[string]bool{
		"policies": true, "example.com/platform/policies/v2": true, "a_b": true, "my.policies-2": true,
		"": false, "my policies": false, "/policies": false, "policies/": false, "a//b": false, "-a": false, ".a": false,
		"a.": false, "a./b": false, "std": false, "cmd": false, sdkModule: false, "größe": false, "a\nb": false,
	} {
		if err := checkModule(path); ok {
			assert.NoError(t, err, path)
		} else {
			assert.ErrorAs(t, err, &usageError{}, path)
		}
	}
}

// newIn runs `policies new` for a pack in the folder.
func newIn(t *testing.T, folder string, flags newFlags) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := newPack(&out, "aws-ebs-volume-encrypted", folder, flags)
	return out.String(), err
}

func TestNewPack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "storage policies")
	out, err := newIn(t, dir, newFlags{module: "example.com/storage"})
	require.NoError(t, err)
	assert.Contains(t, out, "  policy_test.go\n")
	assert.Contains(t, out, "go build -o bin/storage-policies .")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		require.NoError(t, err)
		assert.NotContains(t, string(text), "{{")
		assert.NotContains(t, string(text), "<no value>")
		assert.True(t, strings.HasSuffix(string(text), "\n"))
		if filepath.Ext(entry.Name()) == ".go" {
			formatted, err := format.Source(text)
			require.NoError(t, err, entry.Name())
			assert.Equal(t, string(formatted), string(text))
		}
	}
	assert.Equal(t, []string{"PulumiPolicy.yaml", "README.md", "go.mod", "main.go", "policy.go", "policy_test.go"}, names)

	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	require.NoError(t, err)
	assert.Equal(t, "module example.com/storage\n\ngo 1.26\n\nrequire "+sdkModule+" v0.0.0\n\nreplace "+sdkModule+" => "+
		modString(filepath.ToSlash(root))+"\n", string(mod), "the tests run inside a checkout")
	main, err := os.ReadFile(filepath.Join(dir, "main.go"))
	require.NoError(t, err)
	assert.Contains(t, string(main), `Name:        "storage-policies",`)
}

func TestNewPackOverwritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := newIn(t, dir, newFlags{module: "policies"})
	require.NoError(t, err, "an empty folder will do")
	changed := filepath.Join(dir, "policy.go")
	require.NoError(t, os.WriteFile(changed, []byte("mine"), 0o600))
	_, err = newIn(t, dir, newFlags{module: "policies"})
	require.ErrorAs(t, err, &usageError{})
	assert.ErrorContains(t, err, "is not empty, and nothing is overwritten")
	text, err := os.ReadFile(changed)
	require.NoError(t, err)
	assert.Equal(t, "mine", string(text))

	_, err = newIn(t, changed, newFlags{module: "policies"})
	assert.ErrorAs(t, err, &usageError{}, "a file is no folder")
	assert.Error(t, writeNew(dir, []file{{"policy.go", "theirs"}}), "nor is a file overwritten that comes in the meantime")
}

func TestNewPackRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		folder string
		flags  newFlags
		want   string
	}{
		"a folder that is no module's name": {"my pack", newFlags{}, `"my pack" cannot be the name of a Go module`},
		"a module's name":                   {"pack", newFlags{module: "a b"}, "with --module"},
		"what is no checkout":               {"pack", newFlags{replace: os.TempDir()}, "is not a checkout of " + sdkModule},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), test.folder)
			_, err := newIn(t, dir, test.flags)
			require.ErrorAs(t, err, &usageError{})
			assert.ErrorContains(t, err, test.want)
			assert.NoDirExists(t, dir, "nothing is written")
		})
	}
}

func TestCheckouts(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b")
	require.NoError(t, os.MkdirAll(deep, 0o755))
	assert.Empty(t, checkoutAround(deep))
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("// the SDK\nmodule "+sdkModule+" // here\r\n"), 0o600))
	assert.Equal(t, root, checkoutAround(deep))
	require.NoError(t, os.WriteFile(filepath.Join(deep, "go.mod"), []byte("module "+sdkModule+"/tools\n"), 0o600))
	assert.False(t, isCheckout(deep))

	var p packData
	require.NoError(t, p.requireSDK(filepath.Join(deep, "pack"), root))
	assert.Equal(t, "../../..", p.Replace, "inside a checkout the path is relative")
	assert.Equal(t, `"/a b"`, modString("/a b"))
}

func TestGoVersionIsThatOfTheModule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	assert.Contains(t, string(text), "\ngo "+goVersion+"\n")
}
