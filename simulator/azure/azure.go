// Package azure simulates Microsoft Azure for Pulumi programs that use the azure-native provider: resource groups,
// virtual networks and subnets with their address rules, Kubernetes clusters, application gateways, and the names that
// Azure accepts for what components make.
//
// The subscription begins empty: it has no resource groups, no quotas, and permission for everything. Types without a
// table entry are checked against the schema and the rules for tags, and echoed.
package azure

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Options say how the simulated Azure is set up.
type Options struct {
	// Subscription is the subscription's id, for providers whose configuration names none, as ARM_SUBSCRIPTION_ID does
	// for the real one. Default: DefaultSubscription.
	Subscription string
	// Tenant is the id of the directory. Default: DefaultTenant.
	Tenant string
	// Location is where resources go that name none, for providers whose configuration names none. Default: none; they
	// then go where their resource group is.
	Location string
}

// The ids that stand for the account unless Options says otherwise.
const (
	DefaultSubscription = "11111111-1111-1111-1111-111111111111"
	DefaultTenant       = "22222222-2222-2222-2222-222222222222"
)

// New returns the simulated Azure.
func New(options Options) simulator.Cloud {
	if options.Subscription == "" {
		options.Subscription = DefaultSubscription
	}
	if options.Tenant == "" {
		options.Tenant = DefaultTenant
	}
	types := types()
	return simulator.Cloud{
		Name:        "azure-native",
		Schema:      schema.Azure,
		Types:       types,
		Lookups:     slices.Concat(options.identityLookups(), resourceLookups(types)),
		Connect:     options.connect,
		Fixed:       []string{"subscriptionId", "tenantId"},
		Prepare:     prepare,
		Placeholder: options.placeholder,
	}
}

// types lists every modelled resource type.
func types() []*simulator.Type {
	return slices.Concat(groupTypes(), networkTypes(), subnetTypes(), gatewayTypes(), clusterTypes(), namedTypes())
}

// connect reads a provider's configuration.
func (o Options) connect(config resource.PropertyMap) (simulator.Site, []schema.Problem) {
	site := simulator.Site{Account: o.Subscription, Partition: "public", Region: o.Location}
	if config["subscriptionId"].IsString() {
		site.Account = config["subscriptionId"].StringValue()
	}
	if config["environment"].IsString() {
		site.Partition = config["environment"].StringValue()
	}
	if config["location"].IsString() {
		site.Region = location(config["location"].StringValue())
	}
	if site.Region != "" && !slices.Contains(locations, site.Region) {
		return site, []schema.Problem{{Path: "location", Text: noLocation(site.Region)}}
	}
	return site, nil
}

// prepare fills in what the provider does for any type, and checks its name and tags. Sources: pulumi-azure-native,
// provider/pkg/provider (getDefaultLocation, autonaming: a child resource takes the Pulumi name as it is).
func prepare(c *simulator.Call) {
	if _, ok := c.Schema.Inputs["location"]; ok && !c.Given("location") {
		if place := defaultLocation(c); place != "" {
			c.Inputs["location"] = resource.NewStringProperty(place)
		}
	}
	if name := ownName(c); name != "" && !c.Given(name) {
		own := c.Name
		if !isChild(c) {
			own += c.Fixed("name "+string(c.URN), nameDigits)
		}
		c.Inputs[resource.PropertyKey(name)] = resource.NewStringProperty(own)
	}
	checkNames(c)
	checkTags(c)
	c.Each("location", func(path, value string) {
		if !slices.Contains(locations, location(value)) {
			c.Fail(path, "%s", noLocation(value))
		}
	})
}

// nameDigits is the number of hexadecimal digits that the provider appends to the names of top-level resources.
const nameDigits = 8

func defaultLocation(c *simulator.Call) string {
	if c.Region != "" {
		return c.Region
	}
	if group := c.Find(groupKind, groupID(c)); group != nil {
		return group.Text("location")
	}
	return ""
}

// ownName returns the input that names a resource and may be left out: of those that cannot change, the optional one
// that ends in Name.
func ownName(c *simulator.Call) string {
	var names []string
	for name, property := range c.Schema.Inputs {
		if property.Replaces && !property.Required && property.Type.Kind == schema.String && strings.HasSuffix(name, "Name") {
			names = append(names, name)
		}
	}
	if len(names) != 1 {
		return "" // which one is not certain
	}
	return names[0]
}

// isChild reports whether a resource lies in another: it is named by more than its group and its own name.
func isChild(c *simulator.Call) bool {
	for name, property := range c.Schema.Inputs {
		if property.Replaces && property.Required && strings.HasSuffix(name, "Name") && name != "resourceGroupName" {
			return true
		}
	}
	return false
}

// placeholder makes up the outputs that have a set form in Azure.
func (o Options) placeholder(c *simulator.Call, name string, t schema.Type) (resource.PropertyValue, bool) {
	if t.Kind != schema.String {
		return resource.PropertyValue{}, false
	}
	switch name {
	case "name":
		if own := ownName(c); own != "" {
			return text(c.Text(own)), true
		}
	case "provisioningState":
		return text("Succeeded"), true
	case "tenantId":
		return text(o.Tenant), true
	case "etag":
		return text(`W/"` + uuid(c.Hex("etag", uuidDigits)) + `"`), true
	case "resourceGuid", "principalId", "objectId", "clientId":
		return text(uuid(c.Hex(name, uuidDigits))), true
	case "createdAt", "creationTime", "lastModifiedAt":
		return text(c.Now().Format("2006-01-02T15:04:05Z")), true
	case "location":
		return text(c.Region), true
	}
	return resource.PropertyValue{}, false
}

const uuidDigits = 32

// uuid puts 32 hexadecimal digits into the form of a UUID.
func uuid(digits string) string {
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

func text(s string) resource.PropertyValue { return resource.NewStringProperty(s) }
