package backup

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// createRoles creates two roles, because what may read everything need not be able to overwrite anything. AWS writes
// their policies, and extends them when it learns to back up something new.
//
// Their trust has no condition on the source account: AWS does not document that AWS Backup sends one when it takes a role,
// and a role that it cannot take makes every job fail. Nobody outside of the account can name the role to AWS Backup, for
// that takes iam:PassRole.
func (b *builder) createRoles() (err error) {
	trust := iamdoc.Document(iamdoc.Statement{
		Principal: iamdoc.Service("backup.amazonaws.com"), Action: []string{"sts:AssumeRole"},
	})
	b.role, err = role.New(b.Family, "backup", role.Args{
		Description: "Backs up what carries the backup tag",
		Trust:       pulumi.String(trust),
		Managed: map[string]pulumi.StringInput{
			"backup":    b.managed("service-role/AWSBackupServiceRolePolicyForBackup"),
			"s3-backup": b.managed("AWSBackupServiceRolePolicyForS3Backup"),
		},
	})
	if err != nil {
		return err
	}
	b.restoreRole, err = role.New(b.Family, "restore", role.Args{
		Description: "Restores backups",
		Trust:       pulumi.String(trust),
		Policy:      b.passInstanceRoles(),
		Managed: map[string]pulumi.StringInput{
			"restore":    b.managed("service-role/AWSBackupServiceRolePolicyForRestores"),
			"s3-restore": b.managed("AWSBackupServiceRolePolicyForS3Restore"),
		},
	})
	if err != nil {
		return err
	}
	b.backup.RoleARN, b.backup.RestoreRoleARN = b.role.Arn, b.restoreRole.Arn
	return nil
}

// managed is the ARN of a policy that AWS manages.
func (b *builder) managed(name string) pulumi.String {
	return pulumi.String("arn:" + b.account.Partition + ":iam::aws:policy/" + name)
}

// passInstanceRoles lets a restore give the instances that it makes their roles, nil if there are none.
func (b *builder) passInstanceRoles() pulumi.StringInput {
	if len(b.args.InstanceRoleARNs) == 0 {
		return nil
	}
	var arns pulumi.StringArray
	for _, name := range slices.Sorted(maps.Keys(b.args.InstanceRoleARNs)) {
		arns = append(arns, b.args.InstanceRoleARNs[name])
	}
	return arns.ToStringArrayOutput().ApplyT(func(arns []string) string {
		return iamdoc.Document(iamdoc.Statement{
			Action: []string{"iam:PassRole"}, Resource: arns,
			Condition: iamdoc.Equal("iam:PassedToService", "ec2.amazonaws.com"),
		})
	}).(pulumi.StringOutput)
}
