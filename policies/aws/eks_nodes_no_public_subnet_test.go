package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSNodesNoPublicSubnet(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSNodesNoPublicSubnet,
		policytest.Case{Name: "subnets elsewhere", Resources: policytest.One(nodeGroupType, props{"subnetIds": []any{"subnet-0a1b"}}), Want: policytest.Pass()},
		policytest.Case{Name: "subnets not known yet", Resources: policytest.One(nodeGroupType, props{"subnetIds": policytest.Unknown}), Want: policytest.Undetermined(".subnetIds")},
	)
}
