package aws

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups about EKS. Source of the outputs' forms: terraform-provider-aws,
// internal/service/eks/{cluster_data_source,cluster_auth_data_source,cluster_versions_data_source}.go.

func eksLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:eks/getCluster:getCluster", Answer: lookUpEKSCluster},
		{Token: "aws:eks/getClusterAuth:getClusterAuth", Answer: eksClusterAuth},
		{Token: "aws:eks/getAddonVersion:getAddonVersion", Answer: addonVersionLookup},
		{Token: "aws:eks/getClusterVersions:getClusterVersions", Answer: clusterVersionsLookup},
	}
}

// eksAuthority is a certificate as a cluster's authority has one, in base64, that clients can parse. Nothing here ever
// serves with it.
func eksAuthority(c *simulator.Call) string {
	seed, err := hex.DecodeString(c.Hex("certificate authority", 2*ed25519.SeedSize))
	if err != nil || len(seed) != ed25519.SeedSize {
		return ""
	}
	key := ed25519.NewKeyFromSeed(seed)
	authority := &x509.Certificate{
		SerialNumber: new(big.Int), Subject: pkix.Name{CommonName: "kubernetes"},
		NotBefore: c.Now().UTC(), NotAfter: c.Now().UTC().Add(10 * 365 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	authority.SerialNumber.SetUint64(1)
	signed, err := x509.CreateCertificate(nil, authority, authority, key.Public(), key)
	if err != nil {
		return ""
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed})
	return base64.StdEncoding.EncodeToString(block)
}

// listed are the blocks that the look-up has as lists of one.
var listed = map[string]string{
	"accessConfig": "accessConfigs", "computeConfig": "computeConfigs",
	"kubernetesNetworkConfig": "kubernetesNetworkConfigs", "outpostConfig": "outpostConfigs",
	"remoteNetworkConfig": "remoteNetworkConfigs", "storageConfig": "storageConfigs", "upgradePolicy": "upgradePolicies",
	"zonalShiftConfig": "zonalShiftConfigs",
}

func lookUpEKSCluster(c *simulator.Call) resource.PropertyMap {
	cluster := c.Find(eksClusterKind, c.Text("name"))
	if cluster == nil {
		c.Fail("name", eksClusterKind.NotFound, c.Text("name"))
		return nil
	}
	for _, name := range []string{
		"arn", "clusterId", "createdAt", "endpoint", "platformVersion", "roleArn", "status", "version",
	} {
		c.Set(name, cluster.Text(name))
	}
	for _, name := range []resource.PropertyKey{"certificateAuthorities", "enabledClusterLogTypes", "identities", "vpcConfig"} {
		if value, ok := cluster.Outputs[name]; ok {
			c.Outputs[name] = value
		}
	}
	for block, list := range listed {
		elements := []resource.PropertyValue{}
		if value := cluster.Outputs[resource.PropertyKey(block)]; value.IsObject() {
			elements = append(elements, inLists(block, value))
		}
		c.Outputs[resource.PropertyKey(list)] = resource.NewArrayProperty(elements)
	}
	c.Outputs["tags"] = resource.NewObjectProperty(cluster.Tags())
	c.Set("id", cluster.ID)
	return c.Outputs
}

// inLists is a block in the form of the look-up, in which the blocks that it holds are lists too.
func inLists(block string, value resource.PropertyValue) resource.PropertyValue {
	inner := resource.PropertyMap{}
	for key, element := range value.ObjectValue() {
		if element.IsObject() {
			element = resource.NewArrayProperty([]resource.PropertyValue{element})
			key += "s"
		}
		inner[key] = element
	}
	if block == "kubernetesNetworkConfig" && !inner.HasValue("serviceIpv6Cidr") {
		inner["serviceIpv6Cidr"] = text("")
	}
	return resource.NewObjectProperty(inner)
}

// eksClusterAuth gives a token in the form of AWS's: a signed address, which nothing here accepts.
func eksClusterAuth(c *simulator.Call) resource.PropertyMap {
	address := "https://sts." + c.Region + ".amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Signature=" +
		c.Fixed("token for "+c.Text("name"), 64)
	c.Outputs["token"] = resource.MakeSecret(text("k8s-aws-v1." + base64.RawURLEncoding.EncodeToString([]byte(address))))
	c.Set("id", c.Text("name"))
	return c.Outputs
}
