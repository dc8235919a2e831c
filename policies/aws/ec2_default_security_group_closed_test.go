package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2DefaultSecurityGroupClosed(t *testing.T) {
	t.Parallel()
	vpc := named("main", vpcType, props{"cidrBlock": "10.0.0.0/16"})[0]
	taking := func(vpcID any, ingress, egress any) policytest.Resource {
		return named("closed", defaultSecurityGroupType, props{"vpcId": vpcID, "ingress": ingress, "egress": egress})[0]
	}
	resources := func(rs ...policytest.Resource) []policytest.Resource { return rs }
	main := policytest.Ref("main")
	rules := []any{props{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": true}}

	policytest.Run(t, EC2DefaultSecurityGroupClosed,
		policytest.Case{Name: "no VPC", Resources: group(), Want: policytest.NotApplicable()},
		policytest.Case{Name: "left to AWS", Resources: resources(vpc), Want: policytest.Fail("as AWS made it")},
		policytest.Case{Name: "closed", Resources: resources(vpc, taking(main, nil, nil)), Want: policytest.Pass()},
		policytest.Case{Name: "closed by empty lists", Resources: resources(vpc, taking(main, []any{}, []any{})), Want: policytest.Pass()},
		policytest.Case{Name: "ingress", Resources: resources(vpc, taking(main, rules, nil)), Want: policytest.Fail("It has rules")},
		policytest.Case{Name: "egress", Resources: resources(vpc, taking(main, nil, rules)), Want: policytest.Fail("It has rules")},
		policytest.Case{
			Name:      "of the account's default VPC",
			Resources: resources(vpc, taking(nil, nil, nil)),
			Want:      policytest.Fail("as AWS made it"),
		},
		policytest.Case{
			Name:      "of another VPC",
			Resources: resources(vpc, taking("vpc-1", nil, nil)),
			Want:      policytest.Fail("as AWS made it"),
		},
		policytest.Case{
			Name:      "rules not known yet",
			Resources: resources(vpc, taking(main, policytest.Unknown, nil)),
			Want:      policytest.Undetermined(".ingress"),
		},
		policytest.Case{
			Name:      "egress shows, whatever the ingress",
			Resources: resources(vpc, taking(main, policytest.Unknown, rules)),
			Want:      policytest.Fail("It has rules"),
		},
		policytest.Case{
			Name:      "of a VPC that is not known yet",
			Resources: resources(vpc, taking(policytest.Unknown, nil, nil)),
			Want:      policytest.Undetermined(".vpcId"),
		},
		policytest.Case{
			Name:      "without a VPC in the stack",
			Resources: policytest.One(defaultSecurityGroupType, props{"ingress": rules}),
			Want:      policytest.Fail("It has rules"),
		},
	)
}
