package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBFirewall(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBFirewall, []policytest.Case{
		{Name: "internal", Resources: policytest.One(loadBalancerType, props{"internal": true}), Want: policytest.Pass()},
		{Name: "for TCP", Resources: policytest.One(albLoadBalancerType, props{"loadBalancerType": "network"}), Want: policytest.Pass()},
		{Name: "whether internal is not known yet", Resources: policytest.One(loadBalancerType, props{"internal": policytest.Unknown}), Want: policytest.Undetermined(".internal")},

		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:lb/loadBalancer:LoadBalancer"}, {Name: "other", Type: "aws:wafv2/webAclAssociation:WebAclAssociation", Properties: props{"resourceArn": policytest.Unknown}},
		}, Want: policytest.Undetermined(".resourceArn")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:lb/loadBalancer:LoadBalancer"}, {Name: "other", Type: "aws:wafv2/webAclAssociation:WebAclAssociation", Properties: props{"resourceArn": "another"}},
		}, Want: policytest.Fail("No web firewall is in front of")},
	}...)
}
