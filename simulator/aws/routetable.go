package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_route_table,vpc_route,vpc_route_table_association,
// vpc_default_route_table}.go; the EC2 API's list of error codes; the VPC guide's route tables and quotas.

var routeTableKind = &simulator.Kind{
	Noun:     "EC2 Route Table",
	IDPrefix: "rtb-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:route-table/{id}",
	NotFound: "InvalidRouteTableID.NotFound: The routeTable ID '%s' does not exist",
	InUse:    "DependencyViolation: The routeTable '%s' has dependencies and cannot be deleted.",
}

var routeAssociationKind = &simulator.Kind{
	Noun:     "EC2 Route Table Association",
	IDPrefix: "rtbassoc-",
	NotFound: "InvalidAssociationID.NotFound: The association ID '%s' does not exist",
}

// usesTable is a reference to a route table that is held by what refers to it.
func usesTable() simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-route-table-in-use", Source: ec2Errors},
		Property: "routeTableId", To: kinds(routeTableKind),
	}
}

func routeTableTypes() []*simulator.Type {
	inline := map[string]simulator.Rule{"routes[*].cidrBlock": anyIPv4, "routes[*].ipv6CidrBlock": anyIPv6}
	return []*simulator.Type{
		{
			Token:       "aws:ec2/routeTable:RouteTable",
			Kind:        routeTableKind,
			Immutable:   []string{"vpcId"},
			Sets:        []string{"propagatingVgws", "routes"},
			Rules:       inline,
			References:  append(targetReferences("routes[*]."), inVPC()),
			Unique:      []simulator.Unique{inlineRoutes},
			Patient:     true,
			Check:       checkInlineRoutes,
			Constraints: inlineRouteConstraints("routes[*]"),
			Compute:     func(c *simulator.Call) { c.Set("ownerId", c.Account) },
			API:         []string{"ec2:CreateRouteTable", "ec2:CreateRoute"},
			Quotas: append(routesPerTable(func(c *simulator.Call) string { return c.ID }, "routes[*]"), simulator.Quota{
				Code: "L-589F43AA", Source: vpcQuotas, Limit: 200, Per: ofVPC,
				Error: "RouteTableLimitExceeded: The maximum number of route tables has been reached.",
			}),
		},
		{
			Token:       "aws:ec2/defaultRouteTable:DefaultRouteTable",
			Kind:        routeTableKind,
			Immutable:   []string{"defaultRouteTableId"},
			Sets:        []string{"propagatingVgws", "routes"},
			Rules:       inline,
			References:  targetReferences("routes[*]."),
			Unique:      []simulator.Unique{inlineRoutes},
			Check:       checkInlineRoutes,
			Constraints: inlineRouteConstraints("routes[*]"),
			Adopt:       adopt(routeTableKind, "defaultRouteTableId"),
			Quotas:      routesPerTable(func(c *simulator.Call) string { return c.ID }, "routes[*]"),
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				c.Set("vpcId", c.Self().Target(vpcKind).Identity())
			},
			API: []string{"ec2:CreateRoute"},
		},
		routeType(),
		{
			Token:      "aws:ec2/routeTableAssociation:RouteTableAssociation",
			Kind:       routeAssociationKind,
			Immutable:  []string{"gatewayId", "subnetId"},
			ExactlyOne: [][]string{{"subnetId", "gatewayId"}},
			References: []simulator.Reference{
				usesTable(),
				{Property: "subnetId", To: kinds(subnetKind), OnDelete: simulator.Follow},
			},
			Unique: []simulator.Unique{
				oneTable("aws-subnet-one-route-table", "subnetId"),
				oneTable("aws-gateway-one-route-table", "gatewayId"),
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-route-table-same-network", Source: routeTableGuide},
				Stage:  simulator.AtApply,
				Error:  "InvalidParameterValue: route table %s and subnet %s belong to different networks",
				Find:   findForeignTable,
			}},
			API: []string{"ec2:AssociateRouteTable"},
		},
	}
}

// routeTableGuide documents what a route table can hold and be associated with.
const routeTableGuide = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"

// oneTable allows what an input names one route table.
func oneTable(id, property string) simulator.Unique {
	return simulator.Unique{
		Origin:     simulator.Origin{ID: id, Source: routeTableGuide},
		Properties: []string{property},
		Error: "Resource.AlreadyAssociated: the specified association for route table conflicts with an " +
			"existing association of %s",
	}
}

// networkOf returns the VPC that something is in.
func networkOf(o *simulator.Object) *simulator.Object {
	if cluster := o.Target(eksClusterKind); cluster != nil { // whose security group it is
		o = cluster
	}
	if subnet := o.Target(subnetKind); subnet != nil {
		return subnet.Target(vpcKind)
	}
	return o.Target(vpcKind)
}

func findForeignTable(c *simulator.Call, broken func(path string, args ...any)) {
	table := c.Find(routeTableKind, c.Text("routeTableId"))
	subnet := c.Find(subnetKind, c.Text("subnetId"))
	if subnet != nil && networkOf(table) != networkOf(subnet) {
		broken("routeTableId", c.Text("routeTableId"), subnet.ID)
	}
}

// adopt returns the function by which a resource takes over the object that an input names by id, and that came with a
// VPC.
func adopt(kind *simulator.Kind, input string) func(*simulator.Call) *simulator.Object {
	return func(c *simulator.Call) *simulator.Object {
		o := c.Find(kind, c.Text(input))
		if o == nil || !o.CameAlong() {
			c.Fail(input, kind.NotFound, c.Text(input))
		}
		return o
	}
}

// mainTable returns the id of a VPC's main route table.
func mainTable(vpc *simulator.Object) string {
	for _, association := range vpc.Users(mainAssociationKind) {
		return association.Text("routeTableId")
	}
	return vpc.Text("mainRouteTableId")
}
