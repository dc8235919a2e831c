package componenttest

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// worldToken is the type of what holds the resources that a component under test stands on.
const worldToken = "holdfast:test:World"

// World holds the resources that a component under test stands on, apart from the component's own.
type World struct {
	pulumi.ResourceState
	ctx *pulumi.Context
}

// NewWorld returns a world without anything in it.
func NewWorld(ctx *pulumi.Context) (*World, error) {
	world := &World{ctx: ctx}
	return world, ctx.RegisterComponentResource(worldToken, "world", world)
}

// Add creates a resource in the world, of a type of any provider, and returns it.
func (w *World) Add(token, name string, props pulumi.Map) (*Thing, error) {
	thing := &Thing{}
	return thing, w.ctx.RegisterResource(token, name, props, thing, pulumi.Parent(w))
}

// AddLogsKey creates a KMS key in the world that CloudWatch Logs of us-east-1 may use.
func (w *World) AddLogsKey() (*Thing, error) {
	return w.Add("aws:kms/key:Key", "key", pulumi.Map{"policy": pulumi.String(`{"Statement": [
		{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
		{"Effect": "Allow", "Principal": {"Service": "logs.us-east-1.amazonaws.com"}, "Action": "kms:*", "Resource": "*"}]}`)})
}

// Thing is a resource in a world, with the one output that most of AWS's have.
type Thing struct {
	pulumi.CustomResourceState
	// ARN is the resource's own, on AWS.
	ARN pulumi.StringOutput `pulumi:"arn"`
}

// AWSNetwork is the VPC that AWSWorld makes, with a public, a private and a data subnet in each zone.
type AWSNetwork struct {
	// VpcID is the VPC's.
	VpcID pulumi.StringOutput
	// Public, Private and Data are the ids of the subnets, in the order of the zones.
	Public, Private, Data pulumi.StringArrayOutput
	// PrivateIn are the ids of the private subnets by the names of their zones.
	PrivateIn map[string]pulumi.StringInput
	// SecurityGroupID is that of some client in the VPC.
	SecurityGroupID pulumi.StringOutput
}

// AWSWorld makes a network on AWS across the zones a, b and c of us-east-1, for components that stand on one.
func AWSWorld(ctx *pulumi.Context) (*World, AWSNetwork, error) { return AWSWorldIn(ctx, "us-east-1") }

// AWSWorldIn is AWSWorld in another region, which must have these zones.
func AWSWorldIn(ctx *pulumi.Context, region string) (*World, AWSNetwork, error) {
	var network AWSNetwork
	world, err := NewWorld(ctx)
	if err != nil {
		return nil, network, err
	}
	vpc, err := world.Add("aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
	if err != nil {
		return nil, network, err
	}
	gateway, err := world.Add("aws:ec2/internetGateway:InternetGateway", "gateway", pulumi.Map{"vpcId": vpc.ID()})
	if err != nil {
		return nil, network, err
	}
	client, err := world.Add("aws:ec2/securityGroup:SecurityGroup", "client", pulumi.Map{"vpcId": vpc.ID()})
	if err != nil {
		return nil, network, err
	}
	network.VpcID, network.SecurityGroupID = vpc.ID().ToStringOutput(), client.ID().ToStringOutput()
	network.PrivateIn = map[string]pulumi.StringInput{}
	for tier, ids := range []*pulumi.StringArrayOutput{&network.Public, &network.Private, &network.Data} {
		var subnets pulumi.StringArray
		for i, zone := range []string{"a", "b", "c"} {
			subnet, err := world.Add("aws:ec2/subnet:Subnet", fmt.Sprintf("subnet-%d-%d", tier, i), pulumi.Map{
				"vpcId":            vpc.ID(),
				"cidrBlock":        pulumi.Sprintf("10.0.%d.0/24", tier*10+i),
				"availabilityZone": pulumi.String(region + zone),
			})
			if err != nil {
				return nil, network, err
			}
			id := pulumi.All(subnet.ID(), gateway.URN()).ApplyT(func(known []any) string {
				return string(known[0].(pulumi.ID))
			}).(pulumi.StringOutput)
			subnets = append(subnets, id)
			if ids == &network.Private {
				network.PrivateIn[region+zone] = id
			}
		}
		*ids = subnets.ToStringArrayOutput()
	}
	return world, network, nil
}

// outsideWorld returns what does not belong to a world.
func (r Recording) outsideWorld() []Resource {
	inside := map[resource.URN]bool{}
	for _, res := range r.Resources {
		if res.Type != worldToken {
			continue
		}
		inside[res.URN] = true
		for _, child := range r.Descendants(res.URN) {
			inside[child.URN] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(r.Resources), func(res Resource) bool { return inside[res.URN] })
}

// urnsOf returns the URNs of resources.
func urnsOf(resources []Resource) []resource.URN { return Recording{Resources: resources}.URNs() }
