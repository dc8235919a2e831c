package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// network plants faults of VPCs, and of what leads in and out of them.
func network(ctx *pulumi.Context, w world) {
	peer := vpcs(ctx, w)
	securityGroups(ctx, w)
	gateways(ctx, w)
	links(ctx, w, peer)

	must(ec2.NewSubnet(ctx, "giving", &ec2.SubnetArgs{
		VpcId: w.vpc.ID(), CidrBlock: pulumi.String("10.0.8.0/24"), AvailabilityZone: pulumi.String("eu-west-1a"),
		MapPublicIpOnLaunch: yes, // want: aws-ec2-subnet-no-public-addresses
	}))
	must(ec2.NewVpcEndpoint(ctx, "one-zone", &ec2.VpcEndpointArgs{
		VpcId: w.vpc.ID(), VpcEndpointType: pulumi.String("Interface"), ServiceName: pulumi.String("com.amazonaws.eu-west-1.sts"),
		SecurityGroupIds: pulumi.StringArray{w.inside.ID()},
		SubnetIds:        ids(w.private[:1]), // want: aws-ec2-endpoint-zones
	}))
}

// vpcs returns one of them. A region has five at most.
func vpcs(ctx *pulumi.Context, w world) *ec2.Vpc {
	unlogged := must(ec2.NewVpc(ctx, "unlogged", &ec2.VpcArgs{CidrBlock: pulumi.String("10.1.0.0/16")})) // want: aws-ec2-vpc-flow-logs
	must(ec2.NewDefaultSecurityGroup(ctx, "unlogged", &ec2.DefaultSecurityGroupArgs{VpcId: unlogged.ID()}))

	accepting := must(ec2.NewVpc(ctx, "accepting", &ec2.VpcArgs{CidrBlock: pulumi.String("10.2.0.0/16")}))
	must(ec2.NewDefaultSecurityGroup(ctx, "accepting", &ec2.DefaultSecurityGroupArgs{VpcId: accepting.ID()}))
	w.logTraffic(ctx, "accepting", accepting, "ACCEPT") // want: aws-ec2-vpc-flow-logs

	untouched := must(ec2.NewVpc(ctx, "untouched", &ec2.VpcArgs{ // want: aws-ec2-default-security-group-closed
		CidrBlock: pulumi.String("10.3.0.0/16"),
	}))
	w.logTraffic(ctx, "untouched", untouched, "ALL")

	lax := must(ec2.NewVpc(ctx, "lax", &ec2.VpcArgs{CidrBlock: pulumi.String("10.4.0.0/16")}))
	w.logTraffic(ctx, "lax", lax, "REJECT")
	must(ec2.NewDefaultSecurityGroup(ctx, "lax", &ec2.DefaultSecurityGroupArgs{
		VpcId: lax.ID(),
		Egress: ec2.DefaultSecurityGroupEgressArray{ec2.DefaultSecurityGroupEgressArgs{ // want: aws-ec2-default-security-group-closed
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(443), ToPort: pulumi.Int(443), CidrBlocks: list("10.4.0.0/16"),
		}},
	}))
	return lax
}

func securityGroups(ctx *pulumi.Context, w world) {
	must(ec2.NewSecurityGroup(ctx, "ssh", &ec2.SecurityGroupArgs{
		VpcId: w.vpc.ID(), Description: pulumi.String("SSH"),
		Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(20), ToPort: pulumi.Int(25),
			CidrBlocks: list("0.0.0.0/1", "128.0.0.0/1"), // want: aws-ec2-no-open-management-ports
		}},
	}))
	must(ec2.NewSecurityGroup(ctx, "files", &ec2.SecurityGroupArgs{
		VpcId: w.vpc.ID(), Description: pulumi.String("Shared folders"),
		Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(445), ToPort: pulumi.Int(445),
			CidrBlocks: list("0.0.0.0/0"), // want: aws-ec2-no-open-file-shares
		}},
	}))
	ruled := must(ec2.NewSecurityGroup(ctx, "ruled", &ec2.SecurityGroupArgs{
		VpcId: w.vpc.ID(), Description: pulumi.String("Rules of its own"),
	}))
	must(ec2.NewSecurityGroupRule(ctx, "rdp", &ec2.SecurityGroupRuleArgs{
		SecurityGroupId: ruled.ID(), Type: pulumi.String("ingress"), Protocol: pulumi.String("tcp"),
		FromPort: pulumi.Int(3389), ToPort: pulumi.Int(3389),
		Ipv6CidrBlocks: list("::/0"), // want: aws-ec2-no-open-management-ports
	}))
	must(vpc.NewSecurityGroupIngressRule(ctx, "everything", &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId: ruled.ID(), IpProtocol: pulumi.String("-1"),
		CidrIpv4: pulumi.String("0.0.0.0/0"), // want: aws-ec2-no-open-management-ports
	}))
}

