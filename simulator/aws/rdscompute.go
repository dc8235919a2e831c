package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Outputs that instances and clusters of RDS have in common. Source of their forms: terraform-provider-aws,
// internal/service/rds/{instance,cluster,cluster_instance}.go.

func resourceKey(name string) resource.PropertyKey { return resource.PropertyKey(name) }

// databaseZone returns the zone that an instance gets when it does not ask for one: that of its first subnet.
func databaseZone(c *simulator.Call) string {
	if group := subnetGroupOf(c); group != nil {
		for _, subnet := range subnetsOfGroup(c, group) {
			return subnet.Text("availabilityZone")
		}
	}
	return firstZone(c.Region).name
}

// subnetGroupOf returns the group that the resource's dbSubnetGroupName names, or nil.
func subnetGroupOf(c *simulator.Call) *simulator.Object {
	name, _ := unlessDefault(c, c.Text("dbSubnetGroupName"))
	return c.FindBy(dbSubnetGroupKind, simulator.ByName, name)
}

func subnetsOfGroup(c *simulator.Call, group *simulator.Object) []*simulator.Object {
	var list []*simulator.Object
	for _, id := range stringsOf(group.Output("subnetIds")) {
		if subnet := c.Find(subnetKind, id); subnet != nil {
			list = append(list, subnet)
		}
	}
	return list
}

// computeStorage sets what follows from the type of storage.
func computeStorage(c *simulator.Call) {
	kind := "gp2"
	if c.Given("iops") && !c.Given("storageType") {
		kind = "io1"
	}
	c.SetNew("storageType", kind)
	iops, throughput := 0, 0
	if c.Outputs["storageType"].StringValue() == "gp3" {
		iops, throughput = 3000, 125
	}
	c.SetNew("iops", iops)
	c.SetNew("storageThroughput", throughput)
}

// computePlace sets where and how a database runs.
func computePlace(c *simulator.Call, identifier, zone string) {
	c.SetNew("availabilityZone", zone)
	c.SetNew("backupWindow", "06:00-06:30")
	c.SetNew("maintenanceWindow", "sun:08:00-sun:08:30")
	c.SetNew("caCertIdentifier", certificateAuthority)
	c.SetNew("hostedZoneId", "Z"+strings.ToUpper(c.Fixed("hosted zone of RDS", 13)))
	c.SetNew("networkType", "IPV4")
	c.SetNew("engineLifecycleSupport", "open-source-rds-extended-support")
	c.SetNew("databaseInsightsMode", "standard")
	c.SetNew("monitoringRoleArn", "")
	c.SetNew("vpcSecurityGroupIds", []any{})
	computeInsights(c)
	key := ""
	if c.Flag("storageEncrypted") {
		key = managedKeyARN(c, "rds")
	}
	c.SetNew("kmsKeyId", key)
}

// computeInsights sets what Performance Insights uses.
func computeInsights(c *simulator.Call) {
	key, days := "", 0
	if c.Flag("performanceInsightsEnabled") {
		key, days = managedKeyARN(c, "rds"), 7
	}
	c.SetNew("performanceInsightsKmsKeyId", key)
	c.SetNew("performanceInsightsRetentionPeriod", days)
}

// computeMasterSecret sets where the password of the master user is kept when RDS manages it.
func computeMasterSecret(c *simulator.Call) {
	if !c.Flag("manageMasterUserPassword") {
		c.Set("masterUserSecretKmsKeyId", "")
		c.Set("masterUserSecrets", []any{})
		return
	}
	key := c.Text("masterUserSecretKmsKeyId")
	if key == "" {
		key = managedKeyARN(c, "secretsmanager")
	}
	c.Set("masterUserSecretKmsKeyId", key)
	c.Set("masterUserSecrets", []any{map[string]any{
		"kmsKeyId": key, "secretStatus": "active",
		"secretArn": "arn:" + c.Partition + ":secretsmanager:" + c.Region + ":" + c.Account + ":secret:rds!" +
			c.Hex("master user secret", 32) + "-" + c.Hex("master user secret suffix", 6),
	}})
}

// managedKeyARN returns the ARN of the key that AWS keeps for a service.
func managedKeyARN(c *simulator.Call, service string) string {
	return "arn:" + c.Partition + ":kms:" + c.Region + ":" + c.Account + ":key/" + managedKey(c, "alias/aws/"+service)
}

// databaseHost returns the name under which a database answers.
func databaseHost(c *simulator.Call, prefix string) string {
	domain, _ := partitionOf(c.Partition)
	return prefix + "." + c.Fixed("rds endpoint", 12) + "." + c.Region + ".rds." + domain
}
