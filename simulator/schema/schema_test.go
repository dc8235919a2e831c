package schema_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func awsPackage(t testing.TB) *schema.Package {
	t.Helper()
	pkg, err := schema.AWS()
	require.NoError(t, err)
	return pkg
}

func TestSchemasAreComplete(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, version        string
		open                 func() (*schema.Package, error)
		resources, functions int
	}{
		{"aws", "v6.83.2", schema.AWS, 1539, 613},
		{"azure-native", "v2.92.3", schema.Azure, 431, 511},
		{"gcp", "v7.38.0", schema.GCP, 973, 314},
		{"digitalocean", "v4.57.0", schema.DigitalOcean, 81, 81},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			pkg, err := test.open()
			require.NoError(t, err)
			assert.Equal(t, test.name, pkg.Name)
			assert.Equal(t, test.version, pkg.Version)
			assert.Len(t, pkg.Resources(), test.resources)
			assert.Len(t, pkg.Functions(), test.functions)
			for _, token := range pkg.Resources() {
				found, ok := pkg.Resource(token)
				require.True(t, ok, token)
				require.Equal(t, token, found.Token)
				followAll(t, pkg, found.Inputs, map[string]bool{})
				followAll(t, pkg, found.Outputs, map[string]bool{})
			}
			for _, token := range pkg.Functions() {
				found, ok := pkg.Function(token)
				require.True(t, ok, token)
				require.Equal(t, token, found.Token)
				followAll(t, pkg, found.Inputs, map[string]bool{})
				followAll(t, pkg, found.Outputs, map[string]bool{})
			}
			_, ok := pkg.Resource("pulumi:providers:" + test.name)
			assert.True(t, ok, "the provider")
		})
	}
}

// followAll fails for a reference to a nested object or enumeration that is not there.
func followAll(t *testing.T, pkg *schema.Package, object schema.Object, seen map[string]bool) {
	t.Helper()
	for name, property := range object {
		of := property.Type
		for of.Elem != nil {
			of = *of.Elem
		}
		if of.Ref == "" || seen[of.Ref] {
			continue
		}
		seen[of.Ref] = true
		if of.Kind == schema.OneOf {
			values, ok := pkg.Enum(of.Ref)
			require.True(t, ok, "%s: %s", name, of.Ref)
			require.NotEmpty(t, values)
			continue
		}
		nested, ok := pkg.Object(of.Ref)
		require.True(t, ok, "%s: %s", name, of.Ref)
		followAll(t, pkg, nested, seen)
	}
}

// TestAWSFacts compares facts with the SDK's source text, read by hand.
func TestAWSFacts(t *testing.T) {
	t.Parallel()
	pkg := awsPackage(t)
	notation := func(p schema.Property) string {
		text, err := p.MarshalText()
		require.NoError(t, err)
		return string(text)
	}
	for _, test := range []struct{ token, input, output, property string }{
		{"aws:ec2/subnet:Subnet", "string!", "string!", "vpcId"},
		{"aws:ec2/subnet:Subnet", "string", "string", "cidrBlock"},
		{"aws:ec2/subnet:Subnet", "", "string!", "arn"},
		{"aws:ec2/subnet:Subnet", "", "{string}~", "tagsAll"},
		{"aws:ec2/eip:Eip", "bool~", "bool!~", "vpc"},
		{"aws:ec2/routeTable:RouteTable", "[#ec2/RouteTableRoute]", "[#ec2/RouteTableRoute]", "routes"},
		{"aws:rds/subnetGroup:SubnetGroup", "[string]!", "[string]", "subnetIds"},
		{"aws:redshift/cluster:Cluster", "string not:manageMasterPassword", "string*", "masterPassword"},
		{"aws:elasticache/cluster:Cluster", "int^", "int!", "port"},
		{"aws:wafv2/apiKey:ApiKey", "[string]!^", "[string]", "tokenDomains"},
		{"aws:iam/role:Role", "any!", "string!", "assumeRolePolicy"},
		{"aws:s3/bucketObject:BucketObject", "asset", "asset", "source"},
		{"aws:ecs/service:Service", "int", "int", "desiredCount"},
		{"pulumi:providers:aws", "#index/ProviderDefaultTags", "", "defaultTags"},
	} {
		found, ok := pkg.Resource(test.token)
		require.True(t, ok, test.token)
		input, isInput := found.Inputs[test.property]
		output, isOutput := found.Outputs[test.property]
		require.Equal(t, test.input != "", isInput, "%s %s", test.token, test.property)
		require.Equal(t, test.output != "", isOutput, "%s %s", test.token, test.property)
		if isInput {
			assert.Equal(t, test.input, notation(input), "%s %s", test.token, test.property)
		}
		if isOutput {
			assert.Equal(t, test.output, notation(output), "%s %s", test.token, test.property)
		}
	}
	group, ok := pkg.Resource("aws:lb/targetGroup:TargetGroup")
	require.True(t, ok)
	assert.Equal(t, []string{"aws:elasticloadbalancingv2/targetGroup:TargetGroup"}, group.Aliases)
	zones, ok := pkg.Function("aws:index/getAvailabilityZones:getAvailabilityZones")
	require.True(t, ok)
	assert.Equal(t, "[#index/GetAvailabilityZonesFilter]", notation(zones.Inputs["filters"]))
	filter, ok := pkg.Object("index/GetAvailabilityZonesFilter")
	require.True(t, ok)
	assert.Equal(t, "string!", notation(filter["name"]))
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	pkg := awsPackage(t)
	for _, token := range []string{"", "aws", "aws:ec2/subnet:Subnets", "aws:nosuch/thing:Thing", "gcp:compute/instance:Instance", "::"} {
		_, isResource := pkg.Resource(token)
		_, isFunction := pkg.Function(token)
		assert.False(t, isResource || isFunction, token)
	}
	_, ok := pkg.Object("ec2/NoSuchThing")
	assert.False(t, ok)
	_, ok = pkg.Enum("nosuch/Thing")
	assert.False(t, ok)
	assert.Equal(t, "aws:ec2/subnet:Subnet", pkg.Nearest("aws:ec2/subnett:Subnet"))
	assert.Equal(t, "aws:index/getAvailabilityZones:getAvailabilityZones", pkg.Nearest("aws:index/getAvailabiltyZones:getAvailabilityZones"))
	assert.Empty(t, pkg.Nearest("kubernetes"))
}

