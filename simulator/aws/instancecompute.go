package aws

import (
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What EC2 computes of an instance. Sources: as in instance.go.

// findTypeNotOffered finds an instance whose zone does not have its type.
func findTypeNotOffered(c *simulator.Call, broken func(path string, args ...any)) {
	subnet := subnetOf(c)
	if subnet == nil {
		return
	}
	z, ok := zoneNamed(c.Region, subnet.Text("availabilityZone"))
	for _, name := range launchOf(c).types {
		if t := instanceTypes()[name]; ok && t != nil && !t.offered(z.id) {
			broken("instanceType", name, z.name, strings.Join(t.zonesOffering(c.Region), ", "))
		}
	}
}

// missingVersion reports whether a specification names a version that its launch template does not have yet.
func missingVersion(c *simulator.Call, specification resource.PropertyValue) (version string, missing bool) {
	template := c.Find(launchTemplateKind, stringOf(property(specification, "id")))
	if template == nil {
		template = c.FindBy(launchTemplateKind, simulator.ByName, stringOf(property(specification, "name")))
	}
	version = versionText(property(specification, "version"))
	number, err := strconv.Atoi(version)
	if template == nil || err != nil {
		return version, false
	}
	latest := template.Output("latestVersion")
	return version, latest.IsNumber() && (number < 1 || float64(number) > latest.NumberValue())
}

func computeInstance(c *simulator.Call) {
	l, subnet := launchOf(c), subnetOf(c)
	kind := ""
	if len(l.types) > 0 {
		kind = l.types[0]
	}
	c.SetNew("ami", l.image)
	c.SetNew("instanceType", kind)
	c.SetNew("iamInstanceProfile", profileName(c, l.profile))
	c.SetNew("keyName", "")
	c.SetNew("instanceState", "running")
	c.SetNew("instanceLifecycle", map[string]string{"spot": "spot"}[l.market])
	c.SetNew("instanceInitiatedShutdownBehavior", "stop")
	c.SetNew("tenancy", "default")
	for _, name := range []string{
		"hostId", "hostResourceGroupArn", "outpostArn", "passwordData", "placementGroup", "spotInstanceRequestId", "userData",
		"userDataBase64",
	} {
		c.SetNew(name, "")
	}
	for _, name := range []string{"disableApiStop", "disableApiTermination", "enablePrimaryIpv6", "monitoring"} {
		c.SetNew(name, false)
	}
	c.SetNew("placementPartitionNumber", 0)
	c.SetNew("ipv6AddressCount", len(c.Texts("ipv6Addresses[*]")))
	computeProcessor(c, kind)
	computeOptions(c)
	computeAddresses(c, subnet)
	computeRoot(c, imageNamed(c.Region, l.image))
}

func profileName(c *simulator.Call, nameOrARN string) string {
	if profile := c.FindBy(instanceProfileKind, simulator.ByARN, nameOrARN); profile != nil {
		return profile.Text("name")
	}
	return nameOrARN
}

func computeProcessor(c *simulator.Call, name string) {
	cores, threads, optimized := 1, 1, false
	if t := instanceTypes()[name]; t != nil {
		cores, threads, optimized = t.vCPUs/t.threads, t.threads, t.nitro && !t.burstable
	}
	if !c.Given("cpuCoreCount") {
		c.Set("cpuCoreCount", cores)
	}
	if !c.Given("cpuThreadsPerCore") {
		c.Set("cpuThreadsPerCore", threads)
	}
	if !c.Given("cpuOptions") {
		c.Set("cpuOptions", map[string]any{"amdSevSnp": "", "coreCount": cores, "threadsPerCore": threads})
	}
	if !c.Given("ebsOptimized") {
		c.Set("ebsOptimized", optimized)
	}
}

func computeOptions(c *simulator.Call) {
	c.SetNew("capacityReservationSpecification", map[string]any{"capacityReservationPreference": "open"})
	c.SetNew("enclaveOptions", map[string]any{"enabled": false})
	c.SetNew("instanceMarketOptions", map[string]any{})
	c.SetNew("maintenanceOptions", map[string]any{"autoRecovery": "default"})
	c.SetNew("metadataOptions", map[string]any{
		"httpEndpoint": "enabled", "httpProtocolIpv6": "disabled", "httpPutResponseHopLimit": 1, "httpTokens": "optional",
		"instanceMetadataTags": "disabled",
	})
	c.SetNew("privateDnsNameOptions", map[string]any{
		"enableResourceNameDnsARecord": false, "enableResourceNameDnsAaaaRecord": false, "hostnameType": "ip-name",
	})
}

func computeAddresses(c *simulator.Call, subnet *simulator.Object) {
	if subnet == nil {
		return
	}
	vpc := subnet.Target(vpcKind)
	private, card := hostIn(subnet.Text("cidrBlock"), c.Hex("private-ip", 8)), "eni-"+c.Hex("interface", idDigits)
	public := subnet.Flag("mapPublicIpOnLaunch")
	if own := primaryInterface(c); own != nil {
		private, card, public = own.Text("privateIp"), own.ID, false
	}
	if c.Given("associatePublicIpAddress") {
		public = c.Flag("associatePublicIpAddress")
	}
	c.SetNew("privateIp", private)
	c.SetNew("primaryNetworkInterfaceId", card)
	c.SetNew("privateDns", privateHostName(c, stringOf(c.Outputs["privateIp"])))
	c.SetNew("subnetId", subnet.ID)
	c.SetNew("availabilityZone", subnet.Text("availabilityZone"))
	c.SetNew("associatePublicIpAddress", public)
	c.SetNew("vpcSecurityGroupIds", defaultGroups(subnet.Target(vpcKind)))
	ip, name := "", ""
	if public {
		ip = hostIn("198.18.0.0/15", c.Hex("public-ip", 8)) // kept for tests by RFC 2544
		if vpc != nil && vpc.Flag("enableDnsHostnames") {
			name = publicName(c, ip)
		}
	}
	c.SetNew("publicIp", ip)
	c.SetNew("publicDns", name)
}

// publicName is the host name of an address on the internet.
func publicName(c *simulator.Call, ip string) string {
	suffix := c.Region + ".compute.amazonaws.com"
	if c.Region == "us-east-1" {
		suffix = "compute-1.amazonaws.com"
	}
	return "ec2-" + strings.ReplaceAll(ip, ".", "-") + "." + suffix
}

func computeRoot(c *simulator.Call, i *image) {
	device, size, kind := "/dev/xvda", 8, "gp2"
	if i != nil {
		device, size, kind = i.root, i.size, i.volume
	}
	iops, throughput := 100, 0
	if kind == "gp3" {
		iops, throughput = includedIOPS, 125
	}
	encrypted, key := encryptedByDefault(c), ""
	if encrypted {
		key = volumeKey(c)
	}
	c.SetNew("rootBlockDevice", map[string]any{
		"deleteOnTermination": true, "deviceName": device, "encrypted": encrypted, "iops": iops, "kmsKeyId": key,
		"tags": map[string]any{}, "tagsAll": map[string]any{}, "throughput": throughput,
		"volumeId": "vol-" + c.Hex("root volume", idDigits), "volumeSize": size, "volumeType": kind,
	})
}
