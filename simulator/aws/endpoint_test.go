package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	endpointToken = "aws:ec2/vpcEndpoint:VpcEndpoint"
	sts           = "com.amazonaws.us-west-2.sts"
	s3            = "com.amazonaws.us-west-2.s3"
)

func endpointCases() []simulatortest.Case {
	endpoint := func(in inputs) func(*world) error { return making(endpointToken, inVPC(in)) }
	private := inputs{"serviceName": sts, "vpcEndpointType": "Interface", "privateDnsEnabled": true}
	inZones := func(zones ...string) func(*world) error {
		return making(endpointToken, func(w *world) inputs {
			v := vpc(w)
			var subnets []any
			for i, zone := range zones {
				subnets = append(subnets, subnet(w, v, fmt.Sprintf("10.0.%d.0/24", i), zone).ID())
			}
			return inputs{"vpcId": v.ID(), "serviceName": sts, "vpcEndpointType": "Interface", "subnetIds": subnets}
		})
	}
	second := func(first, change inputs) func(*world) error {
		return making(endpointToken, func(w *world) inputs {
			v := vpc(w)
			in := with(first, inputs{"vpcId": v.ID()})
			if first["serviceName"] == s3 {
				in["routeTableIds"] = []any{table(w, v, "t").ID()}
			}
			w.Create(endpointToken, "first", in)
			return with(in, change)
		})
	}
	tableOf := func(of func(*world) thing) func(*world) error {
		return making(endpointToken, func(w *world) inputs {
			v := of(w)
			return inputs{"vpcId": vpcCalled(w), "serviceName": s3, "routeTableIds": []any{table(w, v, "t").ID()}}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-endpoint-region", Code: "InvalidServiceName", Text: "'com.amazonaws.eu-west-1.s3' does not exist",
			Fails: endpoint(inputs{"serviceName": "com.amazonaws.eu-west-1.s3"}), Passes: endpoint(inputs{"serviceName": s3}),
		},
		{
			ID: "aws-endpoint-gateway-services", Code: "InvalidParameter", Text: "does not match available service types",
			Fails: endpoint(inputs{"serviceName": sts}), Passes: endpoint(inputs{"serviceName": "com.amazonaws.us-west-2.dynamodb"}),
		},
		{
			ID: "aws-endpoint-one-subnet-per-zone", Code: "DuplicateSubnetsInSameZone", Text: "different availability zones",
			Fails: inZones("a", "b", "a"), Passes: inZones("a", "b", "c"),
		},
		{
			ID: "aws-endpoint-same-network", Code: "InvalidParameter", Text: "does not belong to the VPC",
			Fails: tableOf(func(w *world) thing {
				vpc(w)
				return otherVPC(w)
			}),
			Passes: tableOf(vpc),
		},
		{
			ID: "aws-endpoint-private-dns-needs-vpc-dns", Code: "InvalidParameter", Text: "requires both enableDnsSupport",
			Fails:  making(endpointToken, func(w *world) inputs { return with(private, inputs{"vpcId": otherVPC(w).ID()}) }),
			Passes: endpoint(private),
		},
		{
			ID: "aws-endpoint-private-dns-taken", Code: "InvalidParameter",
			Text:   "already a conflicting DNS domain for sts.us-west-2.amazonaws.com in the VPC vpc-",
			Fails:  second(private, nil),
			Passes: second(private, inputs{"privateDnsEnabled": false}),
		},
		{
			ID: "aws-route-exists", Code: "RouteAlreadyExists", Text: "The route identified by pl-",
			Fails:  second(inputs{"serviceName": s3}, nil),
			Passes: second(inputs{"serviceName": s3}, inputs{"serviceName": "com.amazonaws.us-west-2.dynamodb"}),
		},
		{
			ID: "L-1B52E74A", Code: "VpcEndpointLimitExceeded", Text: "maximum number of VPC endpoints",
			Quotas: map[string]int{"L-1B52E74A": 1},
			Fails:  second(inputs{"serviceName": s3}, inputs{"serviceName": "com.amazonaws.us-west-2.dynamodb"}),
			Passes: endpoint(inputs{"serviceName": s3}),
		},
		{
			ID: "L-29B6F2EB", Code: "VpcEndpointLimitExceeded", Text: "maximum number of VPC endpoints",
			Quotas: map[string]int{"L-29B6F2EB": 1},
			Fails:  second(private, inputs{"serviceName": "com.amazonaws.us-west-2.ssm"}),
			Passes: endpoint(private),
		},
	}
}

// vpcCalled returns the id of the VPC called vpc.
func vpcCalled(w *world) string { return thingCalled(w, vpcToken, "vpc").ID() }
