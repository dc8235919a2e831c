package cluster

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/inbound"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createSecurityGroup lets the clients in at the cluster's port, and nobody at any other: sessions need no open port.
func (b *builder) createSecurityGroup() error {
	group, err := ec2.NewSecurityGroup(b.Ctx, b.Child("machines"), &ec2.SecurityGroupArgs{
		Name: pulumi.String(naming.AWSSecurityGroup.Name(b.FullName("machines")...)),
		// AWS cannot change a description, only replace the group, whose name would then be taken: never change it.
		Description: pulumi.String("Machines of a cluster"),
		VpcId:       b.args.VpcID,
		Tags:        b.TagInput("machines"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.cluster.SecurityGroupID = group.ID().ToStringOutput()
	for _, name := range slices.Sorted(maps.Keys(b.args.ClientSecurityGroupIDs)) {
		rule, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Child("from", name), &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId:           group.ID(),
			Description:               pulumi.String("From " + name),
			IpProtocol:                pulumi.String("tcp"),
			FromPort:                  pulumi.Int(b.args.Port),
			ToPort:                    pulumi.Int(b.args.Port),
			ReferencedSecurityGroupId: b.args.ClientSecurityGroupIDs[name],
			Tags:                      b.TagInput("from", name),
		}, b.Options(inbound.GoesBefore())...)
		if err != nil {
			return err
		}
		b.ready = append(b.ready, rule)
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.Egress)) {
		egress := b.args.Egress[name]
		rule, err := vpc.NewSecurityGroupEgressRule(b.Ctx, b.Child("to", name), &vpc.SecurityGroupEgressRuleArgs{
			SecurityGroupId: group.ID(),
			Description:     pulumi.String("To " + name),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(egress.Port),
			ToPort:          pulumi.Int(egress.Port),
			CidrIpv4:        egress.CIDR.ToStringOutput(),
			Tags:            b.TagInput("to", name),
		}, b.Options()...)
		if err != nil {
			return err
		}
		b.ready = append(b.ready, rule)
	}
	return nil
}
