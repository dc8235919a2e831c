package azure

import (
	"fmt"
	"regexp"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Names: trap 15. Sources: Azure's naming rules and restrictions; aztfmod/terraform-provider-azurecaf,
// resourceDefinition.json; terraform-provider-azurerm, the validate folders of internal/services. The errors are those
// that users report: MicrosoftDocs/azure-docs issues 72145 (vaults) and 106980 (Postgres),
// Azure/AzureMonitorStarterPacks issue 173 (workspaces), openshift/openshift-docs issue 28774 and Azure/azure-xplat-cli
// pull request 2761 (Windows); dashboards: Azure/azure-rest-api-specs issue 30458.

// namedTypes are types of which names and paths are known, and little else: what their properties say is checked
// against the schema and echoed.
func namedTypes() []*simulator.Type {
	return []*simulator.Type{
		named("network:NetworkSecurityGroup", "Microsoft.Network/networkSecurityGroups", "networkSecurityGroupName", networkName(1, 80)),
		named("network:RouteTable", "Microsoft.Network/routeTables", "routeTableName", networkName(1, 80)),
		named("network:NatGateway", "Microsoft.Network/natGateways", "natGatewayName", networkName(1, 80)),
		named("network:PublicIPAddress", "Microsoft.Network/publicIPAddresses", "publicIpAddressName", networkName(1, 80)),
		named("network:LoadBalancer", "Microsoft.Network/loadBalancers", "loadBalancerName", networkName(1, 80)),
		named("recoveryservices:Vault", "Microsoft.RecoveryServices/vaults", "vaultName",
			rule("InvalidRestApiParameter", `^[A-Za-z][A-Za-z0-9-]{1,49}$`, "resourceName parameter is invalid. "+
				"A recovery vault's name has 2 to 50 letters, digits and hyphens and begins with a letter")),
	}
}

func named(token, kind, name string, allowed simulator.Rule) *simulator.Type {
	return located(armType(path{kind, []string{name}}, simulator.Type{
		Token: "azure-native:" + token,
		Rules: map[string]simulator.Rule{name: allowed},
	}))
}

// rule refuses what does not match, in the service's words.
func rule(code, pattern, words string) simulator.Rule {
	form := regexp.MustCompile(pattern)
	return simulator.Text(func(value string) string {
		if form.MatchString(value) {
			return ""
		}
		return fmt.Sprintf("%s: %s: got %q", code, words, value)
	})
}

var machineName = simulator.Matches(`^[^_\W]([\w.-]{0,62}\w)?$`,
	"the name has 1 to 64 letters, digits, periods, hyphens and underscores")

// names are the rules for names of types that are otherwise echoed.
var names = map[string]struct {
	input   string
	allowed simulator.Rule
}{
	"azure-native:operationalinsights:Workspace": {"workspaceName", rule("InvalidParameter", `^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$`,
		"Workspace name must start and end with an alphanumeric character, and may contain only alphanumeric and hyphen characters, 4 to 63 of them")},
	"azure-native:dbforpostgresql:Server": {"serverName", rule("InvalidParameterValue", `^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`,
		"Invalid value given for parameter serverName. A server's name has 3 to 63 small letters, digits and hyphens, no hyphen at either end")},
	"azure-native:portal:Dashboard": {"dashboardName", simulator.All(simulator.Length(3, 160), simulator.Matches(`^[A-Za-z0-9-]+$`,
		"a dashboard's name has 3 to 160 letters, digits and hyphens"))},
	"azure-native:storage:StorageAccount": {"accountName", rule("AccountNameInvalid",
		`^[a-z0-9]{3,24}$`, "a storage account's name has 3 to 24 small letters and digits, nothing else")},
	"azure-native:keyvault:Vault": {"vaultName", simulator.Coded("VaultNameNotValid", simulator.All(simulator.Length(3, 24),
		simulator.Matches(`^[A-Za-z](-?[A-Za-z0-9])*$`,
			"a vault's name has letters, digits and single hyphens, begins with a letter and does not end in a hyphen")))},
	"azure-native:compute:VirtualMachine":         {"vmName", machineName},
	"azure-native:compute:VirtualMachineScaleSet": {"vmScaleSetName", machineName},
}

// windows are the types that have a Windows computer's name: the profile that holds it, the property, what the service
// calls it, and the most characters. A scale set appends six to its prefix.
var windows = map[string]struct {
	profile, property, noun string
	most                    int
}{
	"azure-native:compute:VirtualMachine":         {"osProfile", "computerName", "name", 15},
	"azure-native:compute:VirtualMachineScaleSet": {"virtualMachineProfile.osProfile", "computerNamePrefix", "name prefix", 9},
}

func checkNames(c *simulator.Call) {
	if known, ok := names[c.Token]; ok {
		c.Each(known.input, func(at, value string) {
			if refusal := known.allowed(text(value)); refusal != "" {
				c.Fail(at, "%s", refusal)
			}
		})
	}
	if name, ok := windows[c.Token]; ok && c.Given(name.profile+".windowsConfiguration") {
		c.Each(name.profile+"."+name.property, func(at, value string) {
			if len(value) > name.most || !computerName.MatchString(value) {
				c.Fail(at, "InvalidParameter: Windows computer %s cannot be more than %d characters long, be entirely numeric, or contain "+
					"the following characters: %s", name.noun, name.most, "` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.")
			}
		})
	}
}

// computerName matches letters, digits and hyphens that are not digits alone.
var computerName = regexp.MustCompile(`^[A-Za-z0-9-]*[A-Za-z-][A-Za-z0-9-]*$`)
