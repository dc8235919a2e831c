package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups about networks. Source of the outputs' forms: terraform-provider-aws,
// internal/service/ec2/{vpc_,vpc_subnet_,
// vpc_security_group_,vpc_route_table_,vpc_internet_gateway_,vpc_nat_gateway_,vpc_prefix_list_,vpc_endpoint_service_,
// ec2_eip_}data_source.go.

func networkLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ec2/getVpc:getVpc", Answer: lookUpVPC},
		{Token: "aws:ec2/getVpcs:getVpcs", Answer: findVPCs.ids},
		{Token: "aws:ec2/getSubnet:getSubnet", Answer: lookUpSubnet},
		{Token: "aws:ec2/getSubnets:getSubnets", Answer: findSubnets.ids},
		{Token: "aws:ec2/getSecurityGroup:getSecurityGroup", Answer: lookUpGroup},
		{Token: "aws:ec2/getSecurityGroups:getSecurityGroups", Answer: lookUpGroups},
		{Token: "aws:ec2/getRouteTable:getRouteTable", Answer: lookUpTable},
		{Token: "aws:ec2/getRouteTables:getRouteTables", Answer: findTables.ids},
		{Token: "aws:ec2/getInternetGateway:getInternetGateway", Answer: lookUpInternetGateway},
		{Token: "aws:ec2/getNatGateway:getNatGateway", Answer: lookUpNATGateway},
		{Token: "aws:ec2/getElasticIp:getElasticIp", Answer: lookUpAddress},
		{Token: "aws:ec2/getPrefixList:getPrefixList", Answer: lookUpPrefixList},
		{Token: "aws:ec2/getVpcEndpointService:getVpcEndpointService", Answer: endpointService},
	}
}

func lookUpVPC(c *simulator.Call) resource.PropertyMap {
	texts := []string{"cidrBlock", "dhcpOptionsId", "instanceTenancy", "ipv6AssociationId", "ipv6CidrBlock", "ownerId"}
	flags := []string{"enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics"}
	return findVPCs.describe(c, texts, flags, func(vpc *simulator.Object) {
		var blocks []any
		for i, block := range vpcBlocks(vpc) {
			id := "vpc-cidr-assoc-" + strings.TrimPrefix(vpc.ID, "vpc-")
			if further := vpc.Users(vpcCIDRKind); i > 0 {
				id = further[i-1].ID
			}
			blocks = append(blocks, map[string]any{"associationId": id, "cidrBlock": block, "state": "associated"})
		}
		c.Set("cidrBlockAssociations", blocks)
		c.Set("mainRouteTableId", mainTable(vpc))
		c.Set("default", vpc == defaultVPC(c))
		c.Set("state", "available")
	})
}

func lookUpSubnet(c *simulator.Call) resource.PropertyMap {
	texts := []string{
		"availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6CidrBlock", "ipv6CidrBlockAssociationId", "outpostArn",
		"ownerId", "privateDnsHostnameTypeOnLaunch", "vpcId",
	}
	flags := []string{
		"assignIpv6AddressOnCreation", "enableDns64", "enableResourceNameDnsARecordOnLaunch",
		"enableResourceNameDnsAaaaRecordOnLaunch", "ipv6Native", "mapCustomerOwnedIpOnLaunch", "mapPublicIpOnLaunch",
	}
	return findSubnets.describe(c, texts, flags, func(s *simulator.Object) {
		c.Set("availableIpAddressCount", hosts(s.Text("cidrBlock")))
		c.Set("customerOwnedIpv4Pool", "")
		c.Set("enableLniAtDeviceIndex", 0)
		c.Set("defaultForAz", isDefaultSubnet(c, s))
		c.Set("state", "available")
	})
}

func lookUpGroup(c *simulator.Call) resource.PropertyMap {
	return findGroups.describe(c, []string{"name", "description", "vpcId"}, nil, func(*simulator.Object) {})
}

func lookUpGroups(c *simulator.Call) resource.PropertyMap {
	arns, vpcs := []string{}, []string{}
	for _, group := range findGroups.all(c) {
		arns = append(arns, group.ARN)
		vpcs = append(vpcs, group.Text("vpcId"))
	}
	c.Set("arns", arns)
	c.Set("vpcIds", vpcs)
	return findGroups.ids(c)
}

