package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSEndpointNotOpen(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSEndpointNotOpen, []policytest.Case{
		{Name: "to the office", Resources: policytest.One(clusterType, props{"vpcConfig": props{"publicAccessCidrs": []any{"203.0.113.0/24"}}}), Want: policytest.Pass()},
		{Name: "to halves of the internet", Resources: policytest.One(clusterType, props{"vpcConfig": props{"endpointPublicAccess": true, "publicAccessCidrs": []any{"0.0.0.0/1", "128.0.0.0/1"}}}), Want: policytest.Fail("0.0.0.0/1")},
		{Name: "ranges not known yet", Resources: policytest.One(clusterType, props{"vpcConfig": props{"publicAccessCidrs": policytest.Unknown}}), Want: policytest.Undetermined(".publicAccessCidrs")},
		{Name: "private, whatever the ranges", Resources: policytest.One(clusterType, props{"vpcConfig": props{"endpointPublicAccess": false, "publicAccessCidrs": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "to nobody by name, which is everybody", Resources: policytest.One(clusterType, props{"vpcConfig": props{"publicAccessCidrs": []any{}}}), Want: policytest.Fail("open to everybody.")},
		{Name: "nothing said", Resources: policytest.One(clusterType, props{"vpcConfig": props{}}), Want: policytest.Fail("open to everybody.")},
	}...)
	policytest.RunRemediations(t, EKSEndpointNotOpen,
		policytest.Remediation{Name: "open", Type: clusterType, Properties: props{"vpcConfig": props{"endpointPrivateAccess": false}}, Want: props{"vpcConfig": props{"endpointPrivateAccess": true, "endpointPublicAccess": false}}},
	)
}
