package aws

import (
	"slices"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of what faces the internet. Sources of the outputs' forms: terraform-provider-aws, internal/service/elbv2/
// {load_balancer,target_group,listener}_data_source.go, internal/service/acm/certificate_data_source.go,
// internal/service/wafv2/web_acl_data_source.go, internal/service/ec2/vpc_managed_prefix_list_data_source.go.

func edgeLookups() []*simulator.Lookup {
	var list []*simulator.Lookup
	for _, module := range []string{"lb", "alb"} {
		list = append(list,
			&simulator.Lookup{Token: "aws:" + module + "/getLoadBalancer:getLoadBalancer", Answer: lookUpLoadBalancer},
			&simulator.Lookup{Token: "aws:" + module + "/getTargetGroup:getTargetGroup", Answer: lookUpTargetGroup},
			&simulator.Lookup{Token: "aws:" + module + "/getListener:getListener", Answer: lookUpListener})
	}
	return append(list,
		&simulator.Lookup{Token: "aws:acm/getCertificate:getCertificate", Answer: lookUpACMCertificate},
		&simulator.Lookup{Token: "aws:wafv2/getWebAcl:getWebAcl", Answer: lookUpWebACL},
		&simulator.Lookup{Token: "aws:ec2/getManagedPrefixList:getManagedPrefixList", Answer: lookUpManagedPrefixList})
}

// soleMatch returns the one thing of a kind that a look-up is about, and fails where there is none or more than one.
func soleMatch(c *simulator.Call, kind *simulator.Kind, matches func(*simulator.Object) bool) *simulator.Object {
	var found []*simulator.Object
	for _, o := range c.All(kind) {
		if matches(o) && hasTags(o, c.Inputs["tags"]) {
			found = append(found, o)
		}
	}
	switch len(found) {
	case 0:
		c.Fail("", "no matching %s found", kind.Noun)
		return nil
	case 1:
		return found[0]
	default:
		c.Fail("", "multiple %ss matched; use additional constraints to reduce matches to a single %s", kind.Noun, kind.Noun)
		return nil
	}
}

// answerWith copies a thing's outputs into an answer.
func answerWith(c *simulator.Call, o *simulator.Object, names ...resource.PropertyKey) {
	for _, name := range names {
		if value, ok := o.Outputs[name]; ok {
			c.Outputs[name] = value
		}
	}
	c.Set("id", o.ID)
	c.Outputs["tags"] = resource.NewObjectProperty(o.Tags())
}

// byARNOrName reports whether a thing is the one that a look-up names; one that names none is about any.
func byARNOrName(c *simulator.Call) func(*simulator.Object) bool {
	arn, name := c.Text("arn"), c.Text("name")
	return func(o *simulator.Object) bool {
		return (arn == "" || arn == o.ARN) && (name == "" || name == o.Text("name"))
	}
}

func lookUpLoadBalancer(c *simulator.Call) resource.PropertyMap {
	balancer := soleMatch(c, loadBalancerKind, byARNOrName(c))
	if balancer == nil {
		return nil
	}
	c.Set("accessLogs", map[string]any{"bucket": "", "enabled": false, "prefix": ""})
	c.Set("customerOwnedIpv4Pool", "")
	c.Set("securityGroups", []string{})
	answerWith(c, balancer, "arn", "arnSuffix", "clientKeepAlive", "desyncMitigationMode", "dnsName",
		"dnsRecordClientRoutingPolicy", "dropInvalidHeaderFields", "enableCrossZoneLoadBalancing", "enableDeletionProtection",
		"enableHttp2", "enableTlsVersionAndCipherSuiteHeaders", "enableWafFailOpen", "enableXffClientPort", "enableZonalShift",
		"enforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "idleTimeout", "internal", "ipAddressType", "loadBalancerType",
		"name", "preserveHostHeader", "securityGroups", "subnets", "vpcId", "xffHeaderProcessingMode", "zoneId")
	if logs := balancer.Output("accessLogs"); logs.IsObject() {
		c.Set("accessLogs", map[string]any{
			"bucket": stringOf(logs.ObjectValue()["bucket"]), "prefix": stringOf(logs.ObjectValue()["prefix"]),
			"enabled": logs.ObjectValue()["enabled"].IsBool() && logs.ObjectValue()["enabled"].BoolValue(),
		})
	}
	var mappings []any
	for _, id := range stringsOf(balancer.Output("subnets")) {
		mappings = append(mappings, map[string]any{
			"subnetId": id, "allocationId": "", "ipv6Address": "", "outpostId": "", "privateIpv4Address": ""})
	}
	c.Set("subnetMappings", mappings)
	return c.Outputs
}

func lookUpTargetGroup(c *simulator.Call) resource.PropertyMap {
	group := soleMatch(c, targetGroupKind, byARNOrName(c))
	if group == nil {
		return nil
	}
	for _, name := range []string{"protocol", "vpcId"} {
		c.Set(name, "") // a group of Lambda functions has none
	}
	c.Set("port", 0)
	answerWith(c, group, "arn", "arnSuffix", "connectionTermination", "lambdaMultiValueHeadersEnabled",
		"loadBalancingAlgorithmType", "loadBalancingAnomalyMitigation", "loadBalancingCrossZoneEnabled", "name", "port",
		"preserveClientIp", "protocol", "protocolVersion", "proxyProtocolV2", "slowStart", "targetType", "vpcId")
	if delay := group.Output("deregistrationDelay"); delay.IsNumber() {
		c.Set("deregistrationDelay", strconv.FormatFloat(delay.NumberValue(), 'f', -1, 64))
	}
	balancers := []string{}
	for _, user := range slices.Concat(group.Users(listenerKind), group.Users(listenerRuleKind)) {
		if of := balancerOf(user); of != nil && !slices.Contains(balancers, of.ID) {
			balancers = append(balancers, of.ID)
		}
	}
	c.Set("loadBalancerArns", balancers)
	check := healthCheckOf(group.Text("protocol"), group.Text("targetType"))
	for _, name := range []string{"matcher", "path", "port", "protocol"} {
		if check[name] == nil {
			check[name] = ""
		}
	}
	given := group.Output("healthCheck")
	if given.IsObject() {
		for name, value := range given.ObjectValue() {
			check[string(name)] = value.Mappable()
		}
	}
	c.Set("healthCheck", check)
	stickiness := map[string]any{"cookieDuration": 86400, "cookieName": "", "enabled": false, "type": ""}
	if given := group.Output("stickiness"); given.IsObject() {
		for name, value := range given.ObjectValue() {
			stickiness[string(name)] = value.Mappable()
		}
	}
	c.Set("stickiness", stickiness)
	return c.Outputs
}

func lookUpListener(c *simulator.Call) resource.PropertyMap {
	arn, balancer := c.Text("arn"), c.Text("loadBalancerArn")
	port, byPort := c.Number("port")
	listener := soleMatch(c, listenerKind, func(o *simulator.Object) bool {
		at := o.Output("port")
		return (arn == "" || arn == o.ID) && (balancer == "" || balancer == o.Text("loadBalancerArn")) &&
			(!byPort || at.IsNumber() && at.NumberValue() == port)
	})
	if listener == nil {
		return nil
	}
	for _, name := range []string{"alpnPolicy", "certificateArn"} {
		c.Set(name, "")
	}
	c.Set("defaultActions", actionsOf(listener))
	c.Set("mutualAuthentications", []any{})
	answerWith(c, listener, "alpnPolicy", "arn", "certificateArn", "loadBalancerArn", "port", "protocol", "sslPolicy")
	return c.Outputs
}

// actionsOf returns what a listener does by default, in the form of the look-up: every property is there, each block is a
// list, and a sole target group is in both places.
func actionsOf(listener *simulator.Object) []any {
	list := []any{}
	given, _ := listener.Output("defaultActions").Mappable().([]any)
	for i, v := range given {
		action, _ := v.(map[string]any)
		answer := map[string]any{"order": i + 1, "type": action["type"], "targetGroupArn": ""}
		for block, plural := range map[string]string{
			"authenticateCognito": "authenticateCognitos", "authenticateOidc": "authenticateOidcs",
			"fixedResponse": "fixedResponses", "redirect": "redirects",
		} {
			answer[plural] = blockList(action[block])
		}
		groups := []any{}
		forward, _ := action["forward"].(map[string]any)
		for _, v := range blockList(action["targetGroupArn"]) {
			answer["targetGroupArn"] = v
			groups = append(groups, map[string]any{"arn": v, "weight": 1})
		}
		if weighted, ok := forward["targetGroups"].([]any); ok {
			groups = weighted
		}
		answer["forwards"] = []any{}
		if len(groups) > 0 {
			answer["forwards"] = []any{map[string]any{"targetGroups": groups, "stickinesses": blockList(forward["stickiness"])}}
		}
		list = append(list, answer)
	}
	return list
}

// blockList returns a list of the value, empty without one.
func blockList(value any) []any {
	if value == nil {
		return []any{}
	}
	return []any{value}
}

// lookUpACMCertificate finds certificates by their domain. Without statuses, those that are issued.
func lookUpACMCertificate(c *simulator.Call) resource.PropertyMap {
	domain, statuses, types := c.Text("domain"), c.Texts("statuses[*]"), c.Texts("types[*]")
	if len(statuses) == 0 {
		statuses = []string{"ISSUED"}
	}
	statusOf := func(o *simulator.Object) string {
		if issued(o) {
			return "ISSUED"
		}
		return "PENDING_VALIDATION"
	}
	var found []*simulator.Object
	for _, o := range c.All(certificateKind) {
		fits := (domain == "" || domain == o.Text("domainName")) && slices.Contains(statuses, statusOf(o)) &&
			(len(types) == 0 || slices.Contains(types, o.Text("type"))) && hasTags(o, c.Inputs["tags"])
		if fits {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 0:
		c.Fail("", "no ACM Certificate matching domain (%s)", domain)
		return nil
	case len(found) > 1 && !c.Flag("mostRecent"):
		c.Fail("", "multiple ACM Certificates matching domain (%s)", domain)
		return nil
	}
	answerWith(c, found[0], "arn")
	c.Set("domain", found[0].Text("domainName"))
	c.Set("status", statusOf(found[0]))
	c.Set("certificate", "")
	c.Set("certificateChain", "")
	return c.Outputs
}

func lookUpWebACL(c *simulator.Call) resource.PropertyMap {
	acl := soleMatch(c, webACLKind, func(o *simulator.Object) bool {
		return o.Text("name") == c.Text("name") && o.Text("scope") == c.Text("scope")
	})
	if acl == nil {
		return nil
	}
	c.Set("description", acl.Text("description"))
	c.Set("id", acl.ID)
	c.Set("arn", acl.ARN)
	return c.Outputs
}

// managedPrefixLists are AWS's own lists that programs open their groups to, by what follows com.amazonaws.
var managedPrefixLists = []string{"global.cloudfront.origin-facing", "global.groundstation"}

// lookUpManagedPrefixList answers for AWS's own lists; their entries change all the time and are left out.
func lookUpManagedPrefixList(c *simulator.Call) resource.PropertyMap {
	names := []string{}
	for _, list := range managedPrefixLists {
		names = append(names, "com.amazonaws."+list)
	}
	for _, service := range gatewayServices {
		names = append(names, "com.amazonaws."+c.Region+"."+service)
	}
	var found []string
	for _, name := range names {
		id := prefixListOf(c, name)
		named := (c.Text("name") == "" || c.Text("name") == name) && (c.Text("id") == "" || c.Text("id") == id)
		if named && matches(c, func(filter string) ([]string, bool) {
			value, ok := map[string][]string{"prefix-list-name": {name}, "prefix-list-id": {id}, "owner-id": {"AWS"}}[filter]
			return value, ok
		}) {
			found = append(found, name)
		}
	}
	if len(found) != 1 {
		c.Fail("", "%s", map[bool]string{true: "no matching EC2 Managed Prefix List found",
			false: "multiple EC2 Managed Prefix Lists matched"}[len(found) == 0])
		return nil
	}
	id := prefixListOf(c, found[0])
	c.Set("id", id)
	c.Set("name", found[0])
	c.Set("arn", "arn:"+c.Partition+":ec2:"+c.Region+":aws:prefix-list/"+id)
	c.Set("addressFamily", "IPv4")
	c.Set("ownerId", "AWS")
	c.Set("entries", []any{})
	c.Set("maxEntries", 0)
	c.Set("version", 0)
	c.Set("tags", map[string]any{})
	return c.Outputs
}
