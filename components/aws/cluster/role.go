package cluster

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// managerPolicy is the name of the attachment of what Systems Manager needs of a machine.
const managerPolicy = "ssm"

// createRole gives the machines a role: sessions through Systems Manager, metrics and logs of their own, the secrets
// that they were given, and nothing else.
func (b *builder) createRole() error {
	managed := map[string]pulumi.StringInput{
		managerPolicy: pulumi.String("arn:" + b.account.Partition + ":iam::aws:policy/AmazonSSMManagedInstanceCore"),
	}
	maps.Copy(managed, b.args.PolicyARNs)
	created, err := role.New(b.Family, "machines", role.Args{
		Description: "Machines of " + b.Name,
		// EC2 takes the role for machines of the account that was allowed to pass it; it names no source account.
		Trust: pulumi.String(iamdoc.Document(iamdoc.Statement{
			Principal: iamdoc.Service("ec2." + b.account.DNSSuffix), Action: []string{"sts:AssumeRole"},
		})),
		Policy:  b.policy(),
		Managed: managed,
	})
	if err != nil {
		return err
	}
	b.role = created
	b.ready = append(b.ready, created.Ready...)
	b.cluster.RoleARN, b.cluster.RoleName = created.Arn, created.Name
	b.profile, err = iam.NewInstanceProfile(b.Ctx, b.Child("machines"), &iam.InstanceProfileArgs{
		Name: pulumi.String(naming.AWSRole.Name(b.FullName("machines")...)), // up to 128 of the same characters
		Role: created.Name,
		Tags: b.TagInput("machines"),
	}, b.Options()...)
	return err
}

// policy is what the role may do besides what its managed policies say; nil for nothing.
func (b *builder) policy() pulumi.StringInput {
	if b.logs == nil && len(b.args.SecretARNs) == 0 && len(b.args.Hooks) == 0 {
		return nil
	}
	logGroup := pulumi.String("").ToStringOutput()
	if b.logs != nil {
		logGroup = b.logs.Arn
	}
	secrets, keys := sorted(b.args.SecretARNs), sorted(b.args.SecretKeyARNs)
	return pulumi.All(logGroup, secrets, keys).ApplyT(func(known []any) string {
		var statements []iamdoc.Statement
		if group := known[0].(string); group != "" {
			statements = append(statements, agentStatements(group)...)
		}
		statements = append(statements, secretStatements(known[1].([]string), known[2].([]string), b.account.Region, b.account.DNSSuffix)...)
		statements = append(statements, b.hookStatements()...)
		return iamdoc.Document(statements...)
	}).(pulumi.StringOutput)
}

// lookUpGroup lets a machine look up its group by its own tags. Machines whose tags it may read cannot be limited to some.
var lookUpGroup = iamdoc.Statement{Sid: "Group", Action: []string{"ec2:DescribeTags"}, Resource: []string{"*"}}

// agentStatements let the CloudWatch agent do its work. It cannot create the log group, so a deleted one stays deleted.
func agentStatements(logGroupARN string) []iamdoc.Statement {
	return []iamdoc.Statement{
		{
			Sid: "Metrics", Action: []string{"cloudwatch:PutMetricData"}, Resource: []string{"*"},
			Condition: iamdoc.Equal("cloudwatch:namespace", metricNamespace),
		},
		lookUpGroup,
		{
			Sid: "Logs", Action: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resource: []string{logGroupARN, logGroupARN + ":*"},
		},
	}
}

// secretStatements let the machines read secrets, and use these secrets' keys through Secrets Manager alone.
func secretStatements(secrets, keys []string, region, dnsSuffix string) []iamdoc.Statement {
	var statements []iamdoc.Statement
	if len(secrets) > 0 {
		statements = append(statements, iamdoc.Statement{
			Sid: "Secrets", Action: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, Resource: secrets,
		})
	}
	if len(keys) > 0 {
		statements = append(statements, iamdoc.Statement{
			Sid: "SecretKeys", Action: []string{"kms:Decrypt"}, Resource: keys,
			Condition: iamdoc.Equal("kms:ViaService", "secretsmanager."+region+"."+dnsSuffix),
		})
	}
	return statements
}

// hookStatements let the machines end, and prolong, the time that hooks hold them, those of their own group alone. The
// group's ARN has a part that AWS makes up, after the role must be there (Service Authorization Reference, EC2 Auto Scaling,
// autoScalingGroup).
func (b *builder) hookStatements() []iamdoc.Statement {
	if len(b.args.Hooks) == 0 {
		return nil
	}
	statements := []iamdoc.Statement{{
		Sid: "Hooks", Action: []string{"autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"},
		Resource: []string{b.account.ARN("autoscaling", "autoScalingGroup:*:autoScalingGroupName/"+b.groupName())},
	}}
	if b.logs == nil { // otherwise the agent's statements have it
		statements = append(statements, lookUpGroup)
	}
	return statements
}

// sorted returns the values of a map in the order of its keys.
func sorted(values map[string]pulumi.StringInput) pulumi.StringArrayOutput {
	list := pulumi.StringArray{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		list = append(list, values[key])
	}
	return list.ToStringArrayOutput()
}
