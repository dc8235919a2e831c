package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECRTagsImmutable wants tags of images to keep meaning the same image.
var ECRTagsImmutable = policy.Policy{
	ID:       "aws-ecr-tags-immutable",
	Title:    "Tags of images must be immutable.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A tag that can be moved lets somebody put another image where a deployment expects the one that " +
		"was tested.",
	Remediation: "Set imageTagMutability to IMMUTABLE, and give every build a tag of its own.",
	Controls:    frameworks.Controls{SOC2: "CC6.8 CC8.1", ISO27001: "A.8.4 A.8.32"}.List(),
	Tags:        []string{"security", "hardening", "immutability"},
	Peers: []string{
		"Checkov CKV_AWS_51", "Trivy AWS-0031", "AWS Config ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
		"Security Hub ECR.2",
	},
	Bad: []policy.Example{
		{Name: "shop", Type: repositoryType, Properties: props{"name": "shop"}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: repositoryType, Properties: props{"imageTagMutability": "IMMUTABLE"}},
	},
	Rules: []policy.Rule{
		policy.On(repositoryType, checkTaggedRepository),
		policy.OnRemediate(repositoryType, mendTaggedRepository),
	},
}

type taggedRepository struct {
	Mutability policy.Value[string] `pulumi:"imageTagMutability"`
}

func checkTaggedRepository(r *policy.Report, v taggedRepository) {
	if v.Mutability.Get() != "IMMUTABLE" {
		r.Fail("Its tags can be moved to other images.")
	}
}

func mendTaggedRepository(r *policy.Remediation, v taggedRepository) {
	if v.Mutability.Get() != "IMMUTABLE" {
		r.Set("imageTagMutability", "IMMUTABLE")
	}
}
