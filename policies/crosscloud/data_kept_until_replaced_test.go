package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDataKeptUntilReplaced(t *testing.T) {
	t.Parallel()
	replaced := func(token string, properties props, protect bool) []policytest.Resource {
		return []policytest.Resource{{Type: token, Properties: properties, Protect: protect, DeleteBeforeReplace: true}}
	}
	const want = "nothing protects it"
	policytest.Run(t, DataKeptUntilReplaced,
		policytest.Case{Name: "default", Resources: policytest.One(fileSystemType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "file system", Resources: replaced(fileSystemType, nil, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "protected", Resources: replaced(fileSystemType, nil, true), Want: policytest.Pass()},
		policytest.Case{Name: "bucket", Resources: replaced(gcpBucketType, nil, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "database", Resources: replaced(rdsClusterType, props{"deletionProtection": true}, false), Want: policytest.Pass()},
		policytest.Case{Name: "unprotected database", Resources: replaced(rdsInstanceType, props{"deletionProtection": false}, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "replica", Resources: replaced(rdsInstanceType, props{"replicateSourceDb": policytest.Unknown}, false), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: replaced(sqlInstanceType, props{"deletionProtection": policytest.Unknown}, false),
			Want: policytest.Undetermined(".deletionProtection")},
		policytest.Case{Name: "table", Resources: replaced(tableType, props{"deletionProtectionEnabled": true}, false), Want: policytest.Pass()},
		policytest.Case{Name: "holds no data", Resources: replaced("aws:ec2/subnet:Subnet", nil, false), Want: policytest.NotApplicable()},
	)
}
