package network

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// createFlowLogs records all traffic of the VPC in a CloudWatch log group, encrypted: it says who talks to whom.
func (b *builder) createFlowLogs() error {
	b.network.FlowLogGroupName = pulumi.String("").ToStringOutput()
	if b.args.FlowLogs.Disabled {
		return nil
	}
	account, err := b.Account()
	if err != nil {
		return err
	}
	keyARN, err := logs.Key(b.Family, account, "network-logs-key", b.args.LogsKeyARN)
	if err != nil {
		return err
	}
	group, err := logs.New(b.Family, "flow-logs", "", b.args.FlowLogs.RetentionDays, keyARN)
	if err != nil {
		return err
	}
	b.network.FlowLogGroupName = group.Name
	// Only the flow logs of this account and region can take the role, and it can write to this log group only. It
	// cannot create the group, so a deleted group stays deleted.
	role, err := role.New(b.Family, "flow-logs", role.Args{
		Description: "Delivers VPC flow logs to CloudWatch Logs",
		Trust:       b.vpc.Arn.ApplyT(trustPolicy).(pulumi.StringOutput),
		Policy:      group.Arn.ApplyT(deliveryPolicy).(pulumi.StringOutput),
	})
	if err != nil {
		return err
	}
	// Every property of a flow log forces a replacement, and AWS refuses a second one that differs only in its role
	// or format (FlowLogAlreadyExists): the old one has to go first. Without its policy the role delivers nothing.
	_, err = ec2.NewFlowLog(b.Ctx, b.Child("flow-logs"), &ec2.FlowLogArgs{
		VpcId:              b.vpc.ID(),
		TrafficType:        pulumi.String("ALL"),
		LogDestinationType: pulumi.String("cloud-watch-logs"),
		LogDestination:     group.Arn,
		IamRoleArn:         role.Arn,
		Tags:               b.TagInput("flow-logs"),
	}, b.Options(pulumi.DependsOn(role.Ready), pulumi.DeleteBeforeReplace(true))...)
	return err
}

// trustPolicy lets the flow log service take the role, on behalf of flow logs in the VPC's account and region alone.
func trustPolicy(vpcARN string) (string, error) {
	vpc, err := iamdoc.ParseARN(vpcARN)
	if err != nil {
		return "", err
	}
	return iamdoc.Document(iamdoc.Statement{
		Action:    []string{"sts:AssumeRole"},
		Principal: iamdoc.Service("vpc-flow-logs.amazonaws.com"),
		Condition: map[string]map[string]any{
			"StringEquals": {"aws:SourceAccount": vpc.Account},
			"ArnLike":      {"aws:SourceArn": fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-flow-log/*", vpc.Partition, vpc.Region, vpc.Account)},
		},
	}), nil
}

// deliveryPolicy lets the role write streams to one log group. DescribeLogGroups cannot be limited to one: it is
// checked against all groups of the account and region.
func deliveryPolicy(groupARN string) (string, error) {
	group, err := iamdoc.ParseARN(groupARN)
	if err != nil {
		return "", err
	}
	return iamdoc.Document(
		iamdoc.Statement{
			Action:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resource: []string{groupARN, groupARN + ":*"},
		},
		iamdoc.Statement{
			Action:   []string{"logs:DescribeLogGroups"},
			Resource: []string{fmt.Sprintf("arn:%s:logs:%s:%s:log-group:*", group.Partition, group.Region, group.Account)},
		}), nil
}
