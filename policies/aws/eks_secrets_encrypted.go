package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSSecretsEncrypted wants secrets of Kubernetes to be encrypted with a key of KMS.
var EKSSecretsEncrypted = policy.Policy{
	ID:       "aws-eks-secrets-encrypted",
	Title:    "Secrets of clusters must be encrypted with a key of your own.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Without envelope encryption, whoever gets at a copy of the control plane's store reads every " +
		"password that workloads use; a key of your own can be withdrawn, and shows its use.",
	Remediation: "Set encryptionConfig with resources [\"secrets\"] and provider.keyArn.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers: []string{
		"Checkov CKV_AWS_58", "Trivy AWS-0039", "AWS Config EKS_CLUSTER_SECRETS_ENCRYPTED",
		"AWS Config EKS_SECRETS_ENCRYPTED", "Security Hub EKS.3",
	},
	Bad: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks", "vpcConfig": props{"subnetIds": []any{"subnet-a"}},
		}},
	},
	Good: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks", "vpcConfig": props{"subnetIds": []any{"subnet-a"}},
			"encryptionConfig": props{"resources": []any{"secrets"}, "provider": props{"keyArn": "arn:aws:kms:eu-west-1:123456789012:key/1"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(clusterType, checkClusterSecrets),
	},
}

type clusterSecrets struct {
	Encryption policy.Value[clusterEncryption] `pulumi:"encryptionConfig"`
}

type clusterEncryption struct {
	Resources policy.List[string] `pulumi:"resources"`
}

func checkClusterSecrets(r *policy.Report, v clusterSecrets) {
	if !v.Encryption.Get().Resources.Any(func(kind string) bool { return kind == "secrets" }) {
		r.Fail("It has no encryptionConfig for secrets.")
	}
}
