package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// links plants faults of what keeps networks apart, and of what joins them.
func links(ctx *pulumi.Context, w world, peer *ec2.Vpc) {
	must(ec2.NewNetworkAcl(ctx, "second-lock", &ec2.NetworkAclArgs{
		VpcId: w.vpc.ID(),
		Ingress: ec2.NetworkAclIngressArray{ec2.NetworkAclIngressArgs{
			RuleNo: pulumi.Int(100), Action: pulumi.String("allow"), Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(22), ToPort: pulumi.Int(443),
			CidrBlock: pulumi.String("0.0.0.0/0"), // want: aws-ec2-network-acl-closed
		}},
	}))
	must(ec2transitgateway.NewTransitGateway(ctx, "hub", &ec2transitgateway.TransitGatewayArgs{
		AutoAcceptSharedAttachments: pulumi.String("enable"), // want: aws-ec2-transit-gateway-asks
	}))
	peering := must(ec2.NewVpcPeeringConnection(ctx, "peer", &ec2.VpcPeeringConnectionArgs{
		VpcId: w.vpc.ID(), PeerVpcId: peer.ID(), AutoAccept: yes,
	}))
	table := must(ec2.NewRouteTable(ctx, "peer", &ec2.RouteTableArgs{VpcId: w.vpc.ID()}))
	must(ec2.NewRoute(ctx, "all-to-peer", &ec2.RouteArgs{
		RouteTableId: table.ID(), VpcPeeringConnectionId: peering.ID(),
		DestinationCidrBlock: pulumi.String("0.0.0.0/0"), // want: aws-ec2-peering-routes-narrow
	}))
}
