package azure_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/azure"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

type (
	world  = simulatortest.World
	thing  = simulatortest.Thing
	inputs = map[string]any
)

var with = simulatortest.With

var europe = inputs{"location": "West Europe"}

func newWorld(t *testing.T) *world {
	t.Helper()
	return simulatortest.NewWorld(t, azure.New(azure.Options{}), europe)
}

func group(w *world) thing {
	return w.Create("azure-native:resources:ResourceGroup", "group", inputs{"resourceGroupName": "platform"})
}

func network(w *world) thing {
	group(w)
	return w.Create("azure-native:network:VirtualNetwork", "network", inputs{
		"resourceGroupName": "platform", "virtualNetworkName": "main",
		"addressSpace": inputs{"addressPrefixes": []any{"10.0.0.0/16"}},
	})
}

func changing(changes inputs) func(*world, inputs) inputs {
	return func(_ *world, in inputs) inputs { return with(in, changes) }
}

// inGroup are the inputs of something in a resource group that exists.
func inGroup(in inputs) func(*world) inputs {
	return func(w *world) inputs {
		group(w)
		return with(in, inputs{"resourceGroupName": "platform"})
	}
}

func subnetIn(in inputs) func(*world) inputs {
	return func(w *world) inputs {
		network(w)
		return with(in, inputs{"resourceGroupName": "platform", "virtualNetworkName": "main"})
	}
}

var (
	tagged  = changing(inputs{"tags": inputs{"team": "platform"}})
	another = changing(inputs{"location": "northeurope"})
	space   = inputs{"addressPrefixes": []any{"10.0.0.0/16"}}
)

func plain(token string, in inputs) simulatortest.Fixture {
	return simulatortest.Fixture{
		Type: "azure-native:" + token, Inputs: inGroup(in), Update: tagged,
		Replace: func(w *world, in inputs) inputs {
			w.Create("azure-native:resources:ResourceGroup", "other", inputs{"resourceGroupName": "other"})
			return with(in, inputs{"resourceGroupName": "other"})
		},
		DeleteFirst: true,
	}
}

func fixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: "azure-native:resources:ResourceGroup", Inputs: func(*world) inputs { return inputs{} },
			Update: tagged, Replace: another, DeleteFirst: false,
		},
		{
			Type: "azure-native:network:VirtualNetwork", Inputs: inGroup(inputs{"addressSpace": space}),
			Update:  changing(inputs{"addressSpace": inputs{"addressPrefixes": []any{"10.0.0.0/16", "10.1.0.0/16"}}}),
			Replace: another,
		},
		{
			Type: "azure-native:network:Subnet", Name: "named after the resource", Inputs: subnetIn(inputs{"addressPrefix": "10.0.1.0/24"}),
			Update: changing(inputs{"natGateway": inputs{"id": "/gateway"}}),
		},
		{
			Type: "azure-native:network:Subnet", Inputs: subnetIn(inputs{"addressPrefix": "10.0.1.0/24", "subnetName": "one"}),
			Update:  changing(inputs{"addressPrefix": nil, "addressPrefixes": []any{"10.0.1.0/25"}}),
			Replace: changing(inputs{"subnetName": "two", "addressPrefix": "10.0.2.0/24", "addressPrefixes": nil}),
		},
		plain("network:NetworkSecurityGroup", inputs{}),
		plain("network:RouteTable", inputs{}),
		plain("network:NatGateway", inputs{}),
		plain("network:PublicIPAddress", inputs{"publicIpAddressName": "address"}),
		plain("network:LoadBalancer", inputs{}),
		plain("recoveryservices:Vault", inputs{"vaultName": "backups"}),
		plain("network:ApplicationGateway", inputs{"sku": inputs{"name": "Standard_v2", "tier": "Standard_v2", "capacity": 2}}),
		plain("containerservice:ManagedCluster", inputs{"dnsPrefix": "platform"}),
		{
			Type: "azure-native:containerservice:AgentPool",
			Inputs: func(w *world) inputs {
				cluster(w)
				return inputs{"resourceGroupName": "platform", "resourceName": "cluster", "mode": "User", "count": 2}
			},
			Update: changing(inputs{"count": 3}), Replace: changing(inputs{"agentPoolName": "other"}),
		},
	}
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	simulatortest.Lifecycle(t, azure.New(azure.Options{}), europe, fixtures())
}

func TestIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const base = "/subscriptions/" + azure.DefaultSubscription + "/resourceGroups/platform"
	v := network(w)
	s := w.Create("azure-native:network:Subnet", "data", inputs{
		"resourceGroupName": "platform", "virtualNetworkName": "main", "addressPrefix": "10.0.1.0/24",
	})
	assert.Equal(t, base+"/providers/Microsoft.Network/virtualNetworks/main", v.ID())
	assert.Equal(t, "Microsoft.Network/virtualNetworks", v.Text("type"))
	assert.Equal(t, "westeurope", v.Text("location"))
	assert.Equal(t, v.ID()+"/subnets/data", s.ID(), "a child takes the resource's own name")
	made := w.Create("azure-native:network:RouteTable", "routes", inputs{"resourceGroupName": "platform"})
	assert.Regexp(t, `^routes[0-9a-f]{7}$`, made.Text("name"))
	other := w.As(inputs{"subscriptionId": "33333333-3333-3333-3333-333333333333"})
	g := other.Create("azure-native:resources:ResourceGroup", "g", inputs{"resourceGroupName": "g", "location": "eastus"})
	assert.Equal(t, "/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/g", g.ID())
	c := w.Create("azure-native:containerservice:ManagedCluster", "cluster", inputs{
		"resourceGroupName": "platform", "resourceName": "cluster", "agentPoolProfiles": []any{pool(nil)},
	})
	system := c.Outputs["agentPoolProfiles"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, c.Text("currentKubernetesVersion"), system["currentOrchestratorVersion"].StringValue())
	assert.Equal(t, base+"/providers/Microsoft.ContainerService/managedClusters/cluster", c.ID())
	assert.Regexp(t, `^cluster-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io$`, c.Text("fqdn"))
	nodes := w.Create("azure-native:containerservice:AgentPool", "workers", inputs{"resourceGroupName": "platform", "resourceName": "cluster"})
	assert.Equal(t, c.ID()+"/agentPools/workers", nodes.ID())
	assert.Equal(t, c.Text("currentKubernetesVersion"), nodes.Text("currentOrchestratorVersion"))
	inherited := other.Create("azure-native:network:RouteTable", "routes", inputs{"resourceGroupName": "g"})
	assert.Equal(t, "eastus", inherited.Text("location"), "the group's location")
}

