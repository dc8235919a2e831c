package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECRLifecycle advises to let image repositories forget old images.
var ECRLifecycle = policy.Policy{
	ID:       "aws-ecr-lifecycle",
	Title:    "Image repositories should expire old images.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Every build leaves an image behind, and each is paid for until somebody deletes it. Expected " +
		"effect: storage that stays level instead of growing with every build; scans that tell of images in use " +
		"only.",
	Remediation: "Add an aws:ecr/lifecyclePolicy:LifecyclePolicy with repository set to this repository, which " +
		"keeps the last images of each tag and removes untagged ones after days.",
	Controls: frameworks.Controls{SOC2: "C1.2", ISO27001: "A.8.10"}.List(),
	Tags:     []string{"optimization", "cost", "retention"},
	Peers:    []string{"AWS Config ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED", "Security Hub ECR.3"},
	Bad: []policy.Example{
		{Name: "shop", Type: repositoryType},
	},
	Good: []policy.Example{
		{Name: "shop", Type: repositoryType},
		{Name: "expiry", Type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", Properties: props{
			"repository": "${shop.name}",
			"policy":     `{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}, "action": {"type": "expire"}}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Repositories policy.Resources[struct{}] `pulumi:"aws:ecr/repository:Repository"`
			Lifecycles   policy.Resources[struct{}] `pulumi:"aws:ecr/lifecyclePolicy:LifecyclePolicy"`
		}) {
			stack.Repositories.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Lifecycles.AnyReferring("repository", subject.Node, nil) {
					r.Fail(subject.Node, "It keeps all images for ever.")
				}
			})
		}),
	},
}
