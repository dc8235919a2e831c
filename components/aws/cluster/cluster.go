// Package cluster builds an autoscaled group of machines across zones on AWS: a launch template and an Auto Scaling group
// with what they need to be safe and observed, namely a role, a key, a security group, a log group and scaling policies.
//
// With no arguments besides its place in the network it keeps three to nine machines that nobody can log in to over the
// network (Systems Manager opens sessions), replaces those that fail, and takes a change of image or settings machine by
// machine, with new ones up before old ones go, and back again when that fails. Such a change never replaces the group,
// and several clusters lie side by side in one network, for blue and green.
//
// Auto Scaling starts a rollout when the number of the launch template's version changes; a deployment does not wait for
// its end. After a rollback the group is at the version before, which the next change of the template leaves behind.
package cluster

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Cluster"

// Cluster is an Auto Scaling group with what belongs to it.
type Cluster struct {
	pulumi.ResourceState

	// GroupName is the name of the Auto Scaling group: the value of the dimension AutoScalingGroupName of its metrics.
	GroupName pulumi.StringOutput `pulumi:"groupName"`
	// GroupARN is the ARN of the Auto Scaling group.
	GroupARN pulumi.StringOutput `pulumi:"groupArn"`
	// SecurityGroupID is the security group of the machines: what they use lets it in.
	SecurityGroupID pulumi.StringOutput `pulumi:"securityGroupId"`
	// RoleARN is the ARN of the machines' role.
	RoleARN pulumi.StringOutput `pulumi:"roleArn"`
	// RoleName is the name of the machines' role.
	RoleName pulumi.StringOutput `pulumi:"roleName"`
	// LaunchTemplateID is the id of the launch template.
	LaunchTemplateID pulumi.StringOutput `pulumi:"launchTemplateId"`
	// LaunchTemplateVersion is the number of the version that machines start from.
	LaunchTemplateVersion pulumi.IntOutput `pulumi:"launchTemplateVersion"`
	// ImageID is the image that machines start from.
	ImageID pulumi.StringOutput `pulumi:"imageId"`
	// KeyARN is the key that encrypts the machines' disks.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// LogGroupName is the CloudWatch log group of the machines' logs; empty without the agent.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
}

// New creates a cluster. It fails before it registers anything if args are not valid, with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Cluster, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("cluster %q is not valid:\n%w", name, err)
	}
	cluster := &Cluster{}
	if err := ctx.RegisterComponentResource(Token, name, cluster, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: cluster, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), cluster: cluster,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("cluster %q: %w", name, err)
	}
	return cluster, ctx.RegisterResourceOutputs(cluster, cluster.outputs())
}

// outputs maps the fields of the cluster to the names in their tags.
func (c *Cluster) outputs() pulumi.Map {
	return pulumi.Map{
		"groupName":             c.GroupName,
		"groupArn":              c.GroupARN,
		"securityGroupId":       c.SecurityGroupID,
		"roleArn":               c.RoleARN,
		"roleName":              c.RoleName,
		"launchTemplateId":      c.LaunchTemplateID,
		"launchTemplateVersion": c.LaunchTemplateVersion,
		"imageId":               c.ImageID,
		"keyArn":                c.KeyARN,
		"logGroupName":          c.LogGroupName,
	}
}

// builder creates the children of one cluster. Each of its steps is one file of this package; a step reads what the
// steps before it have set.
type builder struct {
	family.Family
	args    Args // with defaults
	cluster *Cluster

	account     family.Account
	scalingRole pulumi.StringPtrInput // the service-linked role; nil for the account's
	ownKeyARN   pulumi.StringPtrInput // nil if the disks' key was given, and its policy is not ours
	logs        *cloudwatch.LogGroup  // nil without the agent
	role        *role.Role
	profile     *iam.InstanceProfile
	rootDevice  pulumi.StringOutput
	template    *ec2.LaunchTemplate
	group       *autoscaling.Group
	ready       []pulumi.Resource // what a machine needs as it starts, besides what its template names
}

func (b *builder) build() error {
	for _, step := range []func() error{
		b.lookUpAccount, b.createKey, b.createLogs, b.createRole, b.createSecurityGroup, b.chooseImage, b.createTemplate,
		b.createGroup, b.createHooks, b.createPolicies, b.createSchedules,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) lookUpAccount() (err error) {
	b.account, err = b.Account()
	return err
}
