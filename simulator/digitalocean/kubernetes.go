package digitalocean

import (
	"net/netip"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Kubernetes clusters: trap 42. Sources: terraform-provider-digitalocean, digitalocean/kubernetes/
// {resource_kubernetes_cluster,kubernetes}.go (what forces a replacement); the error of a pool that scales to nothing:
// its pull request 602.

func kubernetesTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/kubernetesCluster:KubernetesCluster",
		Kind:      &simulator.Kind{Noun: "Kubernetes cluster", ID: uuidOf("kubernetes"), Global: true},
		AutoName:  named(),
		Defaults:  map[string]any{"surgeUpgrade": true, "registryIntegration": false},
		Immutable: []string{"clusterSubnet", "nodePool.size", "region", "serviceSubnet", "vpcUuid"},
		Sets:      []string{"tags"},
		Rules: map[string]simulator.Rule{
			"region":        regionSlug,
			"clusterSubnet": anyRange,
			"serviceSubnet": anyRange,
		},
		References: []simulator.Reference{inVPC("vpcUuid")},
		ReplaceIf: func(before, after resource.PropertyMap) []string {
			if older(after["version"], before["version"]) {
				return []string{"version"} // there is no way back
			}
			return nil
		},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "digitalocean-kubernetes-least-nodes",
				Source: "https://github.com/digitalocean/terraform-provider-digitalocean/pull/602"},
			Error: "unprocessable_entity: validation error: worker_node_pool_spec.min nodes must be greater than or equal to 1",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if least, _ := c.Number("nodePool.minNodes"); c.Flag("nodePool.autoScale") && c.Known("nodePool") && least < 1 {
					broken("nodePool.minNodes")
				}
			},
		}},
		Compute: func(c *simulator.Call) {
			c.Set("clusterUrn", "do:kubernetes:"+c.ID)
			c.Set("createdAt", created(c))
			c.Set("updatedAt", created(c))
			c.Set("status", "running")
			c.Set("endpoint", "https://"+c.ID+".k8s.ondigitalocean.com")
			c.SetNew("ipv4Address", "203.0.113.30")
			c.SetNew("vpcUuid", defaultVPC(c, c.Text("region")))
			c.SetNew("clusterSubnet", "10.244.0.0/16")
			c.SetNew("serviceSubnet", "10.245.0.0/16")
		},
	}}
}

// older reports whether a version precedes another. What is no version, such as latest, does not.
func older(a, b resource.PropertyValue) bool {
	if !a.IsString() || !b.IsString() {
		return false
	}
	first, err := semver.ParseTolerant(a.StringValue())
	second, other := semver.ParseTolerant(b.StringValue())
	return err == nil && other == nil && first.LT(second)
}

// anyRange allows what the provider takes for a range of addresses.
var anyRange = simulator.Text(func(s string) string {
	if _, err := netip.ParsePrefix(s); err != nil {
		return "expected a valid IPv4 CIDR block such as 10.244.0.0/16, got " + s
	}
	return ""
})
