package network_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// region stands in for AWS in the examples; in a program of your own, pulumi.Run takes its place.
type region struct{}

func (region) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	state := args.Inputs.Copy()
	state["arn"] = resource.NewProperty("arn:aws:ec2:eu-west-1:123456789012:vpc/" + args.Name)
	return args.Name, state, nil
}

func (region) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) {
	return resource.NewPropertyMapFromMap(map[string]any{
		"names": []any{"eu-west-1a", "eu-west-1b", "eu-west-1c"},
	}), nil
}

// With no arguments, a network spans three zones with a NAT gateway in each.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		n, err := network.New(ctx, "main", nil)
		if err != nil {
			return err
		}
		fmt.Println(n.Zones)
		ctx.Export("privateSubnets", n.PrivateSubnetIDs)
		return nil
	}, pulumi.WithMocks("shop", "dev", region{}))
	if err != nil {
		panic(err)
	}
	// Output: [eu-west-1a eu-west-1b eu-west-1c]
}

// A smaller network, with tags that let Kubernetes place its load balancers.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		n, err := network.New(ctx, "small", &network.Args{
			Network: spec.Network{
				CIDR:  "10.20.0.0/18",
				Zones: 2,
				NAT:   spec.NATOne,
				Tags:  map[string]string{"team": "shop"},
			},
			SubnetTags: map[spec.Tier]map[string]string{
				spec.Public:  {"kubernetes.io/role/elb": "1"},
				spec.Private: {"kubernetes.io/role/internal-elb": "1"},
			},
		})
		if err != nil {
			return err
		}
		fmt.Println(n.Zones)
		return nil
	}, pulumi.WithMocks("shop", "dev", region{}))
	if err != nil {
		panic(err)
	}
	// Output: [eu-west-1a eu-west-1b]
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := network.Args{
		Network:   spec.Network{Zones: 1, FlowLogs: spec.FlowLogs{RetentionDays: 10}},
		PeerCIDRs: []string{"10.0.8.0/24"},
	}
	fmt.Println(args.Validate())
	// Output:
	// zones: 1 is out of range; use 2 to 8 zones
	// peerCidrs[0]: "10.0.8.0/24" overlaps the network's own block 10.0.0.0/16; networks that overlap cannot reach each other
	// flowLogs.retentionDays: 10 is not a period that CloudWatch Logs offers; the next longer one is 14 days
}
