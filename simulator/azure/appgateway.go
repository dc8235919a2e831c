package azure

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Application gateways: trap 17. Sources of the errors: Azure/azure-cli issue 28160; terraform-provider-azurerm,
// internal/services/network/application_gateway_resource.go (capacities).

// The most instances of an application gateway, by the generation of its SKU.
const (
	mostV1 = 32
	mostV2 = 125
)

func gatewayTypes() []*simulator.Type {
	const azurerm = "terraform-provider-azurerm, internal/services/network/application_gateway_resource.go"
	at := path{"Microsoft.Network/applicationGateways", []string{"applicationGatewayName"}}
	return []*simulator.Type{located(armType(at, simulator.Type{
		Token:     "azure-native:network:ApplicationGateway",
		Immutable: []string{"zones"},
		Rules: map[string]simulator.Rule{
			"applicationGatewayName":             networkName(1, 80),
			"autoscaleConfiguration.minCapacity": simulator.Between(0, 100),
			"autoscaleConfiguration.maxCapacity": simulator.Between(2, mostV2),
		},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "azure-appgw-capacity", Source: azurerm},
				Error:  "the value '%v' exceeds the maximum capacity allowed for a %q SKU: it must have a capacity value between 1 and %d",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					most := mostV1
					if isV2(c) {
						most = mostV2
					}
					if n, ok := c.Number("sku.capacity"); ok && (n < 1 || n > float64(most)) && c.Text("sku.tier") != "" {
						broken("sku.capacity", n, c.Text("sku.tier"), most)
					}
				},
			},
			{
				Origin: simulator.Origin{ID: "azure-appgw-capacity-or-autoscale", Source: "https://github.com/Azure/azure-cli/issues/28160"},
				Error: "ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration: Application Gateway %s " +
					"must specify either Capacity or AutoscaleConfiguration for the selected SKU tier %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if !isV2(c) || !c.Known("sku") || !c.Known("autoscaleConfiguration") {
						return
					}
					if c.Given("sku.capacity") == c.Given("autoscaleConfiguration") {
						broken("sku.capacity", c.Text("applicationGatewayName"), c.Text("sku.tier"))
					}
				},
			},
		},
		Compute: func(c *simulator.Call) {
			c.Set("provisioningState", "Succeeded")
			c.Set("operationalState", "Running")
			c.Set("etag", `W/"`+uuid(c.Hex("etag", uuidDigits))+`"`)
			c.Set("resourceGuid", uuid(c.Hex("guid", uuidDigits)))
			c.SetNew("defaultPredefinedSslPolicy", "AppGwSslPolicy20220101")
		},
	}))}
}

// isV2 reports whether a gateway is of the second generation.
func isV2(c *simulator.Call) bool {
	return strings.HasSuffix(strings.ToLower(c.Text("sku.tier")), "_v2")
}
