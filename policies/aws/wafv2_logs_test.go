package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestWAFv2Logs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, WAFv2Logs, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:wafv2/webAcl:WebAcl"}, {Name: "other", Type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", Properties: props{"resourceArn": policytest.Unknown}},
		}, Want: policytest.Undetermined(".resourceArn")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:wafv2/webAcl:WebAcl"}, {Name: "other", Type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", Properties: props{"resourceArn": "another"}},
		}, Want: policytest.Fail("It keeps no log.")},
	}...)
}
