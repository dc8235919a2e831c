package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailDataEvents wants trails to record what is read and written in S3.
var CloudTrailDataEvents = policy.Policy{
	ID:       "aws-cloudtrail-data-events",
	Title:    "Trails must record what is done with objects in S3.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without data events, a trail says who made a bucket, and not who read ten million objects from it last night. " +
		"They are charged by the event: select the buckets that matter.",
	Remediation: "Add a selector to advancedEventSelectors with eventCategory Data and resources.type AWS::S3::Object.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15", CISAWS: "3.8 3.9"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Trivy AWS-0171", "Trivy AWS-0172", "AWS Config CLOUDTRAIL_S3_DATAEVENTS_ENABLED"},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "acme-trail"}},
	},
	Good: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{
			"s3BucketName": "acme-trail",
			"advancedEventSelectors": []any{props{"fieldSelectors": []any{
				props{"field": "eventCategory", "equals": []any{"Data"}},
				props{"field": "resources.type", "equals": []any{"AWS::S3::Object"}},
			}}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, func(r *policy.Report, t selectiveTrail) {
			if !t.recordsObjects() {
				r.Fail("It does not record who reads and writes objects.")
			}
		}),
	},
}

type selectiveTrail struct {
	Advanced policy.List[advancedSelector] `pulumi:"advancedEventSelectors"`
	Basic    policy.List[eventSelector]    `pulumi:"eventSelectors"`
}

type advancedSelector struct {
	Fields policy.List[fieldSelector] `pulumi:"fieldSelectors"`
}

type fieldSelector struct {
	Field  policy.Value[string] `pulumi:"field"`
	Equals policy.List[string]  `pulumi:"equals"`
}

type eventSelector struct {
	Data policy.List[dataResource] `pulumi:"dataResources"`
}

type dataResource struct {
	Type policy.Value[string] `pulumi:"type"`
}

func (t selectiveTrail) recordsObjects() bool {
	object := func(kind string) bool { return kind == "AWS::S3::Object" }
	return policy.AnyOf(
		func() bool {
			return t.Advanced.Any(func(s advancedSelector) bool {
				return s.Fields.Any(func(f fieldSelector) bool {
					return f.Field.Get() == "resources.type" && f.Equals.Any(object)
				})
			})
		},
		func() bool {
			return t.Basic.Any(func(s eventSelector) bool {
				return s.Data.Any(func(d dataResource) bool { return object(d.Type.Get()) })
			})
		},
	)
}
