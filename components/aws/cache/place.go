package cache

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/inbound"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createPlace creates the group of subnets, and the security group that lets clients in.
func (b *builder) createPlace() (err error) {
	b.subnetGroup, err = elasticache.NewSubnetGroup(b.Ctx, b.Child("cache"), &elasticache.SubnetGroupArgs{
		Name:        pulumi.String(naming.AWSDatabaseGroup.Name(b.FullName()...)),
		Description: pulumi.String("Subnets of the cache"),
		SubnetIds:   b.args.SubnetIDs,
		Tags:        b.TagInput("cache"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.group, err = inbound.New(b.Family, "cache", inbound.Args{
		Description: "Redis protocol from the clients of the cache", VpcID: b.args.VpcID, Port: Port,
		Clients: b.args.ClientSecurityGroupIDs,
	})
	if err != nil {
		return err
	}
	b.cache.SecurityGroupID = b.group.ID().ToStringOutput()
	return nil
}
