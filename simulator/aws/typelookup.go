package aws

import (
	"slices"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of instance types: those of the table only. What the table does not say, such as figures of network and disk
// performance, is zero, false or unsupported. Sources: terraform-provider-aws,
// internal/service/ec2/ec2_instance_type*_data_source.go.

func typeLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ec2/getInstanceType:getInstanceType", Answer: lookUpType},
		{Token: "aws:ec2/getInstanceTypes:getInstanceTypes", Answer: lookUpTypes},
		{Token: "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering", Answer: lookUpOffering},
		{Token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings", Answer: lookUpOfferings},
	}
}

func (t *instanceType) hypervisor() string {
	switch {
	case t.metal:
		return ""
	case t.nitro:
		return "nitro"
	}
	return "xen"
}

// architectures are those of the images that the type runs: the smallest t2 run old ones too.
func (t *instanceType) architectures() []string {
	if t.family == "t2" && t.memory <= 4 {
		return []string{"i386", intel}
	}
	return []string{t.arch}
}

func (t *instanceType) clustered() bool { return !t.burstable }

// attributes are what filters of DescribeInstanceTypes ask for.
func (t *instanceType) attributes() map[string][]string {
	flag := func(value bool) []string { return []string{strconv.FormatBool(value)} }
	return map[string][]string{
		"instance-type": {t.name}, "current-generation": flag(t.current), "bare-metal": flag(t.metal),
		"burstable-performance-supported": flag(t.burstable), "hypervisor": {t.hypervisor()},
		"instance-storage-supported":                flag(t.local),
		"processor-info.supported-architecture":     t.architectures(),
		"vcpu-info.default-vcpus":                   {strconv.Itoa(t.vCPUs)},
		"vcpu-info.default-cores":                   {strconv.Itoa(t.vCPUs / t.threads)},
		"vcpu-info.default-threads-per-core":        {strconv.Itoa(t.threads)},
		"memory-info.size-in-mib":                   {strconv.Itoa(int(t.memory * 1024))},
		"supported-virtualization-type":             {"hvm"},
		"supported-root-device-type":                {"ebs"},
		"supported-usage-class":                     {"on-demand", "spot"},
		"free-tier-eligible":                        flag(t.name == "t2.micro" || t.name == "t3.micro"),
		"placement-group-info.supported-strategies": t.strategies(),
	}
}

func (t *instanceType) strategies() []string {
	if t.clustered() {
		return []string{"cluster", "partition", "spread"}
	}
	return []string{"partition", "spread"}
}

func lookUpType(c *simulator.Call) resource.PropertyMap {
	name := c.Text("instanceType")
	t := instanceTypes()[name]
	if t == nil {
		c.Fail("instanceType", "InvalidInstanceType: The following supplied instance types do not exist, "+
			"or the simulated cloud does not know them: [%s]", name)
		return nil
	}
	for output, value := range map[string]any{
		"id": name, "instanceType": name, "bareMetal": t.metal, "burstablePerformanceSupported": t.burstable,
		"currentGeneration": t.current, "defaultVcpus": t.vCPUs, "defaultCores": t.vCPUs / t.threads,
		"defaultThreadsPerCore": t.threads, "memorySize": int(t.memory * 1024), "hypervisor": t.hypervisor(),
		"instanceStorageSupported": t.local, "supportedArchitectures": t.architectures(),
		"supportedPlacementStrategies": t.strategies(), "supportedRootDeviceTypes": []string{"ebs"},
		"supportedUsagesClasses": []string{"on-demand", "spot"}, "supportedVirtualizationTypes": []string{"hvm"},
		"freeTierEligible": t.name == "t2.micro" || t.name == "t3.micro", "ebsEncryptionSupport": "supported",
		"ebsNvmeSupport": "unsupported", "ebsOptimizedSupport": "unsupported", "enaSupport": "unsupported", "ipv6Supported": true,
		"autoRecoverySupported": !t.metal && !t.local, "dedicatedHostsSupported": t.family != "t2",
		"encryptionInTransitSupported": false, "efaSupported": false, "enaSrdSupported": false, "hibernationSupported": false,
		"networkPerformance": "", "nitroEnclavesSupport": "unsupported", "nitroTpmSupport": "unsupported",
		"phcSupport":           "unsupported",
		"validThreadsPerCores": []int{t.threads}, "bootModes": []string{"legacy-bios"},
	} {
		c.Set(output, value)
	}
	if t.nitro {
		c.Set("ebsNvmeSupport", "required")
		c.Set("ebsOptimizedSupport", "default")
		c.Set("enaSupport", "required")
		c.Set("bootModes", []string{"legacy-bios", "uefi"})
	}
	if t.arch == arm {
		c.Set("bootModes", []string{"uefi"})
	}
	for _, name := range []string{
		"defaultNetworkCardIndex", "ebsPerformanceBaselineBandwidth", "ebsPerformanceBaselineIops",
		"ebsPerformanceBaselineThroughput", "ebsPerformanceMaximumBandwidth", "ebsPerformanceMaximumIops",
		"ebsPerformanceMaximumThroughput", "efaMaximumInterfaces", "maximumIpv4AddressesPerInterface",
		"maximumIpv6AddressesPerInterface", "maximumNetworkCards", "maximumNetworkInterfaces", "sustainedClockSpeed",
		"totalFpgaMemory", "totalGpuMemory", "totalInferenceMemory", "totalInstanceStorage", "totalMediaMemory",
		"totalNeuronDeviceMemory",
	} {
		c.SetNew(name, 0)
	}
	return c.Outputs
}

