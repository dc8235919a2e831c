package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EFSAccessPointConfined wants access points to confine their users to a folder, as a user that they choose.
var EFSAccessPointConfined = policy.Policy{
	ID:       "aws-efs-access-point-confined",
	Title:    "Access points must enforce a folder and a user.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "An access point without a folder shows the whole file system, and one without a user lets each client say who it " +
		"is: root, for example.",
	Remediation: "Set rootDirectory.path to a folder, and posixUser.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.3"}.List(),
	Tags:        []string{"security", "least-privilege"},
	Peers: []string{
		"Checkov CKV_AWS_329", "Checkov CKV_AWS_330", "AWS Config EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY",
		"AWS Config EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY", "Security Hub EFS.3", "Security Hub EFS.4",
	},
	Bad: []policy.Example{
		{Name: "web", Type: fileAccessPointType, Properties: props{"fileSystemId": "fs-1"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: fileAccessPointType, Properties: props{
			"fileSystemId": "fs-1", "rootDirectory": props{"path": "/web"}, "posixUser": props{"uid": 1000, "gid": 1000},
		}},
	},
	Rules: []policy.Rule{
		policy.On(fileAccessPointType, func(r *policy.Report, p struct {
			Root policy.Value[rootDirectory] `pulumi:"rootDirectory"`
			User policy.Value[any]           `pulumi:"posixUser"`
		}) {
			if !p.User.Present() {
				r.Fail("It lets its clients say who they are.")
			}
			if p.Root.Get().Path.Or("/") == "/" {
				r.Fail("It shows the whole file system.")
			}
		}),
	},
}

type rootDirectory struct {
	Path policy.Value[string] `pulumi:"path"`
}
