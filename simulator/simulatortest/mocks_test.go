package simulatortest_test

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// custom stands for the typed resources of a cloud's SDK.
type custom struct {
	pulumi.CustomResourceState
	Arn    pulumi.StringOutput `pulumi:"arn"`
	VpcID  pulumi.StringOutput `pulumi:"vpcId"`
	Region pulumi.StringOutput `pulumi:"region"`
}

type provider struct{ pulumi.ProviderResourceState }

type component struct{ pulumi.ResourceState }

func register(ctx *pulumi.Context, token, name string, in pulumi.Map, opts ...pulumi.ResourceOption) (*custom, error) {
	r := &custom{}
	return r, ctx.RegisterResource(token, name, in, r, opts...)
}

func mocks(t *testing.T) *simulatortest.MockClouds {
	t.Helper()
	m, err := simulatortest.Mocks(nil, aws.New(aws.Options{Region: "us-west-2"}))
	require.NoError(t, err)
	return m
}

func run(m *simulatortest.MockClouds, program pulumi.RunFunc) error {
	return pulumi.RunErr(program, pulumi.WithMocks("project", "stack", m))
}

func TestMocksCreate(t *testing.T) {
	t.Parallel()
	m := mocks(t)
	require.NoError(t, run(m, func(ctx *pulumi.Context) error {
		parent := &component{}
		if err := ctx.RegisterComponentResource("holdfast:aws:Network", "net", parent); err != nil {
			return err
		}
		var zones struct {
			Names []string `pulumi:"names"`
		}
		if err := ctx.Invoke("aws:index/getAvailabilityZones:getAvailabilityZones", nil, &zones); err != nil {
			return err
		}
		vpc, err := register(ctx, "aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")}, pulumi.Parent(parent))
		if err != nil {
			return err
		}
		for i, zone := range zones.Names {
			subnet, err := register(ctx, "aws:ec2/subnet:Subnet", zone, pulumi.Map{
				"vpcId": vpc.ID(), "cidrBlock": pulumi.Sprintf("10.0.%d.0/24", i), "availabilityZone": pulumi.String(zone),
			})
			if err != nil {
				return err
			}
			pulumi.All(subnet.VpcID, vpc.ID()).ApplyT(func(ids []any) any {
				assert.EqualValues(t, ids[1], ids[0])
				return nil
			})
		}
		_, err = register(ctx, "random:index/randomPet:RandomPet", "pet", pulumi.Map{"length": pulumi.Int(2)})
		return err
	}))
	assert.Len(t, m.Account("aws").Resources(), 5, "a VPC and a subnet a zone")
	assert.Nil(t, m.Account("gcp"))
}

func TestMocksRefuse(t *testing.T) {
	t.Parallel()
	for want, program := range map[string]pulumi.RunFunc{
		`did you mean "cidrBlock"?`: func(ctx *pulumi.Context) error {
			_, err := register(ctx, "aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlok": pulumi.String("10.0.0.0/16")})
			return err
		},
		"InvalidSubnet.Range": func(ctx *pulumi.Context) error {
			vpc, err := register(ctx, "aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
			if err != nil {
				return err
			}
			_, err = register(ctx, "aws:ec2/subnet:Subnet", "s", pulumi.Map{"vpcId": vpc.ID(), "cidrBlock": pulumi.String("10.1.0.0/24")})
			return err
		},
		`did you mean "aws:ec2/vpc:Vpc"?`: func(ctx *pulumi.Context) error {
			_, err := register(ctx, "aws:ec2/vpcs:Vpc", "vpc", nil)
			return err
		},
		"does not answer this look-up": func(ctx *pulumi.Context) error {
			var out struct{}
			return ctx.Invoke("aws:ec2/getCoipPool:getCoipPool", nil, &out)
		},
		"no simulated cloud answers gcp:compute/getZones:getZones": func(ctx *pulumi.Context) error {
			var out struct{}
			return ctx.Invoke("gcp:compute/getZones:getZones", nil, &out)
		},
		"invalid AWS Region: us-wst-2: did you mean us-west-2?": func(ctx *pulumi.Context) error {
			p := &provider{}
			return ctx.RegisterResource("pulumi:providers:aws", "p", pulumi.Map{"region": pulumi.String("us-wst-2")}, p)
		},
		`aws:ec2/vpc:Vpc "vpc-0123" does not exist`: func(ctx *pulumi.Context) error {
			return ctx.ReadResource("aws:ec2/vpc:Vpc", "vpc", pulumi.ID("vpc-0123"), nil, &custom{})
		},
	} {
		assert.ErrorContains(t, run(mocks(t), program), want)
	}
}

