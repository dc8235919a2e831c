package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDataProtected(t *testing.T) {
	t.Parallel()
	one := policytest.One
	policytest.Run(t, DataProtected,
		policytest.Case{Name: "bucket", Resources: one(spacesBucketType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "bucket that is emptied", Resources: one(gcpBucketType, props{"forceDestroy": true}), Want: policytest.Fail("sets forceDestroy")},
		policytest.Case{Name: "not known", Resources: one(oldBucketType, props{"forceDestroy": policytest.Unknown}), Want: policytest.Undetermined(".forceDestroy")},
		policytest.Case{Name: "protected anyway", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Type: gcpBucketType, Properties: props{"forceDestroy": true}, Protect: true},
		}},
		policytest.Case{Name: "storage account", Resources: one(storageAccountType, nil), Want: policytest.Fail("no option protect")},
		policytest.Case{Name: "protected storage account", Resources: []policytest.Resource{{Type: storageAccountType, Protect: true}}, Want: policytest.Pass()},
		policytest.Case{Name: "off by default", Resources: one(neptuneClusterType, nil), Want: policytest.Fail("neither the option")},
		policytest.Case{Name: "switched on", Resources: one(docDBClusterType, props{"deletionProtection": true}), Want: policytest.Pass()},
		policytest.Case{Name: "on by default", Resources: one(sqlInstanceType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "switched off", Resources: one(bigQueryTableType, props{"deletionProtection": false}), Want: policytest.Fail("to false")},
		policytest.Case{Name: "disk", Resources: one(azureDiskType, nil), Want: policytest.NotApplicable()},
		policytest.Case{Name: "has a policy of its own", Resources: one(rdsInstanceType, nil), Want: policytest.NotApplicable()},
	)
}
