package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{transitgateway_,transitgateway_vpc_attachment}.go; the transit
// gateway guide, "Transit gateway VPC attachments"; the EC2 API's list of error codes.

var transitGatewayKind = &simulator.Kind{
	Noun:     "EC2 Transit Gateway",
	IDPrefix: "tgw-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:transit-gateway/{id}",
	NotFound: "InvalidTransitGatewayID.NotFound: Transit Gateway %s was deleted or does not exist.",
	InUse:    "IncorrectState: %s has non-deleted VPC Attachments.",
}

var transitAttachmentKind = &simulator.Kind{
	Noun:     "EC2 Transit Gateway VPC Attachment",
	IDPrefix: "tgw-attach-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/{id}",
	NotFound: "InvalidTransitGatewayAttachmentID.NotFound: Transit Gateway Attachment %s was deleted or does not exist.",
}

const transitAttachments = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html"

func transitGatewayTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token: "aws:ec2transitgateway/transitGateway:TransitGateway",
			Kind:  transitGatewayKind,
			Defaults: map[string]any{
				"amazonSideAsn": 64512, "autoAcceptSharedAttachments": "disable", "defaultRouteTableAssociation": "enable",
				"defaultRouteTablePropagation": "enable", "dnsSupport": "enable", "multicastSupport": "disable",
				"securityGroupReferencingSupport": "disable", "vpnEcmpSupport": "enable",
			},
			Immutable: []string{"multicastSupport"},
			Sets:      []string{"transitGatewayCidrBlocks"},
			Patient:   true,
			// The default tables can be left in place, but not brought back.
			ReplaceIf: func(before, after resource.PropertyMap) []string {
				var changed []string
				for _, name := range []resource.PropertyKey{"defaultRouteTableAssociation", "defaultRouteTablePropagation"} {
					if stringOf(before[name]) == "disable" && stringOf(after[name]) == "enable" {
						changed = append(changed, string(name))
					}
				}
				return changed
			},
			API: []string{"ec2:CreateTransitGateway"},
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				table := "tgw-rtb-" + c.Hex("default route table", idDigits)
				for input, output := range map[string]string{
					"defaultRouteTableAssociation": "associationDefaultRouteTableId",
					"defaultRouteTablePropagation": "propagationDefaultRouteTableId",
				} {
					c.Set(output, "")
					if c.Text(input) == "enable" {
						c.Set(output, table)
					}
				}
			},
		},
		{
			Token: "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
			Kind:  transitAttachmentKind,
			Defaults: map[string]any{
				"applianceModeSupport": "disable", "dnsSupport": "enable", "ipv6Support": "disable",
				"transitGatewayDefaultRouteTableAssociation": true, "transitGatewayDefaultRouteTablePropagation": true,
			},
			Immutable: []string{"transitGatewayId", "vpcId"},
			Sets:      []string{"subnetIds"},
			References: []simulator.Reference{
				inVPC(), inSubnet("subnetIds[*]"),
				{
					Origin:   simulator.Origin{ID: "aws-transit-gateway-in-use", Source: transitAttachments},
					Property: "transitGatewayId", To: kinds(transitGatewayKind),
					// One that another account shares is out of sight.
					Address: func(c *simulator.Call, id string) (string, bool) { return id, c.Find(transitGatewayKind, id) != nil },
				},
			},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-transit-attachment-exists", Source: transitAttachments},
				Properties: []string{"transitGatewayId", "vpcId"},
				Error: "DuplicateTransitGatewayAttachment: the transit gateway has non-deleted Transit Gateway Attachments with " +
					"same VPC ID: %s",
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-transit-attachment-one-subnet-per-zone", Source: transitAttachments},
				Stage:  simulator.AtApply,
				Error:  "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ: %s",
				Find:   findZoneTwice("subnetIds[*]"),
			}},
			API: []string{"ec2:CreateTransitGatewayVpcAttachment"},
			Compute: func(c *simulator.Call) {
				c.Set("vpcOwnerId", c.Account)
				c.SetNew("securityGroupReferencingSupport", "enable")
			},
		},
	}
}

// needsAttachment refuses routes to a transit gateway that the VPC is not attached to yet. The path is that of the
// routes in the inputs.
func needsAttachment(path string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-route-needs-transit-attachment", Source: transitAttachments},
		Stage:  simulator.AtApply,
		Error:  "InvalidTransitGatewayID.NotFound: The transitGateway ID '%s' does not exist",
		// terraform-provider-aws, internal/service/ec2/{vpc_route,vpc_route_table}.go
		Retried: true,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			vpc := networkOfTable(c)
			eachRoute(c, path, func(path string, route resource.PropertyMap) {
				gateway := c.Find(transitGatewayKind, stringOf(route["transitGatewayId"]))
				if gateway == nil {
					return
				}
				for _, attachment := range gateway.Users(transitAttachmentKind) {
					if attachment.Target(vpcKind) == vpc {
						return
					}
				}
				broken(path, gateway.ID)
			})
		},
	}
}
