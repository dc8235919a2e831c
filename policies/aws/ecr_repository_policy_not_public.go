package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECRRepositoryPolicyNotPublic refuses policies of repositories that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var ECRRepositoryPolicyNotPublic = policy.Policy{
	ID:        "aws-ecr-repository-policy-not-public",
	Title:     "Policies of image repositories must not let everybody in.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "Images hold code and, too often, secrets; who may push to a repository runs code in your clusters.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.8", ISO27001: "A.8.3 A.8.4"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers:    []string{"Checkov CKV_AWS_32", "Trivy AWS-0032"},
	Bad: []policy.Example{
		{Name: "access", Type: repositoryPolicyType, Properties: props{
			"repository": "shop", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: repositoryPolicyType, Properties: props{
			"repository": "shop", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "ecr:BatchGetImage", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(repositoryPolicyType, checkResourcePolicy),
	},
}
