package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/ec2_instance.go; the EC2 API's RunInstances, TerminateInstances
// and its list of error codes.

const instanceToken = "aws:ec2/instance:Instance"

var instanceKind = &simulator.Kind{
	Noun:     "EC2 Instance",
	IDPrefix: "i-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:instance/{id}",
	NotFound: "InvalidInstanceID.NotFound: The instance ID '%s' does not exist",
}

func instanceTables() []*simulator.Type {
	return []*simulator.Type{{
		Token:    instanceToken,
		Kind:     instanceKind,
		Defaults: map[string]any{"getPasswordData": false, "sourceDestCheck": true, "userDataReplaceOnChange": false},
		Immutable: []string{
			"ami", "associatePublicIpAddress", "availabilityZone", "cpuCoreCount", "cpuOptions", "cpuThreadsPerCore",
			"ebsOptimized", "enablePrimaryIpv6", "enclaveOptions", "ephemeralBlockDevices", "hibernation", "hostId",
			"instanceMarketOptions", "ipv6AddressCount", "ipv6Addresses", "keyName", "launchTemplate.id", "launchTemplate.name",
			"networkInterfaces", "placementGroup", "placementPartitionNumber", "privateIp", "securityGroups", "subnetId",
			"tenancy", "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId", "ebsBlockDevices[*].deviceName",
			"ebsBlockDevices[*].encrypted", "ebsBlockDevices[*].iops", "ebsBlockDevices[*].kmsKeyId",
			"ebsBlockDevices[*].snapshotId", "ebsBlockDevices[*].throughput", "ebsBlockDevices[*].volumeSize",
			"ebsBlockDevices[*].volumeType",
		},
		ReplaceIf: func(_, after resource.PropertyMap) []string {
			if replace := after["userDataReplaceOnChange"]; replace.IsBool() && replace.BoolValue() {
				return []string{"userData", "userDataBase64"}
			}
			return nil
		},
		Sets: []string{"ebsBlockDevices", "networkInterfaces", "securityGroups", "vpcSecurityGroupIds", "secondaryPrivateIps"},
		Rules: map[string]simulator.Rule{
			"privateIp": ipv4Address, "secondaryPrivateIps[*]": ipv4Address,
			"tenancy": simulator.OneOf("dedicated", "default", "host"),
			"metadataOptions.httpPutResponseHopLimit": simulator.Between(1, 64),
			"metadataOptions.httpTokens":              simulator.OneOf("optional", "required"),
			"metadataOptions.httpEndpoint":            simulator.OneOf("disabled", "enabled"),
			"creditSpecification.cpuCredits":          simulator.OneOf("standard", "unlimited"),
			"instanceMarketOptions.marketType": simulator.OneOf(
				"capacity-block", "interruptible-capacity-reservation", "spot"),
		},
		AtMostOne: append([][]string{
			{"ipv6AddressCount", "ipv6Addresses"}, {"userData", "userDataBase64"}, {"hostResourceGroupArn", "placementGroup"},
			{"launchTemplate.id", "launchTemplate.name"},
		}, without("networkInterfaces", "associatePublicIpAddress", "ipv6AddressCount", "ipv6Addresses", "privateIp",
			"secondaryPrivateIps", "securityGroups", "subnetId", "vpcSecurityGroupIds")...),
		References: instanceReferences(),
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-ec2-interface-once", Source: ec2Errors},
			Error:  "InvalidNetworkInterface.InUse: Interface: [%s] in use.",
			Keys:   func(c *simulator.Call) []string { return c.Texts("networkInterfaces[*].networkInterfaceId") },
		}},
		Check: checkInstance,
		Allow: func(c *simulator.Call) {
			if subnetOf(c) == nil {
				c.Fail("subnetId", "VPCIdNotSpecified: No default VPC for this user")
			}
		},
		Constraints: machineConstraints(),
		Quotas: []simulator.Quota{
			groupsPerInterface("vpcSecurityGroupIds[*]"),
			vCPUs(launchOf, func(*simulator.Call) float64 { return 1 }),
		},
		API: []string{"ec2:RunInstances", "ec2:ModifyInstanceAttribute"},
		Parameters: map[string]string{
			"ami": "ImageId", "instanceType": "", "iamInstanceProfile": "IamInstanceProfile.Name", "tags": "", "volumeTags": "",
			// The model is older than capacity-reservations-only and the newest markets.
			"capacityReservationSpecification.capacityReservationPreference": "", "instanceMarketOptions.marketType": "",
		},
		Compute: computeInstance,
	}}
}

// without pairs an input with each of those that exclude it.
func without(input string, others ...string) [][]string {
	var pairs [][]string
	for _, other := range others {
		pairs = append(pairs, []string{input, other})
	}
	return pairs
}

