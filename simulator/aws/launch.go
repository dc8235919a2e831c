package aws

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What an instance and an Auto Scaling group launch, and what EC2 refuses about it. Sources: the EC2 API's RunInstances
// and its list of error codes; EC2 guide, "Troubleshoot instance launch issues"; Auto Scaling guide, "Create a launch
// template for an Auto Scaling group".

// launch is what is to be launched.
type launch struct {
	image   string
	types   []string // instance types: a group may have several
	profile string   // the name or the ARN of an instance profile
	devices []resource.PropertyMap
	market  string // spot, or ""
}

// bare returns a value without the marks of secrets and outputs, at any depth.
func bare(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return bare(value.SecretValue().Element)
	case value.IsOutput():
		return bare(value.OutputValue().Element)
	case value.IsObject():
		inner := resource.PropertyMap{}
		for key, element := range value.ObjectValue() {
			inner[key] = bare(element)
		}
		return resource.NewObjectProperty(inner)
	case value.IsArray():
		inner := make([]resource.PropertyValue, len(value.ArrayValue()))
		for i, element := range value.ArrayValue() {
			inner[i] = bare(element)
		}
		return resource.NewArrayProperty(inner)
	}
	return value
}

// property returns what is inside an object, by the names on the way.
func property(value resource.PropertyValue, path ...resource.PropertyKey) resource.PropertyValue {
	for _, key := range path {
		if !value.IsObject() {
			return resource.PropertyValue{}
		}
		value = value.ObjectValue()[key]
	}
	return value
}

// templateAt returns the data of the launch template that a specification names, or nil. It is known of the latest
// version only.
func templateAt(
	c *simulator.Call, specification resource.PropertyValue, id, name resource.PropertyKey,
) *resource.PropertyValue {
	template := c.Find(launchTemplateKind, stringOf(property(specification, id)))
	if template == nil {
		template = c.FindBy(launchTemplateKind, simulator.ByName, stringOf(property(specification, name)))
	}
	if template == nil {
		return nil
	}
	latest, standard := template.Output("latestVersion"), template.Output("defaultVersion")
	switch version := versionText(property(specification, "version")); version {
	case "$Latest", versionText(latest):
	case "", "$Default":
		if !latest.DeepEquals(standard) {
			return nil
		}
	default:
		return nil
	}
	data := bare(resource.NewObjectProperty(template.Inputs))
	return &data
}

// versionText is the version of a launch template, which may be a text or a number.
func versionText(version resource.PropertyValue) string {
	if version.IsNumber() {
		return strconv.Itoa(int(version.NumberValue()))
	}
	return stringOf(version)
}

// launchFrom reads a launch template.
func launchFrom(data *resource.PropertyValue) *launch {
	l := &launch{
		image:   stringOf(property(*data, "imageId")),
		profile: stringOf(property(*data, "iamInstanceProfile", "name")) + stringOf(property(*data, "iamInstanceProfile", "arn")),
		market:  stringOf(property(*data, "instanceMarketOptions", "marketType")),
	}
	if name := stringOf(property(*data, "instanceType")); name != "" {
		l.types = []string{name}
	}
	eachObject(property(*data, "blockDeviceMappings"), func(mapping resource.PropertyMap) {
		if device := property(mapping["ebs"]); device.IsObject() {
			inner := device.ObjectValue().Copy()
			inner["deviceName"] = mapping["deviceName"]
			l.devices = append(l.devices, inner)
		}
	})
	return l
}

// rootSize returns the size that is asked for the root volume of an image, and whether any is.
func (l *launch) rootSize(i *image) (float64, bool) {
	for _, device := range l.devices {
		if name := stringOf(device["deviceName"]); name == i.root && device["volumeSize"].IsNumber() {
			return device["volumeSize"].NumberValue(), true
		}
	}
	return 0, false
}

// launchConstraints are those of what is launched. Their ids begin with the service; refusal puts EC2's text, and its
// error code, into the form of the service.
func launchConstraints(
	service, input string, refusal func(code, text string) string, of func(*simulator.Call) *launch,
) []simulator.Constraint {
	entry := func(id, source, text string, find func(*simulator.Call, *launch, func(args ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: "aws-" + service + "-" + id, Source: source},
			Error:  text, Stage: simulator.AtApply,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if l := of(c); l != nil {
					find(c, l, func(args ...any) { broken(input, args...) })
				}
			},
		}
	}
	const runInstances = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html"
	const profiles = "terraform-provider-aws, internal/service/ec2/ec2_instance.go, internal/service/autoscaling/group.go"
	return []simulator.Constraint{
		entry("image-architecture", runInstances, refusal("InvalidParameterValue",
			"The architecture '%s' of the specified instance type does not match the architecture '%s' of the specified AMI. "+
				"Specify an instance type and an AMI that have matching architectures, and try again."),
			func(c *simulator.Call, l *launch, broken func(args ...any)) {
				i := imageNamed(c.Region, l.image)
				for _, name := range l.types {
					if t := instanceTypes()[name]; i != nil && t != nil && !slices.Contains(t.architectures(), i.arch) {
						broken(t.arch, i.arch)
					}
				}
			}),
		entry("root-volume-size", ec2Errors, refusal("InvalidBlockDeviceMapping",
			"Volume of size %.0fGB is smaller than snapshot '%s', expect size>= %dGB"),
			func(c *simulator.Call, l *launch, broken func(args ...any)) {
				i := imageNamed(c.Region, l.image)
				if i == nil {
					return
				}
				if size, given := l.rootSize(i); given && size < float64(i.size) {
					broken(size, i.snapshot(c.Region), i.size)
				}
			}),
		entry("instance-profile", profiles, refusal("InvalidParameterValue",
			"Value (%s) for parameter iamInstanceProfile.%s is invalid. Invalid IAM Instance Profile %s"),
			func(c *simulator.Call, l *launch, broken func(args ...any)) {
				if l.profile == "" || profileOf(c, l.profile) != nil || elsewhere(c.Site, l.profile) {
					return
				}
				if _, isARN := strings.CutPrefix(l.profile, "arn:"); isARN && service != "ec2" {
					broken(l.profile, "arn", "ARN")
				} else {
					broken(l.profile, "name", "name")
				}
			}),
		entry("instance-profile-role", profiles, refusal("InvalidParameterValue",
			`IAM Instance Profile "%s" has no associated IAM Roles`),
			func(c *simulator.Call, l *launch, broken func(args ...any)) {
				if profile := profileOf(c, l.profile); profile != nil && profile.Target(roleKind) == nil {
					broken(profile.ARN)
				}
			}),
	}
}

// profileOf returns the instance profile with that name or ARN, or nil. An instance takes names only, a launch template
// both.
func profileOf(c *simulator.Call, nameOrARN string) *simulator.Object {
	if profile := c.FindBy(instanceProfileKind, simulator.ByARN, nameOrARN); profile != nil && c.Token != instanceToken {
		return profile
	}
	return c.FindBy(instanceProfileKind, simulator.ByName, nameOrARN)
}
