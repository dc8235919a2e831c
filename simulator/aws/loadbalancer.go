package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/elbv2/{load_balancer,validate}.go; the errors of the Elastic Load
// Balancing API, version 2015-12-01; the user guides of Application and Network Load Balancers.

var loadBalancerKind = &simulator.Kind{
	Noun: "ELBv2 Load Balancer",
	ID: func(c *simulator.Call) string {
		form := map[string]string{"network": "net", "gateway": "gwy"}[c.Text("loadBalancerType")]
		if form == "" {
			form = "app"
		}
		return "arn:" + c.Partition + ":elasticloadbalancing:" + c.Region + ":" + c.Account + ":loadbalancer/" + form + "/" +
			nameOrPrefix(c) + "/" + c.Hex("load balancer", 16)
	},
	ARN:      "{id}",
	Name:     "name",
	NotFound: "LoadBalancerNotFound: Load balancer '%s' not found",
	InUse:    "ResourceInUse: Load balancer '%s' cannot be deleted because it is currently associated with another service",
}

// Sources that several constraints of load balancers name.
const (
	elbCreate  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"
	elbListen  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html"
	albSubnets = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
	albQuotas  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
	nlbQuotas  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html"
)

// bothModules returns the types under both of their names: Pulumi has them in the modules lb and alb.
func bothModules(list ...*simulator.Type) []*simulator.Type {
	for _, t := range slices.Clone(list) {
		twin := *t
		twin.Token = strings.Replace(t.Token, "aws:lb/", "aws:alb/", 1)
		list = append(list, &twin)
	}
	return list
}

// elbName allows the names of load balancers and target groups, and their prefixes.
func elbName(longest int) simulator.Rule {
	return simulator.All(
		simulator.Length(1, longest),
		simulator.Matches(`^[0-9A-Za-z-]+$`, "letters, digits and hyphens are"),
		simulator.Matches(`^[^-]`, "it cannot begin with a hyphen"),
	)
}

// wholeName allows names that do not go on.
var wholeName = simulator.Matches(`[^-]$`, "it cannot end with a hyphen")

var notInternal = simulator.Text(func(name string) string {
	if strings.HasPrefix(name, "internal-") {
		return fmt.Sprintf("%q cannot begin with \"internal-\"", name)
	}
	return ""
})

func loadBalancerTypes() []*simulator.Type {
	return bothModules(&simulator.Type{
		Token: "aws:lb/loadBalancer:LoadBalancer",
		Kind:  loadBalancerKind,
		Defaults: map[string]any{
			"clientKeepAlive": 3600, "desyncMitigationMode": "defensive", "dnsRecordClientRoutingPolicy": "any_availability_zone",
			"dropInvalidHeaderFields": false, "enableCrossZoneLoadBalancing": false, "enableDeletionProtection": false,
			"enableHttp2": true, "enableTlsVersionAndCipherSuiteHeaders": false, "enableWafFailOpen": false,
			"enableXffClientPort": false, "enableZonalShift": false, "idleTimeout": 60, "loadBalancerType": "application",
			"preserveHostHeader": false, "xffHeaderProcessingMode": "append",
		},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 32, Separator: "-"},
		Immutable: []string{"customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"},
		Sets:      []string{"securityGroups", "subnetMappings", "subnets"},
		Rules: map[string]simulator.Rule{
			"name":                                 simulator.All(elbName(32), wholeName, notInternal),
			"namePrefix":                           simulator.All(elbName(6), notInternal),
			"desyncMitigationMode":                 simulator.OneOf("monitor", "defensive", "strictest"),
			"xffHeaderProcessingMode":              simulator.OneOf("append", "preserve", "remove"),
			"subnetMappings[*].privateIpv4Address": ipv4Address,
			"dnsRecordClientRoutingPolicy": simulator.OneOf("availability_zone_affinity",
				"partial_availability_zone_affinity", "any_availability_zone"),
		},
		AtMostOne:  [][]string{{"name", "namePrefix"}},
		ExactlyOne: [][]string{{"subnetMappings", "subnets"}},
		References: []simulator.Reference{
			{Property: "subnets[*]", To: kinds(subnetKind), NotFound: "SubnetNotFound: The subnet ID '%s' does not exist"},
			{Property: "subnetMappings[*].subnetId", To: kinds(subnetKind),
				NotFound: "SubnetNotFound: The subnet ID '%s' does not exist"},
			{Property: "subnetMappings[*].allocationId", To: kinds(eipKind),
				NotFound: "AllocationIdNotFound: The allocation ID '%s' does not exist"},
			{Property: "securityGroups[*]", To: kinds(securityGroupKind),
				NotFound: "InvalidSecurityGroup: The security group '%s' does not exist"},
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-elb-name-taken", Source: elbCreate},
			Space:      "load balancer",
			Properties: []string{"name"},
			Error:      "DuplicateLoadBalancerName: ELBv2 Load Balancer (%s) already exists",
		}, {
			Space: "associated address",
			Error: "ResourceInUse: Elastic IP address [%s] is already associated",
			Keys:  func(c *simulator.Call) []string { return c.Texts("subnetMappings[*].allocationId") },
		}},
		ReplaceIf:   replaceNetworkLoadBalancer,
		Constraints: append(loadBalancerConstraints(), accessLogConstraints()...),
		Quotas: []simulator.Quota{
			loadBalancerQuota("L-53DA6B97", albQuotas, "application"), loadBalancerQuota("L-69A177A2", nlbQuotas, "network"),
		},
		API:        []string{"elasticloadbalancingv2:CreateLoadBalancer"},
		Parameters: map[string]string{"loadBalancerType": "Type"},
		Compute:    computeLoadBalancer,
	})
}