func lookUpTable(c *simulator.Call) resource.PropertyMap {
	return findTables.describe(c, []string{"ownerId", "vpcId"}, nil, func(table *simulator.Object) {
		c.Set("routeTableId", table.ID)
		c.SetNew("subnetId", "")
		c.SetNew("gatewayId", "")
		associations := []any{}
		add := func(id, subnet, gateway string, main bool) {
			associations = append(associations, map[string]any{
				"main": main, "routeTableAssociationId": id, "routeTableId": table.ID, "subnetId": subnet, "gatewayId": gateway,
			})
		}
		if isMainTable(c, table) {
			add("rtbassoc-"+strings.TrimPrefix(table.ID, "rtb-"), "", "", true)
		}
		for _, association := range table.Users(routeAssociationKind) {
			add(association.ID, association.Text("subnetId"), association.Text("gatewayId"), false)
		}
		c.Set("associations", associations)
		c.Set("routes", routesOf(table))
	})
}

func lookUpInternetGateway(c *simulator.Call) resource.PropertyMap {
	return findInternetGateways.describe(c, []string{"ownerId"}, nil, func(gateway *simulator.Object) {
		c.Set("internetGatewayId", gateway.ID)
		attachments := []any{}
		if vpc := gateway.Text("vpcId"); vpc != "" {
			attachments = append(attachments, map[string]any{"state": "available", "vpcId": vpc})
		}
		c.Set("attachments", attachments)
	})
}

func lookUpNATGateway(c *simulator.Call) resource.PropertyMap {
	texts := []string{
		"allocationId", "associationId", "connectivityType", "networkInterfaceId", "privateIp", "publicIp", "subnetId",
	}
	return findNATGateways.describe(c, texts, nil, func(gateway *simulator.Object) {
		c.Set("vpcId", networkOf(gateway).Identity())
		c.Set("state", "available")
		c.Set("secondaryAllocationIds", []any{})
		c.Set("secondaryPrivateIpAddresses", []any{})
		c.Set("secondaryPrivateIpAddressCount", 0)
		delete(c.Outputs, "arn") // the function has none
	})
}

func lookUpAddress(c *simulator.Call) resource.PropertyMap {
	texts := []string{
		"associationId", "carrierIp", "customerOwnedIp", "domain", "ipamPoolId", "privateDns", "privateIp", "ptrRecord",
		"publicDns", "publicIp", "publicIpv4Pool",
	}
	return findAddresses.describe(c, texts, nil, func(address *simulator.Object) {
		c.Set("instanceId", address.Text("instance"))
		c.Set("networkInterfaceId", address.Text("networkInterface"))
		c.Set("networkInterfaceOwnerId", "")
		c.Set("customerOwnedIpv4Pool", "")
	})
}

// lookUpPrefixList answers with the list of a service's addresses that AWS keeps.
func lookUpPrefixList(c *simulator.Call) resource.PropertyMap {
	for _, service := range gatewayServices {
		name := "com.amazonaws." + c.Region + "." + service
		id := prefixListOf(c, name)
		found := matches(c, func(filter string) ([]string, bool) {
			value, ok := map[string][]string{"prefix-list-name": {name}, "prefix-list-id": {id}}[filter]
			return value, ok
		})
		if asked := c.Text("name"); asked != "" && asked != name {
			found = false
		}
		if asked := c.Text("prefixListId"); asked != "" && asked != id {
			found = false
		}
		if found {
			c.Set("id", id)
			c.Set("name", name)
			c.Set("cidrBlocks", serviceAddresses)
			return c.Outputs
		}
	}
	c.Fail("", "no matching EC2 Prefix List found")
	return nil
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

// routesOf returns a table's routes, its own and those that are resources, as the look-up shows them.
func routesOf(table *simulator.Object) []any {
	routes := []any{}
	add := func(read func(name string) string) {
		route := map[string]any{"instanceId": ""}
		for _, name := range append(slices.Clone(routeTargets), "destinationPrefixListId", "cidrBlock", "ipv6CidrBlock") {
			route[name] = read(name)
		}
		routes = append(routes, route)
	}
	eachObject(table.Output("routes"), func(route resource.PropertyMap) {
		add(func(name string) string { return stringOf(route[resource.PropertyKey(name)]) })
	})
	for _, route := range table.Users(routeKind) {
		add(func(name string) string {
			switch name {
			case "cidrBlock":
				return route.Text("destinationCidrBlock")
			case "ipv6CidrBlock":
				return route.Text("destinationIpv6CidrBlock")
			default:
				return route.Text(name)
			}
		})
	}
	return routes
}