func instanceReferences() []simulator.Reference {
	return []simulator.Reference{
		inSubnet("subnetId"), usesGroup("vpcSecurityGroupIds[*]"),
		{
			Origin: simulator.Origin{ID: "aws-ec2-interface-attached",
				Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html"},
			Property: "networkInterfaces[*].networkInterfaceId", To: kinds(networkInterfaceKind),
		},
		{Property: "launchTemplate.id", To: kinds(launchTemplateKind), OnDelete: simulator.Ignore},
		{
			Property: "launchTemplate.name", To: kinds(launchTemplateKind), By: simulator.ByName, OnDelete: simulator.Ignore,
			NotFound: templateNotFound,
		},
		{Property: "keyName", To: kinds(keyPairKind), OnDelete: simulator.Ignore},
		{
			Origin:   simulator.Origin{ID: "aws-ec2-placement-group-used", Source: ec2Errors},
			Property: "placementGroup", To: kinds(placementGroupKind),
		},
	}
}

func checkInstance(c *simulator.Call) {
	for _, name := range []string{"ami", "instanceType"} {
		if !c.Given(name) && !c.Given("launchTemplate") {
			c.Fail(name, "one of %s, launchTemplate must be specified", name)
		}
	}
}

// launchOf returns what an instance launches: its own inputs over those of its launch template.
func launchOf(c *simulator.Call) *launch {
	l := &launch{}
	if template := templateAt(c, c.Inputs["launchTemplate"], "id", "name"); template != nil {
		l = launchFrom(template)
	}
	if c.Given("ami") {
		l.image = c.Text("ami")
	}
	if c.Given("instanceType") {
		l.types = c.Texts("instanceType")
	}
	if c.Given("iamInstanceProfile") {
		l.profile = c.Text("iamInstanceProfile")
	}
	if root := c.Inputs["rootBlockDevice"]; root.IsObject() {
		device := root.ObjectValue().Copy()
		if i := imageNamed(c.Region, l.image); i != nil {
			device["deviceName"] = text(i.root)
		}
		l.devices = []resource.PropertyMap{device}
	}
	return l
}

// subnetOf returns the subnet in which an instance is launched: one of the default VPC's when nothing says, nil when
// there is none.
func subnetOf(c *simulator.Call) *simulator.Object {
	if subnet := c.Find(subnetKind, c.Text("subnetId")); subnet != nil {
		return subnet
	}
	if own := primaryInterface(c); own != nil {
		return own.Target(subnetKind)
	}
	if template := templateAt(c, c.Inputs["launchTemplate"], "id", "name"); template != nil {
		var subnet *simulator.Object
		eachObject(property(*template, "networkInterfaces"), func(card resource.PropertyMap) {
			if found := c.Find(subnetKind, stringOf(card["subnetId"])); subnet == nil {
				subnet = found
			}
		})
		if subnet != nil {
			return subnet
		}
	}
	return anySubnet(c)
}

// anySubnet returns a default subnet in the zone that the instance wants, or else in the first that has its type.
func anySubnet(c *simulator.Call) *simulator.Object {
	if c.Given("availabilityZone") {
		return defaultSubnet(c, c.Text("availabilityZone"))
	}
	for _, z := range zones[c.Region] {
		offered := true
		for _, name := range launchOf(c).types {
			t := instanceTypes()[name]
			offered = offered && (t == nil || t.offered(z.id))
		}
		if subnet := defaultSubnet(c, z.name); subnet != nil && offered {
			return subnet
		}
	}
	return nil
}

// primaryInterface returns the network interface that the instance is given as its first, or nil.
func primaryInterface(c *simulator.Call) *simulator.Object {
	var found *simulator.Object
	c.Objects("networkInterfaces[*]", func(_ string, card resource.PropertyMap) {
		if index := card["deviceIndex"]; index.IsNumber() && index.NumberValue() == 0 {
			found = c.Find(networkInterfaceKind, stringOf(card["networkInterfaceId"]))
		}
	})
	return found
}

// machineConstraints are those of an instance. Protection from termination is none: the provider lifts it before it deletes.
func machineConstraints() []simulator.Constraint {
	return append(append(
		launchConstraints("ec2", "", func(code, text string) string { return code + ": " + text }, launchOf),
		addressConstraints("privateIp")...,
	),
		typeKnown("instanceType"), imageHere("ami"),
		simulator.Constraint{
			Origin: templateVersion, Error: noTemplateVersion, Stage: simulator.AtApply,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if version, missing := missingVersion(c, c.Inputs["launchTemplate"]); missing {
					broken("launchTemplate.version", version)
				}
			},
		},
		simulator.Constraint{
			Origin: simulator.Origin{ID: "aws-ec2-type-in-zone",
				Source: "https://aws.amazon.com/premiumsupport/knowledge-center/ec2-instance-type-not-supported-az-error/"},
			Error: "Unsupported: Your requested instance type (%s) is not supported in your requested Availability Zone (%s). " +
				"Please retry your request by not specifying an Availability Zone or choosing %s.",
			Stage: simulator.AtApply,
			Find:  findTypeNotOffered,
		},
		simulator.Constraint{
			Origin: simulator.Origin{ID: "aws-ec2-instance-groups",
				Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html"},
			Error: "InvalidParameter: Security group %s and subnet %s belong to different networks.", Stage: simulator.AtApply,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if subnet := subnetOf(c); subnet != nil {
					for path, id := range groupsElsewhere(c, "vpcSecurityGroupIds[*]", subnet.Target(vpcKind)) {
						broken(path, id, subnet.ID)
					}
				}
			},
		},
		simulator.Constraint{
			Origin: simulator.Origin{ID: "aws-ec2-cluster-placement",
				Source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html"},
			Error: "InvalidParameterCombination: Cluster placement groups are not supported by the '%s' instance type. " +
				"Specify a supported instance type or change the placement group strategy, and try again.",
			Stage: simulator.AtApply,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				group := c.Find(placementGroupKind, c.Text("placementGroup"))
				for _, name := range launchOf(c).types {
					if t := instanceTypes()[name]; group != nil && group.Text("strategy") == "cluster" && t != nil && !t.clustered() {
						broken("placementGroup", name)
					}
				}
			},
		},
	)
}
