package schema_test

import (
	"os"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// BenchmarkOpen measures what every start of a simulation pays.
func BenchmarkOpen(b *testing.B) {
	archive, err := os.ReadFile("aws.zip")
	require.NoError(b, err)
	b.SetBytes(int64(len(archive)))
	for b.Loop() {
		_, err := schema.Open("aws", archive)
		require.NoError(b, err)
	}
}

// BenchmarkFirstType measures the first use of a type of a large module.
func BenchmarkFirstType(b *testing.B) {
	archive, err := os.ReadFile("aws.zip")
	require.NoError(b, err)
	for b.Loop() {
		pkg, err := schema.Open("aws", archive)
		require.NoError(b, err)
		_, ok := pkg.Resource("aws:ec2/subnet:Subnet")
		require.True(b, ok)
	}
}

func BenchmarkValidate(b *testing.B) {
	pkg := awsPackage(b)
	known, ok := pkg.Resource("aws:ec2/subnet:Subnet")
	require.True(b, ok)
	inputs := resource.NewPropertyMapFromMap(map[string]any{
		"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "us-west-2a", "tags": map[string]any{"Name": "a"},
	})
	for b.Loop() {
		require.Empty(b, pkg.Validate(known.Inputs, inputs))
	}
}
