package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRegionsAllowed(t *testing.T) {
	t.Parallel()
	one := policytest.One
	config := props{"allowed": []any{"eu-*", "West Europe", "europe-west1", "EU", "fra1"}}
	run := func(name, token string, properties props, want policytest.Answer) {
		policytest.Run(t, RegionsAllowed, policytest.Case{Name: name, Resources: one(token, properties), Config: config, Want: want})
	}
	policytest.Run(t, RegionsAllowed,
		policytest.Case{Name: "not configured", Resources: one(awsProviderType, props{"region": "us-east-1"}), Want: policytest.NotApplicable()})
	run("AWS", awsProviderType, props{"region": "eu-west-1"}, policytest.Pass())
	run("AWS elsewhere", awsProviderType, props{"region": "us-east-1"}, policytest.Fail("It is in us-east-1, and not in a region like: eu-*, "))
	run("AWS by its environment", awsProviderType, nil, policytest.Pass())
	run("provider of Google Cloud", gcpProviderType, props{"region": "us-east1"}, policytest.Fail("us-east1"))
	run("provider of Azure", azureProviderType, props{"location": "East US"}, policytest.Fail("eastus"))
	run("of AWS", bucketType, props{"region": "us-east-1"}, policytest.NotApplicable())
	run("another cloud", "kubernetes:core/v1:Pod", props{"location": "moon"}, policytest.NotApplicable())
	run("Azure", storageAccountType, props{"location": "West Europe"}, policytest.Pass())
	run("Azure elsewhere", storageAccountType, props{"location": "East US"}, policytest.Fail("eastus"))
	run("everywhere", "azure-native:network:Zone", props{"location": "Global"}, policytest.Pass())
	run("zone", gcpDiskType, props{"zone": "europe-west1-b"}, policytest.Pass())
	run("zone elsewhere", gcpDiskType, props{"zone": "europe-west10-b"}, policytest.Fail("europe-west10,"))
	run("several regions", gcpBucketType, props{"location": "eu"}, policytest.Pass())
	run("several regions elsewhere", gcpBucketType, props{"location": "US"}, policytest.Fail("in us,"))
	run("DigitalOcean", dropletType, props{"region": "fra1"}, policytest.Pass())
	run("DigitalOcean elsewhere", dropletType, props{"region": "nyc3"}, policytest.Fail("nyc3"))
	run("no place", gcpDiskType, props{"location": []any{"US"}, "region": props{"a": "b"}, "zone": 1}, policytest.Pass())
	run("not known", dropletType, props{"region": policytest.Unknown}, policytest.Undetermined(".region"))
}
