// Package digitalocean simulates DigitalOcean for Pulumi programs: VPCs, Droplets and tags with their rules, autoscale
// pools, load balancers, database and Kubernetes clusters.
//
// The account begins empty but for the default VPC of each region, which is taken to exist. It has no quotas. Types
// without a table entry are checked against the schema and the rule for tags, and echoed.
package digitalocean

import (
	"slices"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Options say how the simulated DigitalOcean is set up.
type Options struct {
	// Team names the account that the resources belong to. Default: rehearsal.
	Team string
}

// New returns the simulated DigitalOcean. Any token opens it, and none: a rehearsal needs no secret.
func New(options Options) simulator.Cloud {
	if options.Team == "" {
		options.Team = "rehearsal"
	}
	return simulator.Cloud{
		Name:    "digitalocean",
		Schema:  schema.DigitalOcean,
		Types:   types(),
		Lookups: lookups(),
		Connect: func(resource.PropertyMap) (simulator.Site, []schema.Problem) {
			return simulator.Site{Account: options.Team}, nil
		},
		Prepare:     checkTags,
		Placeholder: placeholder,
	}
}

// types lists every modelled resource type.
func types() []*simulator.Type {
	return slices.Concat(vpcTypes(), dropletTypes(), autoscaleTypes(), loadBalancerTypes(), databaseTypes(), kubernetesTypes(), tagTypes())
}

// placeholder makes up the outputs that have a set form in DigitalOcean.
func placeholder(c *simulator.Call, name string, t schema.Type) (resource.PropertyValue, bool) {
	if t.Kind != schema.String {
		return resource.PropertyValue{}, false
	}
	switch name {
	case "createdAt", "updatedAt":
		return resource.NewStringProperty(created(c)), true
	case "vpcUuid", "privateNetworkUuid":
		return resource.NewStringProperty(defaultVPC(c, c.Text("region"))), true
	}
	return resource.PropertyValue{}, false
}

// created returns the time in the form that the API has it.
func created(c *simulator.Call) string { return c.Now().UTC().Format("2006-01-02T15:04:05Z") }

const uuidDigits = 32

// uuid puts 32 hexadecimal digits into the form of a UUID.
func uuid(digits string) string {
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

// uuidOf returns the ids of things that DigitalOcean gives UUIDs.
func uuidOf(noun string) func(*simulator.Call) string {
	return func(c *simulator.Call) string { return uuid(c.Hex(noun, uuidDigits)) }
}

// numberOf returns the ids of things that DigitalOcean counts: 9 digits.
func numberOf(noun string) func(*simulator.Call) string {
	return func(c *simulator.Call) string {
		n, _ := strconv.ParseUint(c.Hex(noun, 12), 16, 64)
		return strconv.FormatUint(4e8+n%1e8, 10)
	}
}

func decimal(n int) string { return strconv.Itoa(n) }

// named is how the provider names what has no name.
func named() *simulator.AutoName {
	return &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"}
}
