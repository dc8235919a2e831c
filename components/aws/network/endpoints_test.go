package network

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestEndpoints(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	var services []string
	for _, e := range r.OfType(endpointType) {
		services = append(services, text(e, "serviceName"))
		switch text(e, "vpcEndpointType") {
		case "Gateway":
			assert.Len(t, e.Inputs["routeTableIds"].ArrayValue(), 3, "private tables only")
			assert.NotContains(t, e.Inputs, resource.PropertyKey("subnetIds"))
		case "Interface":
			assert.Len(t, e.Inputs["subnetIds"].ArrayValue(), 3)
			assert.True(t, e.Inputs["privateDnsEnabled"].BoolValue())
			assert.Equal(t, groupType+"::main-endpoints", e.Inputs["securityGroupIds"].ArrayValue()[0].StringValue())
		default:
			assert.Fail(t, "unknown endpoint type", "%s", e.URN)
		}
	}
	slices.Sort(services)
	assert.Equal(t, []string{
		"com.amazonaws.us-east-1.dynamodb", "com.amazonaws.us-east-1.ecr.api", "com.amazonaws.us-east-1.ecr.dkr",
		"com.amazonaws.us-east-1.logs", "com.amazonaws.us-east-1.s3", "com.amazonaws.us-east-1.ssm",
		"com.amazonaws.us-east-1.ssmmessages", "com.amazonaws.us-east-1.sts",
	}, services)

	r = run(t, &Args{Network: spec.Network{Endpoints: spec.Endpoints{Disabled: true}}})
	assert.Len(t, r.OfType(endpointType), 2, "those that cost nothing remain")
	assert.Empty(t, r.OfType(groupType))

	r = run(t, &Args{Network: spec.Network{Endpoints: spec.Endpoints{Services: []string{"kms"}}}})
	assert.Len(t, r.OfType(endpointType), 3)
}
