package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRoute53DNSSEC(t *testing.T) {
	t.Parallel()
	site := policytest.Resource{Name: "site", Type: zoneType}
	signing := func(status any) policytest.Resource {
		return policytest.Resource{Name: "signed", Type: zoneSigningType, Properties: props{
			"hostedZoneId": policytest.Ref("site"), "signingStatus": status,
		}}
	}
	policytest.Run(t, Route53DNSSEC, []policytest.Case{
		{Name: "of a VPC", Resources: policytest.One(zoneType, props{"vpcs": []any{props{"vpcId": "vpc-1"}}}), Want: policytest.Pass()},
		{Name: "not signed", Resources: []policytest.Resource{site, signing("NOT_SIGNING")}, Want: policytest.Fail("not signed")},
		{Name: "not known", Resources: []policytest.Resource{site, signing(policytest.Unknown)}, Want: policytest.Undetermined("signingStatus")},
	}...)
}
