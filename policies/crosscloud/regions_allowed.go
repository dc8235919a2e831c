package crosscloud

import (
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RegionsAllowed wants resources to be in the regions that are configured. Without any, it asks nothing. Resources of AWS
// are where their provider is; so it looks at providers, and at the places that resources of other clouds name.
var RegionsAllowed = policy.Policy{
	ID:       "any-regions-allowed",
	Title:    "Resources must be in regions agreed on.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Where data is, decides which laws hold for it and what was promised to whom it belongs to; and in a region " +
		"that nobody uses, nobody looks for what an intruder has started.",
	Remediation: "Choose a region agreed on, in the resource or in its provider; or agree on this one and configure it. On " +
		"AWS, exempt the provider for us-east-1 if it makes only what must be there, as certificates of CloudFront.",
	Controls: frameworks.Controls{SOC2: "CC5.2 C1.1", ISO27001: "A.5.23 A.5.34"}.List(),
	Tags:     []string{"security", "governance", "region"},
	Config:   regionSettings{},
	ExampleConfig: props{
		"allowed": []any{"eu-*"},
	},
	Bad: []policy.Example{
		{Name: "tokyo", Type: awsProviderType, Properties: props{"region": "ap-northeast-1"}},
	},
	Good: []policy.Example{
		{Name: "frankfurt", Type: awsProviderType, Properties: props{"region": "eu-central-1"}},
	},
	Rules: []policy.Rule{
		policy.OnEvery(func(r *policy.Report, p placed) {
			var allowed []string
			for _, pattern := range policy.Settings[regionSettings](r).Allowed {
				allowed = append(allowed, plainRegion(pattern))
			}
			if len(allowed) == 0 {
				r.NotApplicable("no regions are configured")
			}
			if cloud, _, _ := strings.Cut(r.Resource().Type(), ":"); !locates[cloud] && !locatesByProvider[r.Resource().Type()] {
				r.NotApplicable("it names no region of its own")
			}
			for _, at := range []policy.Value[any]{p.Region, p.Location, p.Zone} {
				if region := regionOf(at); region != "" && region != "global" && !likeAny(allowed, region) {
					r.Fail("It is in %s, and not in a region like: %s.", region, strings.Join(allowed, ", "))
					return
				}
			}
		}),
	},
}

// locates are the packages whose resources say where they are.
var locates = map[string]bool{"azure-native": true, "gcp": true, "digitalocean": true}

// locatesByProvider are the providers that say where what they make is.
var locatesByProvider = map[string]bool{awsProviderType: true, azureProviderType: true, gcpProviderType: true}

type placed struct {
	Region   policy.Value[any] `pulumi:"region"`
	Location policy.Value[any] `pulumi:"location"`
	Zone     policy.Value[any] `pulumi:"zone"`
}

type regionSettings struct {
	Allowed []string `pulumi:"allowed" min:"1" description:"The regions that are allowed, of all clouds, with * for any text: eu-*, westeurope, europe-west*, fra1. Any, if there is none."`
}

// zoneOfGCP is a zone of Google Cloud: the region, and a letter.
var zoneOfGCP = regexp.MustCompile(`^([a-z]+-[a-z]+\d+)-[a-z]$`)

// plainRegion is a region's name in one of the forms that it is written in: "West Europe" and "westeurope".
func plainRegion(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "")) }

// regionOf is the region that a text names: zones are in the region that their name begins with. It is empty for what is
// no text.
func regionOf(v policy.Value[any]) string {
	text, _ := v.Get().(string)
	text = plainRegion(text)
	if match := zoneOfGCP.FindStringSubmatch(text); match != nil {
		return match[1]
	}
	return text
}
