package azure

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Kubernetes clusters: traps 15 and 25. Sources of the errors as users report them: Azure/AKS issues 3300 (names), 1568
// (system pools), jenkins-infra/azure pull request 284 (Windows pools). The words for reserved ranges are the
// documentation's: the service names no error for them.

const (
	poolDoc    = "https://learn.microsoft.com/azure/aks/use-system-pools"
	networkDoc = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview"
)

var (
	clusterPath = path{"Microsoft.ContainerService/managedClusters", []string{"resourceName"}}
	clusterKind = kindOf(clusterPath)
	poolPath    = path{"Microsoft.ContainerService/managedClusters/agentPools", []string{"resourceName", "agentPoolName"}}
)

// reservedRanges are the blocks that neither a cluster's services nor its Pods may use.
var reservedRanges = []string{"169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"}

var poolName = rule("InvalidParameter", `^[a-z][a-z0-9]{0,11}$`, "The value of parameter agentPoolProfile.name is invalid. "+
	"It has 1 to 12 small letters and digits and begins with a letter")

func clusterTypes() []*simulator.Type {
	return []*simulator.Type{
		located(armType(clusterPath, simulator.Type{
			Token:     "azure-native:containerservice:ManagedCluster",
			Kind:      clusterKind,
			Immutable: []string{"dnsPrefix", "nodeResourceGroup"},
			// A preview shows the pools without what the service adds to them.
			Fills: []string{"agentPoolProfiles.currentOrchestratorVersion", "agentPoolProfiles.nodeImageVersion", "agentPoolProfiles.provisioningState"},
			Rules: map[string]simulator.Rule{
				"resourceName": rule("InvalidParameter", `^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$`,
					"a cluster's name has 1 to 63 letters, digits, underscores and hyphens, none of the last two at either end"),
				"agentPoolProfiles[*].name": poolName,
			},
			Constraints: []simulator.Constraint{systemPool(), windowsPools("agentPoolProfiles[*]", "name"), reservedRange()},
			Compute:     computeCluster,
		})),
		armType(poolPath, simulator.Type{
			Token: "azure-native:containerservice:AgentPool",
			Kind:  kindOf(poolPath),
			Rules: map[string]simulator.Rule{"agentPoolName": poolName},
			References: []simulator.Reference{{
				Property: "resourceName", To: []*simulator.Kind{clusterKind}, OnDelete: simulator.Follow,
				NotFound: parentNotFound,
				Address:  func(c *simulator.Call, _ string) (string, bool) { return poolPath.parentID(c), true },
			}},
			Constraints: []simulator.Constraint{windowsPools("", "agentPoolName")},
			Compute:     computePool,
		}),
	}
}

// systemPool demands a pool for the cluster's own Pods.
func systemPool() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "azure-aks-system-pool", Source: poolDoc},
		Error:  "MustDefineAtLeastOneSystemPool: Must define at least one system pool.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			if !c.Known("agentPoolProfiles") || !c.Given("agentPoolProfiles") {
				return
			}
			for _, mode := range c.Texts("agentPoolProfiles[*].mode") {
				if mode == "System" {
					return
				}
			}
			broken("agentPoolProfiles")
		},
	}
}

// windowsPools keeps the names of Windows pools short: pools lie at a path, "" for the inputs themselves.
func windowsPools(at, name string) simulator.Constraint {
	const most = 6
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "azure-aks-windows-pool-name", Source: poolDoc},
		Error:  "WindowsAgentPoolNameTooLong: Windows agent pool name can not be longer than 6 characters.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			check := func(path string, pool resource.PropertyMap) {
				if textOf(pool["osType"]) == "Windows" && len(textOf(pool[resource.PropertyKey(name)])) > most {
					broken(strings.TrimPrefix(path+"."+name, "."))
				}
			}
			if at == "" {
				check("", c.Inputs)
				return
			}
			c.Objects(at, check)
		},
	}
}

func reservedRange() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "azure-aks-reserved-range", Source: networkDoc},
		Error:  "AKS clusters can't use %s for the address ranges of services or Pods: %s is in it",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			for _, input := range []string{"serviceCidr", "serviceCidrs[*]", "podCidr", "podCidrs[*]"} {
				c.Each("networkProfile."+input, func(at, block string) {
					for _, reserved := range reservedRanges {
						if simulator.Overlap(block, reserved) {
							broken(at, reserved, block)
						}
					}
				})
			}
		},
	}
}

// clusterVersion is what a cluster runs that names no version; nodeImage is what its nodes run.
const (
	clusterVersion = "1.34.0"
	nodeImage      = "AKSUbuntu-2204gen2containerd-202509.11.0"
)

func computeCluster(c *simulator.Call) {
	version := or(c.Text("kubernetesVersion"), clusterVersion)
	c.Set("provisioningState", "Succeeded")
	c.Set("maxAgentPools", 100)
	c.Set("currentKubernetesVersion", version)
	host := or(c.Text("dnsPrefix"), c.Text("resourceName")) + "-" + c.Hex("fqdn", 8)
	place := location(textOf(c.Outputs["location"]))
	c.SetNew("fqdn", host+".hcp."+place+".azmk8s.io")
	c.SetNew("azurePortalFQDN", host+".portal.hcp."+place+".azmk8s.io")
	c.SetNew("privateFQDN", "")
	pools := []resource.PropertyValue{}
	c.Objects("agentPoolProfiles[*]", func(_ string, given resource.PropertyMap) {
		pool := given.Copy()
		runs(pool, or(textOf(pool["orchestratorVersion"]), version))
		pools = append(pools, resource.NewObjectProperty(pool))
	})
	c.Outputs["agentPoolProfiles"] = resource.NewArrayProperty(pools)
}

// runs sets what a pool's nodes run.
func runs(pool resource.PropertyMap, version string) {
	pool["currentOrchestratorVersion"] = text(version)
	pool["nodeImageVersion"] = text(nodeImage)
	pool["provisioningState"] = text("Succeeded")
}

func computePool(c *simulator.Call) {
	version := clusterVersion
	if cluster := c.Find(clusterKind, poolPath.parentID(c)); cluster != nil {
		version = cluster.Text("currentKubernetesVersion")
	}
	runs(c.Outputs, or(c.Text("orchestratorVersion"), version))
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
