package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_endpoint.go; the
// EC2 API's CreateVpcEndpoint; AWS PrivateLink guide, gateway endpoints.

var endpointKind = &simulator.Kind{
	Noun:     "EC2 VPC Endpoint",
	IDPrefix: "vpce-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}",
	NotFound: "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '%s' does not exist",
}

// gatewayServices are the services that have gateway endpoints.
var gatewayServices = []string{"dynamodb", "s3"}

func endpointTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:ec2/vpcEndpoint:VpcEndpoint",
		Kind:     endpointKind,
		Defaults: map[string]any{"vpcEndpointType": "Gateway"},
		Immutable: []string{
			"resourceConfigurationArn", "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId",
		},
		Sets: []string{"routeTableIds", "securityGroupIds", "subnetConfigurations", "subnetIds"},
		Rules: map[string]simulator.Rule{
			"vpcEndpointType": simulator.OneOf(
				"Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"),
			"ipAddressType": simulator.OneOf("dualstack", "ipv4", "ipv6"),
			"policy":        policyJSON,
		},
		ExactlyOne: [][]string{{"serviceName", "resourceConfigurationArn", "serviceNetworkArn"}},
		References: []simulator.Reference{
			{Property: "vpcId", To: kinds(vpcKind)},
			{Property: "subnetIds[*]", To: kinds(subnetKind)},
			{Property: "securityGroupIds[*]", To: kinds(securityGroupKind)},
			{Property: "routeTableIds[*]", To: kinds(routeTableKind), OnDelete: simulator.Ignore},
		},
		Unique: []simulator.Unique{
			{
				Space: "route",
				Error: "RouteAlreadyExists: there already is a route %s",
				Keys: func(c *simulator.Call) []string {
					var keys []string
					for _, table := range c.Texts("routeTableIds[*]") {
						keys = append(keys, routeKey(table, prefixList(c)))
					}
					return keys
				},
			},
			{
				Space: "private DNS name",
				Error: "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s",
				Keys: func(c *simulator.Call) []string {
					if !c.Flag("privateDnsEnabled") {
						return nil
					}
					return []string{c.Text("serviceName") + " in the VPC " + c.Text("vpcId")}
				},
			},
		},
		ReplaceIf: func(_, after resource.PropertyMap) []string {
			if kind := after["vpcEndpointType"]; kind.IsString() && kind.StringValue() != "Interface" {
				return []string{"privateDnsEnabled"}
			}
			return nil
		},
		Check:   checkEndpoint,
		Allow:   allowEndpoint,
		Compute: computeEndpoint,
	}}
}

// awsService returns the service and region of com.amazonaws.us-west-2.s3; ok
// is false for services of others.
func awsService(name string) (service, region string, ok bool) {
	parts := strings.SplitN(name, ".", 4)
	if len(parts) == 4 && parts[0] == "com" && parts[1] == "amazonaws" && parts[2] != "vpce" {
		return parts[3], parts[2], true
	}
	return "", "", false
}

func checkEndpoint(c *simulator.Call) {
	service, region, isAWS := awsService(c.Text("serviceName"))
	if isAWS && c.Region != "" && region != c.Region && !c.Given("serviceRegion") {
		c.Fail("serviceName", "InvalidServiceName: The Vpc Endpoint Service '%s' does not exist in %s",
			c.Text("serviceName"), c.Region)
	}
	refuse := func(why string, names ...string) {
		for _, name := range names {
			if c.Given(name) && (c.Flag(name) || len(c.Texts(name+"[*]")) > 0) {
				c.Fail(name, "InvalidParameter: %s endpoints take no %s: %s", c.Text("vpcEndpointType"), name, why)
			}
		}
	}
	switch c.Text("vpcEndpointType") {
	case "Gateway":
		if isAWS && !slices.Contains(gatewayServices, service) {
			c.Fail("vpcEndpointType", "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).")
		}
		refuse("they are routes", "subnetIds", "securityGroupIds", "privateDnsEnabled")
	case "Interface":
		refuse("they are network interfaces", "routeTableIds")
	}
}

func allowEndpoint(c *simulator.Call) {
	vpc := c.Find(vpcKind, c.Text("vpcId"))
	inZone := map[string]bool{}
	c.Each("subnetIds[*]", func(path, id string) {
		subnet := c.Find(subnetKind, id)
		zone := subnet.Text("availabilityZone")
		if inZone[zone] {
			c.Fail(path, "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of %s. "+
				"VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.", id)
		}
		inZone[zone] = true
	})
	for _, in := range []struct {
		path string
		kind *simulator.Kind
	}{{"subnetIds[*]", subnetKind}, {"securityGroupIds[*]", securityGroupKind}, {"routeTableIds[*]", routeTableKind}} {
		c.Each(in.path, func(path, id string) {
			if networkOf(c.Find(in.kind, id)) != vpc {
				c.Fail(path, "InvalidParameter: %s does not belong to the VPC %s", id, vpc.ID)
			}
		})
	}
	if c.Flag("privateDnsEnabled") && !(vpc.Flag("enableDnsSupport") && vpc.Flag("enableDnsHostnames")) {
		c.Fail("privateDnsEnabled", "InvalidParameter: Enabling private DNS requires both enableDnsSupport and "+
			"enableDnsHostnames VPC attributes set to true for %s", vpc.ID)
	}
}

// prefixList returns the id of the list of a service's addresses.
func prefixList(c *simulator.Call) string {
	return "pl-" + c.Fixed("prefix-list "+c.Text("serviceName"), 8)
}

// anyoneMayDoAnything is the policy of endpoints that are given none.
const anyoneMayDoAnything = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}`

func computeEndpoint(c *simulator.Call) {
	service, _, _ := awsService(c.Text("serviceName"))
	c.Set("ownerId", c.Account)
	c.Set("state", "available")
	c.Set("requesterManaged", false)
	c.SetNew("serviceRegion", c.Region)
	c.SetNew("policy", anyoneMayDoAnything)
	c.SetNew("privateDnsEnabled", false)
	c.SetNew("ipAddressType", "ipv4")
	c.SetNew("dnsOptions", map[string]any{"dnsRecordIpType": "ipv4"})
	for _, name := range []string{"routeTableIds", "securityGroupIds", "subnetIds"} {
		c.SetNew(name, []any{})
	}
	c.Set("cidrBlocks", []any{})
	c.Set("prefixListId", "")
	interfaces, names := []string{}, []any{}
	if c.Text("vpcEndpointType") == "Gateway" {
		c.Set("prefixListId", prefixList(c))
		c.Set("cidrBlocks", []string{"198.51.100.0/24"}) // kept for documentation by RFC 5737
	} else {
		for _, subnet := range c.Texts("subnetIds[*]") {
			interfaces = append(interfaces, "eni-"+c.Hex("interface "+subnet, idDigits))
		}
		zone := "Z" + strings.ToUpper(c.Fixed("hosted zone of endpoints", 13))
		host := c.ID + "-" + c.Hex("dns", 8) + "." + service + "." + c.Region + ".vpce.amazonaws.com"
		names = append(names, map[string]any{"dnsName": host, "hostedZoneId": zone})
	}
	c.Set("networkInterfaceIds", interfaces)
	c.Set("dnsEntries", names)
	if c.Text("vpcEndpointType") == "Interface" && len(c.Texts("securityGroupIds[*]")) == 0 {
		group := c.Find(vpcKind, c.Text("vpcId")).Owned(securityGroupKind)
		c.Set("securityGroupIds", []string{group.ID})
	}
}
