package aws

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// TestFirstOf: of some gateways, whatever their order, all but the first are said to be others.
func TestFirstOf(t *testing.T) {
	t.Parallel()
	pack, err := policy.NewPack(policy.PackSpec{Name: "first", Version: "0.0.0", Policies: []policy.Policy{EC2NATGatewaysFew}})
	require.NoError(t, err)
	for _, order := range [][]string{{"a", "b", "c"}, {"c", "b", "a"}, {"b", "a", "c"}} {
		session, err := pack.NewSession(policy.Deployment{}, nil)
		require.NoError(t, err)
		var stack []*pulumirpc.AnalyzerResource
		for _, name := range order {
			stack = append(stack, &pulumirpc.AnalyzerResource{Type: natGatewayType, Name: name, Urn: "urn:pulumi:s::p::" + natGatewayType + "::" + name})
		}
		var others []string
		for _, result := range session.AnalyzeStack(stack) {
			for _, violation := range result.Violations {
				others = append(others, violation.URN[len(violation.URN)-1:])
			}
		}
		assert.ElementsMatch(t, []string{"b", "c"}, others, order)
	}
}
