package network

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// createFlowLogs records all traffic of the VPC in a CloudWatch log group.
func (b *builder) createFlowLogs() error {
	b.network.FlowLogGroupName = pulumi.String("").ToStringOutput()
	if b.args.FlowLogs.Disabled {
		return nil
	}
	name := naming.AWSLogGroup.Name("/"+b.ctx.Project(), b.ctx.Stack(), b.name, "flow-logs")
	group, err := cloudwatch.NewLogGroup(b.ctx, b.child("flow-logs"), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(name),
		RetentionInDays: pulumi.Int(b.args.FlowLogs.RetentionDays),
		KmsKeyId:        b.args.FlowLogsKMSKeyARN,
		Tags:            b.tags("flow-logs"),
	}, b.opts()...)
	if err != nil {
		return err
	}
	b.network.FlowLogGroupName = group.Name
	role, policy, err := b.createFlowLogsRole(group)
	if err != nil {
		return err
	}
	// Every property of a flow log forces a replacement, and AWS refuses a second one that differs only in its role
	// or format (FlowLogAlreadyExists): the old one has to go first. Without its policy the role delivers nothing.
	_, err = ec2.NewFlowLog(b.ctx, b.child("flow-logs"), &ec2.FlowLogArgs{
		VpcId:              b.vpc.ID(),
		TrafficType:        pulumi.String("ALL"),
		LogDestinationType: pulumi.String("cloud-watch-logs"),
		LogDestination:     group.Arn,
		IamRoleArn:         role.Arn,
		Tags:               b.tags("flow-logs"),
	}, b.opts(pulumi.DependsOn([]pulumi.Resource{policy}), pulumi.DeleteBeforeReplace(true))...)
	return err
}

// createFlowLogsRole creates the role that delivers flow logs: only the flow logs of this account and region can take
// it, and it can write to this log group only. It cannot create the group, so a deleted group stays deleted.
func (b *builder) createFlowLogsRole(group *cloudwatch.LogGroup) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(b.ctx, b.child("flow-logs"), &iam.RoleArgs{
		Name:             pulumi.String(naming.AWSRole.Name(append(b.fullName(), "flow-logs")...)),
		Description:      pulumi.String("Delivers VPC flow logs to CloudWatch Logs"),
		AssumeRolePolicy: b.vpc.Arn.ApplyT(trustPolicy).(pulumi.StringOutput),
		Tags:             b.tags("flow-logs"),
	}, b.opts()...)
	if err != nil {
		return nil, nil, err
	}
	policy, err := iam.NewRolePolicy(b.ctx, b.child("flow-logs"), &iam.RolePolicyArgs{
		Name:   pulumi.String("deliver-flow-logs"),
		Role:   role.Name,
		Policy: group.Arn.ApplyT(deliveryPolicy).(pulumi.StringOutput),
	}, b.opts()...)
	return role, policy, err
}

// trustPolicy lets the flow log service take the role, on behalf of flow logs in the VPC's account and region alone.
func trustPolicy(vpcARN string) (string, error) {
	partition, region, account, err := parseARN(vpcARN)
	if err != nil {
		return "", err
	}
	return document(statement{
		Effect: "Allow", Action: []string{"sts:AssumeRole"},
		Principal: map[string]string{"Service": "vpc-flow-logs.amazonaws.com"},
		Condition: map[string]map[string]string{
			"StringEquals": {"aws:SourceAccount": account},
			"ArnLike":      {"aws:SourceArn": fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-flow-log/*", partition, region, account)},
		},
	})
}

// deliveryPolicy lets the role write streams to one log group. DescribeLogGroups cannot be limited to one: it is
// checked against all groups of the account and region.
func deliveryPolicy(groupARN string) (string, error) {
	partition, region, account, err := parseARN(groupARN)
	if err != nil {
		return "", err
	}
	return document(
		statement{
			Effect: "Allow", Action: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resource: []string{groupARN, groupARN + ":*"},
		},
		statement{
			Effect: "Allow", Action: []string{"logs:DescribeLogGroups"},
			Resource: []string{fmt.Sprintf("arn:%s:logs:%s:%s:log-group:*", partition, region, account)},
		})
}

// statement is one statement of an IAM policy document.
type statement struct {
	Effect    string
	Principal map[string]string `json:",omitempty"`
	Action    []string
	Resource  []string                     `json:",omitempty"`
	Condition map[string]map[string]string `json:",omitempty"`
}

func document(statements ...statement) (string, error) {
	text, err := json.Marshal(struct {
		Version   string
		Statement []statement
	}{"2012-10-17", statements})
	return string(text), err
}

// parseARN returns the second, fourth and fifth part of arn:partition:service:region:account:resource.
func parseARN(arn string) (partition, region, account string, err error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", "", "", fmt.Errorf("%q is not an ARN", arn)
	}
	return parts[1], parts[3], parts[4], nil
}
