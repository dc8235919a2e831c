package kubernetes

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
)

// createKey creates the key of Kubernetes' secrets, unless one is given. The account's own permissions on the key are
// enough: EKS uses it through the cluster's role.
func (b *builder) createKey() error {
	if b.args.KeyARN != nil {
		b.keyARN = b.args.KeyARN.ToStringPtrOutput().Elem()
	} else {
		created, err := key.New(b.Family, b.account, "secrets", "Encrypts the secrets of Kubernetes cluster "+b.clusterName, key.ForLogs(b.account))
		if err != nil {
			return err
		}
		b.keyARN, b.ownKeyARN = created.Arn, created.Arn
	}
	b.component.KeyARN = b.keyARN.ToStringOutput()
	return nil
}

// createLogs creates the log group before EKS does, whose own would keep records forever.
func (b *builder) createLogs() (err error) {
	b.component.LogGroupName = pulumi.String("").ToStringOutput()
	if b.args.Logs.Disabled {
		return nil
	}
	keyARN, err := b.logsKey()
	if err != nil {
		return err
	}
	b.logGroup, err = logs.New(b.Family, "logs", "/aws/eks/"+b.clusterName+"/cluster", b.args.Logs.RetentionDays, keyARN)
	if err == nil {
		b.component.LogGroupName = b.logGroup.Name
	}
	return err
}

// logsKey is the key of the log groups. It is made with the first of them, if need be.
func (b *builder) logsKey() (_ pulumi.StringPtrInput, err error) {
	if b.logsKeyARN == nil {
		b.logsKeyARN, err = logs.Key(b.Family, b.account, "kubernetes-logs-key", b.args.LogsKeyARN, b.ownKeyARN)
	}
	return b.logsKeyARN, err
}

// createDiskKey creates the key of the nodes' disks, unless one is given.
func (b *builder) createDiskKey() error {
	if b.args.DiskKeyARN != nil {
		b.component.DiskKeyARN = b.args.DiskKeyARN.ToStringPtrOutput().Elem()
		return nil
	}
	created, err := key.New(b.Family, b.account, "node-disks", "Encrypts the disks of the nodes of Kubernetes cluster "+b.clusterName,
		b.forAutoScaling("Scaling", nil, "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
		b.forAutoScaling("ScalingGrants", map[string]any{"kms:GrantIsForAWSResource": "true"}, "kms:CreateGrant"))
	if err == nil {
		b.component.DiskKeyARN = created.Arn
	}
	return err
}

// forAutoScaling lets the account's Auto Scaling start nodes whose disks the key encrypts (Amazon EC2 Auto Scaling User
// Guide, "Required AWS KMS key policy for use with encrypted volumes"). Node groups leave no choice of its role, and in an
// account without any group so far there is none that a policy could name as a principal: so a condition names it.
func (b *builder) forAutoScaling(sid string, flags map[string]any, actions ...string) iamdoc.Statement {
	statement := iamdoc.Statement{
		Sid: sid, Principal: iamdoc.AWS("*"), Action: actions,
		Condition: map[string]map[string]any{"StringEquals": {
			"kms:CallerAccount": b.account.ID,
			"aws:PrincipalArn": "arn:" + b.account.Partition + ":iam::" + b.account.ID +
				":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
		}},
	}
	if flags != nil {
		statement.Condition["Bool"] = flags
	}
	return statement
}
