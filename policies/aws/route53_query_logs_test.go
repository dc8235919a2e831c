package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRoute53QueryLogs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, Route53QueryLogs, []policytest.Case{
		{Name: "of a VPC", Resources: policytest.One(zoneType, props{"vpcs": []any{props{"vpcId": "vpc-1"}}}), Want: policytest.Pass()},
		{Name: "not known whether of a VPC", Resources: policytest.One(zoneType, props{"vpcs": policytest.Unknown}), Want: policytest.Undetermined(".vpcs")},
		{Name: "the log of another", Resources: []policytest.Resource{
			{Name: "site", Type: zoneType}, {Name: "log", Type: queryLogType, Properties: props{"zoneId": "Z2"}},
		}, Want: policytest.Fail("no log of queries")},
	}...)
}
