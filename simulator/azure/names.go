package azure

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Names: trap 15. Sources: Azure's naming rules and restrictions;
// aztfmod/terraform-provider-azurecaf, resourceDefinition.json.

// namedTypes are types of which names and paths are known, and little else: what
// their properties say is checked against the schema and echoed.
func namedTypes() []*simulator.Type {
	return []*simulator.Type{
		named("network:NetworkSecurityGroup", "Microsoft.Network/networkSecurityGroups", "networkSecurityGroupName", networkName(1, 80)),
		named("network:RouteTable", "Microsoft.Network/routeTables", "routeTableName", networkName(1, 80)),
		named("network:NatGateway", "Microsoft.Network/natGateways", "natGatewayName", networkName(1, 80)),
		named("network:PublicIPAddress", "Microsoft.Network/publicIPAddresses", "publicIpAddressName", networkName(1, 80)),
		named("network:LoadBalancer", "Microsoft.Network/loadBalancers", "loadBalancerName", networkName(1, 80)),
		named("recoveryservices:Vault", "Microsoft.RecoveryServices/vaults", "vaultName",
			rule("ResourceNameInvalid", `^[A-Za-z][A-Za-z0-9-]{1,49}$`,
				"a recovery vault's name has 2 to 50 letters, digits and hyphens and begins with a letter")),
	}
}

func named(token, kind, name string, allowed simulator.Rule) *simulator.Type {
	return located(armType(path{kind, []string{name}}, simulator.Type{
		Token: "azure-native:" + token,
		Rules: map[string]simulator.Rule{name: allowed},
	}))
}

func rule(code, pattern, what string) simulator.Rule {
	return simulator.Coded(code, simulator.Matches(pattern, what))
}

var machineName = rule("InvalidResourceName", `^[^_\W]([\w.-]{0,62}\w)?$`,
	"the name has 1 to 64 letters, digits, periods, hyphens and underscores")

// names are the rules for names of types that are otherwise echoed.
var names = map[string]struct {
	input   string
	allowed simulator.Rule
}{
	"azure-native:network:ApplicationGateway": {"applicationGatewayName", networkName(1, 80)},
	"azure-native:operationalinsights:Workspace": {"workspaceName", rule("InvalidResourceName",
		`^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$`, "a workspace's name has 4 to 63 letters, digits and hyphens, no hyphen at either end")},
	"azure-native:dbforpostgresql:Server": {"serverName", rule("InvalidServerName",
		`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`, "a server's name has 3 to 63 small letters, digits and hyphens, no hyphen at either end")},
	"azure-native:storage:StorageAccount": {"accountName", rule("AccountNameInvalid",
		`^[a-z0-9]{3,24}$`, "a storage account's name has 3 to 24 small letters and digits, nothing else")},
	"azure-native:keyvault:Vault": {"vaultName", simulator.Coded("VaultNameNotValid", simulator.All(simulator.Length(3, 24),
		simulator.Matches(`^[A-Za-z](-?[A-Za-z0-9])*$`,
			"a vault's name has letters, digits and single hyphens, begins with a letter and does not end in a hyphen")))},
	"azure-native:containerservice:AgentPool": {"agentPoolName", rule("InvalidParameter",
		`^[a-z][a-z0-9]{0,11}$`, "an agent pool's name has 1 to 12 small letters and digits and begins with a letter")},
	"azure-native:compute:VirtualMachine":         {"vmName", machineName},
	"azure-native:compute:VirtualMachineScaleSet": {"vmScaleSetName", machineName},
}

// windows are the types that have a Windows computer's name: the profile that
// holds it, and the property.
var windows = map[string][2]string{
	"azure-native:compute:VirtualMachine":         {"osProfile", "computerName"},
	"azure-native:compute:VirtualMachineScaleSet": {"virtualMachineProfile.osProfile", "computerNamePrefix"},
}

// computerName is the most characters in the name of a Windows computer.
const computerName = 15

func checkNames(c *simulator.Call) {
	if known, ok := names[c.Token]; ok {
		c.Each(known.input, func(at, value string) {
			if refusal := known.allowed(text(value)); refusal != "" {
				c.Fail(at, "%s", refusal)
			}
		})
	}
	if at, ok := windows[c.Token]; ok && c.Given(at[0]+".windowsConfiguration") {
		if value := c.Text(at[0] + "." + at[1]); len(value) > computerName {
			c.Fail(at[0]+"."+at[1], "InvalidParameter: Windows computer name %q cannot be more than %d characters long", value, computerName)
		}
	}
}
