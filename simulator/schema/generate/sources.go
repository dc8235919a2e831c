package main

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// source says where the source text of a Pulumi package's SDK lies.
type source struct {
	name  string // the Pulumi package: aws
	parts []part // the first one's version is the package's
	// pathNames says that the look-up of a resource needs just what names it in the cloud: in Azure, where that is the
	// resource's path, none of it can change.
	pathNames bool
	// models are the cloud's own, against which the comments' lists of values are held. Nil: there are none.
	models *apiModels
}

// part is one Go module of an SDK.
type part struct {
	module, version string
	dir             string // the folder inside the module that holds the packages
	name            string // what tokens call the types in that folder itself
}

// sources lists the SDKs that are read, in the versions that programs use.
func sources() []source {
	return []source{
		{name: "aws", parts: []part{whole("github.com/pulumi/pulumi-aws/sdk/v6", "v6.83.2", "go/aws")}, models: awsModels},
		{name: "azure-native", parts: azureParts(), pathNames: true},
		{name: "gcp", parts: []part{whole("github.com/pulumi/pulumi-gcp/sdk/v7", "v7.38.0", "go/gcp")}, models: gcpModels},
		{
			name:  "digitalocean",
			parts: []part{whole("github.com/pulumi/pulumi-digitalocean/sdk/v4", "v4.57.0", "go/digitalocean")},
		},
	}
}

// whole is an SDK that is one module.
func whole(module, version, dir string) part { return part{module, version, dir, schema.RootModule} }

// azureServices are the modules of azure-native, one a service, by version. Services that are not listed have no module
// in these versions.
var azureServices = []struct{ version, names string }{
	{
		"v2.92.3", "authorization compute containerregistry containerservice dbforpostgresql insights keyvault network " +
			"operationalinsights resources security storage",
	},
	{"v2.90.0", "automation cdn consumption portal recoveryservices"},
	{"v2.81.0", "managedidentity"},
}

func azureParts() []part {
	const base = "github.com/pulumi/pulumi-azure-native-sdk/"
	parts := []part{whole(base+"v2", "v2.92.3", ".")}
	for _, services := range azureServices {
		for name := range strings.FieldsSeq(services.names) {
			parts = append(parts, part{base + name + "/v2", services.version, ".", name})
		}
	}
	return parts
}

func sourceOf(name string) (source, error) {
	var names []string
	for _, src := range sources() {
		if src.name == name {
			return src, nil
		}
		names = append(names, src.name)
	}
	return source{}, fmt.Errorf("no package %q: there are %s", name, strings.Join(names, ", "))
}
