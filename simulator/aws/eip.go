package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/ec2_eip.go; the EC2 API's ReleaseAddress and list of error
// codes; the VPC guide's quotas.

var eipKind = &simulator.Kind{
	Noun:     "EC2 EIP",
	IDPrefix: "eipalloc-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
	NotFound: "InvalidAllocationID.NotFound: The allocation ID '%s' does not exist",
	InUse:    "InvalidIPAddress.InUse: The address with allocation id [%s] is associated and cannot be released",
}

func eipTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:ec2/eip:Eip",
		Kind:      eipKind,
		Immutable: []string{"address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"},
		Rules: map[string]simulator.Rule{
			"domain":                 simulator.OneOf("vpc"),
			"address":                ipv4Address,
			"associateWithPrivateIp": ipv4Address,
		},
		Compute: computeEIP,
		API:     []string{"ec2:AllocateAddress"},
		Quotas: []simulator.Quota{{
			Code: "L-0263D0A3", Source: vpcQuotas, Limit: 5,
			Error: "AddressLimitExceeded: The maximum number of addresses has been reached.",
		}},
	}}
}

// usesEIP is a reference to an address that cannot be released while it is associated.
func usesEIP(property string) simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-eip-in-use", Source: ec2Errors},
		Property: property, To: kinds(eipKind),
	}
}

func computeEIP(c *simulator.Call) {
	if _, done := c.Outputs["publicIp"]; done {
		return
	}
	ip := c.Text("address")
	if ip == "" {
		ip = hostIn("198.18.0.0/15", c.Hex("public-ip", 8)) // kept for tests by RFC 2544
	}
	suffix := c.Region + ".compute.amazonaws.com"
	if c.Region == "us-east-1" {
		suffix = "compute-1.amazonaws.com"
	}
	c.Set("publicIp", ip)
	c.Set("publicDns", fmt.Sprintf("ec2-%s.%s", strings.ReplaceAll(ip, ".", "-"), suffix))
	c.Set("allocationId", c.ID)
	c.SetNew("domain", "vpc")
	c.SetNew("vpc", true)
	c.SetNew("publicIpv4Pool", "amazon")
	c.SetNew("networkBorderGroup", c.Region)
	for _, name := range []string{
		"associationId", "carrierIp", "customerOwnedIp", "instance", "ipamPoolId",
		"networkInterface", "privateDns", "privateIp", "ptrRecord",
	} {
		c.SetNew(name, "")
	}
}
