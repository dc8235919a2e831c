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
		"com.amazonaws.us-east-1.guardduty-data", "com.amazonaws.us-east-1.logs", "com.amazonaws.us-east-1.s3", "com.amazonaws.us-east-1.ssm",
		"com.amazonaws.us-east-1.ssmmessages", "com.amazonaws.us-east-1.sts",
	}, services)

	r = run(t, &Args{Network: spec.Network{NAT: spec.NATNone}})
	for _, name := range []string{"ec2", "monitoring"} { // without them nobody hears of memory and disks
		assert.Equal(t, "com.amazonaws.us-east-1."+name, text(named(t, r, endpointType, "main-"+name), "serviceName"))
	}

	r = run(t, &Args{Network: spec.Network{Endpoints: spec.Endpoints{Disabled: true}}})
	assert.Len(t, r.OfType(endpointType), 3, "those that cost nothing remain")

	r = run(t, &Args{Network: spec.Network{Endpoints: spec.Endpoints{Disabled: true}}, NoAgentEndpoint: true})
	assert.Len(t, r.OfType(endpointType), 2)
	assert.Empty(t, r.OfType(groupType))

	r = run(t, &Args{Network: spec.Network{Endpoints: spec.Endpoints{Services: []string{"kms"}}}})
	assert.Len(t, r.OfType(endpointType), 4)
}

// GuardDuty makes an endpoint of its own, which no state knows, unless ours is there for the machines that it watches.
func TestAgentEndpoint(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]*Args{
		"default": nil, "charged ones off": {Network: spec.Network{Endpoints: spec.Endpoints{Disabled: true}}},
	} {
		r := run(t, args)
		endpoint := named(t, r, endpointType, "main-guardduty-data")
		assert.Equal(t, "com.amazonaws.us-east-1.guardduty-data", text(endpoint, "serviceName"), name)
		assert.True(t, endpoint.Inputs["privateDnsEnabled"].BoolValue(), "the agents ask for the private name")
		assert.Len(t, endpoint.Inputs["subnetIds"].ArrayValue(), 3)
		assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
			{"Sid":"All","Effect":"Allow","Principal":"*","Action":["*"],"Resource":["*"]},
			{"Sid":"NoOtherAccount","Effect":"Deny","Principal":"*","Action":["*"],"Resource":["*"],
				"Condition":{"StringNotEquals":{"aws:PrincipalAccount":"123456789012"}}}]}`, text(endpoint, "policy"))
	}
}
