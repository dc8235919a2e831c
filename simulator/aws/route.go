package aws

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Routes, be they resources of their own or in a table's list. Sources: terraform-provider-aws, internal/service/ec2/
// vpc_route.go; the EC2 API's list of error codes; the VPC guide's route tables and quotas.

var routeKind = &simulator.Kind{
	Noun: "EC2 Route",
	ID:   func(c *simulator.Call) string { return routeID(c.Text("routeTableId"), destination(c.Inputs)) },
}

// routeID is the provider's own: it hashes the destination.
func routeID(table, destination string) string {
	return fmt.Sprintf("r-%s%d", table, crc32.ChecksumIEEE([]byte(destination)))
}

var (
	routeDestinations = []string{"destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"}
	// routeTargets are the inputs that say where a route leads. Those whose kinds are modelled must exist.
	routeTargets = []string{
		"carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId",
		"networkInterfaceId", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId",
	}
)

// targetReferences are the references of routes at a path prefix ("routes[*].").
func targetReferences(prefix string) []simulator.Reference {
	return []simulator.Reference{
		{
			Property: prefix + "gatewayId", To: kinds(internetGatewayKind), OnDelete: simulator.Ignore,
			Address: func(_ *simulator.Call, id string) (string, bool) { return id, strings.HasPrefix(id, "igw-") },
		},
		{Property: prefix + "natGatewayId", To: kinds(natGatewayKind), OnDelete: simulator.Ignore},
		{Property: prefix + "egressOnlyGatewayId", To: kinds(egressOnlyGatewayKind), OnDelete: simulator.Ignore},
		{Property: prefix + "vpcEndpointId", To: kinds(endpointKind), OnDelete: simulator.Ignore},
	}
}

// routesPerTable limits the routes of a table, those to IPv4 and to IPv6 addresses apart. The path is that of the
// routes in the inputs.
func routesPerTable(table func(*simulator.Call) string, path string) []simulator.Quota {
	var quotas []simulator.Quota
	for _, v6 := range []bool{false, true} {
		quotas = append(quotas, simulator.Quota{
			Code: "L-93826ACB", Source: vpcQuotas, Limit: 500,
			Error: "RouteLimitExceeded: The maximum number of routes has been reached.",
			Per: func(c *simulator.Call) string {
				return fmt.Sprint(table(c), " routes, IPv6: ", v6)
			},
			Count: func(c *simulator.Call) int {
				n := 0
				eachRoute(c, path, func(_ string, route resource.PropertyMap) {
					if to := destination(route); to != "" && strings.Contains(to, ":") == v6 {
						n++
					}
				})
				return n
			},
		})
	}
	return quotas
}

// eachRoute calls the function for every route at a path of the inputs, or when that is empty, for the inputs.
func eachRoute(c *simulator.Call, path string, do func(path string, route resource.PropertyMap)) {
	if path == "" {
		do("", c.Inputs)
		return
	}
	c.Objects(path, do)
}

func routeType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:ec2/route:Route",
		Kind:      routeKind,
		Immutable: append([]string{"routeTableId"}, routeDestinations...),
		Rules: map[string]simulator.Rule{
			"destinationCidrBlock":     anyIPv4,
			"destinationIpv6CidrBlock": anyIPv6,
		},
		ExactlyOne: [][]string{routeDestinations, routeTargets},
		AtMostOne: [][]string{
			{"egressOnlyGatewayId", "destinationCidrBlock"}, // for IPv6 only
			{"carrierGatewayId", "destinationIpv6CidrBlock"},
		},
		References: append(targetReferences(""),
			simulator.Reference{Property: "routeTableId", To: kinds(routeTableKind), OnDelete: simulator.Follow}),
		Unique: []simulator.Unique{uniqueRoutes(func(c *simulator.Call) []string {
			return []string{routeKey(c.Text("routeTableId"), destination(c.Inputs))}
		})},
		Constraints: routeConstraints(""),
		Quotas:      routesPerTable(func(c *simulator.Call) string { return c.Text("routeTableId") }, ""),
		API:         []string{"ec2:CreateRoute"},
		Compute: func(c *simulator.Call) {
			c.Set("state", "active")
			c.Set("origin", "CreateRoute")
			for _, name := range []string{"instanceId", "instanceOwnerId", "networkInterfaceId"} {
				c.SetNew(name, "")
			}
		},
		// rtb-…_10.0.0.0/8, as the provider documents it
		Import: func(id string) string {
			table, to, ok := strings.Cut(id, "_")
			if !ok {
				return id
			}
			return routeID(table, to)
		},
	}
}

