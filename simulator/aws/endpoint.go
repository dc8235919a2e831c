package aws

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_endpoint.go; the EC2 API's CreateVpcEndpoint and list of
// error codes; the AWS PrivateLink guide's gateway and interface endpoints and quotas; for the texts of the errors,
// what the GuardDuty guide ("Runtime coverage") and the TiDB Cloud documentation ("Connect via private endpoint")
// quote.

// Pages that say what an endpoint needs.
const (
	gatewayEndpoints   = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
	interfaceEndpoints = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
	createEndpoint     = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html"
)

var endpointKind = &simulator.Kind{
	Noun:     "EC2 VPC Endpoint",
	IDPrefix: "vpce-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}",
	NotFound: "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '%s' does not exist",
}

// gatewayServices are the services that have gateway endpoints.
var gatewayServices = []string{"dynamodb", "s3", "s3express"}

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
			"policy": policyJSON,
		},
		ExactlyOne: [][]string{{"serviceName", "resourceConfigurationArn", "serviceNetworkArn"}},
		References: []simulator.Reference{
			inVPC(),
			inSubnet("subnetIds[*]"),
			usesGroup("securityGroupIds[*]"),
			{Property: "routeTableIds[*]", To: kinds(routeTableKind), OnDelete: simulator.Ignore},
		},
		Unique: []simulator.Unique{
			uniqueRoutes(func(c *simulator.Call) []string {
				var keys []string
				for _, table := range c.Texts("routeTableIds[*]") {
					keys = append(keys, routeKey(table, prefixList(c)))
				}
				return keys
			}),
			{
				Origin: simulator.Origin{ID: "aws-endpoint-private-dns-taken", Source: interfaceEndpoints},
				Space:  "private DNS name",
				Error:  "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s",
				Keys: func(c *simulator.Call) []string {
					if !c.Flag("privateDnsEnabled") {
						return nil
					}
					return []string{privateDomain(c.Text("serviceName")) + " in the VPC " + c.Text("vpcId")}
				},
			},
		},
		Constraints: endpointConstraints(),
		Quotas: []simulator.Quota{
			groupsPerInterface("securityGroupIds[*]"),
			{
				Code: "L-1B52E74A", Source: vpcQuotas, Limit: 20,
				Error: "VpcEndpointLimitExceeded: The maximum number of VPC endpoints has been reached.",
				Per:   ofType("Gateway", func(c *simulator.Call) string { return c.Region }),
			},
			{
				Code: "L-29B6F2EB", Source: vpcQuotas, Limit: 50,
				Error: "VpcEndpointLimitExceeded: The maximum number of VPC endpoints has been reached.",
				Per:   ofType("Interface", ofVPC),
			},
		},
		API:        []string{"ec2:CreateVpcEndpoint"},
		Parameters: map[string]string{"vpcEndpointType": ""}, // the model is older than two of the types
		ReplaceIf: func(_, after resource.PropertyMap) []string {
			if kind := after["vpcEndpointType"]; kind.IsString() && kind.StringValue() != "Interface" {
				return []string{"privateDnsEnabled"}
			}
			return nil
		},
		Check:   checkEndpoint,
		Compute: computeEndpoint,
	}}
}

// ofType counts endpoints of one type only.
func ofType(kind string, per func(*simulator.Call) string) func(*simulator.Call) string {
	return func(c *simulator.Call) string {
		if c.Text("vpcEndpointType") != kind {
			return ""
		}
		return per(c)
	}
}

// privateDomain turns a service's name around: sts.us-west-2.amazonaws.com.
func privateDomain(service string) string {
	name, region, ok := awsService(service)
	if !ok {
		return service
	}
	return name + "." + region + ".amazonaws.com"
}