type refusal struct {
	name, token string
	inputs      func(*world) inputs
	code, text  string
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	subnet := func(name, block string, more inputs) func(*world) inputs {
		return subnetIn(with(inputs{"subnetName": name, "addressPrefix": block}, more))
	}
	const subnetToken, networkToken = "network:Subnet", "network:VirtualNetwork"
	windows := inputs{"computerNamePrefix": strings.Repeat("w", 10), "windowsConfiguration": inputs{"timeZone": "UTC"}}
	for _, test := range []refusal{
		{"no group", networkToken, func(*world) inputs { return inputs{"resourceGroupName": "none", "addressSpace": space} },
			"ResourceGroupNotFound", "'none' could not be found"},
		{"no network", subnetToken, inGroup(inputs{"virtualNetworkName": "none", "addressPrefix": "10.0.0.0/24"}),
			"ParentResourceNotFound", "Parent resource 'none' not found."},
		{"outside", subnetToken, subnet("s", "10.1.0.0/24", nil), "NetcfgSubnetRangeOutsideVnet", "'s' is not valid"},
		{"overlap", subnetToken, func(w *world) inputs {
			in := subnet("s", "10.0.0.0/20", nil)(w)
			w.Create("azure-native:network:Subnet", "first", with(in, inputs{"subnetName": "first", "addressPrefix": "10.0.1.0/24"}))
			return in
		}, "NetcfgSubnetRangesOverlap", "10.0.1.0/24"},
		{"overlap with an inline one", subnetToken, func(w *world) inputs {
			group(w)
			w.Create("azure-native:network:VirtualNetwork", "inline", inputs{
				"resourceGroupName": "platform", "virtualNetworkName": "inline", "addressSpace": space,
				"subnets": []any{inputs{"name": "first", "addressPrefixes": []any{"10.0.1.0/24"}}},
			})
			return inputs{"resourceGroupName": "platform", "virtualNetworkName": "inline", "addressPrefix": "10.0.1.0/25"}
		}, "NetcfgSubnetRangesOverlap", "10.0.1.0/24"},
		{"no addresses", subnetToken, subnetIn(inputs{"subnetName": "s"}), "InvalidRequestFormat", "addressPrefix"},
		{"two sorts of addresses", subnetToken, subnet("s", "10.0.1.0/24", inputs{"addressPrefixes": []any{"10.0.2.0/24"}}), "", "at most one of"},
		{"off its network", subnetToken, subnet("s", "10.0.1.1/24", nil), "InvalidAddressPrefixFormat", `did you mean "10.0.1.0/24"?`},
		{"too small", subnetToken, subnet("s", "10.0.1.0/30", nil), "InvalidAddressPrefixFormat", "/29"},
		{"no block", subnetToken, subnet("s", "ten", nil), "InvalidAddressPrefixFormat", "for example 10.0.0.0/24"},
		{"no space", networkToken, inGroup(inputs{}), "InvalidRequestFormat", "address space"},
		{"inline outside", networkToken, inGroup(inputs{"addressSpace": space, "subnets": []any{inputs{"name": "s", "addressPrefix": "10.9.0.0/24"}}}),
			"NetcfgSubnetRangeOutsideVnet", "10.9.0.0/24"},
		{"long network name", networkToken, inGroup(inputs{"addressSpace": space, "virtualNetworkName": strings.Repeat("n", 65)}),
			"InvalidResourceName", "can be up to 64 characters long"},
		{"network name's end", networkToken, inGroup(inputs{"addressSpace": space, "virtualNetworkName": "main-"}), "InvalidResourceName", "Resource name main- is invalid"},
		{"group name's end", "resources:ResourceGroup", func(*world) inputs { return inputs{"resourceGroupName": "group."} }, "", "period"},
		{"location", "resources:ResourceGroup", func(*world) inputs { return inputs{"location": "westeurop"} },
			"LocationNotAvailableForResourceType", "did you mean westeurope?"},
		{"storage name", "storage:StorageAccount", inGroup(inputs{"accountName": "my-data", "kind": "StorageV2", "sku": inputs{"name": "Standard_LRS"}}),
			"AccountNameInvalid", "small letters and digits"},
		{"vault name", "keyvault:Vault", inGroup(inputs{"vaultName": "1vault",
			"properties": inputs{"tenantId": "t", "sku": inputs{"family": "A", "name": "standard"}}}), "VaultNameNotValid", "begins with a letter"},
		{"recovery vault name", "recoveryservices:Vault", inGroup(inputs{"vaultName": "b"}), "InvalidRestApiParameter", "2 to 50"},
		{"Postgres name", "dbforpostgresql:Server", inGroup(inputs{"serverName": "Orders"}), "InvalidParameterValue", "Invalid value given for parameter serverName"},
		{"workspace name", "operationalinsights:Workspace", inGroup(inputs{"workspaceName": "log"}), "InvalidParameter", "4 to 63"},
		{"address name", "network:PublicIPAddress", inGroup(inputs{"publicIpAddressName": strings.Repeat("a", 81)}), "InvalidResourceName", "can be up to 80 characters long"},
		{"Windows name", "compute:VirtualMachineScaleSet", inGroup(inputs{"virtualMachineProfile": inputs{"osProfile": windows}}),
			"InvalidParameter", "Windows computer name prefix cannot be more than 9 characters long"},
		{"Windows name of digits", "compute:VirtualMachine", inGroup(inputs{"osProfile": inputs{"computerName": "123",
			"windowsConfiguration": inputs{"timeZone": "UTC"}}}), "InvalidParameter", "entirely numeric"},
		{"dashboard name", "portal:Dashboard", inGroup(inputs{"dashboardName": "ab"}), "", "3 to 160 characters"},
		{"dashboard name's form", "portal:Dashboard", inGroup(inputs{"dashboardName": "my board"}), "", "letters, digits and hyphens"},
		{"cluster name", "containerservice:ManagedCluster", inGroup(inputs{"resourceName": strings.Repeat("c", 64)}), "InvalidParameter", "1 to 63"},
		{"pool of a cluster", "containerservice:ManagedCluster", inGroup(inputs{"agentPoolProfiles": []any{inputs{"name": "Pool", "mode": "System"}}}),
			"InvalidParameter", "The value of parameter agentPoolProfile.name is invalid"},
		{"pool of no cluster", "containerservice:AgentPool", inGroup(inputs{"resourceName": "none", "agentPoolName": "pool"}), "ParentResourceNotFound", "'none'"},
		{"gateway name", "network:ApplicationGateway", inGroup(inputs{"applicationGatewayName": strings.Repeat("g", 81)}), "InvalidResourceName", "80"},
		{"most of a gateway", "network:ApplicationGateway", inGroup(inputs{"autoscaleConfiguration": inputs{"minCapacity": 0, "maxCapacity": 126}}),
			"", "from 2 to 125, got 126"},
		{"tag name", "network:RouteTable", inGroup(inputs{"tags": inputs{"a/b": "c"}}), "InvalidTagNameCharacters",
			`The tag names 'a/b' have reserved characters '<,>,%,&,\,?,/'`},
		{"tag value", "insights:Component", inGroup(inputs{"kind": "web", "applicationType": "web", "tags": inputs{"a": strings.Repeat("v", 257)}}),
			"InvalidTagValueLength", "The value of tag 'a' exceeded"},
		{"pool name", "containerservice:AgentPool", inGroup(inputs{"resourceName": "c", "agentPoolName": "workersworker"}), "InvalidParameter", "1 to 12"},
		{"computer name", "compute:VirtualMachine", inGroup(inputs{"osProfile": inputs{"computerName": "abcdefghijklmnop", "windowsConfiguration": inputs{"timeZone": "UTC"}}}),
			"InvalidParameter", "Windows computer name cannot be more than 15 characters long"},
		{"tags", "network:RouteTable", func(w *world) inputs {
			many := inputs{}
			for i := range 51 {
				many[strings.Repeat("t", i+1)] = "v"
			}
			return inGroup(inputs{"tags": many})(w)
		}, "", "at most 50 tags, got 51"},
		{"long tag name", "network:RouteTable", inGroup(inputs{"tags": inputs{strings.Repeat("t", 513): "v"}}), "InvalidTagName", "'512' characters"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			in := test.inputs(w)
			before := w.Account.Resources()
			_, err := w.Try("azure-native:"+test.token, "refused", in)
			require.Error(t, err)
			assert.Equal(t, test.code, simulator.Code(err), err.Error())
			assert.ErrorContains(t, err, test.text)
			assert.Equal(t, before, w.Account.Resources(), "nothing was created")
		})
	}
}

