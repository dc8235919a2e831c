package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2DefaultVPCUnused(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2DefaultVPCUnused, []policytest.Case{
		{Name: "no network", Resources: policytest.One(bucketV2Type, nil), Want: policytest.NotApplicable()},
		{Name: "beside another", Resources: []policytest.Resource{{Name: "own", Type: vpcType}, {Name: "default", Type: defaultVPCType}}, Want: policytest.Fail("takes over")},
	}...)
}
