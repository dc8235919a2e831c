package aws

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/ec2_launch_template.go; the EC2 API's CreateLaunchTemplate,
// CreateLaunchTemplateVersion, ModifyLaunchTemplate and its list of error codes.

var launchTemplateKind = &simulator.Kind{
	Noun:     "EC2 Launch Template",
	IDPrefix: "lt-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
	Name:     "name",
	NotFound: "InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID %s, does not exist.",
}

// templateNotFound is what EC2 says of a name.
const templateNotFound = "InvalidLaunchTemplateName.NotFoundException: " +
	"The specified launch template, with template name %s, does not exist."

// templateVersion is the constraint that a version of a launch template exists.
var templateVersion = simulator.Origin{ID: "aws-ec2-launch-template-version", Source: ec2Errors}

const noTemplateVersion = "InvalidLaunchTemplateId.VersionNotFound: Could not find launch template version %s"

func launchTemplateTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:ec2/launchTemplate:LaunchTemplate",
		Kind:      launchTemplateKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 125, Separator: "-"},
		Immutable: []string{"name", "namePrefix"},
		Sets:      []string{"securityGroupNames", "vpcSecurityGroupIds"},
		Rules: map[string]simulator.Rule{
			"name": templateName(128), "namePrefix": templateName(128 - prefixDigits), "description": simulator.Length(0, 255),
			"iamInstanceProfile.arn":                  validARN,
			"blockDeviceMappings[*].ebs.throughput":   simulator.Between(125, 1000),
			"metadataOptions.httpPutResponseHopLimit": simulator.Between(1, 64),
			"metadataOptions.httpTokens":              simulator.OneOf("optional", "required"),
			"metadataOptions.httpEndpoint":            simulator.OneOf("enabled", "disabled"),
			"defaultVersion":                          simulator.Between(1, 1e9),
		},
		AtMostOne: [][]string{
			{"name", "namePrefix"}, {"defaultVersion", "updateDefaultVersion"}, {"instanceRequirements", "instanceType"},
			{"iamInstanceProfile.arn", "iamInstanceProfile.name"}, {"securityGroupNames", "vpcSecurityGroupIds"},
		},
		References: []simulator.Reference{
			{Property: "vpcSecurityGroupIds[*]", To: kinds(securityGroupKind), OnDelete: simulator.Ignore},
			{Property: "networkInterfaces[*].securityGroups[*]", To: kinds(securityGroupKind), OnDelete: simulator.Ignore},
			{Property: "networkInterfaces[*].subnetId", To: kinds(subnetKind), OnDelete: simulator.Ignore},
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-ec2-launch-template-name", Source: ec2Errors},
			Properties: []string{"name"},
			Error:      "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use: %s",
		}},
		Constraints: []simulator.Constraint{
			typeKnown("instanceType"), imageHere("imageId"),
			{
				Origin: templateVersion, Error: noTemplateVersion, Stage: simulator.AtApply,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if version, given := c.Number("defaultVersion"); given && int(version) > nextVersion(c) {
						broken("defaultVersion", versionText(c.Inputs["defaultVersion"]))
					}
				},
			},
		},
		API: []string{"ec2:CreateLaunchTemplate", "ec2:ModifyLaunchTemplate"},
		Parameters: map[string]string{
			"instanceType": "", "defaultVersion": "", "tags": "",
			"tagSpecifications[*].resourceType": "", // grows with every resource of EC2
		},
		// When outputs are computed, what the template was before is gone.
		Allow:   func(c *simulator.Call) { c.Inputs["latestVersion"] = resource.NewProperty(float64(nextVersion(c))) },
		Compute: computeLaunchTemplate,
	}}
}

// templateName allows the names of launch templates.
func templateName(longest int) simulator.Rule {
	return simulator.All(
		simulator.Length(3, longest), simulator.Matches(`^[0-9A-Za-z().\-/_]+$`, "letters, digits and ( ) . - / _ are"),
	)
}

// unversioned are the inputs whose change makes no new version.
var unversioned = []resource.PropertyKey{
	"__defaults", "defaultVersion", "latestVersion", "name", "namePrefix", "tags", "tagsAll", "updateDefaultVersion",
}

// nextVersion returns the number of the latest version after the request.
func nextVersion(c *simulator.Call) int {
	if c.Old == nil {
		return 1
	}
	latest := c.Old.Output("latestVersion")
	if !latest.IsNumber() {
		return 1
	}
	version := int(latest.NumberValue())
	versioned := func(inputs resource.PropertyMap) resource.PropertyValue {
		data := resource.PropertyMap{}
		maps.Copy(data, inputs)
		maps.DeleteFunc(data, func(key resource.PropertyKey, _ resource.PropertyValue) bool {
			return slices.Contains(unversioned, key)
		})
		return bare(resource.NewObjectProperty(data))
	}
	if !versioned(c.Old.Inputs).DeepEquals(versioned(c.Inputs)) {
		version++
	}
	return version
}

func computeLaunchTemplate(c *simulator.Call) {
	c.SetNew("name", nameOrPrefix(c))
	c.SetNew("namePrefix", "")
	c.SetNew("metadataOptions", map[string]any{})
	if c.Flag("updateDefaultVersion") {
		c.Outputs["defaultVersion"] = c.Outputs["latestVersion"]
	}
	c.SetNew("defaultVersion", 1)
}
