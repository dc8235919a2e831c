package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/autoscaling/group.go; the Auto Scaling API's CreateAutoScalingGroup
// and UpdateAutoScalingGroup.

// The number in an Auto Scaling ARN is made up by AWS; the names behind it tell things apart.
const scalingNumber = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9"

var autoScalingGroupKind = &simulator.Kind{
	Noun:     "Auto Scaling Group",
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:" + scalingNumber + ":autoScalingGroupName/{id}",
	Name:     "name",
	NotFound: "ValidationError: AutoScalingGroup name not found - AutoScalingGroup '%s' not found",
}

// What Auto Scaling says before EC2's own text about a launch template.
const badTemplate = "ValidationError: You must use a valid fully-formed launch template. "

// mixedTemplate is where a mixed instances policy names its launch template.
const mixedTemplate = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification"

// overriddenNeeds are what instances of any type must have, of a mixed group.
const overriddenNeeds = "mixedInstancesPolicy.launchTemplate.overrides[*].instanceRequirements."

func autoScalingTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:autoscaling/group:Group",
		Kind:  autoScalingGroupKind,
		Defaults: map[string]any{
			"forceDelete": false, "forceDeleteWarmPool": false, "healthCheckGracePeriod": 300,
			"ignoreFailedScalingActivities": false, "metricsGranularity": "1Minute", "protectFromScaleIn": false,
			"waitForCapacityTimeout": "10m",
		},
		Immutable: []string{"initialLifecycleHooks", "name", "namePrefix"},
		Sets: []string{
			"availabilityZones", "enabledMetrics", "initialLifecycleHooks", "loadBalancers", "suspendedProcesses", "tags",
			"targetGroupArns", "trafficSources", "vpcZoneIdentifiers",
		},
		Rules: map[string]simulator.Rule{
			"name": simulator.Length(1, 255), "namePrefix": simulator.Length(1, 255-prefixDigits),
			"initialLifecycleHooks[*].heartbeatTimeout":                                      simulator.Between(30, 7200),
			"instanceRefresh.preferences.minHealthyPercentage":                               simulator.Between(0, 100),
			"instanceRefresh.preferences.maxHealthyPercentage":                               simulator.Between(100, 200),
			"instanceRefresh.strategy":                                                       simulator.OneOf("Rolling"),
			"serviceLinkedRoleArn":                                                           validARN,
			"targetGroupArns[*]":                                                             validARN,
			"instanceMaintenancePolicy.minHealthyPercentage":                                 simulator.Between(-1, 100),
			"mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity": simulator.Between(0, 100),
		},
		ExactlyOne: [][]string{{"launchConfiguration", "launchTemplate", "mixedInstancesPolicy"}},
		AtMostOne: [][]string{
			{"name", "namePrefix"}, {"availabilityZones", "vpcZoneIdentifiers"}, {"launchTemplate.id", "launchTemplate.name"},
			{"loadBalancers", "trafficSources"}, {"targetGroupArns", "trafficSources"},
		},
		References: autoScalingReferences(),
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-autoscaling-group-name",
				Source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"},
			Properties: []string{"name"},
			Error: "AlreadyExists: AutoScalingGroup by this name already exists - " +
				"A group with the name %s already exists",
		}},
		Constraints: append(
			launchConstraints("autoscaling", "launchTemplate", func(_, text string) string { return badTemplate + text },
				launchOfGroup),
			scalingGroupConstraints()...,
		),
		Quotas: []simulator.Quota{vCPUs(launchOfGroup, desired)},
		API:    []string{"autoscaling:CreateAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup"},
		Parameters: map[string]string{
			"name": "AutoScalingGroupName", "launchConfiguration": "LaunchConfigurationName", "tags": "", "instanceRefresh": "",
			"launchTemplate.id": "LaunchTemplate.LaunchTemplateId", "launchTemplate.name": "LaunchTemplate.LaunchTemplateName",
			"initialLifecycleHooks": "", "vpcZoneIdentifiers": "",
			// The model knows the hardware of 2024 only.
			overriddenNeeds + "acceleratorManufacturers": "", overriddenNeeds + "acceleratorNames": "",
			overriddenNeeds + "acceleratorTypes": "", overriddenNeeds + "cpuManufacturers": "",
		},
		Compute: computeAutoScalingGroup,
	}}
}

