package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3LifecycleTiers advises to move what is kept for long to cheaper storage. Its setting "days" replaces 180 by another
// time.
var S3LifecycleTiers = policy.Policy{
	ID:       "aws-s3-lifecycle-tiers",
	Title:    "Objects that are kept for long should move to cheaper storage.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A rule that deletes after a year says that nobody reads most of it for months. Expected effect: with " +
		"Intelligent-Tiering, 40 % lower storage cost for what is not read for 30 days and 68 % after 90 (AWS Well-Architected " +
		"Labs, \"S3 Intelligent-Tiering\").",
	Remediation: "Add a transition to INTELLIGENT_TIERING, STANDARD_IA or GLACIER_IR to the rule.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6 A.8.10"}.List(),
	Tags:        []string{"optimization", "cost", "retention"},
	Bad: []policy.Example{
		{Name: "ages", Type: bucketLifecycleType, Properties: props{
			"bucket": "reports", "rules": []any{props{"id": "old", "status": "Enabled", "expiration": props{"days": 730}}},
		}},
	},
	Good: []policy.Example{
		{Name: "ages", Type: bucketLifecycleType, Properties: props{
			"bucket": "reports", "rules": []any{props{
				"id": "old", "status": "Enabled", "expiration": props{"days": 730},
				"transitions": []any{props{"days": 30, "storageClass": "INTELLIGENT_TIERING"}},
			}},
		}},
	},
	Config: longKept{Days: 180},
	Rules: []policy.Rule{
		policy.On(bucketLifecycleType, checkTiers),
		policy.On(bucketLifecycleTypeV7, checkTiers),
	},
}

// longKept are the policy's settings.
type longKept struct {
	Days int `pulumi:"days" min:"1" description:"How many days objects may stay in the storage that they were put into."`
}

func checkTiers(r *policy.Report, l agingObjects) {
	if l.Rules.Any(func(rule agingRule) bool { return rule.Transitions.Len() > 0 }) {
		return
	}
	longest := policy.Settings[longKept](r).Days
	l.Rules.Each(func(i int, rule agingRule) {
		if days := rule.Expiration.Get().Days; rule.Status.Get() == "Enabled" && days.Get() > longest {
			r.Fail("By its rule %d, objects stay in the dearest storage for %v days.", i, days)
		}
	})
}

type agingObjects struct {
	Rules policy.List[agingRule] `pulumi:"rules"`
}

type agingRule struct {
	Status      policy.Value[string]           `pulumi:"status"`
	Expiration  policy.Value[objectExpiration] `pulumi:"expiration"`
	Transitions policy.List[any]               `pulumi:"transitions"`
}

type objectExpiration struct {
	Days policy.Value[int] `pulumi:"days"`
}
