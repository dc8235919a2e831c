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

// TestWhatHoldsData: the types that it is about, with what is wrong with them.
func TestWhatHoldsData(t *testing.T) {
	t.Parallel()
	var cases []policytest.Case
	for _, kind := range []struct {
		properties props
		says       string
		types      []string
	}{
		{props{"forceDestroy": true}, "sets forceDestroy", []string{bucketType, oldBucketType, gcpBucketType, spacesBucketType}},
		{nil, "no protection from deletion", []string{
			fileSystemType, redshiftClusterType, searchDomainType, storageAccountType, azurePostgresType, filestoreType, doDatabaseType,
		}},
		{nil, "neither the option", []string{neptuneClusterType, docDBClusterType}},
		{props{"deletionProtection": false}, "to false", []string{sqlInstanceType, spannerDatabaseType, bigtableType, bigQueryTableType}},
	} {
		for _, token := range kind.types {
			cases = append(cases, policytest.Case{Name: token, Resources: policytest.One(token, kind.properties), Want: policytest.Fail(kind.says)})
		}
	}
	policytest.Run(t, DataProtected, cases...)
}
