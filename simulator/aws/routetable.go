package aws

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_route_table,
// vpc_route,vpc_route_table_association,vpc_default_route_table}.go; the EC2
// API's list of error codes.

var routeTableKind = &simulator.Kind{
	Noun:     "EC2 Route Table",
	IDPrefix: "rtb-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:route-table/{id}",
	NotFound: "InvalidRouteTableID.NotFound: The routeTable ID '%s' does not exist",
	InUse:    "DependencyViolation: The routeTable '%s' has dependencies and cannot be deleted.",
}

var routeKind = &simulator.Kind{
	Noun: "EC2 Route",
	ID:   func(c *simulator.Call) string { return routeID(c.Text("routeTableId"), destination(c.Inputs)) },
}

var routeAssociationKind = &simulator.Kind{
	Noun:     "EC2 Route Table Association",
	IDPrefix: "rtbassoc-",
	NotFound: "InvalidAssociationID.NotFound: The association ID '%s' does not exist",
}

// routeID is the provider's own: it hashes the destination.
func routeID(table, destination string) string {
	return fmt.Sprintf("r-%s%d", table, crc32.ChecksumIEEE([]byte(destination)))
}

var (
	routeDestinations = []string{"destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"}
	// routeTargets are the inputs that say where a route leads. Those whose
	// kinds are modelled must exist.
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

func routeTableTypes() []*simulator.Type {
	inline := map[string]simulator.Rule{"routes[*].cidrBlock": anyIPv4, "routes[*].ipv6CidrBlock": anyIPv6}
	return []*simulator.Type{
		{
			Token:     "aws:ec2/routeTable:RouteTable",
			Kind:      routeTableKind,
			Immutable: []string{"vpcId"},
			Sets:      []string{"propagatingVgws", "routes"},
			Rules:     inline,
			References: append(targetReferences("routes[*]."),
				simulator.Reference{Property: "vpcId", To: kinds(vpcKind)}),
			Unique:  []simulator.Unique{inlineRoutes},
			Patient: true,
			Check:   checkInlineRoutes,
			Allow: func(c *simulator.Call) {
				allowRoutes(c, c.Find(vpcKind, c.Text("vpcId")), "routes[*]")
			},
			Compute: func(c *simulator.Call) { c.Set("ownerId", c.Account) },
		},
		{
			Token:      "aws:ec2/defaultRouteTable:DefaultRouteTable",
			Kind:       routeTableKind,
			Immutable:  []string{"defaultRouteTableId"},
			Sets:       []string{"propagatingVgws", "routes"},
			Rules:      inline,
			References: targetReferences("routes[*]."),
			Unique:     []simulator.Unique{inlineRoutes},
			Check:      checkInlineRoutes,
			Adopt:      adopt(routeTableKind, "defaultRouteTableId"),
			Allow: func(c *simulator.Call) {
				allowRoutes(c, c.Self().Target(vpcKind), "routes[*]")
			},
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				c.Set("vpcId", c.Self().Target(vpcKind).ID)
			},
		},
		routeType(),
		{
			Token:      "aws:ec2/routeTableAssociation:RouteTableAssociation",
			Kind:       routeAssociationKind,
			Immutable:  []string{"gatewayId", "subnetId"},
			ExactlyOne: [][]string{{"subnetId", "gatewayId"}},
			References: []simulator.Reference{
				{Property: "routeTableId", To: kinds(routeTableKind)},
				{Property: "subnetId", To: kinds(subnetKind), OnDelete: simulator.Follow},
			},
			Unique: []simulator.Unique{
				{Properties: []string{"subnetId"}, Error: alreadyAssociated},
				{Properties: []string{"gatewayId"}, Error: alreadyAssociated},
			},
			Allow: allowAssociation,
		},
	}
}

