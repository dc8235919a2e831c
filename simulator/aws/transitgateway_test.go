package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	transitToken           = "aws:ec2transitgateway/transitGateway:TransitGateway"
	transitAttachmentToken = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
)

func transit(w *world) thing { return w.Create(transitToken, "transit", inputs{}) }

// attached is the inputs of an attachment in a zone.
func attached(w *world, gateway, v thing, cidr, zone string) inputs {
	return inputs{"transitGatewayId": gateway.ID(), "vpcId": v.ID(), "subnetIds": []any{subnet(w, v, cidr, zone).ID()}}
}

func transitFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: transitToken, Inputs: func(*world) inputs { return inputs{"description": "hub"} },
			Update: changing(inputs{"autoAcceptSharedAttachments": "enable"}), Replace: changing(inputs{"multicastSupport": "enable"}),
		},
		{
			Type: transitToken, Name: "without tables",
			Inputs:  func(*world) inputs { return inputs{"defaultRouteTableAssociation": "disable"} },
			Replace: changing(inputs{"defaultRouteTableAssociation": "enable"}),
		},
		{
			Type:   transitAttachmentToken,
			Inputs: func(w *world) inputs { return attached(w, transit(w), vpc(w), "10.0.1.0/24", "a") },
			Update: changing(inputs{"applianceModeSupport": "enable"}),
			Replace: func(w *world, in inputs) inputs {
				return with(attached(w, thing{}, otherVPC(w), "10.1.1.0/24", "a"), inputs{"transitGatewayId": in["transitGatewayId"]})
			},
		},
	}
}

func transitCases() []simulatortest.Case {
	again := func(other func(*world, thing) (v thing, cidr string)) func(*world) error {
		return making(transitAttachmentToken, func(w *world) inputs {
			g, v := transit(w), vpc(w)
			w.Create(transitAttachmentToken, "first", attached(w, g, v, "10.0.1.0/24", "a"))
			second, cidr := other(w, v)
			return attached(w, g, second, cidr, "b")
		})
	}
	inZones := func(first, second string) func(*world) error {
		return making(transitAttachmentToken, func(w *world) inputs {
			v := vpc(w)
			in := attached(w, transit(w), v, "10.0.1.0/24", first)
			return with(in, inputs{"subnetIds": append(in["subnetIds"].([]any), subnet(w, v, "10.0.2.0/24", second).ID())})
		})
	}
	route := func(prepare func(w *world, g, v thing)) func(*world) error {
		return making(routeToken, func(w *world) inputs {
			g, v := transit(w), vpc(w)
			prepare(w, g, v)
			return inputs{"routeTableId": table(w, v, "t").ID(), "destinationCidrBlock": "10.0.0.0/8", "transitGatewayId": g.ID()}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-transit-attachment-exists", Code: "DuplicateTransitGatewayAttachment", Text: "same VPC ID",
			Fails:  again(func(_ *world, v thing) (thing, string) { return v, "10.0.2.0/24" }),
			Passes: again(func(w *world, _ thing) (thing, string) { return otherVPC(w), "10.1.2.0/24" }),
		},
		{
			ID: "aws-transit-attachment-one-subnet-per-zone", Code: "DuplicateSubnetsInSameZone", Text: "Duplicate Subnets for same AZ",
			Fails: inZones("a", "a"), Passes: inZones("a", "b"),
		},
		{
			ID: "aws-route-needs-transit-attachment", Code: "InvalidTransitGatewayID.NotFound", Text: "does not exist",
			Fails: route(func(w *world, g, _ thing) {
				w.Create(transitAttachmentToken, "elsewhere", attached(w, g, otherVPC(w), "10.1.1.0/24", "a"))
			}),
			Passes: route(func(w *world, g, v thing) {
				w.Create(transitAttachmentToken, "here", attached(w, g, v, "10.0.1.0/24", "a"))
			}),
		},
		holds("aws-transit-gateway-in-use", "IncorrectState", "has non-deleted VPC Attachments", func(w *world) (kept, user thing) {
			g := transit(w)
			return g, w.Create(transitAttachmentToken, "a", attached(w, g, vpc(w), "10.0.1.0/24", "a"))
		}),
	}
}
