// Package inbound makes the security groups of what only answers: databases and caches.
package inbound

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a security group.
type Args struct {
	// Description says what the group is for. AWS cannot change it, only replace the group, whose name would then be
	// taken: never change it.
	Description string
	// VpcID is the VPC of the group.
	VpcID pulumi.StringInput
	// Port is the one that is open, of TCP.
	Port int
	// Clients are the security groups that may open connections, by names that stay when others come and go.
	Clients map[string]pulumi.StringInput
}

// New creates a security group that lets its clients in at one port and nothing out.
func New(f family.Family, part string, args Args) (*ec2.SecurityGroup, error) {
	group, err := ec2.NewSecurityGroup(f.Ctx, f.Child(part), &ec2.SecurityGroupArgs{
		Name:        pulumi.String(naming.AWSSecurityGroup.Name(f.FullName(part)...)),
		Description: pulumi.String(args.Description),
		VpcId:       args.VpcID.ToStringOutput().ToStringPtrOutput(),
		Tags:        f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(args.Clients)) {
		if _, err := vpc.NewSecurityGroupIngressRule(f.Ctx, f.Child(part, name), &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId:           group.ID(),
			Description:               pulumi.String("From " + name),
			ReferencedSecurityGroupId: args.Clients[name].ToStringOutput().ToStringPtrOutput(),
			IpProtocol:                pulumi.String("tcp"),
			FromPort:                  pulumi.Int(args.Port),
			ToPort:                    pulumi.Int(args.Port),
			Tags:                      f.TagInput(part, name),
		}, f.Options(GoesBefore())...); err != nil {
			return nil, err
		}
	}
	return group, nil
}

// GoesBefore has a rule that lets a security group in replaced, and not changed, when the group is another one. Where the
// old group must go before there is a new one, as that of an EKS cluster which keeps its name, Pulumi then deletes the
// rule before the group, which AWS keeps while a rule is about it (EC2 API, DeleteSecurityGroup: DependencyViolation).
func GoesBefore() pulumi.ResourceOption {
	return pulumi.ReplaceOnChanges([]string{"referencedSecurityGroupId"})
}

// CheckClients records at field the names of clients that resources cannot be named by, and clients that are nil.
func CheckClients(ps *spec.Problems, field string, clients map[string]pulumi.StringInput) {
	for _, name := range slices.Sorted(maps.Keys(clients)) {
		if !naming.AWSRole.Valid(name) {
			ps.Add(field+"."+name, nil, "is not a name for a client; use letters, digits and hyphens")
		}
		if clients[name] == nil {
			ps.Add(field+"."+name, nil, "has no security group; give the id of one")
		}
	}
}