func loadBalancerQuota(code, source, form string) simulator.Quota {
	return simulator.Quota{
		Code: code, Source: source, Limit: 50,
		Error: "TooManyLoadBalancers: The maximum number of load balancers has been reached",
		Per: func(c *simulator.Call) string {
			if c.Text("loadBalancerType") == form {
				return form
			}
			return ""
		},
	}
}

func loadBalancerConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		smallSubnet,
		{
			Origin: simulator.Origin{ID: "aws-elb-two-zones", Source: albSubnets},
			Stage:  simulator.AtApply,
			Error:  "ValidationError: At least two subnets in two different Availability Zones must be specified",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if subnets := balancedSubnets(c); c.Text("loadBalancerType") == "application" && len(subnets) < 2 {
					broken("subnets")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-one-subnet-in-a-zone", Source: elbCreate},
			Stage:  simulator.AtApply,
			Error: "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same " +
				"Availability Zone",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				seen := map[string]bool{}
				for _, subnet := range balancedSubnets(c) {
					zone := subnet.Text("availabilityZone")
					if seen[zone] {
						broken("subnets")
						return
					}
					seen[zone] = true
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-subnets-of-one-vpc",
				Source: "https://github.com/floci-io/floci/pull/1244"},
			Stage: simulator.AtApply,
			Error: "InvalidConfigurationRequest: All subnets must belong to the same VPC: '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				subnets := balancedSubnets(c)
				for _, subnet := range subnets {
					if subnet.Target(vpcKind) != subnets[0].Target(vpcKind) {
						broken("subnets", subnet.ID)
						return
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-security-group-of-vpc", Source: elbCreate},
			Stage:  simulator.AtApply,
			Error:  "InvalidConfigurationRequest: One or more security groups are invalid: '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := balancedVPC(c)
				c.Each("securityGroups[*]", func(path, id string) {
					if group := c.Find(securityGroupKind, id); group != nil && vpc != nil && group.Text("vpcId") != vpc.ID {
						broken(path, id)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-needs-internet-gateway", Source: elbCreate},
			Stage:  simulator.AtApply,
			Error:  "InvalidSubnet: VPC %s has no internet gateway",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := balancedVPC(c)
				reachable := c.Flag("internal") || c.Text("loadBalancerType") == "gateway" || vpc == nil
				if c.Old == nil && !reachable && len(vpc.Users(internetGatewayKind)) == 0 {
					broken("subnets", vpc.ID)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-deletion-protection",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html"},
			Stage: simulator.AtDelete,
			Error: "OperationNotPermitted: Load balancer '%s' cannot be deleted because deletion protection is enabled",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Old.Flag("enableDeletionProtection") {
					broken("enableDeletionProtection", c.Old.ID)
				}
			},
		},
	}
}

// balancedSubnets returns the subnets that a load balancer is in, in the order of the inputs.
func balancedSubnets(c *simulator.Call) []*simulator.Object {
	var found []*simulator.Object
	for _, id := range append(c.Texts("subnets[*]"), c.Texts("subnetMappings[*].subnetId")...) {
		if subnet := c.Find(subnetKind, id); subnet != nil && !slices.Contains(found, subnet) {
			found = append(found, subnet)
		}
	}
	return found
}

// balancedVPC returns the VPC that a load balancer is in.
func balancedVPC(c *simulator.Call) *simulator.Object {
	if subnets := balancedSubnets(c); len(subnets) > 0 {
		return subnets[0].Target(vpcKind)
	}
	return nil
}

// replaceNetworkLoadBalancer says which changes replace a Network Load Balancer only: it can gain subnets but not lose
// or change them, and having security groups is for life.
func replaceNetworkLoadBalancer(before, after resource.PropertyMap) []string {
	if stringOf(after["loadBalancerType"]) != "network" {
		return nil
	}
	var replaces []string
	for _, name := range []resource.PropertyKey{"subnetMappings", "subnets"} {
		old, wanted := before[name], after[name]
		if old.IsArray() && wanted.IsArray() && !holdsAll(wanted.ArrayValue(), old.ArrayValue()) {
			replaces = append(replaces, string(name))
		}
	}
	if had, has := before["securityGroups"], after["securityGroups"]; count(had) == 0 && count(has) > 0 ||
		count(had) > 0 && count(has) == 0 {
		replaces = append(replaces, "securityGroups")
	}
	return replaces
}

// holdsAll reports whether a list has all elements of another.
func holdsAll(list, elements []resource.PropertyValue) bool {
	for _, element := range elements {
		if !slices.ContainsFunc(list, element.DeepEquals) {
			return false
		}
	}
	return true
}

// count returns the number of elements of a list, 0 for what is none.
func count(list resource.PropertyValue) int {
	if !list.IsArray() {
		return 0
	}
	return len(list.ArrayValue())
}

func computeLoadBalancer(c *simulator.Call) {
	name, form := nameOrPrefix(c), c.Text("loadBalancerType")
	domain, _ := partitionOf(c.Partition)
	_, suffix, _ := strings.Cut(c.ID, ":loadbalancer/")
	c.Set("name", name)
	c.SetNew("namePrefix", "")
	c.Set("arnSuffix", suffix)
	c.SetNew("internal", false)
	c.SetNew("ipAddressType", "ipv4")
	c.SetNew("enforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "")
	address := name + "-" + c.Hex("load balancer", 16) + ".elb." + c.Region + "." + domain
	if form != "network" {
		address = name + "-" + digits(c.Hex("dns", 16), 10) + "." + c.Region + ".elb." + domain
	}
	if form == "application" && c.Flag("internal") {
		address = "internal-" + address
	}
	c.Set("dnsName", address)
	c.Set("zoneId", balancerZone(c.Region, form))
	ids, mappings := []string{}, []any{}
	for _, subnet := range balancedSubnets(c) {
		ids = append(ids, subnet.ID)
		mappings = append(mappings, map[string]any{"subnetId": subnet.ID})
	}
	c.SetNew("subnets", ids)
	c.SetNew("subnetMappings", mappings)
	c.Set("vpcId", "")
	if vpc := balancedVPC(c); vpc != nil {
		c.Set("vpcId", vpc.ID)
		if group := vpc.Owned(securityGroupKind); group != nil && form == "application" {
			c.SetNew("securityGroups", []string{group.ID})
		}
	}
}

// digits turns hexadecimal digits into n decimal ones.
func digits(hex string, n int) string {
	var out strings.Builder
	for _, r := range hex[:n] {
		out.WriteByte('0' + byte(r)%10)
	}
	return out.String()
}
