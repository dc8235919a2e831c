package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// named is one resource with a name.
func named(name, token string, properties props) []policytest.Resource {
	return []policytest.Resource{{Name: name, Type: token, Properties: properties}}
}

func TestEC2VPCFlowLogs(t *testing.T) {
	t.Parallel()
	vpc := func(name string) policytest.Resource {
		return named(name, vpcType, props{"cidrBlock": "10.0.0.0/16"})[0]
	}
	logOn := func(vpcID any, traffic any) policytest.Resource {
		return named("log", flowLogType, props{"vpcId": vpcID, "trafficType": traffic, "logDestination": "arn:aws:s3:::logs"})[0]
	}
	resources := func(rs ...policytest.Resource) []policytest.Resource { return rs }
	missing := "It has no flow log with the trafficType ALL or REJECT."

	policytest.Run(t, EC2VPCFlowLogs,
		policytest.Case{Name: "no VPC", Resources: group(), Want: policytest.NotApplicable()},
		policytest.Case{Name: "no flow log", Resources: resources(vpc("main")), Want: policytest.Fail(missing)},
		policytest.Case{
			Name:      "a flow log of all traffic",
			Resources: resources(vpc("main"), logOn(policytest.Ref("main"), "ALL")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "a flow log of rejected traffic",
			Resources: resources(vpc("main"), logOn(policytest.Ref("main"), "REJECT")),
			Want:      policytest.Pass(),
		},
		policytest.Case{
			Name:      "a flow log of accepted traffic only",
			Resources: resources(vpc("main"), logOn(policytest.Ref("main"), "ACCEPT")),
			Want:      policytest.Fail(missing),
		},
		policytest.Case{
			Name:      "a flow log of another VPC",
			Resources: resources(vpc("main"), vpc("other"), logOn(policytest.Ref("other"), "ALL")),
			Want:      policytest.Fail(missing),
		},
		policytest.Case{
			Name:      "a flow log of a VPC elsewhere",
			Resources: resources(vpc("main"), logOn("vpc-0123456789abcdef0", "ALL")),
			Want:      policytest.Fail(missing),
		},
		policytest.Case{
			Name: "a flow log of a subnet",
			Resources: resources(vpc("main"),
				named("private", "aws:ec2/subnet:Subnet", props{"vpcId": policytest.Ref("main")})[0],
				named("log", flowLogType, props{"subnetId": policytest.Ref("private"), "trafficType": "ALL"})[0]),
			Want: policytest.Fail(missing),
		},
		policytest.Case{
			Name:      "a flow log of a VPC that is not known yet",
			Resources: resources(vpc("main"), logOn(policytest.Unknown, "ALL")),
			Want:      policytest.Undetermined(".vpcId"),
		},
		policytest.Case{
			Name:      "a flow log of traffic that is not known yet",
			Resources: resources(vpc("main"), logOn(policytest.Ref("main"), policytest.Unknown)),
			Want:      policytest.Undetermined(".trafficType"),
		},
		policytest.Case{
			Name:      "what is unknown of one flow log does not matter if another will do",
			Resources: resources(vpc("main"), logOn(policytest.Ref("main"), "ALL"), named("second", flowLogType, props{"vpcId": policytest.Unknown, "trafficType": "ALL"})[0]),
			Want:      policytest.Pass(),
		},
	)
}