// TestMocksRegions: a resource is made in the region of the provider that it names.
func TestMocksRegions(t *testing.T) {
	t.Parallel()
	m := mocks(t)
	require.NoError(t, run(m, func(ctx *pulumi.Context) error {
		east, other := &provider{}, &provider{}
		if err := ctx.RegisterResource("pulumi:providers:aws", "east", pulumi.Map{"region": pulumi.String("us-east-1")}, east); err != nil {
			return err
		}
		if err := ctx.RegisterResource("pulumi:providers:gcp", "other", pulumi.Map{}, other); err != nil {
			return err
		}
		vpc, err := register(ctx, "aws:ec2/vpc:Vpc", "east", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")}, pulumi.Provider(east))
		if err != nil {
			return err
		}
		if _, err := register(ctx, "aws:ec2/vpc:Vpc", "west", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")}); err != nil {
			return err
		}
		vpc.ID().ApplyT(func(id pulumi.ID) error {
			read := &custom{}
			return ctx.ReadResource("aws:ec2/vpc:Vpc", "again", id, nil, read, pulumi.Provider(east))
		})
		return nil
	}))
	regions := map[string]int{}
	for _, r := range m.Account("aws").Resources() {
		regions[r.Region]++
	}
	assert.Equal(t, map[string]int{"us-east-1": 1, "us-west-2": 1}, regions)
}

func TestMocksNeedARegion(t *testing.T) {
	t.Parallel()
	program := func(ctx *pulumi.Context) error {
		var out struct{}
		if err := ctx.Invoke("aws:index/getRegion:getRegion", nil, &out); err == nil {
			return fmt.Errorf("a look-up without a region was answered")
		}
		_, err := register(ctx, "aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
		return err
	}
	without, err := simulatortest.Mocks(nil, aws.New(aws.Options{}))
	require.NoError(t, err)
	assert.ErrorContains(t, run(without, program), "Missing region configuration")
	with, err := simulatortest.Mocks(map[string]resource.PropertyMap{
		"aws": {"region": resource.NewStringProperty("eu-west-1")},
	}, aws.New(aws.Options{}))
	require.NoError(t, err)
	assert.ErrorContains(t, run(with, program), "without a region was answered")
	cloud := aws.New(aws.Options{})
	cloud.Lookups = []*simulator.Lookup{{Token: "nothing"}}
	_, err = simulatortest.Mocks(nil, cloud)
	assert.Error(t, err)
}

func ExampleMocks() {
	mocks, err := simulatortest.Mocks(nil, aws.New(aws.Options{Region: "us-west-2"}))
	if err != nil {
		fmt.Println(err)
		return
	}
	program := func(ctx *pulumi.Context) error {
		vpc, err := register(ctx, "aws:ec2/vpc:Vpc", "main", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
		if err != nil {
			return err
		}
		_, err = register(ctx, "aws:ec2/subnet:Subnet", "a", pulumi.Map{
			"vpcId": vpc.ID(), "cidrBlock": pulumi.String("10.1.0.0/24"),
		})
		return err
	}
	fmt.Println(pulumi.RunErr(program, pulumi.WithMocks("project", "stack", mocks)) != nil)
	fmt.Println(len(mocks.Account("aws").Resources()), "resource exists")
	// Output:
	// true
	// 1 resource exists
}
