package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	tableToken       = "aws:ec2/routeTable:RouteTable"
	routeToken       = "aws:ec2/route:Route"
	associationToken = "aws:ec2/routeTableAssociation:RouteTableAssociation"
)

func routeCases() []simulatortest.Case {
	// through is a route to an address, through the gateway of one VPC in a table of another.
	through := func(to string, ofTable, ofGateway func(*world) thing) func(*world) error {
		return making(routeToken, func(w *world) inputs {
			t := table(w, ofTable(w), "t")
			v := ofGateway(w)
			return inputs{"routeTableId": t.ID(), "destinationCidrBlock": to, "gatewayId": gateway(w, v).ID()}
		})
	}
	same := func(w *world) thing { return thingCalled(w, vpcToken, "vpc") }
	twice := func(first, second inputs) func(*world) error {
		return making(routeToken, func(w *world) inputs {
			v := vpc(w)
			g := inputs{"routeTableId": table(w, v, "t").ID(), "gatewayId": gateway(w, v).ID()}
			w.Create(routeToken, "first", with(g, first))
			return with(g, second)
		})
	}
	inline := func(blocks ...string) func(*world) error {
		return making(tableToken, func(w *world) inputs {
			v := vpc(w)
			g := gateway(w, v)
			var routes []any
			for _, cidr := range blocks {
				routes = append(routes, inputs{"cidrBlock": cidr, "gatewayId": g.ID()})
			}
			return inputs{"vpcId": v.ID(), "routes": routes}
		})
	}
	associated := func(more func(w *world, v thing, in inputs) inputs) func(*world) error {
		return making(associationToken, func(w *world) inputs {
			v := vpc(w)
			in := inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "routeTableId": table(w, v, "a").ID()}
			return more(w, v, in)
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-route-exists", Code: "RouteAlreadyExists", Text: "The route identified by 0.0.0.0/0",
			Fails:  twice(inputs{"destinationCidrBlock": "0.0.0.0/0"}, inputs{"destinationCidrBlock": "0.0.0.0/0"}),
			Passes: twice(inputs{"destinationCidrBlock": "0.0.0.0/0"}, inputs{"destinationIpv6CidrBlock": "::/0"}),
		},
		{
			ID: "aws-route-exists", Code: "RouteAlreadyExists", Text: "0.0.0.0/0",
			Fails:  besideOwn("0.0.0.0/0"), // the table's list has it already
			Passes: besideOwn("192.0.2.0/24"),
		},
		{
			ID: "aws-route-twice", Code: "RouteAlreadyExists", Text: "0.0.0.0/0",
			Fails: inline("0.0.0.0/0", "0.0.0.0/0"), Passes: inline("0.0.0.0/0", "192.0.2.0/24"),
		},
		{
			ID: "aws-route-to-own-network", Code: "RouteAlreadyExists", Text: "10.0.0.0/16",
			Fails: through("10.0.0.0/16", vpc, same), Passes: through("10.0.0.0/8", vpc, same),
		},
		{
			ID: "aws-route-same-network", Code: "InvalidParameterValue", Text: "belong to different networks",
			Fails: through("0.0.0.0/0", vpc, otherVPC), Passes: through("0.0.0.0/0", vpc, same),
		},
		{
			ID: "aws-subnet-one-route-table", Code: "Resource.AlreadyAssociated", Text: "conflicts with an existing association",
			Fails: associated(func(w *world, v thing, in inputs) inputs {
				w.Create(associationToken, "first", in)
				return with(in, inputs{"routeTableId": table(w, v, "b").ID()})
			}),
			Passes: associated(func(w *world, v thing, in inputs) inputs {
				w.Create(associationToken, "first", in) // a table may serve several subnets
				return with(in, inputs{"subnetId": subnet(w, v, "10.0.2.0/24", "b").ID()})
			}),
		},
		{
			ID: "aws-gateway-one-route-table", Code: "Resource.AlreadyAssociated", Text: "conflicts with an existing association",
			Fails: associated(func(w *world, v thing, in inputs) inputs {
				in = with(in, inputs{"subnetId": nil, "gatewayId": gateway(w, v).ID()})
				w.Create(associationToken, "first", in)
				return with(in, inputs{"routeTableId": table(w, v, "b").ID()})
			}),
			Passes: associated(func(w *world, v thing, in inputs) inputs {
				return with(in, inputs{"subnetId": nil, "gatewayId": gateway(w, v).ID()})
			}),
		},
		{
			ID: "aws-route-table-same-network", Code: "InvalidParameterValue", Text: "belong to different networks",
			Fails: associated(func(w *world, _ thing, in inputs) inputs {
				return with(in, inputs{"routeTableId": table(w, otherVPC(w), "b").ID()})
			}),
			Passes: associated(func(_ *world, _ thing, in inputs) inputs { return in }),
		},
		upTo("L-589F43AA", "RouteTableLimitExceeded", "maximum number of route tables", 1, func(w *world, n int) error {
			if n == 0 {
				table(w, otherVPC(w), "elsewhere")
				vpc(w)
			}
			_, err := w.Try(tableToken, fmt.Sprint(n), inputs{"vpcId": vpcOf(w)})
			return err
		}),
		{
			ID: "L-93826ACB", Code: "RouteLimitExceeded", Text: "maximum number of routes", Quotas: map[string]int{"L-93826ACB": 1},
			Fails:  besideOwn("192.0.2.0/24"),
			Passes: besideOwn("2001:db8::/32"), // those of IPv6 have a quota of their own
		},
	}
}

// besideOwn makes a route in a table that has one to everywhere in its own list.
func besideOwn(to string) func(*world) error {
	return making(routeToken, func(w *world) inputs {
		v := vpc(w)
		g := gateway(w, v)
		t := w.Create(tableToken, "t", inputs{"vpcId": v.ID(), "routes": []any{inputs{"cidrBlock": "0.0.0.0/0", "gatewayId": g.ID()}}})
		name := "destinationCidrBlock"
		if to == "2001:db8::/32" {
			name = "destinationIpv6CidrBlock"
		}
		return inputs{"routeTableId": t.ID(), name: to, "gatewayId": g.ID()}
	})
}

// thingCalled finds what was made under a name.
func thingCalled(w *world, token, name string) thing {
	for _, r := range w.Account.Resources() {
		if r.Type == token && r.URN.Name() == name {
			found := thing{Request: simulatortest.Request(token, name)}
			found.Request.ID = r.ID
			return found
		}
	}
	w.T.Fatalf("there is no %s %s", token, name)
	return thing{}
}
