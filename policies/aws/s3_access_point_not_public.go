package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3AccessPointNotPublic refuses access points that switch off the block of public access. It cannot be switched on
// later.
var S3AccessPointNotPublic = policy.Policy{
	ID:       "aws-s3-access-point-not-public",
	Title:    "Access points must block public access.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "An access point is a door of its own to a bucket, with a policy of its own. Its block of public access can " +
		"only be chosen when it is made.",
	Remediation: "Drop publicAccessBlockConfiguration, or set all of it to true: this replaces the access point.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"Checkov CKV_AWS_392", "AWS Config S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS", "Security Hub S3.19"},
	Bad: []policy.Example{
		{Name: "reports", Type: accessPointType, Properties: props{
			"bucket": "invoices", "publicAccessBlockConfiguration": props{"blockPublicPolicy": false},
		}},
	},
	Good: []policy.Example{
		{Name: "reports", Type: accessPointType, Properties: props{"bucket": "invoices"}},
	},
	Rules: []policy.Rule{
		policy.On(accessPointType, func(r *policy.Report, p accessPoint) {
			if open := p.open(); len(open) > 0 {
				r.Fail("It has %s set to false.", strings.Join(open, ", "))
			}
		}),
		policy.OnRemediate(accessPointType, func(r *policy.Remediation, p accessPoint) {
			for _, setting := range p.open() {
				r.Set("publicAccessBlockConfiguration."+setting, true)
			}
		}),
	},
}

type accessPoint struct {
	Block policy.Value[accessPointBlock] `pulumi:"publicAccessBlockConfiguration"`
}

type accessPointBlock struct {
	ACLs     policy.Value[bool] `pulumi:"blockPublicAcls"`
	Policy   policy.Value[bool] `pulumi:"blockPublicPolicy"`
	Ignore   policy.Value[bool] `pulumi:"ignorePublicAcls"`
	Restrict policy.Value[bool] `pulumi:"restrictPublicBuckets"`
}

// open are the settings that are switched off. All are on by default.
func (p accessPoint) open() []string {
	block := p.Block.Get()
	var names []string
	for _, setting := range []struct {
		name string
		on   policy.Value[bool]
	}{
		{"blockPublicAcls", block.ACLs}, {"blockPublicPolicy", block.Policy},
		{"ignorePublicAcls", block.Ignore}, {"restrictPublicBuckets", block.Restrict},
	} {
		if !setting.on.Or(true) {
			names = append(names, setting.name)
		}
	}
	return names
}
