package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestTagsRequired(t *testing.T) {
	t.Parallel()
	one := policytest.One
	keys := props{"keys": []any{"owner", "CostCenter"}}
	provided := func(defaults any) []policytest.Resource {
		return []policytest.Resource{{Type: volumeType, Properties: props{"tags": props{"Owner": "ann"}}, Provider: props{"defaultTags": defaults}}}
	}
	policytest.Run(t, TagsRequired,
		policytest.Case{Name: "not configured", Resources: one(dropletType, nil), Want: policytest.NotApplicable()},
		policytest.Case{Name: "none", Resources: one(dropletType, nil), Config: keys, Want: policytest.Fail("owner, CostCenter")},
		policytest.Case{Name: "words", Resources: one(dropletType, props{"tags": []any{"owner", "costcenter"}}), Config: keys, Want: policytest.Pass()},
		policytest.Case{Name: "those configured", Resources: one(dropletType, props{"tags": []any{"owner:ann", "cost-center:1"}}), Config: keys, Want: policytest.Pass()},
		policytest.Case{Name: "one is not there", Resources: one(gcpBucketType, props{"labels": props{"owner": "ann"}}), Config: keys,
			Want: policytest.Fail("It lacks the tags: CostCenter.")},
		policytest.Case{Name: "all are not there", Resources: one(azureDiskType, nil), Config: keys, Want: policytest.Fail("owner, CostCenter")},
		policytest.Case{Name: "however written", Resources: one(gkeClusterType, props{"resourceLabels": props{"owner": "a", "cost_center": "1"}}), Config: keys, Want: policytest.Pass()},
		policytest.Case{Name: "not on the cluster", Resources: one(gkeClusterType, nil), Config: keys, Want: policytest.Fail("owner, CostCenter")},
		policytest.Case{Name: "deep", Resources: one(sqlInstanceType, props{"settings": props{"userLabels": props{"owner": "b", "costcenter": "c"}}}), Config: keys, Want: policytest.Pass()},
		policytest.Case{Name: "not deep enough", Resources: one(sqlInstanceType, nil), Config: keys, Want: policytest.Fail("owner, CostCenter")},
		policytest.Case{Name: "of the provider", Resources: provided(`{"tags":{"cost-center":"1"}}`), Config: keys, Want: policytest.Pass()},
		policytest.Case{Name: "labels of the provider", Config: keys, Want: policytest.Pass(), Resources: []policytest.Resource{
			{Type: gcpDiskType, Provider: props{"defaultLabels": `{"owner":"ann","cost-center":"1"}`}},
		}},
		policytest.Case{Name: "others of the provider", Resources: provided(`{"tags":{"team":"1"}}`), Config: keys, Want: policytest.Fail("CostCenter")},
		policytest.Case{Name: "no JSON", Resources: provided("{"), Config: keys, Want: policytest.Fail("CostCenter")},
		policytest.Case{Name: "not known at the provider", Resources: provided(policytest.Unknown), Config: keys, Want: policytest.Undetermined()},
		policytest.Case{Name: "not known", Resources: one(bucketType, props{"tags": policytest.Unknown}), Config: keys, Want: policytest.Undetermined(".tags")},
	)
}

// TestTaggedTypes: the property that holds the tags of a type is not known, and with it whether they are there.
func TestTaggedTypes(t *testing.T) {
	t.Parallel()
	var cases []policytest.Case
	for property, tokens := range map[string][]string{
		"tags": {
			bucketType, instanceType, volumeType, fileSystemType, rdsInstanceType, rdsClusterType, tableType, eksClusterType, functionType,
			storageAccountType, azureDiskType, azureMachineType, azureScaleSetType, azurePostgresType, azureVaultType,
			recoveryVaultType, azureClusterType, dropletType, doVolumeType, doDatabaseType, doClusterType,
		},
		"labels": {gcpBucketType, gcpDiskType, gcpMachineType, bigtableType, filestoreType, runServiceType, cloudFunctionType},
	} {
		for _, token := range tokens {
			cases = append(cases, policytest.Case{Name: token, Resources: policytest.One(token, props{property: policytest.Unknown}),
				Config: props{"keys": []any{"owner"}}, Want: policytest.Undetermined("." + property)})
		}
	}
	policytest.Run(t, TagsRequired, cases...)
}