func autoScalingReferences() []simulator.Reference {
	noTemplate := badTemplate + "The specified launch template, with template ID %s, does not exist."
	noName := badTemplate + "The specified launch template, with template name %s, does not exist."
	template := func(property string, by simulator.Address, notFound string) simulator.Reference {
		return simulator.Reference{
			Property: property, To: kinds(launchTemplateKind), By: by, OnDelete: simulator.Ignore, NotFound: notFound,
		}
	}
	inSubnets := inSubnet("vpcZoneIdentifiers[*]")
	inSubnets.NotFound = "ValidationError: The subnet ID '%s' does not exist"
	return []simulator.Reference{
		inSubnets,
		template("launchTemplate.id", simulator.ByID, noTemplate),
		template("launchTemplate.name", simulator.ByName, noName),
		template(mixedTemplate+".launchTemplateId", simulator.ByID, noTemplate),
		template(mixedTemplate+".launchTemplateName", simulator.ByName, noName),
		{
			Property: "targetGroupArns[*]", To: kinds(targetGroupKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: "ValidationError: Provided Target Groups may not be valid. Please ensure they exist and try again.%.0s",
		},
		{Property: "placementGroup", To: kinds(placementGroupKind)},
	}
}

// templateOfGroup returns the data of the group's launch template, or nil.
func templateOfGroup(c *simulator.Call) *resource.PropertyValue {
	if specification := c.Inputs["launchTemplate"]; specification.IsObject() {
		return templateAt(c, specification, "id", "name")
	}
	specification := property(c.Inputs["mixedInstancesPolicy"], "launchTemplate", "launchTemplateSpecification")
	return templateAt(c, specification, "launchTemplateId", "launchTemplateName")
}

// launchOfGroup returns what a group launches, nil when that is not known.
func launchOfGroup(c *simulator.Call) *launch {
	template := templateOfGroup(c)
	if template == nil {
		return nil
	}
	l := launchFrom(template)
	if types := c.Texts("mixedInstancesPolicy.launchTemplate.overrides[*].instanceType"); len(types) > 0 {
		l.types = types
	}
	return l
}

// desired returns how many instances the group is to have.
func desired(c *simulator.Call) float64 {
	if wanted, given := c.Number("desiredCapacity"); given {
		return wanted
	}
	smallest, _ := c.Number("minSize")
	return smallest
}

// launchRole returns the ARN of the role with which the group launches instances.
func launchRole(c *simulator.Call) string {
	if role := c.Text("serviceLinkedRoleArn"); role != "" {
		return role
	}
	return "arn:" + c.Partition + ":iam::" + c.Account +
		":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
}

func computeAutoScalingGroup(c *simulator.Call) {
	c.SetNew("name", c.ID)
	c.SetNew("namePrefix", "")
	c.SetNew("availabilityZoneDistribution", map[string]any{"capacityDistributionStrategy": "balanced-best-effort"})
	c.SetNew("capacityReservationSpecification", map[string]any{"capacityReservationPreference": "default"})
	c.SetNew("defaultCooldown", 300)
	if !c.Given("desiredCapacity") {
		c.Set("desiredCapacity", desired(c))
	}
	c.SetNew("healthCheckType", "EC2")
	c.SetNew("serviceLinkedRoleArn", launchRole(c))
	c.SetNew("predictedCapacity", 0)
	size := 0.0
	if pool := property(c.Inputs["warmPool"], "minSize"); pool.IsNumber() {
		size = pool.NumberValue()
	}
	c.Set("warmPoolSize", size)
	if zones := zonesOfGroup(c); len(zones) > 0 {
		c.Set("availabilityZones", zones)
	}
}

// zonesOfGroup returns the names of the zones that the group's subnets are in, each once.
func zonesOfGroup(c *simulator.Call) []string {
	seen := map[string]bool{}
	var names []string
	for _, id := range c.Texts("vpcZoneIdentifiers[*]") {
		if subnet := c.Find(subnetKind, id); subnet != nil && !seen[subnet.Text("availabilityZone")] {
			seen[subnet.Text("availabilityZone")] = true
			names = append(names, subnet.Text("availabilityZone"))
		}
	}
	return names
}
