package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: GuardDuty guide, "Using Infrastructure as Code (IaC) with GuardDuty automated security agents";
// terraform-provider-aws, issue 46747.

// agentService is what GuardDuty's agents report to.
const agentService = "guardduty-data"

// watched are the machines for which GuardDuty makes an endpoint in their VPC, by the option that has it install agents.
var watched = map[string][]*simulator.Kind{
	"EC2_AGENT_MANAGEMENT": {instanceKind, autoScalingGroupKind},
	"EKS_ADDON_MANAGEMENT": {nodeGroupKind},
}

// agentEndpoint: what GuardDuty makes in a VPC belongs to no stack, and holds the VPC. An endpoint that is there already
// it takes.
var agentEndpoint = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-guardduty-agent-endpoint",
		Source: "https://docs.aws.amazon.com/guardduty/latest/ug/using-iac-with-gdu-automated-agents-runtime-monitoring.html"},
	Stage: simulator.Afterwards,
	Error: "a destroy of the VPC %s will fail with DependencyViolation: for the machines in it GuardDuty makes an endpoint " +
		"to guardduty-data and a security group of its own (%s); make the endpoint in the stack",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		reports := func(endpoint *simulator.Object) bool {
			return strings.HasSuffix(endpoint.Text("serviceName"), "."+agentService)
		}
		if slices.ContainsFunc(c.Self().Users(endpointKind), reports) {
			return
		}
		for _, option := range agentOptions(c) {
			if hasMachines(c.Self(), watched[option]) {
				broken("", c.ID, option)
				return
			}
		}
	},
}

// agentOptions returns the options that have GuardDuty install agents in the region, sorted.
func agentOptions(c *simulator.Call) []string {
	var options []string
	for _, feature := range c.All(detectorFeatureKind) {
		if feature.Text("status") != "ENABLED" {
			continue
		}
		eachObject(feature.Output("additionalConfigurations"), func(option resource.PropertyMap) {
			if stringOf(option["status"]) == "ENABLED" {
				options = append(options, stringOf(option["name"]))
			}
		})
	}
	slices.Sort(options)
	return options
}

// hasMachines reports whether something of the kinds lies in a subnet of the VPC.
func hasMachines(vpc *simulator.Object, kinds []*simulator.Kind) bool {
	for _, subnet := range vpc.Users(subnetKind) {
		for _, kind := range kinds {
			if len(subnet.Users(kind)) > 0 {
				return true
			}
		}
	}
	return false
}
