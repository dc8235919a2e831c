package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EFSSeveralZones refuses file systems of a single zone.
var EFSSeveralZones = policy.Policy{
	ID:          "aws-efs-several-zones",
	Title:       "File systems must be in more than one zone.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A One Zone file system is lost with its zone, and cannot be reached from others when it fails.",
	Remediation: "Leave availabilityZoneName out: the file system is then regional. It has to be made anew for that.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{
			"encrypted": true, "availabilityZoneName": "eu-west-1a",
		}},
	},
	Good: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{"encrypted": true}},
	},
	Rules: []policy.Rule{
		policy.On(fileSystemType, checkEFSSeveralZones),
	},
}

type placedFileSystem struct {
	Zone policy.Value[string] `pulumi:"availabilityZoneName"`
}

func checkEFSSeveralZones(r *policy.Report, v placedFileSystem) {
	if v.Zone.Get() != "" {
		r.Fail("It is in the zone %v alone.", v.Zone)
	}
}