// TestNames: what the rules for names of echoed types let pass.
func TestNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	group(w)
	in := inputs{"resourceGroupName": "platform"}
	sku := inputs{"name": "Standard_LRS"}
	w.Create("azure-native:storage:StorageAccount", "data", with(in, inputs{"accountName": strings.Repeat("a1", 12), "kind": "StorageV2", "sku": sku}))
	w.Create("azure-native:keyvault:Vault", "keys", with(in, inputs{"vaultName": "a-1",
		"properties": inputs{"tenantId": "t", "sku": inputs{"family": "A", "name": "standard"}}}))
	w.Create("azure-native:dbforpostgresql:Server", "orders", in)
	w.Create("azure-native:operationalinsights:Workspace", "logs", with(in, inputs{"workspaceName": "logs"}))
	w.Create("azure-native:portal:Dashboard", "d", with(in, inputs{"dashboardName": strings.Repeat("d", 160)}))
	w.Create("azure-native:compute:VirtualMachineScaleSet", "s", with(in, inputs{"virtualMachineProfile": inputs{
		"osProfile": inputs{"computerNamePrefix": "workers-1", "windowsConfiguration": inputs{"timeZone": "UTC"}}}}))
	w.Create("azure-native:compute:VirtualMachine", "m", with(in, inputs{"osProfile": inputs{"computerName": strings.Repeat("l", 16)}}))
	made := w.Create("azure-native:storage:StorageAccount", "made", with(in, inputs{"kind": "StorageV2", "sku": sku}))
	assert.Regexp(t, `^made[0-9a-f]{8}$`, made.Text("name"))
}

