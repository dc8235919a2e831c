package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// TestArchivesAreUpToDate reads the SDKs again and compares with what is embedded.
func TestArchivesAreUpToDate(t *testing.T) {
	t.Setenv("GOPROXY", "off") // what the module cache has must do
	if testing.Short() {
		t.Skip("reading the SDKs takes a minute")
	}
	for _, src := range sources() {
		t.Run(src.name, func(t *testing.T) {
			modules := src.parts
			if src.models != nil {
				modules = append(modules, whole(src.models.module, src.models.version, "."))
			}
			for _, m := range modules {
				if _, err := archive.ModuleDir(m.module, m.version); err != nil {
					t.Skipf("the source text of %s is not in the module cache: %v", m.module, err)
				}
			}
			files, err := generate(src)
			require.NoError(t, err)
			embedded, err := os.ReadFile("../" + src.name + ".zip")
			require.NoError(t, err)
			assert.Equal(t, unpack(t, embedded), files, "run go generate ./simulator/schema")
		})
	}
}

func unpack(t *testing.T, packed []byte) map[string]string {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	require.NoError(t, err)
	files := map[string]string{}
	for _, file := range reader.File {
		assert.True(t, file.Modified.IsZero() || file.Modified.Year() < 1981, "%s has a time", file.Name)
		content, err := file.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(content)
		require.NoError(t, err)
		files[file.Name] = string(text)
	}
	return files
}

func TestRead(t *testing.T) {
	t.Parallel()
	sdk, err := parseSDK(folder{"index", "testdata/sdk"})
	require.NoError(t, err)
	facts, err := sdk.read("demo")
	require.NoError(t, err)
	files, err := facts.files("v1.2.3")
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		schema.VersionFile:   "v1.2.3\n",
		schema.ResourcesFile: "demo:compute/disk:Disk\n",
		schema.FunctionsFile: "demo:compute:getClient\ndemo:compute:getDisk\n",
		"compute": `enum compute/Mode	["Fast","Slow"]
function demo:compute:getClient	{"out":{"parts":"[#compute/DiskPart]"}}
function demo:compute:getDisk	{"in":{"name":"string!"},"out":{"parts":"[#compute/DiskPart]"}}
object compute/DiskPart	{"mode":"@compute/Mode!","name":"string!","parts":"[#compute/DiskPart]"}
object compute/SkuResponse	{"name":"string"}
resource demo:compute/disk:Disk	{"in":{"anything":"any","labels":"{string}^",` +
			`"level":"int range:1..9 not:throughput","mode":"@compute/Mode",` +
			`"parts":"[#compute/DiskPart]!","sizeGb":"int!^","source":"asset","subnet":"#network/Subnet","throughput":"number"},` +
			`"out":{"anything":"any","arn":"string!","labels":"{string}","lists":"[any]","matrix":"{{string}}",` +
			`"mode":"@compute/Mode","parts":"[#compute/DiskPart]","password":"string*","path":"string~","sku":"#compute/SkuResponse",` +
			`"source":"asset","subnet":"#network/SubnetResponse!"},"aliases":["demo:storage/disk:Disk"]}
`,
		"network": `object network/Subnet	{"id":"string"}
object network/SubnetResponse	{"id":"string!"}
`,
	}, files)
	once, err := archive.Pack(files)
	require.NoError(t, err)
	twice, err := archive.Pack(files)
	require.NoError(t, err)
	assert.Equal(t, once, twice, "the same facts give the same bytes")
	assert.Equal(t, files, unpack(t, once))
	opened, err := schema.Open("demo", once)
	require.NoError(t, err)
	disk, ok := opened.Resource("demo:compute/disk:Disk")
	require.True(t, ok)
	assert.True(t, disk.Inputs["parts"].Required)
}

func TestReadRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"type":   "a type this generator does not know",
		"output": "an output type this generator does not know: NoSuch",
		"args":   `no struct "thingArgs"`,
		"result": `no struct "Thing"`,
		"from":   "no package elsewhere",
	} {
		sdk, err := parseSDK(folder{"index", filepath.Join("testdata/broken", name)})
		require.NoError(t, err)
		_, err = sdk.read("demo")
		assert.ErrorContains(t, err, want, name)
	}
	sdk, err := parseSDK(folder{"network", "testdata/sdk/network"})
	require.NoError(t, err)
	_, err = sdk.read("demo")
	assert.ErrorContains(t, err, "no resource types of demo")
	_, err = parseSDK(folder{"index", "testdata/nothing"})
	assert.ErrorIs(t, err, os.ErrNotExist)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x.go"), []byte("no Go"), 0o600))
	_, err = parseSDK(folder{"index", dir})
	assert.ErrorContains(t, err, "expected 'package'")
}

// TestReplaces samples the reading of comments with phrases from the SDK.
func TestReplaces(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]bool{
		"":                       false,
		"The size of the thing.": false,
		"ID of the EMR Cluster to attach to. Changing this forces a new resource to be created.":                          true,
		"The stack to register a db instance for. Changing this will force a new resource.":                               true,
		"The port number. The default is 11211. Changing this value will re-create the resource.":                         true,
		"The name of the recorder. Defaults to `default`. Changing it recreates the resource.":                            true,
		"Changing `providerType` will create a new resource. Conflicts with `hostArn`.":                                   true,
		"If `primaryReplicationGroupId` is changed, creates a new resource.":                                              true,
		"The name of the\nthing. Changing this\nforces a new resource to be created.":                                     true,
		"`incrementalExportSpecification` - (Optional, Forces new resource) Parameters.":                                  true,
		"When an update to subnets will remove all current subnets, this will force a new resource.":                      false,
		"Adding or removing this configuration forces a new resource ([documentation](https://example.com)).":             false,
		"If the VPC attachment is pending acceptance, changing this value will recreate the resource.":                    false,
		"This will not recreate the resource if the S3 object changes in some way.":                                       false,
		"For Memcached, changing this value will re-create the resource.":                                                 false,
		"(Forces new for Multi-AZ DB clusters) Specifies the storage type.":                                               false,
		"The members.\n* `member.account_id` - (Required - Forces new resource) - The account id for the invited member.": false,
		"New resources can simply omit this argument to disable compression.":                                             false,
	} {
		assert.Equal(t, want, replaces(doc), doc)
	}
}

func TestDeprecated(t *testing.T) {
	t.Parallel()
	assert.True(t, deprecated("Deprecated: use tags"))
	assert.True(t, deprecated("The tags.\n\nDeprecated: use tags"))
	assert.False(t, deprecated("Not Deprecated: still good"))
}

func TestRun(t *testing.T) {
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Chdir(t.TempDir())
	assert.ErrorContains(t, run(nil), "which packages?")
	assert.ErrorContains(t, run([]string{"gpc"}), `no package "gpc": there are aws, azure-native, gcp, digitalocean`)
	assert.ErrorContains(t, run([]string{"gcp"}), "github.com/pulumi/pulumi-gcp/sdk/v7@v7.38.0")
	assert.NoFileExists(t, "gcp.zip")
}

func TestPathNames(t *testing.T) {
	t.Parallel()
	text := schema.Property{Type: schema.Type{Kind: schema.String}}
	needed := text
	needed.Required = true
	f := &facts{
		resources: map[string]*schema.Resource{
			"demo:net:Subnet": {Inputs: schema.Object{"subnetName": text, "addressPrefix": text, "groupName": needed}},
			"demo:net:Alone":  {Inputs: schema.Object{"name": text}},
		},
		functions: map[string]*schema.Function{
			"demo:net:getSubnet": {Inputs: schema.Object{"subnetName": needed, "groupName": needed, "expand": text, "other": needed}},
		},
	}
	f.fixPathNames()
	subnet := f.resources["demo:net:Subnet"].Inputs
	assert.True(t, subnet["subnetName"].Replaces)
	assert.True(t, subnet["groupName"].Replaces)
	assert.False(t, subnet["addressPrefix"].Replaces)
	assert.False(t, f.resources["demo:net:Alone"].Inputs["name"].Replaces)
}
