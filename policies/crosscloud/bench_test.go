package crosscloud

import (
	"fmt"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// BenchmarkResource measures all policies of this package on one resource, each time another: a function with the names,
// ARNs, tags and variables that one has.
func BenchmarkResource(b *testing.B) {
	pack, err := policy.NewPack(policy.PackSpec{Name: "bench", Version: "0.0.0", Policies: All()})
	require.NoError(b, err)
	session, err := pack.NewSession(policy.Deployment{Stack: "dev"}, nil)
	require.NoError(b, err)
	secretsByForm(awsKey) // made once
	byName()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		properties, err := structpb.NewStruct(map[string]any{
			"name": fmt.Sprintf("holdfast-prod-orders-%07x", i), "runtime": "python3.13", "handler": "orders.handle", "memorySize": 512,
			"role":      fmt.Sprintf("arn:aws:iam::123456789012:role/holdfast-prod-orders-%07x", i),
			"kmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
			"environment": map[string]any{"variables": map[string]any{
				"TABLE": fmt.Sprintf("holdfast-prod-table-%07x", i), "DB_SECRET": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders", "LEVEL": "info",
			}},
			"tags":      map[string]any{"holdfast:stack": "prod", "owner": "orders", "Name": fmt.Sprintf("holdfast-prod-orders-%07x", i)},
			"vpcConfig": map[string]any{"subnetIds": []any{"subnet-0123456789abcdef0", "subnet-0123456789abcdef1"}, "securityGroupIds": []any{fmt.Sprintf("sg-%017x", i)}},
		})
		require.NoError(b, err)
		session.Analyze(&pulumirpc.AnalyzeRequest{Type: functionType, Urn: "urn:x", Name: "x", Properties: properties})
	}
}

// BenchmarkStart measures what the first text that may hold a secret costs.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		newDetector(false, formPatterns)
	}
}
