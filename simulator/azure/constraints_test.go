package azure_test

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/azure"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestConstraints shows every constraint of the tables both ways.
func TestConstraints(t *testing.T) {
	t.Parallel()
	simulatortest.Constraints(t, azure.New(azure.Options{}), europe, slices.Concat(subnetCases(), gatewayCases(), clusterCases()))
}

// making tries to make something in a resource group that exists.
func making(token string, in inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try("azure-native:"+token, "subject", inGroup(in)(w))
		return err
	}
}

func subnetCases() []simulatortest.Case {
	alone := func(name, block string, more inputs) func(*world) error {
		return func(w *world) error {
			in := subnetIn(with(inputs{"subnetName": name, "addressPrefix": block}, more))(w)
			_, err := w.Try("azure-native:network:Subnet", "subject", in)
			return err
		}
	}
	inline := func(name, block string, more inputs) func(*world) error {
		return making("network:VirtualNetwork", inputs{
			"addressSpace": space, "subnets": []any{with(inputs{"name": name, "addressPrefix": block}, more)},
		})
	}
	group := inputs{"networkSecurityGroup": inputs{"id": "group"}}
	size := func(fails, passes func(*world) error, text string) simulatortest.Case {
		return simulatortest.Case{ID: "azure-special-subnet-size", Text: text, Fails: fails, Passes: passes}
	}
	cases := []simulatortest.Case{
		size(alone("AzureBastionSubnet", "10.0.0.0/27", nil), alone("AzureBastionSubnet", "10.0.0.0/26", nil), "needs /26 or larger, got 10.0.0.0/27"),
		size(alone("AzureFirewallSubnet", "10.0.0.0/27", nil), alone("AzureFirewallSubnet", "10.0.0.0/26", nil), "needs /26"),
		size(alone("GatewaySubnet", "10.0.0.0/28", nil), alone("GatewaySubnet", "10.0.0.0/27", nil), "GatewaySubnet needs /27"),
		size(inline("AzureBastionSubnet", "10.0.0.0/27", nil), inline("data", "10.0.0.0/27", nil), "needs /26"),
	}
	for _, subnet := range []func(string, string, inputs) func(*world) error{alone, inline} {
		cases = append(cases, simulatortest.Case{
			ID: "azure-gateway-subnet-security-group", Code: "NetworkSecurityGroupCannotBeAttachedToGatewaySubnet", Text: "GatewaySubnet",
			Fails: subnet("GatewaySubnet", "10.0.0.0/27", group), Passes: subnet("GatewaySubnet", "10.0.0.0/27", nil),
		}, simulatortest.Case{
			ID: "azure-firewall-subnet-security-group", Text: "AzureFirewallSubnet takes no network security group",
			Fails: subnet("AzureFirewallSubnet", "10.0.0.0/26", group), Passes: subnet("AzureBastionSubnet", "10.0.0.0/26", group),
		})
	}
	return cases
}

func gatewayCases() []simulatortest.Case {
	gateway := func(tier string, capacity any, more inputs) func(*world) error {
		sku := inputs{"name": tier, "tier": tier, "capacity": capacity}
		return making("network:ApplicationGateway", with(inputs{"applicationGatewayName": "web", "sku": sku}, more))
	}
	scaled := inputs{"autoscaleConfiguration": inputs{"minCapacity": 0, "maxCapacity": 125}}
	capacity := func(fails, passes func(*world) error, text string) simulatortest.Case {
		return simulatortest.Case{ID: "azure-appgw-capacity", Text: text, Fails: fails, Passes: passes}
	}
	either := func(fails func(*world) error) simulatortest.Case {
		return simulatortest.Case{
			ID: "azure-appgw-capacity-or-autoscale", Code: "ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration",
			Text: "Application Gateway web must specify either", Fails: fails, Passes: gateway("WAF_v2", nil, scaled),
		}
	}
	return []simulatortest.Case{
		capacity(gateway("WAF_v2", 126, nil), gateway("WAF_v2", 125, nil), "between 1 and 125"),
		capacity(gateway("WAF", 33, nil), gateway("WAF", 32, nil), "between 1 and 32"),
		either(gateway("WAF_v2", nil, nil)),
		either(gateway("Standard_v2", 2, scaled)),
	}
}

// pool are the inputs of a cluster's pool, with changes.
func pool(changes inputs) inputs {
	return with(inputs{"name": "system", "mode": "System", "count": 2, "vmSize": "Standard_D4s_v5", "osType": "Linux"}, changes)
}

func cluster(w *world) thing {
	return w.Create("azure-native:containerservice:ManagedCluster", "cluster",
		inGroup(inputs{"resourceName": "cluster", "agentPoolProfiles": []any{pool(nil)}})(w))
}

func clusterCases() []simulatortest.Case {
	pools := func(list ...any) func(*world) error {
		return making("containerservice:ManagedCluster", inputs{"agentPoolProfiles": list})
	}
	added := func(name, system string) func(*world) error {
		return func(w *world) error {
			cluster(w)
			_, err := w.Try("azure-native:containerservice:AgentPool", "subject", inputs{
				"resourceGroupName": "platform", "resourceName": "cluster", "agentPoolName": name, "osType": system, "mode": "User",
			})
			return err
		}
	}
	profile := func(profile inputs) func(*world) error {
		return making("containerservice:ManagedCluster", inputs{"agentPoolProfiles": []any{pool(nil)}, "networkProfile": profile})
	}
	reserved := func(fails, passes inputs, text string) simulatortest.Case {
		return simulatortest.Case{ID: "azure-aks-reserved-range", Text: text, Fails: profile(fails), Passes: profile(passes)}
	}
	const long = "Windows agent pool name can not be longer than 6 characters."
	windows := func(name string) inputs { return pool(inputs{"name": name, "osType": "Windows", "mode": "User"}) }
	return []simulatortest.Case{
		{
			ID: "azure-aks-system-pool", Code: "MustDefineAtLeastOneSystemPool", Text: "Must define at least one system pool.",
			Fails: pools(pool(inputs{"mode": "User"})), Passes: pools(pool(inputs{"mode": "User", "name": "user"}), pool(nil)),
		},
		{
			ID: "azure-aks-windows-pool-name", Code: "WindowsAgentPoolNameTooLong", Text: long,
			Fails: pools(pool(nil), windows("windows")), Passes: pools(pool(nil), windows("window")),
		},
		{
			ID: "azure-aks-windows-pool-name", Code: "WindowsAgentPoolNameTooLong", Text: long,
			Fails: added("workers", "Windows"), Passes: added("workersworke", "Linux"),
		},
		reserved(inputs{"serviceCidr": "172.31.64.0/24"}, inputs{"serviceCidr": "172.29.0.0/16"}, "can't use 172.31.0.0/16"),
		reserved(inputs{"podCidr": "172.30.0.0/16"}, inputs{"podCidr": "10.244.0.0/16"}, "can't use 172.30.0.0/16"),
		reserved(inputs{"serviceCidrs": []any{"192.0.0.0/16"}}, inputs{"serviceCidrs": []any{"192.0.3.0/24"}}, "can't use 192.0.2.0/24"),
		reserved(inputs{"podCidrs": []any{"169.254.8.0/24"}}, inputs{"podCidrs": []any{"169.253.0.0/16"}}, "can't use 169.254.0.0/16"),
	}
}
