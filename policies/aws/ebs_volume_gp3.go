package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EBSVolumeGp3 advises to replace volumes of the type gp2 by gp3.
var EBSVolumeGp3 = policy.Policy{
	ID:       "aws-ebs-volume-gp3",
	Title:    "Volumes should be of the type gp3.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A gp3 volume has 3,000 IOPS and 125 MiB/s whatever its size, where gp2 gives 3 IOPS for each GiB. " +
		"Expected effect: up to 20 % lower cost for each GiB, with the same or better speed (Amazon EBS " +
		"documentation, \"General Purpose SSD volumes\").",
	Remediation: "Set type to gp3. AWS changes the volume while it is in use.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 100, "encrypted": true, "type": "gp2",
		}},
	},
	Good: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 100, "encrypted": true, "type": "gp3",
		}},
	},
	Rules: []policy.Rule{
		policy.On(volumeType, checkTypedVolume),
		policy.OnRemediate(volumeType, mendTypedVolume),
	},
}

type typedVolume struct {
	Type policy.Value[string] `pulumi:"type"`
}

func checkTypedVolume(r *policy.Report, v typedVolume) {
	if v.Type.Or("gp2") == "gp2" {
		r.Fail("It is of the type gp2.")
	}
}

func mendTypedVolume(r *policy.Remediation, v typedVolume) {
	if v.Type.Or("gp2") == "gp2" {
		r.Set("type", "gp3")
	}
}
