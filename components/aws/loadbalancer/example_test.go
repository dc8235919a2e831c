package loadbalancer_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// amazon stands in for AWS in the examples; in a program of your own, pulumi.Run takes its place.
var amazon = pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1"))

// With a domain and its zone, the certificate and the records are made.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		world, network, err := componenttest.AWSWorld(ctx) // in a program of your own, a network
		if err != nil {
			return err
		}
		zone, err := world.Add("aws:route53/zone:Zone", "zone", pulumi.Map{"name": pulumi.String("example.com")})
		if err != nil {
			return err
		}
		balancer, err := loadbalancer.New(ctx, "main", &loadbalancer.Args{
			LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com"},
			VpcID:        network.VpcID,
			SubnetIDs:    network.Public,
			ZoneID:       zone.ID().ToStringOutput(),
		})
		if err != nil {
			return err
		}
		pulumi.All(balancer.LoadBalancerARN, balancer.URL).ApplyT(func(made []any) string {
			fmt.Println(made[1])
			return fmt.Sprint(made[0])
		})
		return nil
	}, amazon)
	if err != nil {
		panic(err)
	}
	// Output: https://shop.example.com
}

// A canary release: one request in ten goes to the new version, until more than one percent of them fail. A user stays with
// the version that answered first.
func ExampleNew_options() {
	old, canary := 90, 10
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		balancer, err := loadbalancer.New(ctx, "canary", &loadbalancer.Args{
			LoadBalancer: spec.LoadBalancer{
				Certificate: "arn:aws:iam::123456789012:server-certificate/shop",
				Backends: map[string]spec.Backend{
					"blue": {Weight: &old, HealthCheck: spec.HealthCheck{Path: "/healthz"}},
					"green": {
						Weight: &canary, HealthCheck: spec.HealthCheck{Path: "/healthz"},
						Rollback: spec.Rollback{To: "blue", ErrorPercent: 1},
					},
				},
				StickySeconds: 600,
				Routes: map[string]spec.Route{
					"api": {Priority: 10, Paths: []string{"/api/*"}, Backends: map[string]int{"blue": 1}},
				},
				Tags: map[string]string{"team": "shop"},
			},
			VpcID:      network.VpcID,
			SubnetIDs:  network.Public,
			TargetType: "ip",
		})
		if err != nil {
			return err
		}
		balancer.TargetGroupARNs.ApplyT(func(groups map[string]string) int {
			fmt.Println(len(groups), "target groups")
			return len(groups)
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: 2 target groups
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := loadbalancer.Args{
		LoadBalancer: spec.LoadBalancer{
			Backends: map[string]spec.Backend{"blue": {}, "green": {}},
		},
		VpcID:     pulumi.String("vpc-1"),
		SubnetIDs: pulumi.ToStringArray([]string{"subnet-1"}),
		TLSPolicy: "ELBSecurityPolicy-2016-08",
	}
	fmt.Println(args.Validate())
	// Output:
	// backends.blue.weight: is missing; with several backends each says its share, 0 for none
	// backends.green.weight: is missing; with several backends each says its share, 0 for none
	// subnetIds: 1 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least
	// certificate: is missing; name one, or domain and zone to have one made
	// tlsPolicy: "ELBSecurityPolicy-2016-08" is not a policy of TLS 1.2 or newer with strong ciphers alone; use for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
}
