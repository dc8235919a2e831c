package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2InstanceProfile advises to give instances a role.
var EC2InstanceProfile = policy.Policy{
	ID:       "aws-ec2-instance-profile",
	Title:    "Instances must have a role.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "An instance without a role cannot be reached by Session Manager nor write to CloudWatch, and sooner or later " +
		"somebody puts an access key on it.",
	Remediation: "Set iamInstanceProfile to the profile of a role with the permissions that are needed, such as " +
		"AmazonSSMManagedInstanceCore.",
	Controls: frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.2 A.5.17", CISAWS: "1.17"}.List(),
	Tags:     []string{"security", "iam"},
	Peers:    []string{"Checkov CKV2_AWS_41", "AWS Config EC2_INSTANCE_PROFILE_ATTACHED"},
	Bad: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "t4g.small"}},
	},
	Good: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "iamInstanceProfile": "worker",
		}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, func(r *policy.Report, i struct {
			profiled
			Template policy.Value[any] `pulumi:"launchTemplate"`
		}) {
			if !i.Template.Present() { // whose profile holds
				i.check(r)
			}
		}),
		policy.On(launchConfigurationType, func(r *policy.Report, c profiled) { c.check(r) }),
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Templates policy.Resources[profiled] `pulumi:"aws:ec2/launchTemplate:LaunchTemplate"`
			Groups    policy.Resources[struct{}] `pulumi:"aws:eks/nodeGroup:NodeGroup"`
		}) {
			stack.Templates.Each(func(t policy.Resource[profiled]) {
				// EKS gives its nodes the role of their group, and refuses a template with a profile (EKS User Guide,
				// "Customize managed nodes with launch templates").
				if !t.Props.Profile.Present() && !stack.Groups.AnyReferring("launchTemplate", t.Node, nil) {
					r.Fail(t.Node, "It has no instance profile.")
				}
			})
		}),
	},
}

type profiled struct {
	Profile policy.Value[any] `pulumi:"iamInstanceProfile"`
}

func (p profiled) check(r *policy.Report) {
	if !p.Profile.Present() {
		r.Fail("It has no instance profile.")
	}
}
