package database

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/inbound"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// place is where in a network a database lies.
type place struct {
	vpcID   pulumi.StringInput
	subnets pulumi.StringArrayInput
	clients map[string]pulumi.StringInput
}

func (b *builder) createPlace() (err error) {
	b.subnetGroup, b.group, err = createPlace(b.Family, "database", place{
		b.args.VpcID, b.args.SubnetIDs, b.args.ClientSecurityGroupIDs,
	})
	if err != nil {
		return err
	}
	b.database.SecurityGroupID, b.database.SubnetGroupName = b.group.ID().ToStringOutput(), b.subnetGroup.Name
	return nil
}

// createPlace creates the group of subnets, and the security group that lets clients in.
func createPlace(f family.Family, part string, p place) (*rds.SubnetGroup, *ec2.SecurityGroup, error) {
	subnets, err := rds.NewSubnetGroup(f.Ctx, f.Child(part), &rds.SubnetGroupArgs{
		Name:        pulumi.String(naming.AWSDatabaseGroup.Name(f.FullName(part)...)),
		Description: pulumi.String("Subnets of the database"),
		SubnetIds:   p.subnets,
		Tags:        f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, nil, err
	}
	group, err := inbound.New(f, part, inbound.Args{
		Description: "PostgreSQL from the clients of the database", VpcID: p.vpcID, Port: Port, Clients: p.clients,
	})
	return subnets, group, err
}
