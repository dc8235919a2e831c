package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSVolumeInTransit wants tasks to reach file systems of EFS by TLS.
var ECSVolumeInTransit = policy.Policy{
	ID:          "aws-ecs-volume-in-transit",
	Title:       "Tasks must reach file systems by TLS.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "NFS has no encryption of its own: what a task reads and writes crosses the network in the clear.",
	Remediation: "Set efsVolumeConfiguration.transitEncryption to ENABLED.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption", "tls"},
	Peers:       []string{"Checkov CKV_AWS_97", "Trivy AWS-0035"},
	Bad: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
			"volumes": []any{props{"name": "files", "efsVolumeConfiguration": props{"fileSystemId": "fs-1"}}},
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: taskDefinitionType, Properties: props{
			"family": "shop", "containerDefinitions": `[{"name": "web", "image": "shop:1", "memory": 512}]`,
			"volumes": []any{props{
				"name": "files", "efsVolumeConfiguration": props{"fileSystemId": "fs-1", "transitEncryption": "ENABLED"},
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t taskWithVolumes) {
			t.Volumes.Each(func(i int, v taskVolume) {
				if v.plain() {
					r.Fail("It reaches the file system of its volume %d in the clear.", i)
				}
			})
		}),
		policy.OnRemediate(taskDefinitionType, func(r *policy.Remediation, t taskWithVolumes) {
			t.Volumes.Each(func(i int, v taskVolume) {
				if v.plain() {
					r.Set(fmt.Sprintf("volumes.%d.efsVolumeConfiguration.transitEncryption", i), "ENABLED")
				}
			})
		}),
	},
}

type taskWithVolumes struct {
	Volumes policy.List[taskVolume] `pulumi:"volumes"`
}

type taskVolume struct {
	EFS policy.Value[efsVolume] `pulumi:"efsVolumeConfiguration"`
}

type efsVolume struct {
	Transit policy.Value[string] `pulumi:"transitEncryption"`
}

func (v taskVolume) plain() bool { return v.EFS.Present() && v.EFS.Get().Transit.Get() != "ENABLED" }