func TestListsAreCopies(t *testing.T) {
	t.Parallel()
	pkg := awsPackage(t)
	pkg.Resources()[0] = "changed"
	assert.NotEqual(t, "changed", pkg.Resources()[0])
}

func TestTypeNotation(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"string", "int", "number", "bool", "any", "asset", "[string]", "{[int]}", "#ec2/Thing", "[@ec2/Mode]"} {
		parsed, err := schema.ParseType(text)
		require.NoError(t, err, text)
		assert.Equal(t, text, parsed.String())
	}
	for _, text := range []string{"", "text", "[", "[]", "{text}", "string}"} {
		_, err := schema.ParseType(text)
		assert.Error(t, err, text)
	}
	var p schema.Property
	require.NoError(t, p.UnmarshalText([]byte("[string]!^~*")))
	assert.Equal(t, schema.Property{
		Type:     schema.Type{Kind: schema.Array, Elem: &schema.Type{Kind: schema.String}},
		Required: true, Replaces: true, Deprecated: true, Secret: true,
	}, p)
	assert.Error(t, p.UnmarshalText([]byte("!")))
	assert.Error(t, p.UnmarshalText([]byte("nothing")))
}

func TestModule(t *testing.T) {
	t.Parallel()
	for token, module := range map[string]string{
		"aws:ec2/subnet:Subnet":           "ec2",
		"azure-native:network:Subnet":     "network",
		"digitalocean:index/vpc:Vpc":      "index",
		"pulumi:providers:aws":            "index",
		"aws:index/getRegion:getRegion":   "index",
		"not a token":                     "index",
		"gcp:compute/network:Network:odd": "compute",
	} {
		assert.Equal(t, module, schema.Module(token), token)
	}
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	_, err := schema.Open("aws", []byte("no archive"))
	assert.ErrorContains(t, err, "the schema of aws")
	_, err = schema.Open("aws", archive(t, map[string]string{"ec2": ""}))
	assert.ErrorContains(t, err, schema.VersionFile)
}

// A damaged line is as good as none.
func TestDamagedArchive(t *testing.T) {
	t.Parallel()
	pkg, err := schema.Open("demo", archive(t, map[string]string{
		schema.VersionFile: "v1\n",
		"m": "no tab\n" + "resource demo:m/a:A\t{\n" + "function demo:m/f:f\t[]\n" + "object m/O\t[1]\n" + "enum m/E\t{}\n" +
			"resource demo:m/b:B\t{\"in\":{\"x\":\"nonsense\"}}\n" + "resource demo:m/c:C\t{\"in\":{\"x\":\"string\"}}\n",
	}))
	require.NoError(t, err)
	for _, token := range []string{"demo:m/a:A", "demo:m/b:B"} {
		_, ok := pkg.Resource(token)
		assert.False(t, ok, token)
	}
	_, ok := pkg.Function("demo:m/f:f")
	assert.False(t, ok)
	_, ok = pkg.Object("m/O")
	assert.False(t, ok)
	_, ok = pkg.Enum("m/E")
	assert.False(t, ok)
	_, ok = pkg.Resource("demo:m/c:C")
	assert.True(t, ok)
	assert.Empty(t, pkg.Resources(), "the list is not in the archive")
}

func archive(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var buffer bytes.Buffer
	w := zip.NewWriter(&buffer)
	for name, text := range files {
		file, err := w.Create(name)
		require.NoError(t, err)
		_, err = file.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buffer.Bytes()
}