func lookUpTypes(c *simulator.Call) resource.PropertyMap {
	names := []string{}
	for _, name := range typeNames() {
		attributes := instanceTypes()[name].attributes()
		if matches(c, func(filter string) ([]string, bool) {
			values, ok := attributes[filter]
			return values, ok
		}) {
			names = append(names, name)
		}
	}
	c.Set("instanceTypes", names)
	c.Set("id", c.Region)
	return c.Outputs
}

// offering is one instance type in one place.
type offering struct{ name, place string }

// offerings returns what a look-up asks for, and the kind of place.
func offerings(c *simulator.Call) (list []offering, kind string) {
	if kind = c.Text("locationType"); kind == "" {
		kind = "region"
	}
	for _, name := range typeNames() {
		for _, place := range instanceTypes()[name].places(c.Region, kind) {
			if matches(c, func(filter string) ([]string, bool) {
				value, ok := map[string]string{"instance-type": name, "location": place}[filter]
				return []string{value}, ok
			}) {
				list = append(list, offering{name, place})
			}
		}
	}
	return list, kind
}

// places returns where in a region the type is offered.
func (t *instanceType) places(region, kind string) []string {
	names := t.zonesOffering(region)
	switch kind {
	case "availability-zone":
		return names
	case "availability-zone-id":
		ids := make([]string, len(names))
		for i, name := range names {
			z, _ := zoneNamed(region, name)
			ids[i] = z.id
		}
		return ids
	case "region":
		return []string{region}
	}
	return nil
}

func lookUpOfferings(c *simulator.Call) resource.PropertyMap {
	names, kinds, places := []string{}, []string{}, []string{}
	list, kind := offerings(c)
	for _, o := range list {
		names, kinds, places = append(names, o.name), append(kinds, kind), append(places, o.place)
	}
	c.Set("instanceTypes", names)
	c.Set("locationTypes", kinds)
	c.Set("locations", places)
	c.Set("id", c.Region)
	return c.Outputs
}

func lookUpOffering(c *simulator.Call) resource.PropertyMap {
	list, _ := offerings(c)
	has := func(name string) bool {
		return slices.ContainsFunc(list, func(o offering) bool { return o.name == name })
	}
	chosen, preferred := "", c.Texts("preferredInstanceTypes[*]")
	switch at := slices.IndexFunc(preferred, has); {
	case len(list) == 0:
		c.Fail("", "no EC2 Instance Type Offerings found matching criteria; try different search")
		return nil
	case at >= 0:
		chosen = preferred[at]
	case len(list) > 1:
		c.Fail("", "multiple EC2 Instance Offerings found matching criteria; try different search")
		return nil
	default:
		chosen = list[0].name
	}
	c.Set("instanceType", chosen)
	c.Set("id", chosen)
	return c.Outputs
}
