package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EBSVolumeIO2 advises to replace volumes of the type io1 by io2.
var EBSVolumeIO2 = policy.Policy{
	ID:       "aws-ebs-volume-io2",
	Title:    "Volumes with provisioned IOPS should be of the type io2.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "io2 is the successor of io1. Expected effect: for the same price, one volume in 100,000 fails in a year instead of " +
		"one or two in 1,000 (Amazon EBS User Guide, \"Provisioned IOPS SSD volumes\": 99.999 % durability for 99.8 to 99.9), " +
		"and IOPS beyond 32,000 cost less.",
	Remediation: "Set type to io2. AWS changes the volume while it is in use.",
	Controls:    frameworks.Controls{SOC2: "A1.1 A1.2", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 500, "encrypted": true, "type": "io1", "iops": 10000,
		}},
	},
	Good: []policy.Example{
		{Name: "data", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 500, "encrypted": true, "type": "io2", "iops": 10000,
		}},
	},
	Rules: []policy.Rule{
		policy.On(volumeType, func(r *policy.Report, v typedVolume) {
			if v.Type.Get() == "io1" {
				r.Fail("It is of the type io1.")
			}
		}),
		policy.OnRemediate(volumeType, func(r *policy.Remediation, v typedVolume) {
			if v.Type.Get() == "io1" {
				r.Set("type", "io2")
			}
		}),
	},
}
