package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSNodeSSHLimited(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSNodeSSHLimited, []policytest.Case{
		{Name: "no SSH", Resources: policytest.One(nodeGroupType, props{"clusterName": "shop"}), Want: policytest.Pass()},
		{Name: "no key", Resources: policytest.One(nodeGroupType, nodes(props{})), Want: policytest.Pass()},
		{Name: "from no groups", Resources: policytest.One(nodeGroupType, nodes(props{"ec2SshKey": "ops", "sourceSecurityGroupIds": []any{}})), Want: policytest.Fail("from everywhere")},
		{Name: "from groups that are not known yet", Resources: policytest.One(nodeGroupType, nodes(props{"ec2SshKey": "ops", "sourceSecurityGroupIds": policytest.Unknown})), Want: policytest.Undetermined(".remoteAccess")},
		{Name: "from a group that is not known yet", Resources: policytest.One(nodeGroupType, nodes(props{"ec2SshKey": "ops", "sourceSecurityGroupIds": []any{policytest.Unknown}})), Want: policytest.Pass()},
	}...)
}
