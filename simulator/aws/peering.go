package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_peering_connection,vpc_peering_connection_accepter}.go;
// the VPC peering guide's limitations; the EC2 API's list of error codes; the VPC guide's quotas.

// peeringKind is global, so that the accepter finds it from another region.
var peeringKind = &simulator.Kind{
	Noun:     "EC2 VPC Peering Connection",
	IDPrefix: "pcx-",
	Global:   true,
	NotFound: "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID '%s' does not exist",
}

var peeringAccepterKind = &simulator.Kind{
	Noun: "EC2 VPC Peering Connection Accepter",
	ID:   func(c *simulator.Call) string { return c.Text("vpcPeeringConnectionId") },
}

const peeringLimits = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html"

func peeringTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
			Kind:      peeringKind,
			Immutable: []string{"peerOwnerId", "peerRegion", "peerVpcId", "vpcId"},
			References: []simulator.Reference{
				{Property: "vpcId", To: kinds(vpcKind), OnDelete: simulator.Ignore},
				{
					Property: "peerVpcId", To: kinds(vpcKind), OnDelete: simulator.Ignore,
					Address: func(c *simulator.Call, id string) (string, bool) { return id, !peerIsElsewhere(c) },
				},
			},
			Check: func(c *simulator.Call) {
				if c.Given("peerRegion") && c.Flag("autoAccept") {
					c.Fail("autoAccept", "peerRegion cannot be set whilst autoAccept is true when creating an EC2 VPC Peering Connection")
				}
			},
			Constraints: peeringConstraints(),
			API:         []string{"ec2:CreateVpcPeeringConnection"},
			Quotas: []simulator.Quota{{
				Code: "L-7E9ECCDB", Source: vpcQuotas, Limit: 50, Per: ofVPC,
				Error: "ActiveVpcPeeringConnectionPerVpcLimitExceeded: The maximum number of active peering connections has " +
					"been reached.",
			}},
			Compute: func(c *simulator.Call) {
				status := "pending-acceptance"
				if c.Flag("autoAccept") {
					status = "active"
				}
				c.Set("acceptStatus", status)
				c.SetNew("peerOwnerId", c.Account)
				c.SetNew("peerRegion", c.Region)
				computePeeringOptions(c)
			},
		},
		{
			Token:     "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
			Kind:      peeringAccepterKind,
			Immutable: []string{"vpcPeeringConnectionId"},
			References: []simulator.Reference{
				{Property: "vpcPeeringConnectionId", To: kinds(peeringKind), OnDelete: simulator.Follow},
			},
			API: []string{"ec2:AcceptVpcPeeringConnection"},
			Compute: func(c *simulator.Call) {
				connection := c.Find(peeringKind, c.Text("vpcPeeringConnectionId"))
				c.Set("acceptStatus", connection.Text("acceptStatus"))
				if c.Flag("autoAccept") {
					c.Set("acceptStatus", "active")
				}
				for _, name := range []string{"vpcId", "peerVpcId", "peerOwnerId", "peerRegion"} {
					c.Set(name, connection.Text(name))
				}
				computePeeringOptions(c)
			},
		},
	}
}

func computePeeringOptions(c *simulator.Call) {
	for _, side := range []string{"accepter", "requester"} {
		c.SetNew(side, map[string]any{"allowRemoteVpcDnsResolution": false})
	}
}

// peerIsElsewhere reports whether the other VPC is in another account or region, and so out of sight.
func peerIsElsewhere(c *simulator.Call) bool {
	owner, region := c.Text("peerOwnerId"), c.Text("peerRegion")
	return owner != "" && owner != c.Account || region != "" && region != c.Region
}

// peers returns the two VPCs of a connection; the second is nil when it is out of sight.
func peers(c *simulator.Call) (requester, accepter *simulator.Object) {
	if !peerIsElsewhere(c) {
		accepter = c.Find(vpcKind, c.Text("peerVpcId"))
	}
	return c.Find(vpcKind, c.Text("vpcId")), accepter
}

func peeringConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-peering-overlap", Source: peeringLimits},
			Stage:  simulator.AtApply,
			Error: "unexpected state 'failed', wanted target 'active, pending-acceptance'. last error: Failed due to incorrect " +
				"VPC-ID, Account ID, or overlapping CIDR range: %s and %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				requester, accepter := peers(c)
				for _, ours := range vpcBlocks(requester) {
					for _, theirs := range vpcBlocks(accepter) {
						if overlap(ours, theirs) {
							broken("peerVpcId", ours, theirs)
							return
						}
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-peering-dns-hostnames", Source: ec2Errors},
			Stage:  simulator.AtApply,
			Error: "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled: To enable DNS hostname resolution for the VPC peering " +
				"connection, DNS hostname support must be enabled for the VPCs: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if !c.Flag("requester.allowRemoteVpcDnsResolution") && !c.Flag("accepter.allowRemoteVpcDnsResolution") {
					return
				}
				requester, accepter := peers(c)
				for _, vpc := range []*simulator.Object{requester, accepter} {
					if vpc != nil && !vpc.Flag("enableDnsHostnames") {
						broken("", vpc.ID)
						return
					}
				}
			},
		},
		{
			Origin: simulator.Origin{
				ID: "aws-peering-options-need-active", Source: "terraform-provider-aws, internal/service/ec2/vpc_peering_connection.go",
			},
			Error: "Unable to modify EC2 VPC Peering Connection Options. EC2 VPC Peering Connection is not active (current status: " +
				"pending-acceptance). Please set the autoAccept attribute to true or activate it manually.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				options := c.Given("requester") || c.Given("accepter")
				if c.Old == nil && c.ID == "" && options && c.Known("autoAccept") && !c.Flag("autoAccept") {
					broken("autoAccept")
				}
			},
		},
	}
}

// peered reports whether an active peering connection joins two networks.
func peered(a, b *simulator.Object) bool {
	of := b.Users(peeringKind)
	return slices.ContainsFunc(a.Users(peeringKind), func(connection *simulator.Object) bool {
		accepted := slices.ContainsFunc(connection.Users(peeringAccepterKind), func(accepter *simulator.Object) bool {
			return accepter.Text("acceptStatus") == "active"
		})
		return slices.Contains(of, connection) && (accepted || connection.Text("acceptStatus") == "active")
	})
}
