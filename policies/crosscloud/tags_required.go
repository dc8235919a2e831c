package crosscloud

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// TagsRequired wants what costs money or holds data to have the tags that are configured. Without any, it asks nothing.
var TagsRequired = policy.Policy{
	ID:       "any-tags-required",
	Title:    "Resources should have the tags agreed on.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Tags say whose a resource is: whom to ask before it is deleted, whom to wake when it fails, and who pays for " +
		"it. What nobody knows the owner of, is kept forever, and patched by nobody.",
	Remediation: "Tag the resource (labels on Google Cloud), best once for all: by defaultTags or defaultLabels of the " +
		"provider, or by a transformation.",
	Controls: frameworks.Controls{SOC2: "CC2.1 C1.1", ISO27001: "A.5.9 A.5.12 A.5.13"}.List(),
	Tags:     []string{"security", "governance", "tags"},
	Peers:    []string{"AWS Config REQUIRED_TAGS"},
	Config:   tagSettings{},
	ExampleConfig: props{
		"keys": []any{"owner", "cost-center"},
	},
	Bad: []policy.Example{
		{Name: "invoices", Type: bucketType, Properties: props{"tags": props{"owner": "billing"}}},
	},
	Good: []policy.Example{
		{Name: "invoices", Type: bucketType, Properties: props{"tags": props{"owner": "billing", "cost-center": "4711"}}},
	},
	Rules: tagRules(),
}

type tagSettings struct {
	Keys []string `pulumi:"keys" min:"1" description:"The tags that must be there, as owner and cost-center; capitals, hyphens and underscores do not matter."`
}

// tagRules are rules for types that can be tagged, by the property that holds the tags.
func tagRules() []policy.Rule {
	var rules []policy.Rule
	for _, token := range []string{
		bucketType, instanceType, volumeType, fileSystemType, rdsInstanceType, rdsClusterType, tableType, eksClusterType, functionType,
		storageAccountType, azureDiskType, azureMachineType, azureScaleSetType, azurePostgresType, azureVaultType,
		recoveryVaultType, azureClusterType, dropletType, doVolumeType, doDatabaseType, doClusterType,
	} {
		rules = append(rules, policy.On(token, func(r *policy.Report, p struct {
			Tags policy.Value[any] `pulumi:"tags"`
		}) {
			checkTags(r, p.Tags)
		}))
	}
	for _, token := range []string{
		gcpBucketType, gcpDiskType, gcpMachineType, bigtableType, filestoreType, runServiceType, cloudFunctionType,
	} {
		rules = append(rules, policy.On(token, func(r *policy.Report, p struct {
			Labels policy.Value[any] `pulumi:"labels"`
		}) {
			checkTags(r, p.Labels)
		}))
	}
	return append(rules,
		policy.On(gkeClusterType, func(r *policy.Report, p struct {
			Labels policy.Value[any] `pulumi:"resourceLabels"`
		}) {
			checkTags(r, p.Labels)
		}),
		policy.On(sqlInstanceType, func(r *policy.Report, p struct {
			Settings policy.Value[struct {
				Labels policy.Value[any] `pulumi:"userLabels"`
			}] `pulumi:"settings"`
		}) {
			checkTags(r, p.Settings.Get().Labels)
		}))
}

// checkTags checks a resource's tags, with those that its provider adds.
func checkTags(r *policy.Report, own policy.Value[any]) {
	required := policy.Settings[tagSettings](r).Keys
	if len(required) == 0 {
		r.NotApplicable("no tags are configured")
	}
	all := tags{}
	all.add(own.Get())
	all.addDefaults(r.Resource())
	var missing []string
	for _, key := range required {
		if _, there := all[tagKey(key)]; !there {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		r.Fail("It lacks the tags: %s.", strings.Join(missing, ", "))
	}
}
