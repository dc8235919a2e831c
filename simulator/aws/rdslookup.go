package aws

import (
	"cmp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of RDS. Source of the outputs' forms: terraform-provider-aws, internal/service/rds/{engine_version,
// orderable_instance,certificate,instance,cluster}_data_source.go.

// certificateAuthority signs the certificates of new instances (RDS user guide, "Using SSL/TLS").
const certificateAuthority = "rds-ca-rsa2048-g1"

// certificates are the authorities of RDS, and until when their certificates are valid.
var certificates = map[string]struct{ until string }{
	"rds-ca-ecc384-g1":  {"2121-05-25T23:34:57Z"},
	"rds-ca-rsa2048-g1": {"2061-05-25T23:34:57Z"},
	"rds-ca-rsa4096-g1": {"2121-05-25T23:34:57Z"},
}

func rdsLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:rds/getEngineVersion:getEngineVersion", Answer: lookUpEngine},
		{Token: "aws:rds/getOrderableDbInstance:getOrderableDbInstance", Answer: lookUpOrderable},
		{Token: "aws:rds/getCertificate:getCertificate", Answer: lookUpCertificate},
		{Token: "aws:rds/getInstance:getInstance", Answer: lookUpInstance},
		{Token: "aws:rds/getCluster:getCluster", Answer: lookUpCluster},
	}
}

// versionFor returns the version that a look-up asks for, "" when the engine has none such.
func versionFor(c *simulator.Call, engine *databaseEngine, name, asked string, preferred []string) string {
	candidates := engine.versions
	if family := c.Text("parameterGroupFamily"); family != "" {
		candidates = slices.DeleteFunc(slices.Clone(candidates), func(v string) bool { return engine.family(name, v) != family })
	}
	for _, version := range preferred {
		if engine.has(version) {
			return engine.resolve(version)
		}
	}
	switch {
	case asked != "" && !engine.has(asked), len(candidates) == 0:
		return ""
	case asked != "":
		return engine.resolve(asked)
	case slices.Contains(candidates, engine.standard) && !c.Flag("latest") && !c.Flag("engineLatestVersion"):
		return engine.standard
	default:
		return candidates[len(candidates)-1]
	}
}

func lookUpEngine(c *simulator.Call) resource.PropertyMap {
	name := c.Text("engine")
	engine := engineNamed(name)
	version := ""
	if engine != nil {
		version = versionFor(c, engine, name, c.Text("version"), c.Texts("preferredVersions[*]"))
	}
	if version == "" {
		c.Fail("engine", "no RDS engine versions match the criteria and preferred versions: %s %s", name, c.Text("version"))
		return nil
	}
	var targets []string
	for _, other := range engine.versions {
		if compareVersions(other, version) > 0 {
			targets = append(targets, other)
		}
	}
	c.Set("id", version)
	c.Set("version", version)
	c.Set("versionActual", version)
	c.Set("parameterGroupFamily", engine.family(name, version))
	c.Set("status", "available")
	c.Set("engineDescription", name)
	c.Set("versionDescription", name+" "+version)
	c.Set("defaultCharacterSet", "")
	c.Set("validUpgradeTargets", slices.Concat([]string{}, targets))
	c.Set("validMajorTargets", slices.Concat([]string{}, targets))
	for _, list := range []string{
		"exportableLogTypes", "supportedCharacterSets", "supportedFeatureNames", "supportedTimezones", "validMinorTargets",
	} {
		c.Set(list, []any{})
	}
	c.Set("supportedModes", []any{"provisioned"})
	c.Set("supportsReadReplica", !engine.aurora)
	c.Set("supportsGlobalDatabases", engine.aurora)
	c.Set("supportsParallelQuery", name == "aurora-mysql")
	for _, yes := range []string{"supportsCertificateRotationWithoutRestart", "supportsLogExportsToCloudwatch"} {
		c.Set(yes, true)
	}
	for _, no := range []string{"supportsIntegrations", "supportsLimitlessDatabase", "supportsLocalWriteForwarding"} {
		c.Set(no, false)
	}
	return c.Outputs
}

func lookUpOrderable(c *simulator.Call) resource.PropertyMap {
	name := c.Text("engine")
	engine := engineNamed(name)
	version, class := "", ""
	if engine != nil {
		version = versionFor(c, engine, name, c.Text("engineVersion"), c.Texts("preferredEngineVersions[*]"))
		for _, wanted := range append(c.Texts("instanceClass"), c.Texts("preferredInstanceClasses[*]")...) {
			if class == "" && instanceClass.MatchString(wanted) && engine.fits(wanted, version) {
				class = wanted
			}
		}
		if !c.Given("instanceClass") && !c.Given("preferredInstanceClasses") {
			class = "db.r6g.large"
		}
	}
	if version == "" || class == "" {
		c.Fail("engine", "no RDS Orderable DB Instance Options found matching criteria; try different search")
		return nil
	}
	c.Set("id", class)
	c.Set("instanceClass", class)
	c.Set("engineVersion", version)
	c.Set("licenseModel", cmp.Or(c.Text("licenseModel"), engine.license))
	c.Set("storageType", cmp.Or(c.Text("storageType"), map[bool]string{true: "aurora", false: "gp3"}[engine.aurora]))
	c.Set("availabilityZones", zoneNames(c.Region))
	c.Set("availabilityZoneGroup", c.Region)
	c.Set("supportedEngineModes", []any{"provisioned"})
	c.Set("supportedNetworkTypes", []any{"IPV4", "DUAL"})
	for output, number := range map[string]int{
		"minStorageSize": 20, "maxStorageSize": 65536, "minIopsPerDbInstance": 3000, "maxIopsPerDbInstance": 64000,
		"minIopsPerGib": 0, "maxIopsPerGib": 500,
	} {
		c.Set(output, number)
	}
	c.Set("outpostCapable", false)
	for _, yes := range []string{
		"multiAzCapable", "readReplicaCapable", "supportsClusters", "supportsEnhancedMonitoring", "supportsGlobalDatabases",
		"supportsIamDatabaseAuthentication", "supportsIops", "supportsKerberosAuthentication", "supportsMultiAz",
		"supportsPerformanceInsights", "supportsStorageAutoscaling", "supportsStorageEncryption", "vpc",
	} {
		if !c.Given(yes) {
			c.Set(yes, true)
		}
	}
	return c.Outputs
}

func lookUpCertificate(c *simulator.Call) resource.PropertyMap {
	id := cmp.Or(c.Text("id"), certificateAuthority)
	known, ok := certificates[id]
	if !ok {
		c.Fail("id", "CertificateNotFound: Certificate not found: %s", id)
		return nil
	}
	c.Set("id", id)
	c.Set("arn", "arn:"+c.Partition+":rds:"+c.Region+"::cert:"+id)
	c.Set("certificateType", "CA")
	c.Set("customerOverride", false)
	c.Set("customerOverrideValidTill", "")
	c.Set("thumbprint", c.Fixed("thumbprint of "+id, 40))
	c.Set("validFrom", "2021-05-25T22:34:57Z")
	c.Set("validTill", known.until)
	return c.Outputs
}
