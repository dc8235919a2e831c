package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2S3Endpoint advises stacks with a NAT gateway to reach S3 past it, by a gateway endpoint.
var EC2S3Endpoint = policy.Policy{
	ID:       "aws-ec2-s3-endpoint",
	Title:    "Networks with a NAT gateway should have an endpoint for S3.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Images, packages, logs and backups are in S3, and a NAT gateway charges for each GiB to it. Expected effect: 0.045 " +
		"USD less for each GB in us-east-1 (Amazon VPC pricing); a gateway endpoint costs nothing.",
	Remediation: "Add an aws:ec2/vpcEndpoint:VpcEndpoint for com.amazonaws.REGION.s3 of the type Gateway, with the route tables " +
		"of the private subnets.",
	Controls: frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:     []string{"optimization", "cost"},
	Peers:    []string{"AWS Config SERVICE_VPC_ENDPOINT_ENABLED"},
	Bad: []policy.Example{
		{Name: "out", Type: natGatewayType, Properties: props{"subnetId": "subnet-a"}},
	},
	Good: []policy.Example{
		{Name: "out", Type: natGatewayType, Properties: props{"subnetId": "subnet-a"}},
		{Name: "objects", Type: vpcEndpointType, Properties: props{
			"vpcId": "vpc-1", "serviceName": "com.amazonaws.eu-west-1.s3", "routeTableIds": []any{"rtb-1"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Gateways  policy.Resources[struct{}]        `pulumi:"aws:ec2/natGateway:NatGateway"`
			Endpoints policy.Resources[serviceEndpoint] `pulumi:"aws:ec2/vpcEndpoint:VpcEndpoint"`
		}) {
			first := firstOf(stack.Gateways)
			stack.Gateways.Each(func(g policy.Resource[struct{}]) {
				if g.URN() == first && !stack.Endpoints.Any(endpointOfS3) {
					r.Fail(g.Node, "What is meant for S3 goes by it.")
				}
			})
		}),
	},
}

type serviceEndpoint struct {
	Service policy.Value[string] `pulumi:"serviceName"`
	Type    policy.Value[string] `pulumi:"vpcEndpointType"`
}

// endpointOfS3 reports whether it is a gateway endpoint for S3. Endpoints are gateways by default.
func endpointOfS3(e policy.Resource[serviceEndpoint]) bool {
	return policy.AllOf(
		func() bool { return e.Props.Type.Or("Gateway") == "Gateway" },
		func() bool { return strings.HasSuffix(e.Props.Service.Get(), ".s3") },
	)
}
