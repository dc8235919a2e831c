package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups about networks. Source of the outputs' forms: terraform-provider-aws,
// internal/service/ec2/{vpc_data_source,vpc_endpoint_service_data_source}.go.

func networkLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ec2/getVpc:getVpc", Answer: lookUpVPC},
		{Token: "aws:ec2/getVpcEndpointService:getVpcEndpointService", Answer: endpointService},
	}
}

func lookUpVPC(c *simulator.Call) resource.PropertyMap {
	var found []*simulator.Object
	for _, vpc := range c.All(vpcKind) {
		if matchesVPC(c, vpc) {
			found = append(found, vpc)
		}
	}
	switch len(found) {
	case 0:
		c.Fail("", "no matching EC2 VPC found")
		return nil
	case 1:
	default:
		c.Fail("", "multiple EC2 VPCs matched; use additional constraints to reduce matches to a single EC2 VPC")
		return nil
	}
	vpc := found[0]
	for _, name := range []string{
		"cidrBlock", "dhcpOptionsId", "instanceTenancy", "ipv6AssociationId", "ipv6CidrBlock", "mainRouteTableId", "ownerId",
	} {
		c.Set(name, vpc.Text(name))
	}
	for _, name := range []string{"enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics"} {
		c.Set(name, vpc.Flag(name))
	}
	var blocks []any
	for i, block := range vpcBlocks(vpc) {
		id := "vpc-cidr-assoc-" + strings.TrimPrefix(vpc.ID, "vpc-")
		if further := vpc.Users(vpcCIDRKind); i > 0 {
			id = further[i-1].ID
		}
		blocks = append(blocks, map[string]any{"associationId": id, "cidrBlock": block, "state": "associated"})
	}
	c.Set("cidrBlockAssociations", blocks)
	c.Set("arn", vpc.ARN)
	c.Set("id", vpc.ID)
	c.Set("default", vpc == defaultVPC(c))
	c.Set("state", "available")
	c.Outputs["tags"] = resource.NewObjectProperty(vpc.Tags())
	return c.Outputs
}

func matchesVPC(c *simulator.Call, vpc *simulator.Object) bool {
	for input, value := range map[string]string{
		"id": vpc.ID, "cidrBlock": vpc.Text("cidrBlock"), "dhcpOptionsId": vpc.Text("dhcpOptionsId"), "state": "available",
	} {
		if wanted := c.Text(input); wanted != "" && wanted != value {
			return false
		}
	}
	if c.Flag("default") && vpc != defaultVPC(c) {
		return false
	}
	tags := vpc.Tags()
	wanted := c.Inputs["tags"]
	if wanted.IsObject() {
		for key, value := range wanted.ObjectValue() {
			if !tags[key].DeepEquals(value) {
				return false
			}
		}
	}
	isDefault := []string{fmt.Sprint(vpc == defaultVPC(c))}
	return matches(c, func(filter string) ([]string, bool) {
		key, isTag := strings.CutPrefix(filter, "tag:")
		if isTag {
			return []string{stringOf(tags[resource.PropertyKey(key)])}, true
		}
		value, ok := map[string][]string{
			"vpc-id": {vpc.ID}, "cidr": {vpc.Text("cidrBlock")}, "cidr-block-association.cidr-block": vpcBlocks(vpc),
			"is-default": isDefault, "isDefault": isDefault, "owner-id": {c.Account}, "state": {"available"},
		}[filter]
		return value, ok
	})
}

func endpointService(c *simulator.Call) resource.PropertyMap {
	service, name := c.Text("service"), c.Text("serviceName")
	_, reverse := partitionOf(c.Partition)
	switch {
	case (service == "") == (name == ""):
		c.Fail("service", "exactly one of service, serviceName is needed")
		return nil
	case name == "":
		name = reverse + "." + c.Region + "." + service
	default:
		service, _, _ = awsService(name)
	}
	if service == "" {
		c.Fail("serviceName", "InvalidServiceName: The Vpc Endpoint Service '%s' does not exist", name)
		return nil
	}
	kind := c.Text("serviceType")
	if kind == "" {
		kind = "Interface"
		if slices.Contains(gatewayServices, service) {
			c.Fail("serviceType", "multiple VPC Endpoint Services matched: %s has Gateway and Interface endpoints, "+
				"say which with serviceType", name)
			return nil
		}
	}
	id := "vpce-svc-" + c.Fixed("endpoint service "+name+kind, idDigits)
	c.Set("serviceName", name)
	c.Set("serviceId", id)
	c.Set("id", id)
	c.Set("arn", "arn:"+c.Partition+":ec2:"+c.Region+":"+c.Account+":vpc-endpoint-service/"+id)
	c.Set("serviceType", kind)
	c.Set("owner", "amazon")
	c.Set("region", c.Region)
	c.Set("acceptanceRequired", false)
	c.Set("managesVpcEndpoints", false)
	c.Set("vpcEndpointPolicySupported", true)
	c.Set("availabilityZones", zoneNames(c.Region))
	c.Set("baseEndpointDnsNames", []string{service + "." + c.Region + ".vpce.amazonaws.com"})
	c.Set("supportedIpAddressTypes", []string{"ipv4"})
	private := ""
	if kind == "Interface" {
		private = service + "." + c.Region + ".amazonaws.com"
	}
	c.Set("privateDnsName", private)
	c.Set("privateDnsNames", []string{private})
	return c.Outputs
}
