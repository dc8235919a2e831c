package schema_test

import (
	"os"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// archives are the embedded schemas, and a type of a large module of each.
var archives = map[string]string{
	"aws":          "aws:ec2/subnet:Subnet",
	"azure-native": "azure-native:network:Subnet",
	"gcp":          "gcp:compute/subnetwork:Subnetwork",
	"digitalocean": "digitalocean:index/vpc:Vpc",
}

// BenchmarkOpen measures what every start of a simulation pays.
func BenchmarkOpen(b *testing.B) {
	for name := range archives {
		b.Run(name, func(b *testing.B) {
			archive, err := os.ReadFile(name + ".zip")
			require.NoError(b, err)
			b.SetBytes(int64(len(archive)))
			for b.Loop() {
				_, err := schema.Open(name, archive)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkFirstType measures the first use of a type of a large module.
func BenchmarkFirstType(b *testing.B) {
	for name, token := range archives {
		b.Run(name, func(b *testing.B) {
			archive, err := os.ReadFile(name + ".zip")
			require.NoError(b, err)
			for b.Loop() {
				pkg, err := schema.Open(name, archive)
				require.NoError(b, err)
				_, ok := pkg.Resource(token)
				require.True(b, ok)
			}
		})
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
