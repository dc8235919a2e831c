package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// OpenSearchVolumeGp3 advises to give search domains volumes of the type gp3.
var OpenSearchVolumeGp3 = policy.Policy{
	ID:       "aws-opensearch-volume-gp3",
	Title:    "Volumes of search domains should be of the type gp3.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "gp3 has 3,000 IOPS and 125 MiB/s whatever its size, and no credits to run out of. Expected effect: 9.6 % lower cost " +
		"than gp2 (AWS Big Data Blog, \"Lower your Amazon OpenSearch Service storage cost with gp3 Amazon EBS volumes\").",
	Remediation: "Set ebsOptions.volumeType to gp3. AWS makes new nodes in the place of the old.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "ebsOptions": props{"ebsEnabled": true, "volumeSize": 100, "volumeType": "gp2"},
		}},
	},
	Good: []policy.Example{
		{Name: "products", Type: searchDomainType, Properties: props{
			"domainName": "products", "ebsOptions": props{"ebsEnabled": true, "volumeSize": 100, "volumeType": "gp3"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(searchDomainType, func(r *policy.Report, d searchDisks) {
			if d.Options.Get().Type.Get() == "gp2" {
				r.Fail("Its volumes are of the type gp2.")
			}
		}),
		policy.OnRemediate(searchDomainType, func(r *policy.Remediation, d searchDisks) {
			if d.Options.Get().Type.Get() == "gp2" {
				r.Set("ebsOptions.volumeType", "gp3")
			}
		}),
	},
}

type searchDisks struct {
	Options policy.Value[searchDisk] `pulumi:"ebsOptions"`
}

type searchDisk struct {
	Type policy.Value[string] `pulumi:"volumeType"`
}
