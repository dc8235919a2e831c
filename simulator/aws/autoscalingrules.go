package aws

import (
	"cmp"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// The constraints of Auto Scaling groups. Sources: the Auto Scaling API's CreateAutoScalingGroup and
// StartInstanceRefresh; Auto Scaling guide, "Required KMS key policy for use with encrypted volumes", "Undo changes
// with a rollback"; issues of terraform-provider-aws.

const (
	createGroup  = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"
	groupSource  = "terraform-provider-aws, internal/service/autoscaling/group.go"
	scalingKeys  = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html"
	warmHooks    = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html"
	interfaces   = "https://github.com/hashicorp/terraform-provider-aws/issues/4570"
	emptyDesired = "https://github.com/hashicorp/terraform-provider-aws/issues/32428"
	atLatest     = "https://github.com/hashicorp/terraform-provider-aws/issues/16785"
)

type finder = func(c *simulator.Call, broken func(path string, args ...any))

func scalingGroupConstraints() []simulator.Constraint {
	entry := func(id, source string, stage simulator.Stage, text string, find finder) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: "aws-autoscaling-" + id, Source: source}, Stage: stage, Error: text, Find: find,
		}
	}
	return []simulator.Constraint{
		entry("max-below-min", createGroup, simulator.AtCheck,
			"ValidationError: Max bound, %.0f, must be greater than or equal to min bound, %.0f",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				most, ok := c.Number("maxSize")
				if least, given := c.Number("minSize"); ok && given && most < least {
					broken("maxSize", most, least)
				}
			}),
		entry("desired-out-of-bounds", createGroup, simulator.AtCheck,
			"ValidationError: Desired capacity:%.0f must be between the specified min size:%.0f and max size:%.0f",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				wanted, given := c.Number("desiredCapacity")
				least, hasLeast := c.Number("minSize")
				most, hasMost := c.Number("maxSize")
				if given && hasLeast && hasMost && wanted > 0 && least <= most && (wanted < least || wanted > most) {
					broken("desiredCapacity", wanted, least, most)
				}
			}),
		entry("needs-zone", createGroup, simulator.AtCheck,
			"ValidationError: At least one Availability Zone or VPC Subnet is required.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				placed := func(input string) bool {
					list := c.Inputs[resource.PropertyKey(input)]
					return list.IsComputed() || list.IsOutput() || list.IsArray() && len(list.ArrayValue()) > 0
				}
				if !placed("availabilityZones") && !placed("vpcZoneIdentifiers") {
					broken("vpcZoneIdentifiers")
				}
			}),
		entry("instance-lifetime", createGroup, simulator.AtCheck,
			"ValidationError: Maximum instance lifetime must be equal to 0, between 86400 and 31536000 seconds (inclusive), "+
				"or not specified.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if age, given := c.Number("maxInstanceLifetime"); given && age != 0 && (age < 86400 || age > 31536000) {
					broken("maxInstanceLifetime")
				}
			}),
		entry("template-image", createGroup, simulator.AtApply,
			badTemplate+"The request must contain the parameter ImageId", onTemplate("imageId", resource.PropertyValue.IsNull)),
		entry("template-interface-groups", interfaces, simulator.AtApply,
			"InvalidQueryParameter: Invalid launch template: When a network interface is provided, "+
				"the security groups must be a part of it.", findGroupsBesideInterfaces),
		entry("template-spot", createGroup, simulator.AtApply,
			"ValidationError: Incompatible launch template: You cannot use a launch template that is set to request Spot Instances "+
				"(InstanceMarketOptions) when you configure an Auto Scaling group with a mixed instances policy. "+
				"Add a different launch template to the group and try again.", findSpotTemplate),
		entry("template-groups", groupSource, simulator.AtApply,
			"waiting for capacity satisfied: scaling activity failed: The security group '%s' does not exist in VPC '%s'. "+
				"Launching EC2 instance failed.", findTemplateGroups),
		entry("key-grant", scalingKeys, simulator.AtApply,
			"Client.InternalError: Client error on launch (the key %s does not let %s create grants)", findKeyWithoutGrant),
		entry("key-unusable", scalingKeys, simulator.Afterwards,
			"no instance will start: the key %s does not let %s create grants, and each ends with Client.InternalError",
			findUnusableKey),
		entry("warm-pool-cuts-start", warmHooks, simulator.Afterwards,
			"machines will come out of the warm pool half set up: they are %s as soon as they run, whatever their user data are "+
				"at. Hold them by a hook on %s until they have finished, or keep the pool Running", findCutStart),
		entry("refresh-never-starts", atLatest, simulator.Afterwards,
			"a new version of the launch template will start no instance refresh: the group stays at %s. Set the version to the "+
				"template's latestVersion", findFloatingVersion),
		entry("rollback-configuration", emptyDesired, simulator.AtApply,
			"ValidationError: The request isn't valid. The AutoRollback parameter cannot be set to true when the "+
				"DesiredConfiguration parameter is empty. Set AutoRollback to false or specify a desired configuration and try again.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Given("launchConfiguration") && refreshes(c) && c.Flag(autoRollback) {
					broken(autoRollback)
				}
			}),
	}
}