// regionForm tells regions from what else a service's name has in their place: com.amazonaws.s3-global.accesspoint.
var regionForm = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+$`)

// awsService returns the service and region of com.amazonaws.us-west-2.s3; ok is false for services of others.
func awsService(name string) (service, region string, ok bool) {
	parts := strings.SplitN(name, ".", 4)
	if len(parts) == 4 && parts[0] == "com" && parts[1] == "amazonaws" && regionForm.MatchString(parts[2]) {
		return parts[3], parts[2], true
	}
	return "", "", false
}

// checkEndpoint refuses what endpoints of the type do not have.
func checkEndpoint(c *simulator.Call) {
	refuse := func(why string, names ...string) {
		for _, name := range names {
			if c.Given(name) && (c.Flag(name) || len(c.Texts(name+"[*]")) > 0) {
				c.Fail(name, "InvalidParameter: %s endpoints take no %s: %s", c.Text("vpcEndpointType"), name, why)
			}
		}
	}
	switch c.Text("vpcEndpointType") {
	case "Gateway":
		refuse("they are routes", "subnetIds", "securityGroupIds", "privateDnsEnabled")
	case "Interface":
		refuse("they are network interfaces", "routeTableIds")
	}
}

func endpointConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-endpoint-region", Source: createEndpoint},
			Error:  "InvalidServiceName: The Vpc Endpoint Service '%s' does not exist",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				_, region, isAWS := awsService(c.Text("serviceName"))
				if isAWS && c.Region != "" && region != c.Region && !c.Given("serviceRegion") {
					broken("serviceName", c.Text("serviceName"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-endpoint-gateway-services", Source: gatewayEndpoints},
			Error:  "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				service, _, isAWS := awsService(c.Text("serviceName"))
				if isAWS && c.Text("vpcEndpointType") == "Gateway" && !slices.Contains(gatewayServices, service) {
					broken("vpcEndpointType")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-endpoint-one-subnet-per-zone", Source: interfaceEndpoints},
			Stage:  simulator.AtApply,
			Error: "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of %s. " +
				"VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.",
			Find: findZoneTwice("subnetIds[*]"),
		},
		{
			Origin: simulator.Origin{ID: "aws-endpoint-same-network", Source: createEndpoint},
			Stage:  simulator.AtApply,
			Error:  "InvalidParameter: %s does not belong to the VPC %s",
			Find:   findOutsideNetwork,
		},
		{
			Origin: simulator.Origin{ID: "aws-endpoint-private-dns-needs-vpc-dns", Source: interfaceEndpoints},
			Stage:  simulator.AtApply,
			Error: "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC " +
				"attributes set to true for %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := c.Find(vpcKind, c.Text("vpcId"))
				if c.Flag("privateDnsEnabled") && !(vpc.Flag("enableDnsSupport") && vpc.Flag("enableDnsHostnames")) {
					broken("privateDnsEnabled", c.Text("vpcId"))
				}
			},
		},
	}
}

// findOutsideNetwork finds what an endpoint uses of other networks.
func findOutsideNetwork(c *simulator.Call, broken func(path string, args ...any)) {
	vpc := c.Text("vpcId")
	for _, in := range []struct {
		path string
		kind *simulator.Kind
	}{{"subnetIds[*]", subnetKind}, {"securityGroupIds[*]", securityGroupKind}, {"routeTableIds[*]", routeTableKind}} {
		c.Each(in.path, func(path, id string) {
			if c.Find(in.kind, id).Text("vpcId") != vpc {
				broken(path, id, vpc)
			}
		})
	}
}

// prefixList returns the id of the list of a service's addresses.
func prefixList(c *simulator.Call) string { return prefixListOf(c, c.Text("serviceName")) }

func prefixListOf(c *simulator.Call, service string) string {
	return "pl-" + c.Fixed("prefix-list "+service, 8)
}

// serviceAddresses stand for those of a service: kept for documentation by RFC 5737.
var serviceAddresses = []string{"198.51.100.0/24"}

// anyoneMayDoAnything is the policy of endpoints that are given none.
const anyoneMayDoAnything = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],` +
	`"Version":"2008-10-17"}`

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
		c.Set("cidrBlocks", serviceAddresses)
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
		c.Set("securityGroupIds", defaultGroups(c.Find(vpcKind, c.Text("vpcId"))))
	}
}