// uniqueRoutes keeps a table from having two routes to one destination, be they its own or route resources.
func uniqueRoutes(keys func(*simulator.Call) []string) simulator.Unique {
	return simulator.Unique{
		Origin: simulator.Origin{ID: "aws-route-exists", Source: ec2Errors},
		Space:  "route",
		Error:  "RouteAlreadyExists: The route identified by %s already exists.",
		Keys:   keys,
	}
}

// inlineRoutes are the routes in a table's own list.
var inlineRoutes = uniqueRoutes(func(c *simulator.Call) []string {
	var list []string
	c.Objects("routes[*]", func(_ string, route resource.PropertyMap) {
		list = append(list, routeKey(c.ID, destination(route)))
	})
	return list
})

func routeKey(table, destination string) string { return destination + " in " + table }

// destination returns where a route leads to, be it a resource or an entry of a table's list.
func destination(route resource.PropertyMap) string {
	for _, name := range append(slices.Clone(routeDestinations), "cidrBlock", "ipv6CidrBlock") {
		if value := route[resource.PropertyKey(name)]; value.IsString() && value.StringValue() != "" {
			return value.StringValue()
		}
	}
	return ""
}

func checkInlineRoutes(c *simulator.Call) {
	c.Objects("routes[*]", func(path string, route resource.PropertyMap) {
		targets := 0
		for _, name := range routeTargets {
			if value, ok := route[resource.PropertyKey(name)]; ok && (!value.IsString() || value.StringValue() != "") {
				targets++
			}
		}
		if targets != 1 {
			c.Fail(path, "exactly one of %s is needed, got %d", strings.Join(routeTargets, ", "), targets)
		}
	})
}

// inlineRouteConstraints are those of the routes in a table's own list.
func inlineRouteConstraints(path string) []simulator.Constraint {
	return append(routeConstraints(path), simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-route-twice", Source: ec2Errors},
		Error:  "RouteAlreadyExists: The route identified by %s already exists.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			seen := map[string]bool{}
			eachRoute(c, path, func(path string, route resource.PropertyMap) {
				to := destination(route)
				if to != "" && seen[to] {
					broken(path, to)
				}
				seen[to] = true
			})
		},
	})
}

// routeConstraints are those of the routes at a path of the inputs.
func routeConstraints(path string) []simulator.Constraint {
	return []simulator.Constraint{
		needsAttachment(path),
		{
			Origin: simulator.Origin{ID: "aws-route-to-own-network", Source: routeTableGuide},
			Stage:  simulator.AtApply,
			Error:  "RouteAlreadyExists: The route identified by %s already exists: the VPC has it of its own.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := networkOfTable(c)
				own := append(vpcBlocks(vpc), vpc.Text("ipv6CidrBlock"))
				eachRoute(c, path, func(path string, route resource.PropertyMap) {
					to := destination(route)
					if to != "" && slices.Contains(own, to) && stringOf(route["gatewayId"]) != "local" {
						broken(path, to)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-route-same-network", Source: routeTableGuide},
			Stage:  simulator.AtApply,
			Error:  "InvalidParameterValue: route table %s and network gateway %s belong to different networks",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := networkOfTable(c)
				eachRoute(c, path, func(path string, route resource.PropertyMap) {
					if gateway := foreignGateway(c, vpc, route); gateway != nil {
						broken(path, tableOf(c), gateway.ID)
					}
				})
			},
		},
	}
}

// tableOf returns the id of the route table that a route, or a list of routes, is about.
func tableOf(c *simulator.Call) string {
	if id := c.Text("routeTableId") + c.Text("defaultRouteTableId"); id != "" {
		return id
	}
	return c.ID
}

// networkOfTable returns the VPC of the route table that a route, or a list of routes, is about.
func networkOfTable(c *simulator.Call) *simulator.Object {
	if vpc := c.Find(vpcKind, c.Text("vpcId")); vpc != nil {
		return vpc
	}
	return c.Find(routeTableKind, tableOf(c)).Target(vpcKind)
}

// foreignGateway returns what a route leads to if that is in another network.
func foreignGateway(c *simulator.Call, vpc *simulator.Object, route resource.PropertyMap) *simulator.Object {
	for name, kind := range map[resource.PropertyKey]*simulator.Kind{
		"gatewayId": internetGatewayKind, "natGatewayId": natGatewayKind, "egressOnlyGatewayId": egressOnlyGatewayKind,
	} {
		if gateway := c.Find(kind, stringOf(route[name])); gateway != nil && networkOf(gateway) != vpc {
			return gateway
		}
	}
	return nil
}
