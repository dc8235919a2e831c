package azure

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// locations lists the regions that take resources, those of the public cloud first. Source: Azure's list of regions;
// vmisson/azure-region-span, dashboard/www/regions.js, for those of 2025 and 2026.
var locations = strings.Fields(`
	australiacentral australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth brazilsoutheast canadacentral
	canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2 francecentral francesouth germanynorth
	germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral jioindiawest
	koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest
	polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia spaincentral
	swedencentral swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus
	westeurope westindia westus westus2 westus3 global
	chinaeast chinaeast2 chinanorth chinanorth2 chinanorth3 usgovarizona usgovtexas usgovvirginia usdodcentral usdodeast`)

// location brings a location into the form that Azure keeps: "West Europe" is westeurope.
func location(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }

func noLocation(value string) string {
	said := fmt.Sprintf("LocationNotAvailableForResourceType: The provided location '%s' is not available", value)
	if nearest := schema.Nearest(location(value), locations); nearest != "" {
		said += ": did you mean " + nearest + "?"
	}
	return said
}