const alreadyAssociated = "Resource.AlreadyAssociated: the specified association for route table conflicts with an " +
	"existing association of %s"

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
		Unique: []simulator.Unique{{
			Space: "route",
			Error: "RouteAlreadyExists: The route identified by %s already exists.",
			Keys: func(c *simulator.Call) []string {
				return []string{routeKey(c.Text("routeTableId"), destination(c.Inputs))}
			},
		}},
		Allow: func(c *simulator.Call) {
			allowRoutes(c, c.Find(routeTableKind, c.Text("routeTableId")).Target(vpcKind), "")
		},
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

// inlineRoutes keeps the routes in a table's own list apart from those of
// route resources.
var inlineRoutes = simulator.Unique{
	Space: "route",
	Error: "RouteAlreadyExists: The route identified by %s already exists.",
	Keys: func(c *simulator.Call) []string {
		var list []string
		c.Objects("routes[*]", func(_ string, route resource.PropertyMap) {
			list = append(list, routeKey(c.ID, destination(route)))
		})
		return list
	},
}

func routeKey(table, destination string) string { return destination + " in " + table }

// destination returns where a route leads to, be it a resource or an entry of
// a table's list.
func destination(route resource.PropertyMap) string {
	for _, name := range append(slices.Clone(routeDestinations), "cidrBlock", "ipv6CidrBlock") {
		if value := route[resource.PropertyKey(name)]; value.IsString() && value.StringValue() != "" {
			return value.StringValue()
		}
	}
	return ""
}

func checkInlineRoutes(c *simulator.Call) {
	seen := map[string]bool{}
	c.Objects("routes[*]", func(path string, route resource.PropertyMap) {
		to := destination(route)
		if to != "" && seen[to] {
			c.Fail(path, "RouteAlreadyExists: The route identified by %s already exists.", to)
		}
		seen[to] = true
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

// allowRoutes refuses routes to a network's own addresses and through gateways
// of other networks.
func allowRoutes(c *simulator.Call, vpc *simulator.Object, path string) {
	check := func(path string, route resource.PropertyMap) {
		to := destination(route)
		if slices.Contains(vpcBlocks(vpc), to) || to != "" && to == vpc.Text("ipv6CidrBlock") {
			c.Fail(path, "RouteAlreadyExists: The route identified by %s already exists.", to)
		}
		for name, kind := range map[string]*simulator.Kind{
			"gatewayId": internetGatewayKind, "natGatewayId": natGatewayKind, "egressOnlyGatewayId": egressOnlyGatewayKind,
		} {
			id := route[resource.PropertyKey(name)]
			if !id.IsString() {
				continue
			}
			if gateway := c.Find(kind, id.StringValue()); gateway != nil && networkOf(gateway) != vpc {
				c.Fail(path, "InvalidParameterValue: route table %s and network gateway %s belong to different networks",
					c.Text("routeTableId")+c.Text("defaultRouteTableId"), gateway.ID)
			}
		}
	}
	if path == "" {
		check("", c.Inputs)
		return
	}
	c.Objects(path, check)
}

// networkOf returns the VPC that something is in.
func networkOf(o *simulator.Object) *simulator.Object {
	if subnet := o.Target(subnetKind); subnet != nil {
		return subnet.Target(vpcKind)
	}
	if cluster := o.Target(eksClusterKind); cluster != nil { // whose security group it is
		return networkOf(cluster)
	}
	return o.Target(vpcKind)
}

func allowAssociation(c *simulator.Call) {
	table := c.Find(routeTableKind, c.Text("routeTableId"))
	subnet := c.Find(subnetKind, c.Text("subnetId"))
	if subnet != nil && networkOf(table) != networkOf(subnet) {
		c.Fail("routeTableId", "InvalidParameterValue: route table %s and subnet %s belong to different networks",
			table.ID, subnet.ID)
	}
}

// adopt returns the function by which a resource takes over the object that an
// input names by id, and that came with a VPC.
func adopt(kind *simulator.Kind, input string) func(*simulator.Call) *simulator.Object {
	return func(c *simulator.Call) *simulator.Object {
		o := c.Find(kind, c.Text(input))
		if o == nil || !o.CameAlong() {
			c.Fail(input, kind.NotFound, c.Text(input))
		}
		return o
	}
}
