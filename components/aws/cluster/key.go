package cluster

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// scalingService is the name of Auto Scaling as a service, in every partition.
const scalingService = "autoscaling.amazonaws.com"

// createKey makes the key of the machines' disks, and the service-linked role that starts machines with it.
//
// A key's policy can only name a role that exists, and the account's AWSServiceRoleForAutoScaling does not exist until
// somebody has made a group. A role of the cluster's own does, and lets Auto Scaling use the key for this cluster alone.
func (b *builder) createKey() error {
	b.scalingRole = b.args.ServiceLinkedRoleARN
	if b.args.KeyARN != nil {
		b.cluster.KeyARN = b.args.KeyARN.ToStringPtrOutput().Elem()
		return nil
	}
	suffix := naming.AWSServiceRoleSuffix.Name(b.FullName()...)
	role, err := iam.NewServiceLinkedRole(b.Ctx, b.Child("scaling"), &iam.ServiceLinkedRoleArgs{
		AwsServiceName: pulumi.String(scalingService),
		CustomSuffix:   pulumi.String(suffix),
		Description:    pulumi.String("Starts and ends the machines of " + b.Name),
		Tags:           b.TagInput("scaling"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.scalingRole = role.Arn
	waiting := b.Family
	waiting.After = []pulumi.Resource{role}
	arn := fmt.Sprintf("arn:%s:iam::%s:role/aws-service-role/%s/AWSServiceRoleForAutoScaling_%s",
		b.account.Partition, b.account.ID, scalingService, suffix)
	created, err := key.New(waiting, b.account, "disks", "Disks and logs of "+b.Name, keyStatements(arn, key.ForLogs(b.account))...)
	if err != nil {
		return err
	}
	b.cluster.KeyARN, b.ownKeyARN = created.Arn, created.Arn
	return nil
}

// keyStatements let Auto Scaling's role use the key for disks: for the disks that it creates, and by a grant to EC2, which
// attaches them. Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes".
func keyStatements(roleARN string, more ...iamdoc.Statement) []iamdoc.Statement {
	return append([]iamdoc.Statement{
		{
			Sid: "Scaling", Principal: iamdoc.AWS(roleARN),
			Action: []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
		},
		{
			Sid: "ScalingGrants", Principal: iamdoc.AWS(roleARN), Action: []string{"kms:CreateGrant"},
			Condition: map[string]map[string]any{"Bool": {"kms:GrantIsForAWSResource": "true"}},
		},
	}, more...)
}
