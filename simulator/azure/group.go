package azure

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Azure's naming rules and restrictions; Azure Resource Manager's list of deployment errors.

var groupKind = &simulator.Kind{
	Noun:     "Microsoft.Resources/resourceGroups",
	ID:       groupID,
	Global:   true,
	NotFound: "ResourceGroupNotFound: Resource group '%s' could not be found.",
}

func groupTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "azure-native:resources:ResourceGroup",
		Kind:      groupKind,
		AutoName:  &simulator.AutoName{Property: "resourceGroupName", MaxLength: 90},
		Immutable: []string{"location", "resourceGroupName"},
		Normalize: map[string]func(resource.PropertyValue) resource.PropertyValue{"location": keepLocation},
		Rules: map[string]simulator.Rule{
			"resourceGroupName": simulator.All(simulator.Length(1, 90), simulator.Matches(`^[\p{L}\p{N}._()-]*[\p{L}\p{N}_()-]$`,
				"a resource group's name has letters, digits, and _ - . ( ), and does not end in a period")),
		},
		Check: func(c *simulator.Call) {
			if !c.Given("location") {
				c.Fail("location", "LocationRequired: The location property is required for this definition.")
			}
		},
		Compute: func(c *simulator.Call) {
			c.Set("name", c.Text("resourceGroupName"))
			c.Set("type", "Microsoft.Resources/resourceGroups")
			c.Set("properties", map[string]any{"provisioningState": "Succeeded"})
		},
	}}
}
