package azure

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

func (o Options) identityLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{
		Token: "azure-native:authorization:getClientConfig",
		Answer: func(c *simulator.Call) resource.PropertyMap {
			c.Set("subscriptionId", c.Account)
			c.Set("tenantId", o.Tenant)
			c.Set("clientId", uuid(c.Fixed("client", uuidDigits)))
			c.Set("objectId", uuid(c.Fixed("object", uuidDigits)))
			return c.Outputs
		},
	}}
}

// resourceLookups answers the look-up of every modelled type: the resource as it is.
func resourceLookups(types []*simulator.Type) []*simulator.Lookup {
	var list []*simulator.Lookup
	for _, t := range types {
		at := strings.LastIndex(t.Token, ":") + 1
		list = append(list, &simulator.Lookup{
			Token: t.Token[:at] + "get" + t.Token[at:],
			Answer: func(c *simulator.Call) resource.PropertyMap {
				id := t.Kind.ID(c)
				found := c.Find(t.Kind, id)
				if found == nil {
					c.Fail("", t.Kind.NotFound, id)
					return nil
				}
				answer := found.Outputs.Copy()
				answer["id"] = text(id)
				return answer
			},
		})
	}
	return list
}