// TestSpecialSubnets: what the rules let pass.
func TestSpecialSubnets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	network(w)
	for name, block := range map[string]string{
		"AzureBastionSubnet": "10.0.0.0/26", "AzureFirewallSubnet": "10.0.0.64/26", "GatewaySubnet": "10.0.0.128/27", "tiny": "10.0.1.0/29",
	} {
		w.Create("azure-native:network:Subnet", name, inputs{"resourceGroupName": "platform", "virtualNetworkName": "main", "addressPrefix": block})
	}
}

// TestEmptySubnets: trap 20.
func TestEmptySubnets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	group(w)
	in := inputs{"resourceGroupName": "platform", "virtualNetworkName": "main", "addressSpace": space}
	v := w.Create("azure-native:network:VirtualNetwork", "network", in)
	w.Create("azure-native:network:Subnet", "s", inputs{"resourceGroupName": "platform", "virtualNetworkName": "main", "addressPrefix": "10.0.1.0/24"})
	_, err := w.TryUpdate(v, with(in, inputs{"subnets": []any{}}))
	assert.ErrorContains(t, err, "an empty list deletes the subnet s")
	_, err = w.TryUpdate(v, with(in, inputs{"addressSpace": inputs{"addressPrefixes": []any{"10.8.0.0/16"}}}))
	assert.Equal(t, "NetcfgSubnetRangeOutsideVnet", simulator.Code(err))
	_, err = w.TryUpdate(v, with(in, inputs{"tags": inputs{"a": "b"}}))
	assert.NoError(t, err)
}

func TestLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := network(w)
	who, err := w.Provider.Invoke("azure-native:authorization:getClientConfig", nil)
	require.NoError(t, err)
	assert.Equal(t, azure.DefaultSubscription, who["subscriptionId"].StringValue())
	assert.Equal(t, azure.DefaultTenant, who["tenantId"].StringValue())
	found, err := w.Provider.Invoke("azure-native:network:getVirtualNetwork",
		resource.NewPropertyMapFromMap(inputs{"resourceGroupName": "platform", "virtualNetworkName": "main"}))
	require.NoError(t, err)
	assert.Equal(t, v.ID(), found["id"].StringValue())
	assert.Equal(t, "main", found["name"].StringValue())
	_, err = w.Provider.Invoke("azure-native:resources:getResourceGroup",
		resource.NewPropertyMapFromMap(inputs{"resourceGroupName": "none"}))
	assert.Equal(t, "ResourceGroupNotFound", simulator.Code(err))
}

func TestConnect(t *testing.T) {
	t.Parallel()
	account, err := simulator.NewAccount(azure.New(azure.Options{Location: "uksouth"}), simulator.Options{})
	require.NoError(t, err)
	provider, problems := account.Provider(nil)
	require.Empty(t, problems)
	assert.Equal(t, "uksouth", provider.Site().Region)
	_, problems = account.Provider(resource.NewPropertyMapFromMap(inputs{"location": "nowhere", "environment": "public"}))
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].String(), "'nowhere' is not available")
}

// TestNoLocation: what has no location and no group to inherit one from.
func TestNoLocation(t *testing.T) {
	t.Parallel()
	w := simulatortest.NewWorld(t, azure.New(azure.Options{}), nil)
	_, err := w.Try("azure-native:resources:ResourceGroup", "g", inputs{"resourceGroupName": "g"})
	assert.Equal(t, "LocationRequired", simulator.Code(err))
	_, err = w.Try("azure-native:network:RouteTable", "r", inputs{"resourceGroupName": "g"})
	assert.Equal(t, "ResourceGroupNotFound", simulator.Code(err))
}

// TestWhatGoesAlong: a group takes along what is in it, a virtual network its subnets.
func TestWhatGoesAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := network(w)
	subnet := func() thing {
		return w.Create("azure-native:network:Subnet", "data", inputs{
			"resourceGroupName": "platform", "virtualNetworkName": "main", "addressPrefix": "10.0.1.0/24",
		})
	}
	subnet()
	w.Delete(v)
	assert.Len(t, w.Account.Resources(), 1, "the group")
	w.Create("azure-native:network:VirtualNetwork", "network", v.Inputs.Mappable())
	subnet()
	w.Delete(thing{Request: simulator.Request{
		Token: "azure-native:resources:ResourceGroup", ID: strings.Split(v.ID(), "/providers/")[0],
	}})
	assert.Empty(t, w.Account.Resources())
}