// gateways has a NAT gateway that serves another zone.
func gateways(ctx *pulumi.Context, w world) {
	must(ec2.NewEip(ctx, "idle", &ec2.EipArgs{Domain: pulumi.String("vpc")})) // want after up: aws-ec2-address-used

	address := must(ec2.NewEip(ctx, "distant", &ec2.EipArgs{Domain: pulumi.String("vpc")}))
	gateway := must(ec2.NewNatGateway(ctx, "distant", &ec2.NatGatewayArgs{
		SubnetId: w.public[0].ID(), AllocationId: address.ID(),
	}))
	must(ec2.NewRoute(ctx, "distant", &ec2.RouteArgs{
		RouteTableId:         w.tables[1].ID(), // want: aws-ec2-nat-gateway-zones
		DestinationCidrBlock: pulumi.String("0.0.0.0/0"), NatGatewayId: gateway.ID(),
	}))
}

// place is a network with nothing wrong: public and private subnets in two zones.
func (w *world) place(ctx *pulumi.Context) {
	w.vpc = must(ec2.NewVpc(ctx, "main", &ec2.VpcArgs{CidrBlock: pulumi.String("10.0.0.0/16"), EnableDnsHostnames: yes}))
	must(ec2.NewDefaultSecurityGroup(ctx, "main", &ec2.DefaultSecurityGroupArgs{VpcId: w.vpc.ID()}))
	w.logTraffic(ctx, "main", w.vpc, "ALL")
	gateway := must(ec2.NewInternetGateway(ctx, "main", &ec2.InternetGatewayArgs{VpcId: w.vpc.ID()}))
	public := must(ec2.NewRouteTable(ctx, "public", &ec2.RouteTableArgs{VpcId: w.vpc.ID()}))
	must(ec2.NewRoute(ctx, "internet", &ec2.RouteArgs{
		RouteTableId: public.ID(), DestinationCidrBlock: pulumi.String("0.0.0.0/0"), GatewayId: gateway.ID(),
	}))
	for i, zone := range []string{"a", "b"} {
		private := must(ec2.NewRouteTable(ctx, "private-"+zone, &ec2.RouteTableArgs{VpcId: w.vpc.ID()}))
		w.tables = append(w.tables, private)
		w.public = append(w.public, w.subnet(ctx, "public-"+zone, i, zone, public))
		w.private = append(w.private, w.subnet(ctx, "private-"+zone, i+4, zone, private))
	}
	must(ec2.NewVpcEndpoint(ctx, "objects", &ec2.VpcEndpointArgs{
		VpcId: w.vpc.ID(), ServiceName: pulumi.String("com.amazonaws.eu-west-1.s3"),
		RouteTableIds: pulumi.StringArray{w.tables[0].ID(), w.tables[1].ID()},
	}))
	w.inside = w.guard(ctx, "inside", "10.0.0.0/16")
	w.outside = w.guard(ctx, "outside", "0.0.0.0/0")
}

// subnet is the nth of the VPC.
func (w *world) subnet(ctx *pulumi.Context, name string, n int, zone string, table *ec2.RouteTable) *ec2.Subnet {
	subnet := must(ec2.NewSubnet(ctx, name, &ec2.SubnetArgs{
		VpcId: w.vpc.ID(), CidrBlock: pulumi.Sprintf("10.0.%d.0/24", n), AvailabilityZone: pulumi.String("eu-west-1" + zone),
	}))
	must(ec2.NewRouteTableAssociation(ctx, name, &ec2.RouteTableAssociationArgs{SubnetId: subnet.ID(), RouteTableId: table.ID()}))
	return subnet
}

// guard is a security group that lets in what comes from a range to the ports 5432 to 8443, which are no website's.
func (w *world) guard(ctx *pulumi.Context, name, from string) *ec2.SecurityGroup {
	return must(ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		VpcId: w.vpc.ID(), Description: pulumi.String("From " + from),
		Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(5432), ToPort: pulumi.Int(8443), CidrBlocks: list(from),
		}},
	}))
}

// logTraffic keeps a flow log of a VPC.
func (w *world) logTraffic(ctx *pulumi.Context, name string, of *ec2.Vpc, traffic string) {
	group := w.logs(ctx, "flow-of-"+name)
	must(ec2.NewFlowLog(ctx, name, &ec2.FlowLogArgs{
		VpcId: of.ID(), TrafficType: pulumi.String(traffic), LogDestination: group.Arn, IamRoleArn: w.flows.Arn,
	}))
}

func ids(subnets []*ec2.Subnet) (all pulumi.StringArray) {
	for _, subnet := range subnets {
		all = append(all, subnet.ID())
	}
	return all
}
