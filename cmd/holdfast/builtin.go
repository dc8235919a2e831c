package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/azure"
	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
	"github.com/holdfast-iac/holdfast/simulator/gcp"
)

// clouds are the simulated clouds that this command has. Like the real providers, they take a region that the program
// does not configure from the environment.
func clouds() []simulator.Cloud {
	return cloudsIn(cmp.Or(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")))
}

// cloudsIn are the simulated clouds with the region of programs that configure none.
func cloudsIn(region string) []simulator.Cloud {
	return []simulator.Cloud{
		aws.New(aws.Options{Region: region}),
		azure.New(azure.Options{}),
		gcp.New(gcp.Options{}),
		digitalocean.New(digitalocean.Options{}),
	}
}

// packNames are the names of the policy packs that this command has: security for the pack holdfast-security.
func packNames() []string {
	var names []string
	for _, pack := range packs.All() {
		names = append(names, shortName(pack))
	}
	return names
}

func shortName(pack policy.PackSpec) string { return strings.TrimPrefix(pack.Name, "holdfast-") }

// servePack makes this process the named policy pack. The engine starts it so during a rehearsal; see engine.Pack.
func servePack(name string) {
	for _, pack := range packs.All() {
		if shortName(pack) == name {
			policy.Main(pack)
			return
		}
	}
	fmt.Fprintf(os.Stderr, "holdfast: there is no policy pack %q\n", name)
	os.Exit(exitUsage)
}