// onTemplate finds what is wrong with one property of the group's launch template.
func onTemplate(name resource.PropertyKey, wrong func(resource.PropertyValue) bool) finder {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		if template := templateOfGroup(c); template != nil && wrong(property(*template, name)) {
			broken("launchTemplate")
		}
	}
}

func findGroupsBesideInterfaces(c *simulator.Call, broken func(path string, args ...any)) {
	template := templateOfGroup(c)
	if template == nil || len(stringsOf(property(*template, "vpcSecurityGroupIds"))) == 0 {
		return
	}
	if cards := property(*template, "networkInterfaces"); cards.IsArray() && len(cards.ArrayValue()) > 0 {
		broken("launchTemplate")
	}
}

func findSpotTemplate(c *simulator.Call, broken func(path string, args ...any)) {
	if l := launchOfGroup(c); c.Given("mixedInstancesPolicy") && l != nil && l.market == "spot" {
		broken("mixedInstancesPolicy")
	}
}

// launches reports whether the creation waits for the group's first instances, and fails when they cannot be launched.
func launches(c *simulator.Call) bool {
	patience, err := time.ParseDuration(c.Text("waitForCapacityTimeout"))
	return c.Old == nil && desired(c) > 0 && err == nil && patience > 0
}

// findTemplateGroups finds security groups of a launch template that are not of the VPC of the group's subnets.
func findTemplateGroups(c *simulator.Call, broken func(path string, args ...any)) {
	template, subnets := templateOfGroup(c), c.Texts("vpcZoneIdentifiers[*]")
	if template == nil || len(subnets) == 0 || !launches(c) {
		return
	}
	vpc := c.Find(subnetKind, subnets[0]).Target(vpcKind)
	groups := stringsOf(property(*template, "vpcSecurityGroupIds"))
	eachObject(property(*template, "networkInterfaces"), func(card resource.PropertyMap) {
		groups = append(groups, stringsOf(card["securityGroups"])...)
	})
	for _, id := range groups {
		if group := c.Find(securityGroupKind, id); group != nil && vpc != nil && group.Text("vpcId") != vpc.ID {
			broken("vpcZoneIdentifiers", id, vpc.ID)
		}
	}
}

// findKeyWithoutGrant finds volumes whose key the service's own role may not use: the instances end at once.
func findKeyWithoutGrant(c *simulator.Call, broken func(path string, args ...any)) {
	if launches(c) {
		findUnusableKey(c, broken)
	}
}

func findUnusableKey(c *simulator.Call, broken func(path string, args ...any)) {
	l := launchOfGroup(c)
	if l == nil {
		return
	}
	for _, device := range l.devices {
		if key := stringOf(device["kmsKeyId"]); key != "" && !keyGrants(c, key, launchRole(c), "kms:CreateGrant") {
			broken("launchTemplate", key, launchRole(c))
		}
	}
}

// findFloatingVersion finds groups that are to be refreshed, with nothing else to start it than their launch template, and
// have that at a version that moves. Without a version, it is $Default.
func findFloatingVersion(c *simulator.Call, broken func(path string, args ...any)) {
	if !c.Given("instanceRefresh") || c.Given("instanceRefresh.triggers[*]") {
		return
	}
	for _, template := range []string{"launchTemplate", mixedTemplate} {
		version := cmp.Or(c.Text(template+".version"), "$Default")
		if c.Given(template) && strings.HasPrefix(version, "$") {
			broken(template+".version", version)
		}
	}
}

const autoRollback = "instanceRefresh.preferences.autoRollback"

// refreshes reports whether an update of the group starts an instance refresh. A launch template at $Latest starts none
// when it gets a new version, because nothing of the group changes.
func refreshes(c *simulator.Call) bool {
	if c.Old == nil || !c.Given("instanceRefresh") {
		return false
	}
	triggers := append(c.Texts("instanceRefresh.triggers[*]"), "launchConfiguration", "launchTemplate", "mixedInstancesPolicy")
	for _, name := range triggers {
		if name == "tag" {
			name = "tags"
		}
		key := resource.PropertyKey(name)
		if !bare(c.Old.Inputs[key]).DeepEquals(c.Inputs[key]) {
			return true
		}
	}
	return false
}
